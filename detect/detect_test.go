package detect_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

var day0 = civil.MustDay("2020-07-01")

// series gives one point a day from day0 on; a negative count is a day that
// nobody reported.
func series(counts_ ...int64) []counts.Point {
	var points []counts.Point
	for i, c := range counts_ {
		if c >= 0 {
			points = append(points, counts.Point{Day: day0 + civil.Day(i), Count: c, Batches: []string{"b"}})
		}
	}
	return points
}

func indicator(t *testing.T, id string) detect.Indicator {
	t.Helper()
	all, err := detect.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, ind := range all {
		if ind.ID == id {
			return ind
		}
	}
	t.Fatalf("no indicator %s", id)
	return detect.Indicator{}
}

func TestFirstCaseAfterQuiet(t *testing.T) {
	first := indicator(t, "local-case-after-quiet")
	for _, tc := range []struct {
		name   string
		points []counts.Point
		day    int
		found  bool
		quiet  int
	}{
		{"a case after fifteen quiet days is found", series(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), 15, true, 15},
		{"a case fourteen days after another is not the first", series(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2), 14, false, 0},
		{"a case fifteen days after another is", series(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2), 15, true, 14},
		{"days that nobody reported do not hide a first case", series(0, -1, -1, 0, 3), 4, true, 2},
		{"the first day of all is found", series(2), 0, true, 0},
		{"a quiet day is not", series(0, 0, 0), 2, false, 0},
		{"a day that nobody reported is not", series(0, 0, -1), 2, false, 0},
		{"later days play no part", series(0, 1, 9), 1, true, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e, ok := first.Evaluate("210200", tc.points, day0+civil.Day(tc.day))
			if ok != tc.found {
				t.Fatalf("found = %v, want %v", ok, tc.found)
			}
			if ok && e.Quiet != tc.quiet {
				t.Errorf("quiet days = %d, want %d", e.Quiet, tc.quiet)
			}
		})
	}
}

func TestRiseIsJudgedAgainstTheBaseline(t *testing.T) {
	rise := indicator(t, "fever-visits-rise")
	points := series(10, 11, 9, 10, 12, 10, 9, 30)
	e, ok := rise.Evaluate("210202", points, day0+7)
	if !ok {
		t.Fatal("30 visits after a week of about 10 were not found")
	}
	if e.Expected == nil || *e.Expected < 10 || *e.Expected > 10.3 {
		t.Errorf("expected = %v, want about 10.14", e.Expected)
	}
	if _, ok := rise.Evaluate("210202", series(10, 11, 9, 10, 12, 10, 9, 11), day0+7); ok {
		t.Error("11 visits after a week of about 10 were found unusual")
	}
	if _, ok := rise.Evaluate("210202", series(30), day0); ok {
		t.Error("a count without a baseline was judged")
	}
}

func TestReconstructedCountsSaySo(t *testing.T) {
	points := series(0, 1)
	points[1].Reconstructed = true
	e, ok := indicator(t, "local-case-after-quiet").Evaluate("210203", points, day0+1)
	if !ok || e.Basis != place.Reconstructed {
		t.Errorf("basis = %q (found %v), want reconstructed", e.Basis, ok)
	}
}

func TestIndicatorsAreCheckedWhole(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"an unknown detector", "- {id: x, names: {zh: a, en: a, ja: a, ko: a}, stream: confirmed.local, areas: [city], detector: oracle, params: {}, harm: 1}", "oracle"},
		{"a name that misses a language", "- {id: x, names: {zh: a, en: a, ja: a}, stream: confirmed.local, areas: [city], detector: any, params: {}, harm: 1}", "no name in"},
		{"a harm out of range", "- {id: x, names: {zh: a, en: a, ja: a, ko: a}, stream: confirmed.local, areas: [city], detector: any, params: {}, harm: 9}", "harm"},
		{"a misspelt field", "- {id: x, nams: {}}", "nams"},
		{"an id that stands twice", "- &a {id: x, names: {zh: a, en: a, ja: a, ko: a}, stream: confirmed.local, areas: [city], detector: any, params: {}, harm: 1}\n- *a", "twice"},
		{"quiet that is no number of days", "- {id: x, names: {zh: a, en: a, ja: a, ko: a}, stream: confirmed.local, areas: [city], detector: first-after-quiet, params: {quiet: 0}, harm: 1}", "quiet"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := detect.ParseIndicators([]byte(tc.text))
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error = %v, want invalid with %q", err, tc.want)
			}
		})
	}
}

func TestEveryMoveOfASignal(t *testing.T) {
	allowed := map[[2]detect.State]bool{
		{detect.Raised, detect.Verified}: true, {detect.Raised, detect.Discarded}: true,
		{detect.Raised, detect.Snoozed}: true, {detect.Snoozed, detect.Raised}: true,
		{detect.Snoozed, detect.Verified}: true, {detect.Snoozed, detect.Discarded}: true,
		{detect.Discarded, detect.Verified}: true,
	}
	for _, from := range detect.States() {
		for _, to := range detect.States() {
			s := detect.Signal{ID: "s", State: from, Version: 3}
			err := s.Move(to, "u", time.Unix(0, 0))
			if allowed[[2]detect.State{from, to}] {
				if err != nil || s.State != to || s.Version != 4 {
					t.Errorf("%s to %s: err %v, state %s, version %d", from, to, err, s.State, s.Version)
				}
			} else if !fault.Is(err, fault.Conflict) || s.State != from || s.Version != 3 {
				t.Errorf("%s to %s must be a conflict that changes nothing; got %v", from, to, err)
			}
		}
	}
}

func TestExtend(t *testing.T) {
	found := detect.Evidence{Indicator: "i", Area: "a", Day: day0, Observed: 1, Score: 2}
	s := detect.Signal{First: day0, Last: day0, Area: "a", Evidence: []detect.Evidence{found}, Version: 1}
	if s.Extend([]detect.Evidence{found}, "a", detect.Stakes{Harm: 5}) {
		t.Error("the same finding twice is not fresh")
	}
	corrected := found
	corrected.Observed = 3
	if !s.Extend([]detect.Evidence{corrected}, "a", detect.Stakes{Harm: 5}) || len(s.Evidence) != 1 || s.Evidence[0].Observed != 3 {
		t.Errorf("a corrected count must replace the finding; evidence %+v", s.Evidence)
	}
	verified := detect.Signal{First: day0, Last: day0, Area: "a", State: detect.Verified, Evidence: []detect.Evidence{found}, Version: 1}
	if verified.Extend([]detect.Evidence{corrected}, "a", detect.Stakes{Harm: 5}) || verified.Evidence[0].Observed != 1 || verified.Version != 1 {
		t.Errorf("a corrected count must not rewrite what was verified; got %+v", verified)
	}
	later := found
	later.Day, later.Area = day0+2, "b"
	if !s.Extend([]detect.Evidence{later}, "city", detect.Stakes{Harm: 5}) || s.Last != day0+2 || s.Area != "city" || s.Version != 3 {
		t.Errorf("a later finding elsewhere must widen the signal; got %+v", s)
	}
}

func TestJoins(t *testing.T) {
	s := detect.Signal{First: day0, Last: day0 + 2, State: detect.Verified}
	for _, tc := range []struct {
		name string
		day  civil.Day
		want bool
	}{
		{"a day within the gap", day0 + 9, true},
		{"a day beyond the gap", day0 + 10, false},
		{"an earlier day, corrected late", day0 - 7, true},
	} {
		if got := s.Joins(tc.day); got != tc.want {
			t.Errorf("%s: Joins = %v, want %v", tc.name, got, tc.want)
		}
	}
	s.State = detect.Discarded
	if s.Joins(day0 + 3) {
		t.Error("a discarded signal must not swallow a new finding")
	}
}

func TestRankGrowsWithHarmScoreAndPlacesAndFallsWithCost(t *testing.T) {
	rank := func(harm int, cost float64, scores ...float64) float64 {
		var found []detect.Evidence
		for i, score := range scores {
			found = append(found, detect.Evidence{Indicator: "i", Area: place.Code(rune('a' + i)), Score: score})
		}
		return detect.Rank(found, detect.Stakes{Harm: harm, Costs: map[string]float64{"i": cost}})
	}
	if got, want := rank(3, 0.02, 2), 6.0; got != want {
		t.Errorf("twice the bound, harm 3, usual cost: rank %v, want %v", got, want)
	}
	if got, want := rank(3, 0, 2), 6.0; got != want {
		t.Errorf("without a cost: rank %v, want that of the usual one, %v", got, want)
	}
	if got, want := rank(3, 0.04, 2, 1), 3.3; got != want {
		t.Errorf("at twice the cost, in two places: rank %v, want %v", got, want)
	}
	levels := []float64{1, 1.2, 2, 5, 40}
	costs := []float64{0.001, 0.01, 0.02, 0.1, 1}
	for i := 1; i < len(levels); i++ {
		for _, harm := range []int{1, 3, 5} {
			if rank(harm, 0.02, levels[i]) <= rank(harm, 0.02, levels[i-1]) {
				t.Errorf("rank does not grow from score %v to %v", levels[i-1], levels[i])
			}
			if rank(harm, costs[i], 3) >= rank(harm, costs[i-1], 3) {
				t.Errorf("rank does not fall from cost %v to %v", costs[i-1], costs[i])
			}
			if rank(harm, 0.02, 3, levels[i]) <= rank(harm, 0.02, 3) {
				t.Errorf("a further place of score %v does not raise the rank", levels[i])
			}
			if harm < 5 && rank(harm+1, costs[i], levels[i]) <= rank(harm, costs[i], levels[i]) {
				t.Errorf("rank does not grow with harm from %d", harm)
			}
		}
	}
}

func TestACheapFindingWeighsWithItsOwnCost(t *testing.T) {
	at := detect.StakesOf("confirmed.local", []detect.Indicator{
		{ID: "dear", Stream: "confirmed.local", Harm: 2, Cost: 0.08}, {ID: "cheap", Stream: "confirmed.local", Harm: 4, Cost: 0.01},
		{ID: "other", Stream: "fever.visits", Harm: 5, Cost: 0.001}})
	dear, cheap := detect.Evidence{Indicator: "dear", Area: "a", Score: 4}, detect.Evidence{Indicator: "cheap", Area: "a", Score: 1}
	if got, want := detect.Rank([]detect.Evidence{dear}, at), 3.0; got != want {
		t.Errorf("the dear finding alone: %v, want %v", got, want)
	}
	if got, want := detect.Rank([]detect.Evidence{dear, cheap}, at), 8.0; got != want {
		t.Errorf("with the cheap one: %v, want %v", got, want)
	}
	if got := detect.StakesOf("wastewater.load", nil); got.Harm != 1 {
		t.Errorf("a stream without indicators has harm %d, want 1", got.Harm)
	}
}

func TestAdmit(t *testing.T) {
	shown := []detect.Signal{{ID: "1", Rank: 5, State: detect.Raised}, {ID: "2", Rank: 1, State: detect.Verified}, {ID: "3", Rank: 2, State: detect.Raised}}
	for _, tc := range []struct {
		name   string
		rank   float64
		budget int
		admit  bool
		out    string
	}{
		{"within the budget all are shown", 0.1, 4, true, ""},
		{"beyond it a low one is left out", 2, 3, false, ""},
		{"beyond it a high one displaces the lowest that waits", 3, 3, true, "3"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			admit, out := detect.Admit(tc.rank, shown, tc.budget)
			got := ""
			if out != nil {
				got = string(out.ID)
			}
			if diff := cmp.Diff([]any{admit, got}, []any{tc.admit, tc.out}); diff != "" {
				t.Error(diff)
			}
		})
	}
	if admit, _ := detect.Admit(100, []detect.Signal{{State: detect.Verified}}, 1); admit {
		t.Error("what was triaged must not be pushed out")
	}
}
