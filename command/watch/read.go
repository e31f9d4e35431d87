package watch

import (
	"context"
	"fmt"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
)

// Inbox is what a team is asked to triage on a day.
type Inbox struct {
	Day    civil.Day
	Budget int
	// Shown are the signals within the budget, the highest rank first.
	Shown []detect.Signal
	// LeftOut are those beyond it: counted and listed, so that the budget hides
	// nothing.
	LeftOut []detect.Signal
}

// Inbox returns the signals of a day that the reader may see.
func (d *Desk) Inbox(ctx context.Context, who access.Actor, day civil.Day, status observe.Status) (Inbox, error) {
	if err := who.Check(access.ReadSignals, nil); err != nil {
		return Inbox{}, err
	}
	in := Inbox{Day: day, Budget: d.Budget}
	f := SignalFilter{Within: who.Areas(access.ReadSignals), Day: &day, Status: status, ByRank: true}
	for after := ""; ; {
		page, err := d.Store.Signals(ctx, f, command.Paging{After: after, Limit: 200})
		if err != nil {
			return Inbox{}, fmt.Errorf("read the inbox of %s: %w", day, err)
		}
		for _, s := range page.Items {
			if s.Shown {
				in.Shown = append(in.Shown, s)
			} else {
				in.LeftOut = append(in.LeftOut, s)
			}
		}
		if page.Next == "" {
			return in, nil
		}
		after = page.Next
	}
}
