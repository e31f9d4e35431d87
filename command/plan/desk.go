package plan

import (
	"context"
	"fmt"
	"slices"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/pack"
	"github.com/breakwater-eoc/breakwater/place"
)

// Desk carries out the use cases of this package.
type Desk struct {
	Center  *command.Center
	Write   command.Write[Tx]
	Store   Store
	Figures *figure.Catalogue
	// Packs are those that can be asked; Active is the id of the one that
	// proposes.
	Packs  []*pack.Pack
	Active string
	// Areas lists the city's areas; City is their root.
	Areas []place.Area
	City  place.Code
}

func (d *Desk) program() access.Actor { return access.TheProgram(d.City) }

// Pack returns a pack by its id. The fault is NotFound.
func (d *Desk) Pack(id string) (*pack.Pack, error) {
	i := slices.IndexFunc(d.Packs, func(p *pack.Pack) bool { return p.ID == id })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "there is no pack %q", id)
	}
	return d.Packs[i], nil
}

// Evaluate asks the active pack about every area that an open event touches,
// and proposes a level wherever the rule says another one than stands.
func (d *Desk) Evaluate(ctx context.Context, day civil.Day, status observe.Status) ([]decide.Proposal, error) {
	rules, err := d.Pack(d.Active)
	if err != nil {
		return nil, err
	}
	events, err := d.Store.OpenEvents(ctx, status)
	if err != nil {
		return nil, fmt.Errorf("read the open events: %w", err)
	}
	var made []decide.Proposal
	asked := map[place.Code]bool{}
	for _, e := range events {
		if e.Hazard == detect.SurveillanceGap {
			continue
		}
		units, err := d.units(rules.Unit, e.Area)
		if err != nil {
			return nil, err
		}
		for _, area := range units {
			if asked[area] {
				continue
			}
			asked[area] = true
			p, ok, err := d.propose(ctx, d.program(), request{rules: rules, event: e.ID, area: area, day: day, status: status})
			if err != nil {
				return nil, fmt.Errorf("ask pack %s about %s: %w", rules.ID, area, err)
			}
			if ok {
				made = append(made, p)
			}
		}
	}
	return made, nil
}

// units returns the areas of a rank that an area holds or, when it is smaller,
// the one that holds it.
func (d *Desk) units(rank place.Kind, area place.Code) ([]place.Code, error) {
	lineage, err := d.Center.Lineage(area)
	if err != nil {
		return nil, err
	}
	for _, a := range d.Areas {
		if a.Kind == rank && slices.Contains(lineage, a.Code) {
			return []place.Code{a.Code}, nil
		}
	}
	var units []place.Code
	for _, a := range d.Areas {
		if a.Kind != rank {
			continue
		}
		within, err := d.Center.Lineage(a.Code)
		if err != nil {
			return nil, err
		}
		if slices.Contains(within, area) {
			units = append(units, a.Code)
		}
	}
	return units, nil
}

// request is one asking of a pack about one area.
type request struct {
	rules  *pack.Pack
	event  detect.EventID
	area   place.Code
	day    civil.Day
	status observe.Status
	// always makes a proposal even when the rule proposes what stands.
	always   bool
	why, key string
}

// Ask makes a proposal for an area because an officer wants one: the rule
// answers as it would by itself, and the officer may then accept or override.
func (d *Desk) Ask(ctx context.Context, who access.Actor, event detect.EventID, area place.Code, why, key string) (decide.Proposal, error) {
	rules, err := d.Pack(d.Active)
	if err != nil {
		return decide.Proposal{}, err
	}
	units, err := d.units(rules.Unit, area)
	if err != nil {
		return decide.Proposal{}, err
	}
	if len(units) != 1 {
		return decide.Proposal{}, fault.At("the rule cannot be asked", fault.Place{Field: "area",
			Problem: fmt.Sprintf("must be a %s or lie within one", rules.Unit)})
	}
	e, err := d.Store.OneEvent(ctx, event)
	if err != nil {
		return decide.Proposal{}, err
	}
	p, ok, err := d.propose(ctx, who, request{rules: rules, event: event, area: units[0], always: true, why: why, key: key,
		day: civil.DayOf(d.Center.Time(), d.Center.City), status: e.Status})
	if err == nil && !ok {
		return p, fault.New(fault.Conflict, "a proposal for this area waits already")
	}
	return p, err
}

func (d *Desk) propose(ctx context.Context, who access.Actor, r request) (p decide.Proposal, made bool, err error) {
	right, asked := access.MakeProposal, who.User != access.System
	if asked {
		right = access.DecideProposal
	}
	out, err := decide.Apply(ctx, r.rules, d.Figures, decide.Question{Area: r.area, Day: r.day, AsOf: d.Center.Time(), Status: r.status})
	if err != nil {
		return p, false, err
	}
	if out.Level == "" {
		if !asked {
			return p, false, nil
		}
		return p, false, fault.New(fault.Conflict, "the rules say nothing of this area yet: %s", silence(out))
	}
	act := command.Act{Who: who, Right: right, Name: "proposal.make", Area: r.area, Why: r.why, WhyNeeded: asked,
		Key: r.key, Input: []any{r.event, r.area, r.why}}
	p, err = command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (decide.Proposal, error) {
		p, ok, err := d.make(ctx, tx, s, r, out)
		made = ok
		return p, err
	})
	return p, made && err == nil, err
}

// silence says why the rules said nothing.
func silence(out decide.Outcome) string {
	if out.Unknown != "" {
		return "there are no data for " + out.Unknown
	}
	return "no rule holds"
}

// make stores a proposal unless it would say nothing new. A waiting proposal
// lapses when the rule says something else by now; one that was asked for and
// says what stands is left to the officer who asked.
func (d *Desk) make(ctx context.Context, tx Tx, s *command.Scribe, r request, out decide.Outcome) (p decide.Proposal, ok bool, err error) {
	e, err := tx.Event(ctx, r.event)
	if err != nil {
		return p, false, err
	}
	standing, was, err := tx.StandingLevel(ctx, r.area, e.Status)
	if err != nil {
		return p, false, err
	}
	current := decide.Level(r.rules.Lowest())
	if was {
		current = standing.Level
	}
	waiting, waits, err := tx.OpenProposal(ctx, r.area, e.Status)
	if err != nil {
		return p, false, err
	}
	news := r.always || out.Level != current && !(out.Level == decide.Judgement && was)
	if waits && (waiting.State == decide.Seconding || waiting.Level == out.Level) || !waits && !news {
		s.Nothing()
		return waiting, false, nil
	}
	if waits {
		if err := lapse(ctx, tx, s, waiting); err != nil {
			return p, false, err
		}
	}
	if !news {
		return p, false, nil // what waited lapsed; nothing takes its place
	}
	id, err := s.NewID()
	if err != nil {
		return p, false, err
	}
	p = decide.Proposal{ID: decide.ProposalID(id), Status: e.Status, Event: e.ID, Area: r.area, Pack: decide.Ref(r.rules),
		Rule: out.Rule, Current: current, Level: out.Level, Inputs: out.Inputs, Day: r.day, Made: s.At, State: decide.Open, Version: 1}
	s.Wrote(decide.ProposalKind, id, p)
	s.Because(detect.EventKind, string(e.ID))
	return p, true, tx.AddProposal(ctx, p)
}

func lapse(ctx context.Context, tx Tx, s *command.Scribe, p decide.Proposal) error {
	if err := p.Move(decide.Lapsed); err != nil {
		return err
	}
	s.Wrote(decide.ProposalKind, string(p.ID), p)
	return tx.SaveProposal(ctx, p)
}
