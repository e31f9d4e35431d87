package aberration_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/series"
)

// weekly returns a series of weeks without dates.
func weekly(counts ...float64) series.Series {
	return series.Series{Step: series.Weekly, Counts: counts}
}

// method returns a detector by name with parameters of a test.
func method(t *testing.T, name, params string, mode aberration.Mode) aberration.Detector {
	t.Helper()
	d, err := aberration.ByName(name, []byte(params), mode)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestByNameRefusesWhatItCannotUse(t *testing.T) {
	for _, tc := range []struct {
		name, method, params, want string
		kind                       fault.Kind
	}{
		{"an unknown method", "oracle", "", "there are", fault.NotFound},
		{"an unknown parameter", "ears-c1", `{"sigma":1}`, "sigma", fault.Invalid},
		{"a parameter of another type", "ears-c1", `{"baseline":"seven"}`, "baseline", fault.Invalid},
		{"a baseline below three", "ears-c1", `{"baseline":2}`, "baseline must lie", fault.Invalid},
		{"an error probability above a half", "ears-c2", `{"alpha":0.7}`, "alpha must lie", fault.Invalid},
		{"parameters of another method", "ears-c1", `{"method":"C2"}`, "wanted C1", fault.Invalid},
		{"no object", "ears-c1", `[1]`, "cannot be read", fault.Invalid},
		{"two objects", "ears-c1", `{} {}`, "one JSON object", fault.Invalid},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := aberration.ByName(tc.method, []byte(tc.params), aberration.Correct)
			if err == nil || !fault.Is(err, tc.kind) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error = %v, want %v with %q", err, tc.kind, tc.want)
			}
		})
	}
}

func TestEveryMethodAbstainsOnDataItCannotJudge(t *testing.T) {
	day := civil.MustDay("2020-01-06")
	for _, tc := range []struct {
		name string
		s    series.Series
		at   []int
	}{
		{"an empty series", weekly(), []int{0}},
		{"a place before the first", weekly(1, 2, 3), []int{-1}},
		{"a place after the last", weekly(1, 2, 3), []int{3}},
		{"no past at all", weekly(1, 2, 3), []int{0}},
		{"a missing count", weekly(repeat(400, math.NaN())...), []int{390}},
		{"a negative count", weekly(-1, 2, 3), []int{2}},
		{"days in no order", series.Series{Step: series.Weekly, Counts: []float64{1, 2}, Days: []civil.Day{day, day}}, []int{1}},
		{"a step of nothing", series.Series{Counts: []float64{1, 2}}, []int{1}},
	} {
		for _, name := range aberration.Names() {
			for mode, suffix := range map[aberration.Mode]string{aberration.Correct: "", aberration.Compat: ", compat"} {
				t.Run(tc.name+" to "+name+suffix, func(t *testing.T) {
					for _, v := range method(t, name, "", mode)(tc.s, tc.at) {
						if v.Abstained == "" || v.Alarm {
							t.Errorf("verdict %+v, want an abstention", v)
						}
					}
				})
			}
		}
	}
}

func repeat(n int, v float64) []float64 {
	counts := make([]float64, n)
	for i := range counts {
		counts[i] = v
	}
	return counts
}

func TestC1AlarmsAboveThreeStandardDeviations(t *testing.T) {
	quiet := []float64{4, 6, 5, 5, 4, 6, 5}
	for _, tc := range []struct {
		name  string
		count float64
		alarm bool
	}{
		{"an ordinary count", 6, false},
		{"a count just below the bound", 7.5, false},
		{"a count just above the bound", 7.6, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := method(t, "ears-c1", "", aberration.Correct)(weekly(append(quiet, tc.count)...), []int{7})[0]
			if got.Alarm != tc.alarm {
				t.Errorf("alarm = %v at %v above %v, want %v", got.Alarm, got.Observed, got.Bound, tc.alarm)
			}
		})
	}
}

func TestC3LooksAtTheCountItselfUnlessCompat(t *testing.T) {
	s := weekly(4, 6, 5, 5, 4, 6, 5, 5, 4, 5, 6, 40)
	at := []int{11}
	if v := method(t, "ears-c3", "", aberration.Correct)(s, at)[0]; !v.Alarm {
		t.Errorf("no alarm at 40 after a quiet baseline: %+v", v)
	}
	if v := method(t, "ears-c3", "", aberration.Compat)(s, at)[0]; v.Alarm {
		t.Errorf("the reference does not alarm in the first week, but %+v", v)
	}
}

func TestRowsHoldNoNaN(t *testing.T) {
	s := weekly(1, 2, 3)
	rows := aberration.Rows(s, method(t, "ears-c1", "", aberration.Correct)(s, aberration.All(s)))
	raw, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"t":1,"date":null,"observed":1,"expected":null,"upperbound":null,"pvalue":null,"score":null,"alarm":false,"abstained":"needs 7 counts before this one, has 0"}`
	if !strings.Contains(string(raw), want) {
		t.Errorf("rows %s\nlack %s", raw, want)
	}
}
