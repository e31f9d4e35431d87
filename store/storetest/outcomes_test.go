package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store"
)

func TestTheStandingOutcomesOfAPeriod(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		before, within, elsewhere, exercise, after := aSignal(1), aSignal(2), aSignal(3), aSignal(4), aSignal(5)
		before.Raised, before.Changed = morning.Add(-time.Hour), morning.Add(time.Hour) // raised before, judged within
		after.Raised, after.Changed = morning.Add(24*time.Hour), morning.Add(24*time.Hour)
		elsewhere.Area, exercise.Status = West, observe.Exercise
		var first, second [6]detect.Outcome
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			var errs []error
			for i, s := range []detect.Signal{before, within, elsewhere, exercise, after} {
				e := anEvent(20+i, s)
				first[i+1], second[i+1] = anOutcome(30+i, e), anOutcome(40+i, e)
				second[i+1].Truth, second[i+1].Supersedes = detect.Harmless, first[i+1].ID
				errs = append(errs, tx.AddSignal(ctx, s), tx.AddOutcome(ctx, first[i+1]), tx.AddOutcome(ctx, second[i+1]))
			}
			return errors.Join(errs...)
		})
		until := morning.Add(24 * time.Hour)
		signals, err := db.SignalsRaised(ctx, []place.Code{East}, observe.Actual, morning, until)
		same(t, "signals", signals, err, []detect.Signal{within})
		outcomes, err := db.OutcomesOf(ctx, []place.Code{East}, observe.Actual, morning, until)
		same(t, "outcomes", outcomes, err, []detect.Outcome{second[2]})
		outcomes, err = db.OutcomesOf(ctx, []place.Code{City}, observe.Actual, morning, until)
		same(t, "outcomes of the city", outcomes, err, []detect.Outcome{second[2], second[3]})
	})
}

func TestMissedOutbreaksThatStand(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		plain, old, corrected, gone, withdrawal, exercise, early := aMissed(1), aMissed(2), aMissed(3), aMissed(4), aMissed(5), aMissed(6), aMissed(7)
		corrected.Began, corrected.Supersedes = day-1, old.ID
		withdrawal.Supersedes, withdrawal.Withdrawn = gone.ID, true
		exercise.Status, early.Began, plain.Area = observe.Exercise, day-31, West
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			var errs []error
			for _, m := range []detect.Missed{plain, old, corrected, gone, withdrawal, exercise, early} {
				errs = append(errs, tx.AddMissed(ctx, m))
			}
			return errors.Join(errs...)
		})
		got, err := db.MissedOutbreaks(ctx, []place.Code{City}, observe.Actual, civil.Trailing(day, 31))
		same(t, "missed", got, err, []detect.Missed{corrected, plain})
		got, err = db.MissedOutbreaks(ctx, []place.Code{East}, observe.Actual, civil.Trailing(day, 31))
		same(t, "missed in the east", got, err, []detect.Missed{corrected})
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			for m, want := range map[detect.MissedID]bool{old.ID: false, corrected.ID: true, gone.ID: false} {
				if _, stands, err := tx.Missed(ctx, m); err != nil || stands != want {
					t.Errorf("%s stands %t, %v, want %t", m, stands, err, want)
				}
			}
			return nil
		})
	})
}
