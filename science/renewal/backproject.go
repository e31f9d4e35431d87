package renewal

import (
	"math"

	"github.com/breakwater-eoc/breakwater/fault"
)

// BackProjection are the settings of [BackProject].
type BackProjection struct {
	// Smooth is the width of the binomial smoothing after each step: an even
	// number, 0 for none.
	Smooth int
	// Tolerance ends the iteration where the curve moves less, relative to its
	// length; Steps is the most iterations.
	Tolerance float64
	Steps     int
}

// BackProject returns the infections a day that make the observed onsets most
// likely, given the incubation time: expectation maximisation with smoothing
// (Becker, Watson and Carlin 1991). The error is Invalid for an incubation time
// or settings that cannot be.
func BackProject(onsets []float64, incubation Delay, b BackProjection) ([]float64, error) {
	if err := incubation.Check(); err != nil {
		return nil, err
	}
	if err := (Incidence{Local: onsets}).Check(); err != nil {
		return nil, err
	}
	if b.Smooth < 0 || b.Smooth%2 != 0 || b.Smooth > 50 || b.Steps < 1 || !(b.Tolerance > 0) {
		return nil, fault.New(fault.Invalid, "back-projection needs an even smoothing from 0 to 50, a step and a tolerance above 0")
	}
	n := len(onsets)
	if n == 0 {
		return nil, nil
	}
	total := sums(onsets)[n]
	lambda := make([]float64, n)
	for t := range lambda {
		lambda[t] = total / float64(n)
	}
	reached := sums(incubation) // reached[k+1]: onset within k days
	for range b.Steps + 1 {
		next := smooth(expect(onsets, lambda, incubation, reached), b.Smooth)
		moved, size := 0.0, 0.0
		for t := range next {
			moved += (next[t] - lambda[t]) * (next[t] - lambda[t])
			size += lambda[t] * lambda[t]
		}
		lambda = next
		if !(math.Sqrt(moved) >= b.Tolerance*math.Sqrt(size)) {
			break
		}
	}
	return lambda, nil
}

// expect is the step (3a) of Becker and others: every onset is shared out
// among the days before it, and each day is scaled up for onsets still to come.
func expect(onsets, lambda []float64, incubation Delay, reached []float64) []float64 {
	n := len(onsets)
	out := make([]float64, n)
	for s, y := range onsets {
		var mean float64
		for d := range min(s+1, len(incubation)) {
			mean += lambda[s-d] * incubation[d]
		}
		for d := range min(s+1, len(incubation)) {
			if share := incubation[d] / mean; !math.IsNaN(share) && !math.IsInf(share, 0) {
				out[s-d] += y * share
			}
		}
	}
	for t := range out {
		scale := lambda[t] / reached[min(n-t, len(reached)-1)]
		if math.IsNaN(scale) || math.IsInf(scale, 0) {
			scale = 0
		}
		out[t] *= scale
	}
	return out
}

// smooth averages over k+1 neighbours with binomial weights; at the ends the
// weights that are left add up to 1 again.
func smooth(values []float64, k int) []float64 {
	if k == 0 {
		return values
	}
	weights := make([]float64, k+1)
	weights[0] = 1
	for i := 1; i <= k; i++ {
		weights[i] = weights[i-1] * float64(k-i+1) / float64(i)
	}
	out := make([]float64, len(values))
	for t := range values {
		var sum, weight float64
		for i, w := range weights {
			if j := t + i - k/2; j >= 0 && j < len(values) {
				sum += w * values[j]
				weight += w
			}
		}
		out[t] = sum / weight
	}
	return out
}
