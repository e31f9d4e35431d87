package spread

import (
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// Activity makes people visit sites. Infection then passes at sites between
// people who are there at the same time, beside the layers; a Crowd layer
// should be left out, or stand only for chance meetings elsewhere.
type Activity struct {
	Weight float64 // relative hazard of a contact at a site
	Ill    float64 // share of visits that people with symptoms still make
	Keep   int     // days of stays that are kept for tracing, to 14
	Stay   int     // days that a visitor to the city stays, to 90; 0 is for ever
}

// DefaultActivity has the weight at which sites pass on about as much as the
// community layer that they replace, so that the catalogue's rates keep R0.
func DefaultActivity() Activity { return Activity{Weight: 0.25, Ill: 0.5} }

func (a *Activity) validate(c *people.City) error {
	if len(c.Classes) == 0 || c.Sites() == 0 {
		return fault.New(fault.Invalid, "activity: the city has no sites")
	}
	if !(a.Weight >= 0 && a.Weight <= 100) || !(a.Ill >= 0 && a.Ill <= 1) || a.Keep < 0 || a.Keep > 14 || a.Stay < 0 || a.Stay > 90 {
		return fault.New(fault.Invalid, "activity: weight is from 0 to 100, ill from 0 to 1, 0 to 14 days are kept, and visitors stay 0 to 90 days")
	}
	return nil
}

// ActivityLayers are CityLayers for use with Activity: chance meetings mostly
// happen at sites, so that little of the community layer is left.
func ActivityLayers() []Layer {
	layers := CityLayers()
	for i := range layers {
		if layers[i].Kind == Crowd {
			layers[i].Contacts *= 0.3
			layers[i].Activity = pathogen.Flat(1)
		}
	}
	return layers
}

// Fate is what became of a wanted visit.
type Fate uint8

// The fates. Only Made and Redirected visits take place.
const (
	Made       Fate = iota
	Redirected      // to another site of the class, because the first was full
	Gone            // the person has died
	InWard          // in hospital
	KeptIn          // in isolation or quarantine
	Sick            // stayed at home with symptoms
	Afraid          // put off by news
	Shut            // the class or the area is closed
	Thinned         // no booking to be had
	Full            // turned away at the door
	fates
)

var fateNames = [fates]string{"made", "redirected", "gone", "in ward", "kept in", "sick", "afraid", "shut", "thinned", "full"}

// String returns the name of the fate.
func (f Fate) String() string {
	if f < fates {
		return fateNames[f]
	}
	return "unknown"
}

// Fates lists all fates in order.
func Fates() []Fate {
	list := make([]Fate, fates)
	for i := range list {
		list[i] = Fate(i)
	}
	return list
}

// VisitCounts is the day's ledger: the visits of each class by their fate. A
// class's wanted visits are the sum over fates, exactly; money follows visits,
// at the class's price.
type VisitCounts struct {
	ByClass [][]int // [class][Fate], by residents and visitors
	Guests  [][]int // of these, by visitors to the city
}

// Wanted is the number of visits that people of all classes wanted to make.
func (v VisitCounts) Wanted() int {
	n := 0
	for _, row := range v.ByClass {
		for _, k := range row {
			n += k
		}
	}
	return n
}

// Made is the number of visits that took place.
func (v VisitCounts) Made() int {
	n := 0
	for _, row := range v.ByClass {
		n += row[Made] + row[Redirected]
	}
	return n
}

// Visit is one stay at a site, as wanted; Fate tells whether it took place.
type Visit struct {
	Person uint32
	Site   uint32
	Start  uint8 // in ticks of ten minutes since midnight
	Ticks  uint8 // length, at least 1
	Class  uint8
	Fate   Fate
}

// TicksPerDay is the number of ticks that Visit counts in.
const TicksPerDay = 144

func (v *Visit) took() bool { return v.Fate <= Redirected }

// at reports whether the visitor is inside at a tick.
func (v *Visit) at(tick float64) bool {
	return v.took() && tick >= float64(v.Start) && tick < float64(v.Start)+float64(v.Ticks)
}

// Visits lists the stays of the day that Step ran last, in the order of
// persons. A redirected stay stands under its new site. The slice is valid until
// the next Step; nil without Activity.
func (w *World) Visits() []Visit {
	if w.visits == nil {
		return nil
	}
	return w.visits.today.stays
}

// Shifts lists the turns of duty of the day that Step ran last, by site: the
// people of a site's staff who were there. The slice is valid until the next
// Step; nil without Activity.
func (w *World) Shifts() []Visit {
	if w.visits == nil {
		return nil
	}
	return w.visits.today.shifts
}
