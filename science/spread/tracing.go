package spread

import (
	"cmp"
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Tracing is how contacts of known cases are found and kept in. Zero values
// find nobody.
type Tracing struct {
	// Household, Group, Friends and Sites are the probabilities that a contact
	// of that kind is found. Group is the class or team; Sites needs Activity
	// and finds people whose stay overlapped.
	Household, Group, Friends, Sites float64
	Days                             int     // days back that stays at sites are looked up
	Delay                            int     // days from result to the contacts
	Capacity                         int     // cases a day; 0 means no bound
	Compliance                       float64 // share of contacts who do as told
	Quarantine                       int     // days
}

func (t *Tracing) validate() error {
	for _, v := range []float64{t.Household, t.Group, t.Friends, t.Sites, t.Compliance} {
		if !(v >= 0 && v <= 1) {
			return fault.New(fault.Invalid, "tracing: probabilities are from 0 to 1, not %v", v)
		}
	}
	if t.Delay < 0 || t.Capacity < 0 || t.Quarantine < 0 || t.Quarantine > 365 || t.Days < 0 || t.Days > 28 {
		return fault.New(fault.Invalid, "tracing: delay and capacity are not negative, quarantine at most 365 and look-back at most 28 days")
	}
	return nil
}

// trace follows the cases whose turn has come, oldest first.
func (w *World) trace() {
	t := &w.measures.Tracing
	c := w.clinic
	if t.Quarantine == 0 {
		c.cases = c.cases[:0]
		return
	}
	done := 0
	c.cases = compact(c.cases, func(r result) bool {
		if int(r.at)+1+t.Delay > w.day || t.Capacity > 0 && done >= t.Capacity {
			return true
		}
		done++
		w.traceCase(r.person)
		return false
	})
}

func (w *World) traceCase(person uint32) {
	t := &w.measures.Tracing
	first, size := w.city.Home(person)
	for k := range uint32(size) {
		w.notify(person, first+k, t.Household)
	}
	for _, p := range w.city.TeamOf(person) {
		w.notify(person, p, t.Group)
	}
	if t.Friends > 0 {
		for i := range w.layers {
			if g := w.layers[i].graph; g != nil {
				for _, p := range g.friends(person) {
					w.notify(person, p, t.Friends)
				}
			}
		}
	}
	if t.Sites > 0 && w.visits != nil {
		w.visits.contacts(w, person, t.Days, func(p uint32) { w.notify(person, p, t.Sites) })
	}
}

// notify quarantines a contact if it is found and complies. The chance belongs
// to the pair.
func (w *World) notify(of, contact uint32, found float64) {
	if contact == of || found == 0 {
		return
	}
	s := stat.NewStream(w.cfg.Seed, "contact found", uint64(of), uint64(contact))
	t := &w.measures.Tracing
	if s.Bool(found) && w.trait(contact, "complies with quarantine") < t.Compliance {
		w.Quarantine(contact, w.day+t.Quarantine)
	}
}

// Vaccination gives doses against one pathogen, to the oldest first.
type Vaccination struct {
	Pathogen  string  // name; empty means no programme
	PerDay    int     // doses
	FromAge   int     // nobody younger
	Uptake    float64 // share of people who accept
	Infection float64 // protection against infection after Delay, in [0,1]
	Severity  float64 // protection against admission once infected, in [0,1]
	HalfLife  float64 // days; 0 means no waning
	Delay     float64 // days from dose to protection
}

func (v *Vaccination) validate(w *World) error {
	if v.Pathogen == "" {
		return nil
	}
	if w.pathNamed(v.Pathogen) < 0 {
		return fault.New(fault.Invalid, "vaccination: no pathogen is called %q", v.Pathogen)
	}
	for _, x := range []float64{v.Uptake, v.Infection, v.Severity} {
		if !(x >= 0 && x <= 1) {
			return fault.New(fault.Invalid, "vaccination: uptake and protection are from 0 to 1, not %v", x)
		}
	}
	if v.PerDay < 0 || v.FromAge < 0 || !(v.HalfLife >= 0) || !(v.Delay >= 0 && v.Delay < 365) {
		return fault.New(fault.Invalid, "vaccination: doses, age and times are not negative")
	}
	return nil
}

// protection is the share of infections that a dose of some age prevents.
func (v *Vaccination) protection(days float64) float64 {
	days -= v.Delay
	if days < 0 {
		return 0
	}
	if v.HalfLife > 0 {
		return v.Infection * math.Exp2(-days/v.HalfLife)
	}
	return v.Infection
}

func (w *World) vaccinate() {
	v := &w.measures.Vaccination
	if v.Pathogen == "" || v.PerDay == 0 {
		return
	}
	path := w.pathNamed(v.Pathogen)
	p := &w.paths[path]
	if p.doses == nil {
		p.doses = make([]uint16, w.city.People())
	}
	c := w.clinic
	if c.byAge == nil {
		c.byAge = make([]uint32, w.city.Residents())
		for i := range c.byAge {
			c.byAge[i] = uint32(i)
		}
		slices.SortStableFunc(c.byAge, func(x, y uint32) int { return cmp.Compare(w.city.Age[y], w.city.Age[x]) })
	}
	for given := 0; given < v.PerDay && c.nextDose < len(c.byAge); c.nextDose++ {
		person := c.byAge[c.nextDose]
		if int(w.city.Age[person]) < v.FromAge {
			return
		}
		if w.flags[person]&flagDead == 0 && w.trait(person, "accepts vaccine") < v.Uptake {
			p.doses[person] = tick(float64(w.day))
			given++
			w.publish(Event{What: Vaccinated, Pathogen: uint8(path), Person: person, Root: Nobody, Time: float32(w.day)})
		}
	}
}

// newsDays is the number of days over which people remember confirmed cases.
const newsDays = 14

// Fear is how behaviour reacts to news: visits and chance contacts fall by
// Elasticity for each doubling of the cases confirmed in fourteen days, down to
// 1 - Bound. Chen, Qian and Wen (2021) found 2.8 % less spending a doubling,
// and dining down by 64 % at the worst.
type Fear struct{ Elasticity, Bound float64 }

func (f Fear) validate() error {
	if !(f.Elasticity >= 0 && f.Elasticity <= 1) || !(f.Bound >= 0 && f.Bound <= 1) {
		return fault.New(fault.Invalid, "fear: elasticity and bound are from 0 to 1")
	}
	return nil
}

// mood is the factor on visits and chance contacts today.
func (w *World) mood() float64 {
	f := w.cfg.Fear
	if f.Elasticity == 0 {
		return 1
	}
	n := 0
	for _, k := range w.clinic.news {
		n += k
	}
	return 1 - min(f.Bound, f.Elasticity*math.Log2(float64(n)+1))
}
