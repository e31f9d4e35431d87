package aberration

import (
	"math"

	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// WindowParams choose the reference counts of the Bayes and RKI methods.
type WindowParams struct {
	// B years back, each with W counts on either side of the same time; years
	// are found by index arithmetic, also in a series with dates.
	B int `json:"b"`
	W int `json:"w"`
	// ActY adds the W counts just before the one that is judged.
	ActY bool `json:"actY"`
}

// reference returns the reference counts of place t without missing ones, and
// whether the series reaches far enough back.
func (p WindowParams) reference(s series.Series, t int) (past []float64, ok bool) {
	if t-p.B*int(s.Step)-p.W < 0 {
		return nil, false
	}
	add := func(from, to int) {
		for _, c := range s.Counts[from : to+1] {
			if !math.IsNaN(c) {
				past = append(past, c)
			}
		}
	}
	if p.ActY {
		add(t-p.W, t-1)
	}
	for i := 1; i <= p.B; i++ {
		centre := t - i*int(s.Step)
		add(centre-p.W, min(centre+p.W, t-1))
	}
	return past, len(past) > 0
}

// BayesParams are the parameters of the Bayes method.
type BayesParams struct {
	WindowParams
	// Alpha is the nominal one-sided error.
	Alpha float64 `json:"alpha"`
}

// DefaultBayes are the defaults of R surveillance.
func DefaultBayes() BayesParams {
	return BayesParams{WindowParams: WindowParams{W: 6, ActY: true}, Alpha: 0.05}
}

// Bayes bounds a count by the predictive distribution of a Poisson model with
// Jeffreys' prior: negative binomial of size sum+1/2 and probability n/(n+1)
// over n reference counts; alarm above its 1-alpha quantile (Riebler 2004;
// Höhle 2007).
func Bayes(p BayesParams) Detector {
	return func(s series.Series, at []int) []Verdict {
		return each(s, at, func(v *Verdict) {
			past, ok := p.reference(s, v.T)
			if !ok {
				v.abstain(Short, "the past does not reach far enough back")
				return
			}
			size := 0.5
			for _, c := range past {
				size += c
			}
			mean := size / float64(len(past))
			v.judge(mean, stat.NegBinomialQuantile(1-p.Alpha, mean, size))
			v.PValue = stat.NegBinomialUpper(v.Observed, mean, size)
			v.Score = -math.Log10(v.PValue)
		})
	}
}

// DefaultRKI are the defaults of R surveillance.
func DefaultRKI() WindowParams { return WindowParams{B: 2, W: 4} }

// RKI bounds a count by the mean of the reference counts plus two standard
// deviations where the mean is above 20, and by the upper 95 % confidence limit
// of a Poisson mean of that many cases below (Robert Koch Institute, in Höhle
// 2007).
func RKI(p WindowParams) Detector {
	return func(s series.Series, at []int) []Verdict {
		return each(s, at, func(v *Verdict) {
			past, ok := p.reference(s, v.T)
			if !ok {
				v.abstain(Short, "the past does not reach far enough back")
				return
			}
			mean := series.Mean(past)
			if mean > float64(len(crowGardner)-1) {
				v.judge(mean, mean+2*series.SD(past))
				return
			}
			v.judge(mean, crowGardner[int(mean)])
		})
	}
}

// crowGardner holds the upper 95 % confidence limits of a Poisson mean after
// 0 to 20 cases, of shortest acceptance regions (Crow and Gardner 1959).
var crowGardner = [...]float64{3.285, 5.323, 6.686, 8.102, 9.598, 11.177, 12.817, 13.765, 14.921, 16.768,
	17.633, 19.050, 20.335, 21.364, 22.945, 23.762, 25.400, 26.306, 27.735, 28.966, 30.017}
