package watch

import (
	"context"
	"fmt"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/notices"
)

// Signals lists the signals that the reader may see; the filter's Within is
// the reader's own areas, whatever it holds.
func (d *Desk) Signals(ctx context.Context, who access.Actor, f SignalFilter, p command.Paging) (command.Page[detect.Signal], error) {
	if err := who.Check(access.ReadSignals, nil); err != nil {
		return command.Page[detect.Signal]{}, err
	}
	f.Within = who.Areas(access.ReadSignals)
	return d.Store.Signals(ctx, f, p)
}

// Signal returns one signal; NotFound for one out of sight.
func (d *Desk) Signal(ctx context.Context, who access.Actor, id detect.SignalID) (detect.Signal, error) {
	s, err := d.Store.OneSignal(ctx, id)
	if err != nil {
		return s, err
	}
	return s, d.Center.See(who, access.ReadSignals, s.Area, detect.SignalKind, string(id))
}

// Words opens the texts of a signal's notices, in order, for those who triage.
// A text whose key was destroyed is left out.
func (d *Desk) Words(ctx context.Context, who access.Actor, s detect.Signal) ([]string, error) {
	lineage, err := d.Center.Lineage(s.Area)
	if err != nil {
		return nil, err
	}
	if err := who.Check(access.TriageSignal, lineage); err != nil {
		return nil, err
	}
	var texts []string
	for _, id := range s.Notices {
		n, err := d.Store.OneNotice(ctx, notices.ID(id))
		if err != nil {
			return nil, fmt.Errorf("read notice %s: %w", id, err)
		}
		text, err := d.Center.Sealer.Open(NoticeClass, id, n.Sealed)
		if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) {
			continue // forgotten, as it should be
		}
		if err != nil {
			return nil, fmt.Errorf("open notice %s: %w", id, err)
		}
		texts = append(texts, string(text))
	}
	return texts, nil
}

// Events lists the events that the reader may see.
func (d *Desk) Events(ctx context.Context, who access.Actor, status observe.Status) ([]detect.Event, error) {
	if err := who.Check(access.ReadSignals, nil); err != nil {
		return nil, err
	}
	return d.Store.Events(ctx, who.Areas(access.ReadSignals), status)
}

// History returns every version of the observations of a day, the newest first.
func (d *Desk) History(ctx context.Context, who access.Actor, q SeriesQuery) ([]counts.Observation, error) {
	lineage, err := d.Center.Lineage(q.Area)
	if err != nil {
		return nil, err
	}
	if err := who.Check(access.ReadCounts, lineage); err != nil {
		return nil, err
	}
	return d.Store.History(ctx, q.Stream, q.Area, q.Window.Last, q.Status)
}

// Batch returns an act of taking in counts, with those of its observations
// that lie in the reader's areas; NotFound when none does.
func (d *Desk) Batch(ctx context.Context, who access.Actor, id counts.BatchID) (counts.Batch, []counts.Observation, error) {
	b, err := d.Store.Batch(ctx, id)
	if err != nil {
		return b, nil, err
	}
	all, err := d.Store.Observations(ctx, id)
	if err != nil {
		return b, nil, fmt.Errorf("read the observations of batch %s: %w", id, err)
	}
	var seen []counts.Observation
	for _, o := range all {
		if d.Center.See(who, access.ReadCounts, o.Area, detect.BatchKind, string(id)) == nil {
			seen = append(seen, o)
		}
	}
	if len(seen) == 0 {
		return b, nil, fault.New(fault.NotFound, "there is no batch %s", id)
	}
	return b, seen, nil
}

// Quality says how the sources in the reader's areas kept their duty to report.
func (d *Desk) Quality(ctx context.Context, who access.Actor, w civil.Window) ([]Quality, error) {
	if err := who.Check(access.ReadCounts, nil); err != nil {
		return nil, err
	}
	if n := w.Days(); n == 0 || n > MostDays {
		return nil, fault.At("the quality cannot be told", fault.Place{Field: "from", Problem: fmt.Sprintf("the window must hold 1 to %d days", MostDays)})
	}
	var sources []observe.Source
	for _, s := range d.Sources {
		if d.Center.See(who, access.ReadCounts, s.Area, "source", string(s.ID)) == nil {
			sources = append(sources, s)
		}
	}
	return d.Store.ReportQuality(ctx, sources, w, d.Center.Time(), d.Center.City)
}

// MostDaily is how many past days a reporter's page shows.
const MostDaily = 14

// Mine returns the source of a reporter and what it said of the days up to
// today, as it stands.
func (d *Desk) Mine(ctx context.Context, who access.Actor, today civil.Day, status observe.Status) (observe.Source, []counts.Observation, error) {
	source, ok := d.Sources[observe.SourceID(who.Source)]
	if !ok {
		return source, nil, fault.New(fault.NotFound, "this account reports for no source of the city")
	}
	if err := d.Center.See(who, access.ReportDaily, source.Area, "source", who.Source); err != nil {
		return source, nil, err
	}
	said, err := d.Store.Standing(ctx, source.ID, status, civil.Trailing(today, MostDaily))
	if err != nil {
		return source, nil, fmt.Errorf("read what %s said: %w", source.ID, err)
	}
	return source, said, nil
}
