package people

import (
	"context"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/trust"
)

// DeclareIn is what an officer wants to declare.
type DeclareIn struct {
	trust.Terms
	Why, Key string
}

// Declare proposes a declaration, which the actor approves by it and which covers
// nothing until an officer of another organisation approves it too.
func (d *Desk) Declare(ctx context.Context, who access.Actor, in DeclareIn) (trust.Declaration, error) {
	if in.Area == "" {
		in.Area = d.City
	}
	act := command.Act{Who: who, Right: access.DeclareVisits, Name: "declaration.propose", Area: in.Area, Why: in.Why, Key: in.Key, Input: in}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (trust.Declaration, error) {
		id, err := s.NewID()
		if err != nil {
			return trust.Declaration{}, err
		}
		made, err := trust.Propose(trust.DeclarationID(id), in.Terms, approval(s))
		if err != nil {
			return made, err
		}
		s.Wrote(trust.DeclarationKind, id, made)
		return made, tx.AddDeclaration(ctx, made)
	})
}

// approval is the actor's name on a declaration.
func approval(s *command.Scribe) trust.Approval {
	return trust.Approval{By: s.Who().User, Organisation: s.Who().Organisation, At: s.At}
}

// MoveIn is an officer's step with a declaration; declining and ending need a
// reason.
type MoveIn struct {
	Step     trust.DeclarationStep
	Why, Key string
}

// Move approves, declines or ends a declaration. The fault is Conflict when the
// declaration is not in a state for it, and Forbidden when who approves is the
// first approver or of the same organisation.
func (d *Desk) Move(ctx context.Context, who access.Actor, id trust.DeclarationID, in MoveIn) (trust.Declaration, error) {
	act := command.Act{Who: who, Right: access.DeclareVisits, Name: "declaration." + string(in.Step), Why: in.Why,
		WhyNeeded: in.Step != trust.Approve, Key: in.Key, Input: []any{id, in}}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (trust.Declaration, error) {
		was, err := tx.Declaration(ctx, id)
		if err != nil {
			return was, err
		}
		if err := s.Permit(was.Area); err != nil {
			return was, err
		}
		next, err := was.Move(in.Step, approval(s))
		if err != nil {
			return was, err
		}
		s.Wrote(trust.DeclarationKind, string(id), next)
		return next, tx.SaveDeclaration(ctx, next)
	})
}

// Moves lists the steps that a reader may take with a declaration now.
func (d *Desk) Moves(who access.Actor, of trust.Declaration) (moves []trust.DeclarationStep) {
	lineage, err := d.Center.Lineage(of.Area)
	if err != nil || who.Check(access.DeclareVisits, lineage) != nil {
		return nil
	}
	by := trust.Approval{By: who.User, Organisation: who.Organisation, At: d.Center.Time()}
	for _, step := range trust.DeclarationSteps() {
		if _, err := of.Move(step, by); err == nil {
			moves = append(moves, step)
		}
	}
	return moves
}

// Declarations lists the declarations, the newest first. Everybody in the command
// may know on what ground is collected.
func (d *Desk) Declarations(ctx context.Context, who access.Actor, p command.Paging) (command.Page[trust.Declaration], error) {
	if err := who.Check(access.ReadPlaces, nil); err != nil {
		return command.Page[trust.Declaration]{}, err
	}
	return d.Store.Declarations(ctx, p)
}

// Look learns which declarations are in force, for [Desk.Collects]. When it fails,
// what was known before stands until it lapses.
func (d *Desk) Look(ctx context.Context) error {
	standing, err := d.Store.StandingDeclarations(ctx, d.Center.Time())
	if err != nil {
		return err
	}
	d.standing.Store(&standing)
	return nil
}

// Collects reports whether visits are collected under pseudonyms in the whole city
// at an instant, by the declarations that the last [Desk.Look] saw.
func (d *Desk) Collects(at time.Time) bool {
	standing := d.standing.Load()
	if standing == nil {
		return false
	}
	_, ok := trust.Covering(*standing, trust.CheckIns, d.City, at, d.within)
	return ok
}

func (d *Desk) within(inner, outer place.Code) bool {
	lineage, err := d.Center.Lineage(inner)
	return err == nil && slices.Contains(lineage, outer)
}
