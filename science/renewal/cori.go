package renewal

import (
	"math"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Incidence is new cases a day: those infected here, and those who brought the
// infection with them. Imported may be nil.
type Incidence struct {
	Local, Imported []float64
}

// Single takes a series of which the origin is unknown: the cases of its first
// day are imported, as somebody must have begun.
func Single(counts []float64) Incidence {
	in := Incidence{Local: append([]float64(nil), counts...), Imported: make([]float64, len(counts))}
	if len(counts) > 0 {
		in.Imported[0], in.Local[0] = counts[0], 0
	}
	return in
}

// total returns all cases of a day.
func (in Incidence) total(t int) float64 {
	if in.Imported == nil {
		return in.Local[t]
	}
	return in.Local[t] + in.Imported[t]
}

// Check returns an Invalid error for counts that are negative or not numbers,
// or columns of different length.
func (in Incidence) Check() error {
	if in.Imported != nil && len(in.Imported) != len(in.Local) {
		return fault.New(fault.Invalid, "%d days of imported cases do not match %d of local ones", len(in.Imported), len(in.Local))
	}
	for t := range in.Local {
		if v := in.total(t); !(v >= 0) || math.IsInf(v, 0) || in.Local[t] < 0 {
			return fault.New(fault.Invalid, "day %d has %g cases", t+1, v)
		}
	}
	return nil
}

// Infectiousness returns, for each day, the cases before it weighted by the
// probability that a case of that age infects today: the Lambda of the renewal
// equation. It is NaN on the first day.
func Infectiousness(in Incidence, generation Delay) []float64 {
	lambda := make([]float64, len(in.Local))
	for t := range lambda {
		for k := range min(t+1, len(generation)) {
			lambda[t] += generation[k] * in.total(t-k)
		}
	}
	if len(lambda) > 0 {
		lambda[0] = math.NaN()
	}
	return lambda
}

// Span is a run of days of a series, both ends included, counted from 0.
type Span struct{ First, Last int }

// Windows returns every span of n days from the second day of a series on.
func Windows(days, n int) []Span {
	var out []Span
	for first := 1; n > 0 && first+n <= days; first++ {
		out = append(out, Span{first, first + n - 1})
	}
	return out
}

// Prior is a gamma distribution of the reproduction number before any data.
type Prior struct{ Mean, SD float64 }

// WidePrior is the prior of EpiEstim: mean 5, standard deviation 5, so that
// only data can say that an outbreak is over.
var WidePrior = Prior{Mean: 5, SD: 5}

// Estimate is a reproduction number over a span: a mixture of gamma
// distributions of equal weight, a single one where the serial interval is
// known. It has no parts where there is no estimate.
type Estimate struct {
	Span  Span
	parts []gammaPart
}

type gammaPart struct{ shape, scale float64 }

// Mean is NaN where there is no estimate.
func (e Estimate) Mean() float64 {
	var sum float64
	for _, g := range e.parts {
		sum += g.shape * g.scale
	}
	return sum / float64(len(e.parts))
}

// SD is the standard deviation, NaN where there is no estimate.
func (e Estimate) SD() float64 {
	mean := e.Mean()
	var sum float64
	for _, g := range e.parts {
		m := g.shape * g.scale
		sum += g.shape*g.scale*g.scale + m*m
	}
	return math.Sqrt(sum/float64(len(e.parts)) - mean*mean)
}

// Below is the probability that the reproduction number is at most x.
func (e Estimate) Below(x float64) float64 {
	var sum float64
	for _, g := range e.parts {
		sum += stat.GammaCDF(x, g.shape, g.scale)
	}
	return sum / float64(len(e.parts))
}

// Quantile is the value that the reproduction number is below with
// probability p.
func (e Estimate) Quantile(p float64) float64 {
	switch len(e.parts) {
	case 0:
		return math.NaN()
	case 1:
		return stat.GammaQuantile(p, e.parts[0].shape, e.parts[0].scale)
	}
	low, high := 0.0, math.Max(1, e.Mean())
	for e.Below(high) < p && high < 1e12 {
		low, high = high, 2*high
	}
	for range 50 {
		mid := (low + high) / 2
		if e.Below(mid) < p {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}

// Cori estimates the reproduction number over spans of days from the renewal
// equation, I(t) ~ Poisson(R * Lambda(t)), with a gamma prior, so that the
// posterior is gamma with shape a + sum of I and rate 1/b + sum of Lambda
// (Cori, Ferguson, Fraser and Cauchemez 2013). Imported cases infect but were
// not infected here (Thompson and others 2019). A span that ends before the
// mean serial interval has no estimate.
func Cori(in Incidence, generation Delay, spans []Span, prior Prior) ([]Estimate, error) {
	return CoriUncertain(in, []Delay{generation}, spans, prior)
}

// CoriUncertain is [Cori] over many serial intervals that are equally likely:
// the posterior is their mixture.
func CoriUncertain(in Incidence, generations []Delay, spans []Span, prior Prior) ([]Estimate, error) {
	if err := in.Check(); err != nil {
		return nil, err
	}
	if !(prior.Mean > 0) || !(prior.SD > 0) {
		return nil, fault.New(fault.Invalid, "the prior needs a mean and a standard deviation above 0")
	}
	out := make([]Estimate, len(spans))
	for i, w := range spans {
		if w.First < 1 || w.Last < w.First || w.Last >= len(in.Local) {
			return nil, fault.New(fault.Invalid, "the window of days %d to %d is not in a series of %d days from its second on", w.First+1, w.Last+1, len(in.Local))
		}
		out[i].Span = w
	}
	cases := sums(in.Local)
	for _, g := range generations {
		if err := g.Check(); err != nil {
			return nil, err
		}
		lambda := Infectiousness(in, g)
		if len(lambda) > 0 {
			lambda[0] = 0
		}
		infectious := sums(lambda)
		mean, _ := g.Moments()
		for i, w := range spans {
			if float64(w.Last+1) <= mean {
				continue
			}
			out[i].parts = append(out[i].parts, gammaPart{
				shape: prior.Mean*prior.Mean/(prior.SD*prior.SD) + cases[w.Last+1] - cases[w.First],
				scale: 1 / (prior.Mean/(prior.SD*prior.SD) + infectious[w.Last+1] - infectious[w.First]),
			})
		}
	}
	return out, nil
}

// sums returns the running sums of values, from 0.
func sums(values []float64) []float64 {
	out := make([]float64, len(values)+1)
	for i, v := range values {
		out[i+1] = out[i] + v
	}
	return out
}

// Uncertain describes a serial interval that is not known for certain: mean
// and standard deviation are normal, cut at their limits.
type Uncertain struct{ Mean, SD Limited }

// Limited is a normal distribution cut at Low and High.
type Limited struct{ Mean, SD, Low, High float64 }

// quantile is the value that is not exceeded with probability u.
func (l Limited) quantile(u float64) float64 {
	if l.SD == 0 {
		return l.Mean
	}
	low, high := stat.NormalCDF((l.Low-l.Mean)/l.SD), stat.NormalCDF((l.High-l.Mean)/l.SD)
	x := l.Mean + l.SD*stat.NormalQuantile(low+(high-low)*u)
	return math.Min(math.Max(x, l.Low), l.High)
}

// Draw returns n serial intervals of the given number of days, one from each
// of n equally likely slices of the mean and of the standard deviation (a Latin
// hypercube: McKay, Beckman and Conover 1979). A mean of 1 or less, which has no
// serial interval, is taken for one just above.
func (u Uncertain) Draw(n, days int, stream stat.Stream) ([]Delay, error) {
	const most = 100_000
	if n < 1 || n > most {
		return nil, fault.New(fault.Invalid, "1 to %d serial intervals can be drawn, not %d", most, n)
	}
	slice := make([]int, n)
	for i := range slice {
		slice[i] = i
	}
	stream.Shuffle(n, func(i, j int) { slice[i], slice[j] = slice[j], slice[i] })
	out := make([]Delay, n)
	for i := range out {
		mean := u.Mean.quantile((float64(i) + stream.Float64()) / float64(n))
		sd := u.SD.quantile((float64(slice[i]) + stream.Float64()) / float64(n))
		d, err := SerialInterval(math.Max(mean, 1+1e-9), sd, days)
		if err != nil {
			return nil, err
		}
		out[i] = d
	}
	return out, nil
}

// CaseReproduction estimates how many people each day's cases went on to
// infect: every later case is shared out among the earlier ones by the
// probability of that serial interval (Wallinga and Teunis 2004). The result
// holds the mean over the cases of each span, NaN for a span without cases. The
// last serial interval of a series is too low, as its infections are not seen
// yet.
func CaseReproduction(counts []float64, interval Delay, spans []Span) []float64 {
	shared := make([]float64, len(counts))
	for t, later := range counts {
		var sum float64
		for k := range min(t+1, len(interval)) {
			sum += interval[k] * counts[t-k]
		}
		if !(sum > 0) {
			continue
		}
		for k := range min(t+1, len(interval)) {
			shared[t-k] += later * interval[k] / sum
		}
	}
	out := make([]float64, len(spans))
	for i, w := range spans {
		var cases, infected float64
		for t := max(w.First, 0); t <= min(w.Last, len(counts)-1); t++ {
			cases += counts[t]
			infected += counts[t] * shared[t]
		}
		out[i] = infected / cases
	}
	return out
}
