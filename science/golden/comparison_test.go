package golden

import (
	"fmt"
	"math"
)

// comparison counts the values of a case that were compared and keeps the
// first few that differ.
type comparison struct {
	compared, differ int
	wrong            []string
}

// value is a number that may be null in a golden file.
type value struct{ *float64 }

func (v *value) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case "null", `"NA"`, `"NaN"`:
		return nil
	case `"Inf"`:
		inf := math.Inf(1)
		v.float64 = &inf
		return nil
	}
	var f float64
	if _, err := fmt.Sscan(string(b), &f); err != nil {
		return fmt.Errorf("read golden number: %w", err)
	}
	v.float64 = &f
	return nil
}

// close compares within a relative tolerance, with the tolerance itself as
// the absolute floor. A null wants NaN or an infinite value.
func (c *comparison) close(what string, at int, got float64, want value, relative float64) {
	c.compared++
	if want.float64 == nil {
		if !math.IsNaN(got) && !math.IsInf(got, 0) {
			c.miss("%s at %d = %.15g, want none", what, at, got)
		}
		return
	}
	w := *want.float64
	if got == w {
		return
	}
	if !(math.Abs(got-w) <= relative*math.Max(math.Abs(w), 1e-3)) {
		c.miss("%s at %d = %.15g, want %.15g", what, at, got, w)
	}
}

// same compares exactly.
func (c *comparison) same(what string, at int, got, want any) {
	c.compared++
	if got != want {
		c.miss("%s at %d = %v, want %v", what, at, got, want)
	}
}

func (c *comparison) miss(format string, args ...any) {
	c.differ++
	const shown = 6
	if len(c.wrong) < shown {
		c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
	}
}
