package scenario_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread/scenario"
)

const small = `title: small
people: 5000
days: 30
runs: 2
start: 2026-11-01
activity: {weight: 0.25, ill: 0.5}
fear: {elasticity: 0.028, bound: 0.62}
pathogens:
  - {name: influenza a, rate: 0.1, seeds: 50}
arms:
  - name: nothing
  - name: nothing again
  - name: masks
    measures:
      - day: 10
        masks: {coverage: 0.8, source: 0.6, wearer: 0.4}
        sites: {classes: {restaurant: {admit: 0.5}}}
`

func decode(t *testing.T, text string) *scenario.Scenario {
	t.Helper()
	s, err := scenario.Decode([]byte(text), nil)
	if err != nil {
		t.Fatalf("decode: %v", err)
	}
	return s
}

func runAll(t *testing.T, s *scenario.Scenario, workers int) *scenario.Result {
	t.Helper()
	r, err := scenario.RunAll(context.Background(), s, scenario.Options{Workers: workers})
	if err != nil {
		t.Fatalf("run: %v", err)
	}
	return r
}

func TestShippedScenariosAreSound(t *testing.T) {
	if len(scenario.Shipped()) != 3 {
		t.Fatalf("shipped: %v, want three", scenario.Shipped())
	}
	for _, name := range scenario.Shipped() {
		s, err := scenario.Open(name, func(s *scenario.Scenario) { s.People, s.Days, s.Runs = 3000, min(s.Days, 12), 1 })
		if name == "winter" { // its measures begin on day 40
			s, err = scenario.Open(name, func(s *scenario.Scenario) { s.People, s.Days, s.Runs = 3000, 45, 1 })
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r := runAll(t, s, 2)
		for _, arm := range r.Arms {
			if len(arm.Runs) != 1 || len(arm.Runs[0].Held) != s.Days {
				t.Errorf("%s, %s: incomplete runs", name, arm.Name)
			}
		}
	}
}

func TestArmsThatDoNotDifferHaveExactlyNoDifference(t *testing.T) {
	r := runAll(t, decode(t, small), 2)
	for _, m := range r.Summary()[1].Metrics {
		if m.Change != (scenario.Band{}) {
			t.Errorf("%s changed by %+v between equal arms", m.Name, m.Change)
		}
	}
	ignore := cmpopts.IgnoreFields(scenario.Run{}, "Ledger", "Work")
	for k, with := range r.Arms[2].Runs {
		without := r.Arms[0].Runs[k]
		cut := func(run scenario.Run) scenario.Run {
			for i := range run.Tracks {
				t := &run.Tracks[i]
				*t = scenario.Track{Infected: t.Infected[:10], Positive: t.Positive[:10], Admitted: t.Admitted[:10], InHospital: t.InHospital[:10], Died: t.Died[:10]}
			}
			run.Held, run.Tests, run.Wanted, run.Made = run.Held[:10], run.Tests[:10], run.Wanted[:10], run.Made[:10]
			return run
		}
		full := with.Wanted
		if diff := cmp.Diff(without.Wanted, full); diff != "" {
			t.Errorf("wanted visits differ between arms:\n%s", diff)
		}
		if diff := cmp.Diff(cut(without), cut(with), ignore); diff != "" {
			t.Errorf("days before the measure differ:\n%s", diff)
		}
	}
}

func TestResultsDoNotDependOnThreads(t *testing.T) {
	s := decode(t, small)
	if diff := cmp.Diff(runAll(t, s, 1), runAll(t, s, 3)); diff != "" {
		t.Errorf("1 and 3 workers differ:\n%s", diff)
	}
}

func TestMoneyAddsUp(t *testing.T) {
	s := decode(t, strings.Replace(small, "seeds: 50", "seeds: 0", 1))
	r := runAll(t, s, 2)
	spent, missed := r.Arms[0].Runs[0].Spent()
	if spent == 0 || missed != 0 {
		t.Errorf("without epidemic and policy: spent %d, missed %d; want all spent", spent, missed)
	}
	capped, lost := r.Arms[2].Runs[0].Spent()
	if capped+lost != spent || lost == 0 {
		t.Errorf("with a cap: spent %d and missed %d, want the sum %d", capped, lost, spent)
	}
	if lost := r.Arms[0].Runs[0].NotEarned(); lost != 0 {
		t.Errorf("without epidemic and policy work did not add %d, want nothing lost", lost)
	}
}

// Sums over sectors and duties are exact, and money only scales what happened.
func TestSectorLossesAddUpAndPricesChangeNoVisit(t *testing.T) {
	closed := "arms:\n  - name: closed\n    measures:\n      - {day: 3, sectors: {trade: 0.4, leisure: 0}}\n"
	text := small[:strings.Index(small, "arms:")] + closed
	run := runAll(t, decode(t, text), 1).Arms[0].Runs[0]
	var due, earned, lost int64
	for sector, row := range run.Work {
		for _, n := range row {
			due += n * run.Values[sector]
		}
		e, l := run.Earned(sector)
		earned, lost = earned+e, lost+l
	}
	if lost == 0 || lost != run.NotEarned() || earned+lost != due {
		t.Errorf("earned %d and lost %d (%d in all sectors) of %d", earned, lost, run.NotEarned(), due)
	}
	spent, missed := run.Spent()
	for class := range run.Prices {
		run.Prices[class] *= 2
	}
	if s, m := run.Spent(); s != 2*spent || m != 2*missed {
		t.Errorf("at doubled prices spent %d and missed %d, want %d and %d", s, m, 2*spent, 2*missed)
	}
}

func TestImpossibleScenariosAreRefusedWithTheirLine(t *testing.T) {
	for _, tc := range []struct {
		name, old, new string
		line           int
		say            string
	}{
		{"an unknown key", "days: 30", "dayz: 30", 3, "dayz"},
		{"text for a number", "people: 5000", "people: many", 2, ""},
		{"too few people", "people: 5000", "people: 3", 2, "from 100"},
		{"no start", "start: 2026-11-01\n", "", 0, "missing"},
		{"a day that does not exist", "2026-11-01", "2026-13-01", 5, ""},
		{"an unknown pathogen", "influenza a", "influenza z", 9, "catalogue"},
		{"two rates", "rate: 0.1", "rate: 0.1, r0: 2", 9, "exclude"},
		{"a measure after the end", "day: 10", "day: 99", 15, "not a day"},
		{"an unknown class", "restaurant", "casino", 15, "casino"},
		{"a share over 1", "coverage: 0.8", "coverage: 8", 15, "range"},
		{"arms of one name", "nothing again", "nothing", 12, "twice"},
		{"site rules without activity", "activity: {weight: 0.25, ill: 0.5}\n", "", 14, "activity"},
		{"an alias", "title: small", "title: &a small", 1, "not allowed"},
		{"broken YAML", "arms:", "arms: [", 0, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := scenario.Decode([]byte(strings.Replace(small, tc.old, tc.new, 1)), nil)
			if fault.KindOf(err) != fault.Invalid || err == nil {
				t.Fatalf("got %v, want an invalid fault", err)
			}
			places := fault.PlacesOf(err)
			if len(places) == 0 {
				t.Fatalf("%v names no place", err)
			}
			if tc.line > 0 && places[0].Line != tc.line {
				t.Errorf("%v: line %d, want %d", err, places[0].Line, tc.line)
			}
			if !strings.Contains(err.Error(), tc.say) {
				t.Errorf("%v does not say %q", err, tc.say)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(small))
	for _, piece := range []string{"", "arms: 3", "people: 1e99", "pathogens: [{name: rsv}]", "city: {households: [0]}", "a: &x [*x]", "start: 2026-01-01\narms: [{name: a}]\npathogens: [{name: rsv, rate: .nan}]"} {
		f.Add([]byte(piece))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := scenario.Decode(text, nil)
		if err == nil && (s.People < 1 || len(s.Arms) == 0) {
			t.Errorf("accepted %+v", s)
		}
		if err != nil && fault.KindOf(err) != fault.Invalid {
			t.Errorf("%v is not an invalid fault", err)
		}
	})
}
