package counts_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

var nested = []place.Area{
	{Code: "city", Kind: place.City},
	{Code: "east", Parent: "city", Kind: place.District}, {Code: "west", Parent: "city", Kind: place.District},
	{Code: "e1", Parent: "east", Kind: place.Street}, {Code: "e2", Parent: "east", Kind: place.Street},
}

// reports gives a run of reports and corrections by several sources about a few
// days, in order of their recording.
func reports(seed, n uint64, first civil.Day) []counts.Version {
	random := stat.NewStream(seed, "reports")
	var all []counts.Version
	at := first.At(8, 0, time.UTC)
	for range n {
		at = at.Add(time.Duration(random.IntN(4)) * time.Hour)
		all = append(all, counts.Version{Area: nested[random.IntN(len(nested))].Code, Day: first + civil.Day(random.IntN(6)), Count: int64(random.IntN(20)),
			Source: []observe.SourceID{"clinic", "laboratory"}[random.IntN(2)], Basis: []place.Basis{place.Stated, place.Reconstructed}[random.IntN(2)], Recorded: at})
	}
	return all
}

func TestALedgerSaysAtEveryInstantWhatWasKnown(t *testing.T) {
	first := civil.MustDay("2020-07-01")
	week := civil.Window{First: first, Last: first + 6}
	for seed := range uint64(20) {
		versions := reports(seed, 60, first)
		for _, root := range []place.Code{"city", "east", "e1"} {
			l := counts.NewLedger(nested, root)
			before, settled := map[civil.Day]counts.Point{}, 0
			for i, v := range versions {
				l.Take(v)
				if i+1 < len(versions) && versions[i+1].Recorded.Equal(v.Recorded) {
					continue
				}
				now := l.Settle()
				got := l.Points(week, 1)
				if d := cmp.Diff(counts.AsKnown(nested, versions, v.Recorded)[root], got); d != "" {
					t.Fatalf("seed %d, %s at %s: -as known +ledger\n%s", seed, root, v.Recorded, d)
				}
				for _, p := range got {
					if old, was := before[p.Day]; l.ChangedSince(settled, civil.Trailing(p.Day, 1)) != (!was || !cmp.Equal(old, p)) {
						t.Fatalf("seed %d, %s at %s: day %s is told to have changed, or not, from %+v to %+v", seed, root, v.Recorded, p.Day, old, p)
					}
					before[p.Day] = p
				}
				settled = now
			}
		}
	}
}

func TestALedgerLeavesOutWhatLiesElsewhereAndOtherRhythms(t *testing.T) {
	first := civil.MustDay("2020-07-01")
	at := first.At(8, 0, time.UTC)
	l := counts.NewLedger(nested, "east")
	for i, v := range []counts.Version{
		{Area: "west", Day: first, Count: 9, Recorded: at}, {Area: "nowhere", Day: first, Count: 9, Recorded: at},
		{Area: "e1", Day: first, Count: 1, Recorded: at.Add(time.Hour)}, {Area: "e1", Day: first, Count: 7, Recorded: at}, // an earlier one that comes late
		{Area: "e1", Day: first + 7, Count: 2, Recorded: at}, {Area: "e1", Day: first + 9, Count: 3, Recorded: at},
	} {
		if l.Take(v); l.Settle() != i+1 {
			t.Fatalf("settlings are not counted from 1")
		}
	}
	var got []int64
	for _, p := range l.Points(civil.Window{First: first - 3, Last: first + 14}, 7) {
		got = append(got, p.Count)
	}
	if want := []int64{1, 2}; !slices.Equal(got, want) {
		t.Errorf("weekly points = %v, want %v", got, want)
	}
}
