// Package round makes the rounds: what the program does by itself when time
// passes or facts arrive. The live server, the replay and the drills make the
// same rounds; only their clocks differ.
package round

import (
	"context"
	"fmt"
	"slices"
	"time"

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

// Rounds are made over the desks of one city, by one goroutine at a time.
type Rounds struct {
	Center *command.Center
	Watch  *watch.Desk
	Plan   *plan.Desk
	Order  *order.Desk
	// Link takes unlinked journal entries up into the chain.
	Link func(context.Context) (int, error)
	// Statuses are the worlds in which rounds are made; each on its own.
	Statuses []observe.Status

	// scanned is, by status, when the last scan began: a round judges what was
	// recorded since, and nothing in a quiet hour.
	scanned map[observe.Status]time.Time
	// kept is, by status, the hour of the last vigil.
	kept map[observe.Status]time.Time
}

// Report says what a round changed.
type Report struct {
	Signals    []detect.Signal
	Proposals  []decide.Proposal
	Directives []direct.Directive
}

// Make makes one round: scan the days that were told about, see whether those
// who watch still do, wake the signals whose day has come, put the rules to open
// events and to levels due for review, see to directives, link the journal.
// Making it again at the same instant changes nothing.
func (r *Rounds) Make(ctx context.Context) (Report, error) {
	today := civil.DayOf(r.Center.Time(), r.Center.City)
	var report Report
	for _, status := range r.Statuses {
		found, err := r.scan(ctx, status)
		if err != nil {
			return report, err
		}
		lapses, err := r.vigil(ctx, status)
		if err != nil {
			return report, err
		}
		woken, err := r.Watch.WakeDue(ctx, status)
		if err != nil {
			return report, err
		}
		report.Signals = slices.Concat(report.Signals, found, lapses, woken)
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

func (r *Rounds) scan(ctx context.Context, status observe.Status) ([]detect.Signal, error) {
	began := r.Center.Time()
	signals, err := r.Watch.Scan(ctx, r.scanned[status], status)
	if err != nil {
		return nil, fmt.Errorf("scan what was told: %w", err)
	}
	if r.scanned == nil {
		r.scanned = map[observe.Status]time.Time{}
	}
	r.scanned[status] = began
	return signals, nil
}

// vigil asks once an hour whether those who watch still do: reports are due by
// the hour, and nobody slackens faster.
func (r *Rounds) vigil(ctx context.Context, status observe.Status) ([]detect.Signal, error) {
	hour := r.Center.Time().Truncate(time.Hour)
	if r.kept[status].Equal(hour) {
		return nil, nil
	}
	lapses, err := r.Watch.Vigil(ctx, status)
	if err != nil {
		return nil, fmt.Errorf("see whether those who watch still do: %w", err)
	}
	if r.kept == nil {
		r.kept = map[observe.Status]time.Time{}
	}
	r.kept[status] = hour
	return lapses, nil
}
