package renewal_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/renewal"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// epidemic simulates the renewal equation with a reproduction number that
// wanders, and cases with a variance of scatter times their mean.
func epidemic(days int, scatter float64, w renewal.Delay, stream *stat.Stream) []float64 {
	cases := []float64{20, 20, 20, 20, 20}
	logR := 0.0
	for len(cases) < days {
		logR = 0.97*logR + 0.05*stream.Norm()
		r, lambda := 1+logR, 0.0
		for k := 1; k < len(w) && k <= len(cases); k++ {
			lambda += w[k] * cases[len(cases)-k]
		}
		mean := max(r, 0.3)*lambda + 1
		if scatter > 1 {
			cases = append(cases, float64(stream.NegBinomial(mean, mean/(scatter-1))))
		} else {
			cases = append(cases, float64(stream.Poisson(mean)))
		}
	}
	return cases
}

func TestForecastIntervalsHoldWhatComes(t *testing.T) {
	w := flu(t)
	const past, ahead, epidemics = 40, 7, 25
	for _, scatter := range []float64{1, 4} {
		inside, half, all := 0, 0, 0
		for i := range uint64(epidemics) {
			stream := stat.NewStream(11, "epidemic", i, uint64(scatter))
			cases := epidemic(past+ahead, scatter, w, &stream)
			got, err := renewal.Forecast([]renewal.Incidence{renewal.Single(cases[:past])}, w,
				renewal.ForecastParams{Days: ahead, Draws: 400, Stream: stream.With(1)})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range got {
				truth := cases[past+c.Ahead-1]
				all++
				if c.Low <= truth && truth <= c.High {
					inside++
				}
				if c.LowerQuartile <= truth && truth <= c.UpperQuartile {
					half++
				}
			}
		}
		if share := float64(inside) / float64(all); share < 0.9 {
			t.Errorf("scatter %g: 95 %% intervals hold %.3f of the days to come", scatter, share)
		}
		if share := float64(half) / float64(all); share < 0.4 || share > 0.7 {
			t.Errorf("scatter %g: 50 %% intervals hold %.3f of the days to come", scatter, share)
		}
	}
}

func TestForecastGrowsWithTheReproductionNumber(t *testing.T) {
	w := flu(t)
	p := renewal.DefaultForecast()
	week := func(r float64) float64 {
		got, err := renewal.Forecast([]renewal.Incidence{renewal.Single(growing(r, w, 30))}, w, p)
		if err != nil {
			t.Fatal(err)
		}
		return got[6].Median / got[0].Median
	}
	if up, down := week(1.5), week(0.7); up <= 1.2 || down >= 0.9 {
		t.Errorf("the seventh day has %.2f times the first at R 1.5, and %.2f times at R 0.7", up, down)
	}
}

func TestForecastOfNoCasesIsNone(t *testing.T) {
	got, err := renewal.Forecast([]renewal.Incidence{renewal.Single(make([]float64, 20))}, flu(t), renewal.DefaultForecast())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range got {
		if c.High != 0 {
			t.Errorf("day %d has up to %g cases that nobody could have caused", c.Ahead, c.High)
		}
	}
}

func TestForecastSharesFuturesOutAmongPasts(t *testing.T) {
	w, p := flu(t), renewal.DefaultForecast()
	p.Draws = 7
	low, high := renewal.Single(growing(1, w, 25)), renewal.Single(growing(1.6, w, 25))
	mixed, err := renewal.Forecast([]renewal.Incidence{low, high}, w, p)
	if err != nil {
		t.Fatal(err)
	}
	one, err := renewal.Forecast([]renewal.Incidence{low}, w, p)
	if err != nil {
		t.Fatal(err)
	}
	if mixed[0].High <= one[0].High {
		t.Errorf("a second, larger past does not widen the interval: %g and %g", mixed[0].High, one[0].High)
	}
	again, err := renewal.Forecast([]renewal.Incidence{low, high}, w, p)
	if err != nil || !cmp.Equal(mixed, again) {
		t.Errorf("the same question has two answers (%v)", err)
	}
}

func TestForecastRefusesWhatCannotBe(t *testing.T) {
	w := flu(t)
	past := renewal.Single(growing(1.2, w, 20))
	good := renewal.DefaultForecast()
	far, none := good, good
	far.Days, none.Draws = 29, 0
	for name, try := range map[string]func() ([]renewal.Coming, error){
		"too far ahead": func() ([]renewal.Coming, error) { return renewal.Forecast([]renewal.Incidence{past}, w, far) },
		"no draws":      func() ([]renewal.Coming, error) { return renewal.Forecast([]renewal.Incidence{past}, w, none) },
		"no past":       func() ([]renewal.Coming, error) { return renewal.Forecast(nil, w, good) },
		"pasts of two lengths": func() ([]renewal.Coming, error) {
			return renewal.Forecast([]renewal.Incidence{past, renewal.Single([]float64{1})}, w, good)
		},
		"negative cases": func() ([]renewal.Coming, error) {
			return renewal.Forecast([]renewal.Incidence{{Local: []float64{-1}}}, w, good)
		},
		"a delay that is none": func() ([]renewal.Coming, error) {
			return renewal.Forecast([]renewal.Incidence{past}, renewal.Delay{2}, good)
		},
	} {
		if _, err := try(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: error %v, want invalid", name, err)
		}
	}
}
