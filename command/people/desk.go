// Package people holds the use cases about who was where: it keeps the days of
// visits to their promises and discloses exposures for a case.
//
// In: a log of visits with the keys, certificates and declarations that govern
// it. Out: journalled acts when a day is sealed or destroyed and when anybody is
// disclosed, flaws where days and journal contradict each other, and troubles
// for whoever is on duty. Neither journal nor troubles hold a person's number or
// a pseudonym.
package people

import (
	"context"
	"crypto/ed25519"
	"sync"
	"sync/atomic"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/trust"
)

// Tx is what an act of this package writes with.
type Tx interface {
	command.Recorder
	// VisitDay returns what is on record of a day; ok is false if nothing is.
	VisitDay(ctx context.Context, day civil.Day) (r venue.DayRecord, ok bool, err error)
	// PutVisitDay stores the first or the next version of a day's record. The
	// fault is Conflict when somebody else was faster.
	PutVisitDay(ctx context.Context, r venue.DayRecord) error
	AddDisclosure(ctx context.Context, d trust.Disclosure) error
	// Declaration returns one declaration; the fault is NotFound.
	Declaration(ctx context.Context, id trust.DeclarationID) (trust.Declaration, error)
	AddDeclaration(ctx context.Context, d trust.Declaration) error
	// SaveDeclaration stores the next version. The fault is Conflict when somebody
	// else was faster.
	SaveDeclaration(ctx context.Context, d trust.Declaration) error
}

// Store is what this package reads.
type Store interface {
	// VisitDays returns what is on record of every day, the oldest first.
	VisitDays(ctx context.Context) ([]venue.DayRecord, error)
	// Disclosures lists the disclosures in the reader's areas, the newest first.
	Disclosures(ctx context.Context, within []place.Code, p command.Paging) (command.Page[trust.Disclosure], error)
	// Declarations lists the declarations, the newest first.
	Declarations(ctx context.Context, p command.Paging) (command.Page[trust.Declaration], error)
	// StandingDeclarations lists those that end after an instant.
	StandingDeclarations(ctx context.Context, at time.Time) ([]trust.Declaration, error)
	OneEvent(ctx context.Context, id detect.EventID) (detect.Event, error)
	Series(ctx context.Context, q watch.SeriesQuery) ([]counts.Point, error)
}

// Visits is a log of visits with what governs it.
type Visits struct {
	Log    venue.Log
	Keys   *trust.DayKeys
	Ledger *trust.Ledger
	// Known gives the public keys by which certificates are verified.
	Known func(names ...party.UserID) (map[party.UserID]ed25519.PublicKey, error)
}

// Signers sign what is destroyed: who orders it, and who witnesses it.
type Signers struct{ By, Witness trust.Signer }

// Desk carries out the use cases of this package. Its methods may be called
// from several goroutines.
type Desk struct {
	Center *command.Center
	Write  command.Write[Tx]
	Store  Store
	Visits Visits
	City   place.Code
	// Keep is how many days of visits are kept, today included.
	Keep int

	standing atomic.Pointer[[]trust.Declaration] // as [Desk.Look] saw them

	days sync.Mutex // held while days are sealed, destroyed or checked

	mu       sync.Mutex
	looked   time.Time // the end of the last round; the desk's beginning before the first
	troubles []Trouble
}

// Disclosures lists who disclosed whom for which case, without anybody's
// number, in the reader's areas: the newest first.
func (d *Desk) Disclosures(ctx context.Context, who access.Actor, p command.Paging) (command.Page[trust.Disclosure], error) {
	if err := who.Check(access.ReadJournal, nil); err != nil {
		return command.Page[trust.Disclosure]{}, err
	}
	return d.Store.Disclosures(ctx, who.Areas(access.ReadJournal), p)
}

// today is the city's day, and first the oldest that is kept.
func (d *Desk) today() (today, first civil.Day) {
	today = civil.DayOf(d.Center.Time(), d.Center.City)
	return today, today - civil.Day(d.Keep) + 1
}
