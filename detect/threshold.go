package detect

import (
	"maps"
	"slices"
	"strings"

	"github.com/breakwater-eoc/breakwater/fault"
)

// Threshold is the parameter that makes an indicator more or less ready to
// find something, with the values worth trying, the strictest first.
type Threshold struct {
	Name   string
	Values []float64
}

var (
	levels   = []float64{0.00001, 0.00005, 0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1}
	quiets   = []float64{56, 42, 28, 21, 14, 10, 7, 5, 3}
	charts   = []float64{8, 6, 5, 4, 3, 2.5, 2, 1.5, 1}
	evidence = []float64{10000, 1000, 300, 100, 50, 20, 10, 5}
)

// thresholds by detector. A detector that is not here has none.
var thresholds = map[string]Threshold{
	"ears-c1": {"alpha", levels}, "ears-c2": {"alpha", levels}, "ears-c3": {"alpha", levels}, "bayes": {"alpha", levels},
	"farrington": {"alpha", levels}, "farrington-flexible": {"alpha", levels}, "combined": {"alpha", levels}, "growth": {"alpha", levels},
	"cusum": {"h", charts}, "glr": {"c.ARL", charts}, "outbreakp": {"k", evidence}, FirstAfterQuiet: {"quiet", quiets},
}

// Threshold returns the indicator's. The fault is Invalid for a detector that
// has nothing to turn.
func (ind Indicator) Threshold() (Threshold, error) {
	t, ok := thresholds[ind.Detector]
	if !ok {
		return t, fault.New(fault.Invalid, "the detector %s of indicator %s has no threshold; those that have one are %s",
			ind.Detector, ind.ID, strings.Join(slices.Sorted(maps.Keys(thresholds)), ", "))
	}
	return t, nil
}

// At returns the indicator with its threshold set to a value. The fault is
// Invalid where the detector cannot take it.
func (ind Indicator) At(value float64) (Indicator, error) {
	t, err := ind.Threshold()
	if err != nil {
		return ind, err
	}
	params := maps.Clone(ind.Params)
	if params == nil {
		params = map[string]any{}
	}
	params[t.Name] = value
	if ind.Detector == FirstAfterQuiet {
		params[t.Name] = uint64(value)
	}
	ind.Params = params
	ind.judge, err = newJudge(ind.Detector, params)
	return ind, err
}

// Setting returns the threshold that the indicator has; ok is false where it
// leaves it to the detector.
func (ind Indicator) Setting() (value float64, ok bool) {
	t, known := thresholds[ind.Detector]
	if !known {
		return 0, false
	}
	switch v := ind.Params[t.Name].(type) {
	case float64:
		return v, true
	case uint64:
		return float64(v), true
	}
	return 0, false
}
