package spread

import (
	"math"

	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// infection is one course in one person. Times are days since the start of
// day 0; endlessFloat means never.
type infection struct {
	person   uint32
	root     uint32
	start    float32 // instant of infection
	from     float32 // infectious from
	turn     float32 // end of the high load
	to       float32 // end of infectiousness
	onset    float32
	admitted float32
	critical float32
	out      float32            // leaves hospital, alive or dead
	end      float32            // the course is over
	load     float32            // relative infectiousness of this course
	rates    [maxLayers]float32 // highest contact points a day in each layer, at load 1 on an ordinary day
	children uint16
	path     uint8
	dies     bool
}

// Introduction is an infection from outside the chains of the city.
type Introduction struct {
	Person   uint32
	Pathogen int
	At       float32 // instant at which the person is in the city and infected
	Ago      float32 // days that the course has already run by then
}

type pending struct {
	Introduction
	root uint32
}

// Introduce adds an infection from outside, on the day to come or later, and
// returns the number of the chain that starts with it. It has no effect on a
// person who is immune or infected at the time.
func (w *World) Introduce(in Introduction) (root uint32) {
	root = w.roots
	w.roots++
	w.pending = append(w.pending, pending{in, root})
	return root
}

// Seed infects n different people, drawn at random, at the start of the next
// day.
func (w *World) Seed(n, path int) {
	s := stat.NewStream(w.cfg.Seed, "seeds of "+w.paths[path].Name, uint64(w.day))
	taken := map[uint32]bool{}
	for len(taken) < min(n, w.city.People()) {
		p := uint32(s.IntN(w.city.People()))
		if !taken[p] {
			taken[p] = true
			w.Introduce(Introduction{Person: p, Pathogen: path, At: float32(w.day)})
		}
	}
}

// Immunise makes a random share of the people immune to a pathogen, as if
// their last infection had been some days ago, drawn evenly up to the bound.
// It is for the start of a run.
func (w *World) Immunise(path int, share, upTo float64) {
	p := &w.paths[path]
	key := stat.NewStream(w.cfg.Seed, "immune to "+p.Name, uint64(w.day))
	for i := range p.who {
		who := &p.who[i]
		s := key.With(uint64(i))
		if s.Float64() >= share || who.state&infectedNow != 0 {
			continue
		}
		if who.state&countMask == 0 {
			w.tally[path].past++
		}
		who.state = min(who.state&countMask+1, countMask)
		who.since = tick(float64(w.day) - s.Float64()*upTo)
	}
}

func tick(t float64) uint16 {
	return uint16(min(max((t+sinceOrigin)*sinceTick, 0), math.MaxUint16))
}

func fromTick(t uint16) float64 { return float64(t)/sinceTick - sinceOrigin }

// susceptibility is the relative chance, in [0, susMax], that an effective
// contact infects a person at an instant.
func (w *World) susceptibility(p *path, person uint32, at float64) float64 {
	who := p.who[person]
	if who.state&infectedNow != 0 {
		return 0
	}
	v := float64(p.susAge[who.age])
	for k, i := range p.cross {
		q := &w.paths[i]
		who := q.who[person]
		if who.state == 0 {
			continue
		}
		protection := 1.0
		if who.state&infectedNow == 0 {
			protection = q.Immunity.At(int(who.state&countMask), at-fromTick(who.since))
		}
		v *= 1 - p.weight[k]*protection
	}
	if p.doses != nil && p.doses[person] != 0 {
		v *= 1 - w.measures.Vaccination.protection(at-fromTick(p.doses[person]))
	}
	return v
}

// startCourse draws the course of an infection that starts at an instant. The
// draws belong to the person and to the number of the infection, so that the
// same person fares alike whenever it happens.
func (w *World) startCourse(inf *infection, path int, person, root uint32, start float64) {
	p := &w.paths[path]
	before := int(p.who[person].state & countMask)
	s := p.course.With(uint64(person), uint64(before))
	*inf = infection{person: person, root: root, path: uint8(path), start: float32(start),
		onset: endlessFloat, admitted: endlessFloat, critical: endlessFloat, out: endlessFloat}

	age := int(w.city.Age[person])
	symptoms := s.Float64() < float64(p.symptomatic[age])
	severity := s.Float64()
	load := 1.0
	if p.Dispersion > 0 {
		load = s.Gamma(p.Dispersion, 1/p.Dispersion)
	}
	from := start + p.latent.Sample(&s)
	onset := from + p.presymptomatic.Sample(&s)
	length := p.infectious.Sample(&s)
	to := from + length
	if symptoms {
		to = onset + length
		inf.onset = float32(onset)
	} else {
		load *= p.Silent
	}
	if before > 0 {
		load *= p.Immunity.Infecting
		severity /= max(p.Immunity.Severity, 1e-9)
	}
	if p.doses != nil && p.doses[person] != 0 {
		severity /= max(1-w.measures.Vaccination.Severity, 1e-9)
	}
	inf.from, inf.to, inf.load = float32(from), float32(to), float32(load)
	inf.turn = float32(turn(p.Load, from, to))
	inf.end = inf.to
	if severity < float64(p.admission[age]) {
		w.hospitalise(p, inf, &s, severity, age, onset)
	}
	inf.rates[0] = notRated
}

// notRated marks an infection whose rates are not worked out yet. They are when
// it begins to matter, and for many at a time, because the look-ups in the city
// take longer than all else here.
const notRated = -1

func (w *World) rate(inf *infection) {
	for l := range w.layers {
		inf.rates[l] = float32(w.layers[l].rate(w.city, inf.person))
	}
}

// hospitalise adds a stay, which needs no symptoms beforehand to be drawn: the
// severe are ill by definition.
func (w *World) hospitalise(p *path, inf *infection, s *stat.Stream, severity float64, age int, onset float64) {
	inf.onset = float32(onset)
	admitted := onset + p.toAdmission.Sample(s)
	out := admitted + p.stay.Sample(s)
	if severity < float64(p.critical[age]) {
		critical := admitted + p.toCritical.Sample(s)
		inf.critical = float32(critical)
		out = critical + p.criticalStay.Sample(s)
		inf.dies = severity < float64(p.death[age])
	}
	inf.admitted, inf.out = float32(admitted), float32(out)
	if p.ShedsInHospital {
		inf.to = max(inf.to, inf.out)
		inf.turn = float32(turn(p.Load, float64(inf.from), float64(inf.to)))
	}
	inf.end = max(inf.to, inf.out)
	if inf.dies {
		inf.end = inf.out
		inf.to = min(inf.to, inf.out)
		inf.turn = min(inf.turn, inf.to)
	}
}

func turn(l pathogen.Load, from, to float64) float64 {
	high := l.Share * (to - from)
	if l.Cap > 0 {
		high = min(high, l.Cap)
	}
	return from + high
}
