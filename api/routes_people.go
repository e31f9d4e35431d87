package api

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

func (s *server) peopleRoutes() {
	open(s, door{method: "GET", path: "/v1/alarms", name: "listAlarms", right: access.ReadSignals, group: "visits",
		summary: "What is wrong with the keeping of visits, the gravest first. An alarm goes away once it is mended."}, s.listAlarms)
	open(s, door{method: "GET", path: "/v1/visits/disclosures", name: "listDisclosures", right: access.ReadJournal, group: "visits",
		summary: "Who had exposures disclosed, for which case, and how many people came to light; never who."}, s.listDisclosures)
	open(s, door{method: "GET", path: "/v1/declarations", name: "listDeclarations", right: access.ReadPlaces, group: "visits",
		summary: "The legal grounds on which visits are collected under pseudonyms, the newest first."}, s.listDeclarations)
	open(s, door{method: "POST", path: "/v1/declarations", name: "declareVisits", right: access.DeclareVisits, deed: acts, group: "visits",
		summary: "Propose a declaration and approve it as the first of two. It covers nothing until an officer of another organisation approves it."}, s.declareVisits)
	open(s, door{method: "POST", path: "/v1/declarations/{id}/move", name: "moveDeclaration", right: access.DeclareVisits, deed: acts, group: "visits",
		summary: "Approve a declaration as the second officer, decline it, or end it before its time."}, s.moveDeclaration)
	// It has no idempotency key: the answer of an act is remembered under its key,
	// and this one must be remembered nowhere.
	open(s, door{method: "POST", path: "/v1/visits/disclosures", name: "discloseVisits", right: access.DiscloseVisits, deed: changes, group: "visits",
		summary: "Whom these people met, or who was at this site, for a confirmed case. Each answer is journalled before it is given."}, s.discloseVisits)
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

// Declaration is the legal ground on which visits are collected.
type Declaration struct {
	ID        string     `json:"id"`
	Area      string     `json:"area"`
	Modules   []string   `json:"modules" enum:"check_ins,personal_status,quarantine"`
	Basis     string     `json:"basis"`
	Days      int        `json:"days"`
	State     string     `json:"state" enum:"proposed,in_force,declined,ended" doc:"One in force lapses at its end and stays in this state."`
	From      *time.Time `json:"from,omitempty" doc:"When it was approved."`
	Until     *time.Time `json:"until,omitempty" doc:"The first instant that it does not cover any more."`
	Approvals []Approval `json:"approvals"`
	Closed    *Approval  `json:"closed,omitempty" doc:"Who declined or ended it."`
	Moves     []string   `json:"moves" enum:"approve,decline,end" doc:"What the reader may do with it."`
}

// Approval is one office holder's name on a declaration.
type Approval struct {
	By           string    `json:"by"`
	Organisation string    `json:"organisation"`
	At           time.Time `json:"at"`
}

func wireApproval(a trust.Approval) Approval {
	return Approval{By: string(a.By), Organisation: string(a.Organisation), At: a.At.UTC()}
}

// declarationFor converts declarations with the steps that the reader may take.
func (s *server) declarationFor(v visitor) func(trust.Declaration) Declaration {
	return func(d trust.Declaration) Declaration {
		w := Declaration{ID: string(d.ID), Area: string(d.Area), Modules: names(d.Modules), Basis: d.Basis, Days: d.Days,
			State: string(d.State), Approvals: convert(d.Approvals, wireApproval), Moves: names(s.People.Moves(v.actor, d))}
		if !d.From.IsZero() {
			from, until := d.From.UTC(), d.Until.UTC()
			w.From, w.Until = &from, &until
		}
		if d.Closed != nil {
			by := wireApproval(*d.Closed)
			w.Closed = &by
		}
		return w
	}
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

func (s *server) listDeclarations(ctx context.Context, v visitor, in *PageQuery) (List[Declaration], error) {
	if s.People == nil {
		return whole([]Declaration{}), nil
	}
	page, err := s.People.Declarations(ctx, v.actor, in.paging())
	return listed(page, s.declarationFor(v)), err
}

func (s *server) declareVisits(ctx context.Context, v visitor, in *struct {
	Body struct {
		Area    string   `json:"area,omitempty" maxLength:"40" doc:"The whole city unless said."`
		Modules []string `json:"modules" maxItems:"3" enum:"check_ins,personal_status,quarantine"`
		Basis   string   `json:"basis" maxLength:"1000" doc:"The law and article on which it stands."`
		Days    int      `json:"days" minimum:"1" maximum:"30" doc:"How long it lasts once it is approved."`
		Why     string   `json:"why,omitempty" maxLength:"2000"`
	}
}) (Declaration, error) {
	if s.People == nil {
		return Declaration{}, errNoVisits
	}
	b := in.Body
	d, err := s.People.Declare(ctx, v.actor, people.DeclareIn{Why: b.Why, Key: v.key, Terms: trust.Terms{Area: place.Code(b.Area),
		Modules: states[trust.Module](b.Modules), Basis: b.Basis, Days: b.Days}})
	if err != nil {
		return Declaration{}, err
	}
	return s.declarationFor(v)(d), nil
}

func (s *server) moveDeclaration(ctx context.Context, v visitor, in *struct {
	ByID
	Body struct {
		Step string `json:"step" enum:"approve,decline,end"`
		Why  string `json:"why,omitempty" maxLength:"2000" doc:"Needed to decline and to end."`
	}
}) (Declaration, error) {
	if s.People == nil {
		return Declaration{}, errNoVisits
	}
	d, err := s.People.Move(ctx, v.actor, trust.DeclarationID(in.ID), people.MoveIn{Step: trust.DeclarationStep(in.Body.Step), Why: in.Body.Why, Key: v.key})
	if err != nil {
		return Declaration{}, err
	}
	return s.declarationFor(v)(d), nil
}

var errNoVisits = fault.New(fault.Conflict, "this server keeps no visits")

func (s *server) discloseVisits(ctx context.Context, v visitor, in *struct {
	Body struct {
		Event       string    `json:"event" maxLength:"40" doc:"An open event with a case that a laboratory confirmed."`
		Purpose     string    `json:"purpose" enum:"contact_tracing,source_search,notification"`
		Why         string    `json:"why,omitempty" maxLength:"2000" doc:"The reason in the officer's words; it is sealed in the journal."`
		People      []string  `json:"people,omitempty" maxItems:"1000" doc:"Whom did these people meet?"`
		Site        string    `json:"site,omitempty" format:"uuid" doc:"Or: who was at this site?"`
		From        time.Time `json:"from"`
		Until       time.Time `json:"until" doc:"Not included."`
		AtLeast     int       `json:"at_least_minutes,omitempty" minimum:"1" maximum:"1440" default:"15" doc:"The least time together."`
		Generations int       `json:"generations,omitempty" minimum:"1" maximum:"5" default:"1"`
		Most        int       `json:"most,omitempty" minimum:"1" maximum:"100000" default:"10000" doc:"The most people that may come to light."`
	}
}) (Disclosed, error) {
	if s.People == nil {
		return Disclosed{}, errNoVisits
	}
	b := in.Body
	q := people.Question{Event: detect.EventID(b.Event), Purpose: trust.Purpose(b.Purpose), Why: b.Why,
		Window:  trace.Window{From: trace.InstantOf(b.From), Until: trace.InstantOf(b.Until)},
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
	incomplete := err != nil && len(found) > 0
	if incomplete {
		s.Log.Error("disclose visits", "error", err)
		err = nil
	}
	return Disclosed{Disclosure: wireDisclosure(made), People: convert(found, wireExposure), Incomplete: incomplete}, err
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
