// Package desktest gives the tests of the use cases a command to work in: the
// desks of a small city on a fresh database, with a clock that the test moves
// and the people of the command.
//
// In: an open database of storetest. Out: a [Command]. Nothing here is used by
// the program itself.
package desktest

import (
	"slices"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/command/round"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/pack"
	"github.com/breakwater-eoc/breakwater/pack/shipped"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/stat"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

// Commission is the source of the city's counts.
const Commission observe.SourceID = "commission"

// Command is a small city's command.
type Command struct {
	TB     testing.TB
	DB     *store.DB
	Tree   *place.Tree
	Center *command.Center
	Watch  *watch.Desk
	Plan   *plan.Desk
	Order  *order.Desk
	Audit  *audit.Desk
	Rounds *round.Rounds
	// Now is the clock; tests move it.
	Now time.Time
}

// New opens a command on a database with the areas of storetest. The clock
// stands at noon of 1 July 2020, China Standard Time.
func New(tb testing.TB, db *store.DB) *Command {
	tb.Helper()
	zone := time.FixedZone("CST", 8*3600)
	tree, err := place.NewTree(storetest.Areas())
	if err != nil {
		tb.Fatal(err)
	}
	indicators, err := detect.Shipped()
	if err != nil {
		tb.Fatal(err)
	}
	random := stat.NewStream(1, "desktest")
	c := &Command{TB: tb, DB: db, Tree: tree, Now: civil.MustDay("2020-07-01").At(12, 0, zone)}
	c.Center = &command.Center{Now: func() time.Time { return c.Now }, City: zone, Random: &random,
		Lineage: tree.Lineage, Sealer: plainly{}}
	c.Watch = &watch.Desk{Center: c.Center, Write: store.Writer[watch.Tx](db), Store: db, Indicators: indicators,
		Areas: tree.Areas(), City: storetest.City, Budget: 3,
		Sources: map[observe.SourceID]observe.Source{Commission: {ID: Commission, Kind: observe.HealthCommission, Area: storetest.City}}}
	c.desks(db)
	return c
}

// Posts are the places and the department that answer: a street's escalates to
// its district's, and that to the city's.
func Posts() []party.Post {
	return []party.Post{
		{Code: "harbour", Organisation: "street", Area: storetest.Harbour, Party: party.OfPlace, Next: "east"},
		{Code: "east", Organisation: "district", Area: storetest.East, Party: party.OfPlace, Next: "city"},
		{Code: "city", Organisation: "command", Area: storetest.City, Party: party.OfPlace},
		{Code: "health", Organisation: "health", Area: storetest.City, Party: party.OfDepartment, Next: "city"},
	}
}

func (c *Command) desks(db *store.DB) {
	figures := slices.Concat(counts.Figures(), detect.Figures(), decide.Figures(), direct.Figures())
	catalogue, err := figure.New(figures, db.Asks(store.Expected{Posts: Posts(), City: c.Center.City}))
	if err != nil {
		c.TB.Fatal(err)
	}
	packs, err := pack.LoadAll(shipped.Packs, figures)
	if err != nil {
		c.TB.Fatal(err)
	}
	areas := c.Tree.Areas()
	c.Plan = &plan.Desk{Center: c.Center, Write: store.Writer[plan.Tx](db), Store: db, Figures: catalogue, Packs: packs,
		Active: "cn-risk-2020a", Areas: areas, City: storetest.City}
	c.Order = &order.Desk{Center: c.Center, Write: store.Writer[order.Tx](db), Store: db, Figures: catalogue, Packs: packs,
		Posts: Posts(), Areas: areas, City: storetest.City}
	c.Audit = &audit.Desk{Center: c.Center, Store: db, Records: db}
	c.Restart()
}

// Restart makes the rounds begin anew, as when the program is started again.
func (c *Command) Restart() {
	c.Rounds = &round.Rounds{Center: c.Center, Watch: c.Watch, Plan: c.Plan, Order: c.Order, Link: c.Audit.Link,
		Statuses: []observe.Status{observe.Actual}}
}

// Round makes one round.
func (c *Command) Round() round.Report {
	c.TB.Helper()
	report, err := c.Rounds.Make(c.TB.Context())
	if err != nil {
		c.TB.Fatalf("make a round on %s: %v", c.Day(), err)
	}
	return report
}

// Outbreak takes in cases of the clock's day in a district, verifies the signal
// and lets the rules propose.
func (c *Command) Outbreak(area place.Code, cases int64) (detect.Event, []decide.Proposal) {
	c.TB.Helper()
	c.Counts(counts.ConfirmedLocal, area, cases)
	found := c.Scan()
	if len(found) == 0 {
		c.TB.Fatalf("%d cases raised no signal", cases)
	}
	e, err := c.Watch.Verify(c.TB.Context(), Officer(access.Epidemiologist, storetest.City), found[0].ID,
		watch.VerifyIn{Hazard: "covid-19", Why: "laboratory result"})
	if err != nil {
		c.TB.Fatalf("verify: %v", err)
	}
	return e, c.Round().Proposals
}

// plainly stands in for the keys: it marks a text as sealed and for which
// record, so that a test can see that it went through.
type plainly struct{}

func (plainly) Seal(class, record string, text []byte) ([]byte, error) {
	return append([]byte("sealed "+class+" "+record+" "), text...), nil
}

func (plainly) Open(class, record string, sealed []byte) ([]byte, error) {
	mark := "sealed " + class + " " + record + " "
	if len(sealed) < len(mark) || string(sealed[:len(mark)]) != mark {
		return nil, fault.New(fault.NotFound, "the text was sealed for another record")
	}
	return sealed[len(mark):], nil
}

// Officer is a person of a role in an area, of an organisation named after the
// role.
func Officer(role access.Role, area place.Code) access.Actor {
	return access.Actor{User: party.UserID("user-" + string(role)), Organisation: party.OrganisationCode("org-" + string(role)),
		Grants: []access.Grant{{Role: role, Area: area}}}
}

// Enlist gives a person an account.
func (c *Command) Enlist(who access.Actor) {
	c.TB.Helper()
	act := command.Act{Who: Officer(access.Administrator, storetest.City), Right: access.ManageUsers, Name: "user.add", Area: storetest.City}
	_, err := command.Do(c.TB.Context(), c.Center, store.Writer[staff.Tx](c.DB), act, func(tx staff.Tx, s *command.Scribe) (access.Account, error) {
		a := access.Account{ID: who.User, Name: string(who.User), Display: string(who.User), Organisation: who.Organisation,
			Grants: who.Grants, Created: s.At, Version: 1}
		s.Wrote(access.AccountKind, string(a.ID), a)
		return a, tx.AddAccount(c.TB.Context(), a)
	})
	if err != nil {
		c.TB.Fatalf("enlist %s: %v", who.User, err)
	}
}

// Day is the clock's day in the city.
func (c *Command) Day() civil.Day { return civil.DayOf(c.Now, c.Center.City) }

// Pass moves the clock.
func (c *Command) Pass(d time.Duration) { c.Now = c.Now.Add(d) }

// Counts takes in one count of a stream for the clock's day, from the city's
// source.
func (c *Command) Counts(stream counts.Stream, area place.Code, count int64) watch.Receipt {
	c.TB.Helper()
	return c.CountsOf(c.Day(), stream, area, count, observe.Actual)
}

// CountsOf takes in one count for any day and status.
func (c *Command) CountsOf(day civil.Day, stream counts.Stream, area place.Code, count int64, status observe.Status) watch.Receipt {
	c.TB.Helper()
	receipt, err := c.Watch.Ingest(c.TB.Context(), Officer(access.Epidemiologist, storetest.City), watch.Ingest{Source: Commission, Status: status,
		Rows: []counts.Row{{Stream: stream, Area: area, Day: day, Count: count, Basis: place.Stated, Line: 1}}})
	if err != nil {
		c.TB.Fatalf("take in %d of %s on %s: %v", count, stream, day, err)
	}
	return receipt
}

// Quiet takes in zeros of a stream for a number of days and ends on the day
// after them, at noon.
func (c *Command) Quiet(stream counts.Stream, area place.Code, days int) {
	c.TB.Helper()
	for range days {
		c.Counts(stream, area, 0)
		c.Pass(24 * time.Hour)
	}
}

// Scan scans what was told in the last weeks.
func (c *Command) Scan() []detect.Signal {
	c.TB.Helper()
	found, err := c.Watch.Scan(c.TB.Context(), time.Time{}, observe.Actual)
	if err != nil {
		c.TB.Fatalf("scan %s: %v", c.Day(), err)
	}
	return found
}
