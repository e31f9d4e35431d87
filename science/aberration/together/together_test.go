package together_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/aberration/together"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

func part(name string, p float64) together.Part { return together.Part{Name: name, P: p, Weight: 1} }

func combine(t *testing.T, parts ...together.Part) together.Joint {
	t.Helper()
	j, err := together.Combine(parts)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestOnePartAloneKeepsItsPValue(t *testing.T) {
	for _, p := range []float64{1e-12, 0.001, 0.2, 0.5, 0.9} {
		if got := combine(t, part("clinics", p)).P; math.Abs(got/p-1) > 1e-9 {
			t.Errorf("p = %g alone becomes %g", p, got)
		}
	}
}

func TestAgreeingStreamsAreStrongerThanTheWeakest(t *testing.T) {
	j := combine(t, part("clinics", 0.01), part("wastewater", 0.01), part("pharmacies", 0.4))
	if j.P > 0.02 || j.P < 0.005 {
		t.Errorf("joint p = %g, want near 0.015", j.P)
	}
	if j.Parts[0].Share < 0.45 || j.Parts[2].Name != "pharmacies" {
		t.Errorf("contributions %+v, want two halves and little of pharmacies", j.Parts)
	}
}

func TestAStreamThatAbstainedHasNoSay(t *testing.T) {
	silent := together.FromVerdict("laboratory", aberration.Verdict{PValue: 0.001, Abstained: "masked"}, 1)
	if got := combine(t, part("clinics", 0.3), silent); math.Abs(got.P-0.3) > 1e-9 || len(got.Parts) != 1 {
		t.Errorf("joint %+v, want the clinics alone", got)
	}
	if got := combine(t, silent); !math.IsNaN(got.P) {
		t.Errorf("joint p of nothing = %v, want NaN", got.P)
	}
}

// TestTheLevelHoldsForDependentStreams draws normal streams that share most of
// their noise.
func TestTheLevelHoldsForDependentStreams(t *testing.T) {
	stream := stat.NewStream(6, "dependent")
	const trials, nominal = 20000, 0.01
	for _, shared := range []float64{0, 0.8} {
		below := 0
		for range trials {
			common := stream.Norm()
			parts := make([]together.Part, 4)
			for k := range parts {
				z := math.Sqrt(shared)*common + math.Sqrt(1-shared)*stream.Norm()
				parts[k] = part("stream", stat.NormalCDF(-z))
			}
			if combine(t, parts...).P < nominal {
				below++
			}
		}
		if share := float64(below) / trials; share < 0.006 || share > 0.013 {
			t.Errorf("with %.0f %% shared noise a nominal 1 %% realises %.4f", 100*shared, share)
		}
	}
}

func TestBorrowListensToNeighbours(t *testing.T) {
	places := [][]together.Part{{part("a", 0.04)}, {part("b", 0.04)}, {part("c", 0.6)}}
	got, err := together.Borrow(places, [][]int{{1}, {0}, {}}, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	if len(got[0].Parts) != 2 || got[0].P > 0.041 || math.Abs(got[2].P-0.6) > 1e-9 {
		t.Errorf("joints %+v", got)
	}
	for name, try := range map[string]struct {
		neighbours [][]int
		share      float64
	}{"a list too few": {[][]int{{1}}, 0.5}, "a neighbour outside": {[][]int{{9}, {}, {}}, 0.5}, "a share of nothing": {[][]int{{}, {}, {}}, 0}} {
		if _, err := together.Borrow(places, try.neighbours, try.share); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: error %v, want invalid", name, err)
		}
	}
}

func TestCombineRefusesWhatCannotBe(t *testing.T) {
	for name, p := range map[string]together.Part{"a p value above one": {P: 1.5, Weight: 1}, "no weight": {P: 0.5}, "a negative p value": {P: -0.1, Weight: 1}} {
		if _, err := together.Combine([]together.Part{p}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: error %v, want invalid", name, err)
		}
	}
}

func TestDiscoveriesFollowBenjaminiAndHochberg(t *testing.T) {
	for _, tc := range []struct {
		name string
		p    []float64
		want []int
	}{
		{"the example of the paper's rule", []float64{0.041, 0.001, 0.039, 0.008, 0.5}, []int{1, 3}},
		{"a late one carries the earlier ones", []float64{0.03, 0.04, 0.05}, []int{0, 1, 2}},
		{"nothing unusual", []float64{0.3, 0.9}, []int{}},
		{"one that was not judged", []float64{math.NaN(), 0.01}, []int{1}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := together.Discoveries(tc.p, 0.05)
			if d := cmp.Diff(append([]int{}, got...), tc.want); d != "" {
				t.Errorf("got -, want +:\n%s", d)
			}
		})
	}
}
