package detect_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
)

func TestScoreboard(t *testing.T) {
	days := func(x float64) *float64 { return &x }
	told := func(name string, day civil.Day) map[string]civil.Day { return map[string]civil.Day{name: day0 + day} }
	judged := []detect.Judged{
		// One outbreak, told by two signals: "a" on its third day, "b" on its fifth.
		{Signal: "1", Truth: detect.Outbreak, Event: "x", Began: day0, Told: map[string]civil.Day{"a": day0 + 3, "b": day0 + 5}},
		{Signal: "2", Truth: detect.Outbreak, Event: "x", Began: day0 + 1, Told: told("b", 8)},
		{Signal: "3", Truth: detect.Outbreak, Event: "y", Began: day0 + 10, Told: told("a", 14)},
		{Signal: "4", Truth: detect.Harmless, Told: told("a", 2)},
		{Signal: "5", Truth: detect.DataError, Told: told("b", 2)},
		{Signal: "6", Truth: detect.Undecided, Told: told("b", 2)},
		{Signal: "7", Told: told("c", 2)}, // nobody has recorded an outcome
	}
	want := []detect.Line{
		{Name: "", Signals: 7, Undecided: 2, Precision: detect.Ratio{Of: 5, Count: 3}, Recall: detect.Ratio{Of: 3, Count: 2}, Delay: days(3.5)},
		{Name: "a", Signals: 3, Precision: detect.Ratio{Of: 3, Count: 2}, Recall: detect.Ratio{Of: 3, Count: 2}, Delay: days(3.5)},
		{Name: "b", Signals: 4, Undecided: 1, Precision: detect.Ratio{Of: 3, Count: 2}, Recall: detect.Ratio{Of: 3, Count: 1}, Delay: days(5)},
		{Name: "c", Signals: 1, Undecided: 1, Recall: detect.Ratio{Of: 3}},
	}
	if d := cmp.Diff(want, detect.Scores(judged, 1)); d != "" {
		t.Errorf("scoreboard (-want +got):\n%s", d)
	}
}

func TestScoreboardOfNothingClaimsNothing(t *testing.T) {
	lines := detect.Scores(nil, 0)
	if d := cmp.Diff([]detect.Line{{}}, lines); d != "" {
		t.Errorf("scoreboard of nothing (-want +got):\n%s", d)
	}
	if _, ok := lines[0].Precision.Share(); ok {
		t.Error("a share of nothing must be absent, not zero")
	}
}

func TestOutcomesAreChecked(t *testing.T) {
	for _, tc := range []struct {
		name string
		o    detect.Outcome
		ok   bool
	}{
		{"an outbreak with event and beginning", detect.Outcome{Truth: detect.Outbreak, Event: "e", Began: day0}, true},
		{"an outbreak without an event", detect.Outcome{Truth: detect.Outbreak, Began: day0}, false},
		{"an outbreak without a beginning", detect.Outcome{Truth: detect.Outbreak, Event: "e"}, false},
		{"an outbreak of tomorrow", detect.Outcome{Truth: detect.Outbreak, Event: "e", Began: day0 + 1}, false},
		{"harmless", detect.Outcome{Truth: detect.Harmless}, true},
		{"a data error", detect.Outcome{Truth: detect.DataError}, true},
		{"undecided", detect.Outcome{Truth: detect.Undecided}, true},
		{"a data error that began", detect.Outcome{Truth: detect.DataError, Began: day0}, false},
		{"a harmless event", detect.Outcome{Truth: detect.Harmless, Event: "e"}, false},
		{"no truth", detect.Outcome{}, false},
	} {
		err := tc.o.Check(day0)
		if tc.ok != (err == nil) || !tc.ok && !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v, want allowed %v", tc.name, err, tc.ok)
		}
	}
}
