package stat

import "math"

// NormalCDF is the probability that a standard normal number is at most z.
func NormalCDF(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// NormalQuantile is the z with NormalCDF(z) = p, to about 1e-16 relative
// (Wichura 1988, AS 241). It is -Inf at 0, +Inf at 1 and NaN outside [0, 1].
func NormalQuantile(p float64) float64 {
	switch {
	case math.IsNaN(p) || p < 0 || p > 1:
		return math.NaN()
	case p == 0:
		return math.Inf(-1)
	case p == 1:
		return math.Inf(1)
	}
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - q*q
		return q * horner(r, &wichuraA) / horner(r, &wichuraB)
	}
	r := math.Sqrt(-math.Log(math.Min(p, 1-p)))
	var z float64
	if r <= 5 {
		z = horner(r-1.6, &wichuraC) / horner(r-1.6, &wichuraD)
	} else {
		z = horner(r-5, &wichuraE) / horner(r-5, &wichuraF)
	}
	return math.Copysign(z, q)
}

// horner is the polynomial with the coefficients from the highest power down.
func horner(x float64, c *[8]float64) float64 {
	return ((((((c[0]*x+c[1])*x+c[2])*x+c[3])*x+c[4])*x+c[5])*x+c[6])*x + c[7]
}

// The coefficients of Wichura's rational approximations: centre (A/B), tails
// (C/D) and far tails (E/F), highest power first.
var (
	wichuraA = [8]float64{2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
		4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
		1.3314166789178437745e2, 3.387132872796366608}
	wichuraB = [8]float64{5.226495278852545925e3, 2.8729085735721942674e4, 3.9307895800092710610e4,
		2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2,
		4.2313330701600911252e1, 1}
	wichuraC = [8]float64{7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
		1.27045825245236838258, 3.64784832476320460504, 5.76949722146069140550,
		4.63033784615654529590, 1.42343711074968357734}
	wichuraD = [8]float64{1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
		1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940,
		2.05319162663775882187, 1}
	wichuraE = [8]float64{2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
		2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580,
		5.46378491116411436990, 6.65790464350110377720}
	wichuraF = [8]float64{2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
		7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
		5.99832206555887937690e-1, 1}
)
