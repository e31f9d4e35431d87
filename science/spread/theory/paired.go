package theory

import (
	"fmt"
	"reflect"

	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// structured is the default city with one pathogen.
func structured(n int, seed uint64, ps ...pathogen.Pathogen) (spread.Config, error) {
	city, err := people.Build(people.Typical(n), 1, 1)
	return spread.Config{City: city, Pathogens: ps, Layers: spread.CityLayers(), Seed: seed, Workers: 1, Quiet: true}, err
}

// days runs a world and keeps the counts.
func days(cfg spread.Config, n int, each func(day int, w *spread.World) error) ([][]spread.Counts, error) {
	w, err := spread.New(cfg)
	if err != nil {
		return nil, err
	}
	for i := range cfg.Pathogens {
		w.Seed(50, i)
	}
	var out [][]spread.Counts
	for day := range n {
		if err := each(day, w); err != nil {
			return nil, err
		}
		out = append(out, append([]spread.Counts(nil), w.Step().Pathogens...))
	}
	return out, nil
}

func nothing(int, *spread.World) error { return nil }

// differences counts days on which two runs differ.
func differences(a, b [][]spread.Counts) float64 {
	n := 0.0
	for i := range a {
		if !reflect.DeepEqual(a[i], b[i]) {
			n++
		}
	}
	return n
}

// twoPathogens: T14.
func twoPathogens(b *bench) error {
	harmless := func(name string, rate float64) pathogen.Pathogen {
		p := plain(2, exponential(3), exponential(4))
		p.Name, p.Rate = name, rate
		return p
	}
	x, y := harmless("x", 0.03), harmless("y", 0.05)
	run := func(ps ...pathogen.Pathogen) ([][]spread.Counts, error) {
		cfg, err := structured(20_000, 3, ps...)
		if err != nil {
			return nil, err
		}
		return days(cfg, 80, nothing)
	}
	alone, err := run(x)
	if err != nil {
		return err
	}
	both, err := run(x, y)
	if err != nil {
		return err
	}
	swapped, err := run(y, x)
	if err != nil {
		return err
	}
	column := func(rows [][]spread.Counts, i int) [][]spread.Counts {
		out := make([][]spread.Counts, len(rows))
		for d := range rows {
			out[d] = rows[d][i : i+1]
		}
		return out
	}
	b.near("days that differ when another pathogen circulates", 0, differences(alone, column(both, 0)), 0)
	b.near("days that differ when they are listed in the other order", 0, differences(column(both, 0), column(swapped, 1)), 0)
	return competing(b, harmless("x", 0.04), harmless("y", 0.04))
}

// competing: with full cross-immunity two equal pathogens share what one of
// them would infect.
func competing(b *bench, x, y pathogen.Pathogen) error {
	total := func(ps []pathogen.Pathogen, seeds int) (float64, error) {
		runs, err := each(b, b.Seeds, func(seed uint64) (float64, error) {
			cfg, err := mixed(50_000, ps[0], seed)
			if err != nil {
				return 0, err
			}
			cfg.Pathogens = ps
			if len(ps) == 2 {
				cfg.Cross = [][]float64{{1, 1}, {1, 1}}
			}
			w, err := spread.New(cfg)
			if err != nil {
				return 0, err
			}
			n := 0
			for i := range ps {
				w.Seed(seeds, i)
			}
			for range 250 {
				for _, c := range w.Step().Pathogens {
					n += c.Infected
				}
			}
			return float64(n) / 50_000, nil
		})
		return mean(runs), err
	}
	one, err := total([]pathogen.Pathogen{x}, 100)
	if err != nil {
		return err
	}
	two, err := total([]pathogen.Pathogen{x, y}, 50)
	if err != nil {
		return err
	}
	b.near("share infected by either of two that protect fully against each other, against one alone", one, two, 0.01)
	return nil
}

// pairing: T15.
func pairing(b *bench) error {
	cfg, err := structured(30_000, 5, pathogen.Ancestral())
	if err != nil {
		return err
	}
	cfg.Pathogens[0].Rate = 0.05
	base, err := days(cfg, 70, nothing)
	if err != nil {
		return err
	}
	again, err := days(cfg, 70, nothing)
	if err != nil {
		return err
	}
	b.near("days that differ between two runs of one scenario", 0, differences(base, again), 0)
	for _, threads := range []int{2, 4} {
		cfg.Workers = threads
		got, err := days(cfg, 70, nothing)
		if err != nil {
			return err
		}
		b.near(fmt.Sprintf("days that differ with %d threads", threads), 0, differences(base, got), 0)
	}
	changed, err := days(cfg, 70, func(day int, w *spread.World) error {
		if day != 30 {
			return nil
		}
		m := w.Measures()
		m.Contacts[len(cfg.Layers)-1] = 0.1
		return w.SetMeasures(m)
	})
	if err != nil {
		return err
	}
	b.near("days before an intervention that differ", 0, differences(base[:30], changed[:30]), 0)
	b.near("days after it that do not differ", 0, 40-differences(base[30:], changed[30:]), 2)
	return nil
}

// testYield: T16.
func testYield(b *bench) error {
	p := plain(0, pathogen.Always(1), pathogen.Always(200))
	p.Rate = 0
	p.PCR = pathogen.Curve{{Day: 0, Value: 0.77}, {Day: 300, Value: 0.77}}
	const n, infected = 400_000, 400
	cfg, err := mixed(n, p, 1)
	if err != nil {
		return err
	}
	w, err := spread.New(cfg)
	if err != nil {
		return err
	}
	w.Seed(infected, 0)
	m := w.Measures()
	m.Testing = spread.Testing{Specificity: 0.999, Programmes: []spread.Programme{{Name: "all", Every: 4, Attendance: 1}}}
	if err := w.SetMeasures(m); err != nil {
		return err
	}
	positives := 0.0
	w.Step()
	const rounds = 40
	for range rounds {
		positives += float64(w.Step().Pathogens[0].Positive)
	}
	swabs := float64(n) / 4 * rounds
	want := swabs*infected/n*0.77 + swabs*(1-float64(infected)/n*0.77)*0.001
	b.share("positives at 0.1 % prevalence, sensitivity 0.77, specificity 0.999", want, positives, 0.03)
	b.near("share of them that are true", 0.435, swabs*infected/n*0.77/positives, 0.02)
	return everyOtherDay(b)
}

// everyOtherDay tests infected people every second day and compares with
// Hellewell et al. (2021): 57 % (33-76) of those with symptoms found before
// them, 94 % (75-99) of the others within seven days, results after a day.
func everyOtherDay(b *bench) error {
	p := pathogen.Ancestral()
	p.Rate = 0
	cfg, err := mixed(60_000, p, 1)
	if err != nil {
		return err
	}
	cfg.Quiet = false
	w, err := spread.New(cfg)
	if err != nil {
		return err
	}
	m := w.Measures()
	m.Testing = spread.Testing{Specificity: 1, Delay: 1, Programmes: []spread.Programme{{Name: "all", Every: 2, Attendance: 1}}}
	if err := w.SetMeasures(m); err != nil {
		return err
	}
	for person := range uint32(6000) {
		w.Introduce(spread.Introduction{Person: person * 10, At: float32(person) / 6000})
	}
	start, found, onset := map[uint32]float64{}, map[uint32]float64{}, map[uint32]float64{}
	for range 25 {
		for _, e := range w.Step().Events {
			at := float64(e.Time)
			switch e.What {
			case spread.Infected:
				start[e.Person] = at
			case spread.Onset:
				onset[e.Person] = at
			case spread.Positive:
				if _, again := found[e.Person]; !again {
					found[e.Person] = at
				}
			}
		}
	}
	var before, ill, within, silent float64
	for person, at := range start {
		swab, positive := found[person]
		if o, symptoms := onset[person]; symptoms {
			ill++
			if positive && swab < o {
				before++
			}
			continue
		}
		silent++
		if positive && swab-at < 8 {
			within++
		}
	}
	b.between("tests every other day: share of the ill found before symptoms", 0.33, 0.76, before/ill)
	b.between("tests every other day: share of the silent found within 7 d", 0.75, 0.99, within/silent)
	return nil
}
