package spread

import (
	"math"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
)

// Reproduction is a reproduction number as counted in runs.
type Reproduction struct {
	R     float64 // mean number of people infected by a case
	Cases int     // cases that were followed
}

const (
	cohortFrom  = 0.004 // shares infected between which cases are followed
	cohortTo    = 0.03
	cohortCases = 12_000
	cohortRuns  = 40
	cohortDays  = 700
)

// Reproduce counts the basic reproduction number of a pathogen in a city as
// Covasim and others do: early in an outbreak that starts with nobody immune,
// it follows the cases of the second and later generations and counts whom
// they infect. Each infection counts for more as fewer people are left to be
// infected. Season, imports, measures and fear are left out.
func Reproduce(cfg Config, path int) (Reproduction, error) {
	if path < 0 || path >= len(cfg.Pathogens) {
		return Reproduction{}, fault.New(fault.Invalid, "there is no pathogen %d to count", path)
	}
	p := cfg.Pathogens[path]
	p.Season = pathogen.Season{}
	cfg.Pathogens, cfg.Cross, cfg.Imports, cfg.Fear, cfg.Quiet = []pathogen.Pathogen{p}, nil, nil, Fear{}, false
	out, offspring, seed := Reproduction{}, 0.0, cfg.Seed
	for run := range uint64(cohortRuns) {
		cfg.Seed = seed + run*1_000_003
		w, err := New(cfg)
		if err != nil {
			return out, err
		}
		n, sum := w.followCohort()
		out.Cases += n
		offspring += sum
		if out.Cases >= cohortCases {
			break
		}
	}
	if out.Cases > 0 {
		out.R = offspring / float64(out.Cases)
	}
	return out, nil
}

// followCohort returns the number of early cases and of people they infect.
func (w *World) followCohort() (cases int, offspring float64) {
	n := float64(w.city.People())
	w.Seed(int(max(n*cohortFrom/8, 10)), 0)
	cohort := map[uint32]bool{}
	total, open := 0, 0
	susceptible := n
	for day := 0; day < cohortDays; day++ {
		d := w.Step()
		for _, e := range d.Events {
			switch e.What {
			case Infected:
				total++
				if cohort[e.Other] {
					offspring += n / susceptible
				}
				if share := float64(total) / n; share >= cohortFrom && share < cohortTo && !cohort[e.Person] {
					cohort[e.Person] = true
					cases++
					open++
				}
			case Recovered, Died:
				if cohort[e.Person] {
					open--
				}
			}
		}
		susceptible = max(float64(d.Pathogens[0].Susceptible), 1)
		if d.Pathogens[0].Infecteds == 0 || cases > 0 && open <= 0 && float64(total) >= n*cohortTo {
			break
		}
	}
	return cases, offspring
}

// Calibrate returns the Rate at which a pathogen has its R0 in the city of a
// configuration, within about 2 %. It starts from the Rate given and corrects
// it by what Reproduce counts, on the same random numbers each time.
func Calibrate(cfg Config, path int) (rate float64, err error) {
	if path < 0 || path >= len(cfg.Pathogens) {
		return 0, fault.New(fault.Invalid, "there is no pathogen %d to calibrate", path)
	}
	want := cfg.Pathogens[path].R0
	if want <= 0 {
		return cfg.Pathogens[path].Rate, nil
	}
	trial := cfg
	trial.Pathogens = append([]pathogen.Pathogen(nil), cfg.Pathogens...)
	p := &trial.Pathogens[path]
	// An R0 near 1 gives no early growth to count in, and R is nearly
	// proportional to the rate, so low targets are reached from a higher one.
	aim := max(want, 1.5)
	if p.Rate <= 0 {
		p.Rate = 0.03
	}
	for range 12 {
		got, err := Reproduce(trial, path)
		if err != nil {
			return 0, err
		}
		if got.Cases < cohortCases/40 {
			p.Rate *= 4 // nothing spreads yet
			continue
		}
		ratio := aim / got.R
		p.Rate *= min(max(ratio, 0.3), 3)
		if math.Abs(ratio-1) < 0.01 {
			return p.Rate * want / aim, nil
		}
	}
	return 0, fault.New(fault.Invalid, "pathogen %s: no rate gives R0 %v with these contacts", p.Name, want)
}
