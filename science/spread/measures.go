package spread

import (
	"slices"

	"github.com/breakwater-eoc/breakwater/fault"
)

// maxHomeFactor bounds how much more people meet at home when they are kept in.
const maxHomeFactor = 2

// Measures is everything that a command can put in force from one day to the
// next. Start from NoMeasures; the zero value forbids all contacts.
type Measures struct {
	// Contacts is a factor on each layer, in the order of Config.Layers: in
	// [0,1], for Home in [0,2].
	Contacts [maxLayers]float64
	// Areas is a factor, in [0,1], on contacts outside the home of people who
	// live in each area; nil is 1 everywhere.
	Areas []float64
	Masks Masks
	// Isolated and Quarantined say what is left of the contacts of people who
	// are told to stay in because they are ill, or exposed.
	Isolated, Quarantined Hold
	Ward                  float64 // share of contacts left to people in hospital
	Testing               Testing
	Tracing               Tracing
	Vaccination           Vaccination
	Sites                 SiteRules
	// Sectors is how far each of City.Sectors is open, in [0,1]; nil is 1. The
	// open share of its workers go to work, and of its sites receive visitors.
	Sectors []float64
	// Imports is a factor, in [0,1], on each of Config.Imports; nil is 1.
	Imports []float64
}

// Masks are worn outside the home by a fixed part of the people.
type Masks struct {
	Coverage float64 // share of people who wear one
	Source   float64 // share of transmission that an infectious wearer's stops
	Wearer   float64 // share that a susceptible wearer's stops
}

// Hold is the factors on the contacts of a person who is kept in.
type Hold struct {
	Home      float64 // to 2: people kept in meet more at home
	Elsewhere float64 // in [0,1]
}

// NoMeasures leaves all contacts as they are. People whom a caller isolates
// lose all contacts; people in quarantine keep their home, half again as close,
// and a quarter of the rest (the figures of CovidSim).
func NoMeasures() Measures {
	m := Measures{
		Isolated:    Hold{0, 0},
		Quarantined: Hold{1.5, 0.25},
		Ward:        0,
	}
	for l := range m.Contacts {
		m.Contacts[l] = 1
	}
	return m
}

func (m *Measures) validate(w *World) error {
	for i := range w.layers {
		limit := 1.0
		if w.layers[i].Kind == Home {
			limit = maxHomeFactor
		}
		if !(m.Contacts[i] >= 0 && m.Contacts[i] <= limit) {
			return fault.New(fault.Invalid, "contacts of layer %q: factor %v is not from 0 to %v", w.layers[i].Name, m.Contacts[i], limit)
		}
	}
	if m.Areas != nil && len(m.Areas) != w.city.Areas() {
		return fault.New(fault.Invalid, "area factors: %d given for %d areas", len(m.Areas), w.city.Areas())
	}
	shares := append([]float64{m.Masks.Coverage, m.Masks.Source, m.Masks.Wearer, m.Isolated.Elsewhere, m.Quarantined.Elsewhere, m.Ward,
		m.Isolated.Home / maxHomeFactor, m.Quarantined.Home / maxHomeFactor}, slices.Concat(m.Areas, m.Imports, m.Sectors)...)
	for _, v := range shares {
		if !(v >= 0 && v <= 1) {
			return fault.New(fault.Invalid, "measures: a share or factor is outside its range")
		}
	}
	if m.Imports != nil && len(m.Imports) != len(w.cfg.Imports) {
		return fault.New(fault.Invalid, "import factors: %d given for %d routes", len(m.Imports), len(w.cfg.Imports))
	}
	if m.Sectors != nil && len(m.Sectors) != len(w.city.Sectors) {
		return fault.New(fault.Invalid, "openness: %d given for %d sectors", len(m.Sectors), len(w.city.Sectors))
	}
	if err := m.Testing.validate(w); err != nil {
		return err
	}
	if err := m.Tracing.validate(); err != nil {
		return err
	}
	if err := m.Vaccination.validate(w); err != nil {
		return err
	}
	return m.Sites.validate(w)
}

// Isolate keeps a person in, as ill, until the start of a later day.
func (w *World) Isolate(person uint32, until int) { w.hold(person, until, flagIsolated) }

// Quarantine keeps a person in, as exposed, until the start of a later day.
// Somebody in isolation stays there.
func (w *World) Quarantine(person uint32, until int) { w.hold(person, until, flagQuarantined) }

// Release ends isolation and quarantine at once.
func (w *World) Release(person uint32) {
	w.flags[person] &^= flagIsolated | flagQuarantined
	w.held[person] = 0
}

// Held reports whether a person is in isolation or in quarantine.
func (w *World) Held(person uint32) (isolated, quarantined bool) {
	if int(w.held[person]) <= w.day {
		return false, false
	}
	f := w.flags[person]
	return f&flagIsolated != 0, f&flagQuarantined != 0
}

func (w *World) hold(person uint32, until int, kind uint8) {
	if until <= w.day || until > 60000 || w.flags[person]&flagDead != 0 {
		return
	}
	if int(w.held[person]) <= w.day {
		w.flags[person] &^= flagIsolated | flagQuarantined
		w.clinic.held = append(w.clinic.held, person)
	}
	what := Quarantined
	if kind == flagIsolated {
		what = Isolated
	}
	if w.flags[person]&kind == 0 {
		w.publish(Event{What: what, Person: person, Root: Nobody, Time: float32(w.day)})
	}
	w.flags[person] |= kind
	w.held[person] = max(w.held[person], uint16(until))
}

// holdFactor is the factor on a person's contacts at home, or elsewhere.
func (w *World) holdFactor(person uint32, home bool) float64 {
	if int(w.held[person]) <= w.day {
		return 1
	}
	h := w.measures.Quarantined
	if w.flags[person]&flagIsolated != 0 {
		h = w.measures.Isolated
	}
	if home {
		return h.Home
	}
	return h.Elsewhere
}
