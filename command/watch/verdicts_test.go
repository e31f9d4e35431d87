package watch_test

import (
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

func verdicts(c *desktest.Command, who access.Actor, indicator string, area place.Code, w civil.Window) (watch.Verdicts, error) {
	return c.Watch.Verdicts(c.TB.Context(), who, watch.VerdictQuery{Indicator: indicator,
		SeriesQuery: watch.SeriesQuery{Area: area, Window: w, AsOf: c.Center.Time(), Status: observe.Actual}})
}

func TestVerdictsShowWhatWasSaidThenAndTheSignalsThatCameOfIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := desktest.New(t, db)
		c.Quiet(counts.ConfirmedLocal, storetest.East, 20)
		mistaken := c.Day()
		raised := lived(c, counts.ConfirmedLocal, storetest.East, 1, 0, 0)
		c.CountsOf(mistaken, counts.ConfirmedLocal, storetest.East, 0, observe.Actual)
		c.Round()
		w := civil.Trailing(c.Day(), 5)
		v, err := verdicts(c, epidemiologist, "local-case-after-quiet", storetest.City, w)
		if err != nil || len(v.Days) != 5 || len(v.Signals) != 1 || v.Signals[0].ID != raised[0].ID {
			t.Fatalf("verdicts = %+v, %v, want five days and the signal", v, err)
		}
		j := v.Days[mistaken-w.First]
		if !j.Then.Alarm || *j.Then.Count != 1 || j.Now.Alarm || *j.Now.Count != 0 {
			t.Errorf("the mistaken day = %+v, want unusual then and not now", j)
		}
		if civil.DayOf(j.At, c.Center.City) != mistaken {
			t.Errorf("it was judged at %s, want on its own day", j.At)
		}
		// Of another area of the same signal the signal is told too, of one without a finding it is not.
		if east, err := verdicts(c, epidemiologist, "local-case-after-quiet", storetest.East, w); err != nil || len(east.Signals) != 1 {
			t.Errorf("in the district: %+v, %v", east.Signals, err)
		}
		if west, err := verdicts(c, epidemiologist, "local-case-after-quiet", storetest.West, w); err != nil || len(west.Signals) != 0 || west.Days[0].Then.Count != nil {
			t.Errorf("in a district without reports: %+v, %v", west, err)
		}
		// As of the evening before the correction nobody knows of it.
		early := watch.VerdictQuery{Indicator: "local-case-after-quiet", SeriesQuery: watch.SeriesQuery{Area: storetest.City, Window: w,
			AsOf: c.Center.Time().Add(-time.Hour), Status: observe.Actual}}
		if v, err := c.Watch.Verdicts(t.Context(), epidemiologist, early); err != nil || !v.Days[mistaken-w.First].Now.Alarm {
			t.Errorf("an hour before the correction: %+v, %v", v.Days, err)
		}
	})
}

func TestVerdictsAreRefused(t *testing.T) {
	c := open(t)
	w := civil.Trailing(c.Day(), 5)
	for _, tc := range []struct {
		name      string
		who       access.Actor
		indicator string
		area      place.Code
		w         civil.Window
		want      fault.Kind
	}{
		{"an indicator that is none", epidemiologist, "oracle", storetest.City, w, fault.NotFound},
		{"an area that is none", epidemiologist, "goods-positive", storetest.Elsewhere, w, fault.NotFound},
		{"an area of a rank that it does not judge", epidemiologist, "goods-positive", storetest.Harbour, w, fault.Invalid},
		{"another's district", desktest.Officer(access.AreaOfficer, storetest.West), "goods-positive", storetest.East, w, fault.Forbidden},
		{"no day", epidemiologist, "goods-positive", storetest.City, civil.Window{First: 5, Last: 4}, fault.Invalid},
		{"too many days", epidemiologist, "goods-positive", storetest.City, civil.Trailing(c.Day(), watch.MostDays+1), fault.Invalid},
	} {
		if _, err := verdicts(c, tc.who, tc.indicator, tc.area, tc.w); !fault.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
}

func TestEveryIndicatorTellsWhenItSpokeAndWhenDataCame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := desktest.New(t, db)
		lived(c, counts.GoodsPositive, storetest.East, 2)
		c.Pass(40 * evening)
		c.Quiet(counts.ConfirmedLocal, storetest.East, 15)
		lived(c, counts.ConfirmedLocal, storetest.East, 1)
		of := func(who access.Actor) map[string]watch.Voice {
			t.Helper()
			all, err := c.Watch.Voices(t.Context(), who, watch.SeriesQuery{AsOf: c.Center.Time(), Status: observe.Actual})
			if err != nil {
				t.Fatal(err)
			}
			by := map[string]watch.Voice{}
			for _, v := range all {
				by[v.ID] = v
			}
			return by
		}
		voices := of(epidemiologist)
		if len(voices) != len(c.Watch.Indicators) {
			t.Fatalf("%d indicators, want all", len(voices))
		}
		yesterday := c.Day() - 1
		if v := voices["local-case-after-quiet"]; v.Last == nil || v.Last.Day != yesterday || v.Findings != 2 || v.Signals != 1 || v.Data == nil || v.Data.Day != yesterday {
			t.Errorf("the first case = %+v, want two areas in one signal yesterday", v)
		}
		if v := voices["goods-positive"]; v.Last == nil || v.Last.Day != yesterday-56 || v.Findings != 0 || v.Signal == "" || v.Data == nil {
			t.Errorf("goods of eight weeks ago = %+v, want when it last spoke and nothing lately", v)
		}
		if v := voices["wastewater-rise"]; v.Last != nil || v.Data != nil || v.Signal != "" {
			t.Errorf("a stream that nobody reports = %+v", v)
		}
		// Who sees only another district hears nothing of this one.
		if v := of(desktest.Officer(access.AreaOfficer, storetest.West))["local-case-after-quiet"]; v.Last != nil || v.Findings != 0 || v.Data != nil {
			t.Errorf("for the officer of another district = %+v", v)
		}
		if _, err := c.Watch.Voices(t.Context(), access.Actor{}, watch.SeriesQuery{AsOf: c.Center.Time()}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("nobody: %v, want forbidden", err)
		}
	})
}

func TestTheBandOfACurveIsThatOfTheIndicatorThatJudgesSuchAreas(t *testing.T) {
	c := open(t)
	for area, want := range map[place.Code]string{storetest.East: "local-case-rise", storetest.Harbour: ""} {
		curve, err := c.Watch.Curve(t.Context(), epidemiologist, watch.SeriesQuery{Stream: counts.ConfirmedLocal, Area: area,
			Window: civil.Trailing(c.Day(), 3), AsOf: c.Center.Time(), Status: observe.Actual})
		if err != nil || curve.Indicator.ID != want || curve.Indicator.Reach() != detect.Lookback {
			t.Errorf("in %s: %+v, %v, want the indicator %q", area, curve.Indicator, err, want)
		}
	}
}
