package spread_test

import (
	"testing"

	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
)

// Each measure must lower the mean number of infections over paired seeds, and
// a stronger one must not raise it.
func TestMoreOfAMeasureNeverMeansMoreInfections(t *testing.T) {
	type step func(*spread.Measures)
	isolation := func(m *spread.Measures, attendance, delay float64) {
		m.Testing = spread.Testing{Specificity: 1, Delay: delay, Isolation: 14, Compliance: 1,
			Programmes: []spread.Programme{{Name: "ill", Attendance: attendance, Wait: 0.5}}}
	}
	for _, tc := range []struct {
		name  string
		steps []step
	}{
		{"masks", []step{func(*spread.Measures) {},
			func(m *spread.Measures) { m.Masks = spread.Masks{Coverage: 0.4, Source: 0.5, Wearer: 0.3} },
			func(m *spread.Measures) { m.Masks = spread.Masks{Coverage: 0.9, Source: 0.5, Wearer: 0.3} }}},
		{"isolation of more of the ill", []step{func(*spread.Measures) {},
			func(m *spread.Measures) { isolation(m, 0.4, 1) },
			func(m *spread.Measures) { isolation(m, 0.9, 1) }}},
		{"results sooner", []step{
			func(m *spread.Measures) { isolation(m, 0.9, 4) },
			func(m *spread.Measures) { isolation(m, 0.9, 0.2) }}},
		{"tracing", []step{
			func(m *spread.Measures) { isolation(m, 0.6, 1) },
			func(m *spread.Measures) {
				isolation(m, 0.6, 1)
				m.Tracing = spread.Tracing{Household: 1, Group: 0.8, Friends: 0.6, Compliance: 0.9, Quarantine: 14}
			}}},
		{"an area closed to a quarter", []step{func(*spread.Measures) {},
			func(m *spread.Measures) { m.Areas = []float64{1, 0.25, 1, 1} }}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var last float64
			for k, s := range tc.steps {
				mean := 0.0
				const seeds = 3
				for seed := range uint64(seeds) {
					cfg := town(t)
					cfg.Seed, cfg.Quiet = seed, true
					cfg.Pathogens[0].Rate = 0.025
					w := open(t, cfg)
					w.Seed(60, 0)
					set(t, w, s)
					mean += float64(infected(record(w, 60), 0)) / seeds
				}
				if k > 0 && mean >= last {
					t.Errorf("step %d has %.0f infections, the weaker one %.0f", k, mean, last)
				}
				last = mean
			}
		})
	}
}

func TestVaccinationProtects(t *testing.T) {
	run := func(perDay int) []spread.Day {
		cfg := town(t)
		cfg.Quiet = true
		cfg.Pathogens[0].Rate = 0.03
		w := open(t, cfg)
		set(t, w, func(m *spread.Measures) {
			m.Vaccination = spread.Vaccination{Pathogen: "plague", PerDay: perDay, FromAge: 12, Uptake: 1, Infection: 0.6, Severity: 0.9}
		})
		record(w, 10)
		w.Seed(40, 0)
		return record(w, 80)
	}
	with, without := run(2000), run(0)
	admitted := func(days []spread.Day) (n int) {
		for i := range days {
			n += days[i].Pathogens[0].Admitted
		}
		return n
	}
	if a, b := infected(with, 0), infected(without, 0); float64(a) > 0.8*float64(b) {
		t.Errorf("infected %d with and %d without vaccination", a, b)
	}
	if a, b := admitted(with), admitted(without); float64(a) > 0.4*float64(b) {
		t.Errorf("admitted %d with and %d without vaccination", a, b)
	}
}

func TestTestsFindPrevalenceTimesSensitivityAndFalsePositives(t *testing.T) {
	cfg := town(t)
	p := severe("plague")
	p.Rate = 0
	p.PCR = pathogen.Curve{{Day: 0, Value: 0.8}, {Day: 100, Value: 0.8}}
	cfg.Pathogens = []pathogen.Pathogen{p}
	w := open(t, cfg)
	w.Seed(1000, 0)
	w.Step()
	set(t, w, func(m *spread.Measures) {
		m.Testing = spread.Testing{Specificity: 0.99, Programmes: []spread.Programme{{Name: "all", Every: 1, Attendance: 1}}}
	})
	w.Step()
	d := w.Step()
	want := 1000*0.8 + 20000*0.01
	if got := float64(d.Pathogens[0].Positive); got < want-90 || got > want+90 {
		t.Errorf("%v positives, want about %v", got, want)
	}
	if d.Tests != 20000 {
		t.Errorf("%d tests, want 20,000", d.Tests)
	}
}

func TestPeopleKeptInAreFreeWhenTheirTimeIsUp(t *testing.T) {
	w := open(t, town(t))
	w.Quarantine(5, 3)
	w.Isolate(5, 2)
	if iso, quar := w.Held(5); !iso || !quar {
		t.Errorf("on day 0: isolated %v, quarantined %v, want both", iso, quar)
	}
	if held := record(w, 3)[2].Held; held != 1 {
		t.Errorf("held on day 2 = %d, want 1", held)
	}
	if iso, quar := w.Held(5); iso || quar {
		t.Errorf("on day 3: isolated %v, quarantined %v, want neither", iso, quar)
	}
	if held := record(w, 1)[0].Held; held != 0 {
		t.Errorf("held on day 3 = %d, want 0", held)
	}
}

func TestFearFollowsConfirmedCasesWithinItsBound(t *testing.T) {
	cfg := town(t)
	cfg.Activity = &spread.Activity{Ill: 1}
	cfg.Fear = spread.Fear{Elasticity: 0.2, Bound: 0.62}
	cfg.Quiet = true
	w := open(t, cfg)
	w.Seed(3000, 0)
	set(t, w, func(m *spread.Measures) {
		m.Testing = spread.Testing{Specificity: 1, Delay: 0, Programmes: []spread.Programme{{Name: "ill", Attendance: 1}}}
	})
	days := record(w, 20)
	first, last := days[0].Visits, days[19].Visits
	afraid := 0
	for _, row := range last.ByClass {
		afraid += row[spread.Afraid]
	}
	if first.Made() != first.Wanted() {
		t.Errorf("on day 0 %d of %d visits made, want all", first.Made(), first.Wanted())
	}
	share := float64(afraid) / float64(last.Wanted())
	if share < 0.5 || share > 0.63 {
		t.Errorf("share of visits put off = %.3f, want near its bound of 0.62", share)
	}
}

func TestSiteRulesConserveTrips(t *testing.T) {
	run := func(rule spread.ClassRule) spread.VisitCounts {
		cfg := town(t)
		cfg.Activity = &spread.Activity{}
		w := open(t, cfg)
		set(t, w, func(m *spread.Measures) {
			m.Sites.Classes = make([]spread.ClassRule, len(cfg.City.Classes))
			for i := range m.Sites.Classes {
				m.Sites.Classes[i] = rule
			}
		})
		return w.Step().Visits
	}
	all := run(spread.Open())
	for _, tc := range []struct {
		name string
		rule spread.ClassRule
		lost spread.Fate
		low  float64
		high float64
	}{
		{"open", spread.Open(), spread.Full, 1, 1},
		{"shut", spread.ClassRule{}, spread.Shut, 0, 0},
		{"half by booking", spread.ClassRule{Admit: 0.5}, spread.Thinned, 0.49, 0.51},
		{"a tenth of capacity inside", spread.ClassRule{Admit: 1, Load: 0.1}, spread.Full, 0.2, 0.95},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v := run(tc.rule)
			if v.Wanted() != all.Wanted() {
				t.Errorf("wanted %d, want %d as without rules", v.Wanted(), all.Wanted())
			}
			lost := 0
			for _, row := range v.ByClass {
				lost += row[tc.lost]
			}
			if v.Made()+lost != v.Wanted() {
				t.Errorf("made %d and %q %d do not add up to wanted %d", v.Made(), tc.lost, lost, v.Wanted())
			}
			if share := float64(v.Made()) / float64(v.Wanted()); share < tc.low || share > tc.high {
				t.Errorf("share made = %.3f, want from %v to %v", share, tc.low, tc.high)
			}
		})
	}
	t.Run("redirection fills other sites and never more than the bound", func(t *testing.T) {
		drop := run(spread.ClassRule{Admit: 1, Load: 0.1})
		move := run(spread.ClassRule{Admit: 1, Load: 0.1, Redirect: true})
		if move.Wanted() != drop.Wanted() || move.Made() <= drop.Made() {
			t.Errorf("with redirection %d of %d made, without %d of %d", move.Made(), move.Wanted(), drop.Made(), drop.Wanted())
		}
	})
}

func TestNobodyIsInsideBeyondTheBound(t *testing.T) {
	cfg := town(t)
	cfg.Activity = &spread.Activity{}
	w := open(t, cfg)
	set(t, w, func(m *spread.Measures) {
		m.Sites.Classes = make([]spread.ClassRule, len(cfg.City.Classes))
		for i := range m.Sites.Classes {
			m.Sites.Classes[i] = spread.ClassRule{Admit: 1, Load: 0.2, Redirect: true}
		}
	})
	w.Step()
	inside := map[uint32]*[spread.TicksPerDay]int{}
	for _, v := range w.Visits() {
		if v.Fate > spread.Redirected {
			continue
		}
		if inside[v.Site] == nil {
			inside[v.Site] = new([spread.TicksPerDay]int)
		}
		for tick := int(v.Start); tick < min(int(v.Start)+int(v.Ticks), spread.TicksPerDay); tick++ {
			inside[v.Site][tick]++
			if limit := cfg.City.Classes[v.Class].Capacity / 5; inside[v.Site][tick] > limit {
				t.Fatalf("site %d has %d inside at tick %d, bound %d", v.Site, inside[v.Site][tick], tick, limit)
			}
		}
	}
}
