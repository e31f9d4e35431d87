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
	futures := make([][]float64, p.Days)
	for i, past := range pasts {
		if len(past.Local) != len(pasts[0].Local) {
			return nil, fault.New(fault.Invalid, "the pasts of a forecast have %d and %d days", len(pasts[0].Local), len(past.Local))
		}
		f, err := newFuture(past, generation)
		if err != nil {
			return nil, err
		}
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
	wander     [][]float64 // by way, how far R moves a day either way
}

// way is a pace and scatter, with the last day's distribution of R under them.
type way struct {
	scatter float64
	state   []float64
}

// newFuture filters the past under every pace and scatter.
func newFuture(in Incidence, generation Delay) (*future, error) {
	if err := checkRenewal(in, generation); err != nil {
		return nil, err
	}
	f := &future{generation: generation, grid: reproductionGrid()}
	for t := range in.Local {
		f.cases = append(f.cases, in.total(t))
	}
	lambda := Infectiousness(in, generation)
	var logs []float64
	for _, scatter := range []float64{1, 1.5, 2.5, 5} {
		paces := newPaces(f.grid, scatteredEmissions(in.Local, lambda, f.grid, scatter))
		for t := range in.Local {
			paces.step(t)
		}
		for m, state := range paces.states {
			f.ways = append(f.ways, way{scatter, state})
			f.wander = append(f.wander, paces.kernels[m])
			logs = append(logs, paces.log[m])
		}
	}
	best := slices.Max(logs)
	for _, l := range logs {
		f.weights = append(f.weights, math.Exp(l-best))
	}
	return f, nil
}

// scatteredEmissions are the probabilities of each day's cases at each log
// reproduction number: negative binomial with variance scatter times the mean,
// Poisson at 1. Unlike those of [renewalEmissions] they keep their size, so
// that scatters can be compared.
func scatteredEmissions(local, lambda, grid []float64, scatter float64) [][]float64 {
	out := make([][]float64, len(local))
	for t, n := range local {
		out[t] = make([]float64, len(grid))
		for i, g := range grid {
			out[t][i] = 1
			if lambda[t] > 0 { // not NaN, as on the first day
				out[t][i] = math.Max(math.Exp(scatteredLog(n, math.Exp(g)*lambda[t], scatter)), 1e-300)
			}
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
func (f *future) wanderFrom(at int, kernel []float64, stream *stat.Stream) int {
	u := stream.Float64() - kernel[0]
	for d := 1; d < len(kernel) && u >= 0; d++ {
		if u -= kernel[d]; u < 0 {
			return max(at-d, 0)
		}
		if u -= kernel[d]; u < 0 {
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
