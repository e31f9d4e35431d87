package watch_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

func TestTheScoreboard(t *testing.T) {
	c := open(t)
	ctx := t.Context()
	e, _ := c.Outbreak(storetest.Harbour, 3)
	spoke := map[string]bool{}
	s, err := c.DB.OneSignal(ctx, e.Signal)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range s.Evidence {
		spoke[f.Indicator] = true
	}
	c.Pass(24 * time.Hour)
	rumour(c)
	c.Round()
	for _, s := range shown(c) {
		if s.Route != detect.EBS {
			continue
		}
		if _, err := c.Watch.Discard(ctx, epidemiologist, s.ID, "nobody is ill", "d"); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Watch.RecordOutcome(ctx, epidemiologist, s.ID, watch.OutcomeIn{Truth: detect.Harmless, Why: "nobody was", Key: "h"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Watch.RecordOutcome(ctx, epidemiologist, e.Signal, watch.OutcomeIn{Truth: detect.Outbreak, Event: e.ID, Began: s.First - 6, Why: "w", Key: "o"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Watch.RecordMissed(ctx, epidemiologist, watch.MissedIn{Status: observe.Actual, Hazard: "rsv", Area: storetest.West, Began: c.Day() - 9, Why: "w"}); err != nil {
		t.Fatal(err)
	}
	board, err := c.Watch.Scoreboard(ctx, epidemiologist, observe.Actual, civil.Trailing(c.Day(), 30))
	if err != nil {
		t.Fatal(err)
	}
	six := 6.0
	all := detect.Line{Signals: 2, Precision: detect.Ratio{Of: 2, Count: 1}, Recall: detect.Ratio{Of: 2, Count: 1}, Delay: &six}
	if d := cmp.Diff(all, board.All); d != "" || board.Missed != 1 {
		t.Errorf("all (-want +got):\n%smissed %d", d, board.Missed)
	}
	people := detect.Line{Name: watch.NoticeTeller, Signals: 1, Precision: detect.Ratio{Of: 1}, Recall: detect.Ratio{Of: 2}}
	for _, lines := range [][]detect.Line{board.Indicators, board.Detectors} {
		for _, l := range lines {
			want := detect.Line{Name: l.Name, Signals: 1, Precision: detect.Ratio{Of: 1, Count: 1}, Recall: detect.Ratio{Of: 2, Count: 1}, Delay: &six}
			if l.Name == people.Name {
				want = people
			}
			if d := cmp.Diff(want, l); d != "" {
				t.Errorf("%s (-want +got):\n%s", l.Name, d)
			}
		}
	}
	if len(board.Indicators) != len(spoke)+1 {
		t.Errorf("%d indicators on the board, want %d and the notices", len(board.Indicators), len(spoke))
	}
	if other, err := c.Watch.Scoreboard(ctx, desktest.Officer(access.Epidemiologist, storetest.West), observe.Actual, civil.Trailing(c.Day(), 30)); err != nil || other.All.Signals != 0 || other.Missed != 1 {
		t.Errorf("seen from the other district: %+v, %v, want no signal and its own missed outbreak", other, err)
	}
	if _, err := c.Watch.Scoreboard(ctx, epidemiologist, observe.Actual, civil.Trailing(c.Day(), watch.MostJudged+1)); !fault.Is(err, fault.Invalid) {
		t.Errorf("a window too long: %v, want invalid", err)
	}
}

func TestALaterDetectorIsToldByWhenItSpoke(t *testing.T) {
	c := open(t)
	c.Counts(counts.GoodsPositive, storetest.City, 1)
	c.Scan()
	raised := c.Day()
	c.Pass(3 * 24 * time.Hour)
	c.Counts(counts.GoodsPositive, storetest.City, 1)
	c.Scan()
	s := only(c)
	for i, e := range s.Evidence {
		if want := raised + civil.Day(3*i); civil.DayOf(e.Found, c.Center.City) != want {
			t.Errorf("finding %d was made on %s, want %s", i, civil.DayOf(e.Found, c.Center.City), want)
		}
	}
}
