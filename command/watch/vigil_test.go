package watch_test

import (
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/detect/vigilance"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

const clinic observe.SourceID = "clinic"

// reporting is a command with a clinic that is expected to report every day.
func reporting(t *testing.T, db *store.DB) *desktest.Command {
	c := desktest.New(t, db)
	c.Watch.Sources[clinic] = observe.Source{ID: clinic, Kind: observe.Clinic, Area: storetest.East, Streams: []string{string(counts.FeverVisits)}, DueHour: 10}
	return c
}

// days takes in reports of the clinic for a number of days, and none for others.
func days(c *desktest.Command, stream counts.Stream, area place.Code, n int, row func(i int) (count, of int64)) {
	c.TB.Helper()
	for i := range n {
		count, of := row(i)
		_, err := c.Watch.Ingest(c.TB.Context(), epidemiologist, watch.Ingest{Source: clinic, Status: observe.Actual,
			Rows: []counts.Row{{Stream: stream, Area: area, Day: c.Day(), Count: count, Denominator: &of, Basis: place.Stated, Line: 1}}})
		if err != nil {
			c.TB.Fatal(err)
		}
		c.Pass(24 * time.Hour)
	}
}

func vigil(c *desktest.Command) []detect.Signal {
	c.TB.Helper()
	found, err := c.Watch.Vigil(c.TB.Context(), observe.Actual)
	if err != nil {
		c.TB.Fatal(err)
	}
	return found
}

func sound(c *desktest.Command) {
	c.TB.Helper()
	if _, err := c.Audit.Link(c.TB.Context()); err != nil {
		c.TB.Fatal(err)
	}
	report, err := c.Audit.Fsck(c.TB.Context(), func(int, int) {})
	if err != nil || len(report.Flaws) > 0 {
		c.TB.Errorf("fsck: %v %v", report.Flaws, err)
	}
}

func TestASilenceIsOneSignalUntilItEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := reporting(t, db)
		days(c, counts.FeverVisits, storetest.East, 30, func(int) (int64, int64) { return 9, 100 })
		if found := vigil(c); len(found) != 0 {
			t.Fatalf("a steady source was told: %+v", found)
		}
		c.Pass(2 * 24 * time.Hour)
		found := vigil(c)
		if len(found) != 1 || found[0].Stream != string(vigilance.Silence) || found[0].Evidence[0].Subject != string(clinic) || found[0].Evidence[0].Of != 2 {
			t.Fatalf("two missed days: %+v, want one silence of the clinic", found)
		}
		if again := vigil(c); len(again) != 0 {
			t.Errorf("the same facts again changed %+v", again)
		}
		c.Pass(24 * time.Hour)
		longer := vigil(c)
		if len(longer) != 1 || longer[0].ID != found[0].ID || len(longer[0].Evidence) != 1 || longer[0].Evidence[0].Of != 3 {
			t.Errorf("a third missed day: %+v, want the same signal with three days", longer)
		}
		if _, err := c.Watch.Discard(t.Context(), epidemiologist, found[0].ID, "shut for repairs, we knew", ""); err != nil {
			t.Fatal(err)
		}
		c.Pass(24 * time.Hour)
		if told := vigil(c); len(told) != 0 {
			t.Errorf("a silence that was put aside was told again: %+v", told)
		}
		days(c, counts.FeverVisits, storetest.East, 20, func(int) (int64, int64) { return 9, 100 })
		c.Pass(3 * 24 * time.Hour)
		if fresh := vigil(c); len(fresh) != 1 || fresh[0].ID == found[0].ID {
			t.Errorf("a new silence after a return: %+v, want a new signal", fresh)
		}
		sound(c)
	})
}

func TestChecksThatFindLessAreTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := reporting(t, db)
		days(c, counts.GoodsPositive, storetest.East, vigilance.ChecksPast, func(i int) (int64, int64) { return int64(i % 2), 40 })
		if found := vigil(c); len(found) != 0 {
			t.Fatalf("steady checks were told: %+v", found)
		}
		days(c, counts.GoodsPositive, storetest.East, vigilance.ChecksLately, func(int) (int64, int64) { return 0, 40 })
		found := vigil(c)
		if len(found) != 1 || found[0].Stream != string(vigilance.Findings) || found[0].Area != storetest.East || found[0].Evidence[0].Observed != 0 {
			t.Fatalf("four weeks without a finding: %+v, want one signal for the district", found)
		}
		sound(c)
	})
}

func TestAPostThatAcknowledgesMoreSlowlyIsTold(t *testing.T) {
	commander := desktest.Officer(access.Commander, storetest.City)
	district := desktest.Officer(access.DutyOfficer, storetest.East)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := reporting(t, db)
		_, made := c.Outbreak(storetest.East, 3)
		p, err := c.Plan.Accept(t.Context(), commander, made[0].ID, "", "")
		if err != nil {
			t.Fatal(err)
		}
		give := func(took time.Duration) {
			t.Helper()
			d, err := c.Order.Issue(t.Context(), commander, order.IssueIn{Proposal: p.ID, Template: "first-ring-testing", Why: "again"})
			if err != nil {
				t.Fatal(err)
			}
			c.Pass(took)
			if _, err := c.Order.Move(t.Context(), district, d.ID, order.MoveIn{Step: direct.Acknowledge}); err != nil {
				t.Fatal(err)
			}
			c.Pass(12 * time.Hour)
		}
		for i := range 12 {
			give(time.Duration(15+i) * time.Minute)
		}
		give(100 * time.Minute)
		if found := vigil(c); len(found) != 0 {
			t.Fatalf("one slow answer was told: %+v", found)
		}
		for range vigilance.AnswersLately - 1 {
			give(100 * time.Minute)
		}
		found := vigil(c)
		if len(found) != 1 || found[0].Stream != string(vigilance.Acknowledgement) || found[0].Evidence[0].Subject != "east" || found[0].Area != storetest.East {
			t.Fatalf("five slow answers: %+v, want one signal of the district's post", found)
		}
		sound(c)
	})
}

func TestOnlyAGapIsVerifiedAsOne(t *testing.T) {
	c := reporting(t, storetest.SQLite(t))
	days(c, counts.FeverVisits, storetest.East, 30, func(int) (int64, int64) { return 9, 100 })
	c.Pass(2 * 24 * time.Hour)
	silence := vigil(c)[0]
	for _, hazard := range watch.Hazards() {
		_, err := c.Watch.Verify(t.Context(), epidemiologist, silence.ID, watch.VerifyIn{Hazard: hazard, Why: "it is so"})
		if ok := err == nil; ok != (hazard == detect.SurveillanceGap) {
			t.Errorf("hazard %s: %v", hazard, err)
		}
	}
	c.Counts(counts.ConfirmedLocal, storetest.East, 1)
	cases := c.Scan()
	if _, err := c.Watch.Verify(t.Context(), epidemiologist, cases[0].ID, watch.VerifyIn{Hazard: detect.SurveillanceGap, Why: "it is so"}); err == nil {
		t.Error("cases were verified as a surveillance gap")
	}
}
