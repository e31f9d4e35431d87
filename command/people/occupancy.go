package people

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// HeadQuestion asks how many people a site holds.
type HeadQuestion struct {
	Site venue.SiteID
	// From and Until bound the time that is told step by step. Without From only
	// who is there now is told; without Until it ends now.
	From, Until time.Time
	Step        time.Duration
}

// Heads is how many people a site holds.
type Heads struct {
	At      time.Time // now
	Present int
	Steps   []trace.Headcount
}

// mostSteps bounds the steps of one answer.
const mostSteps = 2000

// Heads counts the people at a site: heads need no case, for nobody is named. An
// error that comes with heads says that some visits are damaged: there were more.
// Faults: Forbidden without the right to read counts, Invalid for a window that
// is none or has too many steps.
func (d *Desk) Heads(ctx context.Context, who access.Actor, q HeadQuestion) (Heads, error) {
	h := Heads{At: d.Center.Time()}
	if err := who.Check(access.ReadCounts, nil); err != nil {
		return h, err
	}
	w, err := q.window(h.At)
	if err != nil {
		return h, err
	}
	var lost error
	if h.Present, lost = venue.Present(ctx, d.Visits.Log, q.Site, trace.InstantOf(h.At)); w.Length() == 0 {
		return h, lost
	}
	h.Steps, err = venue.Headcounts(ctx, d.Visits.Log, q.Site, w, trace.Instant(q.Step.Microseconds()))
	if lost == nil {
		lost = err
	}
	return h, lost
}

// Any tells whether anybody was counted.
func (h Heads) Any() bool {
	for _, s := range h.Steps {
		if s.Peak > 0 {
			return true
		}
	}
	return h.Present > 0
}

// window is the time that is told step by step; empty when none is asked for.
func (q HeadQuestion) window(now time.Time) (trace.Window, error) {
	wrong := func(field, problem string) (trace.Window, error) {
		return trace.Window{}, fault.At("the question cannot be put to the visits", fault.Place{Field: field, Problem: problem})
	}
	switch {
	case q.From.IsZero() && q.Until.IsZero():
		return trace.Window{}, nil
	case q.From.IsZero():
		return wrong("from", "is missing")
	case q.Until.IsZero():
		q.Until = now
	}
	w := trace.Window{From: trace.InstantOf(q.From), Until: trace.InstantOf(q.Until)}
	if step := trace.Instant(q.Step.Microseconds()); step < 1 || w.Length() == 0 || w.Length()/step > mostSteps {
		return wrong("until", fmt.Sprintf("must be after from, by at most %d steps", mostSteps))
	}
	return w, nil
}
