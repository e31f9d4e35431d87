package audit

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/place"
)

// Desk carries out the use cases of this package.
type Desk struct {
	Center  *command.Center
	Store   Store
	Records Records
	// Ledgers are records outside the database whose digests are journalled: each
	// says where it and the journal contradict each other.
	Ledgers []Ledger
}

// Ledger compares a ledger of its own with what was journalled about it.
type Ledger func(context.Context) ([]journal.Flaw, error)

// Entries lists entries of the reader's areas, the newest first.
func (d *Desk) Entries(ctx context.Context, who access.Actor, f EntryFilter, p command.Paging) (command.Page[Linked], error) {
	if err := who.Check(access.ReadJournal, nil); err != nil {
		return command.Page[Linked]{}, err
	}
	f.Within = who.Areas(access.ReadJournal)
	return d.Store.Entries(ctx, f, p)
}

// Entry returns one entry. The fault is NotFound for one out of the reader's sight.
func (d *Desk) Entry(ctx context.Context, who access.Actor, id journal.EntryID) (Linked, error) {
	l, err := d.Store.OneEntry(ctx, id)
	if err != nil {
		return Linked{}, err
	}
	return l, d.Center.See(who, access.ReadJournal, l.Entry.Area, journal.EntryKind, string(id))
}

// Why opens the reason of an entry; it is empty without one and once its key
// was destroyed.
func (d *Desk) Why(e journal.Entry) (string, error) {
	if len(e.Why) == 0 {
		return "", nil
	}
	why, err := d.Center.Sealer.Open(command.WhyClass, string(e.ID), e.Why)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("open the reason of entry %s: %w", e.ID, err)
	}
	return string(why), nil
}

// MostMoments is how many moments a time line gets of each stage, the newest.
const MostMoments = 500

// moments are the acts that stand on a time line, by the stage they belong to.
var moments = map[string][]string{
	"signal.":    {"signal.verify", "signal.discard"},
	"proposal.":  {"proposal.make", "proposal.accept", "proposal.override", "proposal.approve", "proposal.decline"},
	"level.":     {"level.expire"},
	"directive.": {"directive.issue", "directive.close", "directive.withdraw"},
}

// Moments returns the decisive acts of a span of time in the reader's areas,
// the oldest first.
func (d *Desk) Moments(ctx context.Context, who access.Actor, from, until time.Time) ([]Linked, error) {
	if err := who.Check(access.ReadFigures, nil); err != nil {
		return nil, err
	}
	within := who.Areas(access.ReadFigures)
	var all []Linked
	for stage, acts := range moments {
		found, err := d.momentsOf(ctx, EntryFilter{Within: within, Act: stage, From: from, Until: until}, acts)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, func(a, b Linked) int {
		if c := a.Entry.At.Compare(b.Entry.At); c != 0 {
			return c
		}
		return cmp.Compare(a.Entry.ID, b.Entry.ID)
	})
	return all, nil
}

func (d *Desk) momentsOf(ctx context.Context, f EntryFilter, acts []string) ([]Linked, error) {
	var found []Linked
	for after := ""; ; {
		page, err := d.Store.Entries(ctx, f, command.Paging{After: after, Limit: 200})
		if err != nil {
			return nil, fmt.Errorf("read the acts of %s: %w", f.Act, err)
		}
		for _, l := range page.Items {
			if slices.Contains(acts, l.Entry.Act) {
				found = append(found, l)
			}
		}
		if page.Next == "" || len(found) >= MostMoments {
			return found[:min(len(found), MostMoments)], nil
		}
		after = page.Next
	}
}

// atOnce is how many entries are linked in one transaction: other acts wait
// for it.
const atOnce = 500

// Link takes up every entry that is not linked yet and returns how many there
// were. It is called every second or so, and before a check.
func (d *Desk) Link(ctx context.Context) (int, error) {
	for all := 0; ; {
		links, err := d.Store.Chain(ctx, atOnce)
		all += len(links)
		if err != nil {
			return all, fmt.Errorf("link the journal: %w", err)
		}
		if len(links) < atOnce {
			return all, nil
		}
	}
}

// sees reports whether the reader may see records of an area.
func (d *Desk) sees(who access.Actor, area place.Code) bool {
	lineage, err := d.Center.Lineage(area)
	return err == nil && who.Check(access.ReadFigures, lineage) == nil
}
