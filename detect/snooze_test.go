package detect_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
)

// asleep is a signal of one place with score 1.5 that sleeps for a week.
func asleep(t *testing.T) detect.Signal {
	t.Helper()
	s := detect.Signal{ID: "s", State: detect.Raised, Version: 1, Notices: []string{"n"},
		Evidence: []detect.Evidence{{Indicator: "i", Area: "a", Day: day0, Score: 1.5}}}
	if err := s.Sleep(day0+7, day0, "u", time.Unix(9, 0)); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSleepRemembersHowStrongTheSignalWas(t *testing.T) {
	s := asleep(t)
	want := &detect.Snooze{Until: day0 + 7, Score: 1.5, Places: 1, Notices: 1}
	if d := cmp.Diff(want, s.Snooze); d != "" || s.State != detect.Snoozed || s.By != "u" || s.Version != 2 {
		t.Errorf("snooze (-want +got):\n%sstate %s by %s version %d", d, s.State, s.By, s.Version)
	}
}

func TestSleepIsRefused(t *testing.T) {
	for _, tc := range []struct {
		name  string
		state detect.State
		until civil.Day
		kind  fault.Kind
	}{
		{"until today", detect.Raised, day0, fault.Invalid},
		{"until yesterday", detect.Raised, day0 - 1, fault.Invalid},
		{"for longer than four weeks", detect.Raised, day0 + detect.LongestSnooze + 1, fault.Invalid},
		{"a second time", detect.Snoozed, day0 + 1, fault.Conflict},
		{"after it was verified", detect.Verified, day0 + 1, fault.Conflict},
		{"after it was discarded", detect.Discarded, day0 + 1, fault.Conflict},
	} {
		s := detect.Signal{ID: "s", State: tc.state, Version: 4}
		if err := s.Sleep(tc.until, day0, "u", time.Unix(0, 0)); !fault.Is(err, tc.kind) {
			t.Errorf("%s: got %v, want %s", tc.name, err, tc.kind)
		}
		if s.State != tc.state || s.Snooze != nil || s.Version != 4 {
			t.Errorf("%s: a refusal must change nothing; got %+v", tc.name, s)
		}
	}
}

func TestWakes(t *testing.T) {
	find := func(area place.Code, score float64) func(*detect.Signal) {
		return func(s *detect.Signal) {
			s.Evidence = append(s.Evidence, detect.Evidence{Indicator: "i", Area: area, Day: day0 + 1, Score: score})
		}
	}
	both := func(fs ...func(*detect.Signal)) func(*detect.Signal) {
		return func(s *detect.Signal) {
			for _, f := range fs {
				f(s)
			}
		}
	}
	for _, tc := range []struct {
		name   string
		change func(*detect.Signal)
		today  civil.Day
		why    detect.Waking
		wakes  bool
	}{
		{"nothing new before its day", both(), day0 + 6, "", false},
		{"its day", both(), day0 + 7, detect.DayCame, true},
		{"a day after its day, when no round was made on it", both(), day0 + 9, detect.DayCame, true},
		{"a score just under the double", find("a", 2.99), day0 + 1, "", false},
		{"the double score", find("a", 3), day0 + 1, detect.Stronger, true},
		{"one further place", find("b", 1), day0 + 1, "", false},
		{"two further places", both(find("b", 1), find("c", 1)), day0 + 1, detect.Stronger, true},
		{"as many notices again", func(s *detect.Signal) { s.Notices = append(s.Notices, "m") }, day0 + 1, detect.Stronger, true},
		{"what is stronger on its day says so", find("a", 8), day0 + 7, detect.Stronger, true},
	} {
		s := asleep(t)
		tc.change(&s)
		if why, wakes := s.Wakes(tc.today); why != tc.why || wakes != tc.wakes {
			t.Errorf("%s: got %q %v, want %q %v", tc.name, why, wakes, tc.why, tc.wakes)
		}
	}
}

func TestOnlySleepersWake(t *testing.T) {
	for _, to := range []detect.State{detect.Raised, detect.Verified, detect.Discarded} {
		s := asleep(t)
		if err := s.Move(to, "u", time.Unix(10, 0)); err != nil {
			t.Fatal(err)
		}
		if _, wakes := s.Wakes(day0 + 100); wakes || s.Snooze != nil {
			t.Errorf("a %s signal must not wake nor keep its snooze: %+v", to, s.Snooze)
		}
	}
}
