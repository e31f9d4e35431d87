package golden

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/breakwater-eoc/breakwater/science/renewal"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

const renewalTolerance = 1e-8

func judgeSerialInterval(_ folder, raw json.RawMessage) (*comparison, error) {
	var c struct {
		Mean, SD float64
		K        []int
		W        []value
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	got, err := renewal.SerialInterval(c.Mean, c.SD, c.K[len(c.K)-1]+1)
	if err != nil {
		return nil, err
	}
	result := new(comparison)
	for i, k := range c.K {
		result.close("w", k, got.At(k), c.W[i], renewalTolerance)
	}
	return result, nil
}

func judgeBackProjection(_ folder, raw json.RawMessage) (*comparison, error) {
	var c struct {
		K        int
		Eps      float64
		Steps    int       `json:"iter_max"`
		Delay    []float64 `json:"incu_pmf"`
		Observed []float64
		Lambda   []value
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	got, err := renewal.BackProject(c.Observed, c.Delay, renewal.BackProjection{Smooth: c.K, Tolerance: c.Eps, Steps: c.Steps})
	if err != nil {
		return nil, err
	}
	result := new(comparison)
	for i, want := range c.Lambda {
		result.close("lambda", i, got[i], want, glmTolerance)
	}
	return result, nil
}

// epiCase is a case of EpiEstim.
type epiCase struct {
	Call   string
	Method string
	Config struct {
		MeanSI    float64  `json:"mean_si"`
		StdSI     float64  `json:"std_si"`
		StdMeanSI float64  `json:"std_mean_si"`
		MinMeanSI float64  `json:"min_mean_si"`
		MaxMeanSI float64  `json:"max_mean_si"`
		StdStdSI  float64  `json:"std_std_si"`
		MinStdSI  float64  `json:"min_std_si"`
		MaxStdSI  float64  `json:"max_std_si"`
		MeanPrior *float64 `json:"mean_prior"`
		StdPrior  *float64 `json:"std_prior"`
		N1        int
	}
	Series                                 string
	SIFile                                 string `json:"si_file"`
	TStart                                 []int  `json:"t_start"`
	TEnd                                   []int  `json:"t_end"`
	Mean, Std                              []value
	Q025, Q05, Q25, Median, Q75, Q95, Q975 []value
	SIUsed                                 []value `json:"si_used"`
	SIMoments                              []value `json:"si_moments"`
}

func judgeEpiEstim(data folder, raw json.RawMessage) (*comparison, error) {
	var c epiCase
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	in, err := data.incidence(c.Series)
	if err != nil {
		return nil, err
	}
	intervals, err := c.intervals(data, len(in.Local))
	if err != nil {
		return nil, err
	}
	spans := make([]renewal.Span, len(c.TStart))
	for i := range spans {
		spans[i] = renewal.Span{First: c.TStart[i] - 1, Last: c.TEnd[i] - 1}
	}
	result := new(comparison)
	for k, want := range c.SIUsed {
		result.close("serial interval", k, intervals[0].At(k), want, renewalTolerance)
	}
	if len(c.SIMoments) == 2 {
		mean, sd := intervals[0].Moments()
		result.close("mean serial interval", 0, mean, c.SIMoments[0], renewalTolerance)
		result.close("sd of the serial interval", 0, sd, c.SIMoments[1], renewalTolerance)
	}
	if strings.HasPrefix(c.Call, "wallinga_teunis") {
		counts := make([]float64, len(in.Local))
		for t := range counts {
			counts[t] = in.Local[t] + in.Imported[t]
		}
		for i, got := range renewal.CaseReproduction(counts, intervals[0], spans) {
			result.close("mean", c.TStart[i], got, c.Mean[i], renewalTolerance)
		}
		return result, nil
	}
	prior := renewal.WidePrior
	if c.Config.MeanPrior != nil {
		prior.Mean = *c.Config.MeanPrior
	}
	if c.Config.StdPrior != nil {
		prior.SD = *c.Config.StdPrior
	}
	got, err := renewal.CoriUncertain(in, intervals, spans, prior)
	if err != nil {
		return nil, err
	}
	c.compare(result, got)
	return result, nil
}

// compare takes the tolerances of the golden notes: exact where the reference
// is, within Monte Carlo error where it draws serial intervals.
func (c epiCase) compare(result *comparison, got []renewal.Estimate) {
	mean, quantile := renewalTolerance, renewalTolerance
	if c.Method == "uncertain_si" {
		mean, quantile = 0.02, 0.05
	}
	for i, e := range got {
		t := c.TStart[i]
		result.close("mean", t, e.Mean(), c.Mean[i], mean)
		result.close("std", t, e.SD(), c.Std[i], quantile)
		for p, want := range map[float64][]value{0.025: c.Q025, 0.05: c.Q05, 0.25: c.Q25, 0.5: c.Median, 0.75: c.Q75, 0.95: c.Q95, 0.975: c.Q975} {
			result.close(fmt.Sprintf("quantile %g", p), t, e.Quantile(p), want[i], quantile)
		}
	}
}

// intervals returns the serial intervals of a case: one, or many where it is
// uncertain.
func (c epiCase) intervals(data folder, days int) ([]renewal.Delay, error) {
	switch c.Method {
	case "non_parametric_si":
		table, err := data.read(c.SIFile)
		if err != nil {
			return nil, err
		}
		s, err := table.Series("prob")
		return []renewal.Delay{s.Counts}, err
	case "uncertain_si":
		u := renewal.Uncertain{
			Mean: renewal.Limited{Mean: c.Config.MeanSI, SD: c.Config.StdMeanSI, Low: c.Config.MinMeanSI, High: c.Config.MaxMeanSI},
			SD:   renewal.Limited{Mean: c.Config.StdSI, SD: c.Config.StdStdSI, Low: c.Config.MinStdSI, High: c.Config.MaxStdSI},
		}
		return u.Draw(c.Config.N1, days, stat.NewStream(1, "golden"))
	case "parametric_si":
		d, err := renewal.SerialInterval(c.Config.MeanSI, c.Config.StdSI, days)
		return []renewal.Delay{d}, err
	}
	return nil, fmt.Errorf("no serial interval of method %q", c.Method)
}

// incidence reads local and imported cases, or one column without origin.
func (f folder) incidence(name string) (renewal.Incidence, error) {
	table, err := f.read(name)
	if err != nil {
		return renewal.Incidence{}, err
	}
	local, err := table.Series("local")
	if err != nil {
		s, err := table.Series("count")
		return renewal.Single(s.Counts), err
	}
	imported, err := table.Series("imported")
	if len(local.Counts) > 0 {
		// Whoever came first came from elsewhere.
		imported.Counts[0] += local.Counts[0]
		local.Counts[0] = 0
	}
	return renewal.Incidence{Local: local.Counts, Imported: imported.Counts}, err
}
