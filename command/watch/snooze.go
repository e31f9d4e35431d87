package watch

import (
	"context"
	"fmt"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// SnoozeIn says until when a signal is to sleep.
type SnoozeIn struct {
	Until    civil.Day
	Why, Key string
}

// Snooze puts a signal to sleep until a day, with the reason: it leaves the
// lists of what waits, takes in what is found meanwhile, and wakes earlier if
// that is materially stronger (see [detect.Signal.Wakes]). Faults: NotFound,
// Forbidden, Conflict unless the signal waits, Invalid without a reason or for
// a day that is not ahead or too far.
func (d *Desk) Snooze(ctx context.Context, who access.Actor, id detect.SignalID, in SnoozeIn) (detect.Signal, error) {
	act := command.Act{Who: who, Right: access.TriageSignal, Name: "signal.snooze", Why: in.Why, WhyNeeded: true,
		Key: in.Key, Input: []any{id, in}}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (detect.Signal, error) {
		sig, err := d.permitted(ctx, tx, s, id)
		if err != nil {
			return sig, err
		}
		if err := sig.Sleep(in.Until, d.today(s), who.User, s.At); err != nil {
			return sig, err
		}
		s.Wrote(detect.SignalKind, string(sig.ID), sig)
		return sig, tx.SaveSignal(ctx, sig)
	})
}

// Wake wakes a sleeping signal before its day, with the reason.
func (d *Desk) Wake(ctx context.Context, who access.Actor, id detect.SignalID, why, key string) (detect.Signal, error) {
	act := command.Act{Who: who, Right: access.TriageSignal, Name: "signal.wake", Why: why, WhyNeeded: true, Key: key, Input: id}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (detect.Signal, error) {
		sig, err := d.move(ctx, tx, s, id, detect.Raised)
		if err != nil {
			return sig, err
		}
		return sig, d.rise(ctx, tx, s, &sig)
	})
}

// WakeDue wakes the signals whose day has come, and returns them.
func (d *Desk) WakeDue(ctx context.Context, status observe.Status) ([]detect.Signal, error) {
	f := SignalFilter{Within: []place.Code{d.City}, States: []detect.State{detect.Snoozed}, Status: status}
	var woken []detect.Signal
	for after := ""; ; {
		page, err := d.Store.Signals(ctx, f, command.Paging{After: after, Limit: 200})
		if err != nil {
			return woken, fmt.Errorf("read the signals that sleep: %w", err)
		}
		for _, s := range page.Items {
			if _, due := s.Wakes(civil.DayOf(d.Center.Time(), d.Center.City)); !due {
				continue
			}
			up, err := d.wakeDue(ctx, s)
			if err != nil {
				return woken, fmt.Errorf("wake signal %s: %w", s.ID, err)
			}
			if up.State == detect.Raised {
				woken = append(woken, up)
			}
		}
		if page.Next == "" {
			return woken, nil
		}
		after = page.Next
	}
}

func (d *Desk) wakeDue(ctx context.Context, sleeper detect.Signal) (detect.Signal, error) {
	act := command.Act{Who: d.program(), Right: access.RaiseSignal, Name: "signal.wake", Area: sleeper.Area}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (detect.Signal, error) {
		sig, err := tx.Signal(ctx, sleeper.ID)
		if err != nil {
			return sig, err
		}
		if _, due := sig.Wakes(d.today(s)); !due {
			s.Nothing() // somebody judged it meanwhile
			return sig, nil
		}
		if err := sig.Move(detect.Raised, d.program().User, s.At); err != nil {
			return sig, err
		}
		return sig, d.rise(ctx, tx, s, &sig)
	})
}

// rise finds the place of a signal that has just woken in today's inbox, and
// stores it.
func (d *Desk) rise(ctx context.Context, tx Tx, s *command.Scribe, sig *detect.Signal) error {
	if today := d.today(s); !sig.Shown || sig.Day != today {
		sig.Day, sig.Shown = 0, false
		if err := d.admit(ctx, tx, s, sig); err != nil {
			return err
		}
	}
	s.Wrote(detect.SignalKind, string(sig.ID), *sig)
	return tx.SaveSignal(ctx, *sig)
}

// grown stores a signal that took in something new: one that sleeps wakes if it
// must, and one that was left out is put to the budget again.
func (d *Desk) grown(ctx context.Context, tx Tx, s *command.Scribe, sig *detect.Signal) error {
	if _, wakes := sig.Wakes(d.today(s)); wakes {
		version := sig.Version // what was found and the waking are one change
		if err := sig.Move(detect.Raised, d.program().User, s.At); err != nil {
			return err
		}
		sig.Version = version
		return d.rise(ctx, tx, s, sig)
	}
	if sig.State == detect.Raised {
		if err := d.admitAgain(ctx, tx, s, sig); err != nil {
			return err
		}
	}
	s.Wrote(detect.SignalKind, string(sig.ID), *sig)
	return tx.SaveSignal(ctx, *sig)
}

func (d *Desk) today(s *command.Scribe) civil.Day { return civil.DayOf(s.At, d.Center.City) }
