package bench

import (
	"math"
	"testing"
)

func TestSitesAreDrawnInProportionToTheirWeights(t *testing.T) {
	weights := []float64{5, 0, 2, 1, 0.5, 11.5}
	table := newAliases(weights)
	const draws = 6 << 16 // evenly over all numbers
	got := make([]float64, len(weights))
	for i := range uint64(draws) {
		// The upper half chooses the place, the lower one the side of its threshold.
		got[table.draw(i/6*(1<<16)|i%6*((1<<32)/6+1)<<32)] += 20.0 / draws
	}
	for i, w := range weights {
		if math.Abs(got[i]-w) > 0.001 {
			t.Errorf("index %d was drawn with weight %.4f, want %.4f", i, got[i], w)
		}
	}
}

func TestADayHasAllItsVisits(t *testing.T) {
	city := NewVisitCity(100, 10, 1)
	sum := 0
	for _, n := range city.minutes(123_457) {
		if n < 0 {
			t.Fatalf("a minute has %d visits", n)
		}
		sum += n
	}
	if sum != 123_457 {
		t.Errorf("the minutes have %d visits together, want 123457", sum)
	}
}
