package theory_test

import (
	"math"
	"testing"

	"github.com/breakwater-eoc/breakwater/science/spread/theory"
)

// Published or tabulated values that the formulas must meet.
func TestFormulasMeetKnownValues(t *testing.T) {
	seir := theory.SEIR(2.5, 3, 3, 1e-4)
	_, mix := theory.NextGeneration([][]float64{{2, 1}, {0, 0.5}})
	small, _ := theory.NextGeneration([][]float64{{2, 1}, {0, 0.5}})
	prevalence, _ := theory.ImportedPrevalence(2, 1, 5, 10)
	for _, tc := range []struct {
		name string
		got  float64
		want float64
		tol  float64
	}{
		{"final size at R0 2", theory.FinalSize(2, 0), 0.7968, 5e-5},
		{"final size at R0 1.2 with 0.1 % seeded", theory.FinalSize(1.2, 0.001), 0.3175, 5e-5},
		{"extinction at R 2.5, k 0.1", theory.Extinction(2.5, 0.1), 0.861, 5e-4},
		{"extinction at R 3, k 1", theory.Extinction(3, 1), 1.0 / 3, 1e-9},
		{"extinction at R 2, Poisson", theory.Extinction(2, 0), 0.203, 5e-4},
		{"no secondary case at R 2.5, k 0.45", theory.NoSecondary(2.5, 0.45), 0.429, 5e-4},
		{"growth at R 2.5, interval 5.5 sd 2.5", theory.GrowthRate(2.5, 5.5, 2.5), 0.1834, 5e-5},
		{"backward interval at growth 0.2", theory.BackwardInterval(0.2, 5.5, 2.5), 4.48, 5e-3},
		{"SEIR final size at R0 2.5", seir.Final, 0.8927, 1e-4},
		{"SEIR peak day, two after that of infectious seeds", seir.Peak, 45, 0.5},
		{"SEIR peak height", seir.Height, 0.04339, 3e-5},
		{"SEIR growth", seir.Rate, 0.19371, 1e-5},
		{"all four of a household of 4 at 0.166", theory.ReedFrost(4, 0.166)[4], 0.0510, 5e-4},
		{"nobody else of a household of 5 at 0.166", theory.ReedFrost(5, 0.166)[1], 0.4838, 5e-5},
		{"spectral radius", small, 2, 1e-9},
		{"leading eigenvector", mix[0], 1, 1e-9},
		{"prevalence by imports at R 1", prevalence, 20, 1e-9},
	} {
		if math.Abs(tc.got-tc.want) > tc.tol {
			t.Errorf("%s = %v, want %v within %v", tc.name, tc.got, tc.want, tc.tol)
		}
	}
}

func TestReedFrostIsADistribution(t *testing.T) {
	for n := 1; n <= 6; n++ {
		sum := 0.0
		for _, p := range theory.ReedFrost(n, 0.3) {
			sum += p
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("household of %d: probabilities sum to %v", n, sum)
		}
	}
}
