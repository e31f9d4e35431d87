package simulation_test

import (
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/bench/simulation"
	"github.com/breakwater-eoc/breakwater/fault"
)

// fixed is a meter that stands still, so that figures depend on the run alone.
var fixed = simulation.Meter{CPU: func() time.Duration { return 0 }, Peak: func() int64 { return 1 << 20 }}

func TestTheHashIsTheSameAtAnyNumberOfThreads(t *testing.T) {
	for _, mode := range []simulation.Mode{simulation.Epidemic, simulation.Activity} {
		hashes := map[string]int{}
		for _, threads := range []int{1, 2, 4} {
			f, err := simulation.Run(simulation.Size{People: 20000, Days: 60, Threads: threads, Seed: 4, Mode: mode}, fixed)
			if err != nil {
				t.Fatal(err)
			}
			hashes[f.OutputHash]++
			if f.Infections < 3000 || (mode == simulation.Activity) != (f.Visits > 0) {
				t.Errorf("%s: %d infections, %d visits", mode, f.Infections, f.Visits)
			}
		}
		if len(hashes) != 1 {
			t.Errorf("%s: hashes by threads %v, want one", mode, hashes)
		}
	}
}

func TestImpossibleSizesAreRefused(t *testing.T) {
	for _, s := range []simulation.Size{{People: 1000, Days: 1, Threads: 1, Mode: "?"}, {People: 1000, Threads: 1, Mode: simulation.Epidemic}, {People: -1, Days: 1, Threads: 1, Mode: simulation.Epidemic}} {
		if _, err := simulation.Run(s, fixed); err == nil || fault.KindOf(err) != fault.Invalid {
			t.Errorf("%+v: got %v, want an invalid fault", s, err)
		}
	}
}
