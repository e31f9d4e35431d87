package spread

import (
	"slices"

	"github.com/breakwater-eoc/breakwater/science/spread/people"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Duty is what became of a day's work that was due.
type Duty uint8

// The duties. Only Worked adds value.
const (
	Worked    Duty = iota
	OffDead        // died
	OffInWard      // in hospital
	OffKeptIn      // in isolation or quarantine
	OffSick        // at home with symptoms
	OffClosed      // by a measure: the sector, the site or its area is closed
	duties
)

var dutyNames = [duties]string{"worked", "died", "in ward", "kept in", "sick", "closed"}

// String returns the name of the duty.
func (d Duty) String() string {
	if d < duties {
		return dutyNames[d]
	}
	return "unknown"
}

// Duties lists all duties in order.
func Duties() []Duty {
	list := make([]Duty, duties)
	for i := range list {
		list[i] = Duty(i)
	}
	return list
}

// WorkCounts is the day's ledger of work: person-days of each sector by their
// Duty. What was due is the sum over duties, exactly; added value follows what
// was worked, at the sector's value of a day.
type WorkCounts [][]int

// Due is the number of person-days of work that were due in all sectors.
func (c WorkCounts) Due() int {
	n := 0
	for _, row := range c {
		for _, k := range row {
			n += k
		}
	}
	return n
}

// rota says who is due to work: the staff of sites five days of seven, each
// person by a week of their own, everybody else on working days.
type rota struct {
	others []int    // by sector: people who do not work at sites
	staff  [7][]int // by weekday of the person's week and sector: staff of sites
	absent WorkCounts
}

func newRota(c *people.City) rota {
	r := rota{others: make([]int, len(c.Sectors)), absent: make(WorkCounts, len(c.Sectors))}
	for k := range r.staff {
		r.staff[k] = make([]int, len(c.Sectors))
	}
	for sector := range r.absent {
		r.absent[sector] = make([]int, duties)
	}
	for p := range uint32(c.Residents()) {
		house, works := c.Job(p)
		switch {
		case !works:
		case c.HouseSite[house] == people.None:
			r.others[c.HouseSector[house]]++
		default:
			r.staff[p%7][c.HouseSector[house]]++
		}
	}
	return r
}

// due reports whether a person of a house works on a day if nothing keeps them.
func (w *World) due(person, house uint32, day int) bool {
	if w.city.HouseSite[house] == people.None {
		return !w.cfg.Calendar.Rest(day)
	}
	return weekOf(person, day) < 5
}

// weekOf is the day of a person's own week, from 0.
func weekOf(person uint32, day int) uint32 { return (person%7 + uint32(day%7)) % 7 }

// work draws the turns of duty at sites and makes the ledger of work. Everybody
// who is due and not kept away works.
func (v *visits) work(w *World) {
	v.fillShifts(w)
	for _, row := range v.rota.absent {
		clear(row)
	}
	for p := range uint32(w.city.Residents()) {
		if w.shut == nil && w.flags[p] == 0 && int(w.held[p]) <= w.day && !v.isSick(p) {
			continue
		}
		if house, works := w.city.Job(p); works && w.due(p, house, w.day) {
			v.rota.absent[w.city.HouseSector[house]][v.duty(w, p, house)]++
		}
	}
	w.today.Work = v.rota.ledger(w)
}

func (r *rota) ledger(w *World) WorkCounts {
	ledger := make(WorkCounts, len(r.absent))
	for sector, absent := range r.absent {
		row := slices.Clone(absent)
		row[Worked] = 0
		due := 0
		if !w.cfg.Calendar.Rest(w.day) {
			due = r.others[sector]
		}
		for k := range r.staff {
			if weekOf(uint32(k), w.day) < 5 {
				due += r.staff[k][sector]
			}
		}
		for _, n := range row {
			due -= n
		}
		row[Worked] = due
		ledger[sector] = row
	}
	return ledger
}

// duty decides what keeps a person from work that is due, in a fixed order.
// Whether somebody ill goes to work all the same is drawn for the day.
func (v *visits) duty(w *World, person, house uint32) Duty {
	switch w.kept(person) {
	case Gone:
		return OffDead
	case InWard:
		return OffInWard
	case KeptIn:
		return OffKeptIn
	}
	if v.isSick(person) && stat.Unit(v.keyToday.At(uint64(person)*placesPerPerson+placesPerPerson-1)) >= v.Ill {
		return OffSick
	}
	if !w.called(person, house) {
		return OffClosed
	}
	return Worked
}

// shiftTicks is the length of a turn of duty: eight hours.
const shiftTicks = 48

// fillShifts puts the staff of every site in place, half from eight in the
// morning and half from four in the afternoon.
func (v *visits) fillShifts(w *World) {
	r := &v.today
	r.shifts = r.shifts[:0]
	r.bySite = append(r.bySite[:0], 0)
	for class := range w.city.Classes {
		from, to := w.city.SitesOf(class)
		for site := from; site < to; site++ {
			for _, p := range w.city.StaffOf(site) {
				if house, _ := w.city.Job(p); w.due(p, house, w.day) && v.duty(w, p, house) == Worked {
					start := uint8(opening + p/7%2*shiftTicks)
					r.shifts = append(r.shifts, Visit{Person: p, Site: site, Start: start, Ticks: shiftTicks, Class: uint8(class)})
				}
			}
			r.bySite = append(r.bySite, uint32(len(r.shifts)))
		}
	}
}
