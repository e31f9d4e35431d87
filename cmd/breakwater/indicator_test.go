package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/civil"
)

func TestReplayingAFolderPrintsAnObjectAStreamAndIndicator(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString("date,cases\n")
	for i := range 60 {
		fmt.Fprintf(&b, "%s,%d\n", civil.MustDay("2021-01-01")+civil.Day(i), max(0, i-40)*3)
	}
	write(t, filepath.Join(dir, "island.csv"), b.String())
	write(t, filepath.Join(dir, "odd.csv"), "from,to\na,b\n")
	got := breakwater(t, "", "--json", "indicator", "replay", dir)
	if got.code != exitDone {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	alarms := 0
	for line := range strings.Lines(got.out) {
		var r struct {
			Skipped, Indicator string
			Waves              []struct{ Alarm string }
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		for _, w := range r.Waves {
			if w.Alarm == "2021-02-11" { // the first day with a case
				alarms++
			}
		}
	}
	if alarms == 0 || !strings.Contains(got.out, `"skipped"`) {
		t.Errorf("said %s", got.out)
	}
	none := breakwater(t, "", "indicator", "replay", t.TempDir())
	if none.code != exitCouldNot || !strings.Contains(none.err, "no table of a form that is known") {
		t.Errorf("an empty folder said %+v", none)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTuningShowsTheTradeOffAndChangesNothing(t *testing.T) {
	data := t.TempDir()
	var b strings.Builder
	b.WriteString("stream,area,day,count,reported_at\n")
	for i := range 70 {
		n := 3 + i*7%5
		if i > 55 && i < 62 {
			n += 20
		}
		d := civil.MustDay("2020-03-01") + civil.Day(i)
		fmt.Fprintf(&b, "confirmed.local,210202,%s,%d,%sT12:00:00Z\n", d, n, d)
	}
	counts, labels := filepath.Join(data, "counts.csv"), filepath.Join(data, "labels.csv")
	write(t, counts, b.String())
	write(t, labels, "area,first,last\n210202,2020-04-26,2020-05-01\n")
	if got := breakwater(t, "", "import", "counts", counts, "--source", "dalian-health-commission", "--data", data); got.code != exitDone {
		t.Fatalf("import said %+v", got)
	}
	got := breakwater(t, "", "--json", "indicator", "tune", "local-case-rise", "--labels", labels, "--data", data)
	var answer tuning
	if err := json.Unmarshal([]byte(got.out), &answer); got.code != exitDone || err != nil {
		t.Fatalf("%v: %+v", err, got)
	}
	best := 0
	for _, s := range answer.Curve {
		if s.Best {
			best++
		}
	}
	if answer.Against != "labels" || answer.Areas != 2 || len(answer.Curve) < 8 || best != 1 || answer.Curve[0].Outbreaks != 2 {
		t.Errorf("answered %+v", answer)
	}
	shown := breakwater(t, "", "indicator", "tune", "local-case-rise", "--copies", "2", "--data", data)
	if shown.code != exitDone || !strings.Contains(shown.out, "added outbreaks") || !strings.Contains(shown.out, "least loss") {
		t.Errorf("said %+v", shown)
	}
	for _, c := range []struct{ args, say string }{
		{"nothing", "there is no indicator"}, {"goods-positive", "has no threshold"},
		{"school-absence-rise", "nothing is recorded"}, {"local-case-rise --from 2030-01-01", "lies after the last day"},
		{"local-case-rise --from soon", "days like"}, {"local-case-rise --copies 0", "1 to 1000"},
		{"local-case-rise --labels " + counts, "header"},
	} {
		args := append([]string{"indicator", "tune", "--data", data}, strings.Fields(c.args)...)
		if got := breakwater(t, "", args...); got.code != exitCouldNot || !strings.Contains(got.err, c.say) {
			t.Errorf("%s said %+v, want %q", c.args, got, c.say)
		}
	}
}
