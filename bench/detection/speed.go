package detection

import (
	"time"

	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/renewal"
	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Pace is how long a method takes.
type Pace struct {
	// PerPoint is nanoseconds for one verdict, on one processor.
	PerPoint float64 `json:"ns_per_point"`
	Points   int     `json:"points"`
}

// Speed measures every method on ten years of simulated weeks, each for at
// least the given time. Sequential methods are timed over two years.
func Speed(now func() time.Time, least time.Duration, seed uint64) (map[string]Pace, error) {
	methods, err := Methods()
	if err != nil {
		return nil, err
	}
	out := map[string]Pace{}
	s := TenYears(seed, 0)
	for _, m := range methods {
		out[m.Name] = pace(now, least, func() int {
			at := aberration.Range(len(s.Counts)-104, len(s.Counts)-1)
			return len(m.Detector(s, at))
		})
	}
	interval, err := renewal.SerialInterval(4.7, 2.9, 40)
	if err != nil {
		return nil, err
	}
	spans := renewal.Windows(100, 7)
	out["cori"] = pace(now, least, func() int {
		// The settings are fixed and valid, so there is no error to look at.
		got, _ := renewal.Cori(renewal.Single(s.Counts[:100]), interval, spans, renewal.WidePrior)
		for _, e := range got {
			e.Quantile(0.025)
			e.Quantile(0.975)
		}
		return len(got)
	})
	return out, nil
}

// TenYears is a simulated weekly series of ten years, a few cases a week.
func TenYears(seed, number uint64) series.Series {
	stream := stat.NewStream(seed, "ten years of weeks", number)
	s := scenarios()[stream.IntN(len(scenarios()))]
	const tenYears = 520
	counts := make([]float64, tenYears)
	for t := range counts {
		counts[t] = s.draw(t, &stream)
	}
	return series.Series{Step: series.Weekly, Counts: counts}
}

func pace(now func() time.Time, least time.Duration, run func() int) Pace {
	var p Pace
	start := now()
	for {
		p.Points += run()
		if took := now().Sub(start); took >= least {
			p.PerPoint = float64(took.Nanoseconds()) / float64(p.Points)
			return p
		}
	}
}

// ManySeries judges one new week of n series of ten years by the flexible
// Farrington method, on all processors, and returns how long that took and how
// many alarmed. Making the series is not timed.
func ManySeries(now func() time.Time, n int, seed uint64) (took time.Duration, alarms int) {
	all := make([]series.Series, n)
	parallel(n, func(i int) { all[i] = TenYears(seed, uint64(i)) })
	detector := aberration.FarringtonFlexible(aberration.ImprovedFlexible(), aberration.Correct)
	alarmed := make([]bool, n)
	start := now()
	parallel(n, func(i int) {
		last := len(all[i].Counts) - 1
		alarmed[i] = detector(all[i], []int{last})[0].Alarm
	})
	took = now().Sub(start)
	for _, a := range alarmed {
		if a {
			alarms++
		}
	}
	return took, alarms
}
