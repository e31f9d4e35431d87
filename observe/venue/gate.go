package venue

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// ErrBusy says that as many batches wait for the disk as may; the sender keeps
// its batch and sends it again.
var ErrBusy = errors.New("the log of visits is busy; send the batch again in a moment")

// Admission decides what may be collected.
type Admission struct {
	Desk Desk
	// Declared tells whether a declaration lets visits be collected under
	// pseudonyms at a site at an instant. Where none does, heads are counted: the
	// visit is stored with nobody's pseudonym.
	Declared func(site SiteID, at time.Time) bool
	// Keep is how many days are kept, today included; what is older is refused.
	Keep int
}

// Gate is where visits come in from outside: it admits what may be collected,
// and holds off whoever sends more than can be kept.
type Gate struct {
	Admission
	Log    Log
	Limits *SiteLimits

	waiting chan struct{}
}

// Skew is how far a sender's clock may be ahead.
const Skew = 5 * time.Minute

// NewGate makes a gate at which at most waiting batches are under way.
func NewGate(g Gate, waiting int) *Gate {
	g.waiting = make(chan struct{}, waiting)
	return &g
}

// Take stores a batch and returns when it is durable, with one outcome each. The
// batch is Invalid as a whole when any record is wrong. [ErrBusy] says that
// nothing was stored.
func (g *Gate) Take(ctx context.Context, now time.Time, batch []Sent) ([]Outcome, error) {
	select {
	case g.waiting <- struct{}{}:
		defer func() { <-g.waiting }()
	default:
		return nil, ErrBusy
	}
	out := make([]Outcome, len(batch))
	kept := make([]Observation, 0, len(batch))
	places := make([]int, 0, len(batch))
	var wrong []fault.Place
	for i, s := range batch {
		o, err := g.Admit(s, now)
		switch {
		case fault.Is(err, fault.Invalid):
			wrong = append(wrong, fault.Place{Line: i + 1, Problem: fault.Message(err)})
		case err != nil:
			return nil, err
		case o.Act == CheckIn && !g.Limits.allow(o.Site, now):
			out[i] = Limited
		default:
			kept, places = append(kept, o), append(places, i)
		}
	}
	if err := fault.At("the batch holds observations that are wrong", wrong...); err != nil {
		return nil, err
	}
	outcomes, err := g.Log.Append(ctx, kept)
	if err != nil {
		return nil, err
	}
	for k, outcome := range outcomes {
		out[places[k]] = kept[k].Became(outcome)
	}
	return out, nil
}

// Admit gives the observation of one record as it may be kept. One of another
// time than is kept is Invalid, and leaves no key of its day behind.
func (a Admission) Admit(s Sent, now time.Time) (Observation, error) {
	o, err := a.Desk.Count(s)
	if err != nil {
		return o, err
	}
	today := civil.DayOf(now, a.Desk.Zone)
	switch {
	case o.Act == CheckIn && o.Enter > trace.InstantOf(now.Add(Skew)), o.Day > today+1:
		return o, fault.New(fault.Invalid, "the time lies in the future; set the sender's clock")
	case o.Day <= today-civil.Day(a.Keep):
		return o, fault.New(fault.Invalid, "the day %s is no longer kept", o.Day)
	case o.Act == CheckIn && a.Declared(o.Site, now):
		err = a.Desk.name(&o, s)
	}
	return o, err
}

// SiteLimits bounds the check-ins that each site may send: a rate, and a burst
// above it.
type SiteLimits struct {
	perSecond, burst float64

	mu    sync.Mutex
	sites map[SiteID]bucket
}

// bucket is what a site may still send at an instant.
type bucket struct {
	left float64
	at   time.Time
}

// NewSiteLimits makes limits of so many check-ins a second and at once.
func NewSiteLimits(perSecond, burst float64) *SiteLimits {
	return &SiteLimits{perSecond: perSecond, burst: burst, sites: map[SiteID]bucket{}}
}

// mostSites bounds the sites that are remembered. Those which have not sent for
// a while have their full burst again and may be forgotten.
const mostSites = 200_000

func (l *SiteLimits) allow(site SiteID, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, ok := l.sites[site]
	if !ok {
		if len(l.sites) >= mostSites {
			l.forget(now)
		}
		b = bucket{left: l.burst, at: now}
	}
	b.left = min(l.burst, b.left+max(0, now.Sub(b.at).Seconds())*l.perSecond)
	b.at = now
	allowed := b.left >= 1
	if allowed {
		b.left--
	}
	l.sites[site] = b
	return allowed
}

// forget drops the sites that would have their full burst by now, and all of
// them when that makes no room: a flood of invented sites costs the flood its
// limits, not the memory.
func (l *SiteLimits) forget(now time.Time) {
	for site, b := range l.sites {
		if b.left+now.Sub(b.at).Seconds()*l.perSecond >= l.burst {
			delete(l.sites, site)
		}
	}
	if len(l.sites) >= mostSites {
		clear(l.sites)
	}
}
