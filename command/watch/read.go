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

// Inbox is what the teams of the reader's areas are asked to triage on a day.
type Inbox struct {
	Day civil.Day
	// Budget is that of all the teams together.
	Budget int
	// Shown are the signals within the budgets, the highest rank first.
	Shown []detect.Signal
	// LeftOut are those beyond them: counted and listed, so that a budget hides
	// nothing, neither from the team nor from the city.
	LeftOut []detect.Signal
	// Teams are those that the reader has to do with, the city's first.
	Teams []TeamDay
}

// Inbox returns the signals of a day that the reader may see.
func (d *Desk) Inbox(ctx context.Context, who access.Actor, day civil.Day, status observe.Status) (Inbox, error) {
	if err := who.Check(access.ReadSignals, nil); err != nil {
		return Inbox{}, err
	}
	in := Inbox{Day: day}
	f := SignalFilter{Within: who.Areas(access.ReadSignals), Day: &day, Status: status, ByRank: true}
	for after := ""; ; {
		page, err := d.Store.Signals(ctx, f, command.Paging{After: after, Limit: 200})
		if err != nil {
			return Inbox{}, fmt.Errorf("read the inbox of %s: %w", day, err)
		}
		for _, s := range page.Items {
			s.Team = d.StandsIn(s)
			if s.Shown {
				in.Shown = append(in.Shown, s)
			} else {
				in.LeftOut = append(in.LeftOut, s)
			}
		}
		if page.Next == "" {
			break
		}
		after = page.Next
	}
	var err error
	if in.Teams, err = d.teamDays(who, in); err != nil {
		return Inbox{}, err
	}
	for _, t := range in.Teams {
		in.Budget += t.Budget
	}
	return in, nil
}
