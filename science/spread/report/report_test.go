package report_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/science/spread/report"
	"github.com/breakwater-eoc/breakwater/science/spread/scenario"
)

const text = `title: "A <small> town"
people: 3000
days: 12
runs: 3
start: 2026-12-30
activity: {weight: 0.25, ill: 0.5}
pathogens:
  - {name: influenza a, rate: 0.1, seeds: 50}
arms:
  - name: nothing
  - name: "=again"
  - name: shut
    measures:
      - day: 2
        sites: {default: {admit: 0}}
`

func result(t *testing.T) *scenario.Result {
	t.Helper()
	s, err := scenario.Decode([]byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := scenario.RunAll(context.Background(), s, scenario.Options{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTableShowsPairedDifferences(t *testing.T) {
	header, rows := report.Rows(result(t))
	if len(header) != 5 || header[4] != "shut" {
		t.Fatalf("header %q", header)
	}
	for _, row := range rows {
		if !strings.Contains(row[3], "no difference") {
			t.Errorf("%s: equal arms show %q", row[0], row[3])
		}
		if row[0] == "visits kept" && strings.Contains(row[4], "no difference") {
			t.Errorf("closing all sites shows %q", row[4])
		}
	}
}

func TestCSVHasARowForEveryDay(t *testing.T) {
	var b bytes.Buffer
	if err := report.WriteCSV(&b, result(t)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 1+3*3*12 {
		t.Fatalf("%d rows, %v; want %d", len(rows), err, 1+3*3*12)
	}
	if rows[3][4] != "2027-01-01" {
		t.Errorf("day 2 is %s, want 2027-01-01", rows[3][4])
	}
	if name := rows[1+3*12][0]; name != "'=again" {
		t.Errorf("arm is written %q, which a spreadsheet would run", name)
	}
}

func TestPageStandsAlone(t *testing.T) {
	var b, again bytes.Buffer
	r := result(t)
	if err := report.WriteHTML(&b, r); err != nil {
		t.Fatal(err)
	}
	if err := report.WriteHTML(&again, r); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("the same result gives two pages, %v", err)
	}
	page := b.String()
	for _, want := range []string{"A &lt;small&gt; town", "<polyline", "<polygon", "shut", "influenza a"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, ban := range []string{"http://", "https://", "<script", "ZgotmplZ", "NaN"} {
		if strings.Contains(page, ban) {
			t.Errorf("the page has %q", ban)
		}
	}
}

func TestSparkKeepsScaleAndWidth(t *testing.T) {
	if got := report.Spark([]float64{0, 1, 4, 8}, 4, 8); got != " ▁▄█" {
		t.Errorf("got %q", got)
	}
	if got := []rune(report.Spark(make([]float64, 100), 20, 1)); len(got) != 20 {
		t.Errorf("width %d, want 20", len(got))
	}
}
