package detect

import (
	"cmp"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// Judgement is what an indicator said of a day when it could first be judged,
// beside what it says on what is known now.
type Judgement struct {
	// At is when the day could first be judged: the end of the day itself or, if
	// nothing had been told of it by then, of the day on which something was. It
	// is never later than the instant that is asked about.
	At time.Time
	// Then rests on what was known at that instant, Now on what is known at the
	// instant that is asked about. They are equal where nothing changed between.
	Then, Now Verdict
}

// AsJudged puts an indicator to every day of a window, on what was known when
// the day could first be judged and on what is known at an instant. Versions
// are those of the area and all within it, from the window's beginning less the
// indicator's reach on, in order of their recording and none later than the
// instant. Of a stream that is counted by the week the days are told that have
// a count; days that had not begun are left out. Days end where the zone says.
//
// No verdict is stored: the indicator is a pure function and observations are
// never overwritten, so that what was said then can be had again.
func AsJudged(ind Indicator, areas []place.Area, area place.Code, versions []counts.Version, w civil.Window, asOf time.Time, zone *time.Location) []Judgement {
	u := unfolding{ind: ind, ledger: counts.NewLedger(areas, area), versions: versions}
	told := counts.FirstTold(versions)
	var all []Judgement
	for day := w.First; day <= min(w.Last, civil.DayOf(asOf, zone)); day++ {
		first, known := told[day]
		if !known && ind.Every == week {
			continue
		}
		on := day
		if known {
			on = max(day, civil.DayOf(first, zone))
		}
		at := (on + 1).At(0, 0, zone).Add(-time.Microsecond)
		if at.After(asOf) {
			at = asOf
		}
		all = append(all, Judgement{At: at.UTC(), Then: Verdict{Day: day}})
	}
	u.judge(all)
	return all
}

// unfolding lets the observations come in once, in order.
type unfolding struct {
	ind      Indicator
	ledger   *counts.Ledger
	versions []counts.Version
	next     int
}

// judge fills in both verdicts of each day.
func (u *unfolding) judge(all []Judgement) {
	order := make([]*Judgement, len(all))
	for i := range all {
		order[i] = &all[i]
	}
	slices.SortStableFunc(order, func(a, b *Judgement) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Then.Day, b.Then.Day)) })
	settled := make([]int, len(order))
	for i, j := range order {
		settled[i] = u.until(j.At)
		j.Then = u.verdict(j.Then.Day)
	}
	u.rest()
	for i, j := range order {
		if j.Now = j.Then; u.ledger.ChangedSince(settled[i], u.past(j.Then.Day)) {
			j.Now = u.verdict(j.Then.Day)
		}
	}
}

// until lets in what was recorded by an instant, and returns the settling.
func (u *unfolding) until(at time.Time) int {
	for ; u.next < len(u.versions) && !u.versions[u.next].Recorded.After(at); u.next++ {
		u.ledger.Take(u.versions[u.next])
	}
	return u.ledger.Settle()
}

// rest lets in everything.
func (u *unfolding) rest() {
	for ; u.next < len(u.versions); u.next++ {
		u.ledger.Take(u.versions[u.next])
	}
	u.ledger.Settle()
}

func (u *unfolding) past(day civil.Day) civil.Window {
	return civil.Window{First: day - civil.Day(u.ind.Reach()), Last: day}
}

func (u *unfolding) verdict(day civil.Day) Verdict {
	return u.ind.Judge(u.ledger.Points(u.past(day), civil.Day(u.ind.Every)), day)
}
