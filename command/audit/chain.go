package audit

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/notices"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// Records are what a chain of evidence walks over.
type Records interface {
	OneDirective(ctx context.Context, id direct.DirectiveID) (direct.Directive, error)
	OneProposal(ctx context.Context, id decide.ProposalID) (decide.Proposal, error)
	OneLevel(ctx context.Context, id decide.LevelID) (decide.AreaLevel, error)
	OneEvent(ctx context.Context, id detect.EventID) (detect.Event, error)
	OneSignal(ctx context.Context, id detect.SignalID) (detect.Signal, error)
	OneNotice(ctx context.Context, id notices.ID) (notices.Notice, error)
	Batch(ctx context.Context, id counts.BatchID) (counts.Batch, error)
	Observations(ctx context.Context, batch counts.BatchID) ([]counts.Observation, error)
}

// ObservationKind is the kind of the last step of a chain, which holds the
// observations under the findings and is named by the first of them.
const ObservationKind trace.Kind = "observation"

// Most of what a chain shows of the counts at its end, the newest.
const (
	mostBatches      = 20
	mostObservations = 500
)

// Chain returns the evidence behind a record, back to the counts. Who may see
// the record may see what it rests on, wherever that lies: an order that could
// not be explained to the one who must carry it out would be no order. The
// fault is NotFound for a record out of the reader's sight or of a kind that
// has no evidence.
func (d *Desk) Chain(ctx context.Context, who access.Actor, ref trace.Ref) (Chain, error) {
	w := walk{Desk: d, who: who}
	first, err := w.load(ctx, ref)
	if err != nil {
		return Chain{}, err
	}
	if err := d.Center.See(who, access.ReadFigures, first.area, ref.Kind, ref.ID); err != nil {
		return Chain{}, err
	}
	for at := &first; at != nil; {
		if err := w.add(ctx, *at); err != nil {
			return Chain{}, err
		}
		next := at.next
		if at = nil; next.ID != "" {
			link, err := w.load(ctx, next)
			if err != nil {
				return Chain{}, fmt.Errorf("walk from %s to %s: %w", ref, next, err)
			}
			at = &link
		}
	}
	return Chain{Steps: w.steps}, nil
}

// walk collects the steps of one chain.
type walk struct {
	*Desk
	who   access.Actor
	steps []Step
}

// stand is a record on the way, with what it rests on: one next record, or the
// notices and findings at the end.
type stand struct {
	ref     trace.Ref
	area    place.Code
	record  any
	said    Said
	next    trace.Ref
	notices []string
	found   []detect.Evidence
	batch   counts.BatchID
}

func (w *walk) load(ctx context.Context, ref trace.Ref) (stand, error) {
	at := stand{ref: ref}
	var err error
	switch ref.Kind {
	case direct.DirectiveKind:
		err = w.directive(ctx, &at)
	case decide.LevelKind:
		err = w.level(ctx, &at)
	case decide.ProposalKind:
		err = w.proposal(ctx, &at)
	case detect.EventKind:
		err = w.event(ctx, &at)
	case detect.SignalKind:
		err = w.signal(ctx, &at)
	case detect.NoticeKind:
		err = w.notice(ctx, &at)
	case detect.BatchKind:
		err = w.batchAlone(ctx, &at)
	default:
		err = fault.New(fault.NotFound, "records of the kind %q have no evidence behind them", ref.Kind)
	}
	return at, err
}

func (w *walk) directive(ctx context.Context, at *stand) error {
	d, err := w.Records.OneDirective(ctx, direct.DirectiveID(at.ref.ID))
	at.record, at.area = d, d.Area
	at.next = firstOf(trace.Ref{Kind: decide.ProposalKind, ID: string(d.Proposal)}, trace.Ref{Kind: detect.EventKind, ID: string(d.Event)})
	at.said = Said{"chain.directive." + string(d.State), map[string]string{"area": string(d.Area), "measure": d.Measure, "post": string(d.Held)}}
	return err
}

func (w *walk) level(ctx context.Context, at *stand) error {
	l, err := w.Records.OneLevel(ctx, decide.LevelID(at.ref.ID))
	at.record, at.area, at.next = l, l.Area, trace.Ref{Kind: decide.ProposalKind, ID: string(l.Proposal)}
	at.said = Said{"chain.level", map[string]string{"area": string(l.Area), "level": string(l.Level)}}
	return err
}

func (w *walk) proposal(ctx context.Context, at *stand) error {
	p, err := w.Records.OneProposal(ctx, decide.ProposalID(at.ref.ID))
	at.record, at.area, at.next = p, p.Area, trace.Ref{Kind: detect.EventKind, ID: string(p.Event)}
	at.said = Said{"chain.proposal." + string(p.State), map[string]string{"area": string(p.Area), "level": string(p.Level), "rule": p.Rule,
		"decided": string(p.Decided), "decided_area": string(p.DecidedArea)}}
	return err
}

func (w *walk) event(ctx context.Context, at *stand) error {
	e, err := w.Records.OneEvent(ctx, detect.EventID(at.ref.ID))
	at.record, at.area, at.next = e, e.Area, trace.Ref{Kind: detect.SignalKind, ID: string(e.Signal)}
	at.said = Said{"chain.event", map[string]string{"area": string(e.Area), "hazard": e.Hazard, "day": e.Began.String()}}
	return err
}

func (w *walk) signal(ctx context.Context, at *stand) error {
	s, err := w.Records.OneSignal(ctx, detect.SignalID(at.ref.ID))
	at.record, at.area, at.notices, at.found = s, s.Area, s.Notices, s.Evidence
	at.said = Said{"chain.signal." + string(s.Route), map[string]string{"area": string(s.Area), "stream": s.Stream,
		"first": s.First.String(), "last": s.Last.String()}}
	return err
}

func (w *walk) notice(ctx context.Context, at *stand) error {
	n, err := w.Records.OneNotice(ctx, notices.ID(at.ref.ID))
	at.record, at.area = n, n.Header.Area
	at.said = Said{"chain.notice", map[string]string{"area": string(n.Header.Area), "topic": string(n.Topic), "source": string(n.Header.Source)}}
	return err
}

// batchAlone loads a batch. It lies where all its observations do; a reader
// sees it by the first of them.
func (w *walk) batchAlone(ctx context.Context, at *stand) error {
	b, err := w.Records.Batch(ctx, counts.BatchID(at.ref.ID))
	if err != nil {
		return err
	}
	rows, err := w.Records.Observations(ctx, b.ID)
	if err == nil && len(rows) > 0 {
		at.area = rows[0].Area
	}
	at.record, at.batch = b, b.ID
	at.said = saidOfBatch(b)
	return err
}

func saidOfBatch(b counts.Batch) Said {
	return Said{"chain.batch", map[string]string{"source": string(b.Source), "rows": strconv.Itoa(b.Rows)}}
}

// firstOf returns the first reference that names something.
func firstOf(refs ...trace.Ref) trace.Ref {
	for _, r := range refs {
		if r.ID != "" {
			return r
		}
	}
	return trace.Ref{}
}

// add appends the step of a record, and at the end of the way those of the
// notices, batches and observations under it.
func (w *walk) add(ctx context.Context, at stand) error {
	if err := w.step(ctx, at); err != nil {
		return err
	}
	for _, id := range at.notices {
		n, err := w.load(ctx, trace.Ref{Kind: detect.NoticeKind, ID: id})
		if err != nil {
			return err
		}
		if err := w.step(ctx, n); err != nil {
			return err
		}
	}
	switch {
	case at.batch != "":
		rows, err := w.Records.Observations(ctx, at.batch)
		if err != nil {
			return err
		}
		w.observations(rows)
	case len(at.found) > 0:
		return w.counts(ctx, at.found)
	}
	return nil
}

// step appends a record's step with the entries that wrote it.
func (w *walk) step(ctx context.Context, at stand) error {
	entries, err := w.Store.EntriesOf(ctx, at.ref)
	if err != nil {
		return err
	}
	s := Step{Ref: at.ref, Summary: at.said, Record: at.record, Entries: entries}
	if turn, ok := turningPoint(entries); ok {
		s.At, s.Actor, s.Act = turn.At, turn.Actor, turn.Act
		if w.sees(w.who, turn.Area) {
			if s.Why, err = w.Why(turn); err != nil {
				return err
			}
		}
	}
	w.steps = append(w.steps, s)
	return nil
}

// counts appends the batches that hold observations of the findings' streams
// and days, the newest first, and then those observations.
func (w *walk) counts(ctx context.Context, found []detect.Evidence) error {
	var rows []counts.Observation
	var batches []stand
	for _, id := range batchesOf(found) {
		b, err := w.load(ctx, trace.Ref{Kind: detect.BatchKind, ID: id})
		if err != nil {
			return err
		}
		under, err := w.under(ctx, b.batch, found)
		if err != nil {
			return err
		}
		if len(under) == 0 {
			continue // it only fed the baseline
		}
		rows, batches = append(rows, under...), append(batches, b)
	}
	slices.SortStableFunc(batches, func(a, b stand) int {
		return b.record.(counts.Batch).Recorded.Compare(a.record.(counts.Batch).Recorded)
	})
	for _, b := range batches[:min(len(batches), mostBatches)] {
		if err := w.step(ctx, b); err != nil {
			return err
		}
	}
	w.observations(rows)
	return nil
}

func batchesOf(found []detect.Evidence) []string {
	var ids []string
	for _, e := range found {
		for _, b := range e.Batches {
			if !slices.Contains(ids, b) {
				ids = append(ids, b)
			}
		}
	}
	return ids
}

// under returns the observations of a batch that a finding speaks of: its
// stream and day, in its area or within it.
func (w *walk) under(ctx context.Context, batch counts.BatchID, found []detect.Evidence) ([]counts.Observation, error) {
	rows, err := w.Records.Observations(ctx, batch)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(rows, func(o counts.Observation) bool {
		return !slices.ContainsFunc(found, func(e detect.Evidence) bool {
			return string(o.Stream) == e.Stream && o.Day == e.Day && w.within(o.Area, e.Area)
		})
	}), nil
}

func (w *walk) within(inner, outer place.Code) bool {
	lineage, err := w.Center.Lineage(inner)
	return err == nil && slices.Contains(lineage, outer)
}

// observations appends the step that ends a chain.
func (w *walk) observations(rows []counts.Observation) {
	if len(rows) == 0 {
		return
	}
	slices.SortStableFunc(rows, func(a, b counts.Observation) int {
		if a.Day != b.Day {
			return int(b.Day - a.Day)
		}
		return strings.Compare(string(a.Area), string(b.Area))
	})
	first, last := rows[0], rows[len(rows)-1]
	w.steps = append(w.steps, Step{Ref: trace.Ref{Kind: ObservationKind, ID: string(first.ID)}, At: first.Recorded,
		Record: rows[:min(len(rows), mostObservations)],
		Summary: Said{"chain.observations", map[string]string{"n": strconv.Itoa(len(rows)), "stream": string(first.Stream),
			"first": last.Day.String(), "last": first.Day.String()}}})
}
