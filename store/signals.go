package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

var (
	signalTable = table{"signal", "id, route, status, signal_group, stream, area, first_day, last_day, evidence, notices, rank, day, team, shown, state, raised, changed, by_user, event, version, snooze"}
	eventTable  = table{"event", "id, signal, status, hazard, area, began, opened, by_user, closed, version"}
)

func signalRow(s *detect.Signal) []any {
	return []any{&s.ID, &s.Route, &s.Status, &s.Group, &s.Stream, &s.Area, &s.First, &s.Last, jsonText{&s.Evidence},
		jsonText{&s.Notices}, &s.Rank, &s.Day, &s.Team, yesNo{&s.Shown}, &s.State, instant{&s.Raised}, instant{&s.Changed},
		&s.By, &s.Event, &s.Version, jsonText{&s.Snooze}}
}

func eventRow(e *detect.Event) []any {
	return []any{&e.ID, &e.Signal, &e.Status, &e.Hazard, &e.Area, &e.Began, instant{&e.Opened}, &e.By,
		maybeInstant{&e.Closed}, &e.Version}
}

// AddSignal implements [watch.Tx].
func (tx *Tx) AddSignal(ctx context.Context, s detect.Signal) error {
	tx.stands(detect.SignalKind, string(s.ID), string(s.State))
	return add(ctx, tx.q, signalTable, signalRow(&s), "signal", s.ID)
}

// SaveSignal implements [watch.Tx].
func (tx *Tx) SaveSignal(ctx context.Context, s detect.Signal) error {
	tx.stands(detect.SignalKind, string(s.ID), string(s.State))
	return save(ctx, tx.q, signalTable, signalRow(&s), "signal", s.ID, s.Version)
}

// Signal implements [watch.Tx].
func (tx *Tx) Signal(ctx context.Context, id detect.SignalID) (detect.Signal, error) {
	return tx.OneSignal(ctx, id)
}

// SignalsOfGroup implements [watch.Tx].
func (tx *Tx) SignalsOfGroup(ctx context.Context, group string, status observe.Status, w civil.Window) ([]detect.Signal, error) {
	of, err := list(ctx, tx.q, signalRow, signalTable.get()+`WHERE signal_group = $1 AND status = $2
		AND first_day <= $3 AND (last_day >= $4 OR `+sleeping+`) ORDER BY seq DESC`, group, status, w.Last, w.First)
	if err != nil {
		return nil, fmt.Errorf("read the signals of a group: %w", err)
	}
	return of, nil
}

// ShownOn implements [watch.Tx].
func (tx *Tx) ShownOn(ctx context.Context, day civil.Day, status observe.Status) ([]detect.Signal, error) {
	shown, err := list(ctx, tx.q, signalRow, signalTable.get()+`WHERE status = $1 AND day = $2 AND shown = 1
		ORDER BY rank DESC, seq`, status, day)
	if err != nil {
		return nil, fmt.Errorf("read the signals shown on %s: %w", day, err)
	}
	return shown, nil
}

// AddEvent implements [watch.Tx].
func (tx *Tx) AddEvent(ctx context.Context, e detect.Event) error {
	return add(ctx, tx.q, eventTable, eventRow(&e), "event", e.ID)
}

// Event implements [plan.Tx] and [order.Tx].
func (tx *Tx) Event(ctx context.Context, id detect.EventID) (detect.Event, error) {
	return tx.OneEvent(ctx, id)
}

var (
	signalsByTime = paged[detect.Signal]{signalTable, signalRow, newestFirst, bySeq[detect.Signal]}
	signalsByRank = paged[detect.Signal]{signalTable, signalRow, "rank DESC, seq DESC",
		func(s detect.Signal, seq int64) cursor { return cursor{By: "rank", Rank: s.Rank, Seq: seq} }}
)

// waiting and sleeping are the conditions of the indices of signals that nobody
// has triaged, and of those that sleep.
const (
	waiting  = "state = 'raised'"
	sleeping = "state = 'snoozed'"
)

// Signals implements [watch.Store].
func (v view) Signals(ctx context.Context, f watch.SignalFilter, p command.Paging) (command.Page[detect.Signal], error) {
	seen, err := v.scope(ctx, f.Within, f.Area)
	if err != nil {
		return command.Page[detect.Signal]{}, err
	}
	var c conditions
	seen.add(&c)
	if f.Status != "" {
		c.add("status = $?", f.Status)
	}
	switch {
	case slices.Equal(f.States, []detect.State{detect.Raised}):
		c.add(waiting)
	case slices.Equal(f.States, []detect.State{detect.Snoozed}):
		c.add(sleeping)
	case len(f.States) > 0:
		c.add("state IN each($?)", array(f.States))
	}
	if f.Day != nil {
		c.add("day = $?", *f.Day)
	}
	order := signalsByTime
	if f.ByRank {
		order = signalsByRank
	}
	at, more, err := readCursor(p.After, order.by())
	if err != nil {
		return command.Page[detect.Signal]{}, err
	}
	switch {
	case more && f.ByRank:
		c.add("(rank, seq) < ($?, $?)", at.Rank, at.Seq)
	case more:
		c.add("seq < $?", at.Seq)
	}
	return order.page(ctx, v.q, c, pageSize(p))
}

// OneSignal implements [watch.Store].
func (v view) OneSignal(ctx context.Context, id detect.SignalID) (detect.Signal, error) {
	return one(ctx, v.q, signalTable, signalRow, "signal", id)
}

// OneEvent implements [watch.Store].
func (v view) OneEvent(ctx context.Context, id detect.EventID) (detect.Event, error) {
	return one(ctx, v.q, eventTable, eventRow, "event", id)
}

// Events implements [watch.Store]: the newest first.
func (v view) Events(ctx context.Context, within []place.Code, status observe.Status) ([]detect.Event, error) {
	events, err := list(ctx, v.q, eventRow, eventTable.get()+`WHERE status = $1
		AND area IN (SELECT area FROM area_closure WHERE within IN each($2)) ORDER BY seq DESC`, status, array(within))
	if err != nil {
		return nil, fmt.Errorf("list of events: %w", err)
	}
	return events, nil
}

// OpenEvents implements [plan.Store]: the oldest first.
func (v view) OpenEvents(ctx context.Context, status observe.Status) ([]detect.Event, error) {
	events, err := list(ctx, v.q, eventRow, eventTable.get()+"WHERE status = $1 AND closed IS NULL ORDER BY seq", status)
	if err != nil {
		return nil, fmt.Errorf("list of open events: %w", err)
	}
	return events, nil
}
