package theory_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/breakwater-eoc/breakwater/science/spread/theory"
)

// TestTheEngineMeetsTheory runs every check at the quick size.
func TestTheEngineMeetsTheory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes most of a minute")
	}
	for _, c := range theory.Checks() {
		t.Run(c.ID, func(t *testing.T) {
			rows, err := c.Run(theory.Quick(runtime.NumCPU()))
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				line := fmt.Sprintf("%s: %s: got %.4g, want %.4g within %.2g", r.Check, r.What, r.Got, r.Target, r.Tolerance)
				if !r.Pass {
					t.Error(line)
				} else {
					t.Log(line)
				}
			}
		})
	}
}
