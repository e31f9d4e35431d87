package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// file writes a table for a test.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// answer decodes what a sub-command printed for machines.
func answer[T any](t *testing.T, got said) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(got.out), &v); err != nil || got.code != exitDone {
		t.Fatalf("said %+v: %v", got, err)
	}
	return v
}

// answers reads one JSON object a line.
func answers[T any](t *testing.T, got said) []T {
	t.Helper()
	var all []T
	for d := json.NewDecoder(strings.NewReader(got.out)); d.More(); {
		var v T
		if err := d.Decode(&v); err != nil {
			t.Fatalf("said %+v: %v", got, err)
		}
		all = append(all, v)
	}
	if got.code != exitDone || len(all) == 0 {
		t.Fatalf("said %+v", got)
	}
	return all
}

func TestRtFollowsGrowthAndDecline(t *testing.T) {
	text := "t,count\n"
	for day := range 40 {
		n := 20
		if day >= 20 {
			n = 80
		}
		text += fmt.Sprintf("%d,%d\n", day+1, n)
	}
	path := file(t, "days.csv", text)
	rows := answers[rtRow](t, breakwater(t, "", "rt", "--json", path))
	if len(rows) != 33 || *rows[32].Mean < 0.9 || *rows[32].Mean > 1.1 || *rows[17].Mean < 1.5 {
		t.Errorf("%d windows, last %v, while rising %v; want 33, about 1 and above 1.5", len(rows), *rows[32].Mean, *rows[17].Mean)
	}
	uncertain := answers[rtRow](t, breakwater(t, "", "rt", "--std-mean-si", "1", "--draws", "50", "--json", path))
	if *uncertain[17].SD <= *rows[17].SD {
		t.Errorf("an uncertain serial interval gives sd %v, a known one %v", *uncertain[17].SD, *rows[17].SD)
	}
	if got := breakwater(t, "", "rt", path); !strings.Contains(got.out, "34-40") {
		t.Errorf("the table has no last window:\n%s", got.out)
	}
	if got := breakwater(t, "", "rt", "--window", "99", path); got.code != exitCouldNot {
		t.Errorf("a window longer than the series: %+v", got)
	}
}

func TestForecastGoesOnWhereTheCasesAre(t *testing.T) {
	text := "date,count\n"
	for day := range 28 {
		text += fmt.Sprintf("2020-02-%02d,20\n", day+1)
	}
	path := file(t, "cases.csv", text)
	rows := answers[forecastRow](t, breakwater(t, "", "forecast", "--days", "3", "--futures", "400", "--json", path))
	if len(rows) != 3 || rows[0].Date.String() != "2020-02-29" || rows[2].Low >= 20 || rows[2].High <= 20 || rows[2].Median < 10 || rows[2].Median > 30 {
		t.Errorf("rows %+v, want three days about 20", rows)
	}
	if got := breakwater(t, "", "forecast", path); !strings.Contains(got.out, "2020-03-06") {
		t.Errorf("the table has no seventh day:\n%s", got.out)
	}
	if got := breakwater(t, "", "forecast", "--days", "99", path); got.code != exitCouldNot || got.err == "" {
		t.Errorf("a forecast of 99 days: %+v", got)
	}
}

func TestNowcastExpectsMoreThanIsIn(t *testing.T) {
	text := "onset,known\n"
	for day := range 28 {
		for delay := range 5 {
			text += fmt.Sprintf("2020-02-%02d,%s\n", day+1, fmt.Sprintf("2020-02-%02d", min(29, day+1+delay)))
		}
	}
	path := file(t, "cases.csv", text)
	rows := answers[nowcastRow](t, breakwater(t, "", "nowcast", "--event", "onset", "--report", "known", "--now", "2020-02-20", "--longest", "5", "--json", path))
	last := rows[len(rows)-1]
	if last.Day.String() != "2020-02-20" || last.Seen != 1 || last.Median == nil || *last.Median <= last.Seen {
		t.Errorf("last day %+v, want one case seen and more expected", last)
	}
	for name, args := range map[string][]string{
		"an unknown column":  {"--event", "none", "--report", "known", path},
		"an unknown method":  {"--event", "onset", "--report", "known", "--method", "oracle", path},
		"a day that is none": {"--event", "onset", "--report", "known", "--now", "soon", path},
	} {
		if got := breakwater(t, "", append([]string{"nowcast"}, args...)...); got.code != exitCouldNot || got.err == "" {
			t.Errorf("%s: said %+v", name, got)
		}
	}
}

func TestScanFindsThePlaceThatStandsOut(t *testing.T) {
	counts, places := "a,b,c,d\n", "unit,x,y,population\na,0,0,1000\nb,-1,0,1000\nc,2,0,1000\nd,3,0,1000\n"
	for day := range 20 {
		n := 4
		if day >= 17 {
			n = 25
		}
		counts += fmt.Sprintf("4,5,%d,4\n", n)
	}
	args := []string{"scan", file(t, "counts.csv", counts), "--places", file(t, "places.csv", places), "--nearest", "2", "--rows", "5"}
	for _, model := range []string{"pb_poisson", "eb_poisson", "permutation"} {
		rows := answers[scanRow](t, breakwater(t, "", append(args, "--json", "--model", model)...))
		if len(rows) == 0 || rows[0].Duration != 3 || rows[0].Places[0] != "c" && model != "permutation" {
			t.Errorf("%s found %+v, want place c over the newest 3", model, rows)
		}
	}
	if got := breakwater(t, "", append(args, "--model", "oracle")...); got.code != exitCouldNot {
		t.Errorf("an unknown model: %+v", got)
	}
}

func TestBenchDetectScoresTheMethodsAskedFor(t *testing.T) {
	type report struct {
		Methods map[string]struct {
			POD map[string]float64 `json:"pod"`
		} `json:"methods"`
	}
	r := answer[report](t, breakwater(t, "", "bench", "detect", "--rounds", "1", "--method", "ears-c1", "--json"))
	if len(r.Methods) != 1 || r.Methods["ears-c1"].POD["5"] == 0 {
		t.Errorf("report %+v, want the POD of one method", r)
	}
	for _, args := range [][]string{{"--method", "oracle"}, {"--bench", t.TempDir()}, {"--rounds", "0"}} {
		if got := breakwater(t, "", append([]string{"bench", "detect"}, args...)...); got.code != exitCouldNot || got.err == "" {
			t.Errorf("bench detect %v said %+v", args, got)
		}
	}
}
