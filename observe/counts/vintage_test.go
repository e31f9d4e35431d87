package counts_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

func TestGrowFollowsWhatWasKnownAtOneHourOfEachDay(t *testing.T) {
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
		said("east", day, 1, at(2, 11)), // corrected downwards
		said("city", day+1, 9, at(3, 8)),
	}
	n := func(v int64) *int64 { return &v }
	for name, tc := range map[string]struct {
		at      time.Time
		longest int
		want    [][]*int64
	}{
		"at noon":            {at(3, 12), 2, [][]*int64{{n(5), n(3), n(3)}, {n(7), n(9)}, {nil}}},
		"at the end of days": {at(3, 0).Add(-time.Microsecond), 2, [][]*int64{{n(3), n(5), n(3)}, {n(7), n(7)}, {nil}}},
		"one delay only":     {at(3, 12), 1, [][]*int64{{n(5), n(3)}, {n(7), n(9)}, {nil}}},
		"before any day":     {at(0, 12), 2, [][]*int64{}},
	} {
		got := counts.Grow(areas, "city", versions, day, tc.longest, tc.at, time.UTC)
		if d := cmp.Diff(tc.want, got.Known); d != "" {
			t.Errorf("%s: -want +got:\n%s", name, d)
		}
	}
	early := counts.AsKnown(areas, versions, at(1, 0))
	if d := cmp.Diff([]counts.Point{{Day: day, Count: 3}}, early["city"]); d != "" {
		t.Errorf("known at the end of the first day -want +got:\n%s", d)
	}
}
