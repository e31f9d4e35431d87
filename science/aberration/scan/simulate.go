package scan

import (
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/science/stat"
)

// pValues simulates scans in which nothing happens and ranks the clusters
// among their highest scores.
func (c *search) pValues(found []Cluster) {
	if c.Simulations == 0 || len(found) == 0 {
		return
	}
	tops := make([]float64, c.Simulations)
	for i := range tops {
		stream := c.Stream.With(uint64(i))
		c.take(c.simulate(&stream))
		tops[i] = c.highest()
	}
	c.take(c.table.Counts)
	slices.Sort(tops)
	mean, scale := gumbel(tops)
	for i := range found {
		f := &found[i]
		below, _ := slices.BinarySearchFunc(tops, f.Score, func(top, score float64) int {
			// A score that differs in its last digits only is a tie.
			if top < score*(1-1e-12) {
				return -1
			}
			return 1
		})
		f.PValue = float64(len(tops)-below+1) / float64(len(tops)+1)
		f.Gumbel = -math.Expm1(-math.Exp(-(f.Score - mean) / scale))
	}
}

// gumbel fits the distribution by its moments and returns location and scale.
func gumbel(values []float64) (location, scale float64) {
	var mean, squares float64
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	const euler = 0.5772156649015329
	scale = math.Sqrt(squares/float64(max(1, len(values)-1))*6) / math.Pi
	return mean - euler*scale, scale
}

// simulate draws counts under the model without a cluster.
func (c *search) simulate(s *stat.Stream) [][]float64 {
	switch c.Model {
	case ExpectationPoisson:
		return c.drawEach(func(mean float64) float64 { return float64(s.Poisson(mean)) })
	case ExpectationNegBinomial:
		return c.drawEach(func(mean float64) float64 { return float64(s.NegBinomial(mean, c.table.Size)) })
	case Permutation:
		return c.permute(s)
	case Binomial:
		return c.share(s, c.table.Population)
	}
	return c.share(s, c.table.Baseline)
}

func (c *search) drawEach(draw func(mean float64) float64) [][]float64 {
	out := make([][]float64, c.times)
	for i, row := range c.table.Baseline {
		out[i] = make([]float64, c.places)
		for j, mean := range row {
			out[i][j] = draw(mean)
		}
	}
	return out
}

// share deals all cases out in proportion to a table: a multinomial draw as a
// chain of binomial ones.
func (c *search) share(s *stat.Stream, table [][]float64) [][]float64 {
	var weight float64
	for _, row := range table {
		for _, v := range row {
			weight += v
		}
	}
	left := int(math.Round(c.total))
	out := make([][]float64, c.times)
	for i, row := range table {
		out[i] = make([]float64, c.places)
		for j, v := range row {
			n := s.Binomial(left, math.Min(1, v/weight))
			out[i][j] = float64(n)
			left -= n
			weight -= v
		}
	}
	return out
}

// permute deals the times of all cases out anew among their places.
func (c *search) permute(s *stat.Stream) [][]float64 {
	var times, places []int
	for i, row := range c.table.Counts {
		for j, v := range row {
			for range int(math.Round(v)) {
				times, places = append(times, i), append(places, j)
			}
		}
	}
	s.Shuffle(len(times), func(a, b int) { times[a], times[b] = times[b], times[a] })
	out := make([][]float64, c.times)
	for i := range out {
		out[i] = make([]float64, c.places)
	}
	for k, i := range times {
		out[i][places[k]]++
	}
	return out
}
