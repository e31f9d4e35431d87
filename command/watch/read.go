package watch

import (
	"context"
	"fmt"
	"math"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/science/aberration"
)

// Inbox is what a team is asked to triage on a day.
type Inbox struct {
	Day    civil.Day
	Budget int
	// Shown are the signals within the budget, the highest rank first.
	Shown []detect.Signal
	// LeftOut are those beyond it: counted and listed, so that the budget hides
	// nothing.
	LeftOut []detect.Signal
}

// Inbox returns the signals of a day that the reader may see.
func (d *Desk) Inbox(ctx context.Context, who access.Actor, day civil.Day, status observe.Status) (Inbox, error) {
	if err := who.Check(access.ReadSignals, nil); err != nil {
		return Inbox{}, err
	}
	in := Inbox{Day: day, Budget: d.Budget}
	f := SignalFilter{Within: who.Areas(access.ReadSignals), Day: &day, Status: status, ByRank: true}
	for after := ""; ; {
		page, err := d.Store.Signals(ctx, f, command.Paging{After: after, Limit: 200})
		if err != nil {
			return Inbox{}, fmt.Errorf("read the inbox of %s: %w", day, err)
		}
		for _, s := range page.Items {
			if s.Shown {
				in.Shown = append(in.Shown, s)
			} else {
				in.LeftOut = append(in.LeftOut, s)
			}
		}
		if page.Next == "" {
			return in, nil
		}
		after = page.Next
	}
}

// CurvePoint is one day of an epidemic curve with what was to be expected.
type CurvePoint struct {
	Day           civil.Day `json:"day"`
	Count         *int64    `json:"count"` // nil when nobody reported
	Expected      *float64  `json:"expected,omitempty"`
	Bound         *float64  `json:"bound,omitempty"`
	Alarm         bool      `json:"alarm,omitempty"`
	Reconstructed bool      `json:"reconstructed,omitempty"`
}

// Curve is an epidemic curve: the counts of a stream by day, with the band of
// the method that judges them.
type Curve struct {
	Query  SeriesQuery
	Method string
	Points []CurvePoint
}

// bandMethod is the method behind the band of a curve. EARS C2 leaves a gap
// of two days between baseline and day, so that a rise does not hide itself.
const bandMethod = "ears-c2"

// MostCurve is the longest window of a curve, in days.
const MostCurve = 1100

// Curve returns the days of a stream in an area with their expected band.
// Every verdict rests on the days before it, as they are known as of the query.
func (d *Desk) Curve(ctx context.Context, who access.Actor, q SeriesQuery) (Curve, error) {
	lineage, err := d.Center.Lineage(q.Area)
	if err != nil {
		return Curve{}, err
	}
	if err := who.Check(access.ReadCounts, lineage); err != nil {
		return Curve{}, err
	}
	if n := q.Window.Days(); n == 0 || n > MostCurve {
		return Curve{}, fault.At("the curve cannot be drawn", fault.Place{Field: "from", Problem: fmt.Sprintf("the window must hold 1 to %d days", MostCurve)})
	}
	wide := q
	wide.Window.First -= detect.Lookback
	points, err := d.Store.Series(ctx, wide)
	if err != nil {
		return Curve{}, fmt.Errorf("read the series: %w", err)
	}
	method, err := aberration.ByName(bandMethod, []byte(`{"baseline":7,"minSigma":1}`), aberration.Correct)
	if err != nil {
		return Curve{}, err
	}
	days, verdicts := detect.Band(points, q.Window, method)
	c := Curve{Query: q, Method: bandMethod}
	at := map[civil.Day]int{}
	for i, p := range points {
		at[p.Day] = i
	}
	for i, day := range days {
		p := CurvePoint{Day: day, Alarm: verdicts[i].Alarm, Expected: number(verdicts[i].Expected), Bound: number(verdicts[i].Bound)}
		if k, ok := at[day]; ok {
			p.Count, p.Reconstructed = &points[k].Count, points[k].Reconstructed
		}
		c.Points = append(c.Points, p)
	}
	return c, nil
}

// number returns nil for a value that does not exist.
func number(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
