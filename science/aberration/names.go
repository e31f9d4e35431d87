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
	"ears-c1":             func(p []byte, _ Mode) (Detector, error) { return ears(p, "C1", C1) },
	"ears-c2":             func(p []byte, _ Mode) (Detector, error) { return ears(p, "C2", C2) },
	"ears-c3":             func(p []byte, m Mode) (Detector, error) { return ears(p, "C3", c3In(m)) },
	"farrington":          func(p []byte, _ Mode) (Detector, error) { return classic(p) },
	"farrington-flexible": flexible,
	"bayes":               func(p []byte, _ Mode) (Detector, error) { return bayes(p) },
	"rki":                 func(p []byte, _ Mode) (Detector, error) { return rki(p) },
	"cusum":               cusum,
	"glr":                 glr,
	"combined":            func(p []byte, _ Mode) (Detector, error) { return combined(p) },
	"growth":              func(p []byte, _ Mode) (Detector, error) { return growth(p) },
	"outbreakp":           func(p []byte, _ Mode) (Detector, error) { return outbreakP(p) },
}

func c3In(m Mode) func(EARSParams) Detector { return func(p EARSParams) Detector { return C3(p, m) } }

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
