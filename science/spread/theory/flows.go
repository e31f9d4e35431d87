package theory

import (
	"fmt"
	"math"

	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// imports: T9. Infectious people arrive at a Poisson rate.
func imports(b *bench) error {
	const rate, d, days = 2.0, 5.0, 30
	for _, r := range []float64{0, 0.7, 1.3} {
		p := plain(r, pathogen.Always(0), exponential(d))
		type pair struct{ prevalence, local, came float64 }
		runs, err := each(b, max(b.Chains/4, 100), func(seed uint64) (pair, error) {
			cfg, err := mixed(100_000, p, seed)
			if err != nil {
				return pair{}, err
			}
			cfg.Imports = []spread.Route{{Name: "gate", Pathogen: p.Name, PerDay: rate}}
			w, err := spread.New(cfg)
			if err != nil {
				return pair{}, err
			}
			var out pair
			for range days {
				c := w.Step().Pathogens[0]
				out.local += float64(c.Infected - c.Imported)
				out.came += float64(c.Imported)
				out.prevalence = float64(c.Infecteds)
			}
			return out, nil
		})
		if err != nil {
			return err
		}
		var prevalence, local, came []float64
		for _, o := range runs {
			prevalence, local, came = append(prevalence, o.prevalence), append(local, o.local), append(came, o.came)
		}
		wantPrevalence, wantLocal := ImportedPrevalence(rate, r, d, days)
		b.share(fmt.Sprintf("infectious after %d d of imports, R %v", days, r), wantPrevalence, mean(prevalence), 0.03*b.Loose)
		if r == 0 {
			b.share("variance over mean of imports", 1, math.Pow(deviation(came), 2)/mean(came), 0.15*b.Loose)
			continue
		}
		b.share(fmt.Sprintf("local infections by then, R %v", r), wantLocal, mean(local), 0.03*b.Loose*1.5)
	}
	return nil
}

// occupancy: T11. States add up every day, and mean census is admissions a day
// times mean stay (Little 1961).
func occupancy(b *bench) error {
	p := plain(0, exponential(2), exponential(3))
	p.Rate = 0
	p.Immunity = pathogen.Immunity{Severity: 1, Infecting: 1}
	p.Admission = pathogen.Flat(0.5)
	p.ToAdmission = exponential(2)
	p.Stay = pathogen.Dist{Form: pathogen.LogNormal, Mean: 8, SD: 5}
	cfg, err := mixed(200_000, p, 1)
	if err != nil {
		return err
	}
	cfg.Imports = []spread.Route{{Name: "steady", Pathogen: p.Name, PerDay: 400}}
	w, err := spread.New(cfg)
	if err != nil {
		return err
	}
	worst, census, admitted := 0, 0.0, 0.0
	const warm, days = 60, 600
	for day := range days {
		c := w.Step().Pathogens[0]
		worst = max(worst, abs(c.Susceptible+c.Infecteds+c.Past+c.Dead-200_000))
		if day >= warm {
			census += float64(c.InHospital) / (days - warm)
			admitted += float64(c.Admitted) / (days - warm)
		}
	}
	b.near("largest error of the sum of states", 0, float64(worst), 0)
	b.share("hospital census over admissions a day times stay", 8*admitted, census, 0.01)
	return nil
}

func abs(n int) int { return max(n, -n) }

// isolation: T12. Isolating a share of the ill a fixed time after onset removes
// that share of the infectiousness that would have come later.
func isolation(b *bench) error {
	p := plain(2, pathogen.Always(3), pathogen.Always(6))
	p.Symptomatic = pathogen.Flat(1)
	p.Presymptomatic = pathogen.Always(2)
	p.Rate = 2.0 / 8 / mixedContacts // infectious two days before symptoms and six after
	p.PCR = pathogen.Curve{{Day: 0, Value: 1}, {Day: 50, Value: 1}}
	base, err := seedsOffspring(b, p, func(*spread.Measures) {})
	if err != nil {
		return err
	}
	for _, tc := range []struct{ share, wait float64 }{{0.5, 1}, {0.9, 3}} {
		got, err := seedsOffspring(b, p, func(m *spread.Measures) {
			m.Testing = spread.Testing{Specificity: 1, Isolation: 20, Compliance: 1,
				Programmes: []spread.Programme{{Name: "ill", Attendance: tc.share, Wait: tc.wait}}}
		})
		if err != nil {
			return err
		}
		// Seeds start at midnight, so onset is on day 5.0, the swab at 5+wait,
		// and isolation begins the next midnight.
		left := 2 + math.Floor(tc.wait) + 1
		want := 1 - tc.share*(8-left)/8
		b.near(fmt.Sprintf("offspring left when %v of the ill are isolated %v d after onset", tc.share, tc.wait), want, got/base, 0.03)
	}
	return nil
}

// seedsOffspring is the mean number of people whom the first cases infect.
func seedsOffspring(b *bench, p pathogen.Pathogen, set func(*spread.Measures)) (float64, error) {
	runs, err := each(b, 4, func(seed uint64) (float64, error) {
		cfg, err := mixed(1_000_000, p, seed)
		if err != nil {
			return 0, err
		}
		cfg.Quiet = false
		w, err := spread.New(cfg)
		if err != nil {
			return 0, err
		}
		m := w.Measures()
		set(&m)
		if err := w.SetMeasures(m); err != nil {
			return 0, err
		}
		const n = 3000
		w.Seed(n, 0)
		first, sum := map[uint32]bool{}, 0.0
		for range 14 {
			for _, e := range w.Step().Events {
				if e.What == spread.Infected && e.Other == spread.Nobody {
					first[e.Person] = true
				} else if e.What == spread.Infected && first[e.Other] {
					sum++
				}
			}
		}
		return sum / n, nil
	})
	return mean(runs), err
}

// caps: T13. Thinning visits at random to a share leaves that share of contacts
// to a visit and its square of transmission.
func caps(b *bench) error {
	d := people.Mixed(50_000)
	class := people.SiteClass{Name: "hall", PerThousand: 2, Capacity: 100, Adult: 10, Hours: 2, Near: 0, Contact: 8}
	d.Sites = []people.SiteClass{class}
	city, err := people.Build(d, 1, 1)
	if err != nil {
		return err
	}
	p := plain(1, pathogen.Always(3), pathogen.Always(10))
	p.Rate = 0.03
	run := func(share float64) (infections, made float64, err error) {
		runs, err := each(b, 8, func(seed uint64) ([2]float64, error) {
			w, err := spread.New(spread.Config{City: city, Pathogens: []pathogen.Pathogen{p}, Seed: seed, Workers: 1, Quiet: true,
				Layers: []spread.Layer{spread.Simple("none", spread.Crowd, 0, 0)}, Activity: &spread.Activity{Weight: 1, Ill: 1}})
			if err != nil {
				return [2]float64{}, err
			}
			m := w.Measures()
			m.Sites.Classes = []spread.ClassRule{{Admit: share}}
			if err := w.SetMeasures(m); err != nil {
				return [2]float64{}, err
			}
			// Infectious from the start, while those whom they infect are not yet.
			for person := range uint32(1000) {
				w.Introduce(spread.Introduction{Person: person * 50, Ago: 3})
			}
			var out [2]float64
			for range 2 {
				day := w.Step()
				out[0] += float64(day.Pathogens[0].Infected - day.Pathogens[0].Imported)
				out[1] += float64(day.Visits.Made())
			}
			return out, nil
		})
		for _, r := range runs {
			infections += r[0]
			made += r[1]
		}
		return infections, made, err
	}
	all, visits, err := run(1)
	if err != nil {
		return err
	}
	for _, c := range []float64{0.75, 0.5} {
		got, made, err := run(c)
		if err != nil {
			return err
		}
		b.near(fmt.Sprintf("visits made at a cap of %v", c), c, made/visits, 0.01)
		b.near(fmt.Sprintf("transmission at a cap of %v", c), c*c, got/all, 0.03)
	}
	return nil
}
