package theory

import (
	"fmt"
	"math"
	"sort"

	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// chainCity is the population in which single introductions are followed.
const chainCity = 20_000

// takesOff is the number of infections at which a chain counts as established.
const takesOff = 100

// extinctions: T4.
func extinctions(b *bench) error {
	tolerance := 0.022 * math.Sqrt(2000/float64(b.Chains))
	for _, tc := range []struct {
		r, k    float64
		imports int
	}{{1.3, 0.5, 1}, {2, 0.2, 1}, {2.5, 0.1, 1}, {2.5, 0.5, 1}, {2.5, 0.1, 5}} {
		city, err := people.Build(people.Mixed(chainCity), 1, 1)
		if err != nil {
			return err
		}
		cfg := spread.Config{City: city, Pathogens: []pathogen.Pathogen{dispersed(tc.r, tc.k)}, Workers: 1, Quiet: true,
			Layers: []spread.Layer{spread.Simple("all", spread.Crowd, mixedContacts, 1)}}
		died, err := each(b, b.Chains, func(seed uint64) (float64, error) {
			c := cfg
			c.Seed = seed
			out, err := diesOut(c, tc.imports)
			return out, err
		})
		if err != nil {
			return err
		}
		q := math.Pow(Extinction(tc.r, tc.k), float64(tc.imports))
		b.near(fmt.Sprintf("chains that die out, R %v, k %v, %d import(s)", tc.r, tc.k, tc.imports), q, mean(died), tolerance)
	}
	return nil
}

// diesOut is 1 when the chains of some imports end before they take off.
func diesOut(cfg spread.Config, imports int) (float64, error) {
	w, err := spread.New(cfg)
	if err != nil {
		return 0, err
	}
	w.Seed(imports, 0)
	total := 0
	for range 1000 {
		c := w.Step().Pathogens[0]
		if total += c.Infected; total >= takesOff {
			return 0, nil
		}
		if c.Infecteds == 0 {
			return 1, nil
		}
	}
	return 0, nil
}

// offspring follows the people infected on day 0 and returns how many each of
// them infected. The population is large enough that none are missed.
func offspring(p pathogen.Pathogen, seed uint64, n int) ([]float64, error) {
	cfg, err := mixed(1_000_000, p, seed)
	if err != nil {
		return nil, err
	}
	cfg.Quiet = false
	w, err := spread.New(cfg)
	if err != nil {
		return nil, err
	}
	w.Seed(n, 0)
	first := map[uint32]bool{}
	var counts []float64
	for day := 0; len(counts) < n && day < 60; day++ {
		for _, e := range w.Step().Events {
			switch {
			case e.What == spread.Infected && e.Other == spread.Nobody:
				first[e.Person] = true
			case e.What == spread.Recovered && first[e.Person]:
				counts = append(counts, float64(e.Count))
			}
		}
	}
	return counts, nil
}

// overdispersion: T5.
func overdispersion(b *bench) error {
	for _, k := range []float64{0.1, 0.45, 1} {
		counts, err := offspring(dispersed(2.5, k), 1, 4000)
		if err != nil {
			return err
		}
		none := 0.0
		for _, c := range counts {
			if c == 0 {
				none++
			}
		}
		b.near(fmt.Sprintf("cases that infect nobody, R 2.5, k %v", k), NoSecondary(2.5, k), none/float64(len(counts)), 0.025)
		m, s := mean(counts), deviation(counts)
		b.share(fmt.Sprintf("mean offspring, k %v", k), 2.5, m, 0.15)
		b.share(fmt.Sprintf("dispersion by moments, k %v", k), k, m*m/(s*s-m), 0.15)
	}
	counts, err := offspring(dispersed(2.5, 0.1), 2, 4000)
	if err != nil {
		return err
	}
	b.near("share of transmission by the top 20 %, k 0.1", 0.95, topShare(counts, 0.2), 0.03)
	return nil
}

func topShare(counts []float64, share float64) float64 {
	sort.Sort(sort.Reverse(sort.Float64Slice(counts)))
	top, all := 0.0, 0.0
	for i, c := range counts {
		all += c
		if float64(i) < share*float64(len(counts)) {
			top += c
		}
	}
	return top / all
}

// intervals: T6. Forward: of people infected by the first cases. Backward: of
// people infected while the epidemic grows.
func intervals(b *bench) error {
	const r, m, sd = 2.5, 5.5, 2.5
	type pair struct{ forward, backward float64 }
	runs, err := each(b, b.Seeds, func(seed uint64) (pair, error) {
		cfg, err := mixed(b.People, sharp(r, m, sd), seed)
		if err != nil {
			return pair{}, err
		}
		cfg.Quiet = false
		w, err := spread.New(cfg)
		if err != nil {
			return pair{}, err
		}
		w.Seed(b.People/2000, 0)
		born := map[uint32]float32{}
		var forward, backward []float64
		for total := 0; total < b.People/50; {
			for _, e := range w.Step().Events {
				if e.What != spread.Infected {
					continue
				}
				total++
				born[e.Person] = e.Time
				if e.Other == spread.Nobody {
					continue
				}
				if born[e.Other] == 0 {
					forward = append(forward, float64(e.Interval))
				}
				// The seeds all start at once; by three generations growth is steady.
				if e.Time > 3*m {
					backward = append(backward, float64(e.Interval))
				}
			}
		}
		return pair{mean(forward), mean(backward)}, nil
	})
	if err != nil {
		return err
	}
	var forward, backward []float64
	for _, p := range runs {
		forward, backward = append(forward, p.forward), append(backward, p.backward)
	}
	b.share("forward interval of the first cases", m, mean(forward), 0.04)
	b.share("backward interval in growth", BackwardInterval(GrowthRate(r, m, sd), m, sd), mean(backward), 0.04)
	return nil
}

// householdChains: T7.
func householdChains(b *bench) error {
	for _, p := range []float64{0.166, 0.3} {
		for size := 2; size <= 5; size++ {
			if err := householdsOf(b, size, p); err != nil {
				return err
			}
		}
	}
	return nil
}

func householdsOf(b *bench, size int, p float64) error {
	homes := 10_000
	d := people.Mixed(homes * size)
	d.Households = make([]float64, size)
	d.Households[size-1] = 1
	city, err := people.Build(d, 1, 1)
	if err != nil {
		return err
	}
	agent := plain(1, pathogen.Always(2), pathogen.Always(4))
	agent.Rate = -math.Log(1-p) / 4
	w, err := spread.New(spread.Config{City: city, Pathogens: []pathogen.Pathogen{agent}, Seed: 1, Workers: 1,
		Layers: []spread.Layer{spread.Simple("home", spread.Home, 1, 1)}})
	if err != nil {
		return err
	}
	got := make([]float64, size+1)
	infected := map[uint32]int{}
	whole := 0
	for person := uint32(0); int(person) < city.People(); {
		first, n := city.Home(person)
		if n == size { // the last household of a community may be cut short
			w.Introduce(spread.Introduction{Person: first})
			whole++
		}
		person += uint32(n)
	}
	for range 60 {
		for _, e := range w.Step().Events {
			if e.What == spread.Infected {
				first, _ := city.Home(e.Person)
				infected[first]++
			}
		}
	}
	for _, n := range infected {
		got[n]++
	}
	want := ReedFrost(size, p)
	chi, sar := 0.0, 0.0
	for k := 1; k <= size; k++ {
		expected := want[k] * float64(whole)
		chi += (got[k] - expected) * (got[k] - expected) / expected
		sar += got[k] * float64(k-1) / float64(whole*(size-1))
	}
	// 0.999 quantiles of chi-square for 1 to 4 degrees of freedom.
	limit := []float64{10.83, 13.82, 16.27, 18.47}[size-2]
	b.near(fmt.Sprintf("chi-square of chains, households of %d, p %v (secondary attack %.3f)", size, p, sar), 0, chi, limit)
	return nil
}
