package aberration_test

import (
	"testing"

	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// tenYears is a weekly series of a given mean.
func tenYears(mean float64) []float64 {
	stream := stat.NewStream(8, "ten years")
	counts := make([]float64, 520)
	for i := range counts {
		counts[i] = float64(stream.NegBinomial(mean, mean))
	}
	return counts
}

// BenchmarkOneNewWeek is the cost of one verdict on ten years of weeks.
func BenchmarkOneNewWeek(b *testing.B) {
	s := weekly(tenYears(8)...)
	at := []int{519}
	for _, bench := range []struct{ name, method, params string }{
		{"ears-c1", "ears-c1", ""},
		{"farrington", "farrington", ""},
		{"farrington-flexible", "farrington-flexible", `{"noPeriods":10,"pastWeeksNotIncluded":26,"thresholdMethod":"nbPlugin","pThresholdTrend":1}`},
		{"combined", "combined", ""},
	} {
		d, err := aberration.ByName(bench.method, []byte(bench.params), aberration.Correct)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d(s, at)
			}
		})
	}
}
