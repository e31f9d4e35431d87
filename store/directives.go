package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/party"
)

var (
	directiveTable = table{"directive", "id, status, proposal, event, pack, template, measure, title, area, addressee, held, authority, due, ack_by, completion, state, issued, changed, by_user, reminded, overdue, escalated, exception, version"}
	shiftTable     = table{"shift", "id, post, user_id, from_at, until_at, version"}
	// stored has, after the record's own columns, what the store derives.
	storedDirective = table{"directive", directiveTable.columns + ", awaits"}
)

func directiveRow(d *direct.Directive) []any {
	return []any{&d.ID, &d.Status, &d.Proposal, &d.Event, jsonText{&d.Pack}, &d.Template, &d.Measure, jsonText{&d.Title},
		&d.Area, &d.Addressee, &d.Held, &d.Authority, instant{&d.Due}, instant{&d.AckBy}, jsonText{&d.Completion},
		&d.State, instant{&d.Issued}, instant{&d.Changed}, &d.By, maybeInstant{&d.Reminded}, maybeInstant{&d.Overdue},
		maybeInstant{&d.Escalated}, yesNo{&d.Exception}, &d.Version}
}

func storedDirectiveRow(d *direct.Directive) []any {
	awaits := d.Completion != nil && (d.Completion.Met == nil || d.State != direct.Verified)
	return append(directiveRow(d), yesNo{&awaits})
}

func shiftRow(s *direct.Shift) []any {
	return []any{&s.ID, &s.Post, &s.User, instant{&s.From}, instant{&s.Until}, &s.Version}
}

// Directive implements [order.Tx].
func (tx *Tx) Directive(ctx context.Context, id direct.DirectiveID) (direct.Directive, error) {
	return tx.OneDirective(ctx, id)
}

// AddDirective implements [order.Tx].
func (tx *Tx) AddDirective(ctx context.Context, d direct.Directive) error {
	tx.stands(direct.DirectiveKind, string(d.ID), string(d.State))
	return add(ctx, tx.q, storedDirective, storedDirectiveRow(&d), "directive", d.ID)
}

// SaveDirective implements [order.Tx].
func (tx *Tx) SaveDirective(ctx context.Context, d direct.Directive) error {
	tx.stands(direct.DirectiveKind, string(d.ID), string(d.State))
	return save(ctx, tx.q, storedDirective, storedDirectiveRow(&d), "directive", d.ID, d.Version)
}

// ShiftsOver implements [order.Tx]: the earliest first.
func (tx *Tx) ShiftsOver(ctx context.Context, post party.PostCode, from, until time.Time) ([]direct.Shift, error) {
	shifts, err := list(ctx, tx.q, shiftRow, shiftTable.get()+`WHERE post = $1 AND until_at > $2 AND from_at < $3
		ORDER BY from_at, seq`, post, from.UnixMicro(), until.UnixMicro())
	if err != nil {
		return nil, fmt.Errorf("read the shifts of %s: %w", post, err)
	}
	return shifts, nil
}

// AddShift implements [order.Tx].
func (tx *Tx) AddShift(ctx context.Context, s direct.Shift) error {
	return add(ctx, tx.q, shiftTable, shiftRow(&s), "shift", s.ID)
}

var (
	directivesByTime = paged[direct.Directive]{directiveTable, directiveRow, newestFirst, bySeq[direct.Directive]}
	directivesByDue  = paged[direct.Directive]{directiveTable, directiveRow, "due, seq",
		func(d direct.Directive, seq int64) cursor { return cursor{By: "due", Due: d.Due.UnixMicro(), Seq: seq} }}
)

// stillOpen is the condition of the index of directives that have not ended.
const stillOpen = "state NOT IN ('closed', 'withdrawn')"

// Directives implements [order.Store].
func (v view) Directives(ctx context.Context, f order.DirectiveFilter, p command.Paging) (command.Page[direct.Directive], error) {
	seen, err := v.scope(ctx, f.Within, f.Area)
	if err != nil {
		return command.Page[direct.Directive]{}, err
	}
	var c conditions
	seen.add(&c)
	if f.Status != "" {
		c.add("status = $?", f.Status)
	}
	if len(f.States) > 0 {
		c.add("state IN each($?)", array(f.States))
		if !slices.Contains(f.States, direct.Closed) && !slices.Contains(f.States, direct.Withdrawn) {
			c.add(stillOpen)
		}
	}
	if f.Post != "" {
		c.add("held = $?", f.Post)
	}
	if f.Event != "" {
		c.add("event = $?", f.Event)
	}
	list := directivesByTime
	if f.ByDue {
		list = directivesByDue
	}
	at, more, err := readCursor(p.After, list.by())
	if err != nil {
		return command.Page[direct.Directive]{}, err
	}
	switch {
	case more && f.ByDue:
		c.add("(due, seq) > ($?, $?)", at.Due, at.Seq)
	case more:
		c.add("seq < $?", at.Seq)
	}
	return list.page(ctx, v.q, c, pageSize(p))
}

// OneDirective implements [order.Store].
func (v view) OneDirective(ctx context.Context, id direct.DirectiveID) (direct.Directive, error) {
	return one(ctx, v.q, directiveTable, directiveRow, "directive", id)
}

// Pending implements [order.Store]: the earliest due first.
func (v view) Pending(ctx context.Context, at time.Time) ([]direct.Directive, error) {
	pending, err := list(ctx, v.q, directiveRow, directiveTable.get()+`WHERE `+stillOpen+`
		AND (awaits = 1 OR state = 'issued' OR reminded IS NULL OR (overdue IS NULL AND due <= $1))
		ORDER BY due, seq`, at.UnixMicro())
	if err != nil {
		return nil, fmt.Errorf("list of pending directives: %w", err)
	}
	return pending, nil
}

// Answers implements [watch.Store]. When a directive was first acknowledged is
// what the journal says.
func (v view) Answers(ctx context.Context, status observe.Status, since time.Time) ([]watch.Answered, error) {
	answers, err := list(ctx, v.q, answeredRow, `SELECT d.id, d.addressee, d.area, d.issued, min(e.at)
		FROM directive d LEFT JOIN touch t ON t.kind = $1 AND t.record = d.id AND t.state = $2
		LEFT JOIN entry e ON e.seq = t.entry
		WHERE d.status = $3 AND d.issued >= $4
		GROUP BY d.id, d.addressee, d.area, d.issued, d.seq, d.state
		HAVING min(e.at) IS NOT NULL OR d.state <> $5
		ORDER BY d.issued, d.seq`, direct.DirectiveKind, direct.Acknowledged, status, since.UnixMicro(), direct.Withdrawn)
	if err != nil {
		return nil, fmt.Errorf("read how directives were answered: %w", err)
	}
	return answers, nil
}

func answeredRow(a *watch.Answered) []any {
	return []any{&a.Directive, &a.Post, &a.Area, instant{&a.Issued}, maybeInstant{&a.Acknowledged}}
}

// OnDuty implements [order.Store]: by post.
func (v view) OnDuty(ctx context.Context, at time.Time) ([]direct.Shift, error) {
	shifts, err := list(ctx, v.q, shiftRow, shiftTable.get()+"WHERE until_at > $1 AND from_at <= $1 ORDER BY post, from_at, seq", at.UnixMicro())
	if err != nil {
		return nil, fmt.Errorf("list of those on duty: %w", err)
	}
	return shifts, nil
}

// Shifts implements [order.Store]: the earliest first.
func (v view) Shifts(ctx context.Context, from, until time.Time) ([]direct.Shift, error) {
	shifts, err := list(ctx, v.q, shiftRow, shiftTable.get()+"WHERE until_at > $1 AND from_at < $2 ORDER BY from_at, seq", from.UnixMicro(), until.UnixMicro())
	if err != nil {
		return nil, fmt.Errorf("list of shifts: %w", err)
	}
	return shifts, nil
}
