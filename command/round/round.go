// Package round makes the rounds: what the program does by itself when time
// passes or facts arrive. The live server, the replay and the drills make the
// same rounds; only their clocks differ.
package round

import (
	"context"
	"fmt"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/observe"
)

// ScanDays is how many days back a round looks for new findings: counts arrive
// on their day or on the days after.
const ScanDays = 3

// Rounds are made over the desks of one city.
type Rounds struct {
	Center *command.Center
	Watch  *watch.Desk
	Plan   *plan.Desk
	Order  *order.Desk
	// Link takes unlinked journal entries up into the chain.
	Link func(context.Context) (int, error)
	// Statuses are the worlds in which rounds are made; each on its own.
	Statuses []observe.Status
}

// Report says what a round changed.
type Report struct {
	Signals    []detect.Signal
	Proposals  []decide.Proposal
	Directives []direct.Directive
}

// Make makes one round: scan the last days, put the rules to open events and to
// levels due for review, see to directives, link the journal. Making it again
// at the same instant changes nothing.
func (r *Rounds) Make(ctx context.Context) (Report, error) {
	today := civil.DayOf(r.Center.Time(), r.Center.City)
	var report Report
	for _, status := range r.Statuses {
		for day := today - ScanDays + 1; day <= today; day++ {
			found, err := r.Watch.Scan(ctx, day, status)
			if err != nil {
				return report, fmt.Errorf("scan %s: %w", day, err)
			}
			report.Signals = append(report.Signals, found...)
		}
		made, err := r.Plan.Evaluate(ctx, today, status)
		if err != nil {
			return report, fmt.Errorf("put the rules to the open events: %w", err)
		}
		review, err := r.Plan.Review(ctx, today, status)
		if err != nil {
			return report, fmt.Errorf("review the levels: %w", err)
		}
		report.Proposals = append(append(report.Proposals, made...), review...)
	}
	moved, err := r.Order.Tick(ctx)
	if err != nil {
		return report, fmt.Errorf("see to the directives: %w", err)
	}
	report.Directives = moved
	for {
		linked, err := r.Link(ctx)
		if err != nil {
			return report, fmt.Errorf("link the journal: %w", err)
		}
		if linked == 0 {
			return report, nil
		}
	}
}
