package storetest_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/breakwater-eoc/breakwater/access"
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

// TestSourcesNarrowEverySeries asks each way of reading a stream for what one of
// two sources said.
func TestSourcesNarrowEverySeries(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := desktest.New(t, db)
		c.Watch.Sources["clinic"] = observe.Source{ID: "clinic", Kind: observe.Clinic, Area: storetest.Harbour}
		c.Counts(counts.FeverVisits, storetest.Harbour, 3)
		if _, err := c.Watch.Ingest(t.Context(), access.TheProgram(storetest.City), watch.Ingest{Source: "clinic", Status: observe.Actual, Key: "k",
			Rows: []counts.Row{{Stream: counts.FeverVisits, Area: storetest.Harbour, Day: c.Day(), Count: 8}}}); err != nil {
			t.Fatal(err)
		}
		for _, tc := range []struct {
			name    string
			sources []observe.SourceID
			want    int64
		}{
			{"all", nil, 11}, {"one", []observe.SourceID{"clinic"}, 8}, {"both", []observe.SourceID{"clinic", desktest.Commission}, 11},
			{"another", []observe.SourceID{"nobody"}, 0},
		} {
			q := watch.SeriesQuery{Stream: counts.FeverVisits, Area: storetest.Harbour, AsOf: c.Center.Time(), Status: observe.Actual,
				Window: civil.Window{First: c.Day(), Last: c.Day()}, Sources: tc.sources}
			sum := func(points []counts.Point) (n int64) {
				for _, p := range points {
					n += p.Count
				}
				return n
			}
			one, err := db.Series(t.Context(), q)
			own, err2 := db.OwnSeries(t.Context(), q)
			before, err3 := db.UncorrectedSeries(t.Context(), q, c.Center.Time())
			versions, err4 := db.SeriesVersions(t.Context(), q)
			if err := errors.Join(err, err2, err3, err4); err != nil {
				t.Fatal(err)
			}
			said := int64(0)
			for _, v := range versions {
				said += v.Count
			}
			got := []int64{sum(one), sum(own[storetest.Harbour]), sum(before[storetest.Harbour]), said}
			if diff := cmp.Diff([]int64{tc.want, tc.want, tc.want, tc.want}, got); diff != "" {
				t.Errorf("%s: series, own, uncorrected, versions (-want +got)\n%s", tc.name, diff)
			}
		}
	})
}
