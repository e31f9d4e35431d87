package api

import (
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe/counts"
)

// Curve is the epidemic curve of a stream in an area, as it was known at a time.
type Curve struct {
	Stream    string       `json:"stream"`
	Area      string       `json:"area"`
	AsOf      time.Time    `json:"as_of"`
	Method    string       `json:"method" doc:"The method behind the expected band."`
	Indicator string       `json:"indicator,omitempty" doc:"The indicator whose verdicts these are; absent where none judges such areas, and the band is for orientation."`
	Points    []CurvePoint `json:"points"`
}

func wireCurve(c watch.Curve) Curve {
	return Curve{Stream: string(c.Query.Stream), Area: string(c.Query.Area), AsOf: c.Query.AsOf.UTC(), Method: c.Indicator.Detector,
		Indicator: c.Indicator.ID, Points: convert(c.Days, wireCurvePoint)}
}

// CurvePoint is one day of a curve, and what was made of it when it could first
// be judged.
type CurvePoint struct {
	Day           civil.Day `json:"day" format:"date"`
	Count         *int64    `json:"count,omitempty" doc:"As it is known now; absent when nobody reported."`
	Was           *int64    `json:"was,omitempty" doc:"The count that was judged, where it was another."`
	Expected      *float64  `json:"expected,omitempty"`
	Bound         *float64  `json:"bound,omitempty" doc:"The largest count that would still have been usual."`
	Alarm         bool      `json:"alarm" doc:"Whether the count that was judged was called unusual."`
	Reconstructed bool      `json:"reconstructed" doc:"True where the count is our reconstruction."`
}

func wireCurvePoint(j detect.Judgement) CurvePoint {
	p := CurvePoint{Day: j.Then.Day, Count: j.Now.Count, Expected: j.Then.Expected, Bound: j.Then.Bound, Alarm: j.Then.Alarm,
		Reconstructed: j.Now.Reconstructed}
	if j.Then.Count != nil && j.Now.Count != nil && *j.Then.Count != *j.Now.Count {
		p.Was = j.Then.Count
	}
	return p
}

// Observation is one version of one count.
type Observation struct {
	ID          string    `json:"id"`
	Batch       string    `json:"batch"`
	Stream      string    `json:"stream"`
	Area        string    `json:"area"`
	Day         civil.Day `json:"day" format:"date"`
	Count       int64     `json:"count"`
	Denominator *int64    `json:"denominator,omitempty"`
	Source      string    `json:"source"`
	Status      string    `json:"status" enum:"actual,exercise,test"`
	Basis       string    `json:"basis" enum:"stated,reconstructed"`
	Reported    time.Time `json:"reported"`
	Recorded    time.Time `json:"recorded"`
	Supersedes  string    `json:"supersedes,omitempty"`
}

func wireObservation(o counts.Observation) Observation {
	return Observation{ID: string(o.ID), Batch: string(o.Batch), Stream: string(o.Stream), Area: string(o.Area),
		Day: o.Day, Count: o.Count, Denominator: o.Denominator, Source: string(o.Source), Status: string(o.Status),
		Basis: string(o.Basis), Reported: o.Reported.UTC(), Recorded: o.Recorded.UTC(), Supersedes: string(o.Supersedes)}
}

// Glitch is an oddity of a series that was loaded as it stood.
type Glitch struct {
	Stream  string    `json:"stream"`
	Area    string    `json:"area"`
	Day     civil.Day `json:"day" format:"date"`
	Problem string    `json:"problem"`
}

func wireGlitch(g counts.Glitch) Glitch {
	return Glitch{Stream: string(g.Stream), Area: string(g.Area), Day: g.Day, Problem: g.Problem}
}

// Batch is one act of taking in observations, with what came in.
type Batch struct {
	ID           string        `json:"id"`
	Source       string        `json:"source"`
	Status       string        `json:"status" enum:"actual,exercise,test"`
	Recorded     time.Time     `json:"recorded"`
	Rows         int           `json:"rows"`
	Glitches     []Glitch      `json:"glitches"`
	Observations []Observation `json:"observations"`
}

func wireBatch(b counts.Batch, rows []counts.Observation) Batch {
	return Batch{ID: string(b.ID), Source: string(b.Source), Status: string(b.Status), Recorded: b.Recorded.UTC(),
		Rows: b.Rows, Glitches: convert(b.Glitches, wireGlitch), Observations: convert(rows, wireObservation)}
}

// CountRow is one count as it is sent in.
type CountRow struct {
	Stream      string     `json:"stream"`
	Area        string     `json:"area"`
	Day         civil.Day  `json:"day" format:"date"`
	Count       int64      `json:"count"`
	Denominator *int64     `json:"denominator,omitempty"`
	Reported    *time.Time `json:"reported_at,omitempty"`
	Basis       string     `json:"basis,omitempty" enum:"stated,reconstructed"`
}

// Receipt says what an import did, or would do.
type Receipt struct {
	Batch      string         `json:"batch,omitempty" doc:"Absent for a preview and when nothing was loaded."`
	Preview    bool           `json:"preview"`
	Loaded     int            `json:"loaded" doc:"Observations that are new or correct an earlier one."`
	Unchanged  int            `json:"unchanged" doc:"Rows that say what is already known."`
	Superseded int            `json:"superseded" doc:"Of the loaded ones, how many correct an earlier one."`
	Rejected   []ProblemPlace `json:"rejected"`
	Glitches   []Glitch       `json:"glitches"`
}

func wireReceipt(r watch.Receipt, how watch.Loading) Receipt {
	return Receipt{Batch: string(r.Batch), Preview: how == watch.Preview, Loaded: r.Loaded, Unchanged: r.Unchanged,
		Superseded: r.Superseded, Rejected: convert(r.Rejected, wirePlace), Glitches: convert(r.Glitches, wireGlitch)}
}

// Quality is how a source kept its duty to report over a window.
type Quality struct {
	Source   Source     `json:"source"`
	Expected int        `json:"expected" doc:"Stream-days that were due."`
	Reported int        `json:"reported"`
	OnTime   int        `json:"on_time"`
	Last     *civil.Day `json:"last,omitempty" format:"date" doc:"The last day for which anything came."`
}

func wireQuality(q watch.Quality, source Source) Quality {
	return Quality{Source: source, Expected: q.Expected, Reported: q.Reported, OnTime: q.OnTime, Last: q.Last}
}

// DailyForm is what the phone page of a reporter shows.
type DailyForm struct {
	Source  Source      `json:"source"`
	Day     civil.Day   `json:"day" format:"date" doc:"The city's day."`
	Streams []Stream    `json:"streams"`
	Recent  []DailyDone `json:"recent" doc:"The last days, the newest first."`
}

// DailyDone is one day of a reporter: what was said, and what is missing.
type DailyDone struct {
	Day    civil.Day    `json:"day" format:"date"`
	Values []DailyValue `json:"values"`
}

// DailyValue is one count of the daily form. Zero is a report; an absent
// count means that nothing was said.
type DailyValue struct {
	Stream      string `json:"stream"`
	Count       *int64 `json:"count,omitempty" minimum:"0"`
	Denominator *int64 `json:"denominator,omitempty" minimum:"0"`
}
