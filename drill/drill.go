// Package drill plays time: stories that somebody wrote, and history that
// happened.
//
// A story is a text file of times, acts and expectations (see [Parse]); the
// same file serves a test and a command's own exercise. A replay ([Replay])
// lets the published figures of a real outbreak come in day by day, never
// looking ahead. Both work at the desks that people work at, under a clock
// that only they move.
//
// In: a city's desks on an empty store, a story or the series of a city
// folder. Out: what happened, and where it was not what should have happened.
package drill

import (
	"context"
	"sync"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/command/round"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/place"
)

// Desks are those of one city, over one store, under one clock.
type Desks struct {
	Center  *command.Center
	Clock   *Clock // the one that Center reads
	City    place.Code
	Areas   *place.Tree
	Watch   *watch.Desk
	Plan    *plan.Desk
	Order   *order.Desk
	Staff   *staff.Desk
	Audit   *audit.Desk
	Rounds  *round.Rounds
	Figures *figure.Catalogue
}

func (d Desks) program() access.Actor { return access.TheProgram(d.City) }

// round makes one round and links the journal.
func (d Desks) round(ctx context.Context) error {
	_, err := d.Rounds.Make(ctx)
	return err
}

// Clock is a clock that is moved, and never backwards. Its methods may be
// called by several goroutines.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that stands at an instant.
func NewClock(now time.Time) *Clock { return &Clock{now: now} }

// Now returns the instant at which the clock stands.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock forward; an earlier instant leaves it where it is.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.After(c.now) {
		c.now = t
	}
}
