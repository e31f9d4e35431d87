package aberration_test

import (
	"math"
	"testing"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// A school reports on five days of the week. Its weekends must not leave the
// regression without an answer, whichever day the weekdays are counted from.
func TestCombinedJudgesAStreamThatRestsOnSomeWeekdays(t *testing.T) {
	for _, rest := range [][2]int{{0, 6}, {2, 3}} {
		s := series.Series{Step: series.Daily}
		rng := stat.NewStream(1, "school", uint64(rest[1]))
		for i := range 100 {
			d := civil.MustDay("2021-03-01") + civil.Day(i)
			n := float64(rng.Poisson(12))
			if w := int(d.Weekday()); w == rest[0] || w == rest[1] {
				n = math.NaN()
			}
			s.Days, s.Counts = append(s.Days, d), append(s.Counts, n)
		}
		last := len(s.Counts) - 1
		for math.IsNaN(s.Counts[last]) {
			last--
		}
		s.Counts[last] = 40
		detector := aberration.Combined(aberration.DefaultCombined())
		if v := detector(s, []int{last})[0]; !v.Alarm || v.Abstained != "" {
			t.Errorf("resting on weekdays %v: a jump from 12 to 40 gave %+v", rest, v)
		}
		s.Counts[last] = 12
		if v := detector(s, []int{last})[0]; v.Alarm || v.Abstained != "" {
			t.Errorf("resting on weekdays %v: a usual day gave %+v", rest, v)
		}
	}
}
