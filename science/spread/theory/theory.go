// Package theory holds what is known exactly about epidemics, and judges the
// transmission engine by it.
//
// In go a size (how many people, how many runs); out come rows of target, got,
// tolerance and verdict. The formulas stand in this file and its neighbours;
// each names its source. The checks are numbered T1 to T16 as in the project's
// list of validation targets; docs/methods/validation.md explains them.
package theory

import "math"

// FinalSize is the share of a homogeneous, wholly susceptible population that
// is infected in the end when a share is infected at the start: the larger root
// z of z = 1 - (1-seeded) exp(-R0 z) (Kermack and McKendrick 1927).
func FinalSize(r0, seeded float64) float64 {
	z := 1.0
	for range 10000 {
		next := 1 - (1-seeded)*math.Exp(-r0*z)
		if math.Abs(next-z) < 1e-13 {
			return next
		}
		z = next
	}
	return z
}

// Extinction is the probability that the chain from one case dies out, when
// offspring are negative binomial of mean r and dispersion k: the smallest root
// of q = (1 + r(1-q)/k)^-k (Lloyd-Smith et al. 2005). K 0 stands for Poisson.
func Extinction(r, k float64) float64 {
	q := 0.0
	for range 100000 {
		next := math.Exp(-r * (1 - q))
		if k > 0 {
			next = math.Pow(1+r*(1-q)/k, -k)
		}
		if math.Abs(next-q) < 1e-13 {
			return next
		}
		q = next
	}
	return q
}

// NoSecondary is the probability that a case infects nobody, with negative
// binomial offspring.
func NoSecondary(r, k float64) float64 { return math.Pow(1+r/k, -k) }

// GrowthRate is the exponential growth rate a day that goes with reproduction
// number r and gamma generation times of a mean and standard deviation:
// r = 1/M(-rate) solved for the rate (Wallinga and Lipsitch 2007).
func GrowthRate(r, mean, sd float64) float64 {
	a, scale := mean*mean/(sd*sd), sd*sd/mean
	return (math.Pow(r, 1/a) - 1) / scale
}

// BackwardInterval is the mean time since their infectors' infection of people
// infected during exponential growth, for gamma generation times: observed
// intervals are short because recent infectors are many (Scalia Tomba 2010).
func BackwardInterval(rate, mean, sd float64) float64 {
	scale := sd * sd / mean
	return mean / (1 + rate*scale)
}

// Deterministic is an SEIR epidemic in an infinitely large population.
type Deterministic struct {
	Final  float64 // share infected
	Peak   float64 // day of the highest incidence
	Height float64 // share infected a day then
	Rate   float64 // growth rate a day at the start
}

// SEIR integrates the deterministic model with exponential latent and
// infectious times, of which a share starts in the latent stage (Runge and
// Kutta's method of fourth order, a hundredth of a day a step).
func SEIR(r0, latent, infectious, seeded float64) Deterministic {
	type state [4]float64 // S, E, I, infected so far
	beta := r0 / infectious
	slope := func(x state) state {
		in := beta * x[0] * x[2]
		return state{-in, in - x[1]/latent, x[1]/latent - x[2]/infectious, in}
	}
	step := func(x state, d state, h float64) state {
		for i := range x {
			x[i] += h * d[i]
		}
		return x
	}
	x := state{1 - seeded, seeded, 0, seeded}
	const h = 0.01
	out := Deterministic{Rate: seirRate(r0, latent, infectious)}
	for day, last := 0, x[3]; day < 2000; day++ {
		for range int(math.Round(1 / h)) {
			k1 := slope(x)
			k2 := slope(step(x, k1, h/2))
			k3 := slope(step(x, k2, h/2))
			k4 := slope(step(x, k3, h))
			for i := range x {
				x[i] += h / 6 * (k1[i] + 2*k2[i] + 2*k3[i] + k4[i])
			}
		}
		if in := x[3] - last; in > out.Height {
			out.Height, out.Peak = in, float64(day)
		}
		last = x[3]
	}
	out.Final = x[3]
	return out
}

// seirRate solves (1+r latent)(1+r infectious) = R0.
func seirRate(r0, latent, infectious float64) float64 {
	a, b, c := latent*infectious, latent+infectious, 1-r0
	return (-b + math.Sqrt(b*b-4*a*c)) / (2 * a)
}

// ReedFrost is the distribution of the final number infected in a household of
// n people of whom one is infected from outside, when each infected person
// infects each susceptible one with probability p independently. Entry k is
// the probability of k infected in all (Bailey 1975, section 14.2).
func ReedFrost(n int, p float64) []float64 {
	out := make([]float64, n+1)
	var walk func(s, i, infected int, prob float64)
	walk = func(s, i, infected int, prob float64) {
		if i == 0 || s == 0 {
			out[infected] += prob
			return
		}
		escape := math.Pow(1-p, float64(i))
		for k := 0; k <= s; k++ {
			walk(s-k, k, infected+k, prob*choose(s, k)*math.Pow(1-escape, float64(k))*math.Pow(escape, float64(s-k)))
		}
	}
	walk(n-1, 1, 1, 1)
	return out
}

func choose(n, k int) float64 {
	c := 1.0
	for i := range k {
		c *= float64(n-i) / float64(i+1)
	}
	return c
}

// NextGeneration is the spectral radius and the leading right eigenvector
// (summing to 1) of K, where K[i][j] is the mean number of people of type i
// whom one of type j infects (Diekmann, Heesterbeek and Metz 1990).
func NextGeneration(k [][]float64) (r0 float64, mix []float64) {
	n := len(k)
	mix = make([]float64, n)
	for i := range mix {
		mix[i] = 1 / float64(n)
	}
	for range 5000 {
		next, sum := make([]float64, n), 0.0
		for i := range k {
			for j := range k {
				next[i] += k[i][j] * mix[j]
			}
			sum += next[i]
		}
		for i := range next {
			next[i] /= sum
		}
		mix, r0 = next, sum
	}
	return r0, mix
}

// FinalSizes solves z_i = 1 - exp(-sum_j K_ij z_j N_j / N_i) for the shares
// infected of each type, K as in NextGeneration and sizes N.
func FinalSizes(k [][]float64, sizes []float64) []float64 {
	z := make([]float64, len(sizes))
	for i := range z {
		z[i] = 1
	}
	for range 10000 {
		next := make([]float64, len(z))
		for i := range z {
			force := 0.0
			for j := range z {
				force += k[i][j] * z[j] * sizes[j] / sizes[i]
			}
			next[i] = 1 - math.Exp(-force)
		}
		z = next
	}
	return z
}

// ImportedPrevalence is the mean number of infectious people after t days of
// Poisson arrivals of rate a day, each infectious for an exponential time of a
// mean, infecting r others meanwhile in a large population (a linear birth and
// death process with immigration). Infections is the mean number of local
// infections by then.
func ImportedPrevalence(rate, r, mean, t float64) (prevalence, infections float64) {
	g := (r - 1) / mean
	if math.Abs(g) < 1e-12 {
		return rate * t, r / mean * rate * t * t / 2
	}
	prevalence = rate * math.Expm1(g*t) / g
	return prevalence, r / mean * rate * (math.Expm1(g*t)/g - t) / g
}
