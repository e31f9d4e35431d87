package counts

import (
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// Ledger follows the days of one area while observations come in, so that what
// was known at many instants costs no more than reading everything once. At
// every instant it says what [AsKnown] says. Take observations in the order in
// which they were recorded.
type Ledger struct {
	root    place.Code
	parent  map[place.Code]place.Code // of the areas within the root
	days    map[civil.Day]*bookedDay
	touched map[civil.Day]bool // days told about since the last settling
	settled int
}

// bookedDay is what is known of one day.
type bookedDay struct {
	latest  map[reporter]Version
	point   Point
	changed int // the settling that last changed the point; 0 while there is none
}

type reporter struct {
	area   place.Code
	source observe.SourceID
}

// NewLedger returns an empty ledger of an area. The areas must stand each after
// the one that it lies in.
func NewLedger(areas []place.Area, root place.Code) *Ledger {
	l := &Ledger{root: root, parent: map[place.Code]place.Code{}, days: map[civil.Day]*bookedDay{}, touched: map[civil.Day]bool{}}
	for _, a := range areas {
		if _, within := l.parent[a.Parent]; within || a.Parent == root {
			l.parent[a.Code] = a.Parent
		}
	}
	return l
}

// Take notes an observation. One of an area that is not the ledger's, nor lies
// within it, is left out; one recorded before what stands does not replace it.
func (l *Ledger) Take(v Version) {
	if _, within := l.parent[v.Area]; !within && v.Area != l.root {
		return
	}
	d := l.days[v.Day]
	if d == nil {
		d = &bookedDay{latest: map[reporter]Version{}}
		l.days[v.Day] = d
	}
	k := reporter{v.Area, v.Source}
	if old, ok := d.latest[k]; ok && old.Recorded.After(v.Recorded) {
		return
	}
	d.latest[k] = v
	l.touched[v.Day] = true
}

// Settle adds up the days that were told about, and returns the number of this
// settling, from 1 on.
func (l *Ledger) Settle() int {
	l.settled++
	for day := range l.touched {
		d := l.days[day]
		p := l.sum(day, d.latest)
		if d.changed == 0 || p.Count != d.point.Count || p.Reconstructed != d.point.Reconstructed {
			d.point, d.changed = p, l.settled
		}
	}
	clear(l.touched)
	return l.settled
}

// sum adds up the topmost areas that have a figure of their own.
func (l *Ledger) sum(day civil.Day, latest map[reporter]Version) Point {
	own := map[place.Code]bool{}
	for k := range latest {
		own[k.area] = true
	}
	p := Point{Day: day}
	for k, v := range latest {
		if l.counted(k.area, own) {
			continue
		}
		p.Count += v.Count
		p.Reconstructed = p.Reconstructed || v.Basis == place.Reconstructed
	}
	return p
}

// counted reports whether an area around this one has a figure that holds its.
func (l *Ledger) counted(area place.Code, own map[place.Code]bool) bool {
	for area != l.root {
		area = l.parent[area]
		if own[area] {
			return true
		}
	}
	return false
}

// Points returns the settled days of a window that are a number of days apart
// and end with its last, those of which something is known.
func (l *Ledger) Points(w civil.Window, every civil.Day) []Point {
	var points []Point
	for day := w.First + (w.Last-w.First)%every; day <= w.Last; day += every {
		if d := l.days[day]; d != nil && d.changed > 0 {
			points = append(points, d.point)
		}
	}
	return points
}

// ChangedSince reports whether any day of a window changed after a settling.
func (l *Ledger) ChangedSince(settled int, w civil.Window) bool {
	for day := w.First; day <= w.Last; day++ {
		if d := l.days[day]; d != nil && d.changed > settled {
			return true
		}
	}
	return false
}

// FirstTold returns when each day of an area and all within it was first told
// about, among versions in order of their recording.
func FirstTold(versions []Version) map[civil.Day]time.Time {
	first := map[civil.Day]time.Time{}
	for _, v := range versions {
		if _, known := first[v.Day]; !known {
			first[v.Day] = v.Recorded
		}
	}
	return first
}
