package watch_test

import (
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

// usual takes in fever visits of a week that are not unusual, and stands at the
// morning after it.
func usual(c *desktest.Command, areas ...place.Code) {
	for i := range 8 {
		for _, area := range areas {
			c.Counts(counts.FeverVisits, area, int64(9+i%3))
		}
		c.Pass(24 * time.Hour)
	}
}

func TestComplaintsOfTwoStreetsAreTwoSignalsAndTheCitysJoinsTheWorst(t *testing.T) {
	c := open(t)
	usual(c, storetest.Harbour, storetest.Hill)
	c.Counts(counts.FeverVisits, storetest.Harbour, 60)
	c.Counts(counts.FeverVisits, storetest.Hill, 40)
	found := c.Scan()
	if len(found) != 2 {
		t.Fatalf("%d signals, want one a street: %+v", len(found), found)
	}
	for _, e := range found[1].Evidence {
		if e.Area != storetest.Hill {
			t.Errorf("the smaller rise holds a finding about %s", e.Area)
		}
	}
	wide := false
	for _, e := range found[0].Evidence {
		wide = wide || e.Area == storetest.City
	}
	if !wide {
		t.Errorf("the city's finding is not with the larger rise: %+v", found[0].Evidence)
	}
}

func TestASignalThatWasLeftOutAndGrewComesIntoTheInbox(t *testing.T) {
	c := open(t)
	c.Watch.Budget = 1
	usual(c, storetest.Harbour, storetest.Hill)
	c.Counts(counts.FeverVisits, storetest.Harbour, 60)
	c.Counts(counts.FeverVisits, storetest.Hill, 40)
	if found := c.Scan(); len(found) != 2 || found[1].Shown {
		t.Fatalf("the smaller rise is not left out: %+v", found)
	}
	c.Pass(24 * time.Hour)
	c.Counts(counts.FeverVisits, storetest.Harbour, 10)
	c.Counts(counts.FeverVisits, storetest.Hill, 90)
	for _, s := range c.Scan() {
		if s.Evidence[0].Area == storetest.Hill {
			if !s.Shown || s.Day != c.Day() {
				t.Errorf("after it grew it is shown %t in the inbox of %s", s.Shown, s.Day)
			}
			return
		}
	}
	t.Error("the growing signal was not extended")
}
