package api

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

func (s *server) peopleRoutes() {
	open(s, door{method: "GET", path: "/v1/alarms", name: "listAlarms", right: access.ReadSignals, group: "visits",
		summary: "What is wrong with the keeping of visits, the gravest first. An alarm goes away once it is mended."}, s.listAlarms)
	open(s, door{method: "GET", path: "/v1/visits/disclosures", name: "listDisclosures", right: access.ReadJournal, group: "visits",
		summary: "Who had exposures disclosed, for which case, and how many people came to light; never who."}, s.listDisclosures)
	// These two have no idempotency key: the answer of an act is remembered under its
	// key, and theirs must be remembered nowhere.
	open(s, door{method: "POST", path: "/v1/visits/disclosures", name: "discloseVisits", right: access.DiscloseVisits, deed: changes, group: "visits",
		summary: "Whom these people met, or who was at this site, for a confirmed case. Each answer is journalled before it is given."}, s.discloseVisits)
	open(s, door{method: "POST", path: "/v1/visits/sources", name: "searchSources", right: access.DiscloseVisits, deed: changes, group: "visits",
		summary: "Which places and times these cases share beyond chance. It counts every visit of the days, and may take some seconds a day."}, s.searchSources)
}

// Alarm is something about the days of visits that must be seen to.
type Alarm struct {
	Kind  string      `json:"kind" enum:"overdue,undestroyed,unsealed,unproved,unchecked"`
	Days  []civil.Day `json:"days" doc:"The days that it is about; none when it is about all."`
	Since time.Time   `json:"since"`
}

func wireAlarm(t people.Trouble) Alarm {
	return Alarm{Kind: string(t.Kind), Days: append([]civil.Day{}, t.Days...), Since: t.Since.UTC()}
}

func (s *server) listAlarms(_ context.Context, v visitor, _ *struct{}) (List[Alarm], error) {
	if s.People == nil {
		return whole([]Alarm{}), nil
	}
	troubles, err := s.People.Troubles(v.actor)
	return whole(convert(troubles, wireAlarm)), err
}

// Disclosure says that somebody had exposures disclosed.
type Disclosure struct {
	ID          string    `json:"id"`
	By          string    `json:"by"`
	At          time.Time `json:"at"`
	Case        Ref       `json:"case" doc:"The confirmed occurrence for which it was."`
	Area        string    `json:"area"`
	Purpose     string    `json:"purpose" enum:"contact_tracing,source_search,notification"`
	Declaration string    `json:"declaration" doc:"The declaration under which the visits were collected and searched."`
	From        time.Time `json:"from"`
	Until       time.Time `json:"until"`
	Sought      int       `json:"sought" doc:"How many people's visits were followed; 0 when a site's visitors were asked for."`
	Site        string    `json:"site,omitempty"`
	People      int       `json:"people" doc:"How many were disclosed."`
}

func wireDisclosure(d trust.Disclosure) Disclosure {
	return Disclosure{ID: string(d.ID), By: string(d.By), At: d.At.UTC(), Case: wireRef(d.Case), Area: string(d.Area), Purpose: string(d.Purpose),
		Declaration: string(d.Declaration), From: d.From.UTC(), Until: d.Until.UTC(), Sought: d.Sought, Site: d.Site, People: d.People}
}

// Exposure is one person who was exposed. It is personal data.
type Exposure struct {
	Person     string    `json:"person" format:"uuid"`
	Generation int       `json:"generation" doc:"1 for who met one of those asked about."`
	Via        string    `json:"via,omitempty" format:"uuid" doc:"Whom they met, from the second generation on."`
	Meetings   int       `json:"meetings"`
	Minutes    float64   `json:"minutes" doc:"Together, over all meetings."`
	First      time.Time `json:"first"`
	Site       string    `json:"site" format:"uuid" doc:"Where they were together longest."`
}

func wireExposure(c trace.Contact) Exposure {
	e := Exposure{Person: c.Who.String(), Generation: c.Generation, Meetings: c.Meetings,
		Minutes: float64(c.Total) / float64(trace.Minute), First: c.First.Time(), Site: c.Place.String()}
	if c.Via != (trace.Token{}) {
		e.Via = c.Via.String()
	}
	return e
}

// Disclosed is a disclosure with the people, the longest exposed first.
type Disclosed struct {
	Disclosure Disclosure `json:"disclosure"`
	People     []Exposure `json:"people"`
	Incomplete bool       `json:"incomplete" doc:"Some visits are damaged and could not be read: more people may have been exposed."`
}

func (s *server) listDisclosures(ctx context.Context, v visitor, in *PageQuery) (List[Disclosure], error) {
	if s.People == nil {
		return whole([]Disclosure{}), nil
	}
	page, err := s.People.Disclosures(ctx, v.actor, in.paging())
	return listed(page, wireDisclosure), err
}

// errNoVisits is the answer of a server without a log of visits.
var errNoVisits = fault.New(fault.Conflict, "this server keeps no visits")

// Inquiry is what every question to the visits says.
type Inquiry struct {
	Event string    `json:"event" maxLength:"40" doc:"An open event with a case that a laboratory confirmed."`
	Why   string    `json:"why,omitempty" maxLength:"2000" doc:"The reason in the officer's words; it is sealed in the journal."`
	From  time.Time `json:"from"`
	Until time.Time `json:"until" doc:"Not included."`
}

func (q Inquiry) inquiry(purpose trust.Purpose) people.Inquiry {
	return people.Inquiry{Event: detect.EventID(q.Event), Purpose: purpose, Why: q.Why,
		Window: trace.Window{From: trace.InstantOf(q.From), Until: trace.InstantOf(q.Until)}}
}

// damaged reports whether an error only says that what was found is not all, and
// logs it then.
func (s *server) damaged(what string, found int, err error) bool {
	if err == nil || found == 0 {
		return false
	}
	s.Log.Error(what, "error", err)
	return true
}

func (s *server) discloseVisits(ctx context.Context, v visitor, in *struct {
	Body struct {
		Inquiry
		Purpose     string   `json:"purpose" enum:"contact_tracing,source_search,notification"`
		People      []string `json:"people,omitempty" maxItems:"1000" doc:"Whom did these people meet?"`
		Site        string   `json:"site,omitempty" format:"uuid" doc:"Or: who was at this site?"`
		AtLeast     int      `json:"at_least_minutes,omitempty" minimum:"1" maximum:"1440" default:"15" doc:"The least time together."`
		Generations int      `json:"generations,omitempty" minimum:"1" maximum:"5" default:"1"`
		Most        int      `json:"most,omitempty" minimum:"1" maximum:"100000" default:"10000" doc:"The most people that may come to light."`
	}
}) (Disclosed, error) {
	if s.People == nil {
		return Disclosed{}, errNoVisits
	}
	b := in.Body
	q := people.Question{Inquiry: b.inquiry(trust.Purpose(b.Purpose)),
		AtLeast: time.Duration(b.AtLeast) * time.Minute, Generations: b.Generations, Most: b.Most}
	var err error
	if q.People, err = tokens("people", b.People); err != nil {
		return Disclosed{}, err
	}
	if b.Site != "" {
		if q.Site, err = trace.ParseToken(b.Site); err != nil {
			return Disclosed{}, err
		}
	}
	made, found, err := s.People.Disclose(ctx, v.actor, q)
	incomplete := s.damaged("disclose visits", len(found), err)
	if incomplete {
		err = nil
	}
	return Disclosed{Disclosure: wireDisclosure(made), People: convert(found, wireExposure), Incomplete: incomplete}, err
}

// Lead is a place and time that cases share.
type Lead struct {
	Site     string    `json:"site" format:"uuid"`
	From     time.Time `json:"from"`
	Until    time.Time `json:"until"`
	Cases    int       `json:"cases" doc:"How many of the cases were there."`
	Visits   int       `json:"visits" doc:"Visits of anybody at that time."`
	Expected float64   `json:"expected" doc:"How many of the cases would be there by chance."`
	P        float64   `json:"p" doc:"How likely at least so many would be there by chance."`
	Adjusted float64   `json:"adjusted" doc:"The same for any place and time of the city together. A small one is a lead and no proof."`
}

func wireLead(x trace.Shared) Lead {
	return Lead{Site: x.Place.String(), From: x.From.Time(), Until: x.Until.Time(), Cases: x.Cases, Visits: x.Visits,
		Expected: x.Expected, P: x.P, Adjusted: x.Adjusted}
}

// Leads is a search for sources with what it found, the least likely by chance first.
type Leads struct {
	Disclosure Disclosure `json:"disclosure"`
	Leads      []Lead     `json:"leads"`
	Incomplete bool       `json:"incomplete" doc:"Some visits are damaged and could not be read."`
}

func (s *server) searchSources(ctx context.Context, v visitor, in *struct {
	Body struct {
		Inquiry
		People []string `json:"people" maxItems:"1000" doc:"The cases, two at least."`
		Bin    int      `json:"bin_minutes,omitempty" minimum:"15" maximum:"1440" default:"60" doc:"The stretches into which time is cut."`
		Most   int      `json:"most,omitempty" minimum:"1" maximum:"1000" default:"20" doc:"The most places and times that are told."`
	}
}) (Leads, error) {
	if s.People == nil {
		return Leads{}, errNoVisits
	}
	b := in.Body
	q := people.SourceQuestion{Inquiry: b.inquiry(trust.SourceSearch), Bin: time.Duration(b.Bin) * time.Minute, Most: b.Most}
	var err error
	if q.People, err = tokens("people", b.People); err != nil {
		return Leads{}, err
	}
	made, found, err := s.People.Sources(ctx, v.actor, q)
	incomplete := s.damaged("search for sources", len(found), err)
	if incomplete {
		err = nil
	}
	return Leads{Disclosure: wireDisclosure(made), Leads: convert(found, wireLead), Incomplete: incomplete}, err
}

// tokens reads ids of a field. The fault names the place of a wrong one, not its
// text: it may be a person's name.
func tokens(field string, texts []string) ([]trace.Token, error) {
	read := make([]trace.Token, len(texts))
	var wrong []fault.Place
	for i, text := range texts {
		var err error
		if read[i], err = trace.ParseToken(text); err != nil {
			wrong = append(wrong, fault.Place{Line: i + 1, Field: field, Problem: "must be a UUID"})
		}
	}
	return read, fault.At("the request cannot be read", wrong...)
}
