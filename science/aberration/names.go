package aberration

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/breakwater-eoc/breakwater/fault"
)

// methods lists every detector by the name that configuration and command
// line use.
var methods = map[string]func(params []byte, mode Mode) (Detector, error){
	"farrington":          func(p []byte, _ Mode) (Detector, error) { return classic(p) },
	"farrington-flexible": flexible,
	"ears-c1": func(p []byte, _ Mode) (Detector, error) {
		return ears(p, "C1", func(e EARSParams) Detector { return C1(e) })
	},
	"ears-c2": func(p []byte, _ Mode) (Detector, error) {
		return ears(p, "C2", func(e EARSParams) Detector { return C2(e) })
	},
	"ears-c3": func(p []byte, m Mode) (Detector, error) {
		return ears(p, "C3", func(e EARSParams) Detector { return C3(e, m) })
	},
}

// Names lists the methods that [ByName] knows, in alphabetical order.
func Names() []string {
	names := make([]string, 0, len(methods))
	for name := range methods {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// ByName returns the detector of a method with parameters as a JSON object,
// named as in R surveillance; empty params take every default. The error is
// NotFound for an unknown method and Invalid for parameters that the method
// does not have or cannot use.
func ByName(name string, params []byte, mode Mode) (Detector, error) {
	make, ok := methods[name]
	if !ok {
		return nil, fault.New(fault.NotFound, "no method is called %q; there are %s", name, strings.Join(Names(), ", "))
	}
	return make(params, mode)
}

// decode reads parameters into a value that holds the defaults.
func decode[T any](params []byte, into T) (T, error) {
	if len(bytes.TrimSpace(params)) == 0 {
		return into, nil
	}
	d := json.NewDecoder(bytes.NewReader(params))
	d.DisallowUnknownFields()
	if err := d.Decode(&into); err != nil {
		return into, fault.New(fault.Invalid, "the parameters cannot be read: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if d.More() {
		return into, fault.New(fault.Invalid, "the parameters must be one JSON object")
	}
	return into, nil
}

// inRange refuses a parameter outside [low, high]; NaN is outside.
func inRange(name string, v, low, high float64) error {
	if v >= low && v <= high {
		return nil
	}
	return fault.New(fault.Invalid, "%s must lie between %g and %g, got %g", name, low, high, v)
}

// firstError returns the first error there is.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// longest bounds windows and baselines, so that no parameter asks for hours.
const longest = 10_000

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
