package detection

import (
	"fmt"
	"math"

	"github.com/breakwater-eoc/breakwater/science/aberration"
)

// entry is a method as it takes part: its settings, and whether it goes
// through a series in one run.
type entry struct {
	name, method, params string
	sequential           bool
}

// entries are the methods with the settings of the comparison in R: no count
// is masked for being low, as the thresholds are matched. OutbreakP is given
// the judged year, as it wants a series that starts quiet.
var entries = []entry{
	{"ears-c1", "ears-c1", `{}`, false},
	{"ears-c2", "ears-c2", `{}`, false},
	{"ears-c3", "ears-c3", `{}`, false},
	{"farrington", "farrington", `{"limit54":[0,4]}`, false},
	{"farrington-flexible", "farrington-flexible", `{"limit54":[0,4],"noPeriods":10,"pastWeeksNotIncluded":26,"pThresholdTrend":1,"thresholdMethod":"nbPlugin"}`, false},
	{"bayes-b1w6", "bayes", `{"b":1,"w":6}`, false},
	{"bayes-b2w4", "bayes", `{"b":2,"w":4,"actY":false}`, false},
	{"rki", "rki", `{"b":2,"w":4}`, false},
	{"cusum", "cusum", `{"trans":"rossi"}`, true},
	{"glr", "glr", `{"M":26,"ret":"value"}`, true},
	{"outbreakp", "outbreakp", `{"from":560}`, false},
	{"combined", "combined", `{}`, false},
}

// Methods returns every method of the comparison.
func Methods() ([]Method, error) {
	var out []Method
	for _, e := range entries {
		d, err := aberration.ByName(e.method, []byte(e.params), aberration.Correct)
		if err != nil {
			return nil, fmt.Errorf("set up %s: %w", e.name, err)
		}
		m := Method{Name: e.name, Detector: d, Sequential: e.sequential, Evidence: byPValue}
		switch e.method {
		case "combined", "cusum", "glr", "outbreakp", "ears-c3":
			m.Evidence = byScore
		case "rki":
			m.Evidence = byBound
		}
		out = append(out, m)
	}
	return out, nil
}

func byPValue(v aberration.Verdict) float64 { return -math.Log10(v.PValue) }

func byScore(v aberration.Verdict) float64 { return v.Score }

// byBound is the excess as a share of the way to the bound.
func byBound(v aberration.Verdict) float64 {
	return (v.Observed - v.Expected) / (v.Bound - v.Expected)
}
