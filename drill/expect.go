package drill

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/figure"
)

// counted compares how many there are with what a line expects: count=N
// exactly N, without it at least one.
func counted(l Line, found int) error {
	want := l.number("count", -1)
	switch {
	case want < 0 && found == 0:
		return fmt.Errorf("there is none")
	case want >= 0 && int64(found) != want:
		return fmt.Errorf("there are %d", found)
	}
	return nil
}

func (r *runner) expectSignal(ctx context.Context, l Line) error {
	list, err := r.signals(ctx, l)
	if err != nil {
		return err
	}
	if _, asked := l.Settings["stands"]; !asked {
		return counted(l, len(list))
	}
	found := 0
	for _, s := range list {
		stands, err := r.desks.Watch.Stands(ctx, s)
		if err != nil {
			return err
		}
		if fits(l, "stands", yes(!slices.Contains(stands, false))) {
			found++
		}
	}
	return counted(l, found)
}

func (r *runner) expectEvent(ctx context.Context, l Line) error {
	list, err := r.desks.Watch.Store.Events(ctx, r.everywhere(), r.status)
	if err != nil {
		return err
	}
	return counted(l, len(matching(list, func(e detect.Event) bool {
		return fits(l, "area", string(e.Area)) && fits(l, "hazard", e.Hazard)
	})))
}

func (r *runner) expectProposal(ctx context.Context, l Line) error {
	list, err := r.proposals(ctx, l)
	if err != nil {
		return err
	}
	return counted(l, len(list))
}

// expectLevel asks for the level that stands in an area: its own, or that of
// the smallest area around it that has one, or the pack's lowest.
func (r *runner) expectLevel(ctx context.Context, l Line) error {
	lineage, err := r.desks.Areas.Lineage(l.area())
	if err != nil {
		return err
	}
	levels, err := r.desks.Plan.Store.Levels(ctx, r.everywhere(), r.desks.Center.Time(), r.status)
	if err != nil {
		return err
	}
	rules, err := r.desks.Plan.Pack(r.desks.Plan.Active)
	if err != nil {
		return err
	}
	stands := decide.Level(rules.Lowest())
search:
	for _, area := range lineage {
		for _, level := range levels {
			if level.Area == area {
				stands = level.Level
				break search
			}
		}
	}
	if string(stands) != l.Words["level"] {
		return fmt.Errorf("the level is %s", stands)
	}
	return nil
}

func (r *runner) expectDirective(ctx context.Context, l Line) error {
	list, err := r.directives(ctx, l)
	if err != nil {
		return err
	}
	found := matching(list, func(d direct.Directive) bool {
		return fits(l, "state", string(d.State)) && fits(l, "overdue", yes(d.Overdue != nil)) && fits(l, "reminded", yes(d.Reminded != nil)) &&
			fits(l, "held", string(d.Held)) && fits(l, "exception", yes(d.Exception)) && fits(l, "met", yes(d.Completion != nil && d.Completion.Met != nil))
	})
	if len(found) == 0 && len(list) > 0 && l.Settings["count"] == "" {
		d := list[0]
		return fmt.Errorf("it is %s, held by %s, overdue %s, reminded %s", d.State, d.Held, yes(d.Overdue != nil), yes(d.Reminded != nil))
	}
	return counted(l, len(found))
}

// answer asks the figure that a line names.
func (r *runner) answer(ctx context.Context, l Line) (figure.Answer, error) {
	q := figure.Query{Area: l.area(), Window: civil.Trailing(r.day(l), int(l.number("days", 1))), AsOf: r.desks.Center.Time(), Status: string(r.status)}
	if s, ok := l.Settings["status"]; ok {
		q.Status = s
	}
	if at := LocalTime(l.Settings["as_of"]); at != "" {
		q.AsOf = at.In(r.desks.Center.City).UTC()
	}
	return r.desks.Figures.Ask(ctx, figure.Name(l.Words["name"]), q)
}

func (r *runner) expectFigure(ctx context.Context, l Line) error {
	a, err := r.answer(ctx, l)
	if err != nil {
		return err
	}
	const close = 1e-9
	if diff := a.Value - l.real("value"); diff > close || diff < -close {
		return fmt.Errorf("it is %g", a.Value)
	}
	return nil
}

func (r *runner) expectReconstructed(ctx context.Context, l Line) error {
	a, err := r.answer(ctx, l)
	if err != nil {
		return err
	}
	if !a.Reconstructed {
		return fmt.Errorf("its rows are all called stated")
	}
	return nil
}

// expectEntries counts the journal entries of an act, of all days and worlds.
func (r *runner) expectEntries(ctx context.Context, l Line) error {
	auditor := access.Actor{Grants: []access.Grant{{Role: access.Auditor, Area: r.desks.City}}}
	list, err := all(ctx, func(ctx context.Context, p command.Paging) (command.Page[audit.Linked], error) {
		return r.desks.Audit.Entries(ctx, auditor, audit.EntryFilter{Act: l.Words["act"]}, p)
	})
	if err != nil {
		return err
	}
	return counted(l, len(list))
}

func (r *runner) expectOnDuty(ctx context.Context, l Line) error {
	user, err := r.person(l.Settings["user"])
	if err != nil {
		return err
	}
	shifts, err := r.desks.Order.Store.OnDuty(ctx, r.desks.Center.Time())
	if err != nil {
		return err
	}
	for _, s := range shifts {
		if s.Post == post(l) && s.User == user.User {
			return nil
		}
	}
	return fmt.Errorf("nobody of that name holds it at %s", r.desks.Center.Time().In(r.desks.Center.City).Format(time.DateTime))
}
