package store

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

var (
	outcomeTable = table{"outcome", "id, signal, status, area, truth, event, began, supersedes, recorded, by_user"}
	missedTable  = table{"missed", "id, status, hazard, area, began, supersedes, withdrawn, recorded, by_user"}
)

func outcomeRow(o *detect.Outcome) []any {
	return []any{&o.ID, &o.Signal, &o.Status, &o.Area, &o.Truth, &o.Event, &o.Began, &o.Supersedes, instant{&o.Recorded}, &o.By}
}

func missedRow(m *detect.Missed) []any {
	return []any{&m.ID, &m.Status, &m.Hazard, &m.Area, &m.Began, &m.Supersedes, yesNo{&m.Withdrawn}, instant{&m.Recorded}, &m.By}
}

// AddOutcome implements [watch.Tx].
func (tx *Tx) AddOutcome(ctx context.Context, o detect.Outcome) error {
	return add(ctx, tx.q, outcomeTable, outcomeRow(&o), "outcome", o.ID)
}

// AddMissed implements [watch.Tx].
func (tx *Tx) AddMissed(ctx context.Context, m detect.Missed) error {
	return add(ctx, tx.q, missedTable, missedRow(&m), "missed outbreak", m.ID)
}

// Outcomes implements [watch.Store] and [watch.Tx]: the latest first.
func (v view) Outcomes(ctx context.Context, signal detect.SignalID) ([]detect.Outcome, error) {
	all, err := list(ctx, v.q, outcomeRow, outcomeTable.get()+"WHERE signal = $1 ORDER BY seq DESC", signal)
	if err != nil {
		return nil, fmt.Errorf("read the outcomes of signal %s: %w", signal, err)
	}
	return all, nil
}

// Missed implements [watch.Tx]: a record that another one supersedes does not
// stand any more.
func (tx *Tx) Missed(ctx context.Context, id detect.MissedID) (m detect.Missed, stands bool, err error) {
	m, err = one(ctx, tx.q, missedTable, missedRow, "missed outbreak", id)
	if err != nil {
		return m, false, err
	}
	_, later, err := first(ctx, tx.q, missedRow, missedTable.get()+"WHERE supersedes = $1", id)
	if err != nil {
		return m, false, fmt.Errorf("read what came after missed outbreak %s: %w", id, err)
	}
	return m, !later, nil
}

// MissedOutbreaks implements [watch.Store].
func (v view) MissedOutbreaks(ctx context.Context, within []place.Code, status observe.Status, w civil.Window) ([]detect.Missed, error) {
	all, err := list(ctx, v.q, missedRow, missedTable.get()+`WHERE status = $1 AND began BETWEEN $2 AND $3 AND withdrawn = 0
		AND area IN (SELECT area FROM area_closure WHERE within IN each($4))
		AND NOT EXISTS (SELECT 1 FROM missed later WHERE later.supersedes = missed.id AND later.supersedes <> '')
		ORDER BY began DESC, seq DESC`, status, w.First, w.Last, array(within))
	if err != nil {
		return nil, fmt.Errorf("list of missed outbreaks: %w", err)
	}
	return all, nil
}

// raisedWithin selects signals by when and where they were raised. A signal has
// changed when it was raised or later, by which the index finds it.
const raisedWithin = `status = $1 AND changed >= $2 AND raised >= $2 AND raised < $3
	AND area IN (SELECT area FROM area_closure WHERE within IN each($4))`

// SignalsRaised implements [watch.Store].
func (v view) SignalsRaised(ctx context.Context, within []place.Code, status observe.Status, from, until time.Time) ([]detect.Signal, error) {
	all, err := list(ctx, v.q, signalRow, signalTable.get()+"WHERE "+raisedWithin+" ORDER BY seq",
		status, from.UnixMicro(), until.UnixMicro(), array(within))
	if err != nil {
		return nil, fmt.Errorf("read the signals raised in a period: %w", err)
	}
	return all, nil
}

// OutcomesOf implements [watch.Store].
func (v view) OutcomesOf(ctx context.Context, within []place.Code, status observe.Status, from, until time.Time) ([]detect.Outcome, error) {
	all, err := list(ctx, v.q, outcomeRow, outcomeTable.get()+`WHERE signal IN (SELECT id FROM signal WHERE `+raisedWithin+`)
		AND NOT EXISTS (SELECT 1 FROM outcome later WHERE later.signal = outcome.signal AND later.seq > outcome.seq) ORDER BY seq`,
		status, from.UnixMicro(), until.UnixMicro(), array(within))
	if err != nil {
		return nil, fmt.Errorf("read the outcomes of the signals of a period: %w", err)
	}
	return all, nil
}
