package trace

import (
	"cmp"
	"slices"
)

// Headcount is how many people were at a place during one step of time.
type Headcount struct {
	Window
	Entered int     // people who came in during the step
	Peak    int     // the most at any instant of it
	Mean    float64 // the average over it
}

// Occupancy counts the people of a place's stays over the steps of a window,
// each of the given length but the last, which ends with the window. A step
// below one microsecond or an empty window gives nothing.
func Occupancy(stays []Stay, w Window, step Instant) []Headcount {
	if step < 1 || w.Length() == 0 {
		return nil
	}
	type change struct {
		at     Instant
		people int
	}
	var changes []change
	counts := make([]Headcount, 0, (w.Length()+step-1)/step)
	for from := w.From; from < w.Until; from += step {
		counts = append(counts, Headcount{Window: Window{From: from, Until: min(from+step, w.Until)}})
	}
	for _, s := range stays {
		inside := s.Overlap(w)
		if inside.Length() == 0 {
			continue
		}
		if s.From >= w.From {
			counts[(s.From-w.From)/step].Entered += s.Party
		}
		changes = append(changes, change{inside.From, s.Party}, change{inside.Until, -s.Party})
	}
	// At one instant those who leave go before those who come.
	slices.SortFunc(changes, func(a, b change) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.people, b.people)) })
	present, next := 0, 0
	for i := range counts {
		c := &counts[i]
		at := c.From
		var area float64
		for ; next < len(changes) && changes[next].at < c.Until; next++ {
			if changes[next].at > at {
				c.Peak = max(c.Peak, present)
				area += float64(present) * float64(changes[next].at-at)
				at = changes[next].at
			}
			present += changes[next].people
		}
		c.Peak = max(c.Peak, present)
		area += float64(present) * float64(c.Until-at)
		c.Mean = area / float64(c.Length())
	}
	return counts
}

// Present counts the people at a place at an instant.
func Present(stays []Stay, at Instant) int {
	n := 0
	for _, s := range stays {
		if s.From <= at && at < s.Until {
			n += s.Party
		}
	}
	return n
}
