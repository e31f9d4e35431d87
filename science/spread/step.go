package spread

import (
	"slices"
	"sync"
)

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
