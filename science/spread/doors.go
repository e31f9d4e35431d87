package spread

import (
	"cmp"
	"slices"
)

// bounded reports whether any class has a bound on how many may be inside.
func (v *visits) bounded(w *World) bool {
	return slices.ContainsFunc(w.measures.Sites.Classes, func(r ClassRule) bool { return r.Load > 0 })
}

// turnAway applies the bounds on people inside. At each site visitors come in
// the order of their hour; who finds the site full is turned away, and under
// Redirect tries two other sites of the class. A redirected stay is moved, not
// copied, so that trips are conserved.
func (v *visits) turnAway(w *World) {
	v.load = slices.Grow(v.load[:0], w.city.Sites())[:w.city.Sites()]
	clear(v.load)
	var refused []uint32
	for class, rule := range w.measures.Sites.Classes {
		if rule.Load == 0 {
			continue
		}
		limit := v.limit(w, class)
		from, to := w.city.SitesOf(class)
		for site := from; site < to; site++ {
			refused = v.admit(site, limit, refused)
		}
	}
	for _, k := range refused {
		stay := &v.today.stays[k]
		if w.measures.Sites.Classes[stay.Class].Redirect {
			v.redirect(w, k)
		}
	}
}

func (v *visits) limit(w *World, class int) uint16 {
	return uint16(min(w.measures.Sites.Classes[class].Load*float64(w.city.Classes[class].Capacity), 65000))
}

// admit lets visitors of a site in until it is full.
func (v *visits) admit(site uint32, limit uint16, refused []uint32) []uint32 {
	r := &v.today
	queue := r.at(site)
	slices.SortFunc(queue, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(r.stays[a].Start, r.stays[b].Start), cmp.Compare(a, b))
	})
	for _, k := range queue {
		stay := &r.stays[k]
		if stay.took() && !v.enter(stay, site, limit) {
			stay.Fate = Full
			refused = append(refused, k)
		}
	}
	return refused
}

// enter counts a stay in, unless that would break the limit.
func (v *visits) enter(stay *Visit, site uint32, limit uint16) bool {
	inside := v.load[site][stay.Start:min(int(stay.Start)+int(stay.Ticks), TicksPerDay)]
	for _, n := range inside {
		if n >= limit {
			return false
		}
	}
	for i := range inside {
		inside[i]++
	}
	return true
}

func (v *visits) redirect(w *World, k uint32) {
	stay := &v.today.stays[k]
	from, to := w.city.SitesOf(int(stay.Class))
	s := v.key.With(uint64(w.day), uint64(k), 1)
	limit := v.limit(w, int(stay.Class))
	for range 2 {
		site := from + uint32(s.IntN(int(to-from)))
		if site == stay.Site || w.shut != nil && w.shut[site] {
			continue
		}
		if v.enter(stay, site, limit) {
			stay.Site, stay.Fate = site, Redirected
			return
		}
	}
}
