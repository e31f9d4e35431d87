package aberration

import (
	"math"

	"github.com/breakwater-eoc/breakwater/science/series"
)

// Change is what a likelihood ratio looks for.
type Change string

const (
	// Intercept is a mean that is higher by a factor.
	Intercept Change = "intercept"
	// Epidemic is a mean to which a multiple of the last count is added.
	Epidemic Change = "epi"
)

// GLRParams are the parameters of the likelihood ratio charts.
type GLRParams struct {
	// Threshold is where the statistic alarms.
	Threshold float64
	// Waves, Trend and Refit describe the in-control mean, learnt from all
	// counts before the first judged one; Refit learns it again after an
	// alarm.
	Waves int
	Trend bool
	Refit bool
	// Alpha is the dispersion (variance mu + Alpha*mu^2); 0 is Poisson, below
	// 0 has it estimated together with the mean.
	Alpha float64
	// Theta is the log of a known factor (an ordinary CUSUM of log-likelihood
	// ratios); 0 estimates it.
	Theta float64
	// Window is how many counts back a change may begin, 0 any number; Least
	// is how many counts a change must have lasted.
	Window int
	Least  int
	Change Change
	// Decrease looks for a lower mean.
	Decrease bool
	// BoundIsStatistic reports the statistic as Bound, as the reference does
	// under ret = value; otherwise Bound is the count that would alarm.
	BoundIsStatistic bool
}

// DefaultGLR are the defaults of R surveillance.
func DefaultGLR() GLRParams { return GLRParams{Threshold: 5, Waves: 1, Least: 1, Change: Intercept} }

// GLR is the generalised likelihood ratio chart for Poisson and negative
// binomial counts: the largest log-likelihood ratio, over all beginnings of a
// change and all sizes of it, against the in-control mean. It starts anew
// after each alarm (Höhle and Paul 2008). Score is the statistic.
func GLR(p GLRParams, mode Mode) Detector {
	return func(s series.Series, at []int) []Verdict {
		first, last := span(s, at)
		judged, why := p.run(s, first, last, mode)
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

// run goes through the counts from first to last.
func (p GLRParams) run(s series.Series, first, last int, mode Mode) (map[int]Verdict, string) {
	if s.Check() != nil {
		return nil, contradicts
	}
	mean, alpha, why := p.learn(s, first, p.Alpha)
	if why != "" {
		return nil, why
	}
	judged := map[int]Verdict{}
	c := chart{GLRParams: p, alpha: alpha, mode: mode}
	if mode == Correct && first > 0 && !math.IsNaN(s.Counts[first-1]) {
		c.last = s.Counts[first-1] // the reference starts from none
	}
	for t := first; t <= last; t++ {
		if math.IsNaN(s.Counts[t]) {
			continue
		}
		v := blank(t)
		v.Expected = mean(t)
		c.add(s.Counts[t], v.Expected)
		v.Score = c.statistic()
		v.Bound = v.Score
		if !p.BoundIsStatistic {
			v.Bound = c.alarming()
		}
		if v.Alarm = c.alarms(v.Score); v.Alarm {
			c.restart(s.Counts[t])
			if p.Refit {
				if next, _, why := p.learn(s, t+1, alpha); why == "" {
					mean = next
				}
			}
		}
		judged[t] = v
	}
	return judged, ""
}

// learn fits the in-control mean to the counts before place first.
func (p GLRParams) learn(s series.Series, first int, alpha float64) (mean func(int) float64, dispersion float64, why string) {
	size := poissonSize
	switch {
	case alpha < 0:
		size = estimatedSize
	case alpha > 0:
		size = 1 / alpha
	}
	f, why := harmonics{Waves: p.Waves, Trend: p.Trend}.fit(s, first, size)
	if why != "" {
		return nil, 0, why
	}
	if alpha < 0 {
		alpha = 0
		if f.fit.Size > 0 {
			alpha = 1 / f.fit.Size
		}
	}
	return f.at, alpha, ""
}

// chart is the counts and in-control means since the last alarm.
type chart struct {
	GLRParams
	alpha float64
	mode  Mode
	x, mu []float64
	last  float64 // the count before x[0]
	sum   float64 // of the chart for a known factor, before the newest count
	now   float64 // the same with it
}

func (c *chart) add(x, mu float64) {
	c.x, c.mu = append(c.x, x), append(c.mu, mu)
	c.sum = c.now
}

func (c *chart) restart(last float64) {
	c.x, c.mu, c.last = c.x[:0], c.mu[:0], last
	c.sum, c.now = 0, 0
}

// alarms reports whether a statistic alarms; the charts of the reference
// differ in whether the threshold itself does.
func (c *chart) alarms(statistic float64) bool {
	if c.Theta != 0 || c.Change == Epidemic && c.alpha == 0 {
		return statistic > c.Threshold
	}
	return statistic >= c.Threshold
}

// statistic is the chart's value at its newest count, not below 0.
func (c *chart) statistic() float64 {
	var g float64
	switch {
	case c.Change == Epidemic:
		g = c.largest(c.epidemic())
	case c.Theta != 0:
		c.now = math.Max(0, c.sum+c.increment(c.x[len(c.x)-1]))
		return c.now
	case c.alpha > 0:
		g = c.largest(c.negBinIntercept())
	default:
		g = c.poissonIntercept()
	}
	if math.IsNaN(g) || g < 0 {
		return 0
	}
	return g
}

// increment is the log-likelihood ratio of a count x for the known factor.
func (c *chart) increment(x float64) float64 {
	mu := c.mu[len(c.mu)-1]
	if c.alpha == 0 {
		return c.Theta*x + (1-math.Exp(c.Theta))*mu
	}
	return c.Theta*x + (x+1/c.alpha)*math.Log((1+c.alpha*mu)/(1+c.alpha*mu*math.Exp(c.Theta)))
}

// poissonIntercept has the factor in closed form: the ratio of sums.
func (c *chart) poissonIntercept() float64 {
	n := len(c.x) - 1
	begin, low := n-c.Least+1, 0
	if c.Window > 0 {
		// With a window the reference asks for one count more.
		begin, low = n-c.Least, max(0, n-c.Window)
	}
	best := math.Inf(-1)
	var sumX, sumMu float64
	for k := n; k >= low; k-- {
		sumX += c.x[k]
		sumMu += c.mu[k]
		if k > begin {
			continue
		}
		kappa := c.oneSided(math.Log(sumX / sumMu))
		g := (1 - math.Exp(kappa)) * sumMu
		if sumX > 0 {
			g += kappa * sumX
		}
		best = math.Max(best, g)
	}
	return best
}

// oneSided takes a log factor in the unwanted direction for none.
func (c *chart) oneSided(kappa float64) float64 {
	if c.Decrease {
		return math.Min(0, kappa)
	}
	return math.Max(0, kappa)
}

// ratio is the log-likelihood ratio of the counts from k on, for the best size
// of the change; start is the best one of the beginning before.
type ratio func(k int, start float64) (g, best float64)

// largest maximises a ratio over the beginnings of the change.
func (c *chart) largest(r ratio, start float64) float64 {
	n := len(c.x) - 1
	low := 0
	if c.Window > 0 {
		low = max(0, n-c.Window)
	}
	best := math.Inf(-1)
	for k := low; k <= n-(c.Least-1); k++ {
		var g float64
		g, start = r(k, start)
		if g > best { // not true of NaN: a search that failed says nothing
			best = g
		}
	}
	return best
}

// lowestLog is where the search for a log factor gives up: there is none.
const (
	lowestLog  = -18
	newtonTol  = 1e-6
	newtonMost = 1000
)

// newton climbs from start by steps until they are small.
func newton(start float64, step func(x float64) float64, moved func(a, b float64) float64) float64 {
	x, last := start, math.Inf(1)
	for i := 0; i < newtonMost && x > lowestLog && moved(x, last) > newtonTol; i++ {
		last = x
		x += step(x)
	}
	return x
}

func distance(a, b float64) float64 { return math.Abs(a - b) }

func expDistance(a, b float64) float64 {
	if math.IsInf(b, 1) {
		return b
	}
	return math.Abs(math.Exp(a) - math.Exp(b))
}

// negBinIntercept estimates the factor by Newton's method.
func (c *chart) negBinIntercept() (ratio, float64) {
	return func(k int, start float64) (float64, float64) {
		kappa := c.oneSided(newton(start, func(x float64) float64 { return c.interceptStep(k, x) }, distance))
		var g float64
		for i := k; i < len(c.x); i++ {
			mu := c.alpha * c.mu[i]
			g += kappa*c.x[i] + (c.x[i]+1/c.alpha)*math.Log((1+mu)/(1+mu*math.Exp(kappa)))
		}
		return g, kappa
	}, 0.5
}

// interceptStep is score over information of the log factor.
func (c *chart) interceptStep(k int, kappa float64) float64 {
	var score, info float64
	e := math.Exp(kappa)
	for i := k; i < len(c.x); i++ {
		d := 1 + c.alpha*e*c.mu[i]
		score += (c.x[i] - e*c.mu[i]) / d
		info += c.mu[i] * (c.alpha*c.x[i] + 1) / (d * d)
	}
	return score / (e * info)
}

// previous returns the count before x[i].
func (c *chart) previous(i int) float64 {
	if i == 0 {
		return c.last
	}
	return c.x[i-1]
}

// epidemic is the ratio for a mean mu + lambda * (the count before).
func (c *chart) epidemic() (ratio, float64) {
	if c.alpha == 0 {
		return func(k int, start float64) (float64, float64) {
			phi := newton(math.Log(start), func(x float64) float64 { return c.epidemicStep(k, x) }, expDistance)
			lambda := math.Exp(phi)
			var g float64
			for i := k; i < len(c.x); i++ {
				before := c.previous(i)
				g += c.x[i]*math.Log(lambda*before/c.mu[i]+1) - lambda*before
			}
			return g, lambda
		}, 0.5
	}
	return func(k int, start float64) (float64, float64) {
		theta := start
		if c.mode == Compat {
			// The reference estimates the factor of the intercept chart and
			// uses it for lambda.
			theta = newton(start, func(x float64) float64 { return c.interceptStep(k, x) }, distance)
		} else {
			theta = c.climb(k)
		}
		return c.negBinEpidemic(k, theta), theta
	}, 0.5
}

func (c *chart) epidemicStep(k int, phi float64) float64 {
	e := math.Exp(phi)
	var score, info float64
	for i := k; i < len(c.x); i++ {
		before := c.previous(i)
		d := e*before + c.mu[i]
		score += c.x[i]*before/d - before
		info += c.x[i] * before * before / (d * d)
	}
	score *= e
	return score / (-score + e*e*info)
}

// negBinEpidemic is the log-likelihood ratio of log lambda theta.
func (c *chart) negBinEpidemic(k int, theta float64) float64 {
	var g float64
	for i := k; i < len(c.x); i++ {
		mu, up := c.mu[i], c.mu[i]+math.Exp(theta)*c.previous(i)
		shrink := math.Log(1+c.alpha*mu) - math.Log(1+c.alpha*up)
		g += c.x[i]*(math.Log(up)-math.Log(mu)+shrink) + shrink/c.alpha
	}
	return g
}

// climb maximises negBinEpidemic by golden sections on the log scale.
func (c *chart) climb(k int) float64 {
	const golden = 0.6180339887498949
	low, high := -12.0, 6.0
	a, b := high-golden*(high-low), low+golden*(high-low)
	fa, fb := c.negBinEpidemic(k, a), c.negBinEpidemic(k, b)
	for high-low > 1e-5 {
		if fa < fb {
			low, a, fa = a, b, fb
			b = low + golden*(high-low)
			fb = c.negBinEpidemic(k, b)
		} else {
			high, b, fb = b, a, fa
			a = high - golden*(high-low)
			fa = c.negBinEpidemic(k, a)
		}
	}
	return (low + high) / 2
}

// alarming is the least count that would have alarmed in place of the newest
// one (the largest for a decrease), +Inf where none would.
func (c *chart) alarming() float64 {
	if c.Theta != 0 && c.Change == Intercept {
		return c.alarmingKnown()
	}
	n := len(c.x) - 1
	saved := c.x[n]
	defer func() { c.x[n] = saved }()
	at := func(x float64) bool {
		c.x[n] = x
		g := c.statistic()
		if c.Decrease {
			return g <= c.Threshold
		}
		return g >= c.Threshold
	}
	const most = 1e9
	high := 1.0
	for !at(high) {
		if high *= 2; high > most {
			return math.Inf(1)
		}
	}
	low := -1.0
	for high-low > 1 {
		mid := math.Floor((low + high) / 2)
		if at(mid) {
			high = mid
		} else {
			low = mid
		}
	}
	return high
}

// alarmingKnown solves for the count in the chart of a known factor.
func (c *chart) alarmingKnown() float64 {
	mu := c.mu[len(c.mu)-1]
	if c.alpha == 0 {
		return (c.Threshold - c.sum + mu*(math.Exp(c.Theta)-1)) / c.Theta
	}
	l := math.Log((1 + c.alpha*mu) / (1 + c.alpha*mu*math.Exp(c.Theta)))
	return (c.Threshold - c.sum - l/c.alpha) / (c.Theta + l)
}
