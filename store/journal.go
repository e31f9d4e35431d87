package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

var (
	entryTable = table{"entry", "id, at, actor, act, area, subject_kind, subject_id, because, why"}
	touchTable = table{"touch", "entry, position, kind, record, digest, state"}
	linkTable  = table{"link", "number, entry, entry_seq, own, head"}
)

func entryRow(e *journal.Entry) []any {
	return []any{&e.ID, instant{&e.At}, &e.Actor, &e.Act, &e.Area, &e.Subject.Kind, &e.Subject.ID, jsonText{&e.Because}, &e.Why}
}

func hash(h *journal.Hash) digest { return digest{(*[32]byte)(h)} }

// storedEntry is an entry with its place in the order of storing, and its link
// if it has one. Its touches are in a table of their own.
type storedEntry struct {
	audit.Linked
	seq    int64
	number *int64
	own    []byte
	head   []byte
}

const linkedEntry = `SELECT e.id, e.at, e.actor, e.act, e.area, e.subject_kind, e.subject_id, e.because, e.why,
	e.seq, l.number, l.own, l.head FROM entry e LEFT JOIN link l ON l.entry = e.id `

func storedEntryRow(s *storedEntry) []any {
	return append(entryRow(&s.Entry), &s.seq, &s.number, &s.own, &s.head)
}

// linkedEntries reads entries with their links and touches. The text goes on
// behind linkedEntry.
func (v view) linkedEntries(ctx context.Context, text string, args ...any) ([]storedEntry, error) {
	entries, err := list(ctx, v.q, storedEntryRow, linkedEntry+text, args...)
	if err != nil {
		return nil, fmt.Errorf("read entries: %w", err)
	}
	for i := range entries {
		entries[i].setLink()
	}
	return entries, v.addTouches(ctx, entries)
}

func (s *storedEntry) setLink() {
	if s.number == nil {
		return
	}
	s.Link = &journal.Link{Seq: *s.number, Entry: s.Entry.ID}
	copy(s.Link.Own[:], s.own)
	copy(s.Link.Head[:], s.head)
}

// storedTouch is a touch with the entry that it belongs to.
type storedTouch struct {
	journal.Touch
	entry int64
}

func storedTouchRow(t *storedTouch) []any {
	return []any{&t.entry, &t.Ref.Kind, &t.Ref.ID, hash(&t.Digest)}
}

func (v view) addTouches(ctx context.Context, entries []storedEntry) error {
	at := map[int64]*journal.Entry{}
	var ids []journal.EntryID
	for i := range entries {
		at[entries[i].seq] = &entries[i].Entry
		ids = append(ids, entries[i].Entry.ID)
	}
	touches, err := list(ctx, v.q, storedTouchRow, `SELECT entry, kind, record, digest FROM touch
		WHERE entry IN (SELECT seq FROM entry WHERE id IN each($1)) ORDER BY entry, position`, array(ids))
	if err != nil {
		return fmt.Errorf("read what entries touched: %w", err)
	}
	for _, t := range touches {
		e := at[t.entry]
		e.Touches = append(e.Touches, t.Touch)
	}
	return nil
}

// Entries implements [audit.Store]: the newest first.
func (v view) Entries(ctx context.Context, f audit.EntryFilter, p command.Paging) (command.Page[audit.Linked], error) {
	none := command.Page[audit.Linked]{Items: []audit.Linked{}}
	seen, err := v.scope(ctx, f.Within, "")
	if err != nil {
		return none, err
	}
	var c conditions
	seen.add(&c)
	addEntryFilter(&c, f)
	at, more, err := readCursor(p.After, "time")
	if err != nil {
		return none, err
	}
	if more {
		c.add("seq < $?", at.Seq)
	}
	size := pageSize(p)
	c.args = append(c.args, size+1)
	entries, err := v.linkedEntries(ctx, fmt.Sprintf("WHERE e.seq IN (SELECT seq FROM entry %s ORDER BY seq DESC LIMIT $%d) ORDER BY e.seq DESC",
		c.where(), len(c.args)), c.args...)
	if err != nil {
		return none, err
	}
	page := none
	if len(entries) > size {
		entries = entries[:size]
		page.Next = cursor{By: "time", Seq: entries[size-1].seq}.String()
	}
	page.Items = linked(entries)
	return page, nil
}

func addEntryFilter(c *conditions, f audit.EntryFilter) {
	if f.Actor != "" {
		c.add("actor = $?", f.Actor)
	}
	switch {
	case strings.HasSuffix(f.Act, "."):
		c.add("act >= $? AND act < $?", f.Act, strings.TrimSuffix(f.Act, ".")+"/") // the byte behind the dot
	case f.Act != "":
		c.add("act = $?", f.Act)
	}
	if f.Subject != (trace.Ref{}) {
		c.add("subject_kind = $? AND subject_id = $?", f.Subject.Kind, f.Subject.ID)
	}
	if !f.From.IsZero() {
		c.add("at >= $?", f.From.UnixMicro())
	}
	if !f.Until.IsZero() {
		c.add("at < $?", f.Until.UnixMicro())
	}
}

func linked(entries []storedEntry) []audit.Linked {
	all := make([]audit.Linked, 0, len(entries))
	for _, e := range entries {
		all = append(all, e.Linked)
	}
	return all
}

// OneEntry implements [audit.Store].
func (v view) OneEntry(ctx context.Context, id journal.EntryID) (audit.Linked, error) {
	entries, err := v.linkedEntries(ctx, "WHERE e.id = $1", id)
	if err != nil {
		return audit.Linked{}, err
	}
	if len(entries) == 0 {
		return audit.Linked{}, fault.New(fault.NotFound, "there is no entry %s", id)
	}
	return entries[0].Linked, nil
}

// EntriesOf implements [audit.Store].
func (v view) EntriesOf(ctx context.Context, ref trace.Ref) ([]audit.Linked, error) {
	entries, err := v.linkedEntries(ctx, "WHERE e.seq IN (SELECT entry FROM touch WHERE kind = $1 AND record = $2) ORDER BY e.seq", ref.Kind, ref.ID)
	if err != nil {
		return nil, err
	}
	return linked(entries), nil
}

// LinkedAfter implements [audit.Store].
func (v view) LinkedAfter(ctx context.Context, seq int64, most int) ([]audit.Linked, error) {
	entries, err := v.linkedEntries(ctx, "WHERE l.number > $1 ORDER BY l.number LIMIT $2", seq, most)
	if err != nil {
		return nil, err
	}
	return linked(entries), nil
}

// storedLink is a link with the place of its entry in the order of storing.
type storedLink struct {
	journal.Link
	entrySeq int64
}

func linkRow(l *storedLink) []any {
	return []any{&l.Seq, &l.Entry, &l.entrySeq, hash(&l.Own), hash(&l.Head)}
}

func (v view) lastLink(ctx context.Context) (storedLink, error) {
	l, _, err := first(ctx, v.q, linkRow, linkTable.get()+"ORDER BY number DESC LIMIT 1")
	if err != nil {
		return l, fmt.Errorf("read the head of the chain: %w", err)
	}
	return l, nil
}

// Head implements [audit.Store].
func (v view) Head(ctx context.Context) (journal.Link, error) {
	l, err := v.lastLink(ctx)
	return l.Link, err
}

// Chain implements [audit.Store]. Entries become visible in the order of
// storing, because writers take turns; those behind the last link are the ones
// to take up.
func (db *DB) Chain(ctx context.Context, most int) ([]audit.Linked, error) {
	var fresh []storedEntry
	err := db.write(ctx, func(tx *Tx) error {
		prev, err := tx.lastLink(ctx)
		if err != nil {
			return err
		}
		if fresh, err = tx.linkedEntries(ctx, "WHERE e.seq > $1 ORDER BY e.seq LIMIT $2", prev.entrySeq, most); err != nil {
			return err
		}
		for i := range fresh {
			l := storedLink{Link: journal.Next(prev.Link, fresh[i].Entry), entrySeq: fresh[i].seq}
			if _, err := tx.q.exec(ctx, linkTable.insert(1), linkRow(&l)...); err != nil {
				return fmt.Errorf("link entry %s: %w", l.Entry, err)
			}
			fresh[i].Link, prev = &l.Link, l
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return linked(fresh), nil
}
