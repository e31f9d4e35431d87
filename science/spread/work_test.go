package spread_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// shops is a town whose people meet nowhere but at sites, where some work.
func shops(t *testing.T, seed uint64) spread.Config {
	t.Helper()
	d := people.Typical(60000)
	d.Sites = []people.SiteClass{{Name: "shop", PerThousand: 5, Capacity: 30, Child: 3, Adult: 5, Elder: 4, Hours: 0.7, Contact: 10, Sector: "trade", Staff: 4, Holiday: 1}}
	city, err := people.Build(d, 1, 1)
	if err != nil {
		t.Fatalf("build: %v", err)
	}
	p := severe("plague")
	p.Rate, p.Dispersion, p.Silent = 0.02, 0, 1
	p.Latent, p.Infectious, p.Load = pathogen.Always(1.5), pathogen.Always(20), pathogen.Load{}
	p.Susceptibility, p.Symptomatic, p.Admission, p.Critical, p.Death = pathogen.Flat(1), pathogen.Flat(0), pathogen.Flat(0), pathogen.Flat(0), pathogen.Flat(0)
	return spread.Config{City: city, Pathogens: []pathogen.Pathogen{p}, Seed: seed, Workers: 1,
		Layers: []spread.Layer{spread.Simple("none", spread.Crowd, 0, 0)}, Activity: &spread.Activity{Weight: 1, Ill: 1}}
}

func isStaff(c *people.City, person uint32) bool { return c.Workplace(person) != people.None }

// crossings infects every fifth of the staff, or of everybody else, and counts
// whom they infect of the other group on the same day, before anybody else can.
func crossings(t *testing.T, fromStaff bool, change func(*spread.World)) int {
	t.Helper()
	n := 0
	for seed := range uint64(8) {
		cfg := shops(t, seed)
		w := open(t, cfg)
		change(w)
		for p := range uint32(cfg.City.Residents()) {
			if isStaff(cfg.City, p) == fromStaff && p%5 == 0 {
				w.Introduce(spread.Introduction{Person: p, Ago: 2})
			}
		}
		for _, e := range w.Step().Events {
			if e.What == spread.Infected && e.Other != spread.Nobody && isStaff(cfg.City, e.Person) != fromStaff {
				n++
			}
		}
	}
	return n
}

// The coupling of customers and staff is one number seen from two sides: at
// equal prevalence the staff infect as many customers as customers infect staff.
func TestCustomersAndStaffInfectEachOtherAlike(t *testing.T) {
	none := func(*spread.World) {}
	outward, inward := crossings(t, true, none), crossings(t, false, none)
	if outward < 300 || inward < 300 {
		t.Fatalf("staff infected %d customers and customers %d staff: too few to compare", outward, inward)
	}
	if z := float64(outward-inward) / math.Sqrt(float64(outward+inward)); math.Abs(z) > 4 {
		t.Errorf("staff infected %d customers, customers %d staff: %.1f standard errors apart", outward, inward, z)
	}
}

func TestAClosedSectorCutsCustomersFromStaff(t *testing.T) {
	open := func(share float64) func(*spread.World) {
		return func(w *spread.World) {
			set(t, w, func(m *spread.Measures) {
				m.Sectors = make([]float64, len(w.City().Sectors))
				for i := range m.Sectors {
					m.Sectors[i] = 1
				}
				m.Sectors[w.City().SectorNamed("trade")] = share
			})
		}
	}
	all, half, none := crossings(t, true, open(1)), crossings(t, true, open(0.5)), crossings(t, true, open(0))
	if none != 0 {
		t.Errorf("with shops closed staff infected %d customers", none)
	}
	if share := float64(half) / float64(all); share < 0.35 || share > 0.65 {
		t.Errorf("with half the shops open staff infected %d customers, with all %d: want about half", half, all)
	}
	if unruled := crossings(t, true, func(*spread.World) {}); unruled != all {
		t.Errorf("a sector that is fully open has %d crossings, no rule %d", all, unruled)
	}
}

func TestOpennessIsWhatWorkFollows(t *testing.T) {
	run := func(trade float64) *spread.Day {
		cfg := town(t)
		a := spread.DefaultActivity()
		cfg.Activity = &a
		w := open(t, cfg)
		set(t, w, func(m *spread.Measures) {
			m.Sectors = make([]float64, len(cfg.City.Sectors))
			for i := range m.Sectors {
				m.Sectors[i] = 1
			}
			m.Sectors[cfg.City.SectorNamed("trade")] = trade
		})
		return w.Step()
	}
	city := town(t).City
	trade := city.SectorNamed("trade")
	last := math.Inf(-1)
	for _, share := range []float64{0, 0.3, 0.7, 1} {
		d := run(share)
		for sector, row := range d.Work {
			due := 0
			for _, n := range row {
				due += n
			}
			if sector != trade && row[spread.Worked] != due {
				t.Errorf("trade %v open: sector %q worked %d of %d", share, city.Sectors[sector].Name, row[spread.Worked], due)
			}
		}
		row := d.Work[trade]
		due := row[spread.Worked] + row[spread.OffClosed]
		if got := float64(row[spread.Worked]) / float64(due); math.Abs(got-share) > 0.06 {
			t.Errorf("trade %v open: %.3f of %d worked", share, got, due)
		}
		if made := float64(d.Visits.Made()); made < last {
			t.Errorf("trade %v open: %v visits made, fewer than at less openness", share, made)
		} else {
			last = made
		}
	}
}

// What was due is the same whatever happens; it is only divided otherwise.
func TestWorkThatWasDueIsConserved(t *testing.T) {
	run := func(seeds int, change func(*spread.Measures)) []int {
		cfg := town(t)
		a := spread.DefaultActivity()
		cfg.Activity, cfg.Quiet = &a, true
		w := open(t, cfg)
		if seeds > 0 {
			w.Seed(seeds, 0)
		}
		set(t, w, change)
		var due []int
		for range 21 {
			d := w.Step()
			for sector, row := range d.Work {
				for duty, n := range row {
					if n < 0 {
						t.Fatalf("day %d: %d person-days of sector %d were %q", d.Number, n, sector, spread.Duty(duty))
					}
				}
			}
			due = append(due, d.Work.Due())
		}
		return due
	}
	nothing := run(0, func(*spread.Measures) {})
	much := run(800, func(m *spread.Measures) {
		everything(m)
		m.Sectors = []float64{0.5, 0.5, 0.1, 1, 0.8, 0.6, 0, 1, 0.1, 0.9, 0.5}
	})
	if diff := cmp.Diff(nothing, much); diff != "" {
		t.Errorf("work due with an epidemic and measures differs:\n%s", diff)
	}
}

func TestDutiesAndFatesHaveNames(t *testing.T) {
	for i, d := range spread.Duties() {
		if d.String() == "unknown" || spread.Duty(i) != d {
			t.Errorf("duty %d is %q", i, d)
		}
	}
	if spread.Duty(99).String() != "unknown" {
		t.Errorf("duty 99 is %q", spread.Duty(99))
	}
}
