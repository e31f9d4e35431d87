package api

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/trust"
)

func (s *server) declarationRoutes() {
	open(s, door{method: "GET", path: "/v1/declarations", name: "listDeclarations", right: access.ReadPlaces, group: "visits",
		summary: "The legal grounds on which visits are collected under pseudonyms, the newest first."}, s.listDeclarations)
	open(s, door{method: "POST", path: "/v1/declarations", name: "declareVisits", right: access.DeclareVisits, deed: acts, group: "visits",
		summary: "Propose a declaration and approve it as the first of two. It covers nothing until an officer of another organisation approves it."}, s.declareVisits)
	open(s, door{method: "POST", path: "/v1/declarations/{id}/move", name: "moveDeclaration", right: access.DeclareVisits, deed: acts, group: "visits",
		summary: "Approve a declaration as the second officer, decline it, or end it before its time."}, s.moveDeclaration)
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
