package renewal

import (
	"math"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Nowcast is the count of one day when all its reports will be in.
type Nowcast struct {
	Day civil.Day
	// Seen has come in so far; Median, Low and High are the median and the
	// central interval of what the day will have, NaN where the method has
	// none.
	Seen, Median, Low, High float64
	// Draws are what the day may have, in no order, from [Adaptive] alone; nil
	// for a day that is complete. The same draw of several days belongs to one
	// view of the delays.
	Draws []float64
}

// Method names a nowcast.
type Method string

const (
	// Lawless divides by the share that is reported by now, estimated from
	// reverse-time hazards, with a normal interval (Lawless 1994).
	Lawless Method = "lawless"
	// Truncated is the Bayesian counterpart with a negative binomial prior for
	// the day's count (Höhle and an der Heiden 2014).
	Truncated Method = "bayes.trunc"
	// Untruncated takes the delays that were seen for all there are, which is
	// biased towards short ones; kept for comparison.
	Untruncated Method = "bayes.notrunc"
	// UntruncatedExact is Untruncated without prior for the count, in closed
	// form.
	UntruncatedExact Method = "bayes.notrunc.bnb"
	// Uniform knows nothing but a largest count; kept for comparison.
	Uniform Method = "unif"
	// Adaptive follows delays that change and lets neighbouring days help each
	// other; see [Adapt]. It uses Alpha and Stream only.
	Adaptive Method = "adaptive"
)

// NowcastParams are the settings of [NowcastTriangle].
type NowcastParams struct {
	// Window is how many days of events before now the delays are learnt
	// from, 0 for all.
	Window int
	// ByReport counts the window back from each delay's newest day, as in the
	// paper of Lawless; otherwise it is the same for every delay.
	ByReport bool
	// Alpha is the probability outside the interval.
	Alpha float64
	// Most is the largest count that is considered.
	Most int
	// Concentration of the Dirichlet prior of the delays.
	Concentration float64
	// PriorMean and PriorVariance describe a day's count before any report.
	PriorMean, PriorVariance float64
	// Draws of the delay distribution, from Stream.
	Draws  int
	Stream stat.Stream
	Mode   Mode
}

// Mode chooses between the paper and the reference implementation (R
// surveillance 1.20.3) where the two differ.
type Mode int

const (
	// Correct does what the paper says.
	Correct Mode = iota
	// Compat agrees with the reference, defects included.
	Compat
)

// DefaultNowcast are the defaults of R surveillance, with a prior count of mean
// 50 and variance 3,000.
func DefaultNowcast() NowcastParams {
	return NowcastParams{Alpha: 0.05, Most: 300, Concentration: 0.1, PriorMean: 50, PriorVariance: 3000, Draws: 1000,
		Stream: stat.NewStream(1, "nowcast")}
}

// NowcastTriangle returns the nowcast of every day of a triangle, oldest
// first. The error is Invalid for an unknown method or settings that cannot be.
func NowcastTriangle(tr series.Triangle, m Method, p NowcastParams) ([]Nowcast, error) {
	if err := p.check(tr); err != nil {
		return nil, err
	}
	d := delaysOf(tr, p)
	var cdf func(t int) []float64
	switch m {
	case Lawless:
		cdf = d.lawless
	case Truncated:
		cdf = d.bayes(d.posterior())
	case Untruncated:
		cdf = d.bayes(d.seenPosterior())
	case UntruncatedExact:
		cdf = d.exact
	case Uniform:
		cdf = d.uniform
	case Adaptive:
		settled := DefaultAdapt()
		settled.Alpha, settled.Stream = p.Alpha, p.Stream
		return Adapt(tr, settled)
	default:
		return nil, fault.New(fault.Invalid, "no nowcast is called %q", m)
	}
	out := make([]Nowcast, tr.Days())
	for t := range out {
		out[t] = Nowcast{Day: tr.First + civil.Day(t), Seen: d.seen[t]}
		out[t].read(cdf(t), p)
	}
	return out, nil
}

// check refuses settings that cannot be, and triangles that are too short.
func (p NowcastParams) check(tr series.Triangle) error {
	const most = 100_000
	if !(p.Alpha > 0 && p.Alpha < 1) || p.Most < 1 || p.Most > most || p.Window < 0 || !(p.Concentration > 0) {
		return fault.New(fault.Invalid, "a nowcast needs alpha between 0 and 1, a largest count from 1 to %d, a window from 0 up and a prior weight above 0", most)
	}
	if !(p.PriorMean > 0) || !(p.PriorVariance > p.PriorMean) || p.Draws < 1 || p.Draws > most {
		return fault.New(fault.Invalid, "the prior count needs a mean above 0 and a larger variance, and 1 to %d draws", most)
	}
	if tr.Days() == 0 || tr.Longest() < 1 || tr.Days() <= tr.Longest() {
		return fault.New(fault.Invalid, "the %d days of the triangle must be more than its longest delay, which must be above 0", tr.Days())
	}
	return nil
}

// read takes median and interval from the distribution function.
func (n *Nowcast) read(cdf []float64, p NowcastParams) {
	first := func(level float64) float64 {
		for k, v := range cdf {
			if v > level {
				return float64(k)
			}
		}
		if p.Mode == Compat {
			return 0 // the reference takes no hit for the first one
		}
		return math.NaN()
	}
	n.Median, n.Low, n.High = first(0.5), first(p.Alpha/2), first(1-p.Alpha/2)
}

// delays is what the triangle says about them: how many reports had exactly
// delay x, and how many had at most x among the days that could show it.
type delays struct {
	NowcastParams
	longest, last int
	seen          []float64
	exactly       []float64
	within        []float64
}

func delaysOf(tr series.Triangle, p NowcastParams) delays {
	d := delays{NowcastParams: p, longest: tr.Longest(), last: tr.Days() - 1}
	if d.Window == 0 {
		d.Window = d.last
	}
	for t := range tr.Counts {
		d.seen = append(d.seen, tr.Seen(t))
	}
	for x := range d.longest + 1 {
		from := d.last - d.Window
		if p.ByReport {
			from -= x
		}
		var exactly, within float64
		for t := max(0, from); t <= d.last-x; t++ {
			exactly += tr.Counts[t][x]
			for y := 0; y <= x; y++ {
				within += tr.Counts[t][y]
			}
		}
		d.exactly = append(d.exactly, exactly)
		d.within = append(d.within, within)
	}
	return d
}

// DelayCounts returns what the delays of a triangle are learnt from: the
// reports of exactly each delay, and those of at most it, among the days of the
// window that could show it (Lawless 1994, equations 2.7 and 2.8).
func DelayCounts(tr series.Triangle, p NowcastParams) (exactly, within []float64, err error) {
	if err := p.check(tr); err != nil {
		return nil, nil, err
	}
	d := delaysOf(tr, p)
	return d.exactly, d.within, nil
}

// ReportedShare returns the expected share of a day's reports that is in after
// 0, 1, 2, ... days, under [Lawless], [Truncated] or [Untruncated].
func ReportedShare(tr series.Triangle, m Method, p NowcastParams) ([]float64, error) {
	if err := p.check(tr); err != nil {
		return nil, err
	}
	d := delaysOf(tr, p)
	hazard := d.hazard
	var a, b []float64
	switch m {
	case Lawless:
	case Truncated:
		a, b = d.posterior()
	case Untruncated:
		a, b = d.seenPosterior()
	default:
		return nil, fault.New(fault.Invalid, "the nowcast %q has no delay distribution of its own", m)
	}
	if a != nil {
		hazard = func(x int) float64 { return a[x] / (a[x] + b[x]) }
	}
	share := make([]float64, d.longest+1)
	share[d.longest] = 1
	for x := d.longest; x > 0; x-- {
		share[x-1] = share[x] * (1 - hazard(x))
	}
	return share, nil
}

// hazard is the reverse-time hazard of delay x, 0 without data (Lawless 1994,
// equation 2.9).
func (d delays) hazard(x int) float64 {
	if x == 0 {
		return 1
	}
	if d.within[x] == 0 {
		return 0
	}
	return d.exactly[x] / d.within[x]
}

// reported is the estimated share of a day's reports that is in by now.
func (d delays) reported(t int) float64 {
	share := 1.0
	for x := d.last - t + 1; x <= d.longest; x++ {
		share *= 1 - d.hazard(x)
	}
	return share
}

// lawless is a normal distribution about seen/share, cut below what is seen.
func (d delays) lawless(t int) []float64 {
	share, n := d.reported(t), d.seen[t]
	mean := n / share
	variance := n * (1 - share) / (share * share)
	if d.Mode == Correct {
		variance += n * (n + 1) * d.shareError(t) / (share * share)
	}
	cdf := make([]float64, d.Most+1)
	if !(variance > 0) {
		for k := range cdf {
			if float64(k) >= mean {
				cdf[k] = 1
			}
		}
		return cdf
	}
	sd := math.Sqrt(variance)
	at := stat.NormalCDF((n - mean) / sd)
	for k := range cdf {
		if float64(k) < n {
			continue
		}
		below := stat.NormalCDF((float64(k) - mean) / sd)
		if d.Mode == Correct {
			below -= at
		}
		cdf[k] = below / (1 - at)
	}
	return cdf
}

// shareError is the relative variance of the reported share (Lawless 1994,
// equation 2.15, over the squared share). The reference computes it and drops
// it.
func (d delays) shareError(t int) float64 {
	var sum float64
	for x := d.last - t + 1; x <= d.longest; x++ {
		g := d.hazard(x)
		if v := g / (d.within[x] * (1 - g)); !math.IsNaN(v) && !math.IsInf(v, 0) {
			sum += v
		}
	}
	return sum
}

// posterior returns the parameters of the beta distributed reverse-time
// hazards of the delays, index 0 for the shortest; that of delay 0 is not used.
func (d delays) posterior() (a, b []float64) {
	a, b = make([]float64, d.longest+1), make([]float64, d.longest+1)
	for x := 1; x <= d.longest; x++ {
		a[x] = d.Concentration + d.exactly[x]
		b[x] = d.Concentration*float64(x) + d.within[x] - d.exactly[x]
	}
	return a, b
}

// seenPosterior is the posterior that ignores truncation.
func (d delays) seenPosterior() (a, b []float64) {
	a, b = make([]float64, d.longest+1), make([]float64, d.longest+1)
	shorter := d.exactly[0]
	for x := 1; x <= d.longest; x++ {
		a[x] = d.Concentration + d.exactly[x]
		b[x] = d.Concentration*float64(x) + shorter
		shorter += d.exactly[x]
	}
	return a, b
}

// bayes averages, over draws of the hazards, the posterior of the count: given
// the reported share F, what is still to come is negative binomial with size
// size+seen and failure probability (1-F)*mean/(mean+size).
func (d delays) bayes(a, b []float64) func(t int) []float64 {
	size := d.PriorMean * d.PriorMean / (d.PriorVariance - d.PriorMean)
	shares := make([][]float64, d.Draws) // by draw and days since the event
	for i := range shares {
		stream := d.Stream.With(uint64(i))
		share := make([]float64, d.longest+1)
		share[d.longest] = 1
		for x := d.longest; x > 0; x-- {
			share[x-1] = share[x] * (1 - stream.Beta(a[x], b[x]))
		}
		shares[i] = share
	}
	return func(t int) []float64 {
		n := d.seen[t]
		cdf := make([]float64, d.Most+1)
		age := d.last - t
		if age > d.longest {
			age = d.longest
		}
		for _, share := range shares {
			q := (1 - share[age]) * d.PriorMean / (d.PriorMean + size)
			addNegBinomial(cdf, n, n+size, q)
		}
		return cumulate(cdf)
	}
}

// addNegBinomial adds to pmf the probabilities of n plus a negative binomial
// number of the size, whose failures have probability q; they add up to 1 over
// the range of pmf.
func addNegBinomial(pmf []float64, n, size, q float64) {
	first := int(n)
	if first >= len(pmf) {
		return
	}
	p := make([]float64, len(pmf)-first)
	logP, sum := size*math.Log1p(-q), 0.0
	for k := range p {
		p[k] = math.Exp(logP)
		sum += p[k]
		logP += math.Log(q * (size + float64(k)) / float64(k+1))
	}
	for k, v := range p {
		if sum > 0 {
			pmf[first+k] += v / sum
		}
	}
}

// cumulate turns weights into a distribution function, in place.
func cumulate(pmf []float64) []float64 {
	var total, sum float64
	for _, v := range pmf {
		total += v
	}
	for k, v := range pmf {
		sum += v
		pmf[k] = sum / total
	}
	return pmf
}

// exact is beta negative binomial: the share is beta distributed.
func (d delays) exact(t int) []float64 {
	pmf := make([]float64, d.Most+1)
	n, age := d.seen[t], d.last-t
	if age >= d.longest {
		if int(n) <= d.Most {
			pmf[int(n)] = 1
		}
		return cumulate(pmf)
	}
	var a, b float64
	for x := range d.longest + 1 {
		if x <= age {
			a += d.Concentration + d.exactly[x]
		} else {
			b += d.Concentration + d.exactly[x]
		}
	}
	for k := int(n); k <= d.Most; k++ {
		more := float64(k) - n
		pmf[k] = math.Exp(lgamma(n+1+a) + lgamma(more+b) + lgamma(n+1+more) + lgamma(a+b) -
			lgamma(n+1+more+a+b) - lgamma(n+1) - lgamma(more+1) - lgamma(a) - lgamma(b))
	}
	var sum float64
	for k := range pmf { // not brought to 1: what lies beyond Most is lost
		sum += pmf[k]
		pmf[k] = sum
	}
	return pmf
}

func lgamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// uniform is even between what is seen and the largest count.
func (d delays) uniform(t int) []float64 {
	pmf := make([]float64, d.Most+1)
	for k := int(d.seen[t]); k <= d.Most; k++ {
		pmf[k] = 1
	}
	return cumulate(pmf)
}
