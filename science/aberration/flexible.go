package aberration

import (
	"math"

	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Threshold is the way from a fitted mean to a bound.
type Threshold string

const (
	// Delta takes a normal distribution on a power scale (Farrington and
	// others 1996).
	Delta Threshold = "delta"
	// NegBinPlugin takes the negative binomial distribution of the fitted mean
	// and dispersion (Noufaily and others 2013).
	NegBinPlugin Threshold = "nbPlugin"
	// Muan is NegBinPlugin at an upper quantile of the mean's own error
	// (Salmon, Schumacher and Höhle 2016).
	Muan Threshold = "muan"
)

// FlexibleParams are the parameters of the flexible Farrington method, named
// as in R surveillance.
type FlexibleParams struct {
	// B years back and half-width W of the windows around the same time.
	B int `json:"b"`
	W int `json:"w"`
	// Reweight gives past outbreaks less weight: residuals above
	// WeightsThreshold count by their inverse square.
	Reweight         bool    `json:"reweight"`
	WeightsThreshold float64 `json:"weightsThreshold"`
	// Alpha is the nominal one-sided error.
	Alpha float64 `json:"alpha"`
	// Trend asks for a trend; it stays where its p value is below
	// PThresholdTrend, B is at least 3, and it does not predict more than was
	// ever seen.
	Trend           bool    `json:"trend"`
	PThresholdTrend float64 `json:"pThresholdTrend"`
	// Limit54 masks a count where fewer than the first number of cases came
	// in over the second number of counts.
	Limit54 [2]int `json:"limit54"`
	// PowerTrans is the scale of Delta: 2/3, 1/2 or none.
	PowerTrans string `json:"powertrans"`
	// PopulationOffset models rates; the series must have a population.
	PopulationOffset bool `json:"populationOffset"`
	// NoPeriods is how many seasonal levels a year has; 1 is windows only.
	NoPeriods int `json:"noPeriods"`
	// PastWeeksNotIncluded keeps the newest counts out of the fit; nil is W.
	PastWeeksNotIncluded *int      `json:"pastWeeksNotIncluded"`
	ThresholdMethod      Threshold `json:"thresholdMethod"`
	// GLMWarnings is accepted for the sake of stored parameters and unused.
	GLMWarnings bool `json:"glmWarnings"`
}

// DefaultFlexible are the defaults of R surveillance.
func DefaultFlexible() FlexibleParams {
	return FlexibleParams{B: 5, W: 3, Reweight: true, WeightsThreshold: 2.58, Alpha: 0.05, Trend: true,
		PThresholdTrend: 0.05, Limit54: [2]int{5, 4}, PowerTrans: "2/3", NoPeriods: 1, ThresholdMethod: Delta}
}

// ImprovedFlexible are the settings that Noufaily and others (2013) propose:
// ten seasonal levels, half a year of newest counts left out, the trend always
// tried, the negative binomial bound.
func ImprovedFlexible() FlexibleParams {
	p := DefaultFlexible()
	half := 26
	p.NoPeriods, p.PastWeeksNotIncluded, p.PThresholdTrend, p.ThresholdMethod = 10, &half, 1, NegBinPlugin
	return p
}

// FlexibleFit is how a flexible Farrington verdict came about.
type FlexibleFit struct {
	Training Training
	// First is the plain fit, Final the one with Weights; they are the same
	// without reweighting.
	First, Final *stat.GroupedFit
	// Residuals are the standardised Anscombe residuals of First.
	Residuals, Weights []float64
	// Phi is the dispersion, at least 1; ErrorDispersion is the one behind the
	// standard errors: equal to Final's in Correct mode, while the reference
	// takes the reweighting weights for the working ones.
	Phi, ErrorDispersion float64
	// TrendP is the p value of the trend that was tried, NaN without one.
	TrendP float64
	// Trend is the slope in use per count, NaN without one.
	Trend float64
	// Eta is the predicted log mean of the judged count with its standard
	// error and the variance per unit of dispersion behind it; Mu is its mean.
	Eta, EtaError, EtaVariance, Mu float64
}

// FarringtonFlexible fits a quasi-Poisson regression to the past with
// seasonal levels and trend, gives past outbreaks less weight, and bounds the
// prediction (Farrington and others 1996; Noufaily and others 2013).
func FarringtonFlexible(p FlexibleParams, mode Mode) Detector {
	return func(s series.Series, at []int) []Verdict {
		return each(s, at, func(v *Verdict) {
			fit, why := FitFlexible(s, v.T, p, mode)
			if why != "" {
				v.fitless(why)
				return
			}
			v.judgeFlexible(s, fit, p, mode)
		})
	}
}

// FitFlexible fits the model of [FarringtonFlexible] to the past of one count.
// The second result says why there is no fit.
func FitFlexible(s series.Series, t int, p FlexibleParams, mode Mode) (FlexibleFit, string) {
	recent := p.W
	if p.PastWeeksNotIncluded != nil {
		recent = *p.PastWeeksNotIncluded
	}
	if p.PopulationOffset && s.Population == nil {
		return FlexibleFit{}, noPopulation
	}
	if p.PopulationOffset {
		s = s.OfSomebody()
		if math.IsNaN(s.Counts[t]) {
			return FlexibleFit{}, nobody
		}
	}
	tr, why := train(s, t, p.B, p.W, p.NoPeriods, recent)
	if why != "" {
		return FlexibleFit{}, why
	}
	return fitTrained(tr, s, t, p, mode)
}

// fitTrained estimates on given training rows, first with the trend, and again
// without it where it cannot stay.
func fitTrained(tr Training, s series.Series, t int, p FlexibleParams, mode Mode) (FlexibleFit, string) {
	data, offset := tr.data(s, t, p.PopulationOffset)
	data.Sloped = p.Trend
	f := FlexibleFit{Training: tr}
	if why := f.estimate(data, p, mode); why != "" {
		return f, why
	}
	f.predict(offset)
	f.TrendP, f.Trend = math.NaN(), math.NaN()
	if !f.Final.Sloped {
		return f, ""
	}
	f.TrendP = f.trendP()
	if p.B >= 3 && f.TrendP < p.PThresholdTrend && f.Mu <= highest(data.Y) {
		f.Trend = f.Final.Slope
		return f, ""
	}
	data.Sloped = false
	if why := f.estimate(data, p, mode); why != "" {
		return f, why
	}
	f.predict(offset)
	return f, ""
}

// data brings the training rows into the form of the regression.
func (tr Training) data(s series.Series, t int, population bool) (g stat.Grouped, offset float64) {
	g = stat.Grouped{Time: tr.Time, Group: tr.Period, Groups: tr.Periods, Y: make([]float64, len(tr.Rows))}
	for i, row := range tr.Rows {
		g.Y[i] = s.Counts[row]
	}
	if !population {
		return g, 0
	}
	g.Offset = make([]float64, len(tr.Rows))
	for i, row := range tr.Rows {
		g.Offset[i] = math.Log(s.Population[row])
	}
	return g, math.Log(s.Population[t])
}

// estimate runs the plain fit and, if wanted, the reweighted one.
func (f *FlexibleFit) estimate(g stat.Grouped, p FlexibleParams, mode Mode) string {
	f.First = g.Fit()
	if !f.First.Converged && g.Sloped {
		g.Sloped = false
		f.First = g.Fit()
	}
	if !f.First.Converged {
		return noFit
	}
	if f.First.DF < 1 {
		return "the past has too few counts for the model"
	}
	f.Final, f.Phi = f.First, math.Max(f.First.Dispersion, 1)
	f.ErrorDispersion = f.First.Dispersion
	if !p.Reweight {
		return ""
	}
	f.Residuals = anscombe(g.Y, f.First, f.Phi)
	f.Weights = reweight(f.Residuals, p.WeightsThreshold)
	g.Weights = f.Weights
	f.Final = g.Fit()
	f.Phi = math.Max(f.Final.Dispersion, 1)
	f.ErrorDispersion = f.Final.Dispersion
	if mode == Compat {
		f.ErrorDispersion = overwritten(g, f.Final)
	}
	return ""
}

// overwritten is the dispersion that the reference arrives at when it puts the
// reweighting weights in the place of the working weights.
func overwritten(g stat.Grouped, f *stat.GroupedFit) float64 {
	var sum float64
	for i, w := range g.Weights {
		r := (g.Y[i] - f.Mu[i]) / f.Mu[i]
		sum += w * r * r
	}
	return sum / float64(f.DF)
}

// anscombe returns the standardised residuals
// 1.5 (y^(2/3) mu^(-1/6) - mu^(1/2)) / sqrt(phi (1-h)).
func anscombe(y []float64, f *stat.GroupedFit, phi float64) []float64 {
	s := make([]float64, len(y))
	for i, mu := range f.Mu {
		root := math.Sqrt(mu)
		c := math.Cbrt(y[i])
		s[i] = 1.5 * (c*c/math.Cbrt(root) - root) / math.Sqrt(phi*(1-f.Hat[i]))
	}
	return s
}

// reweight gives residuals above the threshold their inverse square for a
// weight; the weights add up to their number.
func reweight(residuals []float64, threshold float64) []float64 {
	w := make([]float64, len(residuals))
	var sum float64
	for i, s := range residuals {
		w[i] = 1
		if s > threshold {
			w[i] = 1 / (s * s)
		}
		sum += w[i]
	}
	gamma := float64(len(w)) / sum
	for i := range w {
		w[i] *= gamma
	}
	return w
}

// predict sets the prediction for the judged count.
func (f *FlexibleFit) predict(offset float64) {
	eta, variance := f.Final.Predict(f.Training.Periods-1, f.Training.Now)
	f.Eta, f.EtaVariance = eta+offset, variance
	f.EtaError = math.Sqrt(variance * f.ErrorDispersion)
	f.Mu = math.Exp(f.Eta)
}

// trendP is the two-sided p value of the slope.
func (f *FlexibleFit) trendP() float64 {
	t := f.Final.Slope / math.Sqrt(f.Final.SlopeVariance()*f.ErrorDispersion)
	return stat.StudentTwoSided(t, float64(f.Final.DF))
}

func highest(y []float64) float64 {
	top := 0.0
	for _, v := range y {
		top = math.Max(top, v)
	}
	return top
}
