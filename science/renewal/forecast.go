package renewal

import (
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// ForecastParams are the settings of [Forecast].
type ForecastParams struct {
	// Days ahead, 1 to 28: further than that the past says nothing.
	Days int
	// Draws of the future, from Stream.
	Draws  int
	Stream stat.Stream
}

// DefaultForecast looks a week ahead.
func DefaultForecast() ForecastParams {
	return ForecastParams{Days: 7, Draws: 2000, Stream: stat.NewStream(1, "forecast")}
}

// Coming is the cases of one day to come: quantiles of their distribution.
type Coming struct {
	// Ahead counts days from the last one of the past, from 1.
	Ahead                        int
	Mean, Median                 float64
	Low, High                    float64 // 95 of 100 futures lie between, both included
	LowerQuartile, UpperQuartile float64
}

// Forecast draws the days to come from the renewal equation: the logarithm of
// the reproduction number goes on wandering as it did (see [Track]), new cases
// are negative binomial about R*Lambda with a variance that is a multiple of
// the mean, and those that are drawn infect on later days (Nouvellet and others
// 2018; the wandering R is that of Track). Pace of the wandering and scatter of
// the cases are averaged over a few values in proportion to how well each
// foretold the past, one day ahead.
//
// Nothing is assumed to be done that was not done before. No case is imported.
// The pasts are equally likely versions of the same days, such as draws of a
// nowcast; with more than one the futures are shared out among them. A past
// without any infectious case has none to come. The error is Invalid for no
// past, pasts of different or too many days, and settings that cannot be.
func Forecast(pasts []Incidence, generation Delay, p ForecastParams) ([]Coming, error) {
	const mostDays, mostDraws = 28, 100_000
	if p.Days < 1 || p.Days > mostDays || p.Draws < 1 || p.Draws > mostDraws {
		return nil, fault.New(fault.Invalid, "a forecast reaches 1 to %d days and takes 1 to %d draws; got %d and %d", mostDays, mostDraws, p.Days, p.Draws)
	}
	if len(pasts) == 0 {
		return nil, fault.New(fault.Invalid, "a forecast needs a past")
	}
	for _, past := range pasts {
		if len(past.Local) != len(pasts[0].Local) {
			return nil, fault.New(fault.Invalid, "the pasts of a forecast have %d and %d days", len(pasts[0].Local), len(past.Local))
		}
		if err := checkRenewal(past, generation); err != nil {
			return nil, err
		}
	}
	// What the pasts have in common is followed once.
	grid, same := reproductionGrid(), alike(pasts)
	trunk := newFollowing(grid)
	trunk.follow(pasts[0], generation, 0, same)
	futures := make([][]float64, p.Days)
	for i, past := range pasts {
		f := trunk.branch().future(past, generation, same)
		stream := p.Stream.With(uint64(i))
		for range (p.Draws + len(pasts) - 1 - i) / len(pasts) {
			for ahead, n := range f.draw(p.Days, &stream) {
				futures[ahead] = append(futures[ahead], n)
			}
		}
	}
	out := make([]Coming, p.Days)
	for ahead, drawn := range futures {
		out[ahead] = coming(ahead+1, drawn)
	}
	return out, nil
}

func coming(ahead int, drawn []float64) Coming {
	slices.Sort(drawn)
	at := func(p float64) float64 { return drawn[min(len(drawn)-1, int(p*float64(len(drawn))))] }
	c := Coming{Ahead: ahead, Median: at(0.5), Low: at(0.025), High: at(0.975), LowerQuartile: at(0.25), UpperQuartile: at(0.75)}
	for _, n := range drawn {
		c.Mean += n / float64(len(drawn))
	}
	return c
}

// future is what one past leaves for its days to come.
type future struct {
	generation Delay
	cases      []float64
	grid       []float64 // log reproduction numbers
	ways       []way
	weights    []float64
	wander     []kernel // by way, how far R moves a day either way
}

// way is a pace and scatter, with the last day's distribution of R under them.
type way struct {
	scatter float64
	state   []float64
}

// alike is how many days from the first on are the same in all pasts.
func alike(pasts []Incidence) int {
	days := len(pasts[0].Local)
	for _, past := range pasts[1:] {
		for t := range days {
			if past.Local[t] != pasts[0].Local[t] || past.total(t) != pasts[0].total(t) {
				days = t
				break
			}
		}
	}
	return days
}

// following filters a past under every scatter and pace, as far as it went.
type following struct {
	grid  []float64
	under []*paces // by scatter
}

// scatters are those that are averaged over.
func scatters() []float64 { return []float64{1, 1.5, 2.5, 5} }

func newFollowing(grid []float64) *following {
	f := &following{grid: grid}
	for range scatters() {
		f.under = append(f.under, newPaces(grid))
	}
	return f
}

// branch is a copy that goes on by itself.
func (f *following) branch() *following {
	b := &following{grid: f.grid}
	for _, p := range f.under {
		b.under = append(b.under, p.branch())
	}
	return b
}

// follow takes in the days of a past from one on up to another.
func (f *following) follow(in Incidence, generation Delay, from, to int) {
	lambda := Infectiousness(in, generation)
	for k, scatter := range scatters() {
		for t := from; t < to; t++ {
			f.under[k].step(scatteredEmission(in.Local[t], lambda[t], f.grid, scatter))
		}
	}
}

// future follows a past to its end, and says what it leaves.
func (f *following) future(in Incidence, generation Delay, from int) *future {
	f.follow(in, generation, from, len(in.Local))
	out := &future{generation: generation, grid: f.grid}
	for t := range in.Local {
		out.cases = append(out.cases, in.total(t))
	}
	var logs []float64
	for k, scatter := range scatters() {
		for m, state := range f.under[k].states {
			out.ways = append(out.ways, way{scatter, state})
			out.wander = append(out.wander, f.under[k].kernels[m])
			logs = append(logs, f.under[k].log[m])
		}
	}
	best := slices.Max(logs)
	for _, l := range logs {
		out.weights = append(out.weights, math.Exp(l-best))
	}
	return out
}

// scatteredEmission are the probabilities of a day's cases at each log
// reproduction number: negative binomial with variance scatter times the mean,
// Poisson at 1. Unlike those of [renewalEmissions] they keep their size, so
// that scatters can be compared.
func scatteredEmission(n, lambda float64, grid []float64, scatter float64) []float64 {
	out := make([]float64, len(grid))
	for i, g := range grid {
		out[i] = 1
		if lambda > 0 { // not NaN, as on the first day
			out[i] = math.Max(math.Exp(scatteredLog(n, math.Exp(g)*lambda, scatter)), 1e-300)
		}
	}
	return out
}

// scatteredLog is the log probability of a count n of a mean, with a variance
// of scatter times it.
func scatteredLog(n, mean, scatter float64) float64 {
	if scatter == 1 {
		return n*math.Log(mean) - mean - lgamma(n+1)
	}
	over := scatter - 1
	size := mean / over
	return lgamma(n+size) - lgamma(size) - lgamma(n+1) - size*math.Log(scatter) + n*math.Log(over/scatter)
}

// draw is one future: the cases of the days to come.
func (f *future) draw(days int, stream *stat.Stream) []float64 {
	const most = 1e7 // cases a day, more than a city has people
	w := pick(f.weights, stream)
	at := pick(f.ways[w].state, stream)
	cases := slices.Clone(f.cases)
	out := make([]float64, days)
	for ahead := range out {
		at = f.wanderFrom(at, f.wander[w], stream)
		var lambda float64
		for s := 1; s < len(f.generation) && s <= len(cases); s++ {
			lambda += f.generation[s] * cases[len(cases)-s]
		}
		mean := math.Min(math.Exp(f.grid[at])*lambda, most)
		out[ahead] = scattered(mean, f.ways[w].scatter, stream)
		cases = append(cases, out[ahead])
	}
	return out
}

// wanderFrom draws where on the grid R is tomorrow. It stays within the grid.
func (f *future) wanderFrom(at int, k kernel, stream *stat.Stream) int {
	u := stream.Float64() - k[k.reach()]
	for d := 1; d <= k.reach() && u >= 0; d++ {
		if u -= k[k.reach()-d]; u < 0 {
			return max(at-d, 0)
		}
		if u -= k[k.reach()+d]; u < 0 {
			return min(at+d, len(f.grid)-1)
		}
	}
	return at
}

// scattered draws a count of a mean with a variance of scatter times it.
func scattered(mean, scatter float64, stream *stat.Stream) float64 {
	if scatter == 1 {
		return float64(stream.Poisson(mean))
	}
	return float64(stream.NegBinomial(mean, mean/(scatter-1)))
}
