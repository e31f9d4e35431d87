package detection

import (
	"math"

	"github.com/breakwater-eoc/breakwater/science/stat"
)

// scenario is the mean and dispersion of a base series:
// log mu(t) = theta + beta*t + sum over waves of g1 cos + g2 sin, variance
// phi*mu.
type scenario struct {
	theta, beta, g1, g2 float64
	waves               int
	phi                 float64
}

// scenarios are the 42 of Noufaily and others (2013): seven sets of parameters,
// each with and without trend and with zero to two waves a year.
func scenarios() []scenario {
	var out []scenario
	for _, p := range []scenario{
		{theta: 0.1, beta: 0.0025, g1: 0.6, g2: 0.6, phi: 1.5},
		{theta: -2, beta: 0.005, g1: 0.1, g2: 0.3, phi: 2},
		{theta: 1.5, beta: 0.003, g1: 0.2, g2: -0.4, phi: 1},
		{theta: 0.5, beta: 0.002, g1: 0.5, g2: 0.5, phi: 5},
		{theta: 2.5, beta: 0.001, g1: 1, g2: 0.1, phi: 3},
		{theta: 3.75, beta: 0.001, g1: 0.1, g2: -0.1, phi: 1.1},
		{theta: 5, beta: 0.0001, g1: 0.05, g2: 0.01, phi: 1.2},
	} {
		for _, beta := range []float64{0, p.beta} {
			for waves := range 3 {
				s := p
				s.beta, s.waves = beta, waves
				out = append(out, s)
			}
		}
	}
	return out
}

// mean is the expected count of week t, counted from 0.
func (s scenario) mean(t int) float64 {
	eta := s.theta + s.beta*float64(t+1)
	for j := 1; j <= s.waves; j++ {
		sin, cos := math.Sincos(2 * math.Pi * float64(j) * float64(t+1) / 52)
		eta += s.g1*cos + s.g2*sin
	}
	return math.Exp(eta)
}

func (s scenario) draw(t int, stream *stat.Stream) float64 {
	mu := s.mean(t)
	if s.phi == 1 {
		return float64(stream.Poisson(mu))
	}
	return float64(stream.NegBinomial(mu, mu/(s.phi-1)))
}

// outbreak draws the cases of an outbreak that begins at week start: a number
// in proportion to the spread of a single count, each case a log-normal delay
// later.
func (s scenario) outbreak(start int, size float64, stream *stat.Stream) map[int]float64 {
	mean := size * math.Sqrt(s.phi*s.mean(start))
	n := stream.Poisson(mean)
	for tries := 0; n < 2 && tries < 10_000; tries++ {
		n = stream.Poisson(mean)
	}
	cases := map[int]float64{}
	for range max(n, 2) {
		if t := start + int(stream.LogNormal(0, 0.5)); t < weeks {
			cases[t]++
		}
	}
	return cases
}

// Generate makes a set of so many base series for each of the 42 scenarios,
// with four past outbreaks each of one of the usual sizes, and five overlays
// for each base.
func Generate(perScenario int, seed uint64) Set {
	var set Set
	for i, s := range scenarios() {
		for rep := range perScenario {
			stream := stat.NewStream(seed, "detection benchmark", uint64(i), uint64(rep))
			set.add(s, i, rep, &stream)
		}
	}
	return set
}

func (set *Set) add(s scenario, i, rep int, stream *stat.Stream) {
	pastSizes := [...]float64{0, 2, 3, 5, 10}
	b := Base{Scenario: i + 1, Rep: rep + 1, Counts: make([]float64, weeks)}
	for t := range b.Counts {
		b.Counts[t] = s.draw(t, stream)
	}
	if size := pastSizes[stream.IntN(len(pastSizes))]; size > 0 {
		const firstPast, outbreaks = 312, 4
		for range outbreaks {
			start := firstPast + stream.IntN(firstJudged-firstPast)
			for t, n := range s.outbreak(start, size, stream) {
				b.Counts[t] += n
			}
		}
	}
	set.Bases = append(set.Bases, b)
	odd := stream.IntN(2)
	for k := 1 + odd; k <= 10; k += 2 {
		start := firstJudged + 1 + stream.IntN(40)
		set.overlay(len(set.Bases)-1, s.outbreak(start, float64(k), stream))
	}
}

func (set *Set) overlay(base int, cases map[int]float64) {
	o := Overlay{Base: base, First: weeks, Last: -1, Cases: cases}
	for t := range cases {
		o.First, o.Last = min(o.First, t), max(o.Last, t)
	}
	if o.Last >= 0 {
		set.Overlays = append(set.Overlays, o)
	}
}
