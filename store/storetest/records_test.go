package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store"
)

// act runs fn in a transaction of its own and fails the test with its error.
func act(t *testing.T, db *store.DB, fn func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := try(t, db, fn); err != nil {
		t.Fatal(err)
	}
}

func try(t *testing.T, db *store.DB, fn func(ctx context.Context, tx *store.Tx) error) error {
	t.Helper()
	return store.Writer[*store.Tx](db)(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) })
}

// same fails the test unless what was read is what was written, to the digest.
func same[T any](t *testing.T, what string, got T, err error, want T) {
	t.Helper()
	if err != nil {
		t.Fatalf("read %s: %v", what, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s differs (-written +read):\n%s", what, diff)
	}
	if journal.Digest(got) != journal.Digest(want) {
		t.Errorf("%s is read back with another digest", what)
	}
}

func TestEveryRecordIsReadBackWithItsDigest(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		batch := aBatch(1)
		batch.Glitches = []counts.Glitch{{Stream: counts.ConfirmedLocal, Area: City, Day: day, Problem: "falls from 3 to 0"}}
		plain, withDenominator := anObservation(2, batch), anObservation(3, batch)
		withDenominator.Denominator, withDenominator.Day, withDenominator.Supersedes = ptr(int64(0)), day-1, plain.ID
		notice := aNotice(4)
		signal, bare := aSignal(5), detect.Signal{ID: "x", Status: observe.Test, Group: "g", Version: 1}
		signal.Snooze = &detect.Snooze{Until: day + 3, Score: 2.5, Places: 1}
		signal.Evidence[0].Found = morning
		event := anEvent(6, signal)
		event.Closed = ptr(morning.Add(time.Hour))
		outcome, missed := anOutcome(13, event), aMissed(14)
		bareOutcome := detect.Outcome{ID: "x", Signal: "other", Truth: detect.Harmless, Recorded: morning}
		proposal := aProposal(7, event)
		proposal.At, proposal.Seconded, proposal.Why = ptr(morning), ptr(morning), []byte{0, 1}
		level := aLevel(8, proposal)
		level.Until = ptr(morning.AddDate(0, 0, 28))
		directive := aDirective(9, proposal)
		directive.Reminded, directive.Overdue, directive.Escalated, directive.Exception = ptr(morning), ptr(morning), ptr(morning), true
		directive.Completion.Met = ptr(morning)
		unmeasured := aDirective(10, proposal)
		unmeasured.Completion = nil
		shift, account := aShift(11), anAccount(12, "alice")
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(
				tx.AddBatch(ctx, batch, []counts.Observation{plain, withDenominator}),
				tx.AddNotice(ctx, notice), tx.AddSignal(ctx, signal), tx.AddSignal(ctx, bare), tx.AddEvent(ctx, event),
				tx.AddOutcome(ctx, outcome), tx.AddOutcome(ctx, bareOutcome), tx.AddMissed(ctx, missed),
				tx.AddProposal(ctx, proposal), tx.AddLevel(ctx, level), tx.AddDirective(ctx, directive),
				tx.AddDirective(ctx, unmeasured), tx.AddShift(ctx, shift), tx.AddAccount(ctx, account))
		})

		gotBatch, err := db.Batch(ctx, batch.ID)
		same(t, "batch", gotBatch, err, batch)
		rows, err := db.Observations(ctx, batch.ID)
		same(t, "observations", rows, err, []counts.Observation{plain, withDenominator})
		gotNotice, err := db.OneNotice(ctx, notice.ID)
		same(t, "notice", gotNotice, err, notice)
		gotSignal, err := db.OneSignal(ctx, signal.ID)
		same(t, "signal", gotSignal, err, signal)
		gotBare, err := db.OneSignal(ctx, bare.ID)
		same(t, "bare signal", gotBare, err, bare)
		gotEvent, err := db.OneEvent(ctx, event.ID)
		same(t, "event", gotEvent, err, event)
		gotOutcomes, err := db.Outcomes(ctx, signal.ID)
		same(t, "outcome", gotOutcomes, err, []detect.Outcome{outcome})
		gotOutcomes, err = db.Outcomes(ctx, "other")
		same(t, "outcome of no outbreak", gotOutcomes, err, []detect.Outcome{bareOutcome})
		gotMissed, err := db.MissedOutbreaks(ctx, []place.Code{City}, observe.Actual, civil.Trailing(day, 20))
		same(t, "missed outbreak", gotMissed, err, []detect.Missed{missed})
		gotProposal, err := db.OneProposal(ctx, proposal.ID)
		same(t, "proposal", gotProposal, err, proposal)
		gotLevel, err := db.OneLevel(ctx, level.ID)
		same(t, "level", gotLevel, err, level)
		gotDirective, err := db.OneDirective(ctx, directive.ID)
		same(t, "directive", gotDirective, err, directive)
		gotUnmeasured, err := db.OneDirective(ctx, unmeasured.ID)
		same(t, "directive without a completion query", gotUnmeasured, err, unmeasured)
		gotShifts, err := db.OnDuty(ctx, morning)
		same(t, "shift", gotShifts, err, []direct.Shift{shift})
		gotAccount, err := db.AccountByName(ctx, "alice")
		same(t, "account", gotAccount, err, account)
	})
}

func TestInstantsThatWouldChangeAreRefused(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		for name, at := range map[string]time.Time{
			"not in UTC":                   morning.In(time.FixedZone("", 8*3600)),
			"finer than whole microsecond": morning.Add(time.Nanosecond),
		} {
			s := aSignal(1)
			s.Raised = at
			if err := try(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.AddSignal(ctx, s) }); err == nil {
				t.Errorf("an instant %s was stored", name)
			}
		}
	})
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		_, signal := db.OneSignal(ctx, "1")
		_, event := db.OneEvent(ctx, "1")
		_, batch := db.Batch(ctx, "1")
		_, notice := db.OneNotice(ctx, "1")
		_, proposal := db.OneProposal(ctx, "1")
		_, level := db.OneLevel(ctx, "1")
		_, directive := db.OneDirective(ctx, "1")
		_, account := db.OneAccount(ctx, "1")
		_, name := db.AccountByName(ctx, "nobody")
		_, _, session := db.SessionAccount(ctx, [32]byte{1}, morning)
		_, entry := db.OneEntry(ctx, "1")
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			if _, _, err := tx.Missed(ctx, "1"); !fault.Is(err, fault.NotFound) {
				t.Errorf("missed outbreak: got %v, want not found", err)
			}
			return nil
		})
		for what, err := range map[string]error{"signal": signal, "event": event, "batch": batch, "notice": notice, "proposal": proposal,
			"level": level, "directive": directive, "account": account, "name": name, "session": session, "entry": entry} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: got %v, want not found", what, err)
			}
		}
	})
}

func TestTheSecondOfTwoChangesIsAConflict(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		s, d := aSignal(1), aDirective(2, decide.Proposal{Status: observe.Actual})
		p, a := aProposal(3, detect.Event{Status: observe.Actual}), anAccount(5, "alice")
		l := aLevel(4, p)
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.AddSignal(ctx, s), tx.AddDirective(ctx, d), tx.AddProposal(ctx, p), tx.AddLevel(ctx, l), tx.AddAccount(ctx, a))
		})
		s.Version, d.Version, p.Version, l.Version, a.Version = 2, 2, 2, 2, 2
		saves := map[string]func(context.Context, *store.Tx) error{
			"signal":    func(ctx context.Context, tx *store.Tx) error { return tx.SaveSignal(ctx, s) },
			"directive": func(ctx context.Context, tx *store.Tx) error { return tx.SaveDirective(ctx, d) },
			"proposal":  func(ctx context.Context, tx *store.Tx) error { return tx.SaveProposal(ctx, p) },
			"level":     func(ctx context.Context, tx *store.Tx) error { return tx.SaveLevel(ctx, l) },
			"account":   func(ctx context.Context, tx *store.Tx) error { return tx.SaveAccount(ctx, a) },
		}
		for what, save := range saves {
			if err := try(t, db, save); err != nil {
				t.Errorf("%s: the first change: %v", what, err)
			}
			if err := try(t, db, save); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: the second change: got %v, want a conflict", what, err)
			}
		}
		got, err := db.OneSignal(t.Context(), s.ID)
		same(t, "signal", got, err, s)
	})
}

func TestAccountsAndSessions(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		alice := anAccount(1, "alice")
		act(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.AddAccount(ctx, alice) })
		twice := anAccount(2, "alice")
		if err := try(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.AddAccount(ctx, twice) }); !fault.Is(err, fault.Conflict) {
			t.Errorf("a taken name: got %v, want a conflict", err)
		}
		first, second := access.Session{Token: [32]byte{1}, User: alice.ID, Created: morning, Expires: morning.Add(time.Hour)},
			access.Session{Token: [32]byte{2}, User: alice.ID, Created: morning, Expires: morning.Add(time.Hour)}
		if err := errors.Join(db.AddSession(ctx, first), db.AddSession(ctx, second)); err != nil {
			t.Fatal(err)
		}
		gotSession, gotAccount, err := db.SessionAccount(ctx, first.Token, morning)
		same(t, "session", gotSession, err, first)
		same(t, "account of the session", gotAccount, err, alice)
		if _, _, err := db.SessionAccount(ctx, first.Token, first.Expires); !fault.Is(err, fault.NotFound) {
			t.Errorf("an expired session: got %v, want not found", err)
		}
		if err := db.ExtendSession(ctx, first.Token, morning.Add(3*time.Hour)); err != nil {
			t.Fatal(err)
		}
		if _, _, err := db.SessionAccount(ctx, first.Token, first.Expires); err != nil {
			t.Errorf("an extended session: %v", err)
		}
		if err := db.EndSession(ctx, first.Token); err != nil {
			t.Fatal(err)
		}
		if _, _, err := db.SessionAccount(ctx, first.Token, morning); !fault.Is(err, fault.NotFound) {
			t.Errorf("an ended session: got %v, want not found", err)
		}
		act(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.EndSessions(ctx, alice.ID) })
		if _, _, err := db.SessionAccount(ctx, second.Token, morning); !fault.Is(err, fault.NotFound) {
			t.Errorf("a session of a user whose sessions were ended: got %v, want not found", err)
		}
	})
}

func TestAnswersAreRemembered(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		want := aMemory("key")
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			if _, ok, err := tx.Recall(ctx, "alice", "key"); ok || err != nil {
				t.Errorf("before: ok %t, %v", ok, err)
			}
			return tx.Remember(ctx, want)
		})
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			got, ok, err := tx.Recall(ctx, "alice", "key")
			if !ok {
				t.Error("nothing was remembered")
			}
			same[command.Memory](t, "memory", got, err, want)
			_, ok, err = tx.Recall(ctx, "bob", "key")
			if ok {
				t.Error("bob was given what alice was answered")
			}
			return err
		})
	})
}

func TestStandingObservationsAreTheLatest(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		early, late := aBatch(1), aBatch(2)
		old, other, corrected := anObservation(3, early), anObservation(4, early), anObservation(5, late)
		other.Area, corrected.Count, corrected.Supersedes = Hill, 7, old.ID // recorded at the same instant
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.AddBatch(ctx, early, []counts.Observation{old, other}), tx.AddBatch(ctx, late, []counts.Observation{corrected}))
		})
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.Standing(ctx, "commission", observe.Actual, civil.Trailing(day, 3))
			same(t, "standing", got, err, []counts.Observation{other, corrected})
			none, err := tx.Standing(ctx, "commission", observe.Exercise, civil.Trailing(day, 3))
			if len(none) > 0 {
				t.Errorf("observations of another status stand: %v", none)
			}
			return err
		})
		history, err := db.History(t.Context(), counts.ConfirmedLocal, Harbour, day, observe.Actual)
		same(t, "history", history, err, []counts.Observation{corrected, old})
	})
}
