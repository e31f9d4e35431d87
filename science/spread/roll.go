package spread

import (
	"slices"

	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// roll is the stays of a day: in the order of persons, by site and hour, and
// the turns of duty of the sites' staff.
type roll struct {
	day    int
	stays  []Visit
	block  []uint32 // first stay of each block of blockSize persons
	order  []uint32 // stays by site and slot of their start
	bySlot []uint32 // into order, by site*slots+slot; one more at the end
	shifts []Visit  // by site
	bySite []uint32 // into shifts; one more than there are sites
}

const (
	blockSize = 4
	slotTicks = 12 // two hours
	slots     = TicksPerDay / slotTicks
)

func (s *Visit) slot() uint32 { return s.Site*slots + uint32(s.Start)/slotTicks }

// sort lists the stays by site and slot, by counting.
func (r *roll) sort(c *people.City) {
	n := c.Sites() * slots
	r.bySlot = slices.Grow(r.bySlot[:0], n+2)[:n+2]
	clear(r.bySlot)
	for i := range r.stays {
		r.bySlot[r.stays[i].slot()+2]++
	}
	for s := 2; s < len(r.bySlot); s++ {
		r.bySlot[s] += r.bySlot[s-1]
	}
	r.order = slices.Grow(r.order[:0], len(r.stays))[:len(r.stays)]
	for i := range r.stays {
		at := &r.bySlot[r.stays[i].slot()+1]
		r.order[*at] = uint32(i)
		*at++
	}
	r.bySlot = r.bySlot[:n+1]
}

// of lists the stays of a person.
func (r *roll) of(person uint32) []Visit {
	b := person / blockSize
	stays := r.stays[r.block[b]:r.block[b+1]]
	from := 0
	for from < len(stays) && stays[from].Person < person {
		from++
	}
	to := from
	for to < len(stays) && stays[to].Person == person {
		to++
	}
	return stays[from:to]
}

// shiftOf returns the turn of duty of a person of a site's staff, if any.
func (r *roll) shiftOf(person, site uint32) *Visit {
	list := r.staffAt(site)
	for i := range list {
		if list[i].Person == person {
			return &list[i]
		}
	}
	return nil
}

// at lists the indices of the stays at a site.
func (r *roll) at(site uint32) []uint32 {
	return r.order[r.bySlot[site*slots]:r.bySlot[(site+1)*slots]]
}

// around bounds the places in order of the stays that may overlap one, when
// none at the site is longer than so many ticks; and some others.
func (r *roll) around(stay *Visit, longest int) (from, to uint32) {
	first := uint32(max(int(stay.Start)-longest+1, 0) / slotTicks)
	last := uint32(min(int(stay.Start)+int(stay.Ticks), TicksPerDay)-1) / slotTicks
	return r.bySlot[stay.Site*slots+first], r.bySlot[stay.Site*slots+last+1]
}

func (r *roll) staffAt(site uint32) []Visit { return r.shifts[r.bySite[site]:r.bySite[site+1]] }

// contacts calls found for everybody whose stay overlapped one of a person's
// on the last days that are kept, today's not yet begun. Stays on duty count.
func (v *visits) contacts(w *World, person uint32, days int, found func(uint32)) {
	rolls := v.past
	if v.today.stays != nil {
		rolls = append(slices.Clip(rolls), v.today)
	}
	site := w.city.Workplace(person)
	for i := range rolls {
		r := &rolls[i]
		if r.day < w.day-days {
			continue
		}
		for _, mine := range r.of(person) {
			if mine.took() {
				r.overlapping(&mine, found)
			}
		}
		if site != Nobody {
			if shift := r.shiftOf(person, site); shift != nil {
				r.overlapping(shift, found)
			}
		}
	}
}

func (r *roll) overlapping(mine *Visit, found func(uint32)) {
	for _, k := range r.at(mine.Site) {
		if other := &r.stays[k]; other.took() && mine.overlaps(other) {
			found(other.Person)
		}
	}
	staff := r.staffAt(mine.Site)
	for i := range staff {
		if mine.overlaps(&staff[i]) {
			found(staff[i].Person)
		}
	}
}

func (s *Visit) overlaps(other *Visit) bool {
	return other.Person != s.Person &&
		int(other.Start) < int(s.Start)+int(s.Ticks) && int(s.Start) < int(other.Start)+int(other.Ticks)
}
