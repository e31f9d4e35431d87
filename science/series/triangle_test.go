package series_test

import (
	"math"
	"testing"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/series"
)

func TestTriangleHoldsWhatWasKnownThen(t *testing.T) {
	pairs := []series.Pair{
		{Event: 10, Report: 10}, {Event: 10, Report: 12}, {Event: 10, Report: 13}, // the last one after now
		{Event: 11, Report: 12}, {Event: 9, Report: 10}, // before the first day
		{Event: 12, Report: 11}, // reported before it happened
	}
	tr, err := series.NewTriangle(pairs, 10, 12, 1)
	if err != nil {
		t.Fatal(err)
	}
	if tr.Days() != 3 || tr.Longest() != 1 {
		t.Fatalf("%d days and longest delay %d, want 3 and 1", tr.Days(), tr.Longest())
	}
	if got := tr.Counts[0]; got[0] != 1 || got[1] != 1 {
		t.Errorf("first day %v, want one at once and one late, the delay of 2 taken for 1", got)
	}
	if got := tr.Counts[2]; got[0] != 0 || !math.IsNaN(got[1]) {
		t.Errorf("last day %v, want none at once and the next day unknown", got)
	}
	if got := tr.Seen(1); got != 1 {
		t.Errorf("seen of the second day = %v, want 1", got)
	}
}

func TestTriangleRefusesWhatCannotBe(t *testing.T) {
	for name, try := range map[string][3]int{"now before the first day": {5, 4, 3}, "a negative delay": {1, 5, -1}, "a million days": {0, 1000000, 5}} {
		if _, err := series.NewTriangle(nil, civil.Day(try[0]), civil.Day(try[1]), try[2]); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: error %v, want invalid", name, err)
		}
	}
}

func TestReadPairsNamesTheLine(t *testing.T) {
	rows := [][]string{{"2011-05-07", "2011-05-18"}, {"NA", "2011-05-18"}, {"2011-05-08", ""}}
	pairs, missing, err := series.ReadPairs(rows, 0, 1)
	if err != nil || len(pairs) != 1 || missing != 2 {
		t.Errorf("%d pairs, %d missing, error %v; want 1, 2 and none", len(pairs), missing, err)
	}
	_, _, err = series.ReadPairs([][]string{{"2011-05-07", "tomorrow"}}, 0, 1)
	if places := fault.PlacesOf(err); len(places) != 1 || places[0].Line != 2 {
		t.Errorf("error %v, want one that names line 2", err)
	}
}
