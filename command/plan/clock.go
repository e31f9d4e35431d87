package plan

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// RenewDays is how many days before its end a level that still holds by the
// rule is proposed anew.
const RenewDays = 3

// Review runs the clock of the levels: a level whose last day has come ends by
// itself; one whose review day has come is put to its rule again, which
// proposes to step down, or, shortly before the end, to renew.
func (d *Desk) Review(ctx context.Context, day civil.Day, status observe.Status) ([]decide.Proposal, error) {
	due, err := d.Store.LevelsToReview(ctx, day, status)
	if err != nil {
		return nil, fmt.Errorf("read the levels to review: %w", err)
	}
	var made []decide.Proposal
	for _, l := range due {
		if l.Expires <= day {
			if err := d.expire(ctx, l); err != nil {
				return nil, fmt.Errorf("end level %s: %w", l.ID, err)
			}
			continue
		}
		p, ok, err := d.reconsider(ctx, l, day)
		if err != nil {
			return nil, fmt.Errorf("review level %s: %w", l.ID, err)
		}
		if ok {
			made = append(made, p)
		}
	}
	return made, nil
}

func (d *Desk) expire(ctx context.Context, l decide.AreaLevel) error {
	act := command.Act{Who: d.program(), Right: access.MakeProposal, Name: "level.expire", Area: l.Area}
	_, err := command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (bool, error) {
		s.Because(decide.ProposalKind, string(l.Proposal))
		ended, err := endLevel(ctx, tx, s, l.Area, l.Status)
		if !ended {
			s.Nothing() // another node was faster
		}
		return ended, err
	})
	return err
}

func (d *Desk) reconsider(ctx context.Context, l decide.AreaLevel, day civil.Day) (decide.Proposal, bool, error) {
	rules, err := d.Pack(l.Pack.ID)
	if err != nil {
		return decide.Proposal{}, false, err
	}
	if rules.Lowest() == string(l.Level) {
		return decide.Proposal{}, false, nil // nothing to step down to, and nobody is restricted
	}
	before, err := d.Store.OneProposal(ctx, l.Proposal)
	if err != nil {
		return decide.Proposal{}, false, err
	}
	r := request{rules: rules, event: before.Event, area: l.Area, day: day, status: l.Status,
		always: l.Expires-day <= RenewDays}
	return d.propose(ctx, d.program(), r)
}

// Levels returns the level records that stood at an instant, of the areas that
// the reader may see.
func (d *Desk) Levels(ctx context.Context, who access.Actor, at time.Time, status observe.Status) ([]decide.AreaLevel, error) {
	if err := who.Check(access.ReadProposals, nil); err != nil {
		return nil, err
	}
	return d.Store.Levels(ctx, who.Areas(access.ReadProposals), at, status)
}

// Change is what switching a pack on would propose for one area.
type Change struct {
	Area     place.Code     `json:"area"`
	Current  decide.Level   `json:"current"`
	Proposed decide.Level   `json:"proposed"`
	Rule     string         `json:"rule"`
	Inputs   []decide.Input `json:"inputs"`
}

// DryRun asks a pack about every area of its unit and returns those whose
// level it would change. It writes nothing.
func (d *Desk) DryRun(ctx context.Context, who access.Actor, packID string, day civil.Day, status observe.Status) ([]Change, error) {
	if err := who.Check(access.ReadPacks, nil); err != nil {
		return nil, err
	}
	rules, err := d.Pack(packID)
	if err != nil {
		return nil, err
	}
	now := d.Center.Time()
	levels, err := d.Store.Levels(ctx, []place.Code{d.City}, now, status)
	if err != nil {
		return nil, fmt.Errorf("read the levels that stand: %w", err)
	}
	current := map[place.Code]decide.Level{}
	for _, l := range levels {
		current[l.Area] = l.Level
	}
	units, err := d.units(rules.Unit, d.City)
	if err != nil {
		return nil, err
	}
	var changes []Change
	for _, area := range units {
		lineage, err := d.Center.Lineage(area)
		if err != nil {
			return nil, err
		}
		if fault.Is(who.Check(access.ReadPacks, lineage), fault.Forbidden) {
			continue
		}
		out, err := decide.Apply(ctx, rules, d.Figures, decide.Question{Area: area, Day: day, AsOf: now, Status: status})
		if err != nil {
			return nil, err
		}
		was, ok := current[area]
		if !ok {
			was = decide.Level(rules.Lowest())
		}
		if out.Level != "" && out.Level != was {
			changes = append(changes, Change{Area: area, Current: was, Proposed: out.Level, Rule: out.Rule, Inputs: out.Inputs})
		}
	}
	return changes, nil
}
