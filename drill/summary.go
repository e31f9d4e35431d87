package drill

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// Day is one day of a replay as it stood at its end.
type Day struct {
	Date civil.Day `json:"date"`
	// New and Cumulative are local confirmed cases of the city, as the figures
	// catalogue answers them.
	New        int `json:"new"`
	Cumulative int `json:"cumulative"`
	// Signals are those of local human cases raised on the day; OtherSignals
	// all others.
	Signals      int      `json:"signals"`
	OtherSignals int      `json:"other_signals"`
	Proposed     []Placed `json:"proposed"`
	Decided      []Placed `json:"decided"`
	Directives   Tally    `json:"directives"`
}

// Placed is a level in an area.
type Placed struct {
	Area  place.Code   `json:"area"`
	Level decide.Level `json:"level"`
	// Overridden is true when the officer decided otherwise than the rule.
	Overridden bool `json:"overridden,omitempty"`
}

// Tally is how many directives were still open at the end of the day, and how
// many had been closed until then.
type Tally struct {
	Open   int `json:"open"`
	Closed int `json:"closed"`
}

// Summary returns a day as it stands now; ask at its end.
func Summary(ctx context.Context, desks Desks, day civil.Day) (Day, error) {
	out := Day{Date: day, Proposed: []Placed{}, Decided: []Placed{}}
	for _, count := range []struct {
		name figure.Name
		into *int
	}{{"cases.confirmed.new", &out.New}, {"cases.confirmed.total", &out.Cumulative}} {
		a, err := desks.Figures.Ask(ctx, count.name, figure.Query{Area: desks.City, AsOf: desks.Center.Time(),
			Status: string(observe.Actual), Window: civil.Window{First: day, Last: day}})
		if err != nil {
			return out, fmt.Errorf("ask %s for %s: %w", count.name, day, err)
		}
		*count.into = int(a.Value)
	}
	for _, part := range []func(context.Context, Desks, *Day) error{addSignals, addProposals, addDirectives} {
		if err := part(ctx, desks, &out); err != nil {
			return out, fmt.Errorf("sum up %s: %w", day, err)
		}
	}
	return out, nil
}

func addSignals(ctx context.Context, desks Desks, out *Day) error {
	f := watch.SignalFilter{Within: []place.Code{desks.City}, Day: &out.Date, Status: observe.Actual}
	signals, err := all(ctx, func(ctx context.Context, p command.Paging) (command.Page[detect.Signal], error) {
		return desks.Watch.Store.Signals(ctx, f, p)
	})
	for _, s := range signals {
		if s.Stream == string(counts.ConfirmedLocal) {
			out.Signals++
		} else {
			out.OtherSignals++
		}
	}
	return err
}

func addProposals(ctx context.Context, desks Desks, out *Day) error {
	f := plan.ProposalFilter{Within: []place.Code{desks.City}, Status: observe.Actual}
	proposals, err := all(ctx, func(ctx context.Context, p command.Paging) (command.Page[decide.Proposal], error) {
		return desks.Plan.Store.Proposals(ctx, f, p)
	})
	on := func(t time.Time) bool { return civil.DayOf(t, desks.Center.City) == out.Date }
	for _, p := range proposals {
		if on(p.Made) {
			out.Proposed = append(out.Proposed, Placed{Area: p.Area, Level: p.Level})
		}
		if p.At != nil && on(*p.At) {
			out.Decided = append(out.Decided, Placed{Area: p.DecidedArea, Level: p.Decided, Overridden: p.State == decide.Overridden})
		}
	}
	return err
}

func addDirectives(ctx context.Context, desks Desks, out *Day) error {
	f := order.DirectiveFilter{Within: []place.Code{desks.City}, Status: observe.Actual}
	directives, err := all(ctx, func(ctx context.Context, p command.Paging) (command.Page[direct.Directive], error) {
		return desks.Order.Store.Directives(ctx, f, p)
	})
	for _, d := range directives {
		switch {
		case d.State == direct.Closed:
			out.Directives.Closed++
		case !d.Ended():
			out.Directives.Open++
		}
	}
	return err
}
