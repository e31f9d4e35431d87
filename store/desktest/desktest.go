// Package desktest gives the tests of the use cases a command to work in: the
// desks of a small city on a fresh database, with a clock that the test moves
// and the people of the command.
//
// In: an open database of storetest. Out: a [Command]. Nothing here is used by
// the program itself.
package desktest

import (
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
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
	return c
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

// Scan scans the clock's day.
func (c *Command) Scan() []detect.Signal {
	c.TB.Helper()
	found, err := c.Watch.Scan(c.TB.Context(), c.Day(), observe.Actual)
	if err != nil {
		c.TB.Fatalf("scan %s: %v", c.Day(), err)
	}
	return found
}
