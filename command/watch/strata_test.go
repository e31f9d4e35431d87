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
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

// asking makes a desk put one question, by strata.
func asking(t *testing.T, c *desktest.Command, strata string) {
	t.Helper()
	all, err := detect.ParseIndicators([]byte("- {id: rise, names: {zh: a, en: a, ja: a, ko: a}, stream: fever.visits, areas: [city], " +
		strata + ", group: street, detector: ears-c2, params: {baseline: 7, minSigma: 1}, harm: 2}"))
	if err != nil {
		t.Fatal(err)
	}
	c.Watch.Indicators = all
}

// strataOf lists the strata of a signal's findings.
func strataOf(s detect.Signal) map[detect.Stratum]float64 {
	seen := map[detect.Stratum]float64{}
	for _, e := range s.Evidence {
		seen[e.Stratum] = e.Observed
	}
	return seen
}

func TestSettingsAreJudgedEachOnItsOwn(t *testing.T) {
	c := open(t)
	asking(t, c, "by: setting")
	for i := range c.Watch.Areas {
		if c.Watch.Areas[i].Code == storetest.West {
			c.Watch.Areas[i].Setting = place.Rural
		}
	}
	c.Watch.Areas[0].Setting = place.Rural // of the city itself: it says nothing of its parts
	for day := range 12 {
		c.Pass(24 * time.Hour)
		many := int64(400 + 40*(day%2))
		few := int64(3)
		if day == 11 {
			few = 30 // drowned in the city's sum
		}
		c.CountsOf(c.Day(), counts.FeverVisits, storetest.Harbour, many, observe.Actual)
		c.CountsOf(c.Day(), counts.FeverVisits, storetest.West, few, observe.Actual)
	}
	found := c.Scan()
	if len(found) != 1 {
		t.Fatalf("%d signals, want the one of the country: %+v", len(found), found)
	}
	if got := strataOf(found[0]); len(got) != 1 || got["setting:rural"] != 30 {
		t.Errorf("the findings are %v, want the 30 of the country", got)
	}
	stands, err := c.Watch.Stands(t.Context(), found[0])
	if err != nil || len(stands) != 1 || !stands[0] {
		t.Errorf("nothing was corrected, and it stands %v, %v", stands, err)
	}
	q := watch.VerdictQuery{Indicator: "rise", Stratum: "setting:rural", SeriesQuery: watch.SeriesQuery{Area: storetest.City,
		Window: civil.Window{First: c.Day(), Last: c.Day()}, AsOf: c.Center.Time(), Status: observe.Actual}}
	v, err := c.Watch.Verdicts(t.Context(), epidemiologist, q)
	if err != nil || len(v.Days) != 1 || *v.Days[0].Then.Count != 30 || !v.Days[0].Then.Alarm || len(v.Signals) != 1 {
		t.Errorf("the verdict on the country is %+v, %v", v, err)
	}
	q.Stratum = "setting:urban"
	if v, err = c.Watch.Verdicts(t.Context(), epidemiologist, q); err != nil || v.Days[0].Then.Alarm || len(v.Signals) != 0 {
		t.Errorf("the verdict on the town is %+v, %v", v, err)
	}
	q.Stratum = "setting:sea"
	if _, err = c.Watch.Verdicts(t.Context(), epidemiologist, q); err == nil {
		t.Error("a stratum that there is not was judged")
	}
}

func TestStrataOfTheSameDayAreOneSignal(t *testing.T) {
	c := open(t)
	asking(t, c, "by: source-kind")
	c.Watch.Sources["clinic"] = observe.Source{ID: "clinic", Kind: observe.Clinic, Area: storetest.Harbour}
	c.Watch.Sources["school"] = observe.Source{ID: "school", Kind: observe.School, Area: storetest.Harbour}
	report := func(source observe.SourceID, n int64) {
		_, err := c.Watch.Ingest(t.Context(), epidemiologist, watch.Ingest{Source: source, Status: observe.Actual, Key: string(source) + c.Day().String(),
			Rows: []counts.Row{{Stream: counts.FeverVisits, Area: storetest.Harbour, Day: c.Day(), Count: n}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	for day := range 12 {
		c.Pass(24 * time.Hour)
		rise := int64(0)
		if day == 11 {
			rise = 40
		}
		report("clinic", 10+int64(day%2)+rise)
		report("school", 5+rise)
	}
	found := c.Scan()
	if len(found) != 1 {
		t.Fatalf("%d signals, want one of both strata: %+v", len(found), found)
	}
	got := strataOf(found[0])
	if len(got) != 2 || got["source-kind:clinic"] != 51 || got["source-kind:school"] != 45 {
		t.Errorf("the findings are %v", got)
	}
	if again := c.Scan(); len(again) != 0 {
		t.Errorf("a second scan of the same facts changed %+v", again)
	}
}
