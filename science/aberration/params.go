package aberration

import (
	"encoding/json"
	"slices"

	"github.com/breakwater-eoc/breakwater/fault"
)

func ears(raw []byte, method string, detector func(EARSParams) Detector) (Detector, error) {
	p, err := decode(raw, struct {
		EARSParams
		Method string `json:"method"`
	}{EARSParams: EARSParams{Baseline: 7}, Method: method})
	if err != nil {
		return nil, err
	}
	if p.Method != method {
		return nil, fault.New(fault.Invalid, "the parameters are of method %q, wanted %s", p.Method, method)
	}
	return detector(p.EARSParams), firstError(
		inRange("baseline", float64(p.Baseline), 3, longest),
		inRange("minSigma", p.MinSigma, 0, 1e9),
		inRange("alpha", p.Alpha, 0, 0.5))
}

func flexible(raw []byte, mode Mode) (Detector, error) {
	p, err := decode(raw, DefaultFlexible())
	if err != nil {
		return nil, err
	}
	if p.ThresholdMethod != Delta && p.ThresholdMethod != NegBinPlugin && p.ThresholdMethod != Muan {
		return nil, fault.New(fault.Invalid, "thresholdMethod must be delta, nbPlugin or muan, got %q", p.ThresholdMethod)
	}
	recent := p.W
	if p.PastWeeksNotIncluded != nil {
		recent = *p.PastWeeksNotIncluded
	}
	return FarringtonFlexible(p, mode), firstError(
		farringtonRanges(p.B, p.W, p.Alpha, p.PowerTrans, p.Limit54),
		inRange("noPeriods", float64(p.NoPeriods), 1, 366),
		inRange("pastWeeksNotIncluded", float64(recent), 0, longest),
		inRange("weightsThreshold", p.WeightsThreshold, 0, 100),
		inRange("pThresholdTrend", p.PThresholdTrend, 0, 1))
}

func classic(raw []byte) (Detector, error) {
	p, err := decode(raw, DefaultFarrington())
	if err != nil {
		return nil, err
	}
	return Farrington(p), farringtonRanges(p.B, p.W, p.Alpha, p.PowerTrans, p.Limit54)
}

func farringtonRanges(b, w int, alpha float64, power string, limit [2]int) error {
	if !slices.Contains([]string{"2/3", "1/2", "none"}, power) {
		return fault.New(fault.Invalid, "powertrans must be 2/3, 1/2 or none, got %q", power)
	}
	return firstError(
		inRange("b", float64(b), 1, 100),
		inRange("w", float64(w), 0, 180),
		inRange("alpha", alpha, 1e-12, 0.5),
		inRange("limit54", float64(limit[0]), 0, 1e9),
		inRange("limit54", float64(limit[1]), 1, longest))
}

func bayes(raw []byte) (Detector, error) {
	p, err := decode(raw, DefaultBayes())
	if err != nil {
		return nil, err
	}
	return Bayes(p), firstError(p.ranges(), inRange("alpha", p.Alpha, 1e-12, 0.5))
}

func rki(raw []byte) (Detector, error) {
	p, err := decode(raw, DefaultRKI())
	if err != nil {
		return nil, err
	}
	return RKI(p), p.ranges()
}

func (p WindowParams) ranges() error {
	if p.B == 0 && !p.ActY {
		return fault.New(fault.Invalid, "with b = 0 and actY = false there is nothing to compare with")
	}
	return firstError(inRange("b", float64(p.B), 0, 100), inRange("w", float64(p.W), 1, longest))
}

func cusum(raw []byte, mode Mode) (Detector, error) {
	p, err := decode(raw, struct {
		K     float64         `json:"k"`
		H     float64         `json:"h"`
		Trans Transform       `json:"trans"`
		Alpha *float64        `json:"alpha"`
		M     json.RawMessage `json:"m"`
	}{K: 1.04, H: 2.26, Trans: Standard})
	if err != nil {
		return nil, err
	}
	c := DefaultCUSUM()
	c.K, c.H, c.Trans = p.K, p.H, p.Trans
	if p.Alpha != nil {
		c.Alpha = *p.Alpha
	}
	switch string(p.M) {
	case "", "null":
	case `"glm"`:
		c.Seasonal = true
	default:
		if json.Unmarshal(p.M, &c.Mean) != nil || !(c.Mean > 0) {
			return nil, fault.New(fault.Invalid, `m must be "glm", a mean above 0, or left out`)
		}
	}
	if !slices.Contains(Transforms(), c.Trans) {
		return nil, fault.New(fault.Invalid, "trans must be one of %v, got %q", Transforms(), c.Trans)
	}
	return CUSUM(c, mode), firstError(
		inRange("k", c.K, 0, 1e6), inRange("h", c.H, 0, 1e9), inRange("alpha", c.Alpha, 0, 1e6))
}

// glrControl is the control object of the reference's charts. Its Poisson and
// negative binomial charts are two functions there; here an alpha of null, or
// distribution negbin without alpha, has the dispersion estimated.
type glrControl struct {
	Threshold float64 `json:"c.ARL"`
	Mu0       struct {
		S     int  `json:"S"`
		Trend bool `json:"trend"`
		Refit bool `json:"refit"`
	} `json:"mu0"`
	Alpha        json.RawMessage `json:"alpha"`
	Distribution string          `json:"distribution"`
	Theta        float64         `json:"theta"`
	M            int             `json:"M"`
	Mtilde       int             `json:"Mtilde"`
	Change       Change          `json:"change"`
	Direction    string          `json:"dir"`
	Ret          string          `json:"ret"`
}

func glr(raw []byte, mode Mode) (Detector, error) {
	start := glrControl{Threshold: 5, M: -1, Mtilde: 1, Change: Intercept, Direction: "inc", Ret: "cases"}
	start.Mu0.S = 1
	c, err := decode(raw, start)
	if err != nil {
		return nil, err
	}
	p := GLRParams{Threshold: c.Threshold, Waves: c.Mu0.S, Trend: c.Mu0.Trend, Refit: c.Mu0.Refit,
		Theta: c.Theta, Window: max(c.M, 0), Least: c.Mtilde, Change: c.Change,
		Decrease: c.Direction == "dec", BoundIsStatistic: c.Ret == "value"}
	if p.Alpha, err = c.dispersion(); err != nil {
		return nil, err
	}
	return GLR(p, mode), firstError(
		oneOf("change", string(c.Change), string(Intercept), string(Epidemic)),
		oneOf("dir", c.Direction, "inc", "dec"),
		oneOf("ret", c.Ret, "cases", "value"),
		inRange("c.ARL", c.Threshold, 0, 1e6),
		inRange("theta", c.Theta, 0, 20),
		inRange("mu0.S", float64(c.Mu0.S), 0, 10),
		inRange("alpha", p.Alpha, -1, 1e6),
		inRange("M", float64(c.M), -1, longest),
		inRange("Mtilde", float64(c.Mtilde), 1, longest))
}

// dispersion reads alpha: below 0 stands for one that is estimated.
func (c glrControl) dispersion() (float64, error) {
	if err := oneOf("distribution", c.Distribution, "", "poisson", "negbin"); err != nil {
		return 0, err
	}
	if len(c.Alpha) == 0 {
		if c.Distribution == "negbin" {
			return -1, nil
		}
		return 0, nil
	}
	if string(c.Alpha) == "null" {
		return -1, nil
	}
	var alpha float64
	if err := json.Unmarshal(c.Alpha, &alpha); err != nil || alpha < 0 {
		return 0, fault.New(fault.Invalid, "alpha must be a number from 0 up, or null")
	}
	if c.Distribution == "poisson" && alpha > 0 {
		return 0, fault.New(fault.Invalid, "a Poisson chart has no alpha above 0")
	}
	return alpha, nil
}

func outbreakP(raw []byte) (Detector, error) {
	p, err := decode(raw, DefaultOutbreakP())
	if err != nil {
		return nil, err
	}
	return OutbreakP(p), firstError(inRange("k", p.K, 1e-6, 1e12), inRange("maxUpperboundCases", p.Most, 1, 1e7))
}

func combined(raw []byte) (Detector, error) {
	p, err := decode(raw, DefaultCombined())
	if err != nil {
		return nil, err
	}
	return Combined(p), firstError(
		inRange("alpha", p.Alpha, 1e-6, 0.5),
		inRange("years", float64(p.Years), 1, 100),
		inRange("recent", float64(p.Recent), 0, longest),
		inRange("waves", float64(p.Waves), 0, 10),
		inRange("weightsThreshold", p.WeightsThreshold, 1, 100))
}

func growth(raw []byte) (Detector, error) {
	p, err := decode(raw, DefaultGrowth())
	if err != nil {
		return nil, err
	}
	const widest = 400 // slopes between all pairs: their number grows with the square
	return Growth(p), firstError(
		inRange("window", float64(p.Window), 3, widest),
		inRange("least", float64(p.Least), 3, float64(p.Window)),
		inRange("noise", float64(p.Noise), leastResiduals+2, longest),
		inRange("minSigma", p.MinSigma, 1e-6, 1e3),
		inRange("minGrowth", p.MinGrowth, 0, 10),
		inRange("alpha", p.Alpha, 1e-12, 0.5))
}

// oneOf refuses a word that is not among the allowed ones.
func oneOf(name, got string, allowed ...string) error {
	if slices.Contains(allowed, got) {
		return nil
	}
	return fault.New(fault.Invalid, "%s must be one of %v, got %q", name, allowed, got)
}
