package aberration_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/series"
)

// short are methods with parameters under which two and a half years suffice.
var short = map[string]string{
	"ears-c1":             `{}`,
	"ears-c2":             `{"minSigma":0.5}`,
	"ears-c3":             `{"minSigma":0.5}`,
	"farrington":          `{"b":2,"limit54":[0,4]}`,
	"farrington-flexible": `{"b":2,"noPeriods":5,"limit54":[0,4],"thresholdMethod":"nbPlugin"}`,
	"bayes":               `{"b":1}`,
	"rki":                 `{"b":1}`,
	"cusum":               `{"trans":"rossi"}`,
	"glr":                 `{"M":20}`,
	"outbreakp":           `{"from":100}`,
	"combined":            `{}`,
	"growth":              `{"noise":20}`,
}

const (
	anyWeeks = 130
	judged   = 120
)

// anyCounts draws weekly counts with the odd missing one.
func anyCounts(t *rapid.T) []float64 {
	top := rapid.SampledFrom([]int{0, 1, 5, 40, 3000}).Draw(t, "top")
	counts := make([]float64, anyWeeks)
	for i := range counts {
		counts[i] = float64(rapid.IntRange(0, top).Draw(t, "count"))
		if rapid.IntRange(0, 40).Draw(t, "gap") == 0 {
			counts[i] = math.NaN()
		}
	}
	return counts
}

func TestVerdictsDoNotLookAhead(t *testing.T) {
	for name, params := range short {
		t.Run(name, func(t *testing.T) {
			d := method(t, name, params, aberration.Correct)
			rapid.Check(t, func(t *rapid.T) {
				s := weekly(anyCounts(t)...)
				at := aberration.Range(judged-5, judged)
				with, without := d(s, at), d(s.Until(judged+1), at)
				for i := range with {
					if !same(with[i], without[i]) {
						t.Fatalf("with the future %+v, without %+v", with[i], without[i])
					}
				}
			})
		})
	}
}

func same(a, b aberration.Verdict) bool {
	equal := func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) }
	return a.T == b.T && equal(a.Bound, b.Bound) && equal(a.PValue, b.PValue) && equal(a.Score, b.Score) && a.Alarm == b.Alarm
}

// TestMoreCasesNeverSilenceAnAlarm raises the judged count.
func TestMoreCasesNeverSilenceAnAlarm(t *testing.T) {
	for name, params := range short {
		t.Run(name, func(t *testing.T) {
			d := method(t, name, params, aberration.Correct)
			rapid.Check(t, func(t *rapid.T) {
				counts := anyCounts(t)
				if math.IsNaN(counts[judged]) {
					counts[judged] = 0
				}
				s, at := weekly(counts...), []int{judged}
				before := d(s, at)[0]
				counts[judged] += float64(rapid.IntRange(1, 500).Draw(t, "more"))
				after := d(s, at)[0]
				if before.Alarm && !after.Alarm {
					t.Fatalf("alarm at %v (%+v), none at %v (%+v)", before.Observed, before, after.Observed, after)
				}
			})
		})
	}
}

// TestVerdictsDoNotDependOnTheDate moves a series by whole years of weeks.
func TestVerdictsDoNotDependOnTheDate(t *testing.T) {
	for name, params := range short {
		if name == "combined" {
			continue // seasons follow the calendar year, which is not whole weeks
		}
		t.Run(name, func(t *testing.T) {
			d := method(t, name, params, aberration.Correct)
			rapid.Check(t, func(t *rapid.T) {
				counts := anyCounts(t)
				dated := func(first civil.Day) series.Series {
					s := weekly(counts...)
					for i := range counts {
						s.Days = append(s.Days, first+civil.Day(7*i))
					}
					return s
				}
				// Twenty-eight years later every day has its weekday again.
				at := []int{judged}
				a, b := d(dated(civil.MustDay("1990-01-01")), at)[0], d(dated(civil.MustDay("2018-01-01")), at)[0]
				if !same(a, b) {
					t.Fatalf("in 1990 %+v, in 2018 %+v", a, b)
				}
			})
		})
	}
}

func TestConstantAndEmptySeriesDoNotAlarm(t *testing.T) {
	for name, params := range short {
		for _, level := range []float64{0, 1, 7, 1000} {
			for mode := range map[aberration.Mode]bool{aberration.Correct: true, aberration.Compat: true} {
				s := weekly(repeat(anyWeeks, level)...)
				for _, v := range method(t, name, params, mode)(s, aberration.Range(judged, judged+5)) {
					if v.Alarm && !(name == "rki" || name == "cusum") {
						t.Errorf("%s alarms on a series of %v: %+v", name, level, v)
					}
				}
			}
		}
	}
}

// FuzzVerdicts feeds absurd counts; no detector may panic or take for ever.
func FuzzVerdicts(f *testing.F) {
	f.Add([]byte{0, 0, 0, 1, 2, 3}, uint8(0), 1e300)
	f.Add([]byte{255, 255, 0, 0, 255}, uint8(3), math.NaN())
	f.Add([]byte{}, uint8(7), -1.0)
	names := aberration.Names()
	f.Fuzz(func(t *testing.T, raw []byte, pick uint8, odd float64) {
		counts := make([]float64, 0, anyWeeks+1)
		for i := range anyWeeks {
			if len(raw) > 0 {
				counts = append(counts, float64(raw[i%len(raw)]))
			} else {
				counts = append(counts, 0)
			}
		}
		counts = append(counts, odd)
		name := names[int(pick)%len(names)]
		d, err := aberration.ByName(name, []byte(short[name]), aberration.Mode(pick%2))
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range d(weekly(counts...), aberration.Range(judged, anyWeeks)) {
			if v.Alarm && v.Abstained != "" {
				t.Errorf("%s alarms and abstains at once: %+v", name, v)
			}
		}
	})
}

func TestRatesTreatAPlaceThatWasShutAsUnknown(t *testing.T) {
	s := series.Series{Step: series.Weekly, Counts: make([]float64, anyWeeks), Population: make([]float64, anyWeeks)}
	for i := range s.Counts {
		s.Counts[i], s.Population[i] = float64(20+i%5), 1000
	}
	const shut = judged - 52 - 1
	s.Counts[shut], s.Population[shut] = 0, 0
	d := method(t, "farrington-flexible", `{"b":2,"noPeriods":5,"populationOffset":true,"thresholdMethod":"nbPlugin"}`, aberration.Correct)
	got := d(s, []int{judged, shut})
	if v := got[0]; v.Abstained != "" || !(v.Expected > 19 && v.Expected < 25) {
		t.Errorf("the week after a year says %+v, want about 22 expected", v)
	}
	if v := got[1]; v.Abstained == "" || v.Alarm {
		t.Errorf("the week in which the place was shut says %+v, want an abstention", v)
	}
}
