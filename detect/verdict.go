package detect

import (
	"cmp"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/aberration"
)

// Verdict is what an indicator says of one day of an area, on what was known
// at a time. A value that does not exist is nil.
type Verdict struct {
	Day civil.Day
	// Count is that of the day, nil where nobody had reported.
	Count *int64
	// Expected is what the past predicts, Bound the largest count that would
	// still be usual, PValue the chance of a count as large if nothing happened.
	Expected, Bound, PValue *float64
	// Score is 1 at the bound and more above it; 0 where there is no alarm.
	Score float64
	// Quiet are the days without a case before, of a first case.
	Quiet int
	Alarm bool
	// Reconstructed says that the count is our reconstruction.
	Reconstructed bool
	// Cause is the kind of reason for which the day was not judged, and Why the
	// detector's own words for it; both are empty where it was.
	Cause aberration.Cause
	Why   string
}

// Same reports whether two verdicts say the same of the same count.
func (v Verdict) Same(o Verdict) bool {
	return v.Alarm == o.Alarm && v.Cause == o.Cause && equal(v.Count, o.Count) && equal(v.Bound, o.Bound) && equal(v.Expected, o.Expected)
}

func equal[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// Judge puts the indicator to one area's series for one day. The points stand
// in order of their days; those up to the day are used, and none after it.
func (ind Indicator) Judge(points []counts.Point, day civil.Day) Verdict {
	i, ok := pointOf(points, day)
	if !ok {
		return Verdict{Day: day, Cause: aberration.Unreported, Why: "the count is missing"}
	}
	v := ind.judge(fill(points[:i+1], civil.Window{First: day - civil.Day(ind.Reach()), Last: day}, ind.Every))
	at := points[i]
	v.Day, v.Count, v.Reconstructed = day, &at.Count, at.Reconstructed
	return v
}

// pointOf finds the point of a day.
func pointOf(points []counts.Point, day civil.Day) (int, bool) {
	return slices.BinarySearchFunc(points, day, func(p counts.Point, d civil.Day) int { return cmp.Compare(p.Day, d) })
}

// Evaluate puts the indicator to one area's series for one day, as [Indicator.Judge]
// does, and returns the finding. ok is false when there is nothing unusual, or
// nothing known of the day.
func (ind Indicator) Evaluate(area place.Code, points []counts.Point, day civil.Day) (e Evidence, ok bool) {
	v := ind.Judge(points, day)
	if !v.Alarm {
		return Evidence{}, false
	}
	i, _ := pointOf(points, day)
	e = Evidence{Indicator: ind.ID, Stream: string(ind.Stream), Area: area, Day: day, Observed: float64(*v.Count),
		Expected: v.Expected, Bound: v.Bound, Score: v.Score, Quiet: v.Quiet, Basis: place.Stated, Batches: points[i].Batches}
	if v.Reconstructed {
		e.Basis = place.Reconstructed
	}
	return e, true
}

// Statistical reports whether the indicator compares a count with an
// expectation, so that its verdicts draw a band.
func (ind Indicator) Statistical() bool {
	return ind.Detector != FirstAfterQuiet && ind.Detector != Any
}

// Yardstick is what draws the band of a stream that no indicator judges: EARS C2
// over seven days, with no id and no areas.
func Yardstick(stream counts.Stream) Indicator {
	return Indicator{Stream: stream, Detector: "ears-c2", Every: 1,
		judge: statistical(aberration.C2(aberration.EARSParams{Baseline: week, MinSigma: 1, Alpha: 0.001}))}
}
