package trial_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/detect/trial"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

var day0 = civil.MustDay("2021-03-01")

// told makes a history of one count a day, told on its evening.
func told(values ...int64) trial.History {
	h := trial.History{Area: "1", Areas: []place.Area{{Code: "1", Kind: place.City}}}
	for i, n := range values {
		d := day0 + civil.Day(i)
		h.Versions = append(h.Versions, counts.Version{Area: "1", Day: d, Source: "s", Count: n, Recorded: d.At(20, 0, time.UTC)})
	}
	return h
}

func usual(n int) []int64 {
	rng := stat.NewStream(1, "usual")
	values := make([]int64, n)
	for i := range values {
		values[i] = int64(rng.Poisson(10))
	}
	return values
}

func window(n int) civil.Window { return civil.Window{First: day0, Last: day0 + civil.Day(n) - 1} }

func rise(t *testing.T) detect.Indicator {
	t.Helper()
	all, err := detect.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, ind := range all {
		if ind.ID == "local-case-rise" {
			return ind
		}
	}
	t.Fatal("no indicator local-case-rise")
	return detect.Indicator{}
}

func TestALateCountIsFoundOnTheEveningOnWhichItWasTold(t *testing.T) {
	h := told(10, 11, 9, 10, 12, 10, 9, 11, 10, 9, 60, 10, 10)
	h.Versions[10].Recorded = h.Versions[10].Recorded.Add(48 * time.Hour)
	want := []trial.Finding{{Day: day0 + 10, Seen: day0 + 12, Observed: 60}}
	got := trial.Findings(rise(t), h, window(13), time.UTC)
	for i := range got {
		got[i].Score = 0
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnEveningKnowsTheFirstVersionAndNotTheCorrection(t *testing.T) {
	h := told(10, 11, 9, 10, 12, 10, 9, 11, 10, 9, 60)
	fixed := h.Versions[10]
	fixed.Count, fixed.Recorded = 10, fixed.Recorded.Add(72*time.Hour)
	h.Versions = append(h.Versions, fixed)
	got := trial.Findings(rise(t), h, window(20), time.UTC)
	if len(got) != 1 || got[0].Seen != day0+10 || got[0].Observed != 60 {
		t.Errorf("got %+v, want the 60 that was known that evening", got)
	}
}

func TestFindingsAreJudgedByTheOutbreakOfTheirDay(t *testing.T) {
	found := []trial.Finding{{Day: day0 + 2, Seen: day0 + 2}, {Day: day0 + 11, Seen: day0 + 13}, {Day: day0 + 12, Seen: day0 + 12}}
	got := trial.Judge(found, []trial.Outbreak{{First: day0 + 10, Last: day0 + 14}, {First: day0 + 20, Last: day0 + 24}}, window(30))
	want := trial.Mark{Outbreaks: 2, Found: 1, Delays: []int{2}, False: 1, Quiet: 20}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestALooserThresholdFindsMoreAndIsMoreOftenFalse(t *testing.T) {
	h := told(usual(160)...)
	w := civil.Window{First: day0 + 60, Last: day0 + 159}
	rng := stat.NewStream(7, "inject")
	cases := append(trial.Inject(h, w, 3, 12, &rng), trial.Case{History: h, Window: w, Counted: true})
	curve, err := trial.Tune(rise(t), cases, trial.Weights{Cost: 0.02, Rate: 0.1}, time.UTC, nil)
	if err != nil {
		t.Fatal(err)
	}
	best := 0
	for i, s := range curve {
		if i > 0 && (s.False < curve[i-1].False || s.Found < curve[i-1].Found || s.Threshold <= curve[i-1].Threshold) {
			t.Errorf("%g has %d false and %d found, the stricter %g had %d and %d", s.Threshold, s.False, s.Found, curve[i-1].Threshold, curve[i-1].False, curve[i-1].Found)
		}
		if s.Best {
			best++
		}
		if s.Outbreaks != 12 || s.Quiet != 100 {
			t.Errorf("%g was tried on %d outbreaks and %d quiet days", s.Threshold, s.Outbreaks, s.Quiet)
		}
	}
	if best != 1 || curve[len(curve)-1].Found == 0 {
		t.Errorf("%d best settings; the loosest found %d", best, curve[len(curve)-1].Found)
	}
	dear, err := trial.Tune(rise(t), cases, trial.Weights{Cost: 1, Rate: 0.001}, time.UTC, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range dear {
		if s.Best && s.False > dear[0].False {
			t.Errorf("where false alarms cost more than outbreaks the best has %d, the strictest %d", s.False, dear[0].False)
		}
	}
}

func TestAnIndicatorWithoutThresholdCannotBeTuned(t *testing.T) {
	all, err := detect.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, ind := range all {
		if ind.ID == "goods-positive" {
			if _, err := trial.Tune(ind, nil, trial.Weights{}, time.UTC, nil); !fault.Is(err, fault.Invalid) {
				t.Errorf("got %v", err)
			}
		}
	}
}

func TestWavesRunFromTheRiseToTheHigh(t *testing.T) {
	var points []counts.Point
	for i := range 120 {
		n := int64(10)
		if i >= 50 && i < 70 {
			n = 10 + int64(i-50)*5
		}
		if i >= 70 && i < 90 {
			n = 110 - int64(i-70)*5
		}
		points = append(points, counts.Point{Day: day0 + civil.Day(i), Count: n})
	}
	got := trial.Waves(points, 1)
	if len(got) != 1 || got[0].First < day0+50 || got[0].First > day0+58 || got[0].Last < day0+66 || got[0].Last > day0+73 {
		t.Errorf("got %v", got)
	}
	if flat := trial.Waves(points[:50], 1); len(flat) != 0 {
		t.Errorf("a flat stream has waves %v", flat)
	}
	if none := trial.Waves(nil, 1); len(none) != 0 {
		t.Errorf("nothing has waves %v", none)
	}
}
