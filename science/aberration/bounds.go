package aberration

import (
	"math"

	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// judgeFlexible turns a fit into a verdict.
func (v *Verdict) judgeFlexible(s series.Series, f FlexibleFit, p FlexibleParams, mode Mode) {
	var upper, centre float64
	switch p.ThresholdMethod {
	case NegBinPlugin, Muan:
		mu := f.Mu
		if p.ThresholdMethod == Muan {
			mu = math.Exp(f.Eta + stat.NormalQuantile(1-p.Alpha)*f.EtaError)
		}
		upper, v.PValue = negBinBound(v.Observed, mu, f.Phi, p.Alpha)
		centre = f.Mu
		if mode == Compat {
			centre = f.Eta // the reference mixes the log mean with counts
		}
	default:
		upper, v.PValue = powerBound(v.Observed, f.Mu, f.Mu*f.EtaError, f.Phi, p.Alpha, p.PowerTrans)
		centre = f.Mu
	}
	if math.IsNaN(upper) || math.IsInf(upper, 0) {
		v.abstain(Unfit, "the prediction has no bound")
		return
	}
	v.Score = (v.Observed - centre) / (upper - centre)
	if !enough(s, v.T, p.Limit54) {
		v.abstain(Rare, "fewer than %d cases in %d counts", p.Limit54[0], p.Limit54[1])
		return
	}
	v.Expected, v.Bound = f.Mu, upper
	v.Alarm = v.Score > 1 && v.Observed > 0
}

// powerBound is the upper bound of a prediction whose power is taken for
// normal, and the p value of y (Farrington and others 1996, equation 3). se is
// the standard error of the mean.
func powerBound(y, mu, se, phi, alpha float64, power string) (upper, p float64) {
	tau := phi + se*se/mu
	exponent, sd := 2.0/3, math.Sqrt(4.0/9*math.Cbrt(mu)*tau)
	switch power {
	case "1/2":
		exponent, sd = 0.5, math.Sqrt(tau/4)
	case "none":
		exponent, sd = 1, math.Sqrt(mu*tau)
	}
	centre := math.Pow(mu, exponent)
	upper = math.Pow(centre+stat.NormalQuantile(1-alpha)*sd, 1/exponent)
	return upper, stat.NormalCDF(-(math.Pow(y, exponent) - centre) / sd)
}

// negBinBound is the 1-alpha quantile of the negative binomial distribution of
// mean mu and variance phi*mu, and the p value of y.
func negBinBound(y, mu, phi, alpha float64) (upper, p float64) {
	if phi > 1 {
		size := mu / (phi - 1)
		return stat.NegBinomialQuantile(1-alpha, mu, size), stat.NegBinomialUpper(y, mu, size)
	}
	return stat.PoissonQuantile(1-alpha, mu), stat.PoissonUpper(y, mu)
}

// enough reports whether the newest counts, the judged one included, hold at
// least limit[0] cases in limit[1] counts.
func enough(s series.Series, t int, limit [2]int) bool {
	var sum float64
	for i := max(0, t-limit[1]+1); i <= t; i++ {
		if !math.IsNaN(s.Counts[i]) {
			sum += s.Counts[i]
		}
	}
	return sum >= float64(limit[0])
}
