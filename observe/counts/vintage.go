package counts

import (
	"cmp"
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

// Growth is how an area's days grew as reports came in: for each day of the
// event what was known of it at the end of that day, of the next, and so on.
type Growth struct {
	// First is the first day of Known.
	First civil.Day
	// Known holds, by day and delay, the count known by then; nil where nothing
	// was, and no element for a delay that lies ahead.
	Known [][]*int64
	// Reconstructed says of each day whether its newest count is.
	Reconstructed []bool
}

// Grow follows the days of a window up to the longest delay, as they are known
// at an instant. The days end where the location says. Versions are those of
// the area and all within it.
func Grow(areas []place.Area, root place.Code, versions []Version, w civil.Window, longest int, at time.Time, in *time.Location) Growth {
	g := Growth{First: w.First, Known: make([][]*int64, w.Days()), Reconstructed: make([]bool, w.Days())}
	versions = slices.Clone(versions)
	slices.SortStableFunc(versions, func(a, b Version) int { return cmp.Compare(a.Day, b.Day) })
	today := civil.DayOf(at, in)
	for day := w.First; day <= today; day++ {
		end := (day + 1).At(0, 0, in).Add(-time.Microsecond)
		if at.Before(end) {
			end = at
		}
		from, _ := slices.BinarySearchFunc(versions, day-civil.Day(longest), func(v Version, d civil.Day) int { return cmp.Compare(v.Day, d) })
		to, _ := slices.BinarySearchFunc(versions, day+1, func(v Version, d civil.Day) int { return cmp.Compare(v.Day, d) })
		known := map[civil.Day]Point{}
		for _, p := range AsKnown(areas, versions[from:to], end)[root] {
			known[p.Day] = p
		}
		for event := max(w.First, day-civil.Day(longest)); event <= min(day, w.Last); event++ {
			i := event - w.First
			var n *int64
			if p, ok := known[event]; ok {
				n, g.Reconstructed[i] = &p.Count, p.Reconstructed
			}
			g.Known[i] = append(g.Known[i], n)
		}
	}
	return g
}
