package golden

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/breakwater-eoc/breakwater/science/aberration"
)

const chartTolerance = 1e-8

// judgeCUSUM compares bound and alarm, the sum itself and the in-control mean.
// The second-order Anscombe and the untransformed chart have known defects.
func judgeCUSUM(data folder, raw json.RawMessage) (*comparison, error) {
	var c struct {
		detectorCase
		CUSUM []value
		M     json.RawMessage
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	var control struct{ Trans string }
	if err := json.Unmarshal(c.Control, &control); err != nil {
		return nil, fmt.Errorf("read control: %w", err)
	}
	mode := aberration.Correct
	if control.Trans == "anscombe2nd" || control.Trans == "none" || control.Trans == "anscombeNegBin" {
		mode = aberration.Compat
	}
	verdicts, result, err := c.judge(data, "cusum", mode)
	if err != nil {
		return nil, err
	}
	means, err := scalarOrList(c.M, len(verdicts))
	if err != nil {
		return nil, err
	}
	for i, v := range verdicts {
		result.close("cusum", c.T[i], v.Score, c.CUSUM[i], chartTolerance)
		result.close("m", c.T[i], v.Expected, means[i], chartTolerance)
	}
	return result, nil
}

// judgeGLR compares the statistic or bound, the alarm and the in-control mean.
// The reference calls its two families glrpois and glrnb; the control object
// does not say which, the call does.
func judgeGLR(data folder, raw json.RawMessage) (*comparison, error) {
	var c struct {
		detectorCase
		Call string
		Mu0  []value
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	var control map[string]any
	if err := json.Unmarshal(c.Control, &control); err != nil {
		return nil, fmt.Errorf("read control: %w", err)
	}
	control["distribution"] = "poisson"
	mode := aberration.Correct
	if strings.HasPrefix(c.Call, "glrnb") {
		control["distribution"] = "negbin"
	}
	if control["change"] == "epi" {
		mode = aberration.Compat
	}
	var err error
	if c.Control, err = json.Marshal(control); err != nil {
		return nil, fmt.Errorf("write control: %w", err)
	}
	verdicts, result, err := c.judge(data, "glr", mode)
	if err != nil {
		return nil, err
	}
	for i, v := range verdicts {
		result.close("mu0", c.T[i], v.Expected, c.Mu0[i], chartTolerance)
	}
	return result, nil
}

// judge runs a method by name and compares the columns that all have.
func (c detectorCase) judge(data folder, name string, mode aberration.Mode) ([]aberration.Verdict, *comparison, error) {
	s, err := c.series(data)
	if err != nil {
		return nil, nil, err
	}
	verdicts, err := named(name, mode, c, s, places(c.T))
	if err != nil {
		return nil, nil, err
	}
	return verdicts, c.compare(verdicts), nil
}

// scalarOrList reads one number for all places, or one for each.
func scalarOrList(raw json.RawMessage, n int) ([]value, error) {
	var one value
	if json.Unmarshal(raw, &one) == nil {
		many := make([]value, n)
		for i := range many {
			many[i] = one
		}
		return many, nil
	}
	var many []value
	if err := json.Unmarshal(raw, &many); err != nil {
		return nil, fmt.Errorf("read means: %w", err)
	}
	return many, nil
}

// places turns rows counted from 1 into places counted from 0.
func places(rows []int) []int {
	at := make([]int, len(rows))
	for i, t := range rows {
		at[i] = t - 1
	}
	return at
}
