// Package spread is the transmission engine: several pathogens at once in a
// city of people, driven day by day.
//
// In go a city (package people), pathogens (package pathogen), layers of
// contact, a seed, and between days whatever measures the caller decides. Out
// come, for every day, exact counts and the events behind them: infections
// with who infected whom, where and when, symptoms, tests, visits, admissions,
// deaths. Nothing here reads a clock.
//
// Three rules shape the code. Work grows with infections: only people who are
// infectious draw contacts. Every draw is addressed by seed, purpose, day and
// person, so that the output is the same on any number of threads and two arms
// of a comparison share their chances. And time is continuous inside a day: an
// infection has an instant, and infects no one before its latent time is over.
//
// The method is one marked Poisson process for each infectious person, drawn
// at the highest rate that any measure could allow and thinned to the rate that
// holds (Lewis and Shedler 1979). A measure therefore only removes points; it
// never moves one. See docs/methods/spread.md.
package spread

import (
	"fmt"
	"math"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Nobody stands for no person, no site and no introduction.
const Nobody = people.None

// Config is what a World is made of. The City may be shared by many worlds.
type Config struct {
	City      *people.City
	Pathogens []pathogen.Pathogen // 1 to 8
	// Cross[i][j], in [0,1], is the share of the protection left by pathogen i
	// that holds against j. Nil means that each protects only against itself.
	// A present infection with i counts as complete protection by i.
	Cross    [][]float64
	Layers   []Layer // 1 to 8
	Seed     uint64
	Calendar Calendar
	Workers  int // threads, at least 1; they never change the output
	// Quiet leaves out the list of events and keeps the counts.
	Quiet   bool
	Imports []Route
	Fear    Fear
	// Activity makes people visit sites; see Visits.
	Activity *Activity
}

// World is a city on one day of its epidemics. It is not safe for use by two
// goroutines at once.
type World struct {
	cfg           Config
	city          *people.City
	day           int
	measures      Measures
	shut          []bool             // by site; nil when measures shut none
	calm          float64            // factor of mood on chance contacts and visits today
	calendarToday [maxLayers]float64 // factor of the calendar on each layer
	layerToday    [maxLayers]float64 // share of its highest rate that measures and mood leave
	paths         []path
	layers        []layer

	flags []uint8  // by person, see flagDead and the like
	held  []uint16 // first day on which the person is free again

	active  roster
	pending []pending
	roots   uint32
	lanes   []lane
	queue   candidates
	today   Day
	tally   []tally // by pathogen

	clinic *clinic
	visits *visits
}

// path is a pathogen with what its use in this world adds.
type path struct {
	pathogen.Pathogen
	course                                                                          stat.Stream // key of the courses of infection
	contact                                                                         stat.Stream // key of the contact points
	contactToday                                                                    stat.Stream
	latent, presymptomatic, infectious, toAdmission, toCritical, stay, criticalStay pathogen.Sampler
	symptomatic, admission, critical, death                                         [128]float32 // by age
	susAge                                                                          [128]float32
	susMax                                                                          float64 // highest relative susceptibility
	early                                                                           float64 // load levels
	late                                                                            float64
	bound                                                                           float64 // highest rate of a contact today, at the early load
	cross                                                                           []int   // pathogens whose immunity matters here, itself included
	weight                                                                          []float64

	who   []standing // by person
	doses []uint16   // by person: instant of vaccination, 0 for none; nil without a programme
}

// standing is what a pathogen has to know of a person whom it might infect, in
// one place, because a look-up costs more than the arithmetic that follows.
type standing struct {
	since uint16 // instant of the last infection, in 1/16 d
	state uint8  // infections so far (to 3) and infectedNow
	age   uint8  // of the city
}

const (
	flagDead uint8 = 1 << iota
	flagWard       // in hospital
	flagIsolated
	flagQuarantined
)

const (
	infectedNow  = 0x80
	countMask    = 0x03
	sinceTick    = 16   // parts of a day
	sinceOrigin  = 1024 // days before day 0 that since can tell
	endlessFloat = float32(math.MaxFloat32)
)

// New makes a world at the start of day 0, with nobody infected.
func New(cfg Config) (*World, error) {
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	n := cfg.City.People()
	w := &World{
		cfg:      cfg,
		city:     cfg.City,
		measures: NoMeasures(),
		flags:    make([]uint8, n),
		held:     make([]uint16, n),
		tally:    make([]tally, len(cfg.Pathogens)),
		lanes:    make([]lane, max(cfg.Workers, 1)),
	}
	for i := range cfg.Pathogens {
		w.paths = append(w.paths, w.newPath(i))
	}
	for i := range cfg.Layers {
		w.layers = append(w.layers, w.newLayer(i))
	}
	w.clinic = newClinic()
	if cfg.Activity != nil {
		w.visits = newVisits(w)
	}
	return w, nil
}

func (cfg *Config) validate() error {
	if cfg.City == nil || cfg.City.People() == 0 {
		return fault.New(fault.Invalid, "a world needs a city with people")
	}
	if n := len(cfg.Pathogens); n < 1 || n > 8 {
		return fault.New(fault.Invalid, "pathogens: from 1 to 8 are possible, not %d", n)
	}
	names := map[string]bool{}
	for i := range cfg.Pathogens {
		p := &cfg.Pathogens[i]
		if err := p.Validate(); err != nil {
			return err
		}
		if names[p.Name] {
			return fault.New(fault.Invalid, "pathogen %q is listed twice", p.Name)
		}
		names[p.Name] = true
	}
	if err := cfg.validateCross(); err != nil {
		return err
	}
	if n := len(cfg.Layers); n < 1 || n > maxLayers {
		return fault.New(fault.Invalid, "layers: from 1 to %d are possible, not %d", maxLayers, n)
	}
	for i := range cfg.Layers {
		if err := cfg.Layers[i].validate(); err != nil {
			return fmt.Errorf("layer %d: %w", i, err)
		}
	}
	for i := range cfg.Imports {
		if err := cfg.Imports[i].validate(cfg); err != nil {
			return err
		}
	}
	if err := cfg.Fear.validate(); err != nil {
		return err
	}
	if cfg.Activity != nil {
		if err := cfg.Activity.validate(cfg.City); err != nil {
			return err
		}
	}
	return cfg.Calendar.validate()
}

func (cfg *Config) validateCross() error {
	if cfg.Cross == nil {
		return nil
	}
	if len(cfg.Cross) != len(cfg.Pathogens) {
		return fault.New(fault.Invalid, "cross immunity has %d rows for %d pathogens", len(cfg.Cross), len(cfg.Pathogens))
	}
	for i, row := range cfg.Cross {
		if len(row) != len(cfg.Pathogens) {
			return fault.New(fault.Invalid, "cross immunity row %d has %d entries for %d pathogens", i, len(row), len(cfg.Pathogens))
		}
		for _, v := range row {
			if !(v >= 0 && v <= 1) {
				return fault.New(fault.Invalid, "cross immunity %v is not from 0 to 1", v)
			}
		}
	}
	return nil
}

func (w *World) newPath(i int) path {
	n := w.city.People()
	p := path{
		Pathogen: w.cfg.Pathogens[i],
		who:      make([]standing, n),
	}
	for person, age := range w.city.Age {
		p.who[person].age = age
	}
	p.course = stat.NewStream(w.cfg.Seed, "course of "+p.Name)
	p.contact = stat.NewStream(w.cfg.Seed, "contacts of "+p.Name)
	p.latent, p.presymptomatic, p.infectious = p.Latent.Sampler(), p.Presymptomatic.Sampler(), p.Infectious.Sampler()
	p.toAdmission, p.toCritical, p.stay, p.criticalStay = p.ToAdmission.Sampler(), p.ToCritical.Sampler(), p.Stay.Sampler(), p.CriticalStay.Sampler()
	for age := range p.susAge {
		p.symptomatic[age], p.admission[age] = float32(p.Symptomatic.At(age)), float32(p.Admission.At(age))
		p.critical[age], p.death[age] = float32(p.Critical.At(age)), float32(p.Death.At(age))
		v := p.Susceptibility.At(age)
		p.susAge[age] = float32(v)
		p.susMax = max(p.susMax, v)
	}
	p.early, p.late = p.Load.Levels()
	for k := range w.cfg.Pathogens {
		weight := 0.0
		if w.cfg.Cross != nil {
			weight = w.cfg.Cross[k][i]
		} else if k == i {
			weight = 1
		}
		if weight > 0 {
			p.cross = append(p.cross, k)
			p.weight = append(p.weight, weight)
		}
	}
	return p
}

// Day is the number of the next day that Step will run, from 0.
func (w *World) Day() int { return w.day }

// City is the city that the world is about.
func (w *World) City() *people.City { return w.city }

// Measures returns what is in force.
func (w *World) Measures() Measures { return w.measures }

// SetMeasures puts measures in force from the next day on.
func (w *World) SetMeasures(m Measures) error {
	if err := m.validate(w); err != nil {
		return err
	}
	w.measures, w.shut = m, w.shuts(&m)
	return nil
}

// Fingerprint is a hash of who was infected how often and when last, by every
// pathogen, and of who has died: 64 bits of FNV-1a. Equal runs have equal
// fingerprints.
func (w *World) Fingerprint() uint64 {
	const prime = 0x100000001b3
	h := uint64(0xcbf29ce484222325)
	for i := range w.paths {
		p := &w.paths[i]
		for _, who := range p.who {
			h = (h ^ uint64(who.state)) * prime
			h = (h ^ uint64(who.since)) * prime
		}
	}
	for _, f := range w.flags {
		h = (h ^ uint64(f&flagDead)) * prime
	}
	return h
}
