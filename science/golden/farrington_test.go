package golden

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// judgeFlexible compares verdicts, and the fit behind each.
func judgeFlexible(data folder, raw json.RawMessage) (*comparison, error) {
	result, err := judgeDetector(func(c detectorCase, s series.Series, at []int) ([]aberration.Verdict, error) {
		return named("farrington-flexible", aberration.Compat, c, s, at)
	})(data, raw)
	if err != nil {
		return nil, err
	}
	var c struct {
		detectorCase
		Phi       []value
		TrendUsed []value `json:"trend_used"`
		TrendCoef []value `json:"trend_coef"`
		Mean      []value `json:"mu0Vector"`
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	s, err := c.series(data)
	if err != nil {
		return nil, err
	}
	p := aberration.DefaultFlexible()
	if err := json.Unmarshal(c.Control, &p); err != nil {
		return nil, fmt.Errorf("read control: %w", err)
	}
	for i, t := range c.T {
		fit, why := aberration.FitFlexible(s, t-1, p, aberration.Compat)
		if why != "" {
			fit = aberration.FlexibleFit{Phi: math.NaN(), Trend: math.NaN()}
		}
		used := 1.0
		if math.IsNaN(fit.Trend) {
			used = 0
		}
		result.close("phi", t, fit.Phi, c.Phi[i], glmTolerance)
		result.close("trend_used", t, used, c.TrendUsed[i], 0)
		result.close("trend_coef", t, fit.Trend, c.TrendCoef[i], glmTolerance)
		if i < len(c.Mean) {
			mean := fit.Mu
			if p.ThresholdMethod == aberration.Muan {
				mean = math.Exp(fit.Eta + stat.NormalQuantile(1-p.Alpha)*fit.EtaError)
			}
			result.close("mu0Vector", t, mean, c.Mean[i], glmTolerance)
		}
	}
	return result, nil
}

// traceCase is one fit of the flexible method, laid open.
type traceCase struct {
	detectorCase
	T                int
	B, W             int
	NoPeriods        int
	PastWeeks        int `json:"pastWeeksNotIncluded"`
	WeightsThreshold float64
	PopulationOffset bool
	ReferenceIndex   []int `json:"reference_index"`
	TrainIndex       []int `json:"train_index"`
	WTime            []value
	SeasGroup        []int
	Response         []value
	WTimeNow         value `json:"wtime_now"`
	Fit1             struct {
		Coef                   map[string]value
		Dispersion             value
		Hat, Anscombe, Weights []value
	}
	Fit2 struct {
		Coef    map[string]value
		Pearson value `json:"dispersion_pearson"`
		Phi     value
		Used    value `json:"dispersion_used_for_se_and_trend_test"`
		TrendP  value `json:"trend_p_value"`
		DF      int   `json:"df_residual"`
	}
	Predicted struct {
		Eta, Mu value
		SEEta   value `json:"se_eta"`
		SEMu    value `json:"se_mu"`
		Pearson value `json:"se_eta_if_pearson_dispersion_were_used"`
	} `json:"pred_with_trend"`
}

func judgeTrace(data folder, raw json.RawMessage) (*comparison, error) {
	var c traceCase
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("read trace: %w", err)
	}
	if c.PopulationOffset && c.Population == "" {
		c.Population = strings.TrimSuffix(filepath.Base(c.Series), ".csv") + "_population"
	}
	s, err := c.series(data)
	if err != nil {
		return nil, err
	}
	p := aberration.ImprovedFlexible()
	p.B, p.W, p.NoPeriods, p.PastWeeksNotIncluded = c.B, c.W, c.NoPeriods, &c.PastWeeks
	p.WeightsThreshold, p.PopulationOffset = c.WeightsThreshold, c.PopulationOffset
	p.PThresholdTrend = 2 // the trend stays whatever its p value
	fit, why := aberration.FitFlexible(s, c.T-1, p, aberration.Compat)
	if why != "" {
		return nil, fmt.Errorf("no fit: %s", why)
	}
	correct, _ := aberration.FitFlexible(s, c.T-1, p, aberration.Correct)
	result := new(comparison)
	c.compareTraining(result, s, fit.Training)
	c.compareFits(result, fit)
	result.close("eta", c.T, fit.Eta, c.Predicted.Eta, glmTolerance)
	result.close("mu", c.T, fit.Mu, c.Predicted.Mu, glmTolerance)
	result.close("se_eta", c.T, fit.EtaError, c.Predicted.SEEta, glmTolerance)
	result.close("se_mu", c.T, fit.Mu*fit.EtaError, c.Predicted.SEMu, glmTolerance)
	result.close("se_eta in correct mode", c.T, correct.EtaError, c.Predicted.Pearson, glmTolerance)
	return result, nil
}

func (c traceCase) compareTraining(result *comparison, s series.Series, tr aberration.Training) {
	result.same("reference points", c.T, len(tr.Reference), len(c.ReferenceIndex))
	for i, r := range c.ReferenceIndex {
		result.same("reference point", i, tr.Reference[i]+1, r)
	}
	result.same("rows", c.T, len(tr.Rows), len(c.TrainIndex))
	result.close("time now", c.T, tr.Now, c.WTimeNow, glmTolerance)
	for i, row := range tr.Rows {
		result.same("row", i, row+1, c.TrainIndex[i])
		result.same("period", i, tr.Period[i]+1, c.SeasGroup[i])
		result.close("time", i, tr.Time[i], c.WTime[i], glmTolerance)
		result.close("response", i, s.Counts[row], c.Response[i], 0)
	}
}

func (c traceCase) compareFits(result *comparison, fit aberration.FlexibleFit) {
	for name, f := range map[string]struct {
		slope float64
		level []float64
		want  map[string]value
	}{
		"first": {fit.First.Slope, fit.First.Level, c.Fit1.Coef},
		"final": {fit.Final.Slope, fit.Final.Level, c.Fit2.Coef},
	} {
		for coef, want := range f.want {
			var group int
			got := f.level[0]
			switch {
			case coef == "wtime":
				got = f.slope
			case coef != "(Intercept)":
				if _, err := fmt.Sscanf(coef, "seasgroups%d", &group); err != nil {
					result.miss("coefficient %q is not known", coef)
				}
				got = f.level[group-1] - f.level[0]
			}
			result.close(name+" "+coef, c.T, got, want, glmTolerance)
		}
	}
	result.close("first dispersion", c.T, fit.First.Dispersion, c.Fit1.Dispersion, glmTolerance)
	for i := range c.Fit1.Hat {
		result.close("hat", i, fit.First.Hat[i], c.Fit1.Hat[i], glmTolerance)
		result.close("anscombe", i, fit.Residuals[i], c.Fit1.Anscombe[i], glmTolerance)
		result.close("weight", i, fit.Weights[i], c.Fit1.Weights[i], glmTolerance)
	}
	result.close("final dispersion", c.T, fit.Final.Dispersion, c.Fit2.Pearson, glmTolerance)
	result.close("phi", c.T, fit.Phi, c.Fit2.Phi, glmTolerance)
	result.close("dispersion used", c.T, fit.ErrorDispersion, c.Fit2.Used, glmTolerance)
	result.close("trend p", c.T, fit.TrendP, c.Fit2.TrendP, glmTolerance)
	result.same("degrees of freedom", c.T, fit.Final.DF, c.Fit2.DF)
}
