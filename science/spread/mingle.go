package spread

import (
	"math"

	"github.com/breakwater-eoc/breakwater/science/stat"
)

// spread draws the contact points at sites of an infectious person, as visitor
// and as one of a site's staff; from and to bound the infectious part of today.
func (v *visits) spread(w *World, ln *lane, index uint32, from, to float32) {
	inf := w.active.at(index)
	stays := v.today.of(inf.person)
	for k := range stays {
		if stays[k].took() {
			v.mingle(w, ln, index, &stays[k], k, from, to)
		}
	}
	if site := w.city.Workplace(inf.person); site != Nobody {
		if shift := v.today.shiftOf(inf.person, site); shift != nil {
			v.mingle(w, ln, index, shift, mostStays, from, to)
		}
	}
}

// encounter is one contact point at a site, with whoever stands at a place of
// the day's lists: stays by slot, then turns of duty.
type encounter struct {
	tick   float64
	chance float64 // it infects if the chance is below factor and what is left of 1
	factor float64
	index  uint32 // of the infection
	place  uint32
}

// mingle draws the contact points of one stay: with everybody who is there at
// the same time, visitors and staff alike, at the class's contacts an hour
// divided by its capacity. So a customer meets one of the staff exactly as
// often as that one meets the customer. Points with people who are not there at
// the instant fall through.
func (v *visits) mingle(w *World, ln *lane, index uint32, stay *Visit, k int, from, to float32) {
	inf := w.active.at(index)
	p := &w.paths[inf.path]
	c := &w.city.Classes[stay.Class]
	begin := max(float64(from-float32(w.day))*TicksPerDay, float64(stay.Start))
	end := min(float64(to-float32(w.day))*TicksPerDay, float64(stay.Start)+float64(stay.Ticks))
	r := &v.today
	crowd, last := r.around(stay, v.plans[stay.Class].longest)
	visitors := last - crowd
	staff := uint32(len(r.order)) + r.bySite[stay.Site]
	pool := visitors + r.bySite[stay.Site+1] - r.bySite[stay.Site]
	high := p.early
	if inf.turn <= from {
		high = p.late
	}
	rate := v.Weight * p.bound * high / p.early * float64(inf.load) * c.Contact / 6 / float64(c.Capacity) * float64(pool)
	key := uint64(inf.person)*placesPerPerson + uint64(k)
	u := 1 - stat.Unit(v.meetToday[inf.path].At(key))
	if 1-u >= rate*(end-begin) {
		return
	}
	s := v.meetToday[inf.path].With(key)
	turn := (float64(inf.turn) - float64(w.day)) * TicksPerDay
	for tick := begin - math.Log(u)/rate; tick < end; tick -= math.Log(1-s.Float64()) / rate {
		e := encounter{tick: tick, chance: s.Float64(), factor: 1, index: index}
		if tick >= turn {
			e.factor = p.late / high
		}
		if pick := uint32(s.IntN(int(pool))); pick < visitors {
			e.place = crowd + pick
		} else {
			e.place = staff + pick - visitors
		}
		if e.chance < e.factor {
			ln.encounters = append(ln.encounters, e)
		}
	}
	if len(ln.encounters) >= meetBatch {
		v.decide(w, ln)
	}
}

// decide settles the contact points at sites that a lane has collected; like
// those of meet they are decided together because they wait for memory.
func (v *visits) decide(w *World, ln *lane) {
	r := &v.today
	for i := range ln.encounters {
		e := &ln.encounters[i]
		var other *Visit
		if k := int(e.place) - len(r.order); k < 0 {
			other = &r.stays[r.order[e.place]]
		} else {
			other = &r.shifts[k]
		}
		if other.at(e.tick) {
			v.catch(w, ln, e, other)
		}
	}
	ln.encounters = ln.encounters[:0]
}

// catch infects a person met at a site if the chance is below the factor that
// is left by masks, areas and immunity.
func (v *visits) catch(w *World, ln *lane, e *encounter, other *Visit) {
	inf := w.active.at(e.index)
	if other.Person == inf.person {
		return
	}
	p := &w.paths[inf.path]
	at := float64(w.day) + e.tick/TicksPerDay
	chance := e.chance * p.susMax
	factor := e.factor * w.susceptibility(p, other.Person, at)
	if chance >= factor {
		return
	}
	factor *= w.publicFactor(inf.person, w.measures.Masks.Source) * w.publicFactor(other.Person, w.measures.Masks.Wearer)
	if chance < factor {
		ln.points = append(ln.points, candidate{time: float32(at), source: e.index, by: inf.person, target: other.Person,
			site: other.Site, root: inf.root, path: inf.path, layer: AtSite})
	}
}
