package renewal_test

import (
	"math"
	"testing"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/renewal"
	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// flu is the serial interval of influenza in Cori and others (2013).
func flu(t *testing.T) renewal.Delay {
	t.Helper()
	d, err := renewal.SerialInterval(2.6, 1.5, 40)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSerialIntervalOfInfluenza(t *testing.T) {
	d := flu(t)
	for k, want := range []float64{0, 0.233172125407541, 0.358579400315597, 0.198110828540314} {
		if math.Abs(d.At(k)-want) > 1e-12 {
			t.Errorf("w(%d) = %.15g, want %.15g as EpiEstim has it", k, d.At(k), want)
		}
	}
	if mean, sd := d.Moments(); math.Abs(mean-2.6) > 1e-6 || math.Abs(sd-1.5) > 0.1 {
		t.Errorf("moments %.4f and %.4f, want about 2.6 and 1.5", mean, sd)
	}
}

func TestSerialIntervalRefusesWhatCannotBe(t *testing.T) {
	for name, p := range map[string][3]float64{
		"a mean of one day":        {1, 1, 10},
		"no spread":                {3, 0, 10},
		"no days":                  {3, 1, 0},
		"a mean that is no number": {math.NaN(), 1, 10},
	} {
		if _, err := renewal.SerialInterval(p[0], p[1], int(p[2])); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: error %v, want invalid", name, err)
		}
	}
}

// growing simulates the renewal equation with a known reproduction number.
func growing(r float64, w renewal.Delay, days int) []float64 {
	stream := stat.NewStream(11, "growing")
	counts := []float64{50}
	for t := 1; t < days; t++ {
		var lambda float64
		for k := 1; k <= min(t, len(w)-1); k++ {
			lambda += w[k] * counts[t-k]
		}
		counts = append(counts, float64(stream.Poisson(r*lambda)))
	}
	return counts
}

func TestCoriFindsTheReproductionNumber(t *testing.T) {
	w := flu(t)
	counts := growing(1.4, w, 30)
	got, err := renewal.Cori(renewal.Single(counts), w, renewal.Windows(30, 7), renewal.WidePrior)
	if err != nil {
		t.Fatal(err)
	}
	last := got[len(got)-1]
	if last.Quantile(0.001) > 1.4 || last.Quantile(0.999) < 1.4 {
		t.Errorf("interval %.3f to %.3f misses 1.4", last.Quantile(0.001), last.Quantile(0.999))
	}
	if median := last.Quantile(0.5); math.Abs(last.Below(median)-0.5) > 1e-9 {
		t.Errorf("Below(median) = %v, want a half", last.Below(median))
	}
}

func TestCoriHasNoEstimateBeforeTheMeanSerialInterval(t *testing.T) {
	w, err := renewal.SerialInterval(14.9, 3.9, 40)
	if err != nil {
		t.Fatal(err)
	}
	got, err := renewal.Cori(renewal.Single(make([]float64, 30)), w, renewal.Windows(30, 7), renewal.WidePrior)
	if err != nil {
		t.Fatal(err)
	}
	if !math.IsNaN(got[0].Mean()) || !math.IsNaN(got[0].Quantile(0.5)) || math.IsNaN(got[len(got)-1].Mean()) {
		t.Errorf("means %v and %v, want none at first and one at last", got[0].Mean(), got[len(got)-1].Mean())
	}
}

func TestCoriRefusesWhatCannotBe(t *testing.T) {
	w := flu(t)
	ok := renewal.Single([]float64{1, 2, 3, 4})
	for name, try := range map[string]func() error{
		"a negative count": func() error {
			_, err := renewal.Cori(renewal.Single([]float64{1, -2, 3}), w, nil, renewal.WidePrior)
			return err
		},
		"a count that is missing": func() error {
			_, err := renewal.Cori(renewal.Single([]float64{1, math.NaN()}), w, nil, renewal.WidePrior)
			return err
		},
		"a window past the end": func() error {
			_, err := renewal.Cori(ok, w, []renewal.Span{{First: 1, Last: 9}}, renewal.WidePrior)
			return err
		},
		"a window with the first day": func() error {
			_, err := renewal.Cori(ok, w, []renewal.Span{{First: 0, Last: 2}}, renewal.WidePrior)
			return err
		},
		"no serial interval": func() error {
			_, err := renewal.Cori(ok, nil, nil, renewal.WidePrior)
			return err
		},
		"a prior without spread": func() error {
			_, err := renewal.Cori(ok, w, nil, renewal.Prior{Mean: 5})
			return err
		},
	} {
		if err := try(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: error %v, want invalid", name, err)
		}
	}
}

func TestCaseReproductionSharesEveryLaterCaseOut(t *testing.T) {
	w := flu(t)
	counts := growing(1.3, w, 25)
	got := renewal.CaseReproduction(counts, w, []renewal.Span{{First: 0, Last: 24}})[0]
	var cases float64
	for _, c := range counts {
		cases += c
	}
	if want := (cases - counts[0]) / cases; math.Abs(got-want) > 1e-9 {
		t.Errorf("mean over all cases = %.9f, want %.9f: each case but the first day's was infected once", got, want)
	}
}

func TestBackProjectionKeepsTheNumberOfCases(t *testing.T) {
	onsets := []float64{0, 0, 1, 3, 6, 9, 7, 4, 2, 1, 0, 0, 0, 0, 0}
	got, err := renewal.BackProject(onsets, renewal.Delay{0, 0.5, 0.3, 0.2}, renewal.BackProjection{Smooth: 2, Tolerance: 1e-6, Steps: 500})
	if err != nil {
		t.Fatal(err)
	}
	var sum, before, after float64
	for i, v := range got {
		sum += v
		if i < 4 {
			before += v
		}
	}
	for _, v := range onsets[:4] {
		after += v
	}
	if math.Abs(sum-33) > 1.5 || before <= after {
		t.Errorf("infections %v add up to %.1f, want about 33 and earlier than the onsets", got, sum)
	}
}

func TestBackProjectionRefusesWhatCannotBe(t *testing.T) {
	good := renewal.BackProjection{Smooth: 2, Tolerance: 1e-5, Steps: 10}
	for name, b := range map[string]renewal.BackProjection{
		"odd smoothing": {Smooth: 3, Tolerance: 1e-5, Steps: 10},
		"no steps":      {Smooth: 2, Tolerance: 1e-5},
		"no tolerance":  {Smooth: 2, Steps: 10},
	} {
		if _, err := renewal.BackProject([]float64{1}, renewal.Delay{1}, b); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: error %v, want invalid", name, err)
		}
	}
	if _, err := renewal.BackProject([]float64{1}, renewal.Delay{0.9, 0.9}, good); !fault.Is(err, fault.Invalid) {
		t.Errorf("a delay above 1: error %v, want invalid", err)
	}
}

// triangle returns the reports of 20 events a day with geometric delays, as
// known on the last of the days.
func triangle(t *testing.T, days int) (series.Triangle, float64) {
	t.Helper()
	const perDay = 20
	stream := stat.NewStream(3, "triangle")
	var pairs []series.Pair
	for day := range days {
		for range perDay {
			delay := 0
			for stream.Bool(0.7) && delay < 9 {
				delay++
			}
			pairs = append(pairs, series.Pair{Event: civil.Day(day), Report: civil.Day(day + delay)})
		}
	}
	tr, err := series.NewTriangle(pairs, 0, civil.Day(days-1), 10)
	if err != nil {
		t.Fatal(err)
	}
	return tr, perDay
}

func TestNowcastsCorrectForReportsToCome(t *testing.T) {
	tr, perDay := triangle(t, 60)
	for _, m := range []renewal.Method{renewal.Lawless, renewal.Truncated, renewal.Adaptive} {
		t.Run(string(m), func(t *testing.T) {
			got, err := renewal.NowcastTriangle(tr, m, renewal.DefaultNowcast())
			if err != nil {
				t.Fatal(err)
			}
			var seen, median float64
			inside := 0
			recent := got[len(got)-6 : len(got)-1]
			for _, n := range recent {
				seen += n.Seen
				median += n.Median
				if n.Low <= perDay && perDay <= n.High {
					inside++
				}
			}
			want := perDay * float64(len(recent))
			if seen > 0.8*want || math.Abs(median-want) > 0.25*want || inside < 4 {
				t.Errorf("seen %.0f, nowcast %.0f, true %.0f, %d of 5 intervals hold", seen, median, want, inside)
			}
		})
	}
}

func TestNowcastRefusesWhatCannotBe(t *testing.T) {
	tr, _ := triangle(t, 30)
	short, err := series.NewTriangle(nil, 0, 5, 10)
	if err != nil {
		t.Fatal(err)
	}
	bad := renewal.DefaultNowcast()
	bad.Alpha = 2
	for name, try := range map[string]func() error{
		"an unknown method": func() error { _, err := renewal.NowcastTriangle(tr, "oracle", renewal.DefaultNowcast()); return err },
		"a triangle too short": func() error {
			_, err := renewal.NowcastTriangle(short, renewal.Lawless, renewal.DefaultNowcast())
			return err
		},
		"an alpha above one": func() error { _, err := renewal.NowcastTriangle(tr, renewal.Lawless, bad); return err },
		"no triangle": func() error {
			_, err := renewal.NowcastTriangle(series.Triangle{}, renewal.Lawless, renewal.DefaultNowcast())
			return err
		},
		"no delays to speak of": func() error {
			_, err := renewal.ReportedShare(tr, renewal.Uniform, renewal.DefaultNowcast())
			return err
		},
	} {
		if err := try(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: error %v, want invalid", name, err)
		}
	}
}

func TestTrackFollowsAChangeSoonerThanAWindow(t *testing.T) {
	w := flu(t)
	counts := growing(1.6, w, 30)
	for t := 30; t < 45; t++ { // from here on each case infects 0.6 others
		var lambda float64
		for k := 1; k < len(w) && k <= t; k++ {
			lambda += w[k] * counts[t-k]
		}
		counts = append(counts, math.Round(0.6*lambda))
	}
	tracked, err := renewal.Track(renewal.Single(counts), w)
	if err != nil {
		t.Fatal(err)
	}
	window, err := renewal.Cori(renewal.Single(counts), w, []renewal.Span{{First: 26, Last: 32}}, renewal.WidePrior)
	if err != nil {
		t.Fatal(err)
	}
	if got := tracked[32].Mean(); got > window[0].Mean() || math.Abs(got-0.6) > 0.3 {
		t.Errorf("three days after the change %.2f, the window says %.2f, truth is 0.6", got, window[0].Mean())
	}
	if low, high := tracked[32].Quantile(0.025), tracked[32].Quantile(0.975); !(low < high && low > 0) {
		t.Errorf("interval %.2f to %.2f", low, high)
	}
	if !math.IsNaN(tracked[0].Mean()) || !math.IsNaN(tracked[0].Quantile(0.5)) {
		t.Error("the first day has an estimate")
	}
}

func TestMixturesAreAsWideAsTheirParts(t *testing.T) {
	w := flu(t)
	spans := []renewal.Span{{First: 20, Last: 26}}
	var windows [][]renewal.Estimate
	var tracks [][]renewal.Tracked
	for _, r := range []float64{0.8, 1.6} {
		in := renewal.Single(growing(r, w, 30))
		e, err := renewal.Cori(in, w, spans, renewal.WidePrior)
		if err != nil {
			t.Fatal(err)
		}
		k, err := renewal.Track(in, w)
		if err != nil {
			t.Fatal(err)
		}
		windows, tracks = append(windows, e), append(tracks, k)
	}
	low, high := windows[0][0], windows[1][0]
	mixed := renewal.MixEstimates(windows)[0]
	if math.Abs(mixed.Mean()-(low.Mean()+high.Mean())/2) > 1e-12 || mixed.Quantile(0.025) > low.Quantile(0.5) || mixed.Quantile(0.975) < high.Quantile(0.5) {
		t.Errorf("windows of mean %.2f and %.2f mix to %.2f (%.2f to %.2f)", low.Mean(), high.Mean(), mixed.Mean(), mixed.Quantile(0.025), mixed.Quantile(0.975))
	}
	days := renewal.MixTracked(tracks)
	got, want := days[26].Mean(), (tracks[0][26].Mean()+tracks[1][26].Mean())/2
	if math.Abs(got-want) > 1e-12 || !math.IsNaN(days[0].Mean()) {
		t.Errorf("days mix to %.4f, want %.4f; the first day to %.2f, want none", got, want, days[0].Mean())
	}
}
