package venue_test

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

// memory is a log that takes everything, and waits when it is told to.
type memory struct {
	venue.Log
	got  []venue.Observation
	hold chan struct{}
	in   chan struct{}
}

func (m *memory) Append(_ context.Context, batch []venue.Observation) ([]venue.Outcome, error) {
	if m.hold != nil {
		m.in <- struct{}{}
		<-m.hold
	}
	m.got = append(m.got, batch...)
	out := make([]venue.Outcome, len(batch))
	for i := range out {
		out[i] = venue.Stored
	}
	return out, nil
}

var noon = time.Date(2020, 7, 22, 12, 0, 0, 0, shanghai)

func gate(t *testing.T, m *memory, declared bool, waiting int) *venue.Gate {
	t.Helper()
	keys, err := trust.OpenDayKeys(disktest.New(1), "keys", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return venue.NewGate(venue.Gate{Log: m, Admission: venue.Admission{Desk: venue.Desk{Keys: keys, Zone: shanghai}, Keep: 21,
		Declared: func(venue.SiteID, time.Time) bool { return declared }},
		Limits: venue.NewSiteLimits(1, 3)}, waiting)
}

func TestWithoutADeclarationHeadsAreCounted(t *testing.T) {
	for _, tc := range []struct {
		name     string
		declared bool
		want     venue.Outcome
		nobody   bool
	}{
		{"under a declaration the visit has a pseudonym", true, venue.Stored, false},
		{"without one it has nobody's", false, venue.Counted, true},
	} {
		m := &memory{}
		out, err := gate(t, m, tc.declared, 1).Take(t.Context(), noon, []venue.Sent{sent()})
		if err != nil || out[0] != tc.want || (m.got[0].Who == venue.Nobody) != tc.nobody {
			t.Errorf("%s: %v, %v", tc.name, out, err)
		}
	}
}

func TestSiteThatSendsTooMuchIsHeldOff(t *testing.T) {
	m := &memory{}
	g := gate(t, m, true, 1)
	batch := make([]venue.Sent, 5)
	for i := range batch {
		batch[i] = sent()
		batch[i].ID[5] = byte(i)
	}
	want := []venue.Outcome{venue.Stored, venue.Stored, venue.Stored, venue.Limited, venue.Limited}
	out, err := g.Take(t.Context(), noon, batch)
	if err != nil || cmp.Diff(want, out) != "" {
		t.Errorf("at once: %v, %v, want %v", out, err, want)
	}
	out, err = g.Take(t.Context(), noon.Add(2*time.Second), batch[3:])
	if err != nil || out[0] != venue.Stored || out[1] != venue.Stored {
		t.Errorf("two seconds later: %v, %v, want both stored", out, err)
	}
}

func TestClocksThatAreWrongAreRefused(t *testing.T) {
	day := civil.MustDay("2020-07-22")
	g := gate(t, &memory{}, true, 1)
	at := func(at time.Time) venue.Moment { return venue.Moment(trace.InstantOf(at)) }
	for name, spoil := range map[string]func(*venue.Sent){
		"ten minutes ahead":       func(s *venue.Sent) { s.Enter = at(noon.Add(10 * time.Minute)); s.Leave = s.Enter },
		"a day ahead":             func(s *venue.Sent) { s.Enter = at(noon.AddDate(0, 0, 1)); s.Leave = s.Enter },
		"longer ago than we keep": func(s *venue.Sent) { s.Enter = at(noon.AddDate(0, 0, -21)); s.Leave = s.Enter },
		"a check-out ahead": func(s *venue.Sent) {
			*s = venue.Sent{ID: s.ID, Act: "check_out", Of: trace.Token{9}, Day: day, Leave: at(noon.Add(10 * time.Minute))}
		},
		"a correction to what lies ahead": func(s *venue.Sent) {
			s.Act, s.Of, s.Day, s.Enter = "correct", trace.Token{9}, day, at(noon.Add(10*time.Minute))
			s.Leave = s.Enter
		},
	} {
		s := sent()
		spoil(&s)
		_, err := g.Take(t.Context(), noon, []venue.Sent{s})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
}

// TestRefusedBatchesLeaveNothingBehind sends one good record with a wrong one:
// no key of the day is made, and the site has its whole burst left.
func TestRefusedBatchesLeaveNothingBehind(t *testing.T) {
	g := gate(t, &memory{}, true, 1)
	wrong := sent()
	wrong.Leave = wrong.Enter - 1
	for range 4 {
		if _, err := g.Take(t.Context(), noon, []venue.Sent{sent(), wrong}); !fault.Is(err, fault.Invalid) {
			t.Fatalf("the batch gives %v, want invalid", err)
		}
	}
	if days, err := g.Desk.Keys.Days(); err != nil || len(days) > 0 {
		t.Errorf("refused visits made keys for %v, %v", days, err)
	}
	if out, err := g.Take(t.Context(), noon, []venue.Sent{sent()}); err != nil || out[0] != venue.Stored {
		t.Errorf("the good record gives %v, %v", out, err)
	}
}

func TestOnlyTheFirstWrongRecordsAreNamed(t *testing.T) {
	batch := make([]venue.Sent, 5000)
	_, err := gate(t, &memory{}, true, 1).Take(t.Context(), noon, batch)
	if places := fault.PlacesOf(err); len(places) != 1000 || !strings.Contains(fault.Message(err), "5000") {
		t.Errorf("%d records are named in %q, want 1000 of 5000", len(places), fault.Message(err))
	}
}

func TestFullGateTurnsAwayInsteadOfLosing(t *testing.T) {
	m := &memory{hold: make(chan struct{}), in: make(chan struct{})}
	g := gate(t, m, true, 1)
	done := make(chan error)
	go func() {
		_, err := g.Take(context.Background(), noon, []venue.Sent{sent()})
		done <- err
	}()
	<-m.in
	if _, err := g.Take(t.Context(), noon, []venue.Sent{sent()}); !errors.Is(err, venue.ErrBusy) {
		t.Errorf("the second batch gives %v, want that the log is busy", err)
	}
	close(m.hold)
	if err := <-done; err != nil {
		t.Errorf("the first batch: %v", err)
	}
}
