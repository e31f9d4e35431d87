package audit

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// Patience is how long an entry may wait for its link before that is a flaw.
const Patience = time.Minute

// MostFlaws bounds a report; more than so many flaws say no more than these.
const MostFlaws = 10_000

// Fsck verifies the chain of entries, compares every record with what was
// journalled about it, and looks for every reference whether it leads
// anywhere; then it has each ledger compare itself. It reads one instant's state while acts go on, and is told to
// report how far it is. The report names every flaw, at most [MostFlaws]; the
// error is of the check itself.
func (d *Desk) Fsck(ctx context.Context, progress func(done, total int)) (Report, error) {
	c := &check{now: d.Center.Time(), known: map[name]bool{}, progress: progress}
	if err := d.Store.Snapshot(ctx, func(s Snapshot) error { return c.all(ctx, s) }); err != nil {
		return c.report, err
	}
	for _, compare := range d.Ledgers {
		flaws, err := compare(ctx)
		if err != nil {
			return c.report, fmt.Errorf("check a ledger: %w", err)
		}
		c.flaw(flaws...)
	}
	return c.report, nil
}

// check is one run of fsck.
type check struct {
	now      time.Time
	report   Report
	known    map[name]bool
	done     int
	total    int
	progress func(done, total int)
}

// name is a reference in little memory: half its SHA-256.
type name [16]byte

func nameOf(r trace.Ref) name {
	sum := sha256.Sum256([]byte(r.String()))
	return name(sum[:len(name{})])
}

func (c *check) all(ctx context.Context, s Snapshot) error {
	var err error
	if c.total, err = s.Size(ctx); err != nil {
		return err
	}
	steps := []func() error{
		func() error {
			return s.EachRef(ctx, func(r trace.Ref) error { c.known[nameOf(r)] = true; return nil })
		},
		func() error { return s.EachLinked(ctx, c.linked) },
		func() error { return s.EachUnlinked(ctx, c.unlinked) },
		func() error { return s.EachRecord(ctx, c.record) },
		func() error { return s.EachLost(ctx, c.lost) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("check the records: %w", err)
		}
	}
	c.progress(c.total, c.total)
	return nil
}

// step counts one thing done and tells now and then.
func (c *check) step() {
	if c.done++; c.done%1000 == 0 {
		c.progress(min(c.done, c.total), c.total)
	}
}

func (c *check) flaw(f ...journal.Flaw) {
	room := MostFlaws - len(c.report.Flaws)
	c.report.Flaws = append(c.report.Flaws, f[:min(len(f), room)]...)
}

func (c *check) linked(l Linked) error {
	c.step()
	link := *l.Link
	if l.Entry.ID == "" {
		c.flaw(journal.Flaw{Kind: journal.Missing, Ref: trace.Ref{Kind: journal.EntryKind, ID: string(link.Entry)}, Seq: link.Seq,
			Problem: "the entry that the chain links is gone"})
	} else {
		c.report.Entries++
		c.flaw(journal.CheckLink(c.report.Head, link, l.Entry)...)
		c.because(l.Entry, link.Seq)
	}
	c.report.Head = link
	return nil
}

func (c *check) unlinked(e journal.Entry) error {
	c.step()
	c.report.Entries++
	if waited := c.now.Sub(e.At); waited > Patience {
		c.flaw(journal.Flaw{Kind: journal.Unlinked, Ref: trace.Ref{Kind: journal.EntryKind, ID: string(e.ID)},
			Problem: fmt.Sprintf("no link has taken it up for %s", waited.Round(time.Second))})
	}
	c.because(e, 0)
	return nil
}

// because looks for the records that an entry rests on.
func (c *check) because(e journal.Entry, seq int64) {
	for _, r := range e.Because {
		if !c.known[nameOf(r)] {
			c.flaw(journal.Flaw{Kind: journal.Dangling, Ref: trace.Ref{Kind: journal.EntryKind, ID: string(e.ID)}, Seq: seq,
				Problem: fmt.Sprintf("it rests on %s, which is not there", r)})
		}
	}
}

func (c *check) record(r Record) error {
	c.step()
	c.report.Records++
	switch {
	case r.Journalled.IsZero():
		c.flaw(journal.Flaw{Kind: journal.Orphan, Ref: r.Ref, Problem: "no entry speaks of it"})
	case r.Journalled != r.Digest:
		c.flaw(journal.Flaw{Kind: journal.Tampered, Ref: r.Ref, Problem: "it is not what its last entry says"})
	}
	for _, to := range r.Refs {
		if !c.known[nameOf(to)] {
			c.flaw(journal.Flaw{Kind: journal.Dangling, Ref: r.Ref, Problem: fmt.Sprintf("it names %s, which is not there", to)})
		}
	}
	return nil
}

func (c *check) lost(r trace.Ref) error {
	c.flaw(journal.Flaw{Kind: journal.Missing, Ref: r, Problem: "entries speak of it, and it is gone"})
	return nil
}
