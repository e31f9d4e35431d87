// Package aberration asks of a count whether it is unusual: EARS, Farrington
// and its successors, CUSUM, likelihood ratios, Bayes, and others.
//
// In: a [series.Series], the places in it that are to be judged, and a
// method's parameters. Out: one [Verdict] a place. A verdict about a place
// uses that count and earlier ones only; what came later cannot change it.
//
// Two modes exist where the reference implementation (R surveillance 1.20.3)
// departs from the paper it implements: Compat agrees with the reference to
// the last digit, Correct, the default, does what the paper says. The pages in
// docs/methods give the difference for each method.
//
// No detector fails on data: what it cannot judge, it says in Abstained.
package aberration

import (
	"fmt"
	"math"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/science/series"
)

// Verdict is what a detector says of one count. A value that does not exist
// is NaN.
type Verdict struct {
	// T is the place in the series, counted from 0.
	T int
	// Observed is the count itself, NaN where it is missing.
	Observed float64
	// Expected is the count that the past predicts.
	Expected float64
	// Bound is the largest count that would still be usual.
	Bound float64
	// PValue is the chance of a count at least as large if nothing happened.
	PValue float64
	// Score measures the excess on the method's own scale; higher is more
	// unusual. Scores of different methods do not compare.
	Score float64
	// Alarm is true where the count is unusual.
	Alarm bool
	// Abstained says why the count was not judged, for a person to read; it
	// is empty where it was.
	Abstained string
	// Cause is the kind of reason in Abstained; empty where the count was judged.
	Cause Cause
}

// Cause says of which kind the reason is for which a count was not judged.
type Cause string

// The causes of an abstention.
const (
	Unreported Cause = "unreported" // there is no count
	Short      Cause = "short"      // the past is too short, or too little of it was reported
	Flat       Cause = "flat"       // the past does not vary, so that there is no scale
	Rare       Cause = "rare"       // there are too few cases to say anything
	Unfit      Cause = "unfit"      // the method's model does not fit, or bounds nothing
	Unusable   Cause = "unusable"   // the series contradicts itself, or lacks what the method needs
)

// Causes lists the causes of an abstention.
func Causes() []Cause { return []Cause{Unreported, Short, Flat, Rare, Unfit, Unusable} }

// Mode chooses between the paper and the reference implementation where the
// two differ.
type Mode int

const (
	// Correct does what the paper says.
	Correct Mode = iota
	// Compat agrees with R surveillance 1.20.3, defects included.
	Compat
)

// Detector judges the counts at the given places, counted from 0. Its
// verdicts come in the order of the places; a place outside the series gets
// an abstention.
type Detector func(s series.Series, at []int) []Verdict

// All returns every place of a series.
func All(s series.Series) []int { return Range(0, len(s.Counts)-1) }

// Range returns the places from first to last, both included.
func Range(first, last int) []int {
	if last < first {
		return nil
	}
	at := make([]int, last-first+1)
	for i := range at {
		at[i] = first + i
	}
	return at
}

// Row is a verdict as it stands in JSON: places count from 1, values that do
// not exist are null.
type Row struct {
	T          int        `json:"t"`
	Date       *civil.Day `json:"date"`
	Observed   *float64   `json:"observed"`
	Expected   *float64   `json:"expected"`
	UpperBound *float64   `json:"upperbound"`
	PValue     *float64   `json:"pvalue"`
	Score      *float64   `json:"score"`
	Alarm      bool       `json:"alarm"`
	Abstained  string     `json:"abstained,omitempty"`
}

// Rows turns verdicts on a series into rows for JSON and tables.
func Rows(s series.Series, verdicts []Verdict) []Row {
	rows := make([]Row, len(verdicts))
	for i, v := range verdicts {
		rows[i] = Row{T: v.T + 1, Observed: finite(v.Observed), Expected: finite(v.Expected),
			UpperBound: finite(v.Bound), PValue: finite(v.PValue), Score: finite(v.Score),
			Alarm: v.Alarm, Abstained: v.Abstained}
		if v.T >= 0 && v.T < len(s.Days) {
			day := s.Days[v.T]
			rows[i].Date = &day
		}
	}
	return rows
}

func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// each runs a judgement over places, and answers itself where there is no
// count to judge or the series contradicts itself.
func each(s series.Series, at []int, judge func(v *Verdict)) []Verdict {
	problem := s.Check()
	out := make([]Verdict, len(at))
	for i, t := range at {
		v := &out[i]
		*v = blank(t)
		switch {
		case problem != nil:
			v.abstain(Unusable, "%s", problem.Error())
		case t < 0 || t >= len(s.Counts):
			v.abstain(Unreported, "the series has no such time")
		case math.IsNaN(s.Counts[t]):
			v.abstain(Unreported, "the count is missing")
		default:
			v.Observed = s.Counts[t]
			judge(v)
		}
	}
	return out
}

func blank(t int) Verdict {
	nan := math.NaN()
	return Verdict{T: t, Observed: nan, Expected: nan, Bound: nan, PValue: nan, Score: nan}
}

// abstain gives the reason why a count is not judged.
func (v *Verdict) abstain(cause Cause, format string, args ...any) {
	v.Cause, v.Abstained = cause, fmt.Sprintf(format, args...)
}

// What fits say where there is none, beside a past that is too short.
const (
	noFit        = "the regression does not converge"
	noPopulation = "the method needs a population and the series has none"
	nobody       = "there was nobody to count"
	contradicts  = "the series contradicts itself"
)

// fitless gives the reason why there is no fit.
func (v *Verdict) fitless(why string) {
	cause := Short
	switch why {
	case noFit:
		cause = Unfit
	case noPopulation, nobody, contradicts:
		cause = Unusable
	}
	v.abstain(cause, "%s", why)
}

// judge fills in expectation and bound, and raises the alarm above the bound.
func (v *Verdict) judge(expected, bound float64) {
	v.Expected, v.Bound = expected, bound
	v.Alarm = v.Observed > bound
}
