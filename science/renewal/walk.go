package renewal

import (
	"math"
	"slices"
)

// Here a quantity that wanders from day to day lives on a grid of evenly
// spaced values: a hidden Markov model, whose passes are those of Rabiner
// (1989).

// negligible is a probability that makes no difference.
const negligible = 1e-12

// even returns n evenly spaced values from low to high.
func even(low, high float64, n int) []float64 {
	grid := make([]float64, n)
	for i := range grid {
		grid[i] = low + (high-low)*float64(i)/float64(n-1)
	}
	return grid
}

// kernel is how likely the quantity moves by 0, 1, 2, ... grid points a day:
// normal of the standard deviation walk, with a share of wide moves for the
// beginning of an outbreak or of a measure. Moves that never happen are left out.
func kernel(grid []float64, walk float64) []float64 {
	step := grid[1] - grid[0]
	const wide, wideShare = 4, 0.05
	k := make([]float64, len(grid))
	sum := 0.0
	for d := range k {
		x := float64(d) * step / walk
		k[d] = (1-wideShare)*math.Exp(-x*x/2) + wideShare/wide*math.Exp(-x*x/(2*wide*wide))
		sum += k[d]
		if d > 0 {
			sum += k[d]
		}
	}
	reach := 0
	for d := range k {
		if k[d] /= sum; k[d] > negligible {
			reach = d
		}
	}
	return k[:reach+1]
}

// unknown is the distribution of a quantity of which nothing is known.
func unknown(n int) []float64 {
	state := make([]float64, n)
	for i := range state {
		state[i] = 1 / float64(n)
	}
	return state
}

// filtered is the forward pass from what is thought of the first day before
// anything is seen of it: for each day the distribution given what was seen up
// to it, and the log-likelihood of all. It is not ok where nothing on the grid
// is near what was seen.
func filtered(begin []float64, emission [][]float64, kernel []float64) (states [][]float64, logLikelihood float64, ok bool) {
	states = make([][]float64, len(emission))
	state := slices.Clone(begin)
	for t, likely := range emission {
		if t > 0 {
			state = spread(state, kernel)
		}
		var sum float64
		for i := range state {
			state[i] *= likely[i]
			sum += state[i]
		}
		if !(sum > 0) {
			return nil, math.Inf(-1), false
		}
		logLikelihood += math.Log(sum)
		for i := range state {
			state[i] /= sum
		}
		states[t] = slices.Clone(state)
	}
	return states, logLikelihood, true
}

// smoothed adds the backward pass: the distributions given all that was seen.
func smoothed(begin []float64, emission [][]float64, kernel []float64) (states [][]float64, logLikelihood float64, ok bool) {
	states, logLikelihood, ok = filtered(begin, emission, kernel)
	if !ok {
		return nil, logLikelihood, false
	}
	back := make([]float64, len(begin))
	for i := range back {
		back[i] = 1
	}
	for t := len(emission) - 1; t >= 0; t-- {
		var sum float64
		for i := range back {
			states[t][i] *= back[i]
			sum += states[t][i]
		}
		for i := range back {
			states[t][i] /= sum
			back[i] *= emission[t][i]
		}
		back = spread(back, kernel)
		top := slices.Max(back)
		for i := range back {
			back[i] /= top
		}
	}
	return states, logLikelihood, true
}

// spread moves a distribution by one day.
func spread(state, kernel []float64) []float64 {
	out := make([]float64, len(state))
	for i, s := range state {
		if s < negligible {
			continue
		}
		out[i] += s * kernel[0]
		for d := 1; d < len(kernel); d++ {
			if i >= d {
				out[i-d] += s * kernel[d]
			}
			if i+d < len(out) {
				out[i+d] += s * kernel[d]
			}
		}
	}
	return out
}
