// Package bench holds the measured paths and the synthetic data they run on.
//
// In: the things to measure, behind the small interfaces that they are used
// by; sizes, a seed, and a clock. Out: figures that print as one JSON object,
// each beside that of its peer. Nothing here judges a figure: the budgets are
// in the design, the measured ones in docs/performance.md.
package bench

import (
	"slices"
	"time"
)

// Clock tells the time; benchmarks are handed one.
type Clock func() time.Time

// Latency sums up how long single questions took, in milliseconds.
type Latency struct {
	P50 float64 `json:"p50"`
	P90 float64 `json:"p90"`
	P99 float64 `json:"p99"`
	Max float64 `json:"max"`
}

// latencyOf sums up durations; it sorts them. No durations give zeros.
func latencyOf(took []time.Duration) Latency {
	if len(took) == 0 {
		return Latency{}
	}
	slices.Sort(took)
	at := func(q float64) float64 {
		return float64(took[min(len(took)-1, int(q*float64(len(took))))].Microseconds()) / 1000
	}
	return Latency{P50: at(0.5), P90: at(0.9), P99: at(0.99), Max: at(1)}
}

// perSecond gives a rate, 0 when no time passed.
func perSecond(n int, took time.Duration) float64 {
	if took <= 0 {
		return 0
	}
	return float64(n) / took.Seconds()
}
