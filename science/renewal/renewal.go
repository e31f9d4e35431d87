// Package renewal tells what infections do next from the infections that were
// seen: delays from one event to another, the reproduction number, the onsets
// behind reports, and today's count before today's reports are in.
//
// In: daily counts, the distribution of a delay, or a reporting triangle. Out:
// estimates with their uncertainty, one a day or window. Nothing here looks at
// a clock; the last count is the present. Places in a series count from 0.
package renewal

import (
	"math"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Delay is the probability of a delay of 0, 1, 2, ... days. It may add up to
// less than 1 where the tail was cut.
type Delay []float64

// Check returns an Invalid error for a delay that is none: empty, negative,
// not a number, or adding up to more than 1.
func (d Delay) Check() error {
	if len(d) == 0 {
		return fault.New(fault.Invalid, "a delay needs at least one probability")
	}
	var sum float64
	for i, p := range d {
		if !(p >= 0) {
			return fault.New(fault.Invalid, "the probability of a delay of %d days is %g", i, p)
		}
		sum += p
	}
	const rounding = 1e-3 // published delays are rounded to three digits
	if !(sum > 0) || sum > 1+rounding {
		return fault.New(fault.Invalid, "the probabilities of a delay add up to %g", sum)
	}
	return nil
}

// Moments returns mean and standard deviation in days, of the probabilities as
// they are.
func (d Delay) Moments() (mean, sd float64) {
	var second float64
	for k, p := range d {
		mean += float64(k) * p
		second += float64(k) * float64(k) * p
	}
	return mean, math.Sqrt(math.Max(0, second-mean*mean))
}

// At returns the probability of a delay of k days, 0 outside.
func (d Delay) At(k int) float64 {
	if k < 0 || k >= len(d) {
		return 0
	}
	return d[k]
}

// SerialInterval returns the probabilities of serial intervals of 0 to days-1
// days from a gamma distribution that is shifted by one day, spread over
// neighbouring days as the counts of a day are (Cori, Ferguson, Fraser and
// Cauchemez 2013, web appendix 11). The error is Invalid unless mean > 1, sd >
// 0 and days is from 1 to 10,000.
func SerialInterval(mean, sd float64, days int) (Delay, error) {
	const most = 10_000
	if !(mean > 1) || !(sd > 0) || math.IsInf(mean, 0) || math.IsInf(sd, 0) || days < 1 || days > most {
		return nil, fault.New(fault.Invalid, "a serial interval needs a mean above 1, a standard deviation above 0 and 1 to %d days; got %g, %g, %d", most, mean, sd, days)
	}
	shape := (mean - 1) * (mean - 1) / (sd * sd)
	scale := sd * sd / (mean - 1)
	first := func(k int) float64 { return stat.GammaCDF(float64(k), shape, scale) }
	second := func(k int) float64 { return stat.GammaCDF(float64(k), shape+1, scale) }
	d := make(Delay, days)
	for i := range d {
		k := float64(i)
		w := k*first(i) + (k-2)*first(i-2) - 2*(k-1)*first(i-1) +
			shape*scale*(2*second(i-1)-second(i-2)-second(i))
		d[i] = math.Max(0, w)
	}
	return d, nil
}
