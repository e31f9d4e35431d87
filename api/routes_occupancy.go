package api

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

func (s *server) occupancyRoutes() {
	open(s, door{method: "GET", path: "/v1/visits/occupancy", name: "getOccupancy", right: access.ReadCounts, group: "visits",
		summary: "How many people are at a site now, and were there hour by hour. It needs no case: nobody is named."}, s.getOccupancy)
}

// Occupancy is how many people a site holds.
type Occupancy struct {
	Site       string      `json:"site" format:"uuid"`
	At         time.Time   `json:"at" doc:"Now."`
	Present    int         `json:"present" doc:"Who is there now, as far as they checked in."`
	Steps      []Headcount `json:"steps" doc:"From the start to the end of the window; none without one."`
	Incomplete bool        `json:"incomplete" doc:"Some visits are damaged and could not be read: the counts are too low."`
}

// Headcount is how many people were at a site during one step.
type Headcount struct {
	From    time.Time `json:"from"`
	Entered int       `json:"entered" doc:"Who came in during the step."`
	Peak    int       `json:"peak" doc:"The most at any instant of it."`
	Mean    float64   `json:"mean"`
}

func (s *server) getOccupancy(ctx context.Context, v visitor, in *struct {
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
	heads, err := s.People.Heads(ctx, v.actor, people.HeadQuestion{Site: venue.SiteID(site), From: in.From, Until: in.Until,
		Step: time.Duration(in.Step) * time.Minute})
	incomplete := heads.Any() && s.damaged("count the people at a site", 1, err)
	if err != nil && !incomplete {
		return Occupancy{}, err
	}
	return Occupancy{Site: site.String(), At: heads.At, Present: heads.Present, Steps: convert(heads.Steps, wireHeadcount), Incomplete: incomplete}, nil
}

func wireHeadcount(h trace.Headcount) Headcount {
	return Headcount{From: h.From.Time(), Entered: h.Entered, Peak: h.Peak, Mean: h.Mean}
}
