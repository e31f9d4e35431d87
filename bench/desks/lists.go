package desks

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/bench"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// Lists measures what an officer opens first: the inbox of a day, the signals
// that wait, the board of open directives, and all of them by time, under the
// rights of the officer's area.
type Lists struct {
	Watch      *watch.Desk
	Order      *order.Desk
	Signals    int
	Directives int
	Clock      bench.Clock
	Seed       uint64
}

// together is how many synthetic records are stored in one transaction.
const together = 2000

// Fill stores the synthetic records and tells how far it is.
func (b Lists) Fill(ctx context.Context, progress func(done, total int)) error {
	g := NewGenerator(b.Seed, b.Clock())
	total := b.Signals + b.Directives
	for n := 0; n < b.Signals; n += together {
		err := b.Watch.Write(ctx, func(tx watch.Tx) error {
			for k := n; k < min(n+together, b.Signals); k++ {
				if err := tx.AddSignal(ctx, g.Signal(k, b.Signals)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("store synthetic signals: %w", err)
		}
		progress(n, total)
	}
	for n := 0; n < b.Directives; n += together {
		err := b.Order.Write(ctx, func(tx order.Tx) error {
			for k := n; k < min(n+together, b.Directives); k++ {
				if err := tx.AddDirective(ctx, g.Directive(k, b.Directives)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("store synthetic directives: %w", err)
		}
		progress(b.Signals+n, total)
	}
	progress(total, total)
	return nil
}

// Reader is who reads the lists.
type Reader place.Kind

// The readers: an officer of a street, and one of the whole city.
const (
	OfStreet Reader = Reader(place.Street)
	OfCity   Reader = Reader(place.City)
)

// Run reads every list so many times, each time as another reader of the rank
// and another day, and returns the 95th percentile of each in milliseconds.
func (b Lists) Run(ctx context.Context, reader Reader, times int) ([]Part, error) {
	random := rand.New(rand.NewPCG(b.Seed, 2))
	var areas []place.Code
	for _, a := range Areas() {
		if a.Kind == place.Kind(reader) {
			areas = append(areas, a.Code)
		}
	}
	today := civil.DayOf(b.Clock(), time.UTC)
	var parts []Part
	for _, l := range b.lists() {
		taken := make([]time.Duration, 0, times)
		for range times {
			who := access.Actor{User: "reader", Grants: []access.Grant{{Role: access.AreaOfficer, Area: areas[random.IntN(len(areas))]}}}
			day := today - civil.Day(random.IntN(Days))
			begin := b.Clock()
			if err := l.read(ctx, who, day); err != nil {
				return nil, fmt.Errorf("read the %s: %w", l.name, err)
			}
			taken = append(taken, b.Clock().Sub(begin))
		}
		parts = append(parts, Part{l.name, float64(quantile(taken, 0.95).Microseconds()) / 1000})
	}
	return parts, nil
}

// one is one list as a reader opens it.
type one struct {
	name string
	read func(ctx context.Context, who access.Actor, day civil.Day) error
}

func (b Lists) lists() []one {
	open := []direct.State{direct.Issued, direct.Acknowledged, direct.Reported, direct.Verified}
	signals := func(name string, f watch.SignalFilter) one {
		return one{name, func(ctx context.Context, who access.Actor, _ civil.Day) error {
			_, err := b.Watch.Signals(ctx, who, f, command.Paging{})
			return err
		}}
	}
	directives := func(name string, f order.DirectiveFilter) one {
		return one{name, func(ctx context.Context, who access.Actor, _ civil.Day) error {
			return b.twoPages(ctx, who, f)
		}}
	}
	return []one{
		{"inbox of a day", func(ctx context.Context, who access.Actor, day civil.Day) error {
			_, err := b.Watch.Inbox(ctx, who, day, observe.Actual)
			return err
		}},
		signals("signals that wait, by rank", watch.SignalFilter{Status: observe.Actual, States: []detect.State{detect.Raised}, ByRank: true}),
		signals("signals by time", watch.SignalFilter{Status: observe.Actual}),
		directives("board of open directives by due time", order.DirectiveFilter{Status: observe.Actual, States: open, ByDue: true}),
		directives("closed directives by time", order.DirectiveFilter{Status: observe.Actual, States: []direct.State{direct.Closed}}),
		directives("directives by time", order.DirectiveFilter{Status: observe.Actual}),
	}
}

// twoPages reads a page and the one behind it.
func (b Lists) twoPages(ctx context.Context, who access.Actor, f order.DirectiveFilter) error {
	page, err := b.Order.Directives(ctx, who, f, command.Paging{})
	if err != nil || page.Next == "" {
		return err
	}
	_, err = b.Order.Directives(ctx, who, f, command.Paging{After: page.Next})
	return err
}

// Worst returns the largest of the parts.
func Worst(parts []Part) float64 {
	worst := 0.0
	for _, p := range parts {
		worst = max(worst, p.Value)
	}
	return worst
}
