package spread

// turnGuests replaces the visitors whose stay is over by new ones, who have
// never been infected. Whoever is in hospital or kept in stays until a later
// turn. Stays begin on different days for different people.
func (w *World) turnGuests() {
	if w.cfg.Activity == nil || w.cfg.Activity.Stay == 0 || w.day == 0 {
		return
	}
	stay := w.cfg.Activity.Stay
	leaving := false
	for p := w.city.Residents(); p < w.city.People(); p++ {
		person := uint32(p)
		if (w.day+p)%stay != 0 || w.flags[person]&(flagDead|flagWard) != 0 || int(w.held[person]) > w.day {
			continue
		}
		w.today.Arrivals++
		leaving = w.forget(person) || leaving
	}
	if !leaving {
		return
	}
	w.active.keep(func(inf *infection) bool {
		stays := w.paths[inf.path].who[inf.person].state&infectedNow != 0
		if !stays {
			w.tally[inf.path].infected--
		}
		return stays
	})
}

// forget clears the states of a person who leaves, and reports whether an
// infection leaves with them.
func (w *World) forget(person uint32) (infected bool) {
	for i := range w.paths {
		p := &w.paths[i]
		switch state := p.who[person].state; {
		case state&infectedNow != 0:
			infected = true
		case state&countMask != 0:
			w.tally[i].past--
		}
		p.who[person].state, p.who[person].since = 0, 0
		if p.doses != nil {
			p.doses[person] = 0
		}
	}
	w.flags[person] = 0
	return infected
}
