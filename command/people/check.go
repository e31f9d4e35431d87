package people

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// CertificateKind is the kind of a reference that names a purge certificate; its
// id is the certificate's number.
const CertificateKind trace.Kind = "certificate"

// Check compares the days of visits and their certificates with what the journal
// vouches for, and returns every contradiction: a sealed day that is gone
// without a certificate or holds something else, a destroyed one that can be
// read, a certificate that the journal does not hold, holds otherwise, or that
// does not verify. A day to which visits came since it was sealed is compared
// once it is sealed again.
func (d *Desk) Check(ctx context.Context) ([]journal.Flaw, error) {
	d.days.Lock()
	defer d.days.Unlock()
	records, err := d.Store.VisitDays(ctx)
	if err != nil {
		return nil, err
	}
	stored, err := d.Visits.Log.Days(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the days of visits: %w", err)
	}
	held, err := d.Visits.Keys.Days()
	if err != nil {
		return nil, fmt.Errorf("list the keys of days: %w", err)
	}
	issued, err := d.Visits.Ledger.Certificates()
	if err != nil {
		return nil, err
	}
	c := &comparison{Visits: d.Visits, stored: stored, held: held, issued: issued}
	onRecord := map[civil.Day]venue.DayRecord{}
	for _, r := range records {
		onRecord[r.Day] = r
		if err := c.day(ctx, r); err != nil {
			return nil, err
		}
	}
	for _, issued := range c.issued {
		if onRecord[issued.Day].State != venue.Destroyed {
			c.flaw(journal.Orphan, certificateRef(issued.Number), "the journal does not hold its hash")
		}
	}
	if err := d.verify(c.issued); fault.Is(err, fault.Invalid) {
		c.flaw(journal.Tampered, trace.Ref{Kind: CertificateKind, ID: "all"}, fault.Message(err))
	} else if err != nil {
		return nil, err
	}
	return c.flaws, nil
}

// comparison is one check.
type comparison struct {
	Visits
	stored []civil.Day
	held   []civil.Day // whose key exists
	issued []trust.Certificate
	flaws  []journal.Flaw
}

func (c *comparison) flaw(kind journal.FlawKind, ref trace.Ref, problem string) {
	c.flaws = append(c.flaws, journal.Flaw{Kind: kind, Ref: ref, Problem: problem})
}

func certificateRef(number int) trace.Ref {
	return trace.Ref{Kind: CertificateKind, ID: strconv.Itoa(number)}
}

func (c *comparison) day(ctx context.Context, r venue.DayRecord) error {
	ref := trace.Ref{Kind: venue.DayKind, ID: r.Day.String()}
	is := slices.Contains(c.stored, r.Day)
	switch {
	case r.State == venue.Destroyed:
		if is || slices.Contains(c.held, r.Day) {
			c.flaw(journal.Tampered, ref, "it is destroyed on record, and can still be read")
		}
		c.certificate(r)
	case is:
		return c.content(ctx, ref, r)
	case !slices.ContainsFunc(c.issued, func(x trust.Certificate) bool { return x.Day == r.Day }):
		c.flaw(journal.Missing, ref, fmt.Sprintf("it was sealed with %d visits, and is gone without a certificate", r.Visits))
	}
	return nil
}

// content compares what a sealed day holds.
func (c *comparison) content(ctx context.Context, ref trace.Ref, r venue.DayRecord) error {
	settled, err := c.Log.Settled(ctx, r.Day)
	if err == nil && !settled {
		return nil
	}
	found, lost := c.Log.Inventory(ctx, r.Day)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	switch {
	case err != nil || lost != nil || found.Damaged:
		c.flaw(journal.Tampered, ref, "some of it cannot be read any more; breakwater visits verify names the damage")
	case found.Visits != r.Visits:
		c.flaw(journal.Tampered, ref, fmt.Sprintf("it holds %d visits, and was sealed with %d", found.Visits, r.Visits))
	case !r.Agrees(found):
		c.flaw(journal.Tampered, ref, "its hash chain is not the one that was sealed")
	}
	return nil
}

// certificate compares the certificate of a destroyed day.
func (c *comparison) certificate(r venue.DayRecord) {
	i := slices.IndexFunc(c.issued, func(x trust.Certificate) bool { return x.Day == r.Day })
	switch {
	case i < 0:
		c.flaw(journal.Missing, certificateRef(r.Certificate), fmt.Sprintf("the certificate of %s is gone", r.Day))
	case c.issued[i].Digest() != r.Proof:
		c.flaw(journal.Tampered, certificateRef(c.issued[i].Number), fmt.Sprintf("the certificate of %s is not the one that the journal holds", r.Day))
	}
}
