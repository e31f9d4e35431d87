package api

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

func (s *server) occupancyRoutes() {
	open(s, door{method: "GET", path: "/v1/visits/occupancy", name: "getOccupancy", right: access.ReadCounts, group: "visits",
		summary: "How many people are at a site now, and were there hour by hour. It needs no case: nobody is named."}, s.getOccupancy)
}

// Occupancy is how many people a site holds.
type Occupancy struct {
	Site    string      `json:"site" format:"uuid"`
	At      time.Time   `json:"at" doc:"Now."`
	Present int         `json:"present" doc:"Who is there now, as far as they checked in."`
	Steps   []Headcount `json:"steps" doc:"From the start to the end of the window; none without one."`
	// Incomplete is as in [Disclosed].
	Incomplete bool `json:"incomplete" doc:"Some visits are damaged and could not be read: the counts are too low."`
}

// Headcount is how many people were at a site during one step.
type Headcount struct {
	From    time.Time `json:"from"`
	Entered int       `json:"entered" doc:"Who came in during the step."`
	Peak    int       `json:"peak" doc:"The most at any instant of it."`
	Mean    float64   `json:"mean"`
}

// mostSteps bounds one answer.
const mostSteps = 2000

func (s *server) getOccupancy(ctx context.Context, _ visitor, in *struct {
	Site  string    `query:"site" required:"true" format:"uuid"`
	From  time.Time `query:"from" doc:"The start of the window; without one only who is there now."`
	Until time.Time `query:"until" doc:"Not included; now unless said."`
	Step  int       `query:"step_minutes" minimum:"5" maximum:"1440" default:"60"`
}) (Occupancy, error) {
	if s.People == nil {
		return Occupancy{}, errNoVisits
	}
	site, err := trace.ParseToken(in.Site)
	if err != nil {
		return Occupancy{}, err
	}
	now := s.Center.Time()
	out := Occupancy{Site: site.String(), At: now, Steps: []Headcount{}}
	log := s.People.Visits.Log
	present, damage := venue.Present(ctx, log, venue.SiteID(site), trace.InstantOf(now))
	out.Present = present
	if !in.From.IsZero() {
		w := trace.Window{From: trace.InstantOf(in.From), Until: trace.InstantOf(now)}
		if !in.Until.IsZero() {
			w.Until = trace.InstantOf(in.Until)
		}
		step := trace.Instant(in.Step) * trace.Minute
		if w.Length() == 0 || w.Length()/step > mostSteps {
			return Occupancy{}, fault.At("the question cannot be put to the visits", fault.Place{Field: "until",
				Problem: fmt.Sprintf("must be after from, by at most %d steps", mostSteps)})
		}
		var counts []trace.Headcount
		if counts, err = venue.Headcounts(ctx, log, venue.SiteID(site), w, step); damage == nil {
			damage = err
		}
		out.Steps = convert(counts, func(h trace.Headcount) Headcount {
			return Headcount{From: h.From.Time(), Entered: h.Entered, Peak: h.Peak, Mean: h.Mean}
		})
	}
	if ctx.Err() != nil {
		return Occupancy{}, ctx.Err()
	}
	out.Incomplete = s.damaged("count the people at a site", 1, damage)
	return out, nil
}
