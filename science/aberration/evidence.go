package aberration

import (
	"math"
	"sort"

	"github.com/breakwater-eoc/breakwater/science/series"
)

// outbreakShare is how the cases of an outbreak that is not yet over spread
// over its first counts.
var outbreakShare = [...]float64{0.5, 0.3, 0.2}

// outbreakSizes are the likely sizes of an outbreak, in standard deviations of
// a single count; all equally likely, and of two cases at least.
var outbreakSizes = [...]float64{1, 2, 4, 8, 16}

const leastOutbreak = 2

// evidence holds the likelihood ratios of the newest counts, newest first.
type evidence struct {
	weeks []evidenceWeek
	// unit is how many cases one entry of the tables stands for.
	unit float64
	// trials are the pairs of earlier counts that may have been when nothing
	// happens.
	trials []trial
}

// trial is a pair of earlier counts, with its probability.
type trial struct {
	p float64
	slice
}

// evidenceWeek is the ratios of one count, for every number of cases from low
// on.
type evidenceWeek struct {
	mean float64
	low  int
	// null is the probability of each number when nothing happens, upper that
	// of at least it.
	null, upper []float64
	logNull     []float64
	// rise[a][k] are the ratios if an outbreak of size k began a counts before
	// the newest one; nil where it began later than this count.
	rise [][][]float64
	seen float64
	// nodes are numbers that stand for slices of the distribution, with their
	// probabilities.
	nodes []node
}

type node struct {
	index int
	p     float64
}

// evidence looks at the newest counts up to place t.
func (m learnt) evidence(s series.Series, rows [][]float64, t int) evidence {
	mean, phi := m.predict(rows[t])
	e := evidence{unit: unitOf(mean, phi)}
	mean, phi = mean/e.unit, phi/e.unit
	sd := math.Sqrt(phi * mean)
	for j := range outbreakShare {
		if t-j < 0 || math.IsNaN(s.Counts[t-j]) {
			break
		}
		mean, phi := m.predict(rows[t-j])
		mean, phi = mean/e.unit, phi/e.unit
		w := newWeek(mean, phi, math.Floor(s.Counts[t-j]/e.unit))
		w.rise = make([][][]float64, len(outbreakShare))
		for a := j; a < len(outbreakShare); a++ {
			w.rise[a] = make([][]float64, len(outbreakSizes))
			for k, size := range outbreakSizes {
				w.rise[a][k] = w.ratios(phi, math.Max(leastOutbreak/e.unit, size*sd)*outbreakShare[a-j])
			}
		}
		if j > 0 {
			w.nodes = w.slices()
		}
		e.weeks = append(e.weeks, w)
	}
	e.trials = e.tried()
	return e
}

// tried prepares every pair of earlier counts.
func (e evidence) tried() []trial {
	one := []node{{0, 1}}
	first, second := one, one
	if len(e.weeks) > 1 {
		first = e.weeks[1].nodes
	}
	if len(e.weeks) > 2 {
		second = e.weeks[2].nodes
	}
	all := make([]trial, 0, len(first)*len(second))
	for _, n1 := range first {
		known := make([]float64, len(e.weeks[0].null))
		for _, n2 := range second {
			all = append(all, trial{n1.p * n2.p, e.prepare(n1.index, n2.index, known)})
		}
	}
	return all
}

// unitOf keeps the tables short for large and scattered counts: scaled down by
// a unit, the variance stays a multiple of the mean, smaller by the unit.
func unitOf(mean, phi float64) float64 {
	const entries = 4000
	return math.Max(1, math.Min(math.Floor(phi), math.Floor(reach(mean, phi)/entries)))
}

// reach is how far above the mean a table goes: nine standard deviations and,
// for the geometric tail of scattered counts, 25 dispersions.
func reach(mean, phi float64) float64 { return 9*math.Sqrt(phi*mean) + 25*phi }

// newWeek tabulates a negative binomial count of a mean and variance phi*mean.
func newWeek(mean, phi, seen float64) evidenceWeek {
	w := evidenceWeek{mean: mean, seen: seen}
	const most = 20_000
	up := math.Min(reach(mean, phi), most/2)
	w.low = int(math.Max(0, math.Floor(mean-math.Min(9*math.Sqrt(phi*mean), most/2))))
	n := int(mean+up) + 10 - w.low
	w.null = make([]float64, n)
	w.logNull = negBinLogs(w.low, n, mean, phi)
	w.upper = make([]float64, n+1)
	for i := n - 1; i >= 0; i-- {
		w.null[i] = math.Exp(w.logNull[i])
		w.upper[i] = w.upper[i+1] + w.null[i]
	}
	return w
}

// leastDispersion keeps the negative binomial size finite.
const leastDispersion = 1.001

// negBinLogs are log probabilities of low, low+1, ... under a mean and a
// variance of phi*mean.
func negBinLogs(low, n int, mean, phi float64) []float64 {
	phi = math.Max(phi, leastDispersion)
	size := mean / (phi - 1)
	q := 1 - 1/phi
	y := float64(low)
	out := make([]float64, n)
	a, _ := math.Lgamma(y + size)
	b, _ := math.Lgamma(size)
	c, _ := math.Lgamma(y + 1)
	logP := a - b - c - size*math.Log(phi) + y*math.Log(q)
	for i := range out {
		out[i] = logP
		logP += math.Log((y + size) / (y + 1) * q)
		y++
	}
	return out
}

// ratios are the likelihood ratios of extra cases against none. The dispersion
// stays the same, so that the ratio rises with the count however large it is.
func (w evidenceWeek) ratios(phi, extra float64) []float64 {
	logs := negBinLogs(w.low, len(w.null), w.mean+extra, phi)
	for i := range logs {
		logs[i] = math.Exp(logs[i] - w.logNull[i])
	}
	return logs
}

// slices cuts the distribution into pieces: each number on its own where there
// are few, equally likely ones otherwise.
func (w evidenceWeek) slices() []node {
	const most, negligible = 24, 1e-7
	var exact []node
	for i, p := range w.null {
		if p > negligible {
			exact = append(exact, node{i, p})
		}
	}
	if len(exact) <= most {
		return exact
	}
	out := make([]node, 0, most)
	i := 0
	for k := range most {
		level := 1 - (float64(k)+0.5)/most
		for i+1 < len(w.null) && w.upper[i+1] >= level {
			i++
		}
		out = append(out, node{i, 1.0 / most})
	}
	return out
}

// ratio is the averaged likelihood ratio if the newest count were y units, with
// the earlier ones as they were.
func (e evidence) ratio(y float64) float64 {
	w := &e.weeks[0]
	f := e.prepare(e.seenIndex(1), e.seenIndex(2), make([]float64, len(w.null)))
	return f.at(w.index(y))
}

// index is the entry of a number of units, the nearest there is.
func (w evidenceWeek) index(y float64) int {
	return int(math.Min(math.Max(y-float64(w.low), 0), float64(len(w.null)-1)))
}

func (e evidence) seenIndex(j int) int {
	if j >= len(e.weeks) {
		return 0
	}
	return e.weeks[j].index(e.weeks[j].seen)
}

// slice is the averaged ratio as a function of the newest count alone.
type slice struct {
	week  *evidenceWeek
	coef  [len(outbreakShare)][len(outbreakSizes)]float64
	begin int // how many beginnings the counts can tell apart
	// known are the sums over the beginnings before apart, by index, as far as
	// they were asked for; 0 where not. Slices that differ in the earliest count
	// alone share them.
	known []float64
}

// apart is the first beginning that the earliest count bears on.
const apart = 2

// prepare fixes the indices of the earlier counts.
func (e evidence) prepare(i1, i2 int, known []float64) slice {
	f := slice{week: &e.weeks[0], begin: len(e.weeks), known: known}
	for a := range f.begin {
		for k := range outbreakSizes {
			c := 1 / float64(f.begin*len(outbreakSizes))
			if a >= 1 {
				c *= e.weeks[1].rise[a][k][i1]
			}
			if a >= apart {
				c *= e.weeks[2].rise[a][k][i2]
			}
			f.coef[a][k] = c
		}
	}
	return f
}

func (f *slice) at(i int) float64 {
	if f.known[i] == 0 {
		f.known[i] = f.add(0, i, 0, min(apart, f.begin))
	}
	return f.add(f.known[i], i, apart, f.begin)
}

// add adds to a sum what outbreaks of some beginnings bring.
func (f *slice) add(sum float64, i, from, to int) float64 {
	for a := from; a < to; a++ {
		for k, rise := range f.week.rise[a] {
			sum += f.coef[a][k] * rise[i]
		}
	}
	return sum
}

// tail is the chance that the newest count brings the ratio above a level, with
// half the chance that it brings it just there. The ratio rises with the count.
func (f *slice) tail(level float64) float64 {
	const same = 1e-9
	low, high := -1, len(f.week.null)
	for high-low > 1 {
		mid := (low + high) / 2
		if f.at(mid) > level*(1+same) {
			high = mid
		} else {
			low = mid
		}
	}
	p := f.week.upper[high]
	for i := low; i >= 0 && f.at(i) >= level*(1-same); i-- {
		p += f.week.null[i] / 2
	}
	return p
}

// pValue is the chance of a ratio above the level when nothing happens.
func (e evidence) pValue(level float64) float64 {
	var p float64
	for k := range e.trials {
		p += e.trials[k].p * e.trials[k].tail(level)
	}
	return math.Min(1, p)
}

// bound is the largest newest count that is not below the level of alarm, NaN
// where even none would alarm. It lies near the count that alone is as rare as
// that, from where it is looked for in steps that grow, and then halved.
func (e evidence) bound(alpha float64) float64 {
	w := &e.weeks[0]
	low, high := -1, len(w.null)
	at := sort.Search(high-1, func(i int) bool { return w.upper[i] < alpha })
	for step := 1; high-low > 1; step *= 2 {
		if e.pValue(e.ratio(float64(at+w.low))) < alpha {
			high = at
		} else {
			low = at
		}
		switch {
		case low < 0:
			at = max(high-step, 0)
		case high == len(w.null):
			at = min(low+step, high-1)
		default:
			at = (low + high) / 2
		}
	}
	if low < 0 {
		return math.NaN()
	}
	return float64(low+w.low)*e.unit + e.unit - 1
}
