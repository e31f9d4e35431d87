package renewal

import (
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// AdaptParams are the settings of [Adapt].
type AdaptParams struct {
	// HalfLife is after how many days a report counts half in what is learnt
	// of the delays.
	HalfLife float64
	// Trust is how many independent reports one report is worth: below 1, as
	// reports come in batches.
	Trust float64
	// Prior is how many reports the delays of all time are worth beside the
	// newest ones.
	Prior float64
	// Drift is how far the odds of a late report may have moved since, as a
	// standard deviation of their logarithm common to all delays.
	Drift float64
	// Alpha is the probability outside the interval.
	Alpha float64
	// Draws of the delays, and of the counts, from Stream.
	Draws  int
	Stream stat.Stream
}

// DefaultAdapt were settled on line lists of Ebola in Sierra Leone 2014, MERS
// in Korea 2015 and influenza A(H7N9) in China 2013.
func DefaultAdapt() AdaptParams {
	return AdaptParams{HalfLife: 4, Trust: 0.3, Prior: 5, Drift: 1, Alpha: 0.05, Draws: 150, Stream: stat.NewStream(1, "adapt")}
}

// Adapt is a nowcast that follows delays that change and lets neighbouring
// days help each other. Three things are estimated together:
//
//   - the share of a day's reports that is in by now, from reverse-time hazards
//     (Lawless 1994) in which older reports count less, with the error that so
//     few reports leave;
//   - the level of the epidemic, a random walk of its logarithm, by the forward
//     and backward passes of a hidden Markov model on a grid;
//   - how far the level moves a day and how much single days scatter about it,
//     by averaging over a few values in proportion to their likelihood.
//
// Median and interval are those of seen plus what is still to come. The error
// is Invalid for settings that cannot be and triangles that are too short.
func Adapt(tr series.Triangle, p AdaptParams) ([]Nowcast, error) {
	const most = 10_000
	if !(p.HalfLife > 0) || !(p.Trust > 0) || !(p.Prior > 0) || !(p.Drift >= 0) || !(p.Alpha > 0 && p.Alpha < 1) || p.Draws < 1 || p.Draws > most {
		return nil, fault.New(fault.Invalid, "an adaptive nowcast needs a half-life, trust and prior above 0, alpha between 0 and 1, and 1 to %d draws", most)
	}
	if tr.Days() == 0 || tr.Longest() < 1 || tr.Days() <= tr.Longest() {
		return nil, fault.New(fault.Invalid, "the %d days of the triangle must be more than its longest delay, which must be above 0", tr.Days())
	}
	a := newAdapter(tr, p)
	for _, scatter := range []float64{1.05, 2, 4} {
		emission := a.emissions(scatter)
		for _, walk := range []float64{0.07, 0.15, 0.3} {
			a.fit(emission, walk, scatter)
		}
	}
	return a.nowcasts(tr.First), nil
}

// adapter holds the pieces of one nowcast.
type adapter struct {
	AdaptParams
	seen   []float64
	shares [][]float64 // by draw and age of the day
	grid   []float64   // log levels
	models []levelModel
}

// levelModel is one pair of walk and scatter.
type levelModel struct {
	scatter       float64
	logLikelihood float64
	posterior     [][]float64 // by day and level
}

func newAdapter(tr series.Triangle, p AdaptParams) *adapter {
	a := &adapter{AdaptParams: p}
	top := 1.0
	for t := range tr.Counts {
		a.seen = append(a.seen, tr.Seen(t))
		top = math.Max(top, a.seen[t])
	}
	a.shares = a.drawShares(tr)
	const levels = 90
	a.grid = even(math.Log(0.05), math.Log(20*top+20), levels)
	return a
}

// drawShares draws the share of reports that is in after 0, 1, ... days. Each
// draw forgets at a pace of its own, about HalfLife, as nobody knows how fast
// the delays change.
func (a *adapter) drawShares(tr series.Triangle) [][]float64 {
	paces := []float64{0.5, 1, 2, 4}
	learnt := make([]hazards, len(paces))
	for i, pace := range paces {
		learnt[i] = a.hazards(tr, pace*a.HalfLife)
	}
	shares := make([][]float64, a.Draws)
	for i := range shares {
		stream := a.Stream.With(uint64(i))
		h := learnt[i%len(learnt)]
		shift := math.Exp(a.Drift * stream.Norm())
		share := make([]float64, tr.Longest()+1)
		share[tr.Longest()] = 1
		for d := tr.Longest(); d > 0; d-- {
			g := stream.Beta(h.alpha[d], h.beta[d])
			share[d-1] = share[d] * (1 - g) / (1 - g + g*shift)
		}
		shares[i] = share
	}
	return shares
}

// hazards are the parameters of the beta distributed reverse-time hazards.
type hazards struct{ alpha, beta []float64 }

// hazards learns the delays with a half-life.
func (a *adapter) hazards(tr series.Triangle, halfLife float64) hazards {
	longest, last, begin := tr.Longest(), tr.Days()-1, regular(tr)
	h := hazards{make([]float64, longest+1), make([]float64, longest+1)}
	for d := 1; d <= longest; d++ {
		var exactly, within, ever, everWithin float64
		for t := begin; t+d <= last; t++ {
			var upTo float64
			for y := 0; y <= d; y++ {
				upTo += tr.Counts[t][y]
			}
			w := math.Exp2(-float64(last-t-d) / halfLife)
			exactly += w * tr.Counts[t][d]
			within += w * upTo
			ever += tr.Counts[t][d]
			everWithin += upTo
		}
		usual := (ever + 0.5) / (everWithin + 1 + float64(d))
		h.alpha[d] = a.Trust*exactly + a.Prior*usual
		h.beta[d] = a.Trust*(within-exactly) + a.Prior*(1-usual)
	}
	return h
}

// regular is the first day of events whose short delays could be seen: the day
// by which the first few reports had come in. Events before it can only show
// long delays, as nobody reported earlier, and would teach that all delays are
// long.
func regular(tr series.Triangle) int {
	reports, total := make([]float64, tr.Days()), 0.0
	for t, row := range tr.Counts {
		for d, n := range row {
			if n > 0 && t+d < len(reports) {
				reports[t+d] += n
				total += n
			}
		}
	}
	const few, fewShare = 3, 0.02
	sum := 0.0
	for day, n := range reports {
		if sum += n; sum >= math.Max(few, fewShare*total) {
			return day
		}
	}
	return len(reports)
}

// share is the drawn share of day t that is in.
func (a *adapter) share(draw, t int) float64 {
	age := min(len(a.seen)-1-t, len(a.shares[draw])-1)
	return math.Max(a.shares[draw][age], 1e-6)
}

// likelihood is the chance of what is seen of day t at a level, for one draw
// of the delays: negative binomial, the scatter shrinking with the share.
func (a *adapter) likelihood(t, draw int, level, scatter float64) float64 {
	share := a.share(draw, t)
	mean, over := math.Exp(level)*share, (scatter-1)*share
	n, size := a.seen[t], mean/over
	return math.Exp(lgamma(n+size) - lgamma(size) - lgamma(n+1) - size*math.Log1p(over) + n*math.Log(over/(1+over)))
}

// emissions are the likelihoods of every day and level, averaged over the
// draws of the delays.
func (a *adapter) emissions(scatter float64) [][]float64 {
	out := make([][]float64, len(a.seen))
	for t := range out {
		out[t] = make([]float64, len(a.grid))
		draws := a.Draws
		if a.complete(t) {
			draws = 1
		}
		for i, level := range a.grid {
			for j := range draws {
				out[t][i] += a.likelihood(t, j, level, scatter) / float64(draws)
			}
		}
	}
	return out
}

// complete reports whether all of day t is in, whatever the delays.
func (a *adapter) complete(t int) bool { return len(a.seen)-1-t >= len(a.shares[0])-1 }

// fit adds one model, unless nothing of it is near what was seen.
func (a *adapter) fit(emission [][]float64, walk, scatter float64) {
	if posterior, likely, ok := smoothed(emission, kernel(a.grid, walk)); ok {
		a.models = append(a.models, levelModel{scatter, likely, posterior})
	}
}

// nowcasts draws each day's count from the averaged models.
func (a *adapter) nowcasts(first civil.Day) []Nowcast {
	best := math.Inf(-1)
	for _, m := range a.models {
		best = math.Max(best, m.logLikelihood)
	}
	weights := make([]float64, len(a.models))
	for i, m := range a.models {
		weights[i] = math.Exp(m.logLikelihood - best)
	}
	out := make([]Nowcast, len(a.seen))
	const draws = 1000
	counts := make([]float64, draws)
	for t := range out {
		out[t] = Nowcast{Day: first + civil.Day(t), Seen: a.seen[t], Median: a.seen[t], Low: a.seen[t], High: a.seen[t]}
		if len(a.models) == 0 || a.complete(t) {
			continue
		}
		stream := a.Stream.With(uint64(a.Draws + t))
		for i := range counts {
			counts[i] = a.seen[t] + a.toCome(t, weights, &stream)
		}
		slices.Sort(counts)
		at := func(p float64) float64 { return counts[min(draws-1, int(p*draws))] }
		out[t].Median, out[t].Low, out[t].High = at(0.5), at(a.Alpha/2), at(1-a.Alpha/2)
	}
	return out
}

// toCome draws what is still to come of day t.
func (a *adapter) toCome(t int, weights []float64, stream *stat.Stream) float64 {
	m := a.models[pick(weights, stream)]
	level := a.grid[pick(m.posterior[t], stream)]
	fits := make([]float64, a.Draws)
	for j := range fits {
		fits[j] = a.likelihood(t, j, level, m.scatter)
	}
	missing := 1 - a.share(pick(fits, stream), t)
	mean := math.Exp(level) * missing
	return float64(stream.NegBinomial(mean, mean/(m.scatter-1)))
}

// pick draws an index in proportion to weights.
func pick(weights []float64, stream *stat.Stream) int {
	var total float64
	for _, w := range weights {
		total += w
	}
	u := stream.Float64() * total
	for i, w := range weights {
		if u -= w; u < 0 {
			return i
		}
	}
	return len(weights) - 1
}
