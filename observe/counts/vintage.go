package counts

import (
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// Version is one observation of one stream as it was taken in, whether or not a
// later one supersedes it.
type Version struct {
	Area     place.Code
	Day      civil.Day
	Source   observe.SourceID
	Count    int64
	Basis    place.Basis
	Recorded time.Time
}

// AsKnown returns every area's days as they were known at an instant: of the
// versions recorded by then the latest of each source, area and day, added up
// as [Rollup] does. Versions recorded at the same instant count in the order in
// which they are given. The areas must stand each after the one that it lies in.
func AsKnown(areas []place.Area, versions []Version, at time.Time) map[place.Code][]Point {
	type key struct {
		area   place.Code
		day    civil.Day
		source observe.SourceID
	}
	latest := map[key]Version{}
	for _, v := range versions {
		k := key{v.Area, v.Day, v.Source}
		if old, ok := latest[k]; v.Recorded.After(at) || ok && old.Recorded.After(v.Recorded) {
			continue
		}
		latest[k] = v
	}
	own := map[place.Code]map[civil.Day]Point{}
	for k, v := range latest {
		if own[k.area] == nil {
			own[k.area] = map[civil.Day]Point{}
		}
		p := Point{Day: k.day, Count: v.Count, Reconstructed: v.Basis == place.Reconstructed}
		if sum, ok := own[k.area][k.day]; ok {
			p = sum.Plus(p)
		}
		own[k.area][k.day] = p
	}
	rows := map[place.Code][]Point{}
	for area, days := range own {
		rows[area] = inOrder(days)
	}
	return Rollup(areas, rows)
}

// Growth is how an area's days grew as reports came in.
type Growth struct {
	// First is the first day of Known.
	First civil.Day
	// Known holds, by day and delay, the count known by then; nil where nothing
	// was, and no element for a delay that lies ahead. Delay 0 is the first time
	// after the end of the day that the clock shows the hour of the as-of time,
	// and each further delay is a day later.
	Known [][]*int64
}

// LastEnded is the last day that had ended by an instant.
func LastEnded(at time.Time, in *time.Location) civil.Day {
	return civil.DayOf(at.Add(time.Microsecond), in) - 1
}

// Grow follows the days that had ended by an instant, from a first one on, up to
// the longest delay. What is known is looked at once a day, always at the hour of
// the instant: a day that is looked at in the morning has then never had its
// evening's reports, and days can be compared. Versions are those of the area and
// all within it; each is let in once, in the order of their recording.
func Grow(areas []place.Area, root place.Code, versions []Version, first civil.Day, longest int, at time.Time, in *time.Location) Growth {
	last := LastEnded(at, in)
	g := Growth{First: first, Known: make([][]*int64, max(0, int(last-first)+1))}
	coming := slices.Clone(versions)
	slices.SortStableFunc(coming, func(a, b Version) int { return a.Recorded.Compare(b.Recorded) })
	ledger := NewLedger(areas, root)
	for day := first; day <= last; day++ {
		then := at.In(in).AddDate(0, 0, -int(last-day))
		for len(coming) > 0 && !coming[0].Recorded.After(then) {
			ledger.Take(coming[0])
			coming = coming[1:]
		}
		ledger.Settle()
		g.look(ledger, civil.Window{First: max(first, day-civil.Day(longest)), Last: day})
	}
	return g
}

// look notes what is known of each day of a window, as its next delay.
func (g *Growth) look(l *Ledger, w civil.Window) {
	known := map[civil.Day]*int64{}
	for _, p := range l.Points(w, 1) {
		known[p.Day] = &p.Count
	}
	for day := w.First; day <= w.Last; day++ {
		g.Known[day-g.First] = append(g.Known[day-g.First], known[day])
	}
}

// Earlier is the growth as it was a number of days before: that of the days that
// had ended then, up to the delays that they had then.
func (g Growth) Earlier(days int) Growth {
	e := Growth{First: g.First, Known: make([][]*int64, max(0, len(g.Known)-days))}
	for i := range e.Known {
		e.Known[i] = g.Known[i][:min(len(g.Known[i]), len(e.Known)-i)]
	}
	return e
}
