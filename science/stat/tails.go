package stat

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// PoissonUpper is the probability of a count of at least k when mean is
// expected.
func PoissonUpper(k, mean float64) float64 {
	switch {
	case math.IsNaN(k) || !(mean >= 0):
		return math.NaN()
	case k <= 0:
		return 1
	case mean == 0:
		return 0
	}
	return mathext.GammaIncReg(math.Ceil(k), mean)
}

// PoissonQuantile is the least count that is not exceeded with probability p.
func PoissonQuantile(p, mean float64) float64 {
	return quantile(p, mean, math.Sqrt(mean), 1/math.Sqrt(mean), func(k float64) float64 {
		return PoissonUpper(k+1, mean)
	})
}

// NegBinomialUpper is the probability of a count of at least k under the
// negative binomial distribution of a mean and a size, whose variance is
// mean + mean*mean/size. A size beyond 1e10 is taken for Poisson.
func NegBinomialUpper(k, mean, size float64) float64 {
	const poisson = 1e10
	switch {
	case math.IsNaN(k) || !(mean >= 0) || !(size >= 0):
		return math.NaN()
	case size > poisson:
		return PoissonUpper(k, mean)
	case k <= 0:
		return 1
	case mean == 0 || size == 0:
		return 0
	}
	return mathext.RegIncBeta(math.Ceil(k), size, mean/(mean+size))
}

// NegBinomialQuantile is the least count that is not exceeded with
// probability p.
func NegBinomialQuantile(p, mean, size float64) float64 {
	sd := math.Sqrt(mean + mean*mean/size)
	skew := (1 + 2*mean/size) / sd
	return quantile(p, mean, sd, skew, func(k float64) float64 {
		return NegBinomialUpper(k+1, mean, size)
	})
}

// quantile searches the least whole number with upper(k) = P(Y > k) <= 1-p,
// from a Cornish-Fisher start.
func quantile(p, mean, sd, skew float64, upper func(k float64) float64) float64 {
	const largest = 1e15 // whole numbers are exact below
	switch {
	case math.IsNaN(p) || p < 0 || p > 1 || !(mean >= 0):
		return math.NaN()
	case mean == 0 || p == 0:
		return 0
	case p == 1 || !(mean < largest):
		return math.Inf(1)
	}
	rest := (1 - p) * (1 + 64*0x1p-52) // as R, so that a hit on the step counts
	z := NormalQuantile(p)
	k := math.Max(0, math.Floor(mean+sd*(z+skew*(z*z-1)/6)+0.5))
	if math.IsNaN(k) || k > largest {
		k = math.Floor(mean)
	}
	step := math.Max(1, math.Floor(sd/8))
	for step >= 1 {
		for upper(k) > rest && k < largest {
			k += step
		}
		for k >= step && upper(k-step) <= rest {
			k -= step
		}
		if step == 1 {
			break
		}
		step = math.Max(1, math.Floor(step/8))
	}
	return k
}

// StudentTwoSided is the probability that a t number with df degrees of
// freedom lies at least as far from 0 as t, on either side.
func StudentTwoSided(t, df float64) float64 {
	if math.IsNaN(t) || !(df > 0) {
		return math.NaN()
	}
	if math.IsInf(t, 0) {
		return 0
	}
	return mathext.RegIncBeta(df/2, 0.5, df/(df+t*t))
}

// GammaCDF is the probability that a gamma number of shape and scale is at
// most x.
func GammaCDF(x, shape, scale float64) float64 {
	switch {
	case math.IsNaN(x) || !(shape > 0) || !(scale > 0):
		return math.NaN()
	case x <= 0:
		return 0
	case math.IsInf(x, 1):
		return 1
	}
	return mathext.GammaIncReg(shape, x/scale)
}

// GammaQuantile is the x with GammaCDF(x) = p.
func GammaQuantile(p, shape, scale float64) float64 {
	switch {
	case math.IsNaN(p) || p < 0 || p > 1 || !(shape > 0) || !(scale > 0):
		return math.NaN()
	case p == 0:
		return 0
	case p == 1:
		return math.Inf(1)
	}
	x := mathext.GammaIncRegInv(shape, p)
	// The inversion stops at about ten digits; Newton steps give the rest.
	lg, _ := math.Lgamma(shape)
	for range 4 {
		density := math.Exp((shape-1)*math.Log(x) - x - lg)
		step := (mathext.GammaIncReg(shape, x) - p) / density
		if math.IsNaN(step) || math.IsInf(step, 0) || x-step <= 0 {
			break
		}
		x -= step
		if math.Abs(step) <= 1e-15*x {
			break
		}
	}
	return x * scale
}
