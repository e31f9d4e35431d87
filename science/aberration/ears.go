package aberration

import (
	"math"

	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// EARSParams are the parameters of the EARS family.
type EARSParams struct {
	// Baseline is how many counts make the expectation, at least 3; 0 is 7.
	Baseline int `json:"baseline"`
	// MinSigma is the least standard deviation that is believed.
	MinSigma float64 `json:"minSigma"`
	// Alpha is the nominal one-sided error; 0 is 0.001 for C1 and C2 and
	// 0.025 for C3.
	Alpha float64 `json:"alpha"`
}

// fill sets what was left at zero and takes the rest into its range.
func (p EARSParams) fill(alpha float64) EARSParams {
	if p.Baseline == 0 {
		p.Baseline = 7
	}
	p.Baseline = max(p.Baseline, 3)
	p.MinSigma = math.Max(p.MinSigma, 0)
	if p.Alpha == 0 {
		p.Alpha = alpha
	}
	return p
}

// guard is how many counts C2 and C3 leave out before the one they judge, so
// that a beginning outbreak does not raise its own expectation.
const guard = 2

// C1 compares a count with mean and standard deviation of the counts just
// before it: alarm above mean + z(1-alpha) * sd (Hutwagner and others 2003).
func C1(p EARSParams) Detector { return shewhart(p, 0) }

// C2 is C1 with a gap of two counts between baseline and count (Hutwagner and
// others 2003).
func C2(p EARSParams) Detector { return shewhart(p, guard) }

func shewhart(p EARSParams, gap int) Detector {
	p = p.fill(0.001)
	z := stat.NormalQuantile(1 - p.Alpha)
	return func(s series.Series, at []int) []Verdict {
		return each(s, at, func(v *Verdict) {
			mean, sd, ok := v.baseline(s, v.T, p, gap)
			if !ok {
				return
			}
			v.judge(mean, mean+z*sd)
			v.excess(sd)
		})
	}
}

// C3 adds up what C2 exceeded one standard deviation by over three counts,
// C3(t) = sum of max(0, C2(i)-1) for i = t-2..t, and alarms above z(1-alpha)
// (Hutwagner and others 2003; Fricker, Hegler and Dunfee 2008).
//
// The reference puts the observed count where the mean belongs, so that under
// Compat the count itself has no say: the alarm depends on the two before it.
func C3(p EARSParams, mode Mode) Detector {
	p = p.fill(0.025)
	z := stat.NormalQuantile(1 - p.Alpha)
	return func(s series.Series, at []int) []Verdict {
		return each(s, at, func(v *Verdict) {
			mean, sd, ok := v.baseline(s, v.T, p, guard)
			if !ok {
				return
			}
			lagged := 0.0
			for lag := 1; lag <= 2; lag++ {
				m, d, ok := v.baseline(s, v.T-lag, p, guard)
				if !ok {
					return
				}
				lagged += pastExcess(s.Counts[v.T-lag], m, d, mode)
			}
			if mode == Compat {
				v.judge(mean, math.Max(0, v.Observed+sd*(z-lagged)))
				return
			}
			v.judge(mean, math.Max(0, mean+sd*(1+z-lagged)))
			v.excess(sd)
			if sd > 0 {
				v.Score = lagged + math.Max(0, (v.Observed-mean)/sd-1)
				v.Alarm = v.Score > z
				v.PValue = math.NaN() // the sum has no simple distribution
			}
		})
	}
}

// pastExcess is max(0, C2-1) of an earlier count. Where nothing varied, the
// reference divides by zero; Correct takes no evidence from it.
func pastExcess(count, mean, sd float64, mode Mode) float64 {
	if mode == Correct && (sd == 0 || math.IsNaN(count)) {
		return 0
	}
	return math.Max(0, (count-mean)/sd-1)
}

// baseline returns mean and standard deviation of the counts before place t,
// leaving out the last gap of them. It abstains where there are too few.
func (v *Verdict) baseline(s series.Series, t int, p EARSParams, gap int) (mean, sd float64, ok bool) {
	first := t - gap - p.Baseline
	if first < 0 {
		v.abstain(Short, "needs %d counts before this one, has %d", v.T-first, v.T)
		return 0, 0, false
	}
	past := s.Counts[first : first+p.Baseline]
	mean, sd = series.Mean(past), series.SD(past)
	if math.IsNaN(sd) {
		v.abstain(Short, "nearly all of the %d counts of the baseline are missing", p.Baseline)
		return 0, 0, false
	}
	return mean, math.Max(sd, p.MinSigma), true
}

// excess scores the count in standard deviations. A baseline that does not
// vary has no scale: any excess still alarms, and nothing else is judged.
func (v *Verdict) excess(sd float64) {
	if sd > 0 {
		v.Score = (v.Observed - v.Expected) / sd
		v.PValue = stat.NormalCDF(-v.Score)
	} else if !v.Alarm {
		v.abstain(Flat, "the baseline does not vary")
	}
}
