package spread

import (
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Visitors is the Post of a Route that brings infections with visitors to the
// city.
const Visitors uint8 = 255

// Route is a steady way in for infections: a gate, a flight, contaminated
// goods and the people who handle them.
type Route struct {
	Name     string
	Pathogen string
	PerDay   float64 // mean number of infected people, Poisson
	Post     uint8   // 1 + index into City.Posts of those it befalls; 0 means any resident; or Visitors
	Ago      float64 // longest time since infection on arrival, days; drawn evenly
	From, To int     // days on which it is open; 0, 0 means always
}

func (r *Route) validate(cfg *Config) error {
	known := false
	for i := range cfg.Pathogens {
		known = known || cfg.Pathogens[i].Name == r.Pathogen
	}
	if !known {
		return fault.New(fault.Invalid, "import %q: no pathogen is called %q", r.Name, r.Pathogen)
	}
	if !(r.PerDay >= 0 && r.PerDay <= 1e6) || !(r.Ago >= 0 && r.Ago <= 60) || !r.reaches(cfg) || r.From > r.To {
		return fault.New(fault.Invalid, "import %q: needs a rate that is not negative, at most 60 days ago, and a post that exists", r.Name)
	}
	return nil
}

// reaches reports whether there is anybody whom the route can befall.
func (r *Route) reaches(cfg *Config) bool {
	if r.Post == Visitors {
		return cfg.City.People() > cfg.City.Residents()
	}
	return int(r.Post) <= len(cfg.City.Posts)
}

// openGates draws the day's introductions by routes. The draws of a route do
// not depend on measures, which only thin them.
func (w *World) openGates() {
	for i := range w.cfg.Imports {
		r := &w.cfg.Imports[i]
		if r.To > 0 && (w.day < r.From || w.day >= r.To) {
			continue
		}
		s := stat.NewStream(w.cfg.Seed, "import by "+r.Name, uint64(w.day))
		factor := 1.0
		if w.measures.Imports != nil {
			factor = w.measures.Imports[i]
		}
		for range s.Poisson(r.PerDay) {
			at := float64(w.day) + s.Float64()
			ago := s.Float64() * r.Ago
			person := w.arrival(r, &s)
			if s.Bool(factor) && person != Nobody {
				w.Introduce(Introduction{Person: person, Pathogen: w.pathNamed(r.Pathogen), At: float32(at), Ago: float32(ago)})
			}
		}
	}
}

func (w *World) arrival(r *Route, s *stat.Stream) uint32 {
	residents := w.city.Residents()
	switch r.Post {
	case 0:
		return uint32(s.IntN(residents))
	case Visitors:
		return uint32(residents + s.IntN(w.city.People()-residents))
	}
	staff := w.staff(r.Post)
	if len(staff) == 0 {
		return Nobody
	}
	return staff[s.IntN(len(staff))]
}
