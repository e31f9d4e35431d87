package command_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

// note is a record of no kind that the store knows: only the journal hears of it.
type note struct{ Text string }

// act is a valid act; tests change one thing at a time.
func act() command.Act {
	return command.Act{Who: desktest.Officer(access.Epidemiologist, storetest.East), Right: access.TriageSignal, Name: "test.note",
		Area: storetest.East, Why: "because", Key: "key-1", Input: "in"}
}

func write(tx command.Recorder, s *command.Scribe) (note, error) {
	s.Wrote("note", "n1", note{"x"})
	return note{"x"}, nil
}

func do(t *testing.T, c *desktest.Command, a command.Act, fn func(command.Recorder, *command.Scribe) (note, error)) (note, error) {
	t.Helper()
	return command.Do(t.Context(), c.Center, store.Writer[command.Recorder](c.DB), a, fn)
}

func open(t *testing.T) (*desktest.Command, *[]journal.Entry) {
	t.Helper()
	c := desktest.New(t, storetest.SQLite(t))
	told := &[]journal.Entry{}
	c.Center.Announce = func(e journal.Entry) { *told = append(*told, e) }
	return c, told
}

func TestAnActLeavesOneEntryWithItsReasonSealed(t *testing.T) {
	c, told := open(t)
	if _, err := do(t, c, act(), write); err != nil {
		t.Fatal(err)
	}
	if len(*told) != 1 {
		t.Fatalf("announced %d entries, want 1", len(*told))
	}
	e := (*told)[0]
	if e.Act != "test.note" || e.Area != storetest.East || e.Subject.ID != "n1" || e.At != c.Center.Time() {
		t.Errorf("entry = %+v", e)
	}
	if e.Touches[0].Digest != journal.Digest(note{"x"}) {
		t.Error("the entry's digest is not that of the record")
	}
	why, err := c.Center.Sealer.Open(command.WhyClass, string(e.ID), e.Why)
	if err != nil || string(why) != "because" {
		t.Errorf("why = %q, %v", why, err)
	}
	stored, err := c.DB.OneEntry(t.Context(), e.ID)
	if err != nil || stored.Entry.Hash() != e.Hash() {
		t.Errorf("stored = %+v, %v, want the same hash", stored.Entry, err)
	}
}

func TestWhatAnActIsRefusedFor(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(*command.Act)
		want   fault.Kind
	}{
		{"a right that the actor lacks", func(a *command.Act) { a.Right = access.DecideProposal }, fault.Forbidden},
		{"an area that is not the actor's", func(a *command.Act) { a.Area = storetest.West }, fault.Forbidden},
		{"the city that holds the actor's area", func(a *command.Act) { a.Area = storetest.City }, fault.Forbidden},
		{"an area that is none", func(a *command.Act) { a.Area = storetest.Elsewhere }, fault.NotFound},
		{"a needed reason of white space", func(a *command.Act) { a.Why, a.WhyNeeded = " \n", true }, fault.Invalid},
		{"a reason without end", func(a *command.Act) { a.Why = strings.Repeat("x", command.MostWhy+1) }, fault.Invalid},
		{"saying nowhere where it acts", func(a *command.Act) { a.Area = "" }, fault.Internal},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, told := open(t)
			a := act()
			tc.change(&a)
			if _, err := do(t, c, a, write); err == nil || fault.KindOf(err) != tc.want {
				t.Errorf("error = %v, want %v", err, tc.want)
			}
			if len(*told) != 0 {
				t.Error("a refused act was announced")
			}
		})
	}
}

func TestAnActWithoutARecordIsAMistake(t *testing.T) {
	c, _ := open(t)
	_, err := do(t, c, act(), func(command.Recorder, *command.Scribe) (note, error) { return note{}, nil })
	if err == nil || fault.KindOf(err) != fault.Internal {
		t.Errorf("error = %v, want internal", err)
	}
}

func TestAFailedActLeavesNothing(t *testing.T) {
	c, told := open(t)
	broken := errors.New("the disk is full")
	if _, err := do(t, c, act(), func(tx command.Recorder, s *command.Scribe) (note, error) {
		out, _ := write(tx, s)
		return out, broken
	}); !errors.Is(err, broken) {
		t.Errorf("error = %v, want the cause", err)
	}
	if len(*told) != 0 {
		t.Error("a failed act was announced")
	}
	if _, err := do(t, c, act(), write); err != nil {
		t.Errorf("the same key after a failure: %v; it must not be remembered", err)
	}
}

func TestSendingAnActAgainReturnsItsAnswer(t *testing.T) {
	c, told := open(t)
	ran := 0
	counted := func(tx command.Recorder, s *command.Scribe) (note, error) {
		ran++
		return write(tx, s)
	}
	for range 3 {
		out, err := do(t, c, act(), counted)
		if err != nil || out.Text != "x" {
			t.Fatalf("out = %+v, %v", out, err)
		}
	}
	if ran != 1 || len(*told) != 1 {
		t.Errorf("ran %d times and announced %d, want 1 and 1", ran, len(*told))
	}
	other := act()
	other.Input = "something else"
	if _, err := do(t, c, other, counted); !fault.Is(err, fault.Conflict) {
		t.Errorf("another request under the same key: %v, want conflict", err)
	}
	stranger := act()
	stranger.Who.User = "somebody else"
	if _, err := do(t, c, stranger, counted); err != nil || ran != 2 {
		t.Errorf("the same key of another user: %v, ran %d; keys belong to their user", err, ran)
	}
}

func TestIDsAreOrderedByTime(t *testing.T) {
	c, _ := open(t)
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	last := ""
	for range 20 {
		id, err := c.Center.NewID(c.Center.Time())
		if err != nil {
			t.Fatal(err)
		}
		if !form.MatchString(id) {
			t.Errorf("%s is no UUID of version 7", id)
		}
		if id <= last {
			t.Errorf("%s does not come after %s", id, last)
		}
		last = id
		c.Pass(time.Millisecond)
	}
}
