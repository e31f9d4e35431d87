package watch_test

import (
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/notices"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

// rumour reports that people fell ill at the harbour.
func rumour(c *desktest.Command) {
	c.TB.Helper()
	if _, err := c.Watch.Notice(c.TB.Context(), access.TheProgram(storetest.City), watch.NoticeIn{Source: "hotline", Status: observe.Actual,
		Topic: notices.Illness, Area: storetest.Harbour, People: 3, Text: "ill after the fish market"}); err != nil {
		c.TB.Fatal(err)
	}
}

// only returns the one signal that there is.
func only(c *desktest.Command) detect.Signal {
	c.TB.Helper()
	page, err := c.DB.Signals(c.TB.Context(), watch.SignalFilter{Within: []place.Code{storetest.City}}, command.Paging{Limit: 10})
	if err != nil || len(page.Items) != 1 {
		c.TB.Fatalf("signals = %+v, %v, want one", page.Items, err)
	}
	return page.Items[0]
}

func sleep(c *desktest.Command, days civil.Day) detect.Signal {
	c.TB.Helper()
	s, err := c.Watch.Snooze(c.TB.Context(), epidemiologist, only(c).ID, watch.SnoozeIn{Until: c.Day() + days, Why: "the samples are on their way"})
	if err != nil {
		c.TB.Fatal(err)
	}
	return s
}

func TestASignalSleepsUntilItsDay(t *testing.T) {
	c := open(t)
	c.Counts(counts.GoodsPositive, storetest.City, 1)
	c.Scan()
	if s := sleep(c, 3); s.State != detect.Snoozed || s.Snooze == nil || s.By != epidemiologist.User {
		t.Fatalf("asleep = %+v", s)
	}
	c.Pass(48 * time.Hour)
	if woken := c.Round().Signals; len(woken) != 0 || only(c).State != detect.Snoozed {
		t.Fatalf("before its day: %+v", woken)
	}
	c.Pass(24 * time.Hour)
	woken := c.Round().Signals
	if len(woken) != 1 || woken[0].State != detect.Raised || woken[0].Snooze != nil {
		t.Fatalf("on its day: %+v, want it awake", woken)
	}
	inbox, err := c.Watch.Inbox(t.Context(), epidemiologist, c.Day(), observe.Actual)
	if err != nil || len(inbox.Shown) != 1 {
		t.Errorf("inbox of the day = %+v, %v, want the signal that woke", inbox, err)
	}
	if again := c.Round().Signals; len(again) != 0 {
		t.Errorf("a second round changed %+v", again)
	}
	flaws(t, c)
}

func TestASleeperTakesInWhatComesAndWakesForMore(t *testing.T) {
	c := open(t)
	c.Counts(counts.GoodsPositive, storetest.City, 2)
	c.Scan()
	sleep(c, 20)
	c.Pass(10 * 24 * time.Hour) // further away than findings of one signal lie
	c.Counts(counts.GoodsPositive, storetest.City, 3)
	c.Scan()
	if s := only(c); s.State != detect.Snoozed || len(s.Evidence) != 2 {
		t.Fatalf("after a like finding = %s with %d findings, want it asleep with two", s.State, len(s.Evidence))
	}
	c.Pass(24 * time.Hour)
	c.Counts(counts.GoodsPositive, storetest.City, 4)
	c.Scan()
	s := only(c)
	if s.State != detect.Raised || s.Day != c.Day() || !s.Shown {
		t.Fatalf("after a finding twice as strong = %+v, want it in today's inbox", s)
	}
	flaws(t, c)
}

func TestASleeperWakesWhenNoticesDouble(t *testing.T) {
	c := open(t)
	rumour(c)
	rumour(c)
	sleep(c, 20)
	rumour(c)
	if s := only(c); s.State != detect.Snoozed {
		t.Fatalf("one more notice: %s, want it asleep", s.State)
	}
	rumour(c)
	if s := only(c); s.State != detect.Raised || len(s.Notices) != 4 {
		t.Errorf("as many again: %s with %d notices, want it awake with four", s.State, len(s.Notices))
	}
	flaws(t, c)
}

func TestASleeperThatWakesCompetesForTheBudget(t *testing.T) {
	c := open(t)
	rumour(c)
	asleep := sleep(c, 1)
	c.Pass(24 * time.Hour)
	for range c.Watch.Budget {
		if _, err := c.Watch.Notice(t.Context(), access.TheProgram(storetest.City), watch.NoticeIn{Source: "hotline", Status: observe.Actual,
			Topic: notices.Death, Area: storetest.Areas()[1+len(shown(c))].Code, People: 9, Text: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	c.Round()
	inbox, err := c.Watch.Inbox(t.Context(), epidemiologist, c.Day(), observe.Actual)
	if err != nil || len(inbox.Shown) != c.Watch.Budget || len(inbox.LeftOut) != 1 || inbox.LeftOut[0].ID != asleep.ID {
		t.Errorf("inbox = %d shown, left out %+v, %v; want the one that woke left out and counted", len(inbox.Shown), inbox.LeftOut, err)
	}
	flaws(t, c)
}

func shown(c *desktest.Command) []detect.Signal {
	inbox, err := c.Watch.Inbox(c.TB.Context(), epidemiologist, c.Day(), observe.Actual)
	if err != nil {
		c.TB.Fatal(err)
	}
	return inbox.Shown
}

func TestASleeperIsWokenOrJudgedByHand(t *testing.T) {
	for name, tc := range map[string]struct {
		do   func(c *desktest.Command, id detect.SignalID) error
		want detect.State
	}{
		"woken": {func(c *desktest.Command, id detect.SignalID) error {
			_, err := c.Watch.Wake(c.TB.Context(), epidemiologist, id, "the laboratory called", "k")
			return err
		}, detect.Raised},
		"verified": {func(c *desktest.Command, id detect.SignalID) error {
			_, err := c.Watch.Verify(c.TB.Context(), epidemiologist, id, watch.VerifyIn{Hazard: "influenza", Why: "w", Key: "k"})
			return err
		}, detect.Verified},
		"discarded": {func(c *desktest.Command, id detect.SignalID) error {
			_, err := c.Watch.Discard(c.TB.Context(), epidemiologist, id, "w", "k")
			return err
		}, detect.Discarded},
	} {
		c := open(t)
		rumour(c)
		s := sleep(c, 5)
		if err := tc.do(c, s.ID); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := only(c); got.State != tc.want || got.Snooze != nil {
			t.Errorf("%s: %s with snooze %+v, want %s without", name, got.State, got.Snooze, tc.want)
		}
		flaws(t, c)
	}
}

func TestSnoozeIsRefused(t *testing.T) {
	c := open(t)
	rumour(c)
	id := only(c).ID
	day := c.Day()
	for _, tc := range []struct {
		name string
		who  access.Actor
		id   detect.SignalID
		in   watch.SnoozeIn
		want fault.Kind
	}{
		{"without a reason", epidemiologist, id, watch.SnoozeIn{Until: day + 3}, fault.Invalid},
		{"until today", epidemiologist, id, watch.SnoozeIn{Until: day, Why: "w"}, fault.Invalid},
		{"for too long", epidemiologist, id, watch.SnoozeIn{Until: day + detect.LongestSnooze + 1, Why: "w"}, fault.Invalid},
		{"by an auditor", desktest.Officer(access.Auditor, storetest.City), id, watch.SnoozeIn{Until: day + 3, Why: "w"}, fault.Forbidden},
		{"by an officer of another district", desktest.Officer(access.Epidemiologist, storetest.West), id, watch.SnoozeIn{Until: day + 3, Why: "w"}, fault.Forbidden},
		{"of a signal that is none", epidemiologist, "0", watch.SnoozeIn{Until: day + 3, Why: "w"}, fault.NotFound},
	} {
		if _, err := c.Watch.Snooze(t.Context(), tc.who, tc.id, tc.in); !fault.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	if _, err := c.Watch.Wake(t.Context(), epidemiologist, id, "w", "k"); !fault.Is(err, fault.Conflict) {
		t.Errorf("to wake what is awake: %v, want conflict", err)
	}
	sleep(c, 5)
	if _, err := c.Watch.Snooze(t.Context(), epidemiologist, id, watch.SnoozeIn{Until: day + 9, Why: "w"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("to put a sleeper to sleep: %v, want conflict", err)
	}
	if _, err := c.Watch.Wake(t.Context(), epidemiologist, id, "", "k"); !fault.Is(err, fault.Invalid) {
		t.Errorf("to wake without a reason: %v, want invalid", err)
	}
}

// flaws fails the test when a check of all records finds a flaw.
func flaws(t *testing.T, c *desktest.Command) {
	t.Helper()
	c.Round()
	found, err := c.Audit.Fsck(t.Context(), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found.Flaws {
		t.Errorf("flaw: %+v", f)
	}
}
