package detection_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/bench/detection"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/aberration"
)

func TestGeneratedSetsAreTheSameForTheSameSeed(t *testing.T) {
	a, b := detection.Generate(1, 5), detection.Generate(1, 5)
	if d := cmp.Diff(a, b); d != "" {
		t.Errorf("two sets of one seed differ:\n%s", d)
	}
	if len(a.Bases) != 42 || len(a.Overlays) < 200 {
		t.Errorf("%d bases and %d overlays, want 42 and about 210", len(a.Bases), len(a.Overlays))
	}
	if cmp.Equal(a, detection.Generate(1, 6)) {
		t.Error("two seeds give one set")
	}
}

// folder is a benchmark of one base and one overlay.
func folder(base, overlay string) fstest.MapFS {
	return fstest.MapFS{
		"bench_base_x.csv": {Data: []byte("scenario,rep,k1,counts\n" + base)},
		"bench_over_x.csv": {Data: []byte("scenario,rep,k2,start,end,size,cases\n" + overlay)},
		"scenarios.csv":    {Data: []byte("not read")},
	}
}

func TestLoadReadsBasesAndOverlays(t *testing.T) {
	counts := strings.TrimSpace(strings.Repeat("3 ", 624))
	set, err := detection.Load(folder("1,1,0,"+counts+"\n", "1,1,2,600,602,5,600:2 602:3\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := detection.Overlay{Base: 0, First: 599, Last: 601, Cases: map[int]float64{599: 2, 601: 3}}
	if d := cmp.Diff(set.Overlays, []detection.Overlay{want}); d != "" || len(set.Bases) != 1 {
		t.Errorf("%d bases; overlays got -, want +:\n%s", len(set.Bases), d)
	}
}

func TestLoadNamesWhatIsWrong(t *testing.T) {
	counts := strings.TrimSpace(strings.Repeat("3 ", 624))
	for _, tc := range []struct{ name, base, overlay, want string }{
		{"too few counts", "1,1,0,1 2 3\n", "", "has 3 counts, wanted 624"},
		{"a negative count", "1,1,0,-1 2\n", "", "holds something else than counts"},
		{"an overlay of no base", "1,1,0," + counts + "\n", "2,1,2,600,602,5,600:2\n", "belongs to no base"},
		{"an overlay outside the judged weeks", "1,1,0," + counts + "\n", "1,1,2,6,6,5,6:2\n", "week:count"},
		{"no overlay", "1,1,0," + counts + "\n", "", "no bench_over_ file with rows"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := detection.Load(folder(tc.base, tc.overlay))
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want invalid with %q", err, tc.want)
			}
		})
	}
	damaged := fstest.MapFS{"bench_base_x.csv.gz": {Data: []byte("no gzip")}}
	if _, err := detection.Load(damaged); !fault.Is(err, fault.Invalid) {
		t.Errorf("a damaged archive: error %v, want invalid", err)
	}
}

// known is a method whose evidence is the count itself.
func known() detection.Method {
	return detection.Method{Name: "count", Detector: aberration.C1(aberration.EARSParams{}),
		Evidence: func(v aberration.Verdict) float64 { return v.Observed }}
}

func TestScoreMatchesFalseAlarmsOnQuietWeeks(t *testing.T) {
	counts := make([]float64, 624)
	for i := range counts {
		counts[i] = float64(i % 100) // 49 judged weeks: 75 to 99 and 0 to 23
	}
	set := detection.Set{Bases: []detection.Base{{Scenario: 1, Rep: 1, Counts: counts}}}
	for _, cases := range []float64{1, 200} {
		set.Overlays = append(set.Overlays, detection.Overlay{Base: 0, First: 610, Last: 611, Cases: map[int]float64{610: cases, 611: cases}})
	}
	r := detection.Score(set, []detection.Method{known()}, nil).Methods["count"]
	if r.POD["5"] != 0.5 || r.Sens["5"] != 0.5 || r.Delay != 0 {
		t.Errorf("result %+v, want one of two outbreaks found at once", r)
	}
	if r.AUC < 0.5 || r.AUC > 1 {
		t.Errorf("AUC %v of an informative method", r.AUC)
	}
}

func TestEveryMethodTakesPart(t *testing.T) {
	methods, err := detection.Methods()
	if err != nil {
		t.Fatal(err)
	}
	all := detection.Generate(1, 9)
	set := detection.Set{Bases: all.Bases[:6]}
	for _, o := range all.Overlays {
		if o.Base < len(set.Bases) {
			set.Overlays = append(set.Overlays, o)
		}
	}
	done := 0
	r := detection.Score(set, methods, func(n, _ int) { done = n })
	if len(r.Methods) != len(methods) || done == 0 {
		t.Errorf("%d results of %d methods, %d series done", len(r.Methods), len(methods), done)
	}
	if c := r.Methods["combined"]; c.POD["5"] <= r.Methods["ears-c1"].POD["5"] || len(c.Realised) != 2 {
		t.Errorf("combined %+v does not beat EARS C1 %+v", c, r.Methods["ears-c1"])
	}
}

// TestSharedDetection holds the combined method against the best of the
// reference package on the stored benchmark.
func TestSharedDetection(t *testing.T) {
	root := os.Getenv("BREAKWATER_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	dir := filepath.Join(root, "data", "bench")
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("BREAKWATER_SHARED_REQUIRED") == "1" {
			t.Fatal("the shared data are required and not there; set BREAKWATER_SHARED")
		}
		t.Skip("the shared data are not there; set BREAKWATER_SHARED to judge by them")
	}
	set, err := detection.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	methods, err := detection.Methods()
	if err != nil {
		t.Fatal(err)
	}
	r := detection.Score(set, methods[len(methods)-1:], nil).Methods["combined"]
	passed, best := 0, map[string]float64{"1": 0.533, "2": 0.625, "5": 0.756}
	for share, want := range best {
		if r.POD[share] > want {
			passed++
		} else {
			t.Errorf("POD at %s %% of false alarms = %.3f, want more than %.3f", share, r.POD[share], want)
		}
	}
	if got := r.Realised["1"]; got < 0.007 || got > 0.013 {
		t.Errorf("a nominal 1 %% realises %.4f", got)
	} else {
		passed++
	}
	fmt.Printf("shared bench/detection: %d/%d\n", passed, len(best)+1)
}
