package spread

import (
	"cmp"
	"container/heap"
)

// candidate is a contact point that would infect its target, unless the target
// catches it from somebody else first.
type candidate struct {
	time   float32
	source uint32 // index into active; Nobody for an introduction
	by     uint32 // person who infects, or Nobody
	target uint32
	site   uint32
	root   uint32
	ago    float32 // introductions: days that the course has run
	path   uint8
	layer  uint8
}

// before orders candidates in a way that no thread can change.
func (c candidate) compare(d candidate) int {
	if c.time != d.time {
		return cmp.Compare(c.time, d.time)
	}
	if c.by != d.by {
		return cmp.Compare(c.by, d.by)
	}
	if c.target != d.target {
		return cmp.Compare(c.target, d.target)
	}
	return cmp.Compare(c.path, d.path)
}

// candidates is a heap by time, for points drawn by people infected today.
type candidates []candidate

func (q candidates) Len() int           { return len(q) }
func (q candidates) Less(i, j int) bool { return q[i].compare(q[j]) < 0 }
func (q candidates) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }

// Push adds a candidate; use heap.Push.
func (q *candidates) Push(x any) { *q = append(*q, x.(candidate)) }

// Pop removes the last candidate; use heap.Pop.
func (q *candidates) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// resolve lets the day's points infect in the order of time. People infected
// today may infect in turn before midnight.
func (w *World) resolve(points []candidate) {
	ln := &w.lanes[0]
	ln.points, ln.events = nil, ln.events[:0]
	clear(ln.counts)
	w.queue = w.queue[:0]
	known := uint32(w.active.n)
	for i := 0; i < len(points) || len(w.queue) > 0; {
		var c candidate
		if len(w.queue) == 0 || i < len(points) && points[i].compare(w.queue[0]) <= 0 {
			c = points[i]
			i++
		} else {
			c = heap.Pop(&w.queue).(candidate)
		}
		w.infect(ln, c)
	}
	for i := known; i < uint32(w.active.n); i++ {
		if inf := w.active.at(i); inf.rates[0] == notRated {
			w.rate(inf)
		}
	}
	w.merge(ln)
	ln.points = points[:0]
}

// infect starts the course that a candidate leads to, if its target can still
// catch it.
func (w *World) infect(ln *lane, c candidate) {
	p := &w.paths[c.path]
	who := &p.who[c.target]
	if who.state&infectedNow != 0 || w.flags[c.target]&flagDead != 0 || w.forestalled(p, c.target) {
		return
	}
	inf, index := w.active.add()
	w.startCourse(inf, int(c.path), c.target, c.root, float64(c.time-c.ago))
	t := &w.tally[c.path]
	if who.state&countMask > 0 {
		t.past--
	}
	t.infected++
	who.state |= infectedNow
	who.since = tick(float64(inf.start))
	w.noteInfection(ln, c)
	ln.points = ln.points[:0]
	w.live(ln, index, c.time)
	w.meetAll(ln)
	for _, next := range ln.points {
		heap.Push(&w.queue, next)
	}
}

// forestalled reports whether an infection with another pathogen, caught since
// this morning and so unknown when the point was drawn, keeps this one out.
func (w *World) forestalled(p *path, person uint32) bool {
	for k, i := range p.cross {
		q := &w.paths[i]
		if q != p && q.who[person].state&infectedNow != 0 && fromTick(q.who[person].since) >= float64(w.day) {
			s := p.course.With(uint64(person), uint64(w.day), uint64(i))
			if s.Bool(p.weight[k]) {
				return true
			}
		}
	}
	return false
}

func (w *World) noteInfection(ln *lane, c candidate) {
	counts := &w.today.Pathogens[c.path]
	counts.Infected++
	interval := float32(0)
	switch {
	case c.source == Nobody:
		counts.Imported++
	case c.layer == AtSite:
		counts.AtSites++
	default:
		counts.ByLayer[c.layer]++
	}
	if c.source != Nobody {
		from := w.active.at(c.source)
		from.children++
		interval = c.time - from.start
	}
	if !w.cfg.Quiet {
		ln.events = append(ln.events, Event{What: Infected, Pathogen: c.path, Layer: c.layer, Person: c.target,
			Other: c.by, Site: c.site, Root: c.root, Time: c.time, Interval: interval})
	}
}

// arrivals takes today's introductions as candidates.
func (w *World) arrivals() []candidate {
	var points []candidate
	rest := w.pending[:0]
	for _, in := range w.pending {
		if in.At >= float32(w.day+1) {
			rest = append(rest, in)
			continue
		}
		points = append(points, candidate{time: max(in.At, float32(w.day)), source: Nobody, by: Nobody, target: in.Person,
			site: Nobody, root: in.root, ago: in.Ago, path: uint8(in.Pathogen), layer: FromOutside})
	}
	w.pending = rest
	return points
}
