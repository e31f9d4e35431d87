package theory_test

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"testing"

	"github.com/breakwater-eoc/breakwater/science/spread/theory"
)

// quickly lists the checks that take seconds together.
var quickly = []string{"T4", "T5", "T6", "T7", "T8", "T11", "T13", "T14", "T15"}

func TestTheEngineMeetsTheory(t *testing.T) {
	for _, c := range theory.Checks() {
		if slices.Contains(quickly, c.ID) {
			judge(t, c)
		}
	}
}

// TestProveTheEngineMeetsTheory runs every check at the quick size.
func TestProveTheEngineMeetsTheory(t *testing.T) {
	if os.Getenv("BREAKWATER_PROVE") == "" {
		t.Skip("takes most of a minute; run by make prove")
	}
	for _, c := range theory.Checks() {
		judge(t, c)
	}
}

func judge(t *testing.T, c theory.Check) {
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
