package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/store/visitlog"
	"github.com/breakwater-eoc/breakwater/store/visitpg"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// visitsCommand works with the visits: who was where.
type visitsCommand struct {
	Import       visitsImportCommand       `cmd:"" help:"Take in a file of visits."`
	Search       visitsSearchCommand       `cmd:"" help:"Find whom a person met, or who was at a site, for a confirmed case."`
	Disclosures  visitsDisclosuresCommand  `cmd:"" help:"List who had people disclosed, for which case, and how many."`
	Sources      visitsSourcesCommand      `cmd:"" help:"Find the places and times that cases share beyond chance."`
	Occupancy    visitsOccupancyCommand    `cmd:"" help:"Count the people at a site by the hour."`
	Declare      visitsDeclareCommand      `cmd:"" help:"Propose a declaration, without which heads are counted only."`
	Move         visitsMoveCommand         `cmd:"" help:"Approve a declaration as the second officer, decline it, or end it."`
	Declarations visitsDeclarationsCommand `cmd:"" help:"List the declarations, the newest first."`
	Seal         visitsSealCommand         `cmd:"" help:"Bring a day that is over into its final files."`
	Forget       visitsForgetCommand       `cmd:"" help:"Destroy a day before a witness, and issue the certificate."`
	Verify       visitsVerifyCommand       `cmd:"" help:"Read every file, check the certificates, and that nothing is kept too long."`
}

// The folders of the visits, below the data folder and that of the keys.
// Certificates are for everybody; the keys must stay outside every backup.
const (
	visitsFolder       = "visits"
	certificatesFolder = "certificates"
	declarationsFolder = "declarations"
	dayKeysFolder      = "days"
	signersFolder      = "signers"
)

// visits is the store of visits, opened for one sub-command.
type visits struct {
	log    venue.Log
	own    *visitlog.Log // nil when the visits are in PostgreSQL
	keys   *trust.DayKeys
	ledger *trust.Ledger
	// declared are the declarations of a log that stands alone.
	declared *trust.Declarations
	city     city
	keyDir   string
	close    func() error
}

// withVisits opens the visits of the settings, and closes them behind fn.
func (c *call) withVisits(ctx context.Context, fn func(*visits) error) error {
	v, err := c.openVisits(ctx)
	if err != nil {
		return err
	}
	return errors.Join(fn(v), v.close())
}

func (c *call) openVisits(ctx context.Context) (v *visits, err error) {
	cfg, err := c.config()
	if err != nil {
		return nil, err
	}
	v = &visits{keyDir: cfg.keys, close: func() error { return nil }}
	defer func() {
		if err != nil {
			err = errors.Join(err, v.close())
		}
	}()
	if v.city, err = loadCity(cfg.city); err != nil {
		return nil, fmt.Errorf("load the city: %w", err)
	}
	shared := strings.HasPrefix(cfg.address, "postgres")
	if !shared { // before anything is read that another process may still change
		if v.close, err = holdVisits(c.settings.Data); err != nil {
			return v, err
		}
	}
	if err := v.openTrust(c, cfg); err != nil {
		return v, err
	}
	if shared {
		return v, v.openDatabase(ctx, cfg.address)
	}
	return v, v.openFiles(c)
}

// holdVisits takes the files of the visits for this process alone, until the
// function that it gives is called.
func holdVisits(data string) (release func() error, err error) {
	release = func() error { return nil }
	if err := (disk.OS{}).MakeDir(data); err != nil {
		return release, fmt.Errorf("make the data folder: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(data, visitsFolder)+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return release, fmt.Errorf("make the lock of the visits: %w", err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return release, errors.Join(fault.New(fault.Conflict, "another process has the visits open; stop it, or ask it"), lock.Close())
	}
	return lock.Close, nil
}

// openTrust opens what governs the visits: keys, certificates and declarations.
func (v *visits) openTrust(c *call, cfg config) (err error) {
	if v.keys, err = trust.OpenDayKeys(disk.OS{}, filepath.Join(cfg.keys, dayKeysFolder), c.random); err != nil {
		return err
	}
	if v.ledger, err = trust.OpenLedger(disk.OS{}, filepath.Join(c.settings.Data, certificatesFolder)); err != nil {
		return err
	}
	if v.declared, err = trust.OpenDeclarations(disk.OS{}, filepath.Join(c.settings.Data, declarationsFolder)); err != nil {
		return err
	}
	return v.bury()
}

// bury destroys once more the keys of days that good certificates say are gone:
// only an old copy of the key folder can have brought them back.
func (v *visits) bury() error {
	issued, err := v.ledger.Certificates()
	if err != nil {
		return err
	}
	for _, certificate := range issued {
		if v.keys.Destroyed(certificate.Day) {
			continue
		}
		known, err := v.known(certificate.By, certificate.Witness)
		if err != nil {
			return err
		}
		if certificate.Verify(known) != nil {
			continue // a forged one destroys nothing; verify names it
		}
		if err := v.keys.Destroy(certificate.Day); err != nil {
			return fmt.Errorf("destroy the key of %s again: %w", certificate.Day, err)
		}
	}
	return nil
}

// openFiles opens the visit log in its folder.
func (v *visits) openFiles(c *call) (err error) {
	v.own, err = visitlog.Open(disk.OS{}, filepath.Join(c.settings.Data, visitsFolder), v.keys, c.random, visitlog.Options{})
	if err != nil {
		return err
	}
	v.log = v.own
	release := v.close
	v.close = func() error { return errors.Join(v.own.Close(), release()) }
	return nil
}

func (v *visits) openDatabase(ctx context.Context, address string) error {
	pool, err := pgxpool.New(ctx, address)
	if err != nil {
		return fmt.Errorf("open the database of visits: %w", err)
	}
	if v.log, err = visitpg.Open(ctx, pool, v.keys); err != nil {
		pool.Close()
		return err
	}
	v.close = func() error {
		pool.Close()
		return nil
	}
	return nil
}

// signer opens the signing key of an office holder.
func (v *visits) signer(c *call, name string) (trust.Signer, error) {
	return trust.OpenSigner(disk.OS{}, filepath.Join(v.keyDir, signersFolder), party.UserID(name), c.random)
}

// visitsSealCommand seals one day.
type visitsSealCommand struct {
	Day civil.Day `arg:"" placeholder:"YYYY-MM-DD" help:"The day."`
}

// Run implements the sub-command. PostgreSQL has no final files: its partitions
// are what they are.
func (s *visitsSealCommand) Run(ctx context.Context, c *call) error {
	return c.withRecords(ctx, func(v *visits, a *app) error {
		inventory, err := s.seal(ctx, c, v, a)
		if err != nil {
			return err
		}
		if c.asJSON {
			return c.printJSON(inventory)
		}
		_, err = fmt.Fprintf(c.out, "%s: %d visits in %d files, %d bytes, hash chain %s\n",
			inventory.Day, inventory.Visits, inventory.Files, inventory.Bytes, inventory.Chain)
		return err
	})
}

func (s *visitsSealCommand) seal(ctx context.Context, c *call, v *visits, a *app) (trust.Inventory, error) {
	if err := v.require(ctx, s.Day); err != nil {
		return trust.Inventory{}, err
	}
	if v.own != nil {
		if err := v.own.Seal(s.Day); err != nil { // it names the damage
			return trust.Inventory{}, err
		}
	}
	if a == nil {
		c.notJournalled()
		return v.log.Inventory(ctx, s.Day)
	}
	return v.desk(a, keepVisits).Seal(ctx, s.Day)
}

// visitsForgetCommand destroys one day.
type visitsForgetCommand struct {
	Day     civil.Day `arg:"" placeholder:"YYYY-MM-DD" help:"The day."`
	By      string    `required:"" placeholder:"USER" help:"Who orders it."`
	Witness string    `required:"" placeholder:"USER" help:"Who witnesses it: another person."`
}

// Run implements the sub-command.
func (f *visitsForgetCommand) Run(ctx context.Context, c *call) error {
	return c.withRecords(ctx, func(v *visits, a *app) error {
		certificate, err := f.forget(ctx, c, v, a)
		if err != nil {
			return err
		}
		if c.asJSON {
			return c.printJSON(certificate)
		}
		_, err = fmt.Fprintf(c.out, "%s is destroyed: %d visits, certificate %d\n", f.Day, certificate.Visits, certificate.Number)
		return err
	})
}

func (f *visitsForgetCommand) forget(ctx context.Context, c *call, v *visits, a *app) (trust.Certificate, error) {
	if err := v.require(ctx, f.Day); err != nil {
		return trust.Certificate{}, err
	}
	by, err := v.signers(c, f.By, f.Witness)
	if err != nil {
		return trust.Certificate{}, err
	}
	if a == nil {
		c.notJournalled()
		return venue.Purge(ctx, v.log, v.ledger, f.Day, c.now(), by.By, by.Witness)
	}
	return v.desk(a, keepVisits).Destroy(ctx, f.Day, *by)
}

// require is NotFound when there is nothing of a day: no visits, no key, and no
// mark that it was destroyed. A day that was mistyped must not get a certificate,
// or be refused when it comes.
func (v *visits) require(ctx context.Context, day civil.Day) error {
	stored, err := v.log.Days(ctx)
	if err != nil {
		return err
	}
	held, err := v.keys.Days()
	if err != nil {
		return err
	}
	if slices.Contains(stored, day) || slices.Contains(held, day) || v.keys.Destroyed(day) {
		return nil
	}
	return fault.New(fault.NotFound, "there are no visits of %s", day)
}

// visitsVerifyCommand reads everything.
type visitsVerifyCommand struct {
	Keep int `default:"21" placeholder:"DAYS" help:"How many days may be kept, today included (${default})."`
}

// Run implements the sub-command.
func (f *visitsVerifyCommand) Run(ctx context.Context, c *call) error {
	return c.withVisits(ctx, func(v *visits) error {
		found, err := f.check(ctx, c, v)
		if err != nil {
			return err
		}
		if err := c.printVerified(found, f.Keep); err != nil {
			return err
		}
		if len(found.Wrong) > 0 {
			return errFoundWrong
		}
		return nil
	})
}

// verified is what a verification found.
type verified struct {
	Days         int      `json:"days"`
	Certificates int      `json:"certificates"`
	Wrong        []string `json:"wrong"`
}

func (c *call) printVerified(found verified, keep int) error {
	if c.asJSON {
		return c.printJSON(found)
	}
	for _, problem := range found.Wrong {
		fmt.Fprintln(c.out, "wrong:", problem)
	}
	if len(found.Wrong) > 0 {
		return nil
	}
	_, err := fmt.Fprintf(c.out, "clean: %d certificates, nothing older than %d days\n", found.Certificates, keep)
	return err
}

func (f *visitsVerifyCommand) check(ctx context.Context, c *call, v *visits) (verified, error) {
	found := verified{Wrong: []string{}}
	note := func(err error) {
		if err != nil {
			found.Wrong = append(found.Wrong, err.Error())
		}
	}
	days, err := v.log.Days(ctx)
	if err != nil {
		return found, err
	}
	bar := c.progress("verify")
	defer bar.end()
	for i, day := range days {
		bar.set(i, len(days))
		if v.own != nil {
			note(v.own.Verify(ctx, day))
		} else {
			note(v.log.EachVisit(ctx, day, func(venue.Visit) bool { return true }))
		}
		if err := ctx.Err(); err != nil {
			return found, err
		}
	}
	bar.set(len(days), len(days))
	first := civil.DayOf(c.now(), v.city.Location) - civil.Day(f.Keep) + 1
	note(venue.CheckRetention(ctx, v.log, v.keys, first))
	certificates, err := v.ledger.Certificates()
	if err != nil {
		return found, err
	}
	note(venue.CheckDestroyed(ctx, v.log, v.keys, certificates))
	var names []party.UserID
	for _, certificate := range certificates {
		names = append(names, certificate.By, certificate.Witness)
	}
	known, err := v.known(names...)
	if err != nil {
		return found, err
	}
	note(trust.VerifyChain(certificates, known))
	found.Days, found.Certificates = len(days), len(certificates)
	return found, nil
}

// instant reads a time of the command line: RFC 3339, or a day and a time in
// the city's zone.
func (v *visits) instant(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, v.city.Location); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fault.New(fault.Invalid, "%q is not a time such as 2020-07-22T09:30", text)
}
