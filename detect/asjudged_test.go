package detect_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

var cst = time.FixedZone("CST", 8*3600)

var oneCity = []place.Area{{Code: "city", Kind: place.City}, {Code: "east", Parent: "city", Kind: place.District}}

// told is what a source said of a day, some days and hours after its midnight.
func told(area place.Code, day civil.Day, count int64, later civil.Day, hour int) counts.Version {
	return counts.Version{Area: area, Day: day, Source: "s", Count: count, Basis: place.Stated, Recorded: (day + later).At(hour, 0, cst).UTC()}
}

func TestAVerdictRestsOnWhatWasKnownWhenTheDayCouldFirstBeJudged(t *testing.T) {
	quiet := indicator(t, "local-case-after-quiet")
	d := day0 + 20
	versions := []counts.Version{
		told("city", day0, 0, 0, 20),
		told("city", d, 1, 0, 20),   // a typo
		told("city", d+4, 2, 0, 20), // hidden by it
		told("city", d, 0, 6, 9),    // corrected
		told("city", d+6, 1, 3, 9),  // told three days late
	}
	asOf := (d + 10).At(12, 0, cst)
	got := detect.AsJudged(quiet, oneCity, "city", versions, civil.Window{First: d, Last: d + 30}, asOf, cst)
	if len(got) != 11 {
		t.Fatalf("%d days, want the eleven that have begun", len(got))
	}
	type said struct {
		judged    civil.Day
		then, now bool
		cause     aberration.Cause
	}
	want := map[civil.Day]said{
		d:     {d, true, false, ""},
		d + 1: {d + 1, false, false, aberration.Unreported},
		d + 4: {d + 4, false, true, ""},
		d + 6: {d + 9, false, false, ""},
	}
	for _, j := range got {
		w, ok := want[j.Then.Day]
		if !ok {
			continue
		}
		if s := (said{civil.DayOf(j.At, cst), j.Then.Alarm, j.Now.Alarm, j.Then.Cause}); s != w {
			t.Errorf("%s: %+v, want %+v", j.Then.Day, s, w)
		}
	}
	if j := got[0]; *j.Then.Count != 1 || *j.Now.Count != 0 || j.Then.Same(j.Now) || !got[1].Then.Same(got[1].Now) {
		t.Errorf("the corrected day is %d then and %d now, and only it differs", *j.Then.Count, *j.Now.Count)
	}
	if last := got[10]; !last.At.Equal(asOf) {
		t.Errorf("a day that is not over is judged at %s, want the instant asked about", last.At)
	}
	// Asked before the correction, nobody knows of it.
	early := detect.AsJudged(quiet, oneCity, "city", versions[:3], civil.Window{First: d, Last: d}, (d+5).At(12, 0, cst), cst)
	if !early[0].Now.Alarm || !early[0].Then.Same(early[0].Now) {
		t.Errorf("before the correction: %+v", early[0])
	}
}

// TestUnfoldingEqualsAskingEveryDay compares the one reading with a reading of
// everything that was known on each evening.
func TestUnfoldingEqualsAskingEveryDay(t *testing.T) {
	rise := indicator(t, "fever-visits-rise")
	random := stat.NewStream(7, "unfolding")
	var versions []counts.Version
	for i := range civil.Day(90) {
		for _, area := range []place.Code{"city", "east"} {
			if area == "city" && i%9 != 0 {
				continue // the city has a figure of its own now and then
			}
			n := int64(8 + random.IntN(8))
			if i%31 == 30 {
				n *= 4
			}
			versions = append(versions, told(area, day0+i, n, civil.Day(random.IntN(3)), 18))
			if random.IntN(5) == 0 {
				versions = append(versions, told(area, day0+i, n/2, 3+civil.Day(random.IntN(20)), 11))
			}
		}
	}
	byRecording(versions)
	asOf := (day0 + 130).At(12, 0, cst)
	w := civil.Window{First: day0 + 5, Last: day0 + 89}
	alarms, differ := 0, 0
	for _, j := range detect.AsJudged(rise, oneCity, "city", versions, w, asOf, cst) {
		day := j.Then.Day
		then := rise.Judge(counts.AsKnown(oneCity, versions, j.At)["city"], day)
		now := rise.Judge(counts.AsKnown(oneCity, versions, asOf)["city"], day)
		if d := cmp.Diff([]detect.Verdict{then, now}, []detect.Verdict{j.Then, j.Now}); d != "" {
			t.Errorf("%s: -asked each day +unfolded\n%s", day, d)
		}
		if j.Then.Alarm {
			alarms++
		}
		if !j.Then.Same(j.Now) {
			differ++
		}
	}
	if alarms == 0 || differ == 0 {
		t.Errorf("%d alarms and %d days that differ: the series tests nothing", alarms, differ)
	}
}

func TestAWeeklyStreamHasVerdictsOfItsOwnDaysOnly(t *testing.T) {
	weekly := parsed(t, "- {id: w, names: {zh: a, en: a, ja: a, ko: a}, stream: hospital.admissions, areas: [city], detector: ears-c1, params: {baseline: 7, minSigma: 1}, every: 7, harm: 1}")
	var versions []counts.Version
	for i := range civil.Day(10) {
		versions = append(versions, told("city", day0+7*i, 5, 1, 9))
	}
	got := detect.AsJudged(weekly, oneCity, "city", versions, civil.Window{First: day0, Last: day0 + 70}, (day0+100).At(0, 0, cst), cst)
	if len(got) != 10 || got[0].Then.Cause != aberration.Short || got[9].Then.Cause != "" || got[9].Then.Bound == nil {
		t.Errorf("%d verdicts, the first %+v, the last %+v", len(got), got[0].Then, got[len(got)-1].Then)
	}
}

func parsed(t *testing.T, text string) detect.Indicator {
	t.Helper()
	all, err := detect.ParseIndicators([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

func byRecording(versions []counts.Version) {
	slices.SortStableFunc(versions, func(a, b counts.Version) int { return a.Recorded.Compare(b.Recorded) })
}
