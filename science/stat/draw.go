package stat

import "math"

// Norm draws from the standard normal distribution by inversion, so that one
// uniform number makes one normal number and paired runs stay paired.
func (s *Stream) Norm() float64 { return NormalQuantile(s.open()) }

// Exp draws from the exponential distribution of mean 1, by inversion.
func (s *Stream) Exp() float64 { return -math.Log(s.open()) }

// LogNormal draws exp of a normal number with the mean and standard deviation
// of the logarithm.
func (s *Stream) LogNormal(mean, sd float64) float64 { return math.Exp(mean + sd*s.Norm()) }

// Gamma draws from the gamma distribution (Marsaglia and Tsang 2000). It
// returns NaN unless shape and scale are above 0.
func (s *Stream) Gamma(shape, scale float64) float64 {
	if !(shape > 0) || !(scale > 0) {
		return math.NaN()
	}
	if shape < 1 {
		return s.Gamma(shape+1, scale) * math.Pow(s.open(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := s.Norm()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v *= v * v
		if math.Log(s.open()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v * scale
		}
	}
}

// Beta draws from the beta distribution as a ratio of gamma numbers. It
// returns NaN unless both parameters are above 0.
func (s *Stream) Beta(a, b float64) float64 {
	x, y := s.Gamma(a, 1), s.Gamma(b, 1)
	return x / (x + y)
}

// Poisson draws a count of the mean: by inversion below 30, where it rises
// with the mean for the same random number, and by transformed rejection above
// (Hörmann 1993, PTRS). It returns 0 unless the mean is above 0.
func (s *Stream) Poisson(mean float64) int {
	const inversion = 30
	switch {
	case !(mean > 0):
		return 0
	case mean < inversion:
		return poissonInverse(s.Float64(), mean)
	case mean > 1e15: // the count would no longer be exact
		return int(1e15)
	}
	logMean := math.Log(mean)
	b := 0.931 + 2.53*math.Sqrt(mean)
	a := -0.059 + 0.02483*b
	invAlpha := 1.1239 + 1.1328/(b-3.4)
	vr := 0.9277 - 3.6224/(b-2)
	for {
		u, v := s.Float64()-0.5, s.open()
		us := 0.5 - math.Abs(u)
		k := math.Floor((2*a/us+b)*u + mean + 0.43)
		if us >= 0.07 && v <= vr {
			return int(k)
		}
		if k < 0 || us < 0.013 && v > us {
			continue
		}
		lg, _ := math.Lgamma(k + 1)
		if math.Log(v)+math.Log(invAlpha)-math.Log(a/(us*us)+b) <= -mean+k*logMean-lg {
			return int(k)
		}
	}
}

func poissonInverse(u, mean float64) int {
	p := math.Exp(-mean)
	k, sum := 0, p
	for u >= sum && k < 1000 {
		k++
		p *= mean / float64(k)
		sum += p
	}
	return k
}

// NegBinomial draws a count of the mean with variance mean + mean*mean/size.
// It returns 0 unless both are above 0.
func (s *Stream) NegBinomial(mean, size float64) int {
	if !(mean > 0) || !(size > 0) {
		return 0
	}
	return s.Poisson(s.Gamma(size, mean/size))
}

// Binomial draws how many of n trials succeed: by inversion where at most 10
// are expected, and by transformed rejection above (Hörmann 1993, BTRS). p is
// taken into [0, 1].
func (s *Stream) Binomial(n int, p float64) int {
	switch {
	case n < 1 || !(p > 0):
		return 0
	case p >= 1:
		return n
	case p > 0.5:
		return n - s.Binomial(n, 1-p)
	case float64(n)*p < 10:
		return binomialInverse(s.Float64(), n, p)
	}
	nf := float64(n)
	spq := math.Sqrt(nf * p * (1 - p))
	b := 1.15 + 2.53*spq
	a := -0.0873 + 0.0248*b + 0.01*p
	c := nf*p + 0.5
	vr := 0.92 - 4.2/b
	alpha := (2.83 + 5.1/b) * spq
	lpq := math.Log(p / (1 - p))
	m := math.Floor((nf + 1) * p)
	h := logFactorials(m, nf-m)
	for {
		u, v := s.Float64()-0.5, s.open()
		us := 0.5 - math.Abs(u)
		k := math.Floor((2*a/us+b)*u + c)
		if us >= 0.07 && v <= vr {
			return int(k)
		}
		if k < 0 || k > nf {
			continue
		}
		v = math.Log(v * alpha / (a/(us*us) + b))
		if v <= h-logFactorials(k, nf-k)+(k-m)*lpq {
			return int(k)
		}
	}
}

func binomialInverse(u float64, n int, p float64) int {
	odds := p / (1 - p)
	pk := math.Exp(float64(n) * math.Log1p(-p))
	k, sum := 0, pk
	for u >= sum && k < n {
		k++
		pk *= odds * float64(n-k+1) / float64(k)
		sum += pk
		if pk < 1e-300 { // the rest of the tail is beyond 53 bits
			break
		}
	}
	return k
}

// Dirichlet fills dst with shares that sum to 1, drawn with the weights. dst
// and weights must have the same length.
func (s *Stream) Dirichlet(dst, weights []float64) {
	var sum float64
	for i, w := range weights {
		dst[i] = 0
		if w > 0 {
			dst[i] = s.Gamma(w, 1)
		}
		sum += dst[i]
	}
	for i := range dst {
		dst[i] /= sum
	}
}

// logFactorials is log(x!) + log(y!).
func logFactorials(x, y float64) float64 {
	a, _ := math.Lgamma(x + 1)
	b, _ := math.Lgamma(y + 1)
	return a + b
}
