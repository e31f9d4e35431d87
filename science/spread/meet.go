package spread

import (
	"math"

	"github.com/breakwater-eoc/breakwater/science/stat"
)

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
