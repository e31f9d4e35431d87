package spread_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// town is a structured city of 20,000 with a fast, severe disease.
func town(t *testing.T) spread.Config {
	t.Helper()
	city, err := people.Build(people.Typical(20000), 1, 1)
	if err != nil {
		t.Fatalf("build: %v", err)
	}
	return spread.Config{City: city, Pathogens: []pathogen.Pathogen{severe("plague")}, Layers: spread.CityLayers(), Seed: 7, Workers: 1}
}

func severe(name string) pathogen.Pathogen {
	p := pathogen.Ancestral()
	p.Name, p.Rate = name, 0.05
	p.Admission, p.Critical, p.Death = pathogen.Flat(0.2), pathogen.Flat(0.1), pathogen.Flat(0.05)
	return p
}

func open(t *testing.T, cfg spread.Config) *spread.World {
	t.Helper()
	w, err := spread.New(cfg)
	if err != nil {
		t.Fatalf("new world: %v", err)
	}
	return w
}

func set(t *testing.T, w *spread.World, change func(*spread.Measures)) {
	t.Helper()
	m := w.Measures()
	change(&m)
	if err := w.SetMeasures(m); err != nil {
		t.Fatalf("set measures: %v", err)
	}
}

// record runs days and keeps what they reported.
func record(w *spread.World, days int) []spread.Day {
	var out []spread.Day
	for range days {
		d := *w.Step()
		d.Events = append([]spread.Event(nil), d.Events...)
		d.Pathogens = append([]spread.Counts(nil), d.Pathogens...)
		out = append(out, d)
	}
	return out
}

func infected(days []spread.Day, path int) int {
	n := 0
	for i := range days {
		n += days[i].Pathogens[path].Infected
	}
	return n
}

func TestOutputIsTheSameAtAnyNumberOfThreads(t *testing.T) {
	for _, mode := range []struct {
		name string
		act  *spread.Activity
	}{{"epidemic", nil}, {"activity", &spread.Activity{Weight: 0.4, Ill: 0.5, Keep: 3}}} {
		t.Run(mode.name, func(t *testing.T) {
			run := func(workers int) []spread.Day {
				cfg := town(t)
				cfg.Workers, cfg.Activity = workers, mode.act
				w := open(t, cfg)
				w.Seed(400, 0) // enough for several lanes at the peak
				set(t, w, everything)
				return record(w, 40)
			}
			one := run(1)
			for _, workers := range []int{2, 4} {
				if !cmp.Equal(one, run(workers)) {
					t.Errorf("%d threads gave other days than 1", workers)
				}
			}
			if infected(one, 0) < 6000 {
				t.Errorf("only %d infected: too few to exercise several lanes", infected(one, 0))
			}
		})
	}
}

// everything puts every kind of measure in force at once.
func everything(m *spread.Measures) {
	m.Masks = spread.Masks{Coverage: 0.5, Source: 0.3, Wearer: 0.2}
	m.Testing = spread.Testing{Specificity: 0.999, Delay: 1, Isolation: 10, Compliance: 0.8, Capacity: 3000, Programmes: []spread.Programme{
		{Name: "ill", Attendance: 0.4, Wait: 1},
		{Name: "docks", Post: 1, Every: 3, Attendance: 0.95, Pool: 5},
	}}
	m.Tracing = spread.Tracing{Household: 1, Group: 0.5, Friends: 0.3, Sites: 0.3, Days: 2, Delay: 1, Compliance: 0.7, Quarantine: 14, Capacity: 50}
	m.Vaccination = spread.Vaccination{Pathogen: "plague", PerDay: 100, Uptake: 0.8, Infection: 0.5, Severity: 0.8, Delay: 14}
}

func TestArmsThatDoNotDifferHaveNoDifference(t *testing.T) {
	run := func() []spread.Day {
		w := open(t, town(t))
		w.Seed(20, 0)
		return record(w, 60)
	}
	if diff := cmp.Diff(run(), run()); diff != "" {
		t.Errorf("the same scenario twice differs:\n%s", diff)
	}
}

func TestDaysBeforeAMeasureAreIdentical(t *testing.T) {
	run := func(change bool) []spread.Day {
		w := open(t, town(t))
		w.Seed(20, 0)
		days := record(w, 25)
		if change {
			set(t, w, func(m *spread.Measures) { m.Contacts[6] = 0.2 })
		}
		return append(days, record(w, 25)...)
	}
	with, without := run(true), run(false)
	if diff := cmp.Diff(without[:25], with[:25]); diff != "" {
		t.Errorf("days before the measure differ:\n%s", diff)
	}
	if infected(with, 0) >= infected(without, 0) {
		t.Errorf("infected with the measure %d, without %d", infected(with, 0), infected(without, 0))
	}
}

func TestStatesAlwaysAddUpToThePeople(t *testing.T) {
	cfg := town(t)
	cfg.Pathogens = append(cfg.Pathogens, severe("fever"))
	cfg.Pathogens[1].Immunity = pathogen.Immunity{Protection: []float64{0.7}, HalfLife: 30, Severity: 1, Infecting: 1}
	cfg.Imports = []spread.Route{{Name: "gate", Pathogen: "fever", PerDay: 2, Ago: 3}}
	w := open(t, cfg)
	w.Seed(50, 0)
	w.Immunise(1, 0.3, 100)
	for range 150 {
		d := w.Step()
		dead := d.Pathogens[0].Dead + d.Pathogens[1].Dead
		for i, c := range d.Pathogens {
			if got := c.Susceptible + c.Infecteds + c.Past + dead; got != 20000 {
				t.Fatalf("day %d, pathogen %d: living states and all deaths are %d, want 20,000", d.Number, i, got)
			}
			if c.Susceptible < 0 || c.Past < 0 || c.Infecteds < 0 || c.InHospital < 0 {
				t.Fatalf("day %d, pathogen %d: impossible states %+v", d.Number, i, c)
			}
		}
	}
	if d := w.Step(); d.Pathogens[0].Dead == 0 || d.Pathogens[1].Dead == 0 {
		t.Errorf("dead %d and %d: both should kill", d.Pathogens[0].Dead, d.Pathogens[1].Dead)
	}
}

func TestPathogensThatDoNotInteractRunAsIfAlone(t *testing.T) {
	mild := func(name string) pathogen.Pathogen {
		p := severe(name)
		p.Admission, p.Critical, p.Death = pathogen.Flat(0), pathogen.Flat(0), pathogen.Flat(0)
		return p
	}
	run := func(ps ...pathogen.Pathogen) []spread.Day {
		cfg := town(t)
		cfg.Pathogens = ps
		w := open(t, cfg)
		for i := range ps {
			w.Seed(20, i)
		}
		return record(w, 60)
	}
	a, b := mild("a"), mild("b")
	alone, both, swapped := run(a), run(a, b), run(b, a)
	for i := range alone {
		if diff := cmp.Diff(alone[i].Pathogens[0], both[i].Pathogens[0]); diff != "" {
			t.Fatalf("day %d with a companion differs:\n%s", i, diff)
		}
		if diff := cmp.Diff(both[i].Pathogens[0], swapped[i].Pathogens[1]); diff != "" {
			t.Fatalf("day %d in the other order differs:\n%s", i, diff)
		}
	}
}

func TestFullCrossImmunityMakesPathogensCompete(t *testing.T) {
	cfg := town(t)
	a, b := severe("a"), severe("b")
	a.Immunity, b.Immunity = pathogen.Lasting(), pathogen.Lasting()
	cfg.Pathogens = []pathogen.Pathogen{a, b}
	cfg.Cross = [][]float64{{1, 1}, {1, 1}}
	w := open(t, cfg)
	w.Seed(20, 0)
	w.Seed(20, 1)
	days := record(w, 120)
	seen := map[uint32]int{}
	for i := range days {
		for _, e := range days[i].Events {
			if e.What == spread.Infected {
				seen[e.Person]++
			}
		}
	}
	for p, n := range seen {
		if n > 1 {
			t.Fatalf("person %d was infected %d times", p, n)
		}
	}
	if infected(days, 0) < 1000 || infected(days, 1) < 1000 {
		t.Errorf("infected %d and %d: both should spread", infected(days, 0), infected(days, 1))
	}
}

func TestEventsTellTheSameStoryAsCounts(t *testing.T) {
	w := open(t, town(t))
	w.Seed(20, 0)
	born := map[uint32]float32{}
	for i, d := range record(w, 60) {
		counts := map[spread.What]int{}
		for _, e := range d.Events {
			counts[e.What]++
			if e.Time < float32(i) || e.Time >= float32(i+1) {
				t.Fatalf("day %d has an event at %v", i, e.Time)
			}
			if e.What != spread.Infected {
				continue
			}
			if from, ok := born[e.Other]; e.Other != spread.Nobody && (!ok || math.Abs(float64(e.Time-from-e.Interval)) > 1e-3) {
				t.Fatalf("person %d was infected at %v by %d, who was infected at %v, with interval %v", e.Person, e.Time, e.Other, from, e.Interval)
			}
			born[e.Person] = e.Time
		}
		c := d.Pathogens[0]
		for what, want := range map[spread.What]int{spread.Infected: c.Infected, spread.Onset: c.Onset, spread.Admitted: c.Admitted,
			spread.Critical: c.Critical, spread.Discharged: c.Discharged, spread.Died: c.Died, spread.Recovered: c.Recovered} {
			if counts[what] != want {
				t.Errorf("day %d: %d events %q, counted %d", i, counts[what], what, want)
			}
		}
	}
}

func TestNothingHappensWithoutInfection(t *testing.T) {
	cfg := town(t)
	cfg.Activity = &spread.Activity{Weight: 1, Ill: 0.5}
	cfg.Fear = spread.Fear{Elasticity: 0.028, Bound: 0.62}
	w := open(t, cfg)
	for i, d := range record(w, 14) {
		if len(d.Events) != 0 {
			t.Fatalf("day %d has events: %v", i, d.Events[0])
		}
		if d.Visits.Wanted() == 0 || d.Visits.Wanted() != d.Visits.Made() {
			t.Errorf("day %d: %d visits wanted, %d made; none should be lost", i, d.Visits.Wanted(), d.Visits.Made())
		}
		for sector, row := range d.Work {
			for _, duty := range spread.Duties()[1:] {
				if row[duty] != 0 {
					t.Errorf("day %d: sector %d lost %d person-days as %q; none should be lost", i, sector, row[duty], duty)
				}
			}
		}
	}
}

func TestImpossibleWorldsAreRefused(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*spread.Config)
	}{
		{"no city", func(c *spread.Config) { c.City = nil }},
		{"no pathogen", func(c *spread.Config) { c.Pathogens = nil }},
		{"a pathogen twice", func(c *spread.Config) { c.Pathogens = append(c.Pathogens, c.Pathogens[0]) }},
		{"a cross immunity of the wrong size", func(c *spread.Config) { c.Cross = [][]float64{{1, 0}} }},
		{"no layer", func(c *spread.Config) { c.Layers = nil }},
		{"a layer with negative weight", func(c *spread.Config) { c.Layers[0].Weight = -1 }},
		{"a contact number that is not a number", func(c *spread.Config) { c.Layers[1].Contacts = math.NaN() }},
		{"a holiday that ends before it starts", func(c *spread.Config) { c.Calendar.Holidays = []spread.Span{{From: 5, To: 5}} }},
		{"an import of an unknown pathogen", func(c *spread.Config) { c.Imports = []spread.Route{{Pathogen: "?"}} }},
		{"fear without bound", func(c *spread.Config) { c.Fear.Bound = 2 }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cfg := town(t)
			tc.spoil(&cfg)
			if _, err := spread.New(cfg); err == nil || fault.KindOf(err) != fault.Invalid {
				t.Errorf("got %v, want an invalid fault", err)
			}
		})
	}
}

func TestImpossibleMeasuresAreRefused(t *testing.T) {
	w := open(t, town(t))
	for _, tc := range []struct {
		name  string
		spoil func(*spread.Measures)
	}{
		{"more contacts than people have", func(m *spread.Measures) { m.Contacts[3] = 1.1 }},
		{"a factor for each of two areas in a city of four", func(m *spread.Measures) { m.Areas = []float64{1, 1} }},
		{"masks on more than everybody", func(m *spread.Measures) { m.Masks.Coverage = 2 }},
		{"tests of a post that is not there", func(m *spread.Measures) {
			m.Testing = spread.Testing{Programmes: []spread.Programme{{Post: 99}}}
		}},
		{"tests for an unknown pathogen", func(m *spread.Measures) {
			m.Testing = spread.Testing{Programmes: []spread.Programme{{Finds: []string{"?"}}}}
		}},
		{"a vaccine against nothing known", func(m *spread.Measures) { m.Vaccination.Pathogen = "?" }},
		{"quarantine of two years", func(m *spread.Measures) { m.Tracing.Quarantine = 730 }},
		{"a rule for one class of many", func(m *spread.Measures) { m.Sites.Classes = []spread.ClassRule{spread.Open()} }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := w.Measures()
			tc.spoil(&m)
			if err := w.SetMeasures(m); err == nil || fault.KindOf(err) != fault.Invalid {
				t.Errorf("got %v, want an invalid fault", err)
			}
		})
	}
}
