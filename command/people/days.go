package people

import (
	"context"
	"fmt"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/trust"
)

// Seal counts a day that is over, brings it into its final form, and journals
// count and hash chain. Sealed again without a change in between it journals
// nothing. A day without visits leaves no trace. A damaged day is a Conflict.
func (d *Desk) Seal(ctx context.Context, day civil.Day) (trust.Inventory, error) {
	d.days.Lock()
	defer d.days.Unlock()
	return d.seal(ctx, day)
}

func (d *Desk) seal(ctx context.Context, day civil.Day) (trust.Inventory, error) {
	found, err := d.Visits.Log.Inventory(ctx, day)
	if err != nil {
		return found, fmt.Errorf("count the visits of %s: %w", day, err)
	}
	if found.Damaged {
		return found, fault.New(fault.Conflict, "some of the visits of %s cannot be read; breakwater visits verify names the damage", day)
	}
	if found.Files == 0 {
		return found, nil
	}
	return found, d.journalSeal(ctx, found)
}

func (d *Desk) journalSeal(ctx context.Context, found trust.Inventory) error {
	_, err := command.Do(ctx, d.Center, d.Write, d.keeping("visits.seal"), func(tx Tx, s *command.Scribe) (venue.DayRecord, error) {
		was, had, err := tx.VisitDay(ctx, found.Day)
		if err != nil {
			return was, err
		}
		if had && was.State == venue.Sealed && was.Agrees(found) {
			s.Nothing()
			return was, nil
		}
		if had {
			s.As("visits.reseal")
		}
		r, err := was.Seal(found, s.At)
		return r, put(ctx, tx, s, r, err)
	})
	if err != nil {
		return fmt.Errorf("journal what the day %s holds: %w", found.Day, err)
	}
	return nil
}

// keeping is an act of the program upon a day. The records name who ordered it.
func (d *Desk) keeping(name string) command.Act {
	return command.Act{Who: access.TheProgram(d.City), Right: access.KeepVisits, Name: name, Area: d.City}
}

func put(ctx context.Context, tx Tx, s *command.Scribe, r venue.DayRecord, err error) error {
	if err != nil {
		return err
	}
	s.Wrote(venue.DayKind, r.Day.String(), r)
	return tx.PutVisitDay(ctx, r)
}

// Destroy destroys a day before a witness and journals the certificate. What
// the day last held is journalled first. Should the journal fail once the day is
// gone, the next round journals the certificate.
func (d *Desk) Destroy(ctx context.Context, day civil.Day, by Signers) (trust.Certificate, error) {
	d.days.Lock()
	defer d.days.Unlock()
	return d.destroy(ctx, day, by)
}

func (d *Desk) destroy(ctx context.Context, day civil.Day, by Signers) (trust.Certificate, error) {
	if err := d.journalCertificates(ctx); err != nil {
		return trust.Certificate{}, err
	}
	if by.By.Name != by.Witness.Name { // Purge says what is wrong otherwise
		// What cannot be sealed any more must be destroyed nevertheless.
		if _, err := d.seal(ctx, day); err != nil && !fault.Is(err, fault.Conflict) {
			return trust.Certificate{}, err
		}
	}
	c, err := venue.Purge(ctx, d.Visits.Log, d.Visits.Ledger, day, d.Center.Time(), by.By, by.Witness)
	if err != nil {
		return c, err
	}
	return c, d.journalCertificate(ctx, c)
}

func (d *Desk) journalCertificate(ctx context.Context, c trust.Certificate) error {
	_, err := command.Do(ctx, d.Center, d.Write, d.keeping("visits.destroy"), func(tx Tx, s *command.Scribe) (venue.DayRecord, error) {
		was, _, err := tx.VisitDay(ctx, c.Day)
		if err != nil {
			return was, err
		}
		if was.State == venue.Destroyed && was.Proof == c.Digest() {
			s.Nothing()
			return was, nil
		}
		r, err := was.Destroy(c, s.At)
		return r, put(ctx, tx, s, r, err)
	})
	if err != nil {
		return fmt.Errorf("journal certificate %d, by which the day %s is gone: %w", c.Number, c.Day, err)
	}
	return nil
}

// journalCertificates journals the certificates that the journal does not hold:
// those of a command line without the command's records, and of a destruction
// that was cut short. It vouches only for certificates that verify.
func (d *Desk) journalCertificates(ctx context.Context) error {
	records, err := d.records(ctx)
	if err != nil {
		return err
	}
	issued, err := d.Visits.Ledger.Certificates()
	if err != nil {
		return err
	}
	var fresh []trust.Certificate
	for _, c := range issued {
		if records[c.Day].State != venue.Destroyed {
			fresh = append(fresh, c)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	if err := d.verify(issued); err != nil {
		return err
	}
	for _, c := range fresh {
		if err := d.journalCertificate(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) records(ctx context.Context) (map[civil.Day]venue.DayRecord, error) {
	all, err := d.Store.VisitDays(ctx)
	if err != nil {
		return nil, err
	}
	records := map[civil.Day]venue.DayRecord{}
	for _, r := range all {
		records[r.Day] = r
	}
	return records, nil
}

// verify checks the chain of certificates and their signatures.
func (d *Desk) verify(issued []trust.Certificate) error {
	var names []party.UserID
	for _, c := range issued {
		names = append(names, c.By, c.Witness)
	}
	known, err := d.Visits.Known(names...)
	if err != nil {
		return err
	}
	return trust.VerifyChain(issued, known)
}
