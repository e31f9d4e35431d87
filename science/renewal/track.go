package renewal

import (
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/fault"
)

// Tracked is the reproduction number of one day, given the cases up to it: a
// distribution over a grid.
type Tracked struct {
	// Day counts from 0.
	Day    int
	values []float64
	p      []float64
}

// Mean is NaN on a day without estimate.
func (r Tracked) Mean() float64 {
	if r.p == nil {
		return math.NaN()
	}
	var sum float64
	for i, p := range r.p {
		sum += p * r.values[i]
	}
	return sum
}

// Quantile is the value that the reproduction number is below with
// probability p, NaN on a day without estimate.
func (r Tracked) Quantile(p float64) float64 {
	sum := 0.0
	for i, q := range r.p {
		if sum+q < p && i+1 < len(r.p) {
			sum += q
			continue
		}
		step := math.Log(r.values[1] / r.values[0])
		return r.values[i] * math.Exp(step*((p-sum)/q-0.5)) // even within the cell
	}
	return math.NaN()
}

// Track estimates the reproduction number of every day itself, not the mean of
// a window that ends with it: the logarithm wanders from day to day, cases are
// Poisson about R*Lambda, and how far it wanders is averaged over a few paces in
// proportion to their likelihood so far. A window's estimate lags behind by half
// the window; this one does not, at the price of a wider interval. A day's
// estimate uses no later case. The error is that of [Cori].
func Track(in Incidence, generation Delay) ([]Tracked, error) {
	if err := checkRenewal(in, generation); err != nil {
		return nil, err
	}
	grid := reproductionGrid()
	values := make([]float64, len(grid))
	for i, g := range grid {
		values[i] = math.Exp(g)
	}
	emission := renewalEmissions(in, generation, grid)
	mean, _ := generation.Moments()
	out := make([]Tracked, len(in.Local))
	for t := range out {
		out[t] = Tracked{Day: t}
	}
	paces := newPaces(grid)
	for t := range out {
		if p := paces.step(emission[t]); float64(t+1) > mean && p != nil {
			out[t].values, out[t].p = values, p
		}
	}
	return out, nil
}

// checkRenewal refuses cases and delays that cannot be, and too many days.
func checkRenewal(in Incidence, generation Delay) error {
	if err := in.Check(); err != nil {
		return err
	}
	if err := generation.Check(); err != nil {
		return err
	}
	const most = 20_000
	if len(in.Local) > most {
		return fault.New(fault.Invalid, "%d days are more than the %d that are read", len(in.Local), most)
	}
	return nil
}

// reproductionGrid is the logarithms of reproduction numbers that are told
// apart.
func reproductionGrid() []float64 {
	const points, lowest, highest = 120, 0.05, 12
	return even(math.Log(lowest), math.Log(highest), points)
}

// renewalEmissions are the likelihoods of each day's cases at each log
// reproduction number; a day that says nothing is even.
func renewalEmissions(in Incidence, generation Delay, grid []float64) [][]float64 {
	lambda := Infectiousness(in, generation)
	out := make([][]float64, len(lambda))
	for t := range out {
		out[t] = make([]float64, len(grid))
		top := math.Inf(-1)
		for i, g := range grid {
			if lambda[t] > 0 { // not NaN, as on the first day
				out[t][i] = in.Local[t]*g - math.Exp(g)*lambda[t]
			}
			top = math.Max(top, out[t][i])
		}
		for i := range out[t] {
			out[t][i] = math.Exp(out[t][i] - top)
		}
	}
	return out
}

// paces are filters of several paces side by side.
type paces struct {
	kernels []kernel
	states  [][]float64
	log     []float64
}

func newPaces(grid []float64) *paces {
	f := &paces{}
	for _, walk := range []float64{0.02, 0.05, 0.1, 0.2} {
		f.kernels = append(f.kernels, newKernel(grid, walk))
		// Before any data: log-normal about 1, wide.
		start := make([]float64, len(grid))
		var sum float64
		for i, g := range grid {
			start[i] = math.Exp(-g * g / 2)
			sum += start[i]
		}
		for i := range start {
			start[i] /= sum
		}
		f.states = append(f.states, start)
		f.log = append(f.log, 0)
	}
	return f
}

// branch is a copy that goes on by itself.
func (f *paces) branch() *paces {
	return &paces{kernels: f.kernels, states: slices.Clone(f.states), log: slices.Clone(f.log)}
}

// step takes in a day by the likelihoods of its cases and returns the averaged
// distribution, nil where no value explains them.
func (f *paces) step(emission []float64) []float64 {
	best := math.Inf(-1)
	for m := range f.states {
		state := spread(f.states[m], f.kernels[m])
		var sum float64
		for i := range state {
			state[i] *= emission[i]
			sum += state[i]
		}
		for i := range state {
			state[i] /= sum
		}
		f.states[m] = state
		f.log[m] += math.Log(sum)
		best = math.Max(best, f.log[m])
	}
	out := make([]float64, len(f.states[0]))
	var total float64
	for m, state := range f.states {
		w := math.Exp(f.log[m] - best)
		total += w
		for i, p := range state {
			out[i] += w * p
		}
	}
	if !(total > 0) {
		return nil
	}
	for i := range out {
		out[i] /= total
	}
	return out
}
