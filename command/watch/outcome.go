package watch

import (
	"context"
	"fmt"
	"slices"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// OutcomeIn says what a signal turned out to be.
type OutcomeIn struct {
	Truth detect.Truth
	// Event and Began tell of the outbreak that it was.
	Event detect.EventID
	Began civil.Day
	// Supersedes is the outcome that stood when this one was written; empty for
	// the first.
	Supersedes detect.OutcomeID
	Why, Key   string
}

// RecordOutcome records what a signal turned out to be, with the reason. An
// earlier outcome is not changed; the new one names it and stands in its place.
// Faults: NotFound for the signal or the event; Forbidden; Invalid for an
// outcome that contradicts itself or is about those who watch, which can be no
// outbreak; Conflict while the signal is untriaged, and when another outcome
// stands than the one named.
func (d *Desk) RecordOutcome(ctx context.Context, who access.Actor, id detect.SignalID, in OutcomeIn) (detect.Outcome, error) {
	act := command.Act{Who: who, Right: access.TriageSignal, Name: "signal.outcome", Why: in.Why, WhyNeeded: true,
		Key: in.Key, Input: []any{id, in}}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (detect.Outcome, error) {
		sig, err := d.permitted(ctx, tx, s, id)
		if err != nil {
			return detect.Outcome{}, err
		}
		o := detect.Outcome{Signal: id, Status: sig.Status, Area: sig.Area, Truth: in.Truth, Event: in.Event, Began: in.Began,
			Supersedes: in.Supersedes, Recorded: s.At, By: who.User}
		if err := d.possible(ctx, tx, s, sig, o); err != nil {
			return o, err
		}
		oid, err := s.NewID()
		if err != nil {
			return o, err
		}
		o.ID = detect.OutcomeID(oid)
		s.Wrote(detect.OutcomeKind, oid, o)
		s.Because(detect.OutcomeKind, string(o.Supersedes))
		s.Because(detect.SignalKind, string(id))
		return o, tx.AddOutcome(ctx, o)
	})
}

// possible refuses an outcome that the signal cannot have.
func (d *Desk) possible(ctx context.Context, tx Tx, s *command.Scribe, sig detect.Signal, o detect.Outcome) error {
	if sig.AboutWatchers() {
		return fault.At("the outcome cannot be recorded", fault.Place{Field: "truth", Problem: "a signal about those who watch is no outbreak"})
	}
	if err := o.Check(d.today(s)); err != nil {
		return err
	}
	if sig.State != detect.Verified && sig.State != detect.Discarded {
		return fault.New(fault.Conflict, "signal %s is %s; it is verified or discarded before its outcome is recorded", sig.ID, sig.State)
	}
	if o.Event != "" {
		e, err := tx.Event(ctx, o.Event)
		if err != nil {
			return err
		}
		if e.Status != sig.Status || e.Hazard == detect.SurveillanceGap {
			return fault.At("the outcome cannot be recorded", fault.Place{Field: "event", Problem: "is no outbreak of the signal's world"})
		}
	}
	before, err := tx.Outcomes(ctx, sig.ID)
	if err != nil {
		return err
	}
	var stands detect.OutcomeID
	if len(before) > 0 {
		stands = before[0].ID
	}
	if o.Supersedes != stands {
		return fault.New(fault.Conflict, "signal %s has another outcome by now than the one that this would replace", sig.ID)
	}
	return nil
}

// Outcomes returns what was recorded about a signal, the standing record first.
func (d *Desk) Outcomes(ctx context.Context, who access.Actor, id detect.SignalID) ([]detect.Outcome, error) {
	if _, err := d.Signal(ctx, who, id); err != nil {
		return nil, err
	}
	return d.Store.Outcomes(ctx, id)
}

// MissedIn is an outbreak that no signal announced.
type MissedIn struct {
	Status observe.Status
	Hazard string
	Area   place.Code
	Began  civil.Day // day of the first onset
	// Supersedes is the record that this one corrects; Withdrawn says that there
	// was no such outbreak.
	Supersedes detect.MissedID
	Withdrawn  bool
	Why, Key   string
}

// RecordMissed records an outbreak that became known in another way than by a
// signal, or corrects such a record. Faults: Forbidden; Invalid for an unknown
// hazard or a day to come; NotFound for a superseded record that is not there;
// Conflict for one that was superseded already.
func (d *Desk) RecordMissed(ctx context.Context, who access.Actor, in MissedIn) (detect.Missed, error) {
	if !slices.Contains(Hazards(), in.Hazard) || in.Hazard == detect.SurveillanceGap {
		return detect.Missed{}, fault.At("the missed outbreak cannot be recorded", fault.Place{Field: "hazard", Problem: "is none of the known hazards"})
	}
	if in.Withdrawn && in.Supersedes == "" {
		return detect.Missed{}, fault.At("the missed outbreak cannot be recorded", fault.Place{Field: "supersedes", Problem: "is needed to withdraw a record"})
	}
	act := command.Act{Who: who, Right: access.TriageSignal, Name: "outbreak.missed", Area: in.Area, Why: in.Why, WhyNeeded: true, Key: in.Key, Input: in}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (detect.Missed, error) {
		m := detect.Missed{Status: in.Status, Hazard: in.Hazard, Area: in.Area, Began: in.Began, Supersedes: in.Supersedes,
			Withdrawn: in.Withdrawn, Recorded: s.At, By: who.User}
		if in.Began <= 0 || in.Began > d.today(s) {
			return m, fault.At("the missed outbreak cannot be recorded", fault.Place{Field: "began", Problem: "must be a day that has come"})
		}
		if in.Supersedes != "" {
			if err := d.correctable(ctx, tx, s, in); err != nil {
				return m, err
			}
		}
		id, err := s.NewID()
		if err != nil {
			return m, err
		}
		m.ID = detect.MissedID(id)
		s.Wrote(detect.MissedKind, id, m)
		s.Because(detect.MissedKind, string(m.Supersedes))
		return m, tx.AddMissed(ctx, m)
	})
}

// correctable refuses to correct a record that does not stand, or that lies
// where the actor has no right.
func (d *Desk) correctable(ctx context.Context, tx Tx, s *command.Scribe, in MissedIn) error {
	old, stands, err := tx.Missed(ctx, in.Supersedes)
	if err != nil {
		return err
	}
	lineage, err := d.Center.Lineage(old.Area)
	if err != nil {
		return err
	}
	if err := s.Who().Check(access.TriageSignal, lineage); err != nil {
		return err
	}
	if !stands || old.Withdrawn || old.Status != in.Status {
		return fault.New(fault.Conflict, "missed outbreak %s was corrected meanwhile, or belongs to another world", old.ID)
	}
	return nil
}

// Missed lists the outbreaks that began in a window and that no signal announced.
func (d *Desk) Missed(ctx context.Context, who access.Actor, status observe.Status, w civil.Window) ([]detect.Missed, error) {
	if err := d.judgeable(who, w); err != nil {
		return nil, err
	}
	return d.Store.MissedOutbreaks(ctx, who.Areas(access.ReadSignals), status, w)
}

// MostJudged is the longest window of a scoreboard, in days.
const MostJudged = 1100

func (d *Desk) judgeable(who access.Actor, w civil.Window) error {
	if err := who.Check(access.ReadSignals, nil); err != nil {
		return err
	}
	if n := w.Days(); n == 0 || n > MostJudged {
		return fault.At("the window cannot be judged", fault.Place{Field: "from", Problem: fmt.Sprintf("the window must hold 1 to %d days", MostJudged)})
	}
	return nil
}
