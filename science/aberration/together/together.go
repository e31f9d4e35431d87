// Package together makes one p value for each place and day out of the verdicts
// on many streams and neighbouring places, and keeps the share of false
// discoveries over all places in hand.
//
// In: parts, each one verdict's p value with a weight. Out: a [Joint] for each
// place that says how much each part contributed, and which places are worth a
// look when thousands are looked at.
package together

import (
	"cmp"
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/aberration"
)

// Part is one stream's verdict on a place and day.
type Part struct {
	// Name says which stream, or which neighbour's.
	Name string
	// P is the p value; NaN for a stream that abstained, which then has no say.
	P float64
	// Weight is how much the stream is believed, above 0; weights are relative.
	Weight float64
}

// FromVerdict makes a part of a verdict.
func FromVerdict(name string, v aberration.Verdict, weight float64) Part {
	p := Part{Name: name, P: v.PValue, Weight: weight}
	if v.Abstained != "" {
		p.P = math.NaN()
	}
	return p
}

// Joint is the evidence of all parts together.
type Joint struct {
	// P is NaN where no part has a say.
	P float64
	// Parts are those that had a say, the strongest first.
	Parts []Contribution
}

// Contribution is what one part added: the share of all evidence against
// "nothing happened", 0 for a part that speaks for it.
type Contribution struct {
	Part
	Share float64
}

// least and most keep a p value off the ends, where one part would decide
// alone, whatever the others say.
const (
	least = 1e-15
	most  = 1 - 1e-3
)

// Combine joins parts by the Cauchy combination test: with weights that add up
// to 1, T = sum of w*tan((1/2-p)*pi) is close to Cauchy distributed in its tail
// however the parts depend on each other, so that streams which see the same
// people do not count twice (Liu and Xie 2020). The error is Invalid for a p
// value outside [0, 1] or a weight that is not above 0.
func Combine(parts []Part) (Joint, error) {
	var total float64
	for _, p := range parts {
		if p.P < 0 || p.P > 1 || !(p.Weight > 0) || math.IsInf(p.Weight, 0) {
			return Joint{}, fault.New(fault.Invalid, "part %q has p value %g and weight %g", p.Name, p.P, p.Weight)
		}
		if !math.IsNaN(p.P) {
			total += p.Weight
		}
	}
	j := Joint{P: math.NaN()}
	var sum, against float64
	for _, p := range parts {
		if math.IsNaN(p.P) {
			continue
		}
		t := p.Weight / total * cauchy(math.Min(math.Max(p.P, least), most))
		sum += t
		against += math.Max(0, t)
		j.Parts = append(j.Parts, Contribution{Part: p, Share: math.Max(0, t)})
	}
	if len(j.Parts) == 0 {
		return j, nil
	}
	for i := range j.Parts {
		if against > 0 {
			j.Parts[i].Share /= against
		}
	}
	slices.SortStableFunc(j.Parts, func(a, b Contribution) int { return cmp.Compare(b.Share, a.Share) })
	j.P = tail(sum)
	return j, nil
}

// cauchy is the value that a standard Cauchy number exceeds with probability p.
func cauchy(p float64) float64 { return 1 / math.Tan(p*math.Pi) }

// tail is the probability that a standard Cauchy number exceeds t.
func tail(t float64) float64 {
	if t > 0 {
		return math.Atan(1/t) / math.Pi // keeps its digits far out
	}
	return 0.5 - math.Atan(t)/math.Pi
}

// Borrow joins each place's parts with those of its neighbours, whose weights
// are multiplied by share, above 0 and at most 1: an outbreak does not stop at
// a boundary. neighbours lists the places next to each place, by index.
func Borrow(places [][]Part, neighbours [][]int, share float64) ([]Joint, error) {
	if len(neighbours) != len(places) || !(share > 0 && share <= 1) {
		return nil, fault.New(fault.Invalid, "%d lists of neighbours for %d places, and a share of %g, cannot be used", len(neighbours), len(places), share)
	}
	out := make([]Joint, len(places))
	for i, own := range places {
		parts := slices.Clone(own)
		for _, n := range neighbours[i] {
			if n < 0 || n >= len(places) {
				return nil, fault.New(fault.Invalid, "place %d has neighbour %d of %d places", i+1, n+1, len(places))
			}
			for _, p := range places[n] {
				p.Weight *= share
				parts = append(parts, p)
			}
		}
		joint, err := Combine(parts)
		if err != nil {
			return nil, err
		}
		out[i] = joint
	}
	return out, nil
}

// Discoveries returns the indices of the p values that may be called unusual
// while at most the share q of them is false on average, smallest first
// (Benjamini and Hochberg 1995). It holds for independent p values and for those
// that rise and fall together; NaN is never a discovery but does not count as
// looked at either.
func Discoveries(p []float64, q float64) []int {
	var looked []int
	for i, v := range p {
		if !math.IsNaN(v) {
			looked = append(looked, i)
		}
	}
	slices.SortStableFunc(looked, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	last := 0
	for rank, i := range looked {
		if p[i] <= q*float64(rank+1)/float64(len(looked)) {
			last = rank + 1
		}
	}
	return looked[:last]
}
