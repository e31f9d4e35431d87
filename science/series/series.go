// Package series holds counts in time: one stream of evenly spaced counts, a
// table of several streams over the same times, and the reporting triangle.
//
// In: rows of a table (CSV with a header, or values from the caller). Out: a
// [Series] that every detector and estimator takes. Nothing here looks at a
// clock; a series ends where its data end.
package series

import (
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
)

// Step is the distance between two counts, as the number of them in a year.
type Step int

// The steps that surveillance uses. A year of weeks has 52 of them in index
// arithmetic; with dates the calendar decides.
const (
	Daily   Step = 365
	Weekly  Step = 52
	Monthly Step = 12
)

// Series is the counts of one stream, oldest first.
type Series struct {
	Step Step
	// Days are the first day of each count. They may be nil: then seasons
	// are found by index arithmetic, Step counts a year.
	Days []civil.Day
	// Counts are non-negative; NaN is a count that never came in.
	Counts []float64
	// Population is the denominator of each count, or nil.
	Population []float64
	// Phase is the position of the first count in its year, from 1; 0 stands
	// for 1. Only models with seasons and no dates use it.
	Phase int
}

// Check returns an Invalid error that says where the series contradicts
// itself: a negative or infinite count, a count out of no population, days that
// are not in rising order, or columns of different length. A population of 0
// with a count of 0 is nobody to count, as in a week in which a place is shut.
func (s Series) Check() error {
	if s.Step < 1 {
		return fault.New(fault.Invalid, "a series needs the number of counts in a year, got %d", int(s.Step))
	}
	if s.Days != nil && len(s.Days) != len(s.Counts) {
		return fault.New(fault.Invalid, "%d days do not match %d counts", len(s.Days), len(s.Counts))
	}
	if s.Population != nil && len(s.Population) != len(s.Counts) {
		return fault.New(fault.Invalid, "%d populations do not match %d counts", len(s.Population), len(s.Counts))
	}
	var places []fault.Place
	for i, c := range s.Counts {
		if c < 0 || math.IsInf(c, 0) {
			places = append(places, fault.Place{Line: i + 1, Field: "count", Problem: "must be a number from 0 up"})
		}
		if s.Days != nil && i > 0 && s.Days[i] <= s.Days[i-1] {
			places = append(places, fault.Place{Line: i + 1, Field: "date", Problem: "must be later than the one before"})
		}
		if s.Population != nil && !(s.Population[i] > 0) && !(s.Population[i] == 0 && !(c > 0)) {
			places = append(places, fault.Place{Line: i + 1, Field: "population", Problem: "must be above 0"})
		}
	}
	return fault.At("the series cannot be used", places...)
}

// Until returns the series as it stood after its first n counts. It shares
// the columns with the receiver.
func (s Series) Until(n int) Series {
	n = min(max(n, 0), len(s.Counts))
	s.Counts = s.Counts[:n]
	if s.Days != nil {
		s.Days = s.Days[:n]
	}
	if s.Population != nil {
		s.Population = s.Population[:n]
	}
	return s
}

// OfSomebody returns the series with the counts missing where the population is
// 0, for models of rates. Without such rows it is the receiver.
func (s Series) OfSomebody() Series {
	if !slices.Contains(s.Population, 0) {
		return s
	}
	s.Counts = slices.Clone(s.Counts)
	for i, p := range s.Population {
		if p == 0 {
			s.Counts[i] = math.NaN()
		}
	}
	return s
}

// PhaseAt returns the position of count i in its year, from the phase of the
// first; it keeps rising from year to year.
func (s Series) PhaseAt(i int) int { return max(s.Phase, 1) + i }

// Mean returns the mean of the values that are not missing, and NaN where
// there are none.
func Mean(values []float64) float64 {
	var sum, n float64
	for _, v := range values {
		if !math.IsNaN(v) {
			sum += v
			n++
		}
	}
	return sum / n
}

// SD returns the standard deviation (divisor n-1) of the values that are not
// missing, and NaN where there are fewer than two.
func SD(values []float64) float64 {
	mean := Mean(values)
	var squares, n float64
	for _, v := range values {
		if !math.IsNaN(v) {
			squares += (v - mean) * (v - mean)
			n++
		}
	}
	if n < 2 {
		return math.NaN()
	}
	return math.Sqrt(squares / (n - 1))
}
