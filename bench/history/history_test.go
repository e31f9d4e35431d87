package history

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/detect/trial"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
)

// folder holds one table of each form.
func folder() fstest.MapFS {
	var water, quiet strings.Builder
	water.WriteString(";sars_cov2_rna [gc/(d*100000 capita)];new_cases [1/(d*100000 capita)]\n")
	quiet.WriteString("date,cases\n")
	for i := range 120 {
		d := civil.MustDay("2021-01-01") + civil.Day(i)
		load, ill := 1.0+0.1*float64(i%5), 0.2+0.1*float64(i%3)
		if i >= 60 {
			load *= 1 + float64(i-59)
		}
		if i >= 70 {
			ill *= 1 + float64(i-69)
		}
		fmt.Fprintf(&water, "%s;%g;%g\n", d, load*1e11, ill)
		fmt.Fprintf(&quiet, "%s,%d\n", d, i/100)
	}
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"water/town_v1.csv": file(water.String()), "outbreaks/island.csv": file(quiet.String()),
		"vintages.csv": file("as_of,date,location,value\n2024-11-16,2024-11-09,06,97\n2024-11-23,2024-11-09,06,120\n"),
		"totals.csv":   file("date,province,city,confirmed,cured\n2020-01-22,L,D,2,0\n2020-01-23,L,D,5,0\n"),
		"list.csv":     file("id,dt_report\na,2015-05-19\nb,2015-05-21\nc,2015-05-21\n"),
		"strange.csv":  file("from,to\na,b\n"),
	}
}

func TestEveryFormIsReadAndTheStrangeIsNamed(t *testing.T) {
	places, skipped, err := Read(folder())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, p := range places {
		for _, s := range p.Streams {
			got[p.Name+" "+string(s.Stream)] = len(s.Versions)
		}
	}
	want := map[string]int{"town wastewater.load": 120, "town confirmed.local": 120, "island confirmed.local": 120,
		"flu, as it was known, 06 hospital.admissions": 2, "L D confirmed.local": 2, "list confirmed.local": 3}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	if len(skipped) != 1 || skipped[0].File != "strange.csv" || skipped[0].Why == "" {
		t.Errorf("skipped %+v", skipped)
	}
	if _, _, err := Read(fstest.MapFS{}); !fault.Is(err, fault.NotFound) {
		t.Errorf("an empty folder gave %v", err)
	}
}

func TestTheLeadIsThatOfTheEarlierStream(t *testing.T) {
	places, _, err := Read(folder())
	if err != nil {
		t.Fatal(err)
	}
	indicators, err := detect.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range places {
		if p.Name != "town" {
			continue
		}
		for _, r := range Replay(p, indicators) {
			if r.Stream != counts.Wastewater {
				continue
			}
			if len(r.Waves) != 1 || r.Waves[0].OverCases == nil || *r.Waves[0].OverCases < 5 || *r.Waves[0].OverCases > 12 {
				t.Errorf("the water rose ten days before the cases, and got %+v", r.Waves)
			}
			return
		}
	}
	t.Error("the water was not judged")
}

// cut drops what was told after a day.
func cut(s Stream, last civil.Day) Stream {
	end := last.At(23, 59, time.UTC)
	var kept []counts.Version
	for _, v := range s.Versions {
		if !v.Recorded.After(end) {
			kept = append(kept, v)
		}
	}
	s.Versions = kept
	return s
}

// seenBy keeps the findings of the evenings up to a day.
func seenBy(found []trial.Finding, last civil.Day) []trial.Finding {
	kept := []trial.Finding{}
	for _, f := range found {
		if f.Seen <= last {
			kept = append(kept, f)
		}
	}
	return kept
}

// noLookAhead compares what was found up to some days with what is found when
// the stream ends on them; it returns the first difference.
func noLookAhead(s Stream, ind detect.Indicator, parts []int) string {
	w, ok := s.window()
	if !ok {
		return ""
	}
	ind.Every = s.Every
	all := trial.Findings(ind, s.history(), w, time.UTC)
	for _, part := range parts {
		last := w.First + civil.Day(w.Days()*part/4)
		short := trial.Findings(ind, cut(s, last).history(), civil.Window{First: w.First, Last: last}, time.UTC)
		if diff := cmp.Diff(seenBy(all, last), seenBy(short, last)); diff != "" {
			return fmt.Sprintf("by %s:\n%s", last, diff)
		}
	}
	return ""
}

// TestThresholdsAreChosenElsewhere: a place whose own quiet weeks are noisy gets
// the threshold that suits the others.
func TestThresholdsAreChosenElsewhere(t *testing.T) {
	town := func(spike int) string {
		var b strings.Builder
		b.WriteString("date,cases\n")
		for i := range 150 {
			n := 4 + i%3
			if i%25 == 24 {
				n = spike
			}
			if i > 120 {
				n += 10 * (i - 120)
			}
			fmt.Fprintf(&b, "%s,%d\n", civil.MustDay("2021-01-01")+civil.Day(i), n)
		}
		return b.String()
	}
	places, _, err := Read(fstest.MapFS{"calm.csv": {Data: []byte(town(5))}, "noisy.csv": {Data: []byte(town(11))}})
	if err != nil {
		t.Fatal(err)
	}
	all, err := detect.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	results, err := Matched(places, all, 0.2, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	chosen := map[string]float64{}
	for _, r := range results {
		if r.Indicator == "local-case-rise" {
			chosen[r.Place] = *r.Threshold
		}
	}
	if !(chosen["noisy"] > chosen["calm"] && chosen["calm"] > 0) {
		t.Errorf("thresholds %v: the calm town must have the strict one that the noisy town needs", chosen)
	}
	if _, err := Matched(places[:1], all, 0.2, func(int, int) {}); !fault.Is(err, fault.Invalid) {
		t.Errorf("one place alone: %v, want invalid", err)
	}
}

// TestSharedProveSurveillanceStreams replays every stream of the folder
// standards/surveillance and judges of each that the future changes nothing
// that was found before.
func TestSharedProveSurveillanceStreams(t *testing.T) {
	places, skipped, err := Read(os.DirFS(surveillance(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range skipped {
		t.Logf("%s: %s", s.File, s.Why)
	}
	indicators, err := detect.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	passed, total := map[string]int{}, map[string]int{}
	seen := map[string]int{}
	most, parts := 1, []int{3} // a slice: one stream of each file, cut once
	if os.Getenv("BREAKWATER_PROVE") != "" {
		most, parts = 1000, []int{1, 2, 3}
	}
	for _, p := range places {
		for _, s := range p.Streams {
			if seen[s.File]++; seen[s.File] > most {
				continue
			}
			for _, ind := range indicators {
				if ind.Stream != s.Stream {
					continue
				}
				total[s.File]++
				if problem := noLookAhead(s, ind, parts); problem != "" {
					t.Errorf("%s, %s by %s looks ahead, %s", s.File, p.Name, ind.ID, problem)
					continue
				}
				passed[s.File]++
			}
		}
	}
	for file, n := range total {
		fmt.Printf("shared standards/surveillance/%s no look-ahead: %d/%d\n", file, passed[file], n)
	}
}

// TestSharedDalianIsQuiet: between the waves nothing may be found in Dalian, 8
// April to 20 July 2020, and the first wave is found within a week.
func TestSharedDalianIsQuiet(t *testing.T) {
	places, _, err := Read(os.DirFS(surveillance(t)))
	if err != nil {
		t.Fatal(err)
	}
	indicators, err := detect.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range places {
		if !strings.Contains(p.Name, "大连") {
			continue
		}
		early := false
		for _, r := range Replay(p, indicators) {
			for _, f := range r.Findings {
				early = early || f.Seen <= r.Window.First+7
				if f.Day >= civil.MustDay("2020-04-08") {
					t.Errorf("%s found %+v in the quiet weeks", r.Indicator, f)
				}
			}
		}
		if !early {
			t.Error("the first wave was not found within a week")
		}
		fmt.Println("shared standards/surveillance dalian quiet: 1/1")
		return
	}
	t.Error("Dalian is not among the places")
}

// surveillance returns the folder of the shared series.
func surveillance(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("BREAKWATER_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "standards", "surveillance")
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("BREAKWATER_SHARED_REQUIRED") == "1" {
			t.Fatalf("the shared surveillance series are required: %v", err)
		}
		t.Skipf("no shared surveillance series: %v", err)
	}
	return dir
}
