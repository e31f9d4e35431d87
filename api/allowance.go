package api

import (
	"sync"
	"time"
)

// allowance lets each address do something a few times an hour. It forgets an
// address when its hour is over, and holds no more of them than mostAddresses,
// so that a flood cannot fill the memory.
type allowance struct {
	most int

	mu    sync.Mutex
	hour  time.Time
	taken map[string]int
}

// mostAddresses bounds what is remembered within an hour; beyond it everybody
// who is new waits for the next.
const mostAddresses = 100_000

func newAllowance(most int) *allowance { return &allowance{most: most, taken: map[string]int{}} }

// take uses one of an address's times, and reports whether there was one.
func (a *allowance) take(address string, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if hour := now.Truncate(time.Hour); !hour.Equal(a.hour) {
		a.hour = hour
		clear(a.taken)
	}
	if a.taken[address] >= a.most || a.taken[address] == 0 && len(a.taken) >= mostAddresses {
		return false
	}
	a.taken[address]++
	return true
}
