// Package scan looks for clusters in space, and in space and time: the zone,
// and the number of newest counts, in which there are more cases than expected
// (Kulldorff 1997, 2001).
//
// In: counts by time and place, what is expected of them, and the zones that
// come into question. Out: clusters by falling score, with p values that take
// account of the search. Places and times count from 0; the last row of a table
// is the present, and every window ends there. With one row the scan is a
// spatial one.
package scan

import (
	"cmp"
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Model is what a cluster is compared with.
type Model string

const (
	// PopulationPoisson compares inside with outside, given the number of all
	// cases (Kulldorff 1997, 2001).
	PopulationPoisson Model = "pb_poisson"
	// ExpectationPoisson compares with the counts that the past predicts
	// (Neill, Moore, Sabhnani and Daniel 2005).
	ExpectationPoisson Model = "eb_poisson"
	// ExpectationNegBinomial does so for overdispersed counts by a score
	// statistic (Tango, Takahashi and Kohriyama 2011).
	ExpectationNegBinomial Model = "eb_negbin"
	// Permutation needs cases only: each place keeps its number of cases and
	// each time too (Kulldorff, Heffernan, Hartman, Assunção and Mostashari
	// 2005).
	Permutation Model = "permutation"
	// Binomial compares shares of the population, given the number of all
	// cases (Kulldorff 1997).
	Binomial Model = "binomial"
)

// Table is what a scan looks at; all tables have one row a time and one column
// a place.
type Table struct {
	Counts [][]float64
	// Baseline is the expected counts, or for PopulationPoisson anything in
	// proportion to them, such as the population. Permutation needs none.
	Baseline [][]float64
	// Population is the number of people, for Binomial.
	Population [][]float64
	// Size is the negative binomial size of every count.
	Size float64
}

// Cluster is one zone over its newest Duration counts.
type Cluster struct {
	Zone     Zone
	Duration int
	// Score is the statistic; 0 where there is no excess.
	Score              float64
	Observed, Expected float64
	// Inside is observed over expected in the cluster, Outside the same for
	// the rest, NaN where the model does not look there.
	Inside, Outside float64
	// PValue and Gumbel are the chance that the highest score of a scan would
	// be at least this one if nothing happened: by counting simulated scans,
	// and by a Gumbel distribution fitted to them (Abrams, Kulldorff and
	// Kleinman 2010). NaN without simulations.
	PValue, Gumbel float64
}

// Settings of a scan.
type Settings struct {
	Model Model
	// Longest is the longest duration, 0 for all rows.
	Longest int
	// Simulations for the p values, from Stream.
	Simulations int
	Stream      stat.Stream
	// Mode: the reference for spatial scans (R SpatialEpi 1.2.8) cuts the total
	// of fractional cases to a whole number, and Compat does so too.
	Mode aberration.Mode
}

// Scan scores every zone and duration and returns the clusters with a score
// above 0, highest first; equal scores keep the order of zones and durations.
// The error is Invalid for tables that do not fit or are no counts.
func Scan(t Table, zones []Zone, s Settings) ([]Cluster, error) {
	c, err := prepare(t, zones, s)
	if err != nil {
		return nil, err
	}
	found := c.clusters()
	c.pValues(found)
	return found, nil
}

// Distinct keeps the clusters that share no place with a higher one.
func Distinct(found []Cluster) []Cluster {
	taken := map[int]bool{}
	var out []Cluster
	for _, c := range found {
		if slices.ContainsFunc(c.Zone, func(p int) bool { return taken[p] }) {
			continue
		}
		for _, p := range c.Zone {
			taken[p] = true
		}
		out = append(out, c)
	}
	return out
}

// search is a checked table in running sums: element d of a place's column is
// the sum over its newest d+1 counts.
type search struct {
	Settings
	zones      []Zone
	times      int
	places     int
	table      Table
	counts     [][]float64 // by duration and place
	baseline   [][]float64
	variance   [][]float64 // of weighted excess, negative binomial only
	population [][]float64
	total      float64
	people     float64
}

func prepare(t Table, zones []Zone, s Settings) (*search, error) {
	c := &search{Settings: s, zones: zones, times: len(t.Counts), table: t}
	const most = 100_000
	if c.times == 0 || len(t.Counts[0]) == 0 {
		return nil, fault.New(fault.Invalid, "a scan needs at least one time and one place")
	}
	if s.Simulations < 0 || s.Simulations > most {
		return nil, fault.New(fault.Invalid, "a scan takes 0 to %d simulations, not %d", most, s.Simulations)
	}
	c.places = len(t.Counts[0])
	if s.Longest < 1 || s.Longest > c.times {
		c.Longest = c.times
	}
	for _, z := range zones {
		for _, p := range z {
			if p < 0 || p >= c.places {
				return nil, fault.New(fault.Invalid, "a zone has place %d, the table has %d places", p+1, c.places)
			}
		}
	}
	if err := c.check("count", t.Counts, 0); err != nil {
		return nil, err
	}
	for _, row := range t.Counts {
		for _, v := range row {
			c.total += v
		}
	}
	if err := c.expect(); err != nil {
		return nil, err
	}
	if s.Mode == aberration.Compat {
		c.total = math.Floor(c.total)
	}
	return c, nil
}

// check refuses a table of another shape, or with values below the least.
func (c *search) check(what string, table [][]float64, least float64) error {
	if len(table) != c.times {
		return fault.New(fault.Invalid, "the %s table has %d rows, the counts have %d", what, len(table), c.times)
	}
	for i, row := range table {
		if len(row) != c.places {
			return fault.New(fault.Invalid, "row %d of the %s table has %d places, wanted %d", i+1, what, len(row), c.places)
		}
		for j, v := range row {
			if !(v >= least) || math.IsInf(v, 0) {
				return fault.New(fault.Invalid, "row %d, place %d of the %s table is %g", i+1, j+1, what, v)
			}
		}
	}
	return nil
}

// expect brings the baseline into the form that the model needs.
func (c *search) expect() error {
	base := c.table.Baseline
	switch c.Model {
	case PopulationPoisson, ExpectationPoisson, ExpectationNegBinomial:
	case Permutation:
		base = margins(c.table.Counts, c.total)
	case Binomial:
		base = c.table.Population
	default:
		return fault.New(fault.Invalid, "no scan model is called %q", c.Model)
	}
	if err := c.check("baseline", base, 0); err != nil {
		return err
	}
	if c.Model == ExpectationNegBinomial && !(c.table.Size > 0) {
		return fault.New(fault.Invalid, "the negative binomial scan needs a size above 0")
	}
	if c.Model == PopulationPoisson || c.Model == Binomial {
		var sum float64
		for _, row := range base {
			for _, v := range row {
				sum += v
			}
		}
		if !(sum > 0) {
			return fault.New(fault.Invalid, "the baseline is 0 everywhere")
		}
		c.people = sum
		base = scaled(base, c.total/sum)
	}
	c.table.Baseline = base
	c.baseline = newest(base)
	if c.Model == Binomial {
		c.population = newest(c.table.Population)
	}
	c.take(c.table.Counts)
	return nil
}

// margins is the expected counts if time and place were independent.
func margins(counts [][]float64, total float64) [][]float64 {
	place := make([]float64, len(counts[0]))
	for _, row := range counts {
		for j, v := range row {
			place[j] += v
		}
	}
	out := make([][]float64, len(counts))
	for i, row := range counts {
		var time float64
		for _, v := range row {
			time += v
		}
		out[i] = make([]float64, len(row))
		for j := range row {
			if total > 0 {
				out[i][j] = time * place[j] / total
			}
		}
	}
	return out
}

func scaled(table [][]float64, by float64) [][]float64 {
	out := make([][]float64, len(table))
	for i, row := range table {
		out[i] = make([]float64, len(row))
		for j, v := range row {
			out[i][j] = v * by
		}
	}
	return out
}

// newest returns sums over the newest 1, 2, ... rows.
func newest(table [][]float64) [][]float64 {
	out := make([][]float64, len(table))
	for d := range out {
		out[d] = slices.Clone(table[len(table)-1-d])
		if d > 0 {
			for j := range out[d] {
				out[d][j] += out[d-1][j]
			}
		}
	}
	return out
}

// take sets the counts that are scanned. For the negative binomial they are
// excesses over their variance factor w = 1 + mu/size, with sum of mu/w as
// variance.
func (c *search) take(counts [][]float64) {
	if c.Model != ExpectationNegBinomial {
		c.counts = newest(counts)
		return
	}
	excess, variance := scaled(counts, 0), scaled(counts, 0)
	for i, row := range counts {
		for j, y := range row {
			mu := c.table.Baseline[i][j]
			w := 1 + mu/c.table.Size
			excess[i][j], variance[i][j] = (y-mu)/w, mu/w
		}
	}
	c.counts, c.variance = newest(excess), newest(variance)
}

// sum adds up a row over a zone.
func sum(row []float64, z Zone) float64 {
	var s float64
	for _, p := range z {
		s += row[p]
	}
	return s
}

// score is the statistic of one zone and duration.
func (c *search) score(z Zone, d int) float64 {
	y := sum(c.counts[d], z)
	switch c.Model {
	case ExpectationNegBinomial:
		if v := sum(c.variance[d], z); v > 0 {
			return math.Max(0, y/math.Sqrt(v))
		}
		return 0
	case Binomial:
		return binomialRatio(y, sum(c.population[d], z), c.total, c.people)
	}
	b := sum(c.baseline[d], z)
	if y <= b {
		return 0
	}
	if c.Model == ExpectationPoisson {
		return y*math.Log(y/b) + b - y
	}
	return ylog(y, b) + ylog(c.total-y, c.total-b)
}

// ylog is y*log(y/b), 0 without cases.
func ylog(y, b float64) float64 {
	if y <= 0 {
		return 0
	}
	return y * math.Log(y/b)
}

// binomialRatio is the log-likelihood ratio of a higher share inside: y cases
// among n people, out of all cases among all people.
func binomialRatio(y, n, cases, people float64) float64 {
	rest, others := cases-y, people-n
	if n <= 0 || others <= 0 || y/n <= rest/others {
		return 0
	}
	return ylog(y, n) + ylog(n-y, n) + ylog(rest, others) + ylog(others-rest, others) -
		ylog(cases, people) - ylog(people-cases, people)
}

// clusters scores everything and keeps what is in excess.
func (c *search) clusters() []Cluster {
	var found []Cluster
	for _, z := range c.zones {
		for d := range c.Longest {
			s := c.score(z, d)
			if !(s > 0) {
				continue
			}
			found = append(found, Cluster{Zone: z, Duration: d + 1, Score: s, PValue: math.NaN(), Gumbel: math.NaN()})
		}
	}
	slices.SortStableFunc(found, func(a, b Cluster) int { return cmp.Compare(b.Score, a.Score) })
	observed := newest(c.table.Counts)
	for i := range found {
		f := &found[i]
		f.Observed = sum(observed[f.Duration-1], f.Zone)
		f.Expected = sum(c.baseline[f.Duration-1], f.Zone)
		f.Inside = f.Observed / f.Expected
		f.Outside = math.NaN()
		if c.Model == PopulationPoisson || c.Model == Permutation || c.Model == Binomial {
			f.Outside = (c.total - f.Observed) / (c.total - f.Expected)
		}
	}
	return found
}

// highest is the highest score of all zones and durations.
func (c *search) highest() float64 {
	top := 0.0
	for _, z := range c.zones {
		for d := range c.Longest {
			if s := c.score(z, d); s > top {
				top = s
			}
		}
	}
	return top
}
