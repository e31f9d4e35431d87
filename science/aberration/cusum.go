package aberration

import (
	"math"

	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Transform brings a count to a scale on which a CUSUM adds up.
type Transform string

// The transformations of R surveillance, in the order of its page: of Rossi,
// Lampugnani and Marchi (1999), plain standardisation, the Anscombe residual,
// the same with the mean to second order (Pierce and Schafer 1986), Pearson
// and Anscombe residuals of the negative binomial, and the count itself.
const (
	Rossi           Transform = "rossi"
	Standard        Transform = "standard"
	Anscombe        Transform = "anscombe"
	AnscombeSecond  Transform = "anscombe2nd"
	PearsonNegBin   Transform = "pearsonNegBin"
	AnscombeNegBin  Transform = "anscombeNegBin"
	Untransformed   Transform = "none"
	defaultNegAlpha           = 0.1
)

// Transforms lists all transformations.
func Transforms() []Transform {
	return []Transform{Rossi, Standard, Anscombe, AnscombeSecond, PearsonNegBin, AnscombeNegBin, Untransformed}
}

// CUSUMParams are the parameters of the CUSUM.
type CUSUMParams struct {
	// K is taken off each standardised count, H is where the sum alarms.
	K float64
	H float64
	// Trans is the transformation; Alpha the dispersion of the negative
	// binomial ones (variance mu + Alpha*mu^2).
	Trans Transform
	Alpha float64
	// Mean is the in-control mean; 0 takes that of all counts before the
	// first judged one. Seasonal fits a year's harmonic to them instead.
	Mean     float64
	Seasonal bool
}

// DefaultCUSUM are the defaults of R surveillance.
func DefaultCUSUM() CUSUMParams {
	return CUSUMParams{K: 1.04, H: 2.26, Trans: Standard, Alpha: defaultNegAlpha}
}

// CUSUM adds up standardised counts, S(t) = max(0, S(t-1) + z(t) - k), and
// alarms from h on; the sum is not set back (Page 1954; Rossi and others 1999).
// All counts from the first to the last place asked for are added; those
// before the first place give the in-control mean. Score is S(t), and Bound
// the count from which the sum would alarm. A missing count adds nothing.
func CUSUM(p CUSUMParams, mode Mode) Detector {
	return func(s series.Series, at []int) []Verdict {
		first, last := span(s, at)
		mean, why := p.inControl(s, first)
		judged := map[int]Verdict{}
		sum := 0.0
		for t := first; why == "" && t <= last; t++ {
			y, m := s.Counts[t], mean(t)
			if math.IsNaN(y) {
				continue
			}
			before := sum
			sum = math.Max(0, sum+p.standardise(y, m)-p.K)
			v := blank(t)
			v.Expected, v.Score, v.Alarm = m, sum, sum >= p.H
			v.Bound = p.bound(m, before, sum, mode)
			judged[t] = v
		}
		return each(s, at, func(v *Verdict) {
			if done, ok := judged[v.T]; ok {
				done.Observed = v.Observed
				*v = done
				return
			}
			v.fitless(why)
		})
	}
}

// span returns the first and last place asked for that the series has.
func span(s series.Series, at []int) (first, last int) {
	first, last = len(s.Counts), -1
	for _, t := range at {
		if t >= 0 && t < len(s.Counts) {
			first, last = min(first, t), max(last, t)
		}
	}
	return first, last
}

// leastTraining is how many counts an in-control mean needs.
const leastTraining = 8

// inControl returns the mean that is expected at each place, learnt from what
// came before the first one, or why there is none.
func (p CUSUMParams) inControl(s series.Series, first int) (mean func(t int) float64, why string) {
	if s.Check() != nil {
		return nil, contradicts
	}
	if p.Mean > 0 {
		return func(int) float64 { return p.Mean }, ""
	}
	if first < leastTraining {
		return nil, "too few counts before the first one that is judged"
	}
	if p.Seasonal {
		f, why := harmonics{Waves: 1}.fit(s, first, poissonSize)
		if why != "" {
			return nil, why
		}
		return f.at, ""
	}
	m := series.Mean(s.Counts[:first])
	if !(m > 0) {
		return nil, "no case before the first count that is judged"
	}
	return func(int) float64 { return m }, ""
}

// standardise returns z for a count y where m is expected.
func (p CUSUMParams) standardise(y, m float64) float64 {
	power := func(x float64) float64 { return math.Cbrt(x) * math.Cbrt(x) }
	sixth := math.Pow(m, 1.0/6)
	switch p.Trans {
	case Rossi:
		return (y - 3*m + 2*math.Sqrt(y*m)) / (2 * math.Sqrt(m))
	case Standard:
		return (y - m) / math.Sqrt(m)
	case Anscombe:
		return 1.5 * (power(y) - power(m)) / sixth
	case AnscombeSecond:
		return (power(y) - (power(m) - 1/(9*math.Cbrt(m)))) / (2.0 / 3 * sixth)
	case PearsonNegBin:
		return (y - m) / math.Sqrt(m+p.Alpha*m*m)
	case AnscombeNegBin:
		return (negBinScale(y, p.Alpha) - negBinScale(m, p.Alpha)) / math.Pow(m+p.Alpha*m*m, 1.0/6)
	}
	return y
}

// negBinScale is the integral of (t + alpha*t*t)^(-1/3) from 0 to y, on which
// negative binomial counts are nearly normal: with t = u^3 the integrand is
// 3u/(1 + alpha*u^3)^(1/3), which Simpson's rule takes easily.
func negBinScale(y, alpha float64) float64 {
	top := math.Cbrt(y)
	const steps = 200
	h := top / steps
	f := func(u float64) float64 { return 3 * u / math.Cbrt(1+alpha*u*u*u) }
	sum := f(top)
	for i := 1; i < steps; i++ {
		sum += float64(2+2*(i%2)) * f(float64(i)*h)
	}
	return sum * h / 3
}

// bound is the count at which the sum reaches h. The reference has a wrong sign
// in an exponent for anscombe2nd, and for none and anscombeNegBin it does not
// solve for the count but reports h minus the sum, never below 0.
func (p CUSUMParams) bound(m, before, after float64, mode Mode) float64 {
	z := p.H + p.K - before // what the count must reach once standardised
	root, sixth := math.Sqrt(m), math.Pow(m, 1.0/6)
	var b float64
	switch p.Trans {
	case Rossi:
		b = 2*z*root + 5*m - 2*math.Sqrt(4*m*m+2*m*root*z)
	case Standard:
		b = math.Ceil(root*z + m)
	case Anscombe:
		b = powerUp(2.0/3*sixth*z + math.Cbrt(m)*math.Cbrt(m))
	case AnscombeSecond:
		shift := 1 / (9 * math.Cbrt(m))
		if mode == Compat {
			shift = math.Cbrt(m) / 9
		}
		b = powerUp(2.0/3*sixth*z + math.Cbrt(m)*math.Cbrt(m) - shift)
	case PearsonNegBin:
		b = math.Sqrt(m+p.Alpha*m*m)*z + m
	default:
		b = z
		if mode == Compat {
			b = p.H - after
		} else if p.Trans == AnscombeNegBin {
			b = p.solveNegBin(m, z)
		}
	}
	if math.IsNaN(b) || b < 0 {
		return 0
	}
	return b
}

// powerUp is x^(3/2), 0 below 0.
func powerUp(x float64) float64 {
	if x < 0 {
		return 0
	}
	return x * math.Sqrt(x)
}

// solveNegBin finds the count whose negative binomial Anscombe residual is z.
func (p CUSUMParams) solveNegBin(m, z float64) float64 {
	low, high := 0.0, math.Max(1, 2*m)
	for p.standardise(high, m) < z && high < 1e12 {
		low, high = high, 2*high
	}
	for range 60 {
		mid := (low + high) / 2
		if p.standardise(mid, m) < z {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// harmonics is the seasonal model of an in-control mean: a level, a trend if
// wanted, and so many waves to the year.
type harmonics struct {
	Waves int
	Trend bool
}

// seasonal is a fitted seasonal mean.
type seasonal struct {
	harmonics
	fit  *stat.CountFit
	year float64
}

// Sizes that are not numbers of cases: Poisson, and one to be estimated.
const (
	poissonSize   = 0.0
	estimatedSize = -1.0
)

// fit learns the mean from the counts before place first.
func (h harmonics) fit(s series.Series, first int, size float64) (seasonal, string) {
	f := seasonal{harmonics: h, year: float64(s.Step)}
	var m stat.CountModel
	for t := range first {
		if !math.IsNaN(s.Counts[t]) {
			m.Y = append(m.Y, s.Counts[t])
			m.X = append(m.X, f.row(t))
		}
	}
	if len(m.Y) < max(leastTraining, 2*(2+2*h.Waves)) {
		return f, "too few counts before the first one that is judged"
	}
	if size == estimatedSize {
		f.fit = m.FitSize()
	} else {
		m.Size = size
		f.fit = m.Fit()
	}
	if !f.fit.Converged {
		return f, noFit
	}
	return f, ""
}

// row holds what the mean at place t depends on; time counts from 1.
func (f seasonal) row(t int) []float64 {
	x := []float64{1}
	if f.Trend {
		x = append(x, float64(t+1))
	}
	for k := 1; k <= f.Waves; k++ {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) * float64(t+1) / f.year)
		x = append(x, cos, sin)
	}
	return x
}

func (f seasonal) at(t int) float64 { return f.fit.Predict(f.row(t)) }
