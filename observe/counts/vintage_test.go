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

func TestGrowthIsWhatWasKnownOfEachDayEveryEvening(t *testing.T) {
	first := civil.MustDay("2020-07-01")
	const longest, days = 3, 9
	for seed := range uint64(10) {
		versions := reports(seed, 60, first)
		at := (first + days).At(9, 0, time.UTC)
		whole := counts.Grow(nested, "east", versions, first, longest, at, time.UTC)
		for earlier := range days + 2 {
			then := at.AddDate(0, 0, -earlier)
			want := counts.Growth{First: first, Known: make([][]*int64, max(0, days-earlier))}
			for i := range want.Known {
				for delay := 0; delay <= min(longest, days-earlier-1-i); delay++ {
					want.Known[i] = append(want.Known[i], countOf(versions, first+civil.Day(i), then.AddDate(0, 0, -(days-earlier-1-i-delay))))
				}
			}
			if d := cmp.Diff(want, counts.Grow(nested, "east", versions, first, longest, then, time.UTC)); d != "" {
				t.Fatalf("seed %d, grown up to %s: -as known +grown\n%s", seed, then, d)
			}
			if d := cmp.Diff(want, whole.Earlier(earlier)); d != "" {
				t.Fatalf("seed %d, %d days before: -as known +earlier\n%s", seed, earlier, d)
			}
		}
	}
}

// countOf is what was known of a day in the east at an instant.
func countOf(versions []counts.Version, day civil.Day, at time.Time) *int64 {
	for _, p := range counts.AsKnown(nested, versions, at)["east"] {
		if p.Day == day {
			return &p.Count
		}
	}
	return nil
}
