package desks

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/bench"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/party"
)

// Acts measures journalled acts: callers who move directives, each its own, as
// fast as they are answered. Every act is authorised, seals a reason, is
// journalled and remembered under its key, and is answered when it is on disk.
type Acts struct {
	Desk    *order.Desk
	Callers int
	Time    time.Duration
	Clock   bench.Clock
	Seed    uint64
}

// officer moves directives in the whole synthetic city.
func officer() access.Actor {
	return access.Actor{User: party.UserID("01900000-0000-7000-8000-00000000000a"), Organisation: "command",
		Grants: []access.Grant{{Role: access.DutyOfficer, Area: Root}}}
}

// Run returns the acts a second.
func (b Acts) Run(ctx context.Context) (float64, error) {
	g := NewGenerator(b.Seed, b.Clock())
	orders := make([]direct.Directive, b.Callers)
	for n := range orders {
		orders[n] = g.Directive(n, b.Callers)
		orders[n].State = direct.Issued
	}
	if err := b.Desk.Write(ctx, func(tx order.Tx) error {
		for _, d := range orders {
			if err := tx.AddDirective(ctx, d); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return 0, fmt.Errorf("store the directives to move: %w", err)
	}
	return Rate(ctx, b.Clock, b.Callers, b.Time, func(ctx context.Context, caller, n int) error {
		return b.move(ctx, orders[caller].ID, n)
	})
}

// move takes the n-th step with a directive: it is acknowledged, and from then
// on reported done and returned by turns.
func (b Acts) move(ctx context.Context, id direct.DirectiveID, n int) error {
	in := order.MoveIn{Step: direct.Return, Why: "the lists of two buildings are missing", Key: fmt.Sprintf("%s-%d", id, n)}
	switch {
	case n == 0:
		in.Step = direct.Acknowledge
	case n%2 == 1:
		in.Step = direct.Report
	}
	_, err := b.Desk.Move(ctx, officer(), id, in)
	return err
}

// Rate lets callers do a thing over and over, all at once, for a time, and
// returns how often it was done a second. It ends with the first error.
func Rate(ctx context.Context, clock bench.Clock, callers int, span time.Duration, do func(ctx context.Context, caller, n int) error) (float64, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var done atomic.Int64
	var wait sync.WaitGroup
	begin := clock()
	for caller := range callers {
		wait.Go(func() {
			for n := 0; ctx.Err() == nil && clock().Sub(begin) < span; n++ {
				if err := do(ctx, caller, n); err != nil {
					cancel(err)
					return
				}
				done.Add(1)
			}
		})
	}
	wait.Wait()
	if err := context.Cause(ctx); err != nil {
		return 0, err
	}
	return float64(done.Load()) / clock().Sub(begin).Seconds(), nil
}
