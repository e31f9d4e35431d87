package decide

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/pack"
	"github.com/breakwater-eoc/breakwater/place"
)

// Question is what a pack is asked: one area, as of a day and an instant.
type Question struct {
	Area   place.Code
	Day    civil.Day // the last day of every window
	AsOf   time.Time
	Status observe.Status
}

// Outcome is what a pack's rules say of an area.
type Outcome struct {
	Level  Level // Judgement when the rule leaves it to the officer
	Rule   string
	Inputs []Input
	// Unknown names the first input for which there are no data; the rules
	// then say nothing, and Level is empty.
	Unknown string
}

// Apply asks a pack's figures for an area and tries its rules. It writes
// nothing and decides nothing.
func Apply(ctx context.Context, p *pack.Pack, figures *figure.Catalogue, q Question) (Outcome, error) {
	var out Outcome
	values := map[string]float64{}
	for _, in := range p.Inputs {
		a, err := figures.Ask(ctx, in.Figure, figure.Query{Area: q.Area, Window: civil.Trailing(q.Day, in.Days),
			AsOf: q.AsOf, Status: string(q.Status), Argument: in.Argument})
		if err != nil {
			return out, fmt.Errorf("ask %s for %s: %w", in.Figure, q.Area, err)
		}
		out.Inputs = append(out.Inputs, Input{Name: in.Name, Answer: a})
		if a.Absent != "" && out.Unknown == "" {
			out.Unknown = in.Name
		}
		values[in.Name] = a.Value
	}
	if out.Unknown != "" {
		return out, nil
	}
	rule, ok, err := p.Decide(values)
	if err != nil {
		return out, err
	}
	if ok {
		out.Level, out.Rule = Level(rule.Level), rule.ID
	}
	return out, nil
}

// Choice is an officer's decision on a proposal.
type Choice struct {
	Level Level
	Area  place.Code
}

// Next settles who must agree to a choice: it reports the state that the
// proposal takes, Seconding when the level restricts persons. The choice must
// be one of the pack's levels.
func (p *Proposal) Next(rules *pack.Pack, c Choice) (ProposalState, error) {
	def, ok := rules.Level(string(c.Level))
	if !ok {
		return "", fault.At("the level cannot be decided", fault.Place{Field: "level", Problem: fmt.Sprintf("%q is none of the levels of %s", c.Level, rules.ID)})
	}
	if def.RestrictsPersons {
		return Seconding, nil
	}
	return p.Settled(c), nil
}

// Settled returns the state of a proposal once its choice stands: accepted when
// it is what was proposed, overridden otherwise.
func (p *Proposal) Settled(c Choice) ProposalState {
	if c.Level == p.Level && c.Area == p.Area {
		return Accepted
	}
	return Overridden
}

// Ref names a pack in a record.
func Ref(p *pack.Pack) PackRef { return PackRef{ID: p.ID, Version: p.Version, Digest: p.Digest} }

// Begin returns the level that a decided proposal gives its area from an
// instant on, with the days on which it is reviewed and ends.
func (p Proposal) Begin(id LevelID, rules *pack.Pack, at time.Time, today civil.Day) AreaLevel {
	return AreaLevel{ID: id, Status: p.Status, Area: p.DecidedArea, Level: p.Decided, Proposal: p.ID, Pack: p.Pack, From: at,
		Review: today + civil.Day(rules.ReviewDays), Expires: today + civil.Day(rules.ExpireDays), Version: 1}
}
