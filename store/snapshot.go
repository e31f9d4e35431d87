package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/notices"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// Kinds of things that records name and that are no records of an act.
const (
	areaKind        trace.Kind = "area"
	observationKind trace.Kind = "observation"
)

// chunk is how many rows a check reads at a time.
const chunk = 500

// snapshot is a view in which everything stands still.
type snapshot struct{ view }

// Snapshot implements [audit.Store].
func (db *DB) Snapshot(ctx context.Context, fn func(audit.Snapshot) error) error {
	conn, err := db.readers.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect to the database: %w", err)
	}
	l := &line{conn: conn, dialect: db.dialect, known: map[string]*sql.Stmt{}}
	tx, err := conn.BeginTx(ctx, db.dialect.snapshot())
	if err != nil {
		return errors.Join(fmt.Errorf("begin a snapshot: %w", err), l.close())
	}
	err = fn(snapshot{view{q: l}})
	return errors.Join(err, tx.Rollback(), l.close())
}

// kind is one kind of record as a check sees it.
type kind struct {
	name  trace.Kind
	table string
	// after calls fn for the records behind a place in the order of storing, at
	// most chunk of them, and returns the place of the last; 0 at the end.
	after func(ctx context.Context, v view, seq int64, fn func(audit.Record) error) (int64, error)
}

// kinds lists every kind of record that acts write.
func kinds() []kind {
	return []kind{
		{detect.BatchKind, "batch", batchesAfter},
		kindOf(detect.NoticeKind, noticeTable, noticeRow, func(n notices.Notice) string { return string(n.ID) }, noticeRefs),
		kindOf(detect.SignalKind, signalTable, signalRow, func(s detect.Signal) string { return string(s.ID) }, signalRefs),
		kindOf(detect.EventKind, eventTable, eventRow, func(e detect.Event) string { return string(e.ID) }, eventRefs),
		kindOf(detect.OutcomeKind, outcomeTable, outcomeRow, func(o detect.Outcome) string { return string(o.ID) }, outcomeRefs),
		kindOf(detect.MissedKind, missedTable, missedRow, func(m detect.Missed) string { return string(m.ID) }, missedRefs),
		kindOf(decide.ProposalKind, proposalTable, proposalRow, func(p decide.Proposal) string { return string(p.ID) }, proposalRefs),
		kindOf(decide.LevelKind, levelTable, levelRow, func(l decide.AreaLevel) string { return string(l.ID) }, levelRefs),
		kindOf(direct.DirectiveKind, directiveTable, directiveRow, func(d direct.Directive) string { return string(d.ID) }, directiveRefs),
		kindOf(direct.ShiftKind, shiftTable, shiftRow, func(s direct.Shift) string { return string(s.ID) }, shiftRefs),
		kindOf(venue.DayKind, visitDayTable, visitDayRow, func(r venue.DayRecord) string { return r.Day.String() }, visitDayRefs),
		kindOf(trust.DisclosureKind, disclosureTable, disclosureRow, func(d trust.Disclosure) string { return string(d.ID) }, disclosureRefs),
		kindOf(trust.DeclarationKind, declarationTable, declarationRow, func(d trust.Declaration) string { return string(d.ID) }, declarationRefs),
		kindOf(access.AccountKind, accountTable, accountRow, func(a access.Account) string { return string(a.ID) }, accountRefs),
	}
}

// kindOf is a kind whose record is what is journalled.
func kindOf[T any](name trace.Kind, t table, row func(*T) []any, id func(T) string, refs func(T) []trace.Ref) kind {
	return kind{name, t.name, func(ctx context.Context, v view, seq int64, fn func(audit.Record) error) (int64, error) {
		records, err := journalled(ctx, v, name, t, row, seq)
		if err != nil {
			return 0, err
		}
		for _, r := range records {
			record := audit.Record{Ref: trace.Ref{Kind: name, ID: id(r.of)}, Digest: journal.Digest(r.of), Journalled: r.hash(), Refs: refs(r.of)}
			if err := fn(record); err != nil {
				return 0, err
			}
		}
		return lastOf(records), nil
	}}
}

// checked is a record with what its last entry says about it.
type checked[T any] struct {
	numbered[T]
	digest []byte
}

func (c checked[T]) hash() (h journal.Hash) {
	copy(h[:], c.digest)
	return h
}

func journalled[T any](ctx context.Context, v view, name trace.Kind, t table, row func(*T) []any, seq int64) ([]checked[T], error) {
	records, err := list(ctx, v.q, func(c *checked[T]) []any { return append(row(&c.of), &c.seq, &c.digest) },
		fmt.Sprintf(`SELECT %s, seq, (SELECT digest FROM touch WHERE kind = $1 AND record = %s.id ORDER BY entry DESC, position DESC LIMIT 1)
			FROM %s WHERE seq > $2 ORDER BY seq LIMIT $3`, t.columns, t.name, t.name), name, seq, chunk)
	if err != nil {
		return nil, fmt.Errorf("read records of kind %s: %w", name, err)
	}
	return records, nil
}

func lastOf[T any](records []checked[T]) int64 {
	if len(records) < chunk {
		return 0
	}
	return records[len(records)-1].seq
}

// batchesAfter reads batches with their observations, which are journalled
// together.
func batchesAfter(ctx context.Context, v view, seq int64, fn func(audit.Record) error) (int64, error) {
	batches, err := journalled(ctx, v, detect.BatchKind, batchTable, batchRow, seq)
	if err != nil {
		return 0, err
	}
	for _, b := range batches {
		rows, err := v.Observations(ctx, b.of.ID)
		if err != nil {
			return 0, err
		}
		record := audit.Record{Ref: trace.Ref{Kind: detect.BatchKind, ID: string(b.of.ID)},
			Digest: journal.Digest(counts.Sealed(b.of, rows)), Journalled: b.hash(), Refs: observationRefs(rows)}
		if err := fn(record); err != nil {
			return 0, err
		}
	}
	return lastOf(batches), nil
}

// Size implements [audit.Snapshot].
func (s snapshot) Size(ctx context.Context) (int, error) {
	text := "SELECT (SELECT count(*) FROM entry)"
	for _, k := range kinds() {
		text += " + (SELECT count(*) FROM " + k.table + ")"
	}
	n, _, err := first(ctx, s.q, func(n *int) []any { return []any{n} }, text)
	if err != nil {
		return 0, fmt.Errorf("count entries and records: %w", err)
	}
	return n, nil
}

// EachLinked implements [audit.Snapshot].
func (s snapshot) EachLinked(ctx context.Context, fn func(audit.Linked) error) error {
	for last := int64(0); ; {
		links, err := list(ctx, s.q, linkRow, linkTable.get()+"WHERE number > $1 ORDER BY number LIMIT $2", last, chunk)
		if err != nil {
			return fmt.Errorf("read the chain: %w", err)
		}
		entries, err := s.entriesOfLinks(ctx, links)
		if err != nil {
			return err
		}
		for _, l := range links {
			if err := fn(audit.Linked{Entry: entries[l.Entry], Link: &l.Link}); err != nil {
				return err
			}
		}
		if len(links) < chunk {
			return nil
		}
		last = links[len(links)-1].Seq
	}
}

func (s snapshot) entriesOfLinks(ctx context.Context, links []storedLink) (map[journal.EntryID]journal.Entry, error) {
	var ids []journal.EntryID
	for _, l := range links {
		ids = append(ids, l.Entry)
	}
	found, err := s.linkedEntries(ctx, "WHERE e.id IN each($1)", array(ids))
	if err != nil {
		return nil, err
	}
	entries := map[journal.EntryID]journal.Entry{}
	for _, e := range found {
		entries[e.Entry.ID] = e.Entry
	}
	return entries, nil
}

// EachUnlinked implements [audit.Snapshot].
func (s snapshot) EachUnlinked(ctx context.Context, fn func(journal.Entry) error) error {
	for last := int64(0); ; {
		entries, err := s.linkedEntries(ctx, "WHERE l.number IS NULL AND e.seq > $1 ORDER BY e.seq LIMIT $2", last, chunk)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := fn(e.Entry); err != nil {
				return err
			}
		}
		if len(entries) < chunk {
			return nil
		}
		last = entries[len(entries)-1].seq
	}
}

// EachRef implements [audit.Snapshot].
func (s snapshot) EachRef(ctx context.Context, fn func(trace.Ref) error) error {
	if err := s.eachRefOf(ctx, areaKind, "SELECT code FROM area", fn); err != nil {
		return err
	}
	if err := s.eachRefOf(ctx, observationKind, "SELECT id FROM observation", fn); err != nil {
		return err
	}
	for _, k := range kinds() {
		if err := s.eachRefOf(ctx, k.name, "SELECT id FROM "+k.table, fn); err != nil {
			return err
		}
	}
	return nil
}

func (s snapshot) eachRefOf(ctx context.Context, name trace.Kind, text string, fn func(trace.Ref) error) error {
	err := forEach(ctx, s.q, func(id *string) []any { return []any{id} },
		func(id string) error { return fn(trace.Ref{Kind: name, ID: id}) }, text)
	if err != nil {
		return fmt.Errorf("read what can be named of kind %s: %w", name, err)
	}
	return nil
}

// EachRecord implements [audit.Snapshot]. An observation outside any batch is
// a record that no entry speaks of.
func (s snapshot) EachRecord(ctx context.Context, fn func(audit.Record) error) error {
	for _, k := range kinds() {
		seq, err := k.after(ctx, s.view, 0, fn)
		for err == nil && seq > 0 {
			seq, err = k.after(ctx, s.view, seq, fn)
		}
		if err != nil {
			return err
		}
	}
	return s.eachRefOf(ctx, observationKind, "SELECT id FROM observation WHERE NOT EXISTS (SELECT 1 FROM batch WHERE batch.id = observation.batch)",
		func(ref trace.Ref) error { return fn(audit.Record{Ref: ref}) })
}

// EachLost implements [audit.Snapshot].
func (s snapshot) EachLost(ctx context.Context, fn func(trace.Ref) error) error {
	for _, k := range kinds() {
		err := s.eachRefOf(ctx, k.name, fmt.Sprintf(`SELECT DISTINCT record FROM touch WHERE kind = '%s'
			AND NOT EXISTS (SELECT 1 FROM %s r WHERE r.id = touch.record)`, k.name, k.table), fn)
		if err != nil {
			return err
		}
	}
	return nil
}

func areaRef(code place.Code) trace.Ref { return trace.Ref{Kind: areaKind, ID: string(code)} }

// named drops the references that are empty.
func named(refs ...trace.Ref) []trace.Ref {
	var all []trace.Ref
	for _, r := range refs {
		if r.ID != "" {
			all = append(all, r)
		}
	}
	return all
}

func observationRefs(rows []counts.Observation) []trace.Ref {
	var refs []trace.Ref
	for _, o := range rows {
		refs = append(refs, areaRef(o.Area), trace.Ref{Kind: observationKind, ID: string(o.Supersedes)})
	}
	return named(refs...)
}

func noticeRefs(n notices.Notice) []trace.Ref { return named(areaRef(n.Header.Area)) }

func signalRefs(s detect.Signal) []trace.Ref {
	refs := []trace.Ref{areaRef(s.Area), {Kind: detect.EventKind, ID: string(s.Event)}}
	for _, n := range s.Notices {
		refs = append(refs, trace.Ref{Kind: detect.NoticeKind, ID: n})
	}
	for _, e := range s.Evidence {
		refs = append(refs, areaRef(e.Area))
		for _, b := range e.Batches {
			refs = append(refs, trace.Ref{Kind: detect.BatchKind, ID: b})
		}
	}
	return named(refs...)
}

func eventRefs(e detect.Event) []trace.Ref {
	return named(areaRef(e.Area), trace.Ref{Kind: detect.SignalKind, ID: string(e.Signal)})
}

func outcomeRefs(o detect.Outcome) []trace.Ref {
	return named(areaRef(o.Area), trace.Ref{Kind: detect.SignalKind, ID: string(o.Signal)},
		trace.Ref{Kind: detect.EventKind, ID: string(o.Event)}, trace.Ref{Kind: detect.OutcomeKind, ID: string(o.Supersedes)})
}

func missedRefs(m detect.Missed) []trace.Ref {
	return named(areaRef(m.Area), trace.Ref{Kind: detect.MissedKind, ID: string(m.Supersedes)})
}

func proposalRefs(p decide.Proposal) []trace.Ref {
	refs := []trace.Ref{areaRef(p.Area), areaRef(p.DecidedArea), {Kind: detect.EventKind, ID: string(p.Event)}}
	for _, in := range p.Inputs {
		refs = append(refs, in.Answer.Sources...)
	}
	return named(refs...)
}

func levelRefs(l decide.AreaLevel) []trace.Ref {
	return named(areaRef(l.Area), trace.Ref{Kind: decide.ProposalKind, ID: string(l.Proposal)})
}

func directiveRefs(d direct.Directive) []trace.Ref {
	return named(areaRef(d.Area), trace.Ref{Kind: detect.EventKind, ID: string(d.Event)},
		trace.Ref{Kind: decide.ProposalKind, ID: string(d.Proposal)})
}

func shiftRefs(s direct.Shift) []trace.Ref {
	return named(trace.Ref{Kind: access.AccountKind, ID: string(s.User)})
}

func accountRefs(a access.Account) []trace.Ref {
	var refs []trace.Ref
	for _, g := range a.Grants {
		refs = append(refs, areaRef(g.Area))
	}
	return named(refs...)
}
