package theory

import (
	"fmt"
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// finalSizes: T1, and that neither the shape of the stages nor overdispersion
// changes the final size.
func finalSizes(b *bench) error {
	for _, tc := range []struct {
		name string
		p    pathogen.Pathogen
		r0   float64
	}{
		{"R0 1.2", plain(1.2, exponential(3), exponential(3)), 1.2},
		{"R0 1.5", plain(1.5, exponential(3), exponential(3)), 1.5},
		{"R0 2", plain(2, exponential(3), exponential(3)), 2},
		{"R0 3", plain(3, exponential(3), exponential(3)), 3},
		{"R0 2, stages of fixed length", plain(2, pathogen.Always(4), pathogen.Always(2)), 2},
		{"R0 2, dispersion 0.2", dispersed(2, 0.2), 2},
	} {
		runs, err := each(b, b.Seeds, func(seed uint64) (curve, error) {
			cfg, err := mixed(b.People, tc.p, seed)
			if err != nil {
				return curve{}, err
			}
			return outbreak(cfg, b.People/1000, 500)
		})
		if err != nil {
			return err
		}
		tolerance := 0.003 * b.Loose
		if tc.r0 < 1.5 {
			tolerance = 0.01 * b.Loose
		}
		b.near("share infected, "+tc.name, FinalSize(tc.r0, 0.001), mean(pluck(runs, func(c curve) float64 { return c.total })), tolerance)
	}
	return nil
}

func dispersed(r0, k float64) pathogen.Pathogen {
	p := plain(r0, pathogen.Always(3), pathogen.Always(1))
	p.Dispersion = k
	return p
}

// deterministicLimit: T2. The engine has no time step, so that no bias is to
// be removed by a shorter one.
func deterministicLimit(b *bench) error {
	for _, r0 := range []float64{1.5, 2, 2.5, 3} {
		p := plain(r0, exponential(3), exponential(3))
		runs, err := each(b, b.Seeds, func(seed uint64) (curve, error) {
			cfg, err := mixed(b.People, p, seed)
			if err != nil {
				return curve{}, err
			}
			return outbreak(cfg, b.People/1000, 250)
		})
		if err != nil {
			return err
		}
		want := SEIR(r0, 3, 3, 0.001)
		b.near(fmt.Sprintf("peak day, R0 %v", r0), want.Peak, mean(pluck(runs, func(c curve) float64 { return float64(c.peak) })), 2)
		b.share(fmt.Sprintf("share infected on the peak day, R0 %v", r0), want.Height, mean(pluck(runs, func(c curve) float64 { return c.high })), 0.03*math.Sqrt(b.Loose))
	}
	return nil
}

// sharp is a pathogen whose generation times are gamma: all of a person's
// infections fall within a tenth of a day.
func sharp(r, m, sd float64) pathogen.Pathogen {
	return plain(r, pathogen.Dist{Form: pathogen.Gamma, Mean: m - 0.05, SD: sd}, pathogen.Always(0.1))
}

// growthRates: T3.
func growthRates(b *bench) error {
	for _, tc := range []struct{ r, m, sd float64 }{{2.5, 5.5, 2.5}, {2, 3, 1.7}, {1.46, 2.8, 1.5}, {1.7, 25, 9}} {
		rate, err := meanRate(b, sharp(tc.r, tc.m, tc.sd))
		if err != nil {
			return err
		}
		b.share(fmt.Sprintf("growth a day, R %v, interval %v sd %v", tc.r, tc.m, tc.sd), GrowthRate(tc.r, tc.m, tc.sd), rate, 0.05*b.Loose)
	}
	rate, err := meanRate(b, plain(2.5, exponential(3), exponential(3)))
	if err != nil {
		return err
	}
	b.share("growth a day, SEIR 3 and 3, R 2.5", seirRate(2.5, 3, 3), rate, 0.05*b.Loose)
	return nil
}

func meanRate(b *bench, p pathogen.Pathogen) (float64, error) {
	runs, err := each(b, b.Seeds, func(seed uint64) (curve, error) {
		cfg, err := mixed(b.People, p, seed)
		if err != nil {
			return curve{}, err
		}
		return outbreak(cfg, max(b.People/10000, 20), 400)
	})
	return mean(pluck(runs, func(c curve) float64 { return c.rate })), err
}

// nextGeneration: T8, with 2 and with 16 age groups.
func nextGeneration(b *bench) error {
	for _, groups := range []int{2, 16} {
		if err := nextGenerationOf(b, groups); err != nil {
			return err
		}
	}
	return unequalSusceptibility(b)
}

// unequalSusceptibility: T8 for people who mix alike and are not equally easy to
// infect. Half have 0.5 and half 1.5 of the mean, so those of a group that
// escape are exp(-s R0 z), with z the share of all who are infected.
func unequalSusceptibility(b *bench) error {
	const r0, low, high = 2.0, 0.5, 1.5
	d := people.Mixed(b.People)
	d.Ages, d.Families = []people.AgeBand{{From: 10, To: 10, Share: 1}, {From: 60, To: 60, Share: 1}}, people.Unrelated
	city, err := people.Build(d, 1, 1)
	if err != nil {
		return err
	}
	p := plain(r0, exponential(2), exponential(3))
	p.Susceptibility = pathogen.ByAge{{From: 0, Value: low}, {From: 30, Value: high}}
	runs, err := each(b, b.Seeds, func(seed uint64) (curve, error) {
		return outbreak(spread.Config{City: city, Pathogens: []pathogen.Pathogen{p}, Seed: seed, Workers: 1, Quiet: true,
			Layers: []spread.Layer{spread.Simple("all", spread.Crowd, mixedContacts, 1)}}, b.People/1000, 400)
	})
	if err != nil {
		return err
	}
	want := 1.0
	for range 200 {
		want = 1 - 0.999*(math.Exp(-low*r0*want)+math.Exp(-high*r0*want))/2 // one in 1,000 seeded
	}
	b.near("share infected, half of susceptibility 0.5 and half 1.5, R0 2", want, mean(pluck(runs, func(c curve) float64 { return c.total })), 0.003*b.Loose)
	return nil
}

func nextGenerationOf(b *bench, groups int) error {
	d := people.Mixed(b.People)
	d.Ages = nil
	mix := &spread.Mixing{}
	width := 80 / groups
	for g := range groups {
		d.Ages = append(d.Ages, people.AgeBand{From: g * width, To: (g+1)*width - 1, Share: 1 + float64(g%3)})
		mix.Bounds = append(mix.Bounds, g*width)
	}
	d.Families = people.Unrelated
	city, err := people.Build(d, 1, 1)
	if err != nil {
		return err
	}
	sizes := make([]float64, groups)
	for _, a := range city.Age {
		sizes[min(int(a)/width, groups-1)]++
	}
	p := plain(2, exponential(2), exponential(3))
	p.Rate = 0.05
	next := make([][]float64, groups) // next[i][j]: infected of group i by one of j
	for i := range groups {
		next[i] = make([]float64, groups)
		mix.Contacts = append(mix.Contacts, make([]float64, groups))
	}
	for i := range groups {
		for j := range groups {
			// Symmetric in pairs, strongest within a group and its neighbours.
			pairs := 14 * math.Exp(-math.Abs(float64(i-j))*3/float64(groups)) * (1 + 0.5*float64((i+j)%2))
			mix.Contacts[j][i] = pairs * sizes[i] / float64(b.People)
			next[i][j] = mix.Contacts[j][i] * p.Rate * p.Infectious.Mean
		}
	}
	return nextGenerationRows(b, city, p, mix, next, sizes)
}

func nextGenerationRows(b *bench, city *people.City, p pathogen.Pathogen, mix *spread.Mixing, next [][]float64, sizes []float64) error {
	groups := len(sizes)
	layer := spread.Simple("bands", spread.Crowd, 0, 1)
	layer.Mixing = mix
	type outcome struct{ early, all []float64 }
	runs, err := each(b, b.Seeds, func(seed uint64) (outcome, error) {
		o := outcome{make([]float64, groups), make([]float64, groups)}
		w, err := spread.New(spread.Config{City: city, Pathogens: []pathogen.Pathogen{p}, Layers: []spread.Layer{layer}, Seed: seed, Workers: 1})
		if err != nil {
			return o, err
		}
		w.Seed(b.People/2000, 0)
		total := 0
		for range 400 {
			day := w.Step()
			for _, e := range day.Events {
				if e.What != spread.Infected {
					continue
				}
				g := groupOf(mix, int(city.Age[e.Person]))
				o.all[g]++
				if total++; total > b.People/400 && total < b.People/30 {
					o.early[g]++
				}
			}
			if day.Pathogens[0].Infecteds == 0 {
				break
			}
		}
		return o, nil
	})
	if err != nil {
		return err
	}
	_, want := NextGeneration(next)
	final := FinalSizes(next, sizes)
	worstMix, worstFinal := 0.0, 0.0
	for g := range groups {
		var early, earlyAll, all float64
		for _, o := range runs {
			early += o.early[g]
			all += o.all[g] / sizes[g] / float64(len(runs))
			for _, v := range o.early {
				earlyAll += v
			}
		}
		worstMix = max(worstMix, math.Abs(early/earlyAll-want[g]))
		worstFinal = max(worstFinal, math.Abs(all-final[g]))
	}
	b.near(fmt.Sprintf("%d groups: largest error of the early mix", groups), 0, worstMix, 0.02)
	b.near(fmt.Sprintf("%d groups: largest error of a group's final size", groups), 0, worstFinal, 0.02)
	return nil
}

func groupOf(m *spread.Mixing, age int) int {
	i, _ := slices.BinarySearch(m.Bounds, age+1)
	return i - 1
}

// herdThreshold: T10. With a share 1-1/R0 immune at random, incidence neither
// grows nor falls.
func herdThreshold(b *bench) error {
	// A critical process is noisy, and few infections in many people are cheap.
	const r0, n = 2.5, 1_000_000
	rates, err := each(b, b.Seeds, func(seed uint64) (float64, error) {
		cfg, err := mixed(n, plain(r0, exponential(2), exponential(2)), seed)
		if err != nil {
			return 0, err
		}
		w, err := spread.New(cfg)
		if err != nil {
			return 0, err
		}
		w.Immunise(0, 1-1/r0, 100)
		// Seeds that fall on immune people infect nobody and do no harm.
		w.Seed(n/1000, 0)
		var xs, ys []float64
		for day := range 40 {
			n := w.Step().Pathogens[0].Infected
			if day >= 8 && n > 0 {
				xs, ys = append(xs, float64(day)), append(ys, math.Log(float64(n)))
			}
		}
		return slope(xs, ys), nil
	})
	if err != nil {
		return err
	}
	b.near("growth a day with 1-1/R0 immune", 0, mean(rates), 0.005*b.Loose)
	return nil
}
