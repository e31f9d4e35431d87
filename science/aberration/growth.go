package aberration

import (
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// GrowthParams are the parameters of [Growth].
type GrowthParams struct {
	// Window is over how many places the growth is measured, the judged one
	// included; Least is how many of them must be known.
	Window int `json:"window"`
	Least  int `json:"least"`
	// Noise is how many places before the judged one tell the noise.
	Noise int `json:"noise"`
	// MinSigma is the least noise that is believed, on the scale of the natural
	// logarithm.
	MinSigma float64 `json:"minSigma"`
	// MinGrowth is the least growth a place that is worth an alarm, on the same
	// scale: 0.05 doubles in 14 places.
	MinGrowth float64 `json:"minGrowth"`
	// Alpha is the nominal one-sided error.
	Alpha float64 `json:"alpha"`
}

// DefaultGrowth measures growth over two weeks of daily values and noise over
// eight.
func DefaultGrowth() GrowthParams {
	return GrowthParams{Window: 14, Least: 5, Noise: 56, MinSigma: 0.05, Alpha: 0.001}
}

// leastResiduals is how few differences still tell the noise.
const leastResiduals = 5

// Growth asks of a log-normal concentration, such as a viral load of sewage,
// whether it grows exponentially. Over the last Window places the slope b of
// the natural logarithm is the median of the slopes between all pairs (Theil
// 1950; Sen 1968), which a single outlier does not move. Its standard error is
//
//	se = sigma * sqrt(pi/3) / sqrt(sum (t - mean t)^2)
//
// (Sen 1968, section 6, for normal errors). sigma is the noise of the logarithm
// around its neighbours: each of the values before the judged one less the line
// between the two beside it, divided by sqrt(1 + w^2 + (1-w)^2) (Gasser, Sroka
// and Jennen-Steinmetz 1986, equation 2), of which the median magnitude is taken,
// times 1.4826. The judged value has no part in sigma, so that a higher one never
// silences an alarm.
//
// Alarm where b/se > z(1-alpha) and b >= MinGrowth, and the value lies above the
// median of the window before it. Values below half of the smallest positive one
// before, zeros among them, count as that half (Hornung and Reed 1990). The score
// is b/se.
func Growth(p GrowthParams) Detector {
	z := stat.NormalQuantile(1 - p.Alpha)
	return func(s series.Series, at []int) []Verdict {
		return each(s, at, func(v *Verdict) {
			g, ok := newGrowing(v, s, p)
			if !ok {
				return
			}
			needed := math.Max(z*g.se, p.MinGrowth)
			v.Expected = math.Exp(g.level)
			v.Score = g.slope(g.log(v.Observed)) / g.se
			v.PValue = stat.NormalCDF(-v.Score)
			v.judge(v.Expected, math.Max(v.Expected, g.bound(needed)))
		})
	}
}

// growing is the window of a judged value, its logarithms without it.
type growing struct {
	now    float64   // place of the judged value
	places []float64 // of the known values before it in the window
	logs   []float64
	slopes []float64 // between all pairs of them
	floor  float64   // the least value that has a logarithm
	level  float64   // median of the logs
	se     float64   // of the slope
}

func newGrowing(v *Verdict, s series.Series, p GrowthParams) (growing, bool) {
	past := s.Counts[max(0, v.T-p.Noise):v.T]
	g := growing{now: float64(v.T), floor: math.Inf(1)}
	for _, y := range past {
		if y > 0 {
			g.floor = math.Min(g.floor, y/2)
		}
	}
	if math.IsInf(g.floor, 1) {
		v.abstain(Short, "none of the %d values before it lies above zero", len(past))
		return g, false
	}
	sigma, ok := g.noise(past)
	if !ok {
		v.abstain(Short, "needs %d known values before it to tell the noise", leastResiduals+2)
		return g, false
	}
	for i := max(0, v.T-p.Window+1); i < v.T; i++ {
		if y := s.Counts[i]; !math.IsNaN(y) {
			g.places, g.logs = append(g.places, float64(i)), append(g.logs, g.log(y))
		}
	}
	if len(g.logs)+1 < p.Least {
		v.abstain(Short, "%d of the last %d values are known, and %d are needed", len(g.logs)+1, p.Window, p.Least)
		return g, false
	}
	for i := range g.logs {
		for k := range i {
			g.slopes = append(g.slopes, (g.logs[i]-g.logs[k])/(g.places[i]-g.places[k]))
		}
	}
	g.level = middle(slices.Clone(g.logs))
	g.se = math.Max(sigma, p.MinSigma) * math.Sqrt(math.Pi/3) / math.Sqrt(g.spread())
	return g, true
}

// log is the natural logarithm of a value, of the floor where it lies below.
func (g *growing) log(y float64) float64 { return math.Log(math.Max(y, g.floor)) }

// noise is the robust scale of what lies off the line between its neighbours.
func (g *growing) noise(past []float64) (sigma float64, ok bool) {
	var at, logs []float64
	for i, y := range past {
		if !math.IsNaN(y) {
			at, logs = append(at, float64(i)), append(logs, g.log(y))
		}
	}
	var off []float64
	for i := 1; i < len(logs)-1; i++ {
		w := (at[i+1] - at[i]) / (at[i+1] - at[i-1])
		residual := logs[i] - w*logs[i-1] - (1-w)*logs[i+1]
		off = append(off, math.Abs(residual)/math.Sqrt(1+w*w+(1-w)*(1-w)))
	}
	if len(off) < leastResiduals {
		return 0, false
	}
	const normal = 1.4826 // 1 over the upper quartile of the normal distribution
	return normal * middle(off), true
}

// spread is the sum of squares of the places around their mean.
func (g *growing) spread() float64 {
	mean := (series.Mean(g.places)*float64(len(g.places)) + g.now) / float64(len(g.places)+1)
	sum := (g.now - mean) * (g.now - mean)
	for _, t := range g.places {
		sum += (t - mean) * (t - mean)
	}
	return sum
}

// slope is the median slope with a judged value of a given logarithm.
func (g *growing) slope(log float64) float64 {
	all := slices.Grow(slices.Clone(g.slopes), len(g.logs))
	for i := range g.logs {
		all = append(all, (log-g.logs[i])/(g.now-g.places[i]))
	}
	return middle(all)
}

// bound is the largest value whose slope is not above the needed one; infinite
// where no value is large enough. The slope grows with the value, so that
// halving the interval finds it.
func (g *growing) bound(needed float64) float64 {
	const widest, halvings = 50, 60 // the logarithm of 5e21
	low, high := math.Log(g.floor), math.Log(g.floor)+widest
	switch {
	case g.slope(low) > needed:
		return 0
	case g.slope(high) <= needed:
		return math.Inf(1)
	}
	for range halvings {
		if mid := (low + high) / 2; g.slope(mid) > needed {
			high = mid
		} else {
			low = mid
		}
	}
	return math.Exp(low)
}

// middle is the median; it sorts its argument.
func middle(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}
