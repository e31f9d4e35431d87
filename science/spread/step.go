package spread

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
	"sync"

	"github.com/breakwater-eoc/breakwater/science/stat"
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

// lane is what one thread collects.
type lane struct {
	meets      [maxLayers][]contact
	encounters []encounter
	points     []candidate
	events     []Event
	counts     []Counts
	ill        []onset
}

// onset is a person who fell ill today.
type onset struct {
	person uint32
	at     float32
}

// Step runs one day and reports it.
func (w *World) Step() *Day {
	w.today = Day{Number: w.day, Events: w.today.Events[:0], Pathogens: w.today.Pathogens[:0]}
	w.today.Pathogens = slices.Grow(w.today.Pathogens, len(w.paths))[:len(w.paths)]
	clear(w.today.Pathogens)
	w.morning()
	w.openGates()
	w.setFactors()
	if w.visits != nil {
		w.visits.draw(w)
	}
	points := w.scan()
	points = append(points, w.arrivals()...)
	slices.SortFunc(points, candidate.compare)
	w.resolve(points)
	w.finish()
	w.close()
	w.day++
	return &w.today
}

// smallest number of infections that a thread is started for.
const laneLoad = 4096

// scan lets every infection of the city live through the day: events of its
// course, and contact points that would infect. Lanes take runs of infections,
// and are joined in order, so their number does not show.
func (w *World) scan() []candidate {
	lanes := min(len(w.lanes), 1+w.active.n/laneLoad)
	var group sync.WaitGroup
	for k := range lanes {
		ln := &w.lanes[k]
		ln.points, ln.events = ln.points[:0], ln.events[:0]
		ln.counts = slices.Grow(ln.counts[:0], len(w.paths))[:len(w.paths)]
		clear(ln.counts)
		from, to := k*w.active.n/lanes, (k+1)*w.active.n/lanes
		work := func() {
			for i := from; i < to; i++ {
				w.live(ln, uint32(i), float32(w.day))
			}
			w.meetAll(ln)
		}
		if k == lanes-1 {
			work()
		} else {
			group.Go(work)
		}
	}
	group.Wait()
	points := w.lanes[0].points
	for k := range lanes {
		ln := &w.lanes[k]
		if k > 0 {
			points = append(points, ln.points...)
		}
		w.merge(ln)
	}
	return points
}

func (w *World) merge(ln *lane) {
	w.today.Events = append(w.today.Events, ln.events...)
	for i := range ln.counts {
		w.today.Pathogens[i].add(&ln.counts[i])
	}
	for _, o := range ln.ill {
		w.fallIll(o.person, o.at)
	}
	ln.ill = ln.ill[:0]
}

func (c *Counts) add(d *Counts) {
	c.Infected += d.Infected
	c.Onset += d.Onset
	c.Admitted += d.Admitted
	c.Critical += d.Critical
	c.Discharged += d.Discharged
	c.Died += d.Died
	c.Recovered += d.Recovered
}

// live runs one infection from an instant of today to midnight.
func (w *World) live(ln *lane, index uint32, since float32) {
	inf := w.active.at(index)
	midnight := float32(w.day + 1)
	in := func(t float32) bool { return t >= since && t < midnight }
	c := &ln.counts[inf.path]
	if in(inf.onset) {
		c.Onset++
		if len(w.measures.Testing.Programmes) > 0 {
			ln.ill = append(ln.ill, onset{inf.person, inf.onset})
		}
		w.note(ln, Onset, inf, inf.onset)
	}
	if in(inf.admitted) {
		c.Admitted++
		w.note(ln, Admitted, inf, inf.admitted)
	}
	if in(inf.critical) {
		c.Critical++
		w.note(ln, Critical, inf, inf.critical)
	}
	if in(inf.out) {
		if inf.dies {
			c.Died++
			w.note(ln, Died, inf, inf.out)
		} else {
			c.Discharged++
			w.note(ln, Discharged, inf, inf.out)
		}
	}
	if inf.from < midnight && inf.to > since {
		w.spread(ln, index, max(inf.from, since), min(inf.to, midnight))
	}
}

func (w *World) note(ln *lane, what What, inf *infection, at float32) {
	if !w.cfg.Quiet {
		ln.events = append(ln.events, Event{What: what, Pathogen: inf.path, Layer: FromOutside,
			Person: inf.person, Other: Nobody, Site: Nobody, Root: inf.root, Time: at, Count: inf.children})
	}
}

// spread draws the contact points of an infectious person from an instant to
// another, both within today. They are one Poisson process on a clock that runs
// as fast as the load, so that a day of low load has few points to draw.
func (w *World) spread(ln *lane, index uint32, from, to float32) {
	inf := w.active.at(index)
	p := &w.paths[inf.path]
	if inf.rates[0] == notRated {
		w.rate(inf)
	}
	if w.visits != nil {
		w.visits.spread(w, ln, index, from, to)
	}
	var sums [maxLayers]float64
	total := 0.0
	for l := range w.layers {
		total += float64(inf.rates[l]) * w.calendarToday[l]
		sums[l] = total
	}
	rate := p.bound * float64(inf.load) * total
	turn := min(max(inf.turn, from), to)
	high := float64(turn - from)
	window := high + float64(to-turn)*p.late/p.early
	// -log(u) >= 1-u, so most people without a point are done after one draw.
	u := 1 - stat.Unit(p.contactToday.At(uint64(inf.person)))
	if 1-u >= rate*window {
		return
	}
	s := p.contactToday.With(uint64(inf.person))
	point := uint64(0)
	for clock := -math.Log(u) / rate; clock < window; clock -= math.Log(1-s.Float64()) / rate {
		at := float64(from) + clock
		if clock > high {
			at = float64(turn) + (clock-high)*p.early/p.late
		}
		l, v := 0, s.Float64()*total
		for v >= sums[l] {
			l++
		}
		if chance := s.Float64(); chance < w.layerToday[l] {
			ln.meets[l] = append(ln.meets[l], contact{at: at, chance: chance * p.susMax, draws: s.With(point), index: index, person: inf.person})
			if len(ln.meets[l]) == meetBatch {
				w.meet(ln, l)
			}
		}
		point++
	}
}

// contact is one contact point in a layer. Its draws are its own, so that a
// point which a measure removes changes no other.
type contact struct {
	at, chance float64 // it infects if the chance is below what is left of 1
	draws      stat.Stream
	index      uint32 // of the infection
	person     uint32 // who has it
	target     uint32
}

// meetBatch is the number of contact points that are decided together: looking
// up whom they are with waits for memory, and those waits can overlap.
const meetBatch = 256

// meetAll decides what a lane has collected.
func (w *World) meetAll(ln *lane) {
	if w.visits != nil {
		w.visits.decide(w, ln)
	}
	for l := range w.layers {
		w.meet(ln, l)
	}
}

// meet decides the contact points that a lane has collected in a layer: with
// whom, and whether they would infect.
func (w *World) meet(ln *lane, l int) {
	layer, list := &w.layers[l], ln.meets[l]
	for i := range list {
		list[i].target = layer.partner(w.city, list[i].person, &list[i].draws)
	}
	for i := range list {
		c := &list[i]
		if c.target == Nobody {
			continue
		}
		inf := w.active.at(c.index)
		factor := w.layerToday[l] * w.susceptibility(&w.paths[inf.path], c.target, c.at)
		if c.chance >= factor {
			continue
		}
		factor *= w.sourceFactor(inf, layer, c.at) * w.targetFactor(c.target, layer)
		if w.shut != nil && (layer.Kind == Team || layer.Kind == Colleagues) {
			factor *= w.workFactor(c.person) * w.workFactor(c.target)
		}
		if c.chance < factor {
			ln.points = append(ln.points, candidate{time: float32(c.at), source: c.index, by: c.person, target: c.target,
				site: Nobody, root: inf.root, path: inf.path, layer: uint8(l)})
		}
	}
	ln.meets[l] = list[:0]
}

// setFactors fixes what holds for the whole day.
func (w *World) setFactors() {
	w.calm = w.mood()
	for l := range w.layers {
		layer := &w.layers[l]
		w.calendarToday[l] = w.cfg.Calendar.factor(layer, w.day)
		w.layerToday[l] = w.measures.Contacts[l] / layer.headroom
		if layer.Kind == Crowd {
			w.layerToday[l] *= w.calm
		}
	}
	for i := range w.paths {
		p := &w.paths[i]
		season := p.Season.At(float64(w.cfg.Calendar.YearDay+w.day) + 0.5)
		p.bound = p.Rate * season * p.early * p.susMax
		p.contactToday = p.contact.With(uint64(w.day))
	}
}

// sourceFactor is what illness and measures leave of the contacts of an
// infectious person.
func (w *World) sourceFactor(inf *infection, l *layer, at float64) float64 {
	f := w.holdFactor(inf.person, l.Kind == Home)
	if at >= float64(inf.admitted) && at < float64(inf.out) {
		f *= w.measures.Ward
	}
	if l.Kind == Home {
		return f
	}
	if at >= float64(inf.onset) {
		f *= l.Ill
	}
	return f * w.publicFactor(inf.person, w.measures.Masks.Source)
}

// targetFactor is the same for the person who might be infected.
func (w *World) targetFactor(target uint32, l *layer) float64 {
	if w.flags[target]&(flagDead|flagWard) != 0 {
		if w.flags[target]&flagDead != 0 {
			return 0
		}
		return w.measures.Ward
	}
	if l.Kind == Home {
		return min(1, w.holdFactor(target, true))
	}
	return w.holdFactor(target, false) * w.publicFactor(target, w.measures.Masks.Wearer)
}

// publicFactor is what masks and rules of a person's area leave of contacts
// outside the home.
func (w *World) publicFactor(person uint32, stopped float64) float64 {
	f := 1.0
	if w.measures.Masks.Coverage > 0 && w.trait(person, "mask") < w.measures.Masks.Coverage {
		f -= stopped
	}
	if w.measures.Areas != nil {
		f *= w.measures.Areas[w.city.AreaOf(person)]
	}
	return f
}

// trait is a fixed number in [0,1) of a person, for a named purpose.
func (w *World) trait(person uint32, purpose string) float64 {
	s := stat.NewStream(w.cfg.Seed, purpose, uint64(person))
	return s.Float64()
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

// finish ends the courses that are over and keeps the others in order.
func (w *World) finish() {
	midnight := float32(w.day + 1)
	var dead []uint32
	w.active.keep(func(inf *infection) bool {
		w.updateWard(inf, midnight)
		switch {
		case inf.end >= midnight:
			return true
		case w.flags[inf.person]&flagDead != 0:
			w.cutShort(inf)
		case inf.dies:
			w.flags[inf.person] |= flagDead
			dead = append(dead, inf.person)
			w.endInDeath(inf)
		default:
			w.endInRecovery(inf)
		}
		return false
	})
	if len(dead) == 0 {
		return
	}
	w.active.keep(func(inf *infection) bool {
		if w.flags[inf.person]&flagDead == 0 {
			return true
		}
		w.cutShort(inf)
		return false
	})
}

func (w *World) updateWard(inf *infection, midnight float32) {
	switch {
	case inf.admitted == endlessFloat:
	case inf.out >= midnight-1 && inf.out < midnight:
		w.flags[inf.person] &^= flagWard
	case inf.admitted < midnight && inf.out >= midnight:
		w.flags[inf.person] |= flagWard
	}
}

func (w *World) endInRecovery(inf *infection) {
	t := w.leave(inf)
	t.past++
	w.today.Pathogens[inf.path].Recovered++
	if !w.cfg.Quiet {
		w.today.Events = append(w.today.Events, Event{What: Recovered, Pathogen: inf.path, Layer: FromOutside, Person: inf.person,
			Other: Nobody, Site: Nobody, Root: inf.root, Time: inf.end, Count: inf.children, Interval: inf.end - inf.start})
	}
}

func (w *World) endInDeath(inf *infection) {
	t := w.leave(inf)
	t.dead++
	for i := range w.paths {
		state := w.paths[i].who[inf.person].state
		if i == int(inf.path) || state&infectedNow != 0 {
			continue // cutShort moves those who are infected
		}
		if state&countMask > 0 {
			w.tally[i].past--
		}
		w.tally[i].deadOther++
	}
}

// cutShort ends the course of a person who died today of another infection;
// what has not happened by midnight does not happen.
func (w *World) cutShort(inf *infection) {
	t := w.leave(inf)
	t.deadOther++
	if midnight := float32(w.day + 1); inf.admitted < midnight && inf.out >= midnight {
		t.cutStays++
	}
}

// leave takes an infection out of its person's state.
func (w *World) leave(inf *infection) *tally {
	who := &w.paths[inf.path].who[inf.person]
	who.state = min(who.state&countMask+1, countMask)
	w.tally[inf.path].infected--
	return &w.tally[inf.path]
}

// close fills in the states at the end of the day.
func (w *World) close() {
	for i := range w.paths {
		t, c := &w.tally[i], &w.today.Pathogens[i]
		t.hospital += c.Admitted - c.Discharged - c.Died - t.cutStays
		t.cutStays = 0
		c.Infecteds, c.Past, c.Dead, c.InHospital = t.infected, t.past, t.dead, t.hospital
		c.Susceptible = w.city.People() - t.infected - t.past - t.dead - t.deadOther
	}
}
