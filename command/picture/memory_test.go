package picture

import (
	"errors"
	"testing"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/science/renewal"
	"github.com/breakwater-eoc/breakwater/science/series"
)

func TestMemoryTellsTrianglesApartAndForgetsTheOldest(t *testing.T) {
	var m memory
	worked := 0
	ask := func(seed uint64, n float64, now civil.Day) float64 {
		said, err := m.recall(seed, series.Triangle{First: 1, Now: now, Counts: [][]float64{{n, 1}, {2}}}, func() ([]renewal.Nowcast, error) {
			worked++
			return []renewal.Nowcast{{Median: n + float64(seed) + float64(now)}}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return said[0].Median
	}
	for _, tc := range []struct {
		name   string
		seed   uint64
		n      float64
		now    civil.Day
		worked int
	}{
		{"the first time", 1, 5, 2, 1}, {"the same again", 1, 5, 2, 1}, {"another count", 1, 6, 2, 2},
		{"another seed", 2, 5, 2, 3}, {"another day", 1, 5, 3, 4}, {"the first of them again", 1, 5, 2, 4},
	} {
		if got, want := ask(tc.seed, tc.n, tc.now), tc.n+float64(tc.seed)+float64(tc.now); got != want || worked != tc.worked {
			t.Errorf("%s: said %g after %d works, want %g after %d", tc.name, got, worked, want, tc.worked)
		}
	}
	for n := range mostKept {
		ask(3, float64(n), 2)
	}
	if len(m.kept) != mostKept || len(m.order) != mostKept {
		t.Errorf("%d are kept in an order of %d, want %d", len(m.kept), len(m.order), mostKept)
	}
	if before := worked; ask(1, 5, 2) != 8 || worked != before+1 {
		t.Errorf("the oldest is still kept, or wrong")
	}
}

func TestMemoryKeepsNoFailure(t *testing.T) {
	var m memory
	broken := errors.New("broken")
	if _, err := m.recall(1, series.Triangle{}, func() ([]renewal.Nowcast, error) { return nil, broken }); !errors.Is(err, broken) || len(m.kept) != 0 {
		t.Errorf("error %v, %d kept; want the error, none kept", err, len(m.kept))
	}
}
