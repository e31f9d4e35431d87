package pack

import (
	"fmt"
	"math"

	"cel.dev/cel-go/cel"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
)

// mostCost bounds a condition: far above any sensible rule, far below what
// could hold up a decision.
const mostCost = 10_000

// condition decides a rule on the values of the inputs.
type condition func(values map[string]any) (bool, error)

// environment types the inputs: shares and rates are doubles, counts integers.
type environment struct {
	env   *cel.Env
	units map[string]figure.Unit
}

func newEnvironment(units map[string]figure.Unit) (environment, error) {
	options := []cel.EnvOption{cel.CrossTypeNumericComparisons(true)}
	for name, unit := range units {
		t := cel.IntType
		if fractional(unit) {
			t = cel.DoubleType
		}
		options = append(options, cel.Variable(name, t))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return environment{}, fmt.Errorf("declare the inputs: %w", err)
	}
	return environment{env: env, units: units}, nil
}

func fractional(u figure.Unit) bool { return u == figure.Share || u == figure.PerHundred }

// compile checks an expression and its type. The fault is Invalid and says
// where in the expression.
func (e environment) compile(text string) (condition, error) {
	ast, issues := e.env.Compile(text)
	if issues.Err() != nil {
		return nil, fault.New(fault.Invalid, "%s", issues.Err())
	}
	if ast.OutputType() != cel.BoolType {
		return nil, fault.New(fault.Invalid, "must be true or false, not %s", ast.OutputType())
	}
	program, err := e.env.Program(ast, cel.CostLimit(mostCost))
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s", err)
	}
	return func(values map[string]any) (bool, error) {
		out, _, err := program.Eval(values)
		if err != nil {
			return false, fmt.Errorf("evaluate %q: %w", text, err)
		}
		return out.Value() == true, nil
	}, nil
}

// Decide tries the rules in order on the values of the inputs, by their names,
// and returns the first that holds; ok is false when none does. The fault is
// Invalid for an input that is missing.
func (p *Pack) Decide(values map[string]float64) (r Rule, ok bool, err error) {
	typed := map[string]any{}
	for _, in := range p.Inputs {
		v, ok := values[in.Name]
		if !ok {
			return Rule{}, false, fault.New(fault.Invalid, "input %s of pack %s has no value", in.Name, p.ID)
		}
		typed[in.Name] = typedValue(v)
	}
	for _, r := range p.Rules {
		holds, err := r.holds(typed)
		if err != nil {
			return Rule{}, false, fmt.Errorf("rule %s of pack %s: %w", r.ID, p.ID, err)
		}
		if holds {
			return r, true, nil
		}
	}
	return Rule{}, false, nil
}

// typedValue gives whole numbers as integers: comparisons cross types, so that
// a share that happens to be whole does no harm.
func typedValue(v float64) any {
	if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
		return int64(v)
	}
	return v
}
