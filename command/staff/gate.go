package staff

import (
	"sync"
	"time"

	"github.com/breakwater-eoc/breakwater/fault"
)

// gate slows down who guesses passwords. It counts failures within a window
// for a name from an address, for an address, and for a name from anywhere. The
// last is generous, so that nobody can lock an officer out by guessing badly.
type gate struct {
	mu       sync.Mutex
	failures map[attempt][]time.Time
}

// attempt is what failures are counted for; either part may be empty.
type attempt struct{ name, address string }

const (
	gateWindow  = 15 * time.Minute
	mostPair    = 5
	mostAddress = 30
	mostName    = 100
	// mostAttempts bounds the memory of the gate.
	mostAttempts = 50_000
)

func newGate() *gate { return &gate{failures: map[attempt][]time.Time{}} }

// attempts lists what an attempt is counted for, with the limit of each.
func attempts(name, address string) map[attempt]int {
	return map[attempt]int{{name, address}: mostPair, {"", address}: mostAddress, {name, ""}: mostName}
}

// pass returns nil when another attempt may be made; the fault is Conflict.
func (g *gate) pass(name, address string, now time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	for a, most := range attempts(name, address) {
		if len(g.recent(a, now)) >= most {
			return fault.New(fault.Conflict, "too many attempts to sign in failed; wait a quarter of an hour")
		}
	}
	return nil
}

// failed counts a failure.
func (g *gate) failed(name, address string, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.failures) > mostAttempts {
		g.sweep(now)
	}
	for a := range attempts(name, address) {
		g.failures[a] = append(g.recent(a, now), now)
	}
}

// succeeded forgets the failures of a name from an address.
func (g *gate) succeeded(name, address string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.failures, attempt{name, address})
}

// recent drops the failures that the window has left behind.
func (g *gate) recent(a attempt, now time.Time) []time.Time {
	all := g.failures[a]
	for len(all) > 0 && now.Sub(all[0]) >= gateWindow {
		all = all[1:]
	}
	return all
}

// sweep forgets what is over and, if that is not enough, everything: a flood
// from many addresses must not fill the memory.
func (g *gate) sweep(now time.Time) {
	for a := range g.failures {
		if len(g.recent(a, now)) == 0 {
			delete(g.failures, a)
		}
	}
	if len(g.failures) > mostAttempts {
		clear(g.failures)
	}
}
