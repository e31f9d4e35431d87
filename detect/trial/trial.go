// Package trial puts an indicator to the past as it was known day by day, and
// compares what it says with the outbreaks that there were.
//
// In: an indicator, the observations of an area with the time at which each was
// recorded, and outbreaks that somebody labelled, that hindsight shows
// ([Waves]), or that are added ([Inject]). Out: what was found on which
// evening, and for each threshold how often that was false and how early it
// was right. An evening sees what was recorded by then and nothing later.
package trial

import (
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// History is one stream of one area with everything that was ever recorded of
// it and of the areas within.
type History struct {
	Area     place.Code
	Areas    []place.Area // of the city, each after the one that it lies in
	Versions []counts.Version
}

// Finding is one count that an indicator calls unusual.
type Finding struct {
	Day civil.Day `json:"date"` // that was counted
	// Seen is the evening on which it was found: the first at which the count
	// and its past were known so.
	Seen     civil.Day `json:"seen"`
	Observed float64   `json:"observed"`
	Score    float64   `json:"score"`
}

// recent is how many days back a late count still raises a finding.
const recent = 28

// Findings lets a history come in evening by evening over a window and puts the
// indicator to every day of which something was recorded since the evening
// before. Days end where the location says.
func Findings(ind detect.Indicator, h History, w civil.Window, zone *time.Location) []Finding {
	versions := slices.Clone(h.Versions)
	slices.SortStableFunc(versions, func(a, b counts.Version) int { return a.Recorded.Compare(b.Recorded) })
	var found []Finding
	next := 0
	for before := w.First.At(0, 0, zone); next < len(versions) && versions[next].Recorded.Before(before); next++ {
		// told before the window: a past, and no news
	}
	for evening := w.First; evening <= w.Last; evening++ {
		end := (evening + 1).At(0, 0, zone).Add(-time.Microsecond)
		told := map[civil.Day]bool{}
		for ; next < len(versions) && !versions[next].Recorded.After(end); next++ {
			if day := versions[next].Day; day > evening-recent && day <= evening {
				told[day] = true
			}
		}
		if len(told) == 0 {
			continue
		}
		points := counts.AsKnown(h.Areas, reached(versions[:next], evening, ind), end)[h.Area]
		for day := evening - recent + 1; day <= evening; day++ {
			if !told[day] || known(found, day) {
				continue
			}
			if e, ok := ind.Evaluate(h.Area, points, day); ok {
				found = append(found, Finding{Day: day, Seen: evening, Observed: e.Observed, Score: e.Score})
			}
		}
	}
	return found
}

// reached drops what lies further back than the indicator looks.
func reached(versions []counts.Version, evening civil.Day, ind detect.Indicator) []counts.Version {
	first := evening - civil.Day(recent+ind.Reach())
	var kept []counts.Version
	for _, v := range versions {
		if v.Day >= first {
			kept = append(kept, v)
		}
	}
	return kept
}

func known(found []Finding, day civil.Day) bool {
	return slices.ContainsFunc(found, func(f Finding) bool { return f.Day == day })
}

// Outbreak is one that is known to have been.
type Outbreak struct {
	First civil.Day `json:"first"`
	Last  civil.Day `json:"last"`
}

// Mark says how an indicator did.
type Mark struct {
	Outbreaks int `json:"outbreaks"`
	Found     int `json:"found"`
	// Delays are the days from the first day of each outbreak found to the
	// evening on which it was.
	Delays []int `json:"-"`
	// False are the days outside every outbreak that were called unusual, of
	// the Quiet days that there were.
	False int `json:"false"`
	Quiet int `json:"quiet_days"`
}

// Judge compares findings with the outbreaks of a window. A finding belongs to
// an outbreak if its day does.
func Judge(found []Finding, outbreaks []Outbreak, w civil.Window) Mark {
	m := Mark{Outbreaks: len(outbreaks)}
	for _, o := range outbreaks {
		delay := -1
		for _, f := range found {
			if o.holds(f.Day) && (delay < 0 || int(f.Seen-o.First) < delay) {
				delay = int(f.Seen - o.First)
			}
		}
		if delay >= 0 {
			m.Found++
			m.Delays = append(m.Delays, delay)
		}
	}
	outside := func(d civil.Day) bool {
		return w.Holds(d) && !slices.ContainsFunc(outbreaks, func(o Outbreak) bool { return o.holds(d) })
	}
	for d := w.First; d <= w.Last; d++ {
		if outside(d) {
			m.Quiet++
		}
	}
	for _, f := range found {
		if outside(f.Day) {
			m.False++
		}
	}
	return m
}

func (o Outbreak) holds(d civil.Day) bool { return d >= o.First && d <= o.Last }

// Add joins the marks of two histories.
func (m Mark) Add(n Mark) Mark {
	return Mark{Outbreaks: m.Outbreaks + n.Outbreaks, Found: m.Found + n.Found, Delays: slices.Concat(m.Delays, n.Delays),
		False: m.False + n.False, Quiet: m.Quiet + n.Quiet}
}

// month is the mean length of one in days.
const month = 30.44

// FalseMonth is the number of false findings in a month of one area.
func (m Mark) FalseMonth() float64 {
	if m.Quiet == 0 {
		return 0
	}
	return float64(m.False) / float64(m.Quiet) * month
}

// Share is the share of outbreaks found, 0 without any.
func (m Mark) Share() float64 {
	if m.Outbreaks == 0 {
		return 0
	}
	return float64(m.Found) / float64(m.Outbreaks)
}

// Delay is the median delay in days of the outbreaks found; ok is false
// without any.
func (m Mark) Delay() (days float64, ok bool) {
	if len(m.Delays) == 0 {
		return 0, false
	}
	d := slices.Sorted(slices.Values(m.Delays))
	return float64(d[(len(d)-1)/2]+d[len(d)/2]) / 2, true
}
