package spread

import (
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// SiteRules is what measures say about sites. The zero value allows all.
type SiteRules struct {
	Classes []ClassRule // by site class; nil allows all
	Closed  []bool      // by area; nil closes none
}

// ClassRule is the rule of one class. The zero value shuts it.
type ClassRule struct {
	Admit    float64 // share of visits that get a booking, in [0,1]; 0 is shut
	Load     float64 // share of capacity that may be inside at once; 0 is no bound
	Redirect bool    // who is turned away looks for another site of the class
}

// Open is the rule that allows everything.
func Open() ClassRule { return ClassRule{Admit: 1} }

func (r *SiteRules) validate(w *World) error {
	if r.Classes != nil && len(r.Classes) != len(w.city.Classes) {
		return fault.New(fault.Invalid, "site rules: %d given for %d classes", len(r.Classes), len(w.city.Classes))
	}
	for i, c := range r.Classes {
		if !(c.Admit >= 0 && c.Admit <= 1) || !(c.Load >= 0 && c.Load <= 1) {
			return fault.New(fault.Invalid, "site rule of %q: admit and load are from 0 to 1", w.city.Classes[i].Name)
		}
	}
	if r.Closed != nil && len(r.Closed) != w.city.Areas() {
		return fault.New(fault.Invalid, "site rules: %d areas given of %d", len(r.Closed), w.city.Areas())
	}
	return nil
}

// shuts works out which sites the measures keep shut: those of a class or an
// area that is closed, and the share of a sector's sites by which it is less
// than open. Which sites of a sector go first is fixed, so that more openness
// only ever opens more of them. Nil means that none is shut.
func (w *World) shuts(m *Measures) []bool {
	if m.Sectors == nil && m.Sites.Classes == nil && m.Sites.Closed == nil {
		return nil
	}
	shut := make([]bool, w.city.Sites())
	for class := range w.city.Classes {
		open := 1.0
		if m.Sectors != nil {
			open = m.Sectors[w.city.ClassSector[class]]
		}
		closed := m.Sites.Classes != nil && m.Sites.Classes[class].Admit == 0
		from, to := w.city.SitesOf(class)
		for site := from; site < to; site++ {
			shut[site] = closed || m.Sites.Closed != nil && m.Sites.Closed[w.city.AreaOfSite(site)] ||
				open < 1 && w.trait(site, "site stays open") >= open
		}
	}
	return shut
}

// called reports whether measures let a person of a house go to work: all of a
// site's staff when the site is open, the open share of others.
func (w *World) called(person, house uint32) bool {
	if site := w.city.HouseSite[house]; site != people.None {
		return w.shut == nil || !w.shut[site]
	}
	if w.measures.Sectors == nil {
		return true
	}
	open := w.measures.Sectors[w.city.HouseSector[house]]
	return open >= 1 || w.trait(person, "called to work") < open
}

// workFactor is what closed sectors and sites leave of a person's contacts at
// work: all or nothing.
func (w *World) workFactor(person uint32) float64 {
	if w.shut == nil || w.called(person, w.city.TeamHouse[w.city.Team[person]]) {
		return 1
	}
	return 0
}
