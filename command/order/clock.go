package order

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/party"
)

// Tick does what time and data do to directives: it measures completion
// queries, reminds, marks overdue, and escalates. It returns those it changed.
func (d *Desk) Tick(ctx context.Context) ([]direct.Directive, error) {
	now := d.Center.Time()
	pending, err := d.Store.Pending(ctx, now)
	if err != nil {
		return nil, fmt.Errorf("read the pending directives: %w", err)
	}
	var changed []direct.Directive
	for _, order := range pending {
		value, known, err := d.measure(ctx, order, now)
		if err != nil {
			return changed, fmt.Errorf("measure directive %s: %w", order.ID, err)
		}
		moved, ok, err := d.elapse(ctx, order.ID, value, known)
		if err != nil {
			return changed, fmt.Errorf("move directive %s on: %w", order.ID, err)
		}
		if ok {
			changed = append(changed, moved)
		}
	}
	return changed, nil
}

// measure asks the completion query, from the day of issue on; known is false
// when there is none or nothing is known.
func (d *Desk) measure(ctx context.Context, order direct.Directive, now time.Time) (value float64, known bool, err error) {
	q := order.Completion
	if q == nil {
		return 0, false, nil
	}
	a, err := d.Figures.Ask(ctx, q.Figure, figure.Query{Area: order.Area, AsOf: now, Status: string(order.Status), Argument: q.Argument,
		Window: civil.Window{First: civil.DayOf(order.Issued, d.Center.City), Last: civil.DayOf(now, d.Center.City)}})
	return a.Value, a.Absent == "", err
}

func (d *Desk) elapse(ctx context.Context, id direct.DirectiveID, value float64, known bool) (order direct.Directive, changed bool, err error) {
	// The act's area is the record's, which is loaded first: the program acts
	// in the whole city.
	act := command.Act{Who: access.TheProgram(d.City), Right: access.MeasureOrder, Name: "directive.measure"}
	order, err = command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (direct.Directive, error) {
		order, err := tx.Directive(ctx, id)
		if err != nil {
			return order, err
		}
		if err := s.Permit(order.Area); err != nil {
			return order, err
		}
		before := order.Version
		if known {
			if _, err := order.Fill(value, access.System, s.At); err != nil {
				return order, err
			}
		}
		order.Elapse(s.At, d.above)
		if changed = order.Version != before; !changed {
			s.Nothing()
			return order, nil
		}
		after := order
		after.Version = before + 1 // one act, one step of the version
		s.Wrote(direct.DirectiveKind, string(id), after)
		s.Because(detect.EventKind, string(order.Event))
		return after, tx.SaveDirective(ctx, after)
	})
	return order, changed && err == nil, err
}

// above returns the post to which one escalates; empty at the top.
func (d *Desk) above(post party.PostCode) party.PostCode {
	for _, p := range d.Posts {
		if p.Code == post {
			return p.Next
		}
	}
	return ""
}

// ShiftIn is a shift to be put on the roster.
type ShiftIn struct {
	Post  party.PostCode
	User  party.UserID
	From  time.Time
	Until time.Time
	Key   string
}

// MostShift is the longest shift. People must rest.
const MostShift = 24 * time.Hour

// AddShift puts a shift on the roster. A post has one holder at a time: a shift
// that overlaps another of the same post is a Conflict.
func (d *Desk) AddShift(ctx context.Context, who access.Actor, in ShiftIn) (direct.Shift, error) {
	post, err := d.post(in.Post)
	if err != nil {
		return direct.Shift{}, err
	}
	var wrong []fault.Place
	if span := in.Until.Sub(in.From); span <= 0 || span > MostShift {
		wrong = append(wrong, fault.Place{Field: "until", Problem: "must lie after from, by at most 24 hours"})
	}
	if err := fault.At("the shift cannot be put on the roster", wrong...); err != nil {
		return direct.Shift{}, err
	}
	act := command.Act{Who: who, Right: access.WriteDuty, Name: "duty.shift", Area: post.Area, Key: in.Key, Input: in}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (direct.Shift, error) {
		if _, err := tx.Account(ctx, in.User); err != nil {
			return direct.Shift{}, err
		}
		others, err := tx.ShiftsOver(ctx, in.Post, in.From, in.Until)
		if err != nil {
			return direct.Shift{}, fmt.Errorf("read the roster: %w", err)
		}
		if len(others) > 0 {
			return direct.Shift{}, fault.New(fault.Conflict, "post %s is held already for part of that time", in.Post)
		}
		id, err := s.NewID()
		if err != nil {
			return direct.Shift{}, err
		}
		shift := direct.Shift{ID: direct.ShiftID(id), Post: in.Post, User: in.User, Version: 1,
			From: in.From.UTC().Truncate(time.Microsecond), Until: in.Until.UTC().Truncate(time.Microsecond)}
		s.Wrote(direct.ShiftKind, id, shift)
		return shift, tx.AddShift(ctx, shift)
	})
}

func (d *Desk) post(code party.PostCode) (party.Post, error) {
	for _, p := range d.Posts {
		if p.Code == code {
			return p, nil
		}
	}
	return party.Post{}, fault.New(fault.NotFound, "there is no post %q", code)
}
