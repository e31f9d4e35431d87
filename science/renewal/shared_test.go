package renewal_test

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/science/renewal"
	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// shared returns the folder of shared data, or skips the test without it.
func shared(t *testing.T) string {
	t.Helper()
	root := os.Getenv("BREAKWATER_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(root, "data")); err != nil {
		if os.Getenv("BREAKWATER_SHARED_REQUIRED") == "1" {
			t.Fatal("the shared data are required and not there; set BREAKWATER_SHARED")
		}
		t.Skip("the shared data are not there; set BREAKWATER_SHARED to judge by them")
	}
	return filepath.Join(root, "data")
}

// table reads a CSV file by column, compressed or not.
func table(t *testing.T, path string) map[string][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for i, name := range rows[0] {
		for _, row := range rows[1:] {
			out[name] = append(out[name], row[i])
		}
	}
	return out
}

func numbers(t *testing.T, fields []string) []float64 {
	t.Helper()
	out := make([]float64, len(fields))
	for i, f := range fields {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = v
	}
	return out
}

// accuracy is the error and coverage of an estimator.
type accuracy struct{ sum, covered, n float64 }

func (a *accuracy) add(estimate, low, high, truth float64) {
	if math.IsNaN(estimate) {
		return
	}
	a.sum += math.Abs(estimate - truth)
	a.n++
	if low <= truth && truth <= high {
		a.covered++
	}
}

func (a accuracy) mae() float64      { return a.sum / a.n }
func (a accuracy) coverage() float64 { return a.covered / a.n }

// TestSharedRt holds both estimators of the reproduction number against the
// truth of simulated epidemics: the window estimate has the error that was
// measured of EpiEstim, and the tracked one is better for the last day.
func TestSharedRt(t *testing.T) {
	dir := filepath.Join(shared(t), "bench")
	si := renewal.Delay(numbers(t, table(t, filepath.Join(dir, "rt_sim_si.csv"))["prob"]))
	truths := table(t, filepath.Join(dir, "rt_sim_truth.csv"))
	window, end, track := map[string]*accuracy{}, map[string]*accuracy{}, map[string]*accuracy{}
	files, err := filepath.Glob(filepath.Join(dir, "rt_sim_*.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		sim := table(t, file)
		for i, shape := range sim["shape"] {
			if window[shape] == nil {
				window[shape], end[shape], track[shape] = new(accuracy), new(accuracy), new(accuracy)
			}
			truth := numbers(t, truths[shape])
			counts := numbers(t, strings.Fields(sim["counts"][i]))
			in := renewal.Single(counts)
			estimates, err := renewal.Cori(in, si, renewal.Windows(len(counts), 7), renewal.WidePrior)
			if err != nil {
				t.Fatal(err)
			}
			tracked, err := renewal.Track(in, si)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range estimates {
				mean := series.Mean(truth[e.Span.First : e.Span.Last+1])
				window[shape].add(e.Mean(), e.Quantile(0.025), e.Quantile(0.975), mean)
				end[shape].add(e.Mean(), e.Quantile(0.025), e.Quantile(0.975), truth[e.Span.Last])
				last := tracked[e.Span.Last]
				track[shape].add(last.Mean(), last.Quantile(0.025), last.Quantile(0.975), truth[e.Span.Last])
			}
		}
	}
	passed, total := 0, 0
	for shape := range window {
		total++
		w, e, k := window[shape], end[shape], track[shape]
		t.Logf("%s: window mean MAE %.3f coverage %.3f; last day: window %.3f %.3f, tracked %.3f %.3f",
			shape, w.mae(), w.coverage(), e.mae(), e.coverage(), k.mae(), k.coverage())
		if w.coverage() < 0.93 || k.coverage() <= e.coverage() || k.mae() > e.mae() {
			t.Errorf("%s: the tracked estimate is not better than the window's for the last day", shape)
			continue
		}
		passed++
	}
	fmt.Printf("shared bench/rt_sim: %d/%d\n", passed, total)
}

// TestSharedNowcast holds the adaptive nowcast against the reference's two and
// against no correction, day by day through an outbreak whose delays changed.
func TestSharedNowcast(t *testing.T) {
	data := shared(t)
	pairs := lineList(t, "husO104Hosp_linelist.csv", "dHosp", "dReport")
	truth := map[civil.Day]float64{}
	for _, p := range pairs {
		truth[p.Event]++
	}
	var adapted, uncorrected accuracy
	for now := civil.MustDay("2011-05-25"); now <= civil.MustDay("2011-06-14"); now++ {
		tr, err := series.NewTriangle(pairs, civil.MustDay("2011-05-01"), now, 14)
		if err != nil {
			t.Fatal(err)
		}
		got, err := renewal.NowcastTriangle(tr, renewal.Adaptive, renewal.DefaultNowcast())
		if err != nil {
			t.Fatal(err)
		}
		for lag := 1; lag <= 7; lag++ {
			n := got[len(got)-1-lag]
			adapted.add(n.Median, n.Low, n.High, truth[n.Day])
			uncorrected.add(n.Seen, n.Seen, n.Seen, truth[n.Day])
		}
	}
	best := uncorrected.mae()
	reference := table(t, filepath.Join(data, "anchors", "nowcast_rolling_R.csv"))
	predicted, actual := numbers(t, reference["pred"]), numbers(t, reference["truth"])
	for _, method := range []string{"lawless", "bayes.trunc"} {
		var a accuracy
		for i, m := range reference["method"] {
			if m == method && slices.Contains([]string{"1", "2", "3", "4", "5", "6", "7"}, reference["lag"][i]) {
				a.add(predicted[i], 0, 0, actual[i])
			}
		}
		t.Logf("%s: MAE %.2f", method, a.mae())
		best = math.Min(best, a.mae())
	}
	t.Logf("adaptive: MAE %.2f, coverage %.3f; no correction: MAE %.2f", adapted.mae(), adapted.coverage(), uncorrected.mae())
	passed := 0
	if adapted.mae() < best {
		passed++
	} else {
		t.Errorf("the adaptive nowcast errs by %.2f a day, the best of the others by %.2f", adapted.mae(), best)
	}
	if c := adapted.coverage(); c >= 0.90 && c <= 0.98 {
		passed++
	} else {
		t.Errorf("95 %% intervals hold the truth in %.3f of the days, want 0.90 to 0.98", c)
	}
	fmt.Printf("shared anchors/nowcast: %d/2\n", passed)
}

// lineList reads the days of event and report of a shared line list.
func lineList(t *testing.T, file, event, report string) []series.Pair {
	t.Helper()
	list := table(t, filepath.Join(shared(t), "series", file))
	rows := make([][]string, len(list[event]))
	for i := range rows {
		rows[i] = []string{list[event][i], list[report][i]}
	}
	pairs, _, err := series.ReadPairs(rows, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	return pairs
}

// TestSharedNowcastElsewhere holds the intervals of the adaptive nowcast on the
// line lists on which its settings were settled.
func TestSharedNowcastElsewhere(t *testing.T) {
	for _, l := range []struct {
		file, event, report string
		start, first, last  string // of the triangle; of now
		step                int    // days from one now to the next
	}{
		{"ob_ebola_sierraleone_2014.csv", "onset", "sample", "2014-05-18", "2014-06-20", "2015-06-01", 24},
		{"ob_mers_korea_2015.csv", "onset", "report", "2015-05-11", "2015-05-29", "2015-06-25", 2},
		{"ob_fluH7N9_china_2013.csv", "date_of_onset", "date_of_hospitalisation", "2013-02-19", "2013-03-25", "2013-04-25", 3},
	} {
		pairs := lineList(t, l.file, l.event, l.report)
		truth := map[civil.Day]float64{}
		for _, p := range pairs {
			if p.Report >= p.Event {
				truth[p.Event]++
			}
		}
		var adapted, uncorrected accuracy
		for now := civil.MustDay(l.first); now <= civil.MustDay(l.last); now += civil.Day(l.step) {
			tr, err := series.NewTriangle(pairs, max(civil.MustDay(l.start), now-60), now, 14)
			if err != nil {
				t.Fatal(err)
			}
			got, err := renewal.Adapt(tr, renewal.DefaultAdapt())
			if err != nil {
				t.Fatal(err)
			}
			for lag := 1; lag <= 7; lag++ {
				n := got[len(got)-1-lag]
				adapted.add(n.Median, n.Low, n.High, truth[n.Day])
				uncorrected.add(n.Seen, n.Seen, n.Seen, truth[n.Day])
			}
		}
		t.Logf("%s: MAE %.2f, coverage %.3f; no correction: MAE %.2f", l.file, adapted.mae(), adapted.coverage(), uncorrected.mae())
		if adapted.coverage() < 0.95 {
			t.Errorf("%s: 95 %% intervals hold the truth in %.3f of the days", l.file, adapted.coverage())
		}
	}
}

// TestSharedForecast looks a week ahead of simulated epidemics whose
// reproduction number changes, and holds the intervals against what came.
func TestSharedForecast(t *testing.T) {
	dir := filepath.Join(shared(t), "bench")
	si := renewal.Delay(numbers(t, table(t, filepath.Join(dir, "rt_sim_si.csv"))["prob"]))
	var all, naive accuracy
	sim := table(t, filepath.Join(dir, "rt_sim_visible.csv.gz"))
	for i := range sim["shape"] {
		counts := numbers(t, strings.Fields(sim["counts"][i]))
		for origin := 30; origin+7 < len(counts); origin += 40 {
			got, err := renewal.Forecast([]renewal.Incidence{renewal.Single(counts[:origin])}, si, renewal.ForecastParams{
				Days: 7, Draws: 300, Stream: stat.NewStream(2, "shared forecast", uint64(i), uint64(origin))})
			if err != nil {
				t.Fatal(err)
			}
			usual := series.Mean(counts[origin-7 : origin])
			for _, c := range got {
				all.add(c.Median, c.Low, c.High, counts[origin+c.Ahead-1])
				naive.add(usual, 0, 0, counts[origin+c.Ahead-1])
			}
		}
	}
	t.Logf("95 %% intervals hold %.3f of %.0f days; error %.1f a day, that of last week's mean %.1f", all.coverage(), all.n, all.mae(), naive.mae())
	passed := 0
	if c := all.coverage(); c >= 0.90 && c <= 0.99 {
		passed++
	} else {
		t.Errorf("95 %% intervals hold the truth in %.3f of the days", c)
	}
	if all.mae() < naive.mae() {
		passed++
	} else {
		t.Errorf("the forecast errs by %.1f a day, last week's mean by %.1f", all.mae(), naive.mae())
	}
	fmt.Printf("shared bench/rt_sim forecast: %d/2\n", passed)
}
