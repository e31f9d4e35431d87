package counts_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

func TestGrowFollowsWhatWasKnownAtTheEndOfEachDay(t *testing.T) {
	areas := []place.Area{{Code: "city", Kind: place.City}, {Code: "east", Parent: "city", Kind: place.District}, {Code: "west", Parent: "city", Kind: place.District}}
	day := civil.MustDay("2020-07-01")
	at := func(later civil.Day, hour int) time.Time { return (day + later).At(hour, 0, time.UTC) }
	said := func(area place.Code, of civil.Day, n int64, recorded time.Time) counts.Version {
		return counts.Version{Area: area, Day: of, Source: "clinic", Count: n, Basis: place.Stated, Recorded: recorded}
	}
	versions := []counts.Version{
		said("east", day, 3, at(0, 20)),
		said("west", day, 2, at(1, 9)),
		said("east", day+1, 7, at(1, 23)),
		said("east", day, 1, at(2, 8)), // corrected downwards
		said("city", day+1, 9, at(2, 9)),
	}
	versions[4].Basis = place.Reconstructed
	w := civil.Window{First: day, Last: day + 2}
	g := counts.Grow(areas, "city", versions, w, 2, at(2, 12), time.UTC)
	n := func(v int64) *int64 { return &v }
	want := counts.Growth{First: day, Reconstructed: []bool{false, true, false},
		Known: [][]*int64{{n(3), n(5), n(3)}, {n(7), n(9)}, {nil}}}
	if d := cmp.Diff(want, g); d != "" {
		t.Errorf("growth -want +got:\n%s", d)
	}
	if g := counts.Grow(areas, "city", versions, w, 1, at(2, 12), time.UTC); len(g.Known[0]) != 2 {
		t.Errorf("%d delays are followed of a day, want 0 and 1", len(g.Known[0]))
	}
	early := counts.AsKnown(areas, versions, at(1, 0))
	if d := cmp.Diff([]counts.Point{{Day: day, Count: 3}}, early["city"]); d != "" {
		t.Errorf("known at the end of the first day -want +got:\n%s", d)
	}
}
