package stat

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// CountModel is a log-linear regression of counts on the columns of X, with
// Poisson variance, or negative binomial variance mu + mu*mu/Size where Size
// is above 0.
type CountModel struct {
	Y    []float64
	X    [][]float64 // one row per count; the caller adds the intercept
	Size float64
	// Weights of the counts may be nil, for 1.
	Weights []float64
}

// CountFit is a fitted [CountModel].
type CountFit struct {
	Coef []float64
	Mu   []float64
	// Size is the negative binomial size; 0 stands for Poisson.
	Size      float64
	Converged bool

	lower []float64 // Cholesky factor of the scaled information
	scale []float64 // of its columns
}

// Variance returns the variance of the linear predictor at a row of X, per unit
// of dispersion. It is NaN for a model that was not fitted.
func (f *CountFit) Variance(row []float64) float64 {
	p := len(f.scale)
	if p == 0 {
		return math.NaN()
	}
	var sum float64
	z := make([]float64, p)
	for j := range p {
		z[j] = row[j] / f.scale[j]
		for k := range j {
			z[j] -= f.lower[j*p+k] * z[k]
		}
		z[j] /= f.lower[j*p+j]
		sum += z[j] * z[j]
	}
	return sum
}

// Predict returns the mean at a row of X.
func (f *CountFit) Predict(row []float64) float64 {
	var eta float64
	for j, b := range f.Coef {
		eta += b * row[j]
	}
	return math.Exp(eta)
}

// Fit estimates the model by iteratively reweighted least squares with the
// start and stopping rule of R's glm (McCullagh and Nelder 1989).
func (m CountModel) Fit() *CountFit {
	mu := make([]float64, len(m.Y))
	for i, y := range m.Y {
		switch {
		case m.Size == 0:
			mu[i] = y + 0.1
		case y == 0:
			mu[i] = 1.0 / 6
		default:
			mu[i] = y
		}
	}
	return m.fitFrom(mu)
}

// fitFrom starts from given means, which it takes over.
func (m CountModel) fitFrom(mu []float64) *CountFit {
	f := &CountFit{Mu: mu, Size: m.Size}
	eta := make([]float64, len(mu))
	for i := range mu {
		eta[i] = math.Log(mu[i])
	}
	before := m.deviance(mu)
	for range irlsSteps {
		if !m.regress(f, eta, mu) {
			return f
		}
		coef := f.Coef
		for i, row := range m.X {
			eta[i] = 0
			for j, b := range coef {
				eta[i] += b * row[j]
			}
			mu[i] = math.Max(math.Exp(eta[i]), leastMean)
		}
		now := m.deviance(mu)
		if math.IsNaN(now) || math.IsInf(now, 0) {
			return f
		}
		if math.Abs(now-before)/(math.Abs(now)+0.1) < irlsTolerance {
			f.Converged = true
			return f
		}
		before = now
	}
	return f
}

// regress solves one weighted least squares problem by its normal equations,
// with the columns scaled to one length.
func (m CountModel) regress(f *CountFit, eta, mu []float64) bool {
	p := len(m.X[0])
	a, b := make([]float64, p*p), make([]float64, p)
	for i, row := range m.X {
		w := mu[i] * m.weight(i)
		if m.Size > 0 {
			w /= 1 + mu[i]/m.Size
		}
		z := eta[i] + (m.Y[i]-mu[i])/mu[i]
		for j, x := range row {
			wx := w * x
			b[j] += wx * z
			for k, y := range row[:j+1] {
				a[j*p+k] += wx * y
			}
		}
	}
	scale := make([]float64, p)
	for j := range scale {
		scale[j] = math.Sqrt(a[j*p+j])
	}
	for j := range p {
		b[j] /= scale[j]
		for k := range j + 1 {
			a[j*p+k] /= scale[j] * scale[k]
		}
	}
	if !solve(a, b) {
		return false
	}
	for j := range b {
		b[j] /= scale[j]
	}
	f.Coef, f.lower, f.scale = b, a, scale
	return true
}

func (m CountModel) weight(i int) float64 {
	if m.Weights == nil {
		return 1
	}
	return m.Weights[i]
}

// solve replaces b by the solution of a x = b, for a positive definite a of
// which the lower triangle is read and overwritten (Cholesky). It reports
// whether a was positive definite.
func solve(a, b []float64) bool {
	p := len(b)
	const singular = 1e-11
	for j := range p {
		for k := range j + 1 {
			sum := a[j*p+k]
			for l := range k {
				sum -= a[j*p+l] * a[k*p+l]
			}
			if k < j {
				a[j*p+k] = sum / a[k*p+k]
				continue
			}
			if !(sum > singular) {
				return false
			}
			a[j*p+j] = math.Sqrt(sum)
		}
		for l := range j {
			b[j] -= a[j*p+l] * b[l]
		}
		b[j] /= a[j*p+j]
	}
	for j := p - 1; j >= 0; j-- {
		for l := j + 1; l < p; l++ {
			b[j] -= a[l*p+j] * b[l]
		}
		b[j] /= a[j*p+j]
	}
	return true
}

func (m CountModel) deviance(mu []float64) float64 {
	var d float64
	for i, y := range m.Y {
		if m.Size == 0 {
			d += m.weight(i) * poissonDeviance(y, mu[i])
			continue
		}
		d += 2 * m.weight(i) * (y*math.Log(math.Max(1, y)/mu[i]) - (y+m.Size)*math.Log((y+m.Size)/(mu[i]+m.Size)))
	}
	return d
}

// FitSize estimates the model together with its negative binomial size by
// alternating regression and maximum likelihood of the size, in the order and
// with the stopping rules of glm.nb (Venables and Ripley 2002, section 7.4). A
// size that runs off to infinity ends as Poisson, Size 0.
func (m CountModel) FitSize() *CountFit {
	m.Size = 0
	f := m.Fit()
	if !f.Converged {
		return f
	}
	size := likelySize(m.Y, f.Mu)
	unit := math.Sqrt(2 * math.Max(1, float64(len(m.Y)-len(f.Coef))))
	likelihood := sizeLikelihood(m.Y, f.Mu, size)
	before, change := likelihood+2*unit, 1.0
	for range irlsSteps {
		if math.Abs(before-likelihood)/unit+math.Abs(change) <= irlsTolerance {
			break
		}
		if !(size > 0) || size > 1e7 {
			m.Size = 0
			return m.Fit()
		}
		old := append([]float64(nil), f.Mu...)
		m.Size = size
		f = m.fitFrom(f.Mu)
		next := likelySize(m.Y, old)
		change, size = size-next, next
		before, likelihood = likelihood, sizeLikelihood(m.Y, f.Mu, size)
	}
	f.Size = size
	return f
}

// likelySize is the size of highest likelihood for given means, by Newton's
// method.
func likelySize(y, mu []float64) float64 {
	var squares float64
	for i := range y {
		r := y[i]/mu[i] - 1
		squares += r * r
	}
	size, step := float64(len(y))/squares, 1.0
	const enough = 1.220703125e-4 // fourth root of the machine epsilon
	for i := 0; i < irlsSteps-1 && math.Abs(step) > enough; i++ {
		size = math.Abs(size)
		var score, info float64
		for i := range y {
			score += mathext.Digamma(size+y[i]) - mathext.Digamma(size) + math.Log(size) + 1 -
				math.Log(size+mu[i]) - (y[i]+size)/(mu[i]+size)
			info += -trigamma(size+y[i]) + trigamma(size) - 1/size + 2/(mu[i]+size) -
				(y[i]+size)/((mu[i]+size)*(mu[i]+size))
		}
		step = score / info
		size += step
	}
	return size
}

func trigamma(x float64) float64 { return mathext.Zeta(2, x) }

func sizeLikelihood(y, mu []float64, size float64) float64 {
	var sum float64
	for i := range y {
		sum += lgamma(size+y[i]) - lgamma(size) - lgamma(y[i]+1) + size*math.Log(size) -
			(size+y[i])*math.Log(size+mu[i])
		if y[i] > 0 {
			sum += y[i] * math.Log(mu[i])
		}
	}
	return sum
}

func lgamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}
