package renewal

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
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

// kernel is how likely the quantity moves by some grid points a day: element
// reach+d is a move by d points, up or down, and reach the longest that happens.
type kernel []float64

func (k kernel) reach() int { return len(k) / 2 }

// newKernel is normal of the standard deviation walk, with a share of wide moves
// for the beginning of an outbreak or of a measure.
func newKernel(grid []float64, walk float64) kernel {
	step := grid[1] - grid[0]
	const wide, wideShare = 4, 0.05
	up := make([]float64, len(grid))
	sum := 0.0
	for d := range up {
		x := float64(d) * step / walk
		up[d] = (1-wideShare)*math.Exp(-x*x/2) + wideShare/wide*math.Exp(-x*x/(2*wide*wide))
		sum += up[d]
		if d > 0 {
			sum += up[d]
		}
	}
	reach := 0
	for d := range up {
		if up[d] /= sum; up[d] > negligible {
			reach = d
		}
	}
	k := make(kernel, 2*reach+1)
	for d, p := range up[:reach+1] {
		k[reach-d], k[reach+d] = p, p
	}
	return k
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
func filtered(begin []float64, emission [][]float64, k kernel) (states [][]float64, logLikelihood float64, ok bool) {
	states = make([][]float64, len(emission))
	for t, likely := range emission {
		state := slices.Clone(begin)
		if t > 0 {
			state = spread(states[t-1], k)
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
		states[t] = state
	}
	return states, logLikelihood, true
}

// smoothed adds the backward pass: the distributions given all that was seen.
func smoothed(begin []float64, emission [][]float64, k kernel) (states [][]float64, logLikelihood float64, ok bool) {
	states, logLikelihood, ok = filtered(begin, emission, k)
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
		back = spread(back, k)
		top := slices.Max(back)
		for i := range back {
			back[i] /= top
		}
	}
	return states, logLikelihood, true
}

// spread moves a distribution by one day. Moves beyond the grid are lost.
func spread(state []float64, k kernel) []float64 {
	out := make([]float64, len(state))
	reach := k.reach()
	for i, s := range state {
		if s < negligible {
			continue
		}
		low, high := max(0, i-reach), min(len(out)-1, i+reach)
		floats.AddScaled(out[low:high+1], s, k[reach+low-i:reach+high-i+1])
	}
	return out
}
