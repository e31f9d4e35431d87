package spread

// finish ends the courses that are over and keeps the others in order.
func (w *World) finish() {
	midnight := float32(w.day + 1)
	var dead []uint32
	w.active.keep(func(inf *infection) bool {
		w.updateWard(inf, midnight)
		switch {
		case inf.end >= midnight:
			return true
		case w.flags[inf.person]&flagDead != 0:
			w.cutShort(inf)
		case inf.dies:
			w.flags[inf.person] |= flagDead
			dead = append(dead, inf.person)
			w.endInDeath(inf)
		default:
			w.endInRecovery(inf)
		}
		return false
	})
	if len(dead) == 0 {
		return
	}
	w.active.keep(func(inf *infection) bool {
		if w.flags[inf.person]&flagDead == 0 {
			return true
		}
		w.cutShort(inf)
		return false
	})
}

func (w *World) updateWard(inf *infection, midnight float32) {
	switch {
	case inf.admitted == endlessFloat:
	case inf.out >= midnight-1 && inf.out < midnight:
		w.flags[inf.person] &^= flagWard
	case inf.admitted < midnight && inf.out >= midnight:
		w.flags[inf.person] |= flagWard
	}
}

func (w *World) endInRecovery(inf *infection) {
	t := w.leave(inf)
	t.past++
	w.today.Pathogens[inf.path].Recovered++
	if !w.cfg.Quiet {
		w.today.Events = append(w.today.Events, Event{What: Recovered, Pathogen: inf.path, Layer: FromOutside, Person: inf.person,
			Other: Nobody, Site: Nobody, Root: inf.root, Time: inf.end, Count: inf.children, Interval: inf.end - inf.start})
	}
}

func (w *World) endInDeath(inf *infection) {
	t := w.leave(inf)
	t.dead++
	for i := range w.paths {
		state := w.paths[i].who[inf.person].state
		if i == int(inf.path) || state&infectedNow != 0 {
			continue // cutShort moves those who are infected
		}
		if state&countMask > 0 {
			w.tally[i].past--
		}
		w.tally[i].deadOther++
	}
}

// cutShort ends the course of a person who died today of another infection;
// what has not happened by midnight does not happen.
func (w *World) cutShort(inf *infection) {
	t := w.leave(inf)
	t.deadOther++
	if midnight := float32(w.day + 1); inf.admitted < midnight && inf.out >= midnight {
		t.cutStays++
	}
}

// leave takes an infection out of its person's state.
func (w *World) leave(inf *infection) *tally {
	who := &w.paths[inf.path].who[inf.person]
	who.state = min(who.state&countMask+1, countMask)
	w.tally[inf.path].infected--
	return &w.tally[inf.path]
}
