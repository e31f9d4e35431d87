package stat

import "math"

// Grouped is the data of a log-linear Poisson regression with one level for
// each group and, if wanted, one slope over time:
//
//	log mu(i) = level(group(i)) + slope*time(i) + offset(i)
//
// It is the model of the Farrington family. The least squares problem inside
// needs no matrices: levels are weighted means, the slope is a ratio of
// sums, so a fit costs a few passes over the data.
type Grouped struct {
	Y, Time []float64
	// Group of each count, from 0 to Groups-1.
	Group  []int
	Groups int
	// Offset and Weights may be nil, for 0 and 1.
	Offset, Weights []float64
	// Sloped asks for the slope.
	Sloped bool
}

// GroupedFit is a fitted [Grouped] model.
type GroupedFit struct {
	// Level of each group at time 0; NaN for a group without counts.
	Level []float64
	// Slope over time, 0 where none was asked for or can be estimated.
	Slope  float64
	Sloped bool
	// Mu and Hat are the fitted mean and the leverage of each count.
	Mu, Hat []float64
	// Dispersion is Pearson's chi-square over its degrees of freedom DF.
	Dispersion float64
	DF         int
	// Converged is false where the deviance still moved after the last
	// iteration, or left the numbers.
	Converged bool

	working  []float64 // weights of the last weighted regression
	weight   []float64 // their sum, by group
	meanTime []float64 // weighted mean time, by group
	spread   float64   // weighted squares of time about the group means
	centre   float64   // times are counted from here, for the digits
}

const (
	irlsSteps     = 25
	irlsTolerance = 1e-8
	leastMean     = 0x1p-52 // R's floor under fitted means
)

// Fit estimates the model by iteratively reweighted least squares, with the
// start (y + 0.1), stopping rule and floor of R's glm, so that fits that run
// off towards zero stop at the same place (McCullagh and Nelder 1989).
func (g Grouped) Fit() *GroupedFit {
	n := len(g.Y)
	f := &GroupedFit{
		Sloped: g.Sloped, Mu: make([]float64, n), Hat: make([]float64, n), working: make([]float64, n),
		Level: make([]float64, g.Groups), weight: make([]float64, g.Groups), meanTime: make([]float64, g.Groups),
	}
	f.centre = middle(g.Time)
	eta, z, best := make([]float64, n), make([]float64, n), 0.0
	for i, y := range g.Y {
		eta[i] = math.Log(y + 0.1)
		f.Mu[i] = math.Max(y+0.1, leastMean)
		best += g.priorWeight(i) * saturated(y)
	}
	before := g.deviance(best, eta, f.Mu)
	for range irlsSteps {
		for i, y := range g.Y {
			mu := f.Mu[i]
			z[i] = eta[i] + (y-mu)/mu
			f.working[i] = mu
		}
		if g.Offset != nil {
			for i, o := range g.Offset {
				z[i] -= o
			}
		}
		if g.Weights != nil {
			for i, w := range g.Weights {
				f.working[i] *= w
			}
		}
		f.regress(g, z)
		f.predict(g, eta)
		now := g.deviance(best, eta, f.Mu)
		if math.IsNaN(now) || math.IsInf(now, 0) {
			break
		}
		if math.Abs(now-before)/(math.Abs(now)+0.1) < irlsTolerance {
			f.Converged = true
			break
		}
		before = now
	}
	f.finish(g)
	return f
}

// predict sets linear predictors and means.
func (f *GroupedFit) predict(g Grouped, eta []float64) {
	for i, k := range g.Group {
		e := f.Level[k] + f.Slope*(g.Time[i]-f.centre)
		if g.Offset != nil {
			e += g.Offset[i]
		}
		eta[i] = e
		f.Mu[i] = max(math.Exp(e), leastMean)
	}
}

// regress solves the weighted least squares of z on levels and slope.
func (f *GroupedFit) regress(g Grouped, z []float64) {
	clear(f.weight)
	clear(f.meanTime)
	clear(f.Level)
	for i, w := range f.working {
		k := g.Group[i]
		f.weight[k] += w
		f.meanTime[k] += w * (g.Time[i] - f.centre)
		f.Level[k] += w * z[i]
	}
	for k, w := range f.weight {
		f.meanTime[k] /= w
		f.Level[k] /= w // the weighted mean of z, for now
	}
	if !f.Sloped {
		return
	}
	var across float64
	f.spread = 0
	for i, w := range f.working {
		k := g.Group[i]
		d := g.Time[i] - f.centre - f.meanTime[k]
		f.spread += w * d * d
		across += w * d * (z[i] - f.Level[k])
	}
	if !(f.spread > 0) {
		f.Sloped, f.Slope = false, 0
		return
	}
	f.Slope = across / f.spread
	for k := range f.Level {
		f.Level[k] -= f.Slope * f.meanTime[k]
	}
}

// finish works out leverage, dispersion and degrees of freedom, and moves the
// levels to time 0.
func (f *GroupedFit) finish(g Grouped) {
	rank := 0
	for k, w := range f.weight {
		if w > 0 {
			rank++
		}
		f.Level[k] -= f.Slope * f.centre
	}
	if f.Sloped {
		rank++
	}
	f.DF = len(g.Y) - rank
	var pearson float64
	for i, w := range f.working {
		r := (g.Y[i] - f.Mu[i]) / f.Mu[i]
		pearson += w * r * r
		f.Hat[i] = w * f.leverage(g.Group[i], g.Time[i])
	}
	f.Dispersion = pearson / float64(f.DF)
	if f.DF < 1 {
		f.Dispersion = math.NaN()
	}
}

// Predict returns the linear predictor of a group at a time, without offset,
// and the variance that it has per unit of dispersion.
func (f *GroupedFit) Predict(group int, time float64) (eta, variance float64) {
	return f.Level[group] + f.Slope*time, f.leverage(group, time)
}

// SlopeVariance is the variance of the slope per unit of dispersion.
func (f *GroupedFit) SlopeVariance() float64 { return 1 / f.spread }

func (f *GroupedFit) leverage(group int, time float64) float64 {
	v := 1 / f.weight[group]
	if f.Sloped {
		d := time - f.centre - f.meanTime[group]
		v += d * d / f.spread
	}
	return v
}

func (g Grouped) priorWeight(i int) float64 {
	if g.Weights == nil {
		return 1
	}
	return g.Weights[i]
}

// deviance is twice what the weighted log-likelihood falls short of the best
// possible. Means are exp(eta), so no logarithm is needed.
func (g Grouped) deviance(best float64, eta, mu []float64) float64 {
	var got float64
	if g.Weights == nil {
		for i, y := range g.Y {
			got += y*eta[i] - mu[i]
		}
	} else {
		for i, y := range g.Y {
			got += g.Weights[i] * (y*eta[i] - mu[i])
		}
	}
	return 2 * (best - got)
}

// saturated is the log-likelihood of a count at its own mean, without the
// factorial.
func saturated(y float64) float64 {
	if y == 0 {
		return 0
	}
	return y*math.Log(y) - y
}

// poissonDeviance is twice what one count's log-likelihood falls short of the
// best possible.
func poissonDeviance(y, mu float64) float64 {
	if y == 0 {
		return 2 * mu
	}
	return 2 * (y*math.Log(y/mu) - (y - mu))
}

func middle(times []float64) float64 {
	if len(times) == 0 {
		return 0
	}
	return (times[0] + times[len(times)-1]) / 2
}
