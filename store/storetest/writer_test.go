package storetest

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"

	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
)

func TestAFailedActLeavesNoTraceAndHurtsNoOther(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		refused := errors.New("refused")
		outcome := make([]error, 60)
		var wait sync.WaitGroup
		for n := range outcome {
			wait.Go(func() {
				outcome[n] = try(t, db, func(ctx context.Context, tx *store.Tx) error {
					if err := tx.AddSignal(ctx, aSignal(n)); err != nil {
						return err
					}
					switch n % 3 {
					case 1:
						return refused
					case 2:
						return tx.AddSignal(ctx, aSignal(n)) // the id is taken: the database refuses
					}
					return nil
				})
			})
		}
		wait.Wait()
		for n, err := range outcome {
			_, missing := db.OneSignal(t.Context(), detect.SignalID(id(n)))
			switch {
			case n%3 == 0 && (err != nil || missing != nil):
				t.Errorf("act %d: %v, %v", n, err, missing)
			case n%3 == 1 && (!errors.Is(err, refused) || !fault.Is(missing, fault.NotFound)):
				t.Errorf("refused act %d: %v, %v", n, err, missing)
			case n%3 == 2 && (err == nil || !fault.Is(missing, fault.NotFound)):
				t.Errorf("impossible act %d: %v, %v", n, err, missing)
			}
		}
	})
}

func TestAPanicIsItsCallersOnly(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		func() {
			defer func() {
				if got := recover(); got != "mistake" {
					t.Errorf("recovered %v, want the mistake", got)
				}
			}()
			try(t, db, func(ctx context.Context, tx *store.Tx) error {
				if err := tx.AddSignal(ctx, aSignal(1)); err != nil {
					return err
				}
				panic("mistake")
			})
		}()
		if _, err := db.OneSignal(t.Context(), detect.SignalID(id(1))); !fault.Is(err, fault.NotFound) {
			t.Errorf("what the panicking act wrote: %v, want not found", err)
		}
		act(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.AddSignal(ctx, aSignal(1)) })
	})
}

// raceFor lets callers change one signal until each has done so a number of
// times, and fails unless every change counts once.
func raceFor(t *testing.T, nodes []*store.DB, callers, times int) {
	t.Helper()
	act(t, nodes[0], func(ctx context.Context, tx *store.Tx) error { return tx.AddSignal(ctx, aSignal(1)) })
	var wait sync.WaitGroup
	for n := range callers {
		db := nodes[n%len(nodes)]
		wait.Go(func() {
			for range times {
				err := try(t, db, func(ctx context.Context, tx *store.Tx) error {
					s, err := tx.Signal(ctx, detect.SignalID(id(1)))
					if err != nil {
						return err
					}
					s.Version++
					return tx.SaveSignal(ctx, s)
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wait.Wait()
	s, err := nodes[0].OneSignal(t.Context(), detect.SignalID(id(1)))
	if want := 1 + callers*times; err != nil || s.Version != want {
		t.Errorf("after the race the version is %d, %v, want %d", s.Version, err, want)
	}
}

func TestActsTakeTurns(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) { raceFor(t, []*store.DB{db}, 16, 10) })
}

func TestActsOfSeveralNodesTakeTurns(t *testing.T) {
	for name, address := range map[string]func() string{
		"sqlite":   func() string { return filepath.Join(t.TempDir(), "breakwater.db") },
		"postgres": func() string { return pgtest.Start(t) },
	} {
		t.Run(name, func(t *testing.T) {
			at := address()
			raceFor(t, []*store.DB{Open(t, at), Open(t, at), Open(t, at)}, 9, 10)
		})
	}
}

func TestACancelledActIsNotBegun(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := store.Writer[*store.Tx](db)(ctx, func(*store.Tx) error {
			t.Error("it was begun")
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want cancelled", err)
		}
	})
}

func TestAnActThatHasBegunIsCarriedThrough(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := store.Writer[*store.Tx](db)(ctx, func(tx *store.Tx) error {
			cancel()
			return tx.AddSignal(ctx, aSignal(1))
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.OneSignal(t.Context(), detect.SignalID(id(1))); err != nil {
			t.Error(err)
		}
	})
}

func TestAClosedDatabaseRefusesActs(t *testing.T) {
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "breakwater.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := try(t, db, func(context.Context, *store.Tx) error { return nil }); err == nil {
		t.Error("an act was carried out")
	}
}

func TestARecordIsThereAfterReopening(t *testing.T) {
	path := filepath.Join(t.TempDir(), "of a city # 1%.db")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	act(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.AddSignal(ctx, aSignal(1)) })
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := Open(t, path).OneSignal(t.Context(), detect.SignalID(id(1)))
	same(t, "signal", got, err, aSignal(1))
	if found, err := filepath.Glob(filepath.Join(filepath.Dir(path), "of a city*.db")); err != nil || len(found) != 1 {
		t.Errorf("files %v, %v: the name was not taken as it is", found, err)
	}
}

func TestAddressesThatCannotBeOpenedAreNamed(t *testing.T) {
	for name, address := range map[string]string{
		"empty":               "",
		"of another kind":     "mysql://localhost/city",
		"without a path":      "sqlite:",
		"in memory":           "sqlite::memory:",
		"with a bad port":     "postgres://user:secret@localhost:notaport/city",
		"in no folder at all": filepath.Join(t.TempDir(), "none", "breakwater.db"),
	} {
		db, err := store.Open(t.Context(), address)
		if err == nil {
			db.Close()
			t.Errorf("%s: it was opened", name)
		}
	}
}
