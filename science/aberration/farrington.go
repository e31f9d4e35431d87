package aberration

import (
	"math"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/science/series"
)

// FarringtonParams are the parameters of the classic Farrington method.
type FarringtonParams struct {
	B          int     `json:"b"`
	W          int     `json:"w"`
	Reweight   bool    `json:"reweight"`
	Trend      bool    `json:"trend"`
	Alpha      float64 `json:"alpha"`
	Limit54    [2]int  `json:"limit54"`
	PowerTrans string  `json:"powertrans"`
}

// DefaultFarrington are the defaults of R surveillance.
func DefaultFarrington() FarringtonParams {
	return FarringtonParams{B: 5, W: 3, Reweight: true, Trend: true, Alpha: 0.05, Limit54: [2]int{5, 4}, PowerTrans: "2/3"}
}

// Farrington fits a quasi-Poisson regression with a trend to the windows
// around the same time of earlier years, and bounds the prediction by a
// two-sided interval on a power scale: its upper end leaves alpha/2 above
// (Farrington, Andrews, Beale and Catchpole 1996).
func Farrington(p FarringtonParams) Detector {
	inner := FlexibleParams{B: p.B, W: p.W, Reweight: p.Reweight, WeightsThreshold: 1, Trend: p.Trend, PThresholdTrend: 0.05}
	return func(s series.Series, at []int) []Verdict {
		return each(s, at, func(v *Verdict) {
			fit, why := fitTrained(windows(s, v.T, p.B, p.W), s, v.T, inner, Correct)
			if why != "" {
				v.fitless(why)
				return
			}
			se := fit.Mu * math.Sqrt(fit.EtaVariance*fit.Phi)
			upper, tail := powerBound(v.Observed, fit.Mu, se, fit.Phi, p.Alpha/2, p.PowerTrans)
			if math.IsNaN(upper) || math.IsInf(upper, 0) {
				v.abstain(Unfit, "the prediction has no bound")
				return
			}
			v.Expected, v.PValue = fit.Mu, tail
			if !enough(s, v.T, p.Limit54) {
				v.Score, v.Bound = 0, 0 // as the reference reports a masked count
				v.abstain(Rare, "fewer than %d cases in %d counts", p.Limit54[0], p.Limit54[1])
				return
			}
			v.Bound = upper
			v.Score = (v.Observed - fit.Mu) / (upper - fit.Mu)
			v.Alarm = v.Score > 1
		})
	}
}

// windows are the training rows of the classic method: those of the windows
// that the series has. Time is the place, counted from 1.
func windows(s series.Series, t, b, w int) Training {
	tr := Training{Periods: 1, Now: float64(t + 1)}
	for i := b; i >= 1; i-- {
		for j := -w; j <= w; j++ {
			row := t - i*int(s.Step) + j
			if s.Days != nil {
				row = find(s.Days, shift(yearsBefore(s.Days[t], i, s.Step), j, s.Step))
			}
			if row < 0 || math.IsNaN(s.Counts[row]) {
				continue
			}
			tr.Rows = append(tr.Rows, row)
			tr.Period = append(tr.Period, 0)
			tr.Time = append(tr.Time, float64(row+1))
		}
	}
	return tr
}

// shift moves a day by j steps of the series.
func shift(d civil.Day, j int, step series.Step) civil.Day {
	switch step {
	case series.Daily:
		return d + civil.Day(j)
	case series.Monthly:
		at := time.Unix(int64(d)*86400, 0).UTC()
		return civil.Date(at.Year(), at.Month()+time.Month(j), at.Day())
	}
	return d + civil.Day(7*j)
}
