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
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// Accept decides a proposal as the rule proposed it.
func (d *Desk) Accept(ctx context.Context, who access.Actor, id decide.ProposalID, why, key string) (decide.Proposal, error) {
	act := command.Act{Who: who, Right: access.DecideProposal, Name: "proposal.accept", Why: why, Key: key, Input: []any{id, why}}
	return d.decide(ctx, act, id, func(p decide.Proposal) (decide.Choice, error) {
		if p.Level == decide.Judgement {
			return decide.Choice{}, fault.New(fault.Conflict, "the pack leaves the level to judgement; choose one")
		}
		return decide.Choice{Level: p.Level, Area: p.Area}, nil
	})
}

// OverrideIn is an officer's own level in place of the proposed one.
type OverrideIn struct {
	Level decide.Level
	// Area is where it shall hold: the proposal's area or one within it; empty
	// for the proposal's.
	Area     place.Code
	Why, Key string
}

// Override decides a proposal otherwise than the rule proposed. It needs a
// reason, and both the proposal and the decision stay on record.
func (d *Desk) Override(ctx context.Context, who access.Actor, id decide.ProposalID, in OverrideIn) (decide.Proposal, error) {
	act := command.Act{Who: who, Right: access.DecideProposal, Name: "proposal.override", Why: in.Why, WhyNeeded: true,
		Key: in.Key, Input: []any{id, in}}
	return d.decide(ctx, act, id, func(p decide.Proposal) (decide.Choice, error) {
		c := decide.Choice{Level: in.Level, Area: in.Area}
		if c.Area == "" {
			c.Area = p.Area
		}
		lineage, err := d.Center.Lineage(c.Area)
		if err != nil {
			return c, err
		}
		if !slices.Contains(lineage, p.Area) {
			return c, fault.At("the level cannot be decided", fault.Place{Field: "area", Problem: "does not lie within the proposal's area"})
		}
		return c, nil
	})
}

func (d *Desk) decide(ctx context.Context, act command.Act, id decide.ProposalID, choose func(decide.Proposal) (decide.Choice, error)) (decide.Proposal, error) {
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (decide.Proposal, error) {
		p, err := tx.Proposal(ctx, id)
		if err != nil {
			return p, err
		}
		if err := s.Permit(p.Area); err != nil {
			return p, err
		}
		rules, err := d.Pack(p.Pack.ID)
		if err != nil {
			return p, err
		}
		if p.State == decide.Seconding {
			return p, fault.New(fault.Conflict, "proposal %s is decided and waits for a second approver", p.ID)
		}
		choice, err := choose(p)
		if err != nil {
			return p, err
		}
		next, err := p.Next(rules, choice)
		if err != nil {
			return p, err
		}
		if err := p.Move(next); err != nil {
			return p, err
		}
		at := s.At
		p.Decided, p.DecidedArea, p.By, p.ByOrg, p.At = choice.Level, choice.Area, act.Who.User, act.Who.Organisation, &at
		if p.Why, err = s.SealWhy(string(p.ID)); err != nil {
			return p, err
		}
		return p, d.settle(ctx, tx, s, p)
	})
}

// Consent is what a second approver says.
type Consent string

// The two answers of a second approver.
const (
	Approve Consent = "approve"
	Decline Consent = "decline"
)

// SecondIn is the second approver's answer; declining needs a reason.
type SecondIn struct {
	Consent  Consent
	Why, Key string
}

// Second answers for a level that restricts persons. The approver must be
// another person of another organisation than the one who decided.
func (d *Desk) Second(ctx context.Context, who access.Actor, id decide.ProposalID, in SecondIn) (decide.Proposal, error) {
	if in.Consent != Approve && in.Consent != Decline {
		return decide.Proposal{}, fault.At("the answer cannot be taken", fault.Place{Field: "consent", Problem: "must be approve or decline"})
	}
	act := command.Act{Who: who, Right: access.SecondDecision, Name: "proposal." + string(in.Consent), Why: in.Why,
		WhyNeeded: in.Consent == Decline, Key: in.Key, Input: []any{id, in}}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (decide.Proposal, error) {
		p, err := tx.Proposal(ctx, id)
		if err != nil {
			return p, err
		}
		if err := s.Permit(p.Area); err != nil {
			return p, err
		}
		if p.State == decide.Seconding && (who.User == p.By || who.Organisation == p.ByOrg) {
			return p, fault.New(fault.Forbidden, "the second approver must be another person of another organisation")
		}
		next := decide.Declined
		if in.Consent == Approve {
			next = p.Settled(decide.Choice{Level: p.Decided, Area: p.DecidedArea})
		}
		if p.State != decide.Seconding {
			return p, fault.New(fault.Conflict, "proposal %s is %s and waits for no second approver", p.ID, p.State)
		}
		if err := p.Move(next); err != nil {
			return p, err
		}
		at := s.At
		p.Second, p.Seconded = who.User, &at
		return p, d.settle(ctx, tx, s, p)
	})
}

// settle stores a decided proposal and, once the decision stands, begins the
// level and ends the one before it.
func (d *Desk) settle(ctx context.Context, tx Tx, s *command.Scribe, p decide.Proposal) error {
	s.Wrote(decide.ProposalKind, string(p.ID), p)
	s.Because(detect.EventKind, string(p.Event))
	if err := tx.SaveProposal(ctx, p); err != nil {
		return err
	}
	if p.State != decide.Accepted && p.State != decide.Overridden {
		return nil
	}
	rules, err := d.Pack(p.Pack.ID)
	if err != nil {
		return err
	}
	if _, err := endLevel(ctx, tx, s, p.DecidedArea, p.Status); err != nil {
		return err
	}
	id, err := s.NewID()
	if err != nil {
		return err
	}
	level := p.Begin(decide.LevelID(id), rules, s.At, civil.DayOf(s.At, d.Center.City))
	s.Wrote(decide.LevelKind, id, level)
	if err := tx.AddLevel(ctx, level); err != nil {
		return fmt.Errorf("begin the level: %w", err)
	}
	return nil
}

// endLevel ends the level of exactly this area; ended is false if it had none.
func endLevel(ctx context.Context, tx Tx, s *command.Scribe, area place.Code, status observe.Status) (ended bool, err error) {
	old, was, err := tx.StandingLevel(ctx, area, status)
	if err != nil || !was {
		return false, err
	}
	at := s.At
	old.Until = &at
	old.Version++
	s.Wrote(decide.LevelKind, string(old.ID), old)
	return true, tx.SaveLevel(ctx, old)
}
