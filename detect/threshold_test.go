package detect_test

import (
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
)

const weeklyYAML = `- id: admissions
  names: {zh: 住院, en: Admissions, ja: 入院, ko: 입원}
  stream: hospital.admissions
  areas: [city]
  detector: ears-c1
  params: {baseline: 7, alpha: 0.001}
  every: 7
  harm: 2
`

func weekly(t *testing.T) detect.Indicator {
	t.Helper()
	all, err := detect.ParseIndicators([]byte(weeklyYAML))
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

func TestAWeeklyStreamIsJudgedWeekByWeek(t *testing.T) {
	ind := weekly(t)
	var points []counts.Point
	for i, n := range []int64{10, 12, 9, 11, 10, 12, 11, 40} {
		points = append(points, counts.Point{Day: day0 + civil.Day(7*i), Count: n})
	}
	last := day0 + 49
	if e, ok := ind.Evaluate("1", points, last); !ok || e.Observed != 40 {
		t.Errorf("a jump of the last week: got %+v, %t", e, ok)
	}
	if _, ok := ind.Evaluate("1", points, last-7); ok {
		t.Error("the usual week before was found")
	}
	daily := append([]counts.Point{{Day: last - 3, Count: 500}}, points...)
	if e, ok := ind.Evaluate("1", daily, last); !ok || *e.Expected > 12 {
		t.Errorf("a count of another rhythm took part in the baseline: %+v, %t", e, ok)
	}
	if got, want := ind.Reach(), 7*364; got != want {
		t.Errorf("a weekly indicator reaches back %d days, want %d", got, want)
	}
}

func TestAnIndicatorIsForDaysOrWeeks(t *testing.T) {
	_, err := detect.ParseIndicators([]byte(strings.Replace(weeklyYAML, "every: 7", "every: 3", 1)))
	if err == nil || !strings.Contains(err.Error()+placesOf(err), "every: must be 1 or 7") {
		t.Errorf("got %v", err)
	}
}

func TestAThresholdIsTurnedWithoutTouchingTheIndicator(t *testing.T) {
	ind := weekly(t)
	if got, ok := ind.Setting(); !ok || got != 0.001 {
		t.Errorf("the setting is %g, %t; want 0.001", got, ok)
	}
	strict, err := ind.At(0.00001)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := strict.Setting(); got != 0.00001 {
		t.Errorf("turned to %g", got)
	}
	if got, _ := ind.Setting(); got != 0.001 {
		t.Errorf("the indicator itself was turned to %g", got)
	}
	quiet := indicator(t, "local-case-after-quiet")
	longer, err := quiet.At(28)
	if err != nil {
		t.Fatal(err)
	}
	points := append(series(3), series(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)...)
	points[0].Day--
	if _, ok := quiet.Evaluate("1", points, day0+20); !ok {
		t.Error("a case after twenty quiet days was not found by fourteen")
	}
	if _, ok := longer.Evaluate("1", points, day0+20); ok {
		t.Error("a case after twenty quiet days was found by twenty-eight")
	}
	if _, err := indicator(t, "goods-positive").At(1); err == nil || !strings.Contains(err.Error(), "has no threshold") {
		t.Errorf("turning what cannot be turned said %v", err)
	}
}

func TestEveryThresholdWorthTryingCanBeSet(t *testing.T) {
	all, err := detect.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, ind := range all {
		th, err := ind.Threshold()
		if err != nil {
			continue
		}
		for _, v := range th.Values {
			if _, err := ind.At(v); err != nil {
				t.Errorf("%s at %g: %v", ind.ID, v, err)
			}
		}
	}
}

func placesOf(err error) string {
	var b strings.Builder
	for _, p := range fault.PlacesOf(err) {
		b.WriteString(p.Problem)
	}
	return b.String()
}
