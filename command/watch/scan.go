package watch

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/detect/vigilance"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// candidate is what may become a signal: the findings of one group.
type candidate struct {
	stream, group string
	stakes        detect.Stakes
	found         []detect.Evidence
	because       []trace.Ref // what the findings rest on, beside their batches
}

func (c candidate) rank() float64 { return detect.Rank(c.found, c.stakes) }

// raiseAll raises or extends a signal for each candidate and returns those that
// changed. The highest rank comes first, so that the budget goes to it.
func (d *Desk) raiseAll(ctx context.Context, all []candidate, status observe.Status) ([]detect.Signal, error) {
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.rank(), a.rank()), cmp.Compare(a.group, b.group))
	})
	var changed []detect.Signal
	for _, c := range all {
		s, ok, err := d.raise(ctx, c, status)
		if err != nil {
			return nil, fmt.Errorf("raise a signal of %s: %w", c.stream, err)
		}
		if ok {
			changed = append(changed, s)
		}
	}
	return changed, nil
}

// parts tells the findings of a stream apart by the part of the city that they
// lie in. A finding about a wider area says nothing of where: it goes with the
// part within it that has the highest rank, and is a part of its own where
// nothing within it was found.
func (d *Desk) parts(stream string, found []detect.Evidence) (map[place.Code][]detect.Evidence, error) {
	kinds := map[place.Code]place.Kind{}
	for _, a := range d.Areas {
		kinds[a.Code] = a.Kind
	}
	kind := d.groupedBy(stream)
	lineages := map[place.Code][]place.Code{}
	for _, e := range found {
		lineage, err := d.Center.Lineage(e.Area)
		if err != nil {
			return nil, fmt.Errorf("find where %s lies: %w", e.Area, err)
		}
		lineages[e.Area] = lineage
	}
	// The smallest areas come first, so that the wider ones find them.
	found = slices.Clone(found)
	slices.SortStableFunc(found, func(a, b detect.Evidence) int { return cmp.Compare(len(lineages[b.Area]), len(lineages[a.Area])) })
	parts := map[place.Code][]detect.Evidence{}
	for _, e := range found {
		if i := slices.IndexFunc(lineages[e.Area], func(c place.Code) bool { return kinds[c] == kind }); i >= 0 {
			parts[lineages[e.Area][i]] = append(parts[lineages[e.Area][i]], e)
			continue
		}
		part := d.within(parts, e.Area, e.Area)
		parts[part] = append(parts[part], e)
	}
	return parts, nil
}

// within returns the part inside an area that has the highest rank, or else.
func (d *Desk) within(parts map[place.Code][]detect.Evidence, area, otherwise place.Code) place.Code {
	best, top := otherwise, 0.0
	for part, found := range parts {
		lineage, err := d.Center.Lineage(part)
		if err != nil || part == area || !slices.Contains(lineage, area) {
			continue
		}
		if r := detect.Rank(found, detect.Stakes{Harm: 1}); r > top || r == top && part < best {
			best, top = part, r
		}
	}
	return best
}

// groupedBy is the rank of area within which findings of a stream are one signal.
func (d *Desk) groupedBy(stream string) place.Kind {
	for _, ind := range d.Indicators {
		if string(ind.Stream) == stream {
			return ind.Group
		}
	}
	return place.City
}

// raise joins a candidate to the group's newest signal, or raises a new one; ok
// is false when the findings were known.
func (d *Desk) raise(ctx context.Context, c candidate, status observe.Status) (sig detect.Signal, ok bool, err error) {
	area, err := d.holding(c.found)
	if err != nil {
		return sig, false, err
	}
	act := command.Act{Who: d.program(), Right: access.RaiseSignal, Name: "signal.raise", Area: area}
	sig, err = command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (detect.Signal, error) {
		for i := range c.found {
			c.found[i].Found = s.At
		}
		first := c.found[0].Day
		near, err := tx.SignalsOfGroup(ctx, c.group, status, nearby(first))
		if err != nil {
			return detect.Signal{}, err
		}
		if i := slices.IndexFunc(near, func(old detect.Signal) bool { return old.State == detect.Discarded && judged(old, c.found) }); i >= 0 {
			s.Nothing()
			return near[i], nil
		}
		if latest, joins := joined(near, first); joins {
			wide, err := command.Common(d.Center.Lineage, latest.Area, area)
			if err != nil {
				return latest, err
			}
			if ok = latest.Extend(c.found, wide, c.stakes); !ok {
				s.Nothing()
				return latest, nil
			}
			s.As("signal.extend")
			c.rests(s)
			return latest, d.grown(ctx, tx, s, &latest)
		}
		ok = true
		fresh := detect.Signal{Route: detect.IBS, Status: status, Group: c.group, Stream: c.stream, Area: area,
			First: first, Last: first, Evidence: c.found, Rank: c.rank()}
		c.rests(s)
		return d.add(ctx, tx, s, fresh)
	})
	return sig, ok && err == nil, err
}

// nearby are the days on which a signal of the same group may have been told, for
// a finding of a day to belong to it or to have been judged with it.
func nearby(day civil.Day) civil.Window {
	return civil.Window{First: day - max(detect.Gap, vigilance.Rest), Last: day + detect.Gap}
}

// joined returns the signal that a finding of a day belongs to: of those that it
// may join the nearest in time, the newest first.
func joined(near []detect.Signal, day civil.Day) (best detect.Signal, ok bool) {
	apart := func(s detect.Signal) civil.Day { return max(s.First-day, day-s.Last, 0) }
	for _, s := range near {
		if s.Joins(day) && (!ok || apart(s) < apart(best)) {
			best, ok = s, true
		}
	}
	return best, ok
}

// add completes a new signal, finds its place in the day's inbox, and stores it.
func (d *Desk) add(ctx context.Context, tx Tx, s *command.Scribe, sig detect.Signal) (detect.Signal, error) {
	id, err := s.NewID()
	if err != nil {
		return sig, err
	}
	sig.ID, sig.State, sig.Raised, sig.Changed, sig.Version = detect.SignalID(id), detect.Raised, s.At, s.At, 1
	if err := d.admit(ctx, tx, s, &sig); err != nil {
		return sig, err
	}
	s.Wrote(detect.SignalKind, string(sig.ID), sig)
	return sig, tx.AddSignal(ctx, sig)
}

// admitAgain finds the place of a signal that has grown. One that was left out
// comes into an inbox again: the budget must not hide an outbreak because its
// first day was small. One that has grown beyond its team's area goes to the
// team of the wider one if that has room for it, and stays where it is shown
// otherwise.
func (d *Desk) admitAgain(ctx context.Context, tx Tx, s *command.Scribe, sig *detect.Signal) error {
	team, err := d.teamOf(sig.Area)
	if err != nil || sig.Shown && team.Area == d.StandsIn(*sig) {
		return err
	}
	return d.admit(ctx, tx, s, sig)
}

// admit finds the place of a signal in its team's inbox of today, and leaves out
// the one that it displaces.
func (d *Desk) admit(ctx context.Context, tx Tx, s *command.Scribe, sig *detect.Signal) error {
	today := civil.DayOf(s.At, d.Center.City)
	shown, err := tx.ShownOn(ctx, today, sig.Status)
	if err != nil {
		return fmt.Errorf("read the inbox of %s: %w", today, err)
	}
	team, err := d.teamOf(sig.Area)
	if err != nil {
		return err
	}
	admit, out := detect.Admit(sig.Rank, d.inboxOf(team, shown), team.Budget)
	if admit || sig.Day == 0 {
		sig.Day, sig.Shown, sig.Team = today, admit, team.Area
	}
	if out == nil {
		return nil
	}
	out.Shown = false
	out.Version++
	s.Wrote(detect.SignalKind, string(out.ID), *out)
	return tx.SaveSignal(ctx, *out)
}

// holding returns the smallest area that holds all findings.
func (d *Desk) holding(found []detect.Evidence) (area place.Code, err error) {
	for _, e := range found {
		if area, err = command.Common(d.Center.Lineage, area, e.Area); err != nil {
			return "", err
		}
	}
	return area, nil
}

// judged reports whether a discarded signal was judged on these very findings,
// or on the same lapse of those who watch, which is measured anew every day.
func judged(s detect.Signal, found []detect.Evidence) bool {
	switch e := found[0]; {
	case e.Indicator == string(vigilance.Silence):
		return e.Day == s.Last // a silence is told by the day on which it began
	case e.Subject != "":
		return e.Day <= s.Last+vigilance.Rest
	}
	return !s.Extend(found, s.Area, detect.Stakes{})
}

// rests names in the journal what the findings rest on.
func (c candidate) rests(s *command.Scribe) {
	named := map[string]bool{}
	for _, e := range c.found {
		for _, b := range e.Batches {
			if !named[b] {
				named[b] = true
				s.Because(detect.BatchKind, b)
			}
		}
	}
	for _, r := range c.because {
		s.Because(r.Kind, r.ID)
	}
}
