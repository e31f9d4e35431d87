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
	// Drift and Common are how far the odds of a late report may have moved
	// since, as standard deviations of their logarithm: Drift for each day of
	// events by itself, Common for all days alike.
	Drift, Common float64
	// Alpha is the probability outside the interval.
	Alpha float64
	// Draws of the delays under each view of them, from Stream.
	Draws  int
	Stream stat.Stream
}

// DefaultAdapt were settled on line lists of Ebola in Sierra Leone 2014, MERS
// in Korea 2015 and influenza A(H7N9) in China 2013: the least error, summed
// over the lists relative to no correction, among settings whose 95 % intervals
// held the truth in at least 97 % of each. Intervals are wide on purpose:
// outbreaks in which reporting itself changes are the ones that matter.
func DefaultAdapt() AdaptParams {
	return AdaptParams{HalfLife: 4, Trust: 0.6, Prior: 5, Drift: 1, Common: 0.7, Alpha: 0.05, Draws: 8, Stream: stat.NewStream(1, "adapt")}
}

// Adapt is a nowcast that follows delays that change and lets neighbouring
// days help each other. Three things are estimated together:
//
//   - the share of a day's reports that is in by now, from reverse-time hazards
//     (Lawless 1994) in which older reports count less, with the error that so
//     few reports leave. How fast the past is forgotten and how far lateness has
//     moved since are averaged over a few views, in proportion to how well each
//     explains what is seen of all days together;
//   - the level of the epidemic, a random walk of its logarithm, by the forward
//     and backward passes of a hidden Markov model on a grid;
//   - how far the level moves a day and how much single days scatter about it,
//     by averaging over a few values in proportion to their likelihood.
//
// Median and interval are those of seen plus what is still to come. The error
// is Invalid for settings that cannot be and triangles that are too short.
func Adapt(tr series.Triangle, p AdaptParams) ([]Nowcast, error) {
	const most = 10_000
	if !(p.HalfLife > 0) || !(p.Trust > 0) || !(p.Prior > 0) || !(p.Drift >= 0) || !(p.Common >= 0) || !(p.Alpha > 0 && p.Alpha < 1) || p.Draws < 1 || p.Draws > most {
		return nil, fault.New(fault.Invalid, "an adaptive nowcast needs a half-life, trust and prior above 0, alpha between 0 and 1, and 1 to %d draws", most)
	}
	if tr.Days() == 0 || tr.Longest() < 1 || tr.Days() <= tr.Longest() {
		return nil, fault.New(fault.Invalid, "the %d days of the triangle must be more than its longest delay, which must be above 0", tr.Days())
	}
	a := newAdapter(tr, p)
	for _, scatter := range []float64{1.05, 2, 4} {
		r := a.read(scatter)
		for _, walk := range []float64{0.07, 0.15, 0.3} {
			a.fit(r, walk)
		}
	}
	return a.nowcasts(tr.First), nil
}

// adapter holds the pieces of one nowcast. The days from open on wait for
// reports.
type adapter struct {
	AdaptParams
	seen   []float64
	open   int
	delays []delayView
	grid   []float64 // log levels
	models []levelModel
}

// delayView is one view of the delays, which holds for all days alike: how fast
// the past is forgotten, and how far lateness has moved since.
type delayView struct {
	logPrior float64
	shares   [][]float64 // by draw, the share that is in after 0, 1, ... days
}

// reading is what the counts say of the levels if they scatter so much.
type reading struct {
	scatter  float64
	complete [][]float64 // chance of what is seen, by complete day and level
	open     [][]waiting // by view and open day
}

// waiting is what is seen of an open day under one view of the delays.
type waiting struct {
	given  []float64 // chance of what is seen, by level and draw
	likely []float64 // its mean over the draws, by level
}

// levelModel is one walk, one reading and one view of the delays.
type levelModel struct {
	reading   *reading
	view      int
	logWeight float64
	posterior [][]float64 // by open day and level
}

func newAdapter(tr series.Triangle, p AdaptParams) *adapter {
	a := &adapter{AdaptParams: p, open: tr.Days() - tr.Longest()}
	top := 1.0
	for t := range tr.Counts {
		a.seen = append(a.seen, tr.Seen(t))
		top = math.Max(top, a.seen[t])
	}
	a.delays = a.views(tr)
	const levels = 90
	a.grid = even(math.Log(0.05), math.Log(20*top+20), levels)
	return a
}

// views are the delays as they may be: a few paces of forgetting about
// HalfLife, as nobody knows how fast delays change, and a few shifts of the
// odds of lateness. Within a view the hazards scatter as few reports let them.
func (a *adapter) views(tr series.Triangle) []delayView {
	var views []delayView
	for _, pace := range []float64{0.5, 1, 2, 4} {
		h := a.hazards(tr, pace*a.HalfLife)
		for _, z := range even(-1.6, 1.6, 5) {
			v := delayView{logPrior: -z * z / 2}
			stream := a.Stream.With(uint64(len(views)))
			for range a.Draws {
				v.shares = append(v.shares, h.draw(math.Exp(a.Common*z+a.Drift*stream.Norm()), &stream))
			}
			views = append(views, v)
		}
	}
	return views
}

// draw is the share of reports that is in after 0, 1, ... days, with the odds
// of lateness multiplied by shift.
func (h hazards) draw(shift float64, stream *stat.Stream) []float64 {
	longest := len(h.alpha) - 1
	share := make([]float64, longest+1)
	share[longest] = 1
	for d := longest; d > 0; d-- {
		g := stream.Beta(h.alpha[d], h.beta[d])
		share[d-1] = share[d] * (1 - g) / (1 - g + g*shift)
	}
	return share
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

// counted is what the chance of a number of reports depends on besides the share
// of reports that is in.
type counted struct {
	n, scatter float64
	sizes      []float64 // negative binomial, by level
	ways       []float64 // log of the number of ways, by level
}

func newCounted(n float64, grid []float64, scatter float64) counted {
	c := counted{n: n, scatter: scatter}
	ways := lgamma(n + 1)
	for _, level := range grid {
		size := math.Exp(level) / (scatter - 1)
		c.sizes = append(c.sizes, size)
		c.ways = append(c.ways, lgamma(n+size)-lgamma(size)-ways)
	}
	return c
}

// given writes the chance of the reports at each level when a share should be in:
// negative binomial about level times share, the scatter shrinking with the
// share, so that the size stays the same.
func (c counted) given(share float64, out []float64) {
	over := (c.scatter - 1) * share
	none, each := math.Log1p(over), c.n*math.Log(over/(1+over))
	for i, size := range c.sizes {
		out[i] = math.Exp(c.ways[i] - size*none + each)
	}
}

// shareIn is the drawn share of open day t that is in.
func (a *adapter) shareIn(view, draw, t int) float64 {
	return math.Max(a.delays[view].shares[draw][len(a.seen)-1-t], 1e-6)
}

// read works out what the counts say under a scatter.
func (a *adapter) read(scatter float64) *reading {
	r := &reading{scatter: scatter, complete: make([][]float64, a.open), open: make([][]waiting, len(a.delays))}
	for v := range r.open {
		r.open[v] = make([]waiting, len(a.seen)-a.open)
	}
	for t, seen := range a.seen {
		c := newCounted(seen, a.grid, scatter)
		if t < a.open {
			r.complete[t] = make([]float64, len(a.grid))
			c.given(1, r.complete[t])
			continue
		}
		for v := range r.open {
			r.open[v][t-a.open] = a.wait(c, v, t)
		}
	}
	return r
}

// wait reads open day t under a view of the delays.
func (a *adapter) wait(c counted, view, t int) waiting {
	levels := len(a.grid)
	w := waiting{given: make([]float64, levels*a.Draws), likely: make([]float64, levels)}
	for j := range a.Draws {
		c.given(a.shareIn(view, j, t), w.likely)
		for i, p := range w.likely {
			w.given[i*a.Draws+j] = p
		}
	}
	for i := range w.likely {
		w.likely[i] = series.Mean(a.draws(w, i))
	}
	return w
}

// draws are the chances of what is seen at a level, by draw.
func (a *adapter) draws(w waiting, level int) []float64 {
	return w.given[level*a.Draws : (level+1)*a.Draws]
}

// fit adds the models of one reading and walk. Those under which nothing is near
// what was seen are left out.
func (a *adapter) fit(r *reading, walk float64) {
	steps := newKernel(a.grid, walk)
	states, before, ok := filtered(unknown(len(a.grid)), r.complete, steps)
	if !ok {
		return
	}
	begin := spread(states[a.open-1], steps)
	for v, days := range r.open {
		emission := make([][]float64, len(days))
		for t, w := range days {
			emission[t] = w.likely
		}
		if posterior, likely, ok := smoothed(begin, emission, steps); ok {
			a.models = append(a.models, levelModel{r, v, before + likely + a.delays[v].logPrior, posterior})
		}
	}
}

// nowcasts draws each day's count from the averaged models.
func (a *adapter) nowcasts(first civil.Day) []Nowcast {
	best := math.Inf(-1)
	for _, m := range a.models {
		best = math.Max(best, m.logWeight)
	}
	weights := make([]float64, len(a.models))
	for i, m := range a.models {
		weights[i] = math.Exp(m.logWeight - best)
	}
	out := make([]Nowcast, len(a.seen))
	for t, seen := range a.seen {
		out[t] = Nowcast{Day: first + civil.Day(t), Seen: seen, Median: seen, Low: seen, High: seen}
	}
	const draws = 1000
	for i := 0; i < draws && len(a.models) > 0; i++ {
		stream := a.Stream.With(uint64(len(a.delays) + i))
		m := a.models[pick(weights, &stream)]
		for t := a.open; t < len(a.seen); t++ {
			out[t].Draws = append(out[t].Draws, a.seen[t]+a.toCome(m, t, &stream))
		}
	}
	for t := range out {
		out[t].summarise(a.Alpha)
	}
	return out
}

// summarise takes median and interval from the draws, where there are some.
func (n *Nowcast) summarise(alpha float64) {
	if n.Draws == nil {
		return
	}
	sorted := slices.Sorted(slices.Values(n.Draws))
	at := func(p float64) float64 { return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))] }
	n.Median, n.Low, n.High = at(0.5), at(alpha/2), at(1-alpha/2)
}

// toCome draws what is still to come of open day t under a model.
func (a *adapter) toCome(m levelModel, t int, stream *stat.Stream) float64 {
	level := pick(m.posterior[t-a.open], stream)
	draw := pick(a.draws(m.reading.open[m.view][t-a.open], level), stream)
	missing := 1 - a.shareIn(m.view, draw, t)
	mean := math.Exp(a.grid[level]) * missing
	return float64(stream.NegBinomial(mean, mean/(m.reading.scatter-1)))
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
