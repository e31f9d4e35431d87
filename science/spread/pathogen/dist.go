package pathogen

import (
	"math"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Form names the family of a Dist.
type Form uint8

// The families that durations come in.
const (
	Fixed Form = iota // always the mean
	Exponential
	Gamma
	LogNormal
)

var formNames = [...]string{"fixed", "exponential", "gamma", "lognormal"}

// String returns the name that scenario files use.
func (f Form) String() string {
	if int(f) < len(formNames) {
		return formNames[f]
	}
	return "unknown"
}

// ParseForm finds a family by its name.
func ParseForm(name string) (Form, error) {
	for i, n := range formNames {
		if n == name {
			return Form(i), nil
		}
	}
	return 0, fault.New(fault.Invalid, "distribution %q is none of fixed, exponential, gamma, lognormal", name)
}

// Dist is the distribution of a duration in days, by mean and standard
// deviation. The zero value is always zero.
type Dist struct {
	Form Form
	Mean float64 // at least 0
	SD   float64 // at least 0; ignored by Fixed and Exponential
}

// Always is the Dist that never varies.
func Always(days float64) Dist { return Dist{Mean: days} }

// Validate refuses what no duration can be.
func (d Dist) Validate() error {
	for _, v := range []float64{d.Mean, d.SD} {
		if !(v >= 0 && v <= 3650) {
			return fault.New(fault.Invalid, "a duration has mean and standard deviation from 0 to 3650 days, not %v and %v", d.Mean, d.SD)
		}
	}
	if int(d.Form) >= len(formNames) {
		return fault.New(fault.Invalid, "unknown distribution %d", d.Form)
	}
	if d.Form >= Gamma && d.Mean > 0 && !(d.SD > d.Mean/1000 && d.SD < 100*d.Mean) {
		return fault.New(fault.Invalid, "a %s duration of mean %v cannot have standard deviation %v", d.Form, d.Mean, d.SD)
	}
	return nil
}

// Sampler draws durations; its parameters are worked out once.
type Sampler struct {
	form Form
	a, b float64 // mean; shape and scale; mean and deviation of the logarithm
}

// Sampler prepares the drawing of durations.
func (d Dist) Sampler() Sampler {
	if d.Mean == 0 {
		return Sampler{}
	}
	switch d.Form {
	case Gamma:
		v := d.SD * d.SD
		return Sampler{Gamma, d.Mean * d.Mean / v, v / d.Mean}
	case LogNormal:
		v := math.Log1p(d.SD * d.SD / (d.Mean * d.Mean))
		return Sampler{LogNormal, math.Log(d.Mean) - v/2, math.Sqrt(v)}
	default:
		return Sampler{d.Form, d.Mean, 0}
	}
}

// Sample draws one duration.
func (p Sampler) Sample(s *stat.Stream) float64 {
	switch p.form {
	case Exponential:
		return p.a * s.Exp()
	case Gamma:
		return s.Gamma(p.a, p.b)
	case LogNormal:
		return s.LogNormal(p.a, p.b)
	default:
		return p.a
	}
}
