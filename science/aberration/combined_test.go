package aberration_test

import (
	"math"
	"testing"

	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// TestTheBoundOfCombinedIsWhereItsAlarmsBegin puts the bound itself and the next
// count in the place of the newest one.
func TestTheBoundOfCombinedIsWhereItsAlarmsBegin(t *testing.T) {
	none, checked := 0, 0
	for _, alpha := range []float64{0.2, 0.01, 0.0005} {
		p := aberration.DefaultCombined()
		p.Alpha = alpha
		judge := aberration.Combined(p)
		for seed, mean := range []float64{0.02, 0.4, 3, 20, 150} {
			stream := stat.NewStream(uint64(seed), "bound")
			counts := make([]float64, 130)
			for i := range counts {
				counts[i] = float64(stream.NegBinomial(mean, mean))
			}
			for _, before := range []float64{counts[128], counts[128] + 10 + 2*mean} {
				counts[128] = before
				at := func(n float64) aberration.Verdict {
					counts[129] = n
					return judge(weekly(counts...), []int{129})[0]
				}
				bound := at(math.Floor(mean)).Bound
				if math.IsNaN(bound) {
					if none++; !at(0).Alarm {
						t.Errorf("alpha %g, mean %g: no bound, and none is no alarm", alpha, mean)
					}
					continue
				}
				if checked++; at(bound).Alarm || !at(bound+1).Alarm {
					t.Errorf("alpha %g, mean %g: alarm at the bound %g: %t, above: %t", alpha, mean, bound, at(bound).Alarm, at(bound+1).Alarm)
				}
			}
		}
	}
	if none == 0 || checked < 20 {
		t.Errorf("%d bounds checked, %d absent; want some of both", checked, none)
	}
}
