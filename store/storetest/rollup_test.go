package storetest_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/science/stat"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

// TestReadingAllAreasAtOnceAnswersWhatReadingOneAnswers compares the two ways to
// a series on random counts with gaps, corrections and denominators.
func TestReadingAllAreasAtOnceAnswersWhatReadingOneAnswers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := desktest.New(t, db)
		random := stat.NewStream(7, "rollup")
		start := c.Day()
		for range 6 {
			c.Pass(24 * time.Hour)
		}
		for range 40 {
			area := storetest.Areas()[random.IntN(len(storetest.Areas()))].Code
			c.CountsOf(start+civil.Day(random.IntN(6)), counts.FeverVisits, area, int64(random.IntN(9)), observe.Actual)
			c.Pass(time.Minute)
		}
		for _, asOf := range []time.Time{c.Center.Time(), c.Center.Time().Add(-20 * time.Minute)} {
			q := watch.SeriesQuery{Stream: counts.FeverVisits, Area: storetest.City, AsOf: asOf, Status: observe.Actual,
				Window: civil.Window{First: start, Last: start + 9}}
			own, err := db.OwnSeries(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			all := counts.Rollup(c.Tree.Areas(), own)
			for _, area := range storetest.Areas() {
				q.Area = area.Code
				one, err := db.Series(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				sorted := cmpopts.SortSlices(func(a, b string) bool { return a < b })
				if diff := cmp.Diff(all[area.Code], one, cmpopts.EquateEmpty(), sorted); diff != "" {
					t.Errorf("area %s: all at once (-), one by one (+):\n%s", area.Code, diff)
				}
			}
		}
	})
}
