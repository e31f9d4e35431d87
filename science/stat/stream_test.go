package stat_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/breakwater-eoc/breakwater/science/stat"
)

var _ rand.Source = (*stat.Stream)(nil)

func TestStreamsAreNamed(t *testing.T) {
	base := stat.NewStream(7, "contacts", 12, 34)
	first := base.Uint64()
	for _, tc := range []struct {
		name   string
		stream stat.Stream
		same   bool
	}{
		{"the same seed, name and keys", stat.NewStream(7, "contacts", 12, 34), true},
		{"keys added later", stat.NewStream(7, "contacts", 12).With(34), true},
		{"another seed", stat.NewStream(8, "contacts", 12, 34), false},
		{"another name", stat.NewStream(7, "contact", 12, 34), false},
		{"keys in another order", stat.NewStream(7, "contacts", 34, 12), false},
		{"one key fewer", stat.NewStream(7, "contacts", 12), false},
		{"one key more, of zero", stat.NewStream(7, "contacts", 12, 34, 0), false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.stream.Uint64(); (got == first) != tc.same {
				t.Errorf("first draw %x against %x, want same = %v", got, first, tc.same)
			}
		})
	}
}

func TestAtReadsWithoutMoving(t *testing.T) {
	s := stat.NewStream(1, "x")
	for i := range uint64(5) {
		want := s.At(i)
		if got := s.Uint64(); got != want {
			t.Errorf("draw %d = %x, want %x as At gave", i, got, want)
		}
	}
}

// TestStreamsStayTheSame pins the generator: a change here changes every
// simulated city and every Monte Carlo p value that was published with a seed.
func TestStreamsStayTheSame(t *testing.T) {
	s := stat.NewStream(42, "pinned", 1, 2, 3)
	for i, want := range []uint64{0x6e492c6ec4f817b1, 0x425745641e91e19b} {
		if got := s.Uint64(); got != want {
			t.Errorf("draw %d = %#x, want %#x", i, got, want)
		}
	}
}

func TestNeighbouringStreamsAreUncorrelated(t *testing.T) {
	const n = 200000
	var sum, sumSquares, product, last float64
	for i := range uint64(n) {
		s := stat.NewStream(1, "neighbours", i)
		x := s.Float64() - 0.5
		sum += x
		sumSquares += x * x
		product += x * last
		last = x
	}
	tolerance := 4 / math.Sqrt(n)
	if got := sum / n * math.Sqrt(12); math.Abs(got) > tolerance {
		t.Errorf("mean is %.5f standard deviations off", got)
	}
	if got := sumSquares/n*12 - 1; math.Abs(got) > tolerance {
		t.Errorf("variance is off by %.5f", got)
	}
	if got := product / n * 12; math.Abs(got) > tolerance {
		t.Errorf("correlation of neighbours is %.5f", got)
	}
}

func TestDrawsHaveTheirMoments(t *testing.T) {
	for _, tc := range []struct {
		name           string
		draw           func(*stat.Stream) float64
		mean, variance float64
	}{
		{"normal", (*stat.Stream).Norm, 0, 1},
		{"exponential", (*stat.Stream).Exp, 1, 1},
		{"log-normal", func(s *stat.Stream) float64 { return s.LogNormal(0, 0.5) }, math.Exp(0.125), (math.Exp(0.25) - 1) * math.Exp(0.25)},
		{"gamma with shape below one", func(s *stat.Stream) float64 { return s.Gamma(0.4, 2) }, 0.8, 1.6},
		{"gamma with shape above one", func(s *stat.Stream) float64 { return s.Gamma(6, 0.5) }, 3, 1.5},
		{"beta", func(s *stat.Stream) float64 { return s.Beta(2, 3) }, 0.4, 0.04},
		{"a small Poisson", func(s *stat.Stream) float64 { return float64(s.Poisson(0.7)) }, 0.7, 0.7},
		{"a Poisson just below the switch", func(s *stat.Stream) float64 { return float64(s.Poisson(29.9)) }, 29.9, 29.9},
		{"a large Poisson", func(s *stat.Stream) float64 { return float64(s.Poisson(1234.5)) }, 1234.5, 1234.5},
		{"a negative binomial", func(s *stat.Stream) float64 { return float64(s.NegBinomial(4, 2)) }, 4, 12},
		{"a small binomial", func(s *stat.Stream) float64 { return float64(s.Binomial(30, 0.1)) }, 3, 2.7},
		{"a large binomial", func(s *stat.Stream) float64 { return float64(s.Binomial(1000, 0.3)) }, 300, 210},
		{"a binomial of likely trials", func(s *stat.Stream) float64 { return float64(s.Binomial(50, 0.95)) }, 47.5, 2.375},
		{"a bounded whole number", func(s *stat.Stream) float64 { return float64(s.IntN(6)) }, 2.5, 35.0 / 12},
		{"a coin", func(s *stat.Stream) float64 {
			if s.Bool(0.3) {
				return 1
			}
			return 0
		}, 0.3, 0.21},
	} {
		t.Run(tc.name, func(t *testing.T) {
			const n = 100000
			s := stat.NewStream(3, "moments")
			var sum, squares float64
			for range n {
				x := tc.draw(&s)
				sum += x
				squares += (x - tc.mean) * (x - tc.mean)
			}
			if off := (sum/n - tc.mean) / math.Sqrt(tc.variance/n); math.Abs(off) > 4.5 {
				t.Errorf("mean %.5f is %.1f standard errors from %.5f", sum/n, off, tc.mean)
			}
			if ratio := squares / n / tc.variance; math.Abs(ratio-1) > 0.05 {
				t.Errorf("variance is %.3f times the true one", ratio)
			}
		})
	}
}

func TestDrawsRefuseImpossibleParameters(t *testing.T) {
	s := stat.NewStream(1, "bad")
	if got := s.Gamma(-1, 1); !math.IsNaN(got) {
		t.Errorf("Gamma(-1, 1) = %v, want NaN", got)
	}
	for name, got := range map[string]int{
		"Poisson(NaN)":       s.Poisson(math.NaN()),
		"Poisson(-1)":        s.Poisson(-1),
		"Binomial(-3, 0.5)":  s.Binomial(-3, 0.5),
		"Binomial(3, NaN)":   s.Binomial(3, math.NaN()),
		"NegBinomial(1, 0)":  s.NegBinomial(1, 0),
		"IntN(0)":            s.IntN(0),
		"Binomial(5, 1.5)-5": s.Binomial(5, 1.5) - 5,
	} {
		if got != 0 {
			t.Errorf("%s = %d, want 0", name, got)
		}
	}
}

func TestNormalQuantileInvertsTheDistribution(t *testing.T) {
	for _, p := range []float64{1e-300, 1e-20, 1e-9, 0.001, 0.025, 0.3, 0.5, 0.7, 0.975, 0.999} {
		if got := stat.NormalCDF(stat.NormalQuantile(p)); math.Abs(got/p-1) > 1e-12 {
			t.Errorf("NormalCDF(NormalQuantile(%g)) = %g", p, got)
		}
	}
	if got := stat.NormalQuantile(0.975); math.Abs(got-1.959963984540054) > 1e-15 {
		t.Errorf("NormalQuantile(0.975) = %.17g", got)
	}
	if got := stat.NormalQuantile(1.5); !math.IsNaN(got) {
		t.Errorf("NormalQuantile(1.5) = %v, want NaN", got)
	}
}

func BenchmarkStreamPerPerson(b *testing.B) {
	day := stat.NewStream(1, "contacts", 17)
	var sum float64
	for i := range b.N {
		s := day.With(uint64(i))
		sum += s.Float64()
	}
	if sum < 0 {
		b.Fatal("impossible")
	}
}

func TestShuffleKeepsEverything(t *testing.T) {
	s := stat.NewStream(5, "deal")
	cards := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	s.Shuffle(len(cards), func(i, j int) { cards[i], cards[j] = cards[j], cards[i] })
	var sum, moved int
	for i, c := range cards {
		sum += c
		if c != i {
			moved++
		}
	}
	if sum != 45 || moved == 0 {
		t.Errorf("shuffled to %v", cards)
	}
}

func TestDirichletSharesSumToOne(t *testing.T) {
	s := stat.NewStream(5, "shares")
	got := make([]float64, 3)
	s.Dirichlet(got, []float64{2, 0, 5})
	if sum := got[0] + got[1] + got[2]; math.Abs(sum-1) > 1e-12 || got[1] != 0 {
		t.Errorf("shares %v, want a sum of 1 and nothing for a weight of 0", got)
	}
}
