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
	// Nothing is counted against a site, and no key is made, before all is checked.
	checked := make([]Checked, len(batch))
	var wrong Wrong
	for i, s := range batch {
		var err error
		if checked[i], err = g.Check(s, now); err != nil && !wrong.Note(i+1, err) {
			return nil, err
		}
	}
	if err := wrong.Fault(); err != nil {
		return nil, err
	}
	out := make([]Outcome, len(batch))
	kept := make([]Observation, 0, len(batch))
	places := make([]int, 0, len(batch))
	for i, c := range checked {
		if c.Act == CheckIn && !g.Limits.allow(c.Site, now) {
			out[i] = Limited
			continue
		}
		o, err := g.Name(c)
		if err != nil {
			return nil, err
		}
		kept, places = append(kept, o), append(places, i)
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

// Checked is what was sent, checked and still of nobody.
type Checked struct {
	Observation
	person trace.Token // who is to be named; nobody when the visit is only counted
}

// Check checks one record. One of another time than is kept, or that says what
// has not happened yet, is Invalid; one of a destroyed day is a Conflict. No key of
// its day is made.
func (a Admission) Check(s Sent, now time.Time) (Checked, error) {
	o, err := a.Desk.Count(s)
	c := Checked{Observation: o}
	if err != nil {
		return c, err
	}
	today, latest := civil.DayOf(now, a.Desk.Zone), trace.InstantOf(now.Add(Skew))
	switch {
	case o.Act != CheckOut && o.Enter > latest, o.Act == CheckOut && o.Leave > latest, o.Day > today+1:
		return c, fault.New(fault.Invalid, "the time lies in the future; set the sender's clock")
	case o.Day <= today-civil.Day(a.Keep):
		return c, fault.New(fault.Invalid, "the day %s is no longer kept", o.Day)
	case a.Desk.Keys.Destroyed(o.Day):
		return c, fault.New(fault.Conflict, "the day %s was destroyed and takes nothing more", o.Day)
	case o.Act == CheckIn && a.Declared(o.Site, now):
		c.person = s.Person
		return c, checkPerson(s)
	}
	return c, nil
}

// Name gives the observation under the pseudonym of its day, or of nobody where
// visits are only counted.
func (a Admission) Name(c Checked) (Observation, error) {
	o := c.Observation
	if c.person == (trace.Token{}) {
		return o, nil
	}
	return o, a.Desk.name(&o, c.person)
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
