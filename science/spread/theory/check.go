package theory

import (
	"fmt"
	"math"
	"sync"

	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// Size says how hard the engine is tried.
type Size struct {
	People  int // of the large populations
	Seeds   int // runs of each stochastic setting
	Chains  int // introductions in the extinction checks
	Workers int // threads
	// Loose multiplies the tolerances that shrink with population and runs.
	Loose float64
}

// Full is the size at which the tolerances of the literature hold: a million
// people, ten runs, two thousand chains.
func Full(workers int) Size {
	return Size{People: 1_000_000, Seeds: 10, Chains: 2000, Workers: workers, Loose: 1}
}

// Quick takes under a minute on two cores: a hundred thousand people, and
// tolerances wider in proportion.
func Quick(workers int) Size {
	return Size{People: 100_000, Seeds: 6, Chains: 500, Workers: workers, Loose: 2.5}
}

// Row is one comparison.
type Row struct {
	Check     string  `json:"check"`
	What      string  `json:"what"`
	Target    float64 `json:"target"`
	Got       float64 `json:"got"`
	Tolerance float64 `json:"tolerance"` // absolute
	Pass      bool    `json:"pass"`
}

// Check is one theorem or reference that the engine is judged by.
type Check struct {
	ID    string
	Title string
	run   func(*bench) error
}

// Checks lists every check in order.
func Checks() []Check {
	return []Check{
		{"T1", "final size of a homogeneous epidemic", finalSizes},
		{"T2", "the deterministic limit", deterministicLimit},
		{"T3", "growth rate from generation times", growthRates},
		{"T4", "extinction from one case and from several", extinctions},
		{"T5", "overdispersion", overdispersion},
		{"T6", "generation times in growth", intervals},
		{"T7", "household chains", householdChains},
		{"T8", "next-generation matrix", nextGeneration},
		{"T9", "imports", imports},
		{"T10", "herd immunity threshold", herdThreshold},
		{"T11", "conservation and hospital census", occupancy},
		{"T12", "isolation", isolation},
		{"T13", "caps at sites", caps},
		{"T14", "two pathogens", twoPathogens},
		{"T15", "paired random numbers", pairing},
		{"T16", "tests", testYield},
		{"T17", "reports against onsets", reports},
		{"C", "Covasim with its own layers", covasim},
		{"W", "observed-world figures of the default city", observedWorld},
	}
}

// Run performs one check and returns its rows.
func (c Check) Run(size Size) ([]Row, error) {
	b := &bench{Size: size, check: c.ID}
	if err := c.run(b); err != nil {
		return nil, fmt.Errorf("check %s: %w", c.ID, err)
	}
	return b.rows, nil
}

// bench is what a check works with.
type bench struct {
	Size
	check string
	rows  []Row
}

// near adds a row that passes when got is within tolerance of target.
func (b *bench) near(what string, target, got, tolerance float64) {
	b.rows = append(b.rows, Row{b.check, what, target, got, tolerance, math.Abs(got-target) <= tolerance})
}

// share adds a row whose tolerance is a share of the target.
func (b *bench) share(what string, target, got, tolerance float64) {
	b.near(what, target, got, math.Abs(target)*tolerance)
}

// between adds a row that passes inside an interval.
func (b *bench) between(what string, low, high, got float64) {
	b.near(what, (low+high)/2, got, (high-low)/2)
}

// each runs a setting for n seeds, on all threads, and returns the results in
// the order of seeds.
func each[T any](b *bench, n int, run func(seed uint64) (T, error)) ([]T, error) {
	out, errs := make([]T, n), make([]error, n)
	var group sync.WaitGroup
	for k := range b.Workers {
		group.Go(func() {
			for i := k; i < n; i += b.Workers {
				out[i], errs[i] = run(uint64(i + 1))
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	return sum / float64(len(list))
}

func deviation(list []float64) float64 {
	m, sum := mean(list), 0.0
	for _, v := range list {
		sum += (v - m) * (v - m)
	}
	return math.Sqrt(sum / float64(max(len(list)-1, 1)))
}

// mixedContacts is the number of contacts a day in homogeneous populations.
const mixedContacts = 10

// plain is a pathogen without symptoms or severity and with lasting immunity,
// that infects r0 people on average in a homogeneous population.
func plain(r0 float64, latent, infectious pathogen.Dist) pathogen.Pathogen {
	return pathogen.Pathogen{
		Name: "plain", Rate: r0 / infectious.Mean / mixedContacts,
		Latent: latent, Infectious: infectious, Silent: 1,
		Symptomatic: pathogen.Flat(0), Admission: pathogen.Flat(0), Critical: pathogen.Flat(0), Death: pathogen.Flat(0),
		Immunity: pathogen.Lasting(),
	}
}

func exponential(m float64) pathogen.Dist { return pathogen.Dist{Form: pathogen.Exponential, Mean: m} }

// mixed is a homogeneous population of n with one pathogen.
func mixed(n int, p pathogen.Pathogen, seed uint64) (spread.Config, error) {
	city, err := people.Build(people.Mixed(n), 1, 1)
	return spread.Config{City: city, Pathogens: []pathogen.Pathogen{p}, Seed: seed, Workers: 1, Quiet: true,
		Layers: []spread.Layer{spread.Simple("all", spread.Crowd, mixedContacts, 1)}}, err
}

// curve is what one run of one pathogen showed.
type curve struct {
	daily []float64 // infected each day
	total float64   // share infected in the end
	peak  int
	high  float64 // share infected on the peak day
	rate  float64 // growth between 0.2 % and 2 % infected
	dead  float64 // share who died
}

// follow runs a world until nobody is infected, or for so many days.
func follow(w *spread.World, days int) curve {
	var c curve
	n := float64(w.City().People())
	dead := 0
	for range days {
		d := w.Step().Pathogens[0]
		c.daily = append(c.daily, float64(d.Infected))
		dead = d.Dead
		if d.Infecteds == 0 && d.Infected == 0 {
			break
		}
	}
	c.dead = float64(dead) / n
	c.summarise(n)
	return c
}

// summarise fills in what the daily counts of n people tell.
func (c *curve) summarise(n float64) {
	sum := 0.0
	var xs, ys []float64
	for i, v := range c.daily {
		sum += v
		if v/n > c.high {
			c.high, c.peak = v/n, i
		}
		if sum > 0.002*n && sum < 0.02*n && v > 0 {
			xs, ys = append(xs, float64(i)), append(ys, math.Log(v))
		}
	}
	c.total, c.rate = sum/n, slope(xs, ys)
}

// slope of the least-squares line.
func slope(xs, ys []float64) float64 {
	mx, my := mean(xs), mean(ys)
	var xy, xx float64
	for i := range xs {
		xy += (xs[i] - mx) * (ys[i] - my)
		xx += (xs[i] - mx) * (xs[i] - mx)
	}
	return xy / xx
}

// outbreak follows a fresh world with some people infected on day 0.
func outbreak(cfg spread.Config, infected, days int) (curve, error) {
	w, err := spread.New(cfg)
	if err != nil {
		return curve{}, err
	}
	w.Seed(infected, 0)
	return follow(w, days), nil
}

func pluck(list []curve, f func(curve) float64) []float64 {
	out := make([]float64, len(list))
	for i, c := range list {
		out[i] = f(c)
	}
	return out
}
