package watch_test

import (
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

const evening = 24 * time.Hour

// lived takes in a stream day by day, with a round every evening.
func lived(c *desktest.Command, stream counts.Stream, area place.Code, values ...int64) (raised []detect.Signal) {
	for _, v := range values {
		c.Counts(stream, area, v)
		raised = append(raised, c.Round().Signals...)
		c.Pass(evening)
	}
	return raised
}

func TestAnOldDayThatIsCorrectedUpwardsRaisesWhatWasMissed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := desktest.New(t, db)
		missed := c.Day() + 20
		c.Quiet(counts.ConfirmedLocal, storetest.City, 60)
		first := lived(c, counts.ConfirmedLocal, storetest.City, 1)
		if len(first) != 1 {
			t.Fatalf("sixty quiet days and a case raised %+v", first)
		}
		c.CountsOf(missed, counts.ConfirmedLocal, storetest.City, 3, observe.Actual)
		found := c.Round().Signals
		if len(found) != 1 || found[0].First != missed || found[0].Last != missed || found[0].Day != c.Day() || found[0].ID == first[0].ID {
			t.Fatalf("the correction raised %+v, want a signal of %s in today's inbox", found, missed)
		}
		if again := c.Round().Signals; len(again) != 0 {
			t.Errorf("a second round raised %+v", again)
		}
		// A program that starts anew sees the corrections of the last weeks again.
		c.Restart()
		if again := c.Round().Signals; len(again) != 0 {
			t.Errorf("a round after a new start raised %+v", again)
		}
		if s, err := db.OneSignal(t.Context(), first[0].ID); err != nil || s.Version != 1 {
			t.Errorf("the earlier signal is %+v, %v; want it untouched", s, err)
		}
		// The case of the sixty-first day was the first after forty days, not sixty.
		c.CountsOf(missed, counts.ConfirmedLocal, storetest.City, 0, observe.Actual)
		if down := c.Round().Signals; len(down) != 0 {
			t.Errorf("a correction downwards raised %+v", down)
		}
	})
}

func TestWhatACorrectionDidNotMakeIsNotRaised(t *testing.T) {
	c := open(t)
	start := c.Day()
	c.Pass(100 * evening)
	// History comes in one piece: an outbreak of long ago, and quiet since.
	var history []counts.Row
	for day := range civil.Day(100) {
		row := counts.Row{Stream: counts.ConfirmedLocal, Area: storetest.City, Day: start + day, Line: int(day) + 1}
		if day == 40 {
			row.Count = 8
		}
		history = append(history, row)
	}
	if _, err := ingest(c, history, watch.AllOrNothing); err != nil {
		t.Fatal(err)
	}
	if old := c.Round().Signals; len(old) != 0 {
		t.Fatalf("history raised %+v", old)
	}
	c.Pass(time.Hour)
	c.CountsOf(start+20, counts.ConfirmedLocal, storetest.City, 1, observe.Actual)
	found := c.Round().Signals
	if len(found) != 1 || found[0].First != start+20 || found[0].Last != start+20 {
		t.Errorf("the correction of day 20 raised %+v, want that day and not the outbreak of day 40", found)
	}
}

func TestACorrectionReachesAsFarAsTheIndicatorLooksBack(t *testing.T) {
	c := open(t)
	start := c.Day()
	c.Quiet(counts.GoodsPositive, storetest.City, detect.Lookback+10)
	c.Round()
	c.CountsOf(start, counts.GoodsPositive, storetest.City, 5, observe.Actual)
	if beyond := c.Round().Signals; len(beyond) != 0 {
		t.Errorf("a day that no verdict of today rests on raised %+v", beyond)
	}
	c.CountsOf(c.Day()-detect.Lookback, counts.GoodsPositive, storetest.City, 5, observe.Actual)
	if within := c.Round().Signals; len(within) != 1 || within[0].First != c.Day()-detect.Lookback {
		t.Errorf("the oldest day within reach raised %+v", within)
	}
}

func TestOneStreetsNewsDoNotTearTheCitysFindingFromAnothers(t *testing.T) {
	c := open(t)
	c.Watch.Sources["second"] = observe.Source{ID: "second", Kind: observe.HealthCommission, Area: storetest.City}
	for range 10 {
		c.Counts(counts.FeverVisits, storetest.Harbour, 10)
		c.Counts(counts.FeverVisits, storetest.Hill, 10)
		c.Round()
		c.Pass(evening)
	}
	c.Counts(counts.FeverVisits, storetest.Harbour, 90)
	raised := c.Round().Signals
	if len(raised) != 1 || raised[0].Group != detect.GroupOf(string(counts.FeverVisits), storetest.Harbour, observe.Actual) {
		t.Fatalf("ninety visits in a street raised %+v", raised)
	}
	c.Pass(time.Hour)
	c.Counts(counts.FeverVisits, storetest.Hill, 10)
	for _, s := range c.Round().Signals {
		if s.ID != raised[0].ID {
			t.Errorf("an ordinary count of another street raised %+v", s)
		}
	}
}

func TestAnEarlierSignalOfTheGroupTakesUpItsOwnDays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := desktest.New(t, db)
		c.Quiet(counts.ConfirmedLocal, storetest.City, 20)
		early := lived(c, counts.ConfirmedLocal, storetest.City, 1)
		c.Quiet(counts.ConfirmedLocal, storetest.City, 20)
		late := lived(c, counts.ConfirmedLocal, storetest.City, 1)
		if len(early) != 1 || len(late) != 1 || early[0].ID == late[0].ID {
			t.Fatalf("two cases three weeks apart raised %+v and %+v", early, late)
		}
		c.CountsOf(early[0].First, counts.ConfirmedLocal, storetest.City, 4, observe.Actual)
		found := c.Round().Signals
		if len(found) != 1 || found[0].ID != early[0].ID || found[0].Version != 2 {
			t.Errorf("the correction of the first case gave %+v, want the first signal extended", found)
		}
	})
}
