package watch

import (
	"context"
	"fmt"
	"slices"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// Scan puts every indicator to a day, as the day is known now, and raises or
// extends signals. It returns the signals that it raised or extended, the
// highest rank first. A second scan of the same facts does nothing.
func (d *Desk) Scan(ctx context.Context, day civil.Day, status observe.Status) ([]detect.Signal, error) {
	found, err := d.findings(ctx, day, status)
	if err != nil {
		return nil, err
	}
	type group struct {
		stream string
		found  []detect.Evidence
		rank   float64
	}
	var groups []group
	for stream, list := range found {
		groups = append(groups, group{stream, list, detect.Rank(list, d.harm(stream))})
	}
	// The highest rank is raised first, so that the budget goes to it.
	slices.SortFunc(groups, func(a, b group) int {
		if a.rank != b.rank {
			return int(b.rank*1000) - int(a.rank*1000)
		}
		if a.stream < b.stream {
			return -1
		}
		return 1
	})
	var changed []detect.Signal
	for _, g := range groups {
		s, ok, err := d.raise(ctx, g.stream, g.found, status)
		if err != nil {
			return nil, fmt.Errorf("raise a signal of %s for %s: %w", g.stream, day, err)
		}
		if ok {
			changed = append(changed, s)
		}
	}
	return changed, nil
}

// findings evaluates all indicators in all areas that they are about. Each
// stream is read once, whatever the number of areas.
func (d *Desk) findings(ctx context.Context, day civil.Day, status observe.Status) (map[string][]detect.Evidence, error) {
	found := map[string][]detect.Evidence{}
	read := map[counts.Stream]map[place.Code][]counts.Point{}
	asOf := d.Center.Time()
	for _, ind := range d.Indicators {
		series, ok := read[ind.Stream]
		if !ok {
			window := civil.Window{First: day - civil.Day(d.reach(ind.Stream)), Last: day}
			own, err := d.Store.OwnSeries(ctx, SeriesQuery{Stream: ind.Stream, Area: d.City, Window: window, AsOf: asOf, Status: status})
			if err != nil {
				return nil, fmt.Errorf("read the series of %s: %w", ind.Stream, err)
			}
			series = counts.Rollup(d.Areas, own)
			read[ind.Stream] = series
		}
		for _, area := range d.Areas {
			if !slices.Contains(ind.Areas, area.Kind) {
				continue
			}
			if e, ok := ind.Evaluate(area.Code, series[area.Code], day); ok {
				found[string(ind.Stream)] = append(found[string(ind.Stream)], e)
			}
		}
	}
	return found, nil
}

// reach is how many days before a day the indicators of a stream need.
func (d *Desk) reach(stream counts.Stream) int {
	most := 0
	for _, ind := range d.Indicators {
		if ind.Stream == stream {
			most = max(most, ind.Reach())
		}
	}
	return most
}

// raise joins findings of one stream to the group's newest signal, or raises a
// new one; ok is false when the findings were known.
func (d *Desk) raise(ctx context.Context, stream string, found []detect.Evidence, status observe.Status) (sig detect.Signal, ok bool, err error) {
	area, err := d.holding(found)
	if err != nil {
		return sig, false, err
	}
	act := command.Act{Who: d.program(), Right: access.RaiseSignal, Name: "signal.raise", Area: area}
	sig, err = command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (detect.Signal, error) {
		group := detect.GroupOf(stream, d.City, status)
		latest, was, err := tx.LatestOfGroup(ctx, group, status)
		if err != nil {
			return latest, err
		}
		first := found[0].Day
		if was && latest.State == detect.Discarded && known(latest, found) {
			s.Nothing() // judged already, on these very findings
			return latest, nil
		}
		if was && latest.Joins(first) {
			wide, err := command.Common(d.Center.Lineage, latest.Area, area)
			if err != nil {
				return latest, err
			}
			if ok = latest.Extend(found, wide, d.harm(stream)); !ok {
				s.Nothing()
				return latest, nil
			}
			s.As("signal.extend")
			s.Wrote(detect.SignalKind, string(latest.ID), latest)
			because(s, found)
			return latest, tx.SaveSignal(ctx, latest)
		}
		ok = true
		fresh := detect.Signal{Route: detect.IBS, Status: status, Group: group, Stream: stream, Area: area,
			First: first, Last: first, Evidence: found, Rank: detect.Rank(found, d.harm(stream))}
		because(s, found)
		return d.add(ctx, tx, s, fresh)
	})
	return sig, ok && err == nil, err
}

// add completes a new signal, finds its place in the day's inbox, and stores it.
func (d *Desk) add(ctx context.Context, tx Tx, s *command.Scribe, sig detect.Signal) (detect.Signal, error) {
	id, err := s.NewID()
	if err != nil {
		return sig, err
	}
	sig.ID, sig.State, sig.Raised, sig.Changed, sig.Version = detect.SignalID(id), detect.Raised, s.At, s.At, 1
	sig.Day = civil.DayOf(s.At, d.Center.City)
	shown, err := tx.ShownOn(ctx, sig.Day, sig.Status)
	if err != nil {
		return sig, fmt.Errorf("read the inbox of %s: %w", sig.Day, err)
	}
	admit, out := detect.Admit(sig.Rank, shown, d.Budget)
	sig.Shown = admit
	s.Wrote(detect.SignalKind, string(sig.ID), sig)
	if err := tx.AddSignal(ctx, sig); err != nil {
		return sig, err
	}
	if out == nil {
		return sig, nil
	}
	out.Shown = false
	out.Version++
	s.Wrote(detect.SignalKind, string(out.ID), *out)
	return sig, tx.SaveSignal(ctx, *out)
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

func known(s detect.Signal, found []detect.Evidence) bool {
	return !s.Extend(found, s.Area, 1)
}

func because(s *command.Scribe, found []detect.Evidence) {
	named := map[string]bool{}
	for _, e := range found {
		for _, b := range e.Batches {
			if !named[b] {
				named[b] = true
				s.Because(detect.BatchKind, b)
			}
		}
	}
}
