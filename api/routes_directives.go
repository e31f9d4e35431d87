package api

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

func (s *server) directiveRoutes() {
	const group = "directives"
	open(s, door{method: "GET", path: "/v1/proposals/{id}/drafts", name: "listDrafts", right: access.IssueDirective, group: group,
		summary: "The templates that the pack offers for a proposal's level, filled in for its area."}, s.listDrafts)
	open(s, door{method: "GET", path: "/v1/directives", name: "listDirectives", right: access.ReadDirectives, group: group,
		summary: "Directives, the newest or the first due first."}, s.listDirectives)
	open(s, door{method: "POST", path: "/v1/directives", name: "issueDirective", right: access.IssueDirective, deed: acts, group: group,
		summary: "Issue a directive from a template under a decided proposal."}, s.issueDirective)
	open(s, door{method: "GET", path: "/v1/directives/{id}", name: "getDirective", right: access.ReadDirectives, group: group,
		summary: "One directive, with the steps that the reader may take."}, s.getDirective)
	open(s, door{method: "POST", path: "/v1/directives/{id}/move", name: "moveDirective", right: access.DoDirective,
		or: []access.Right{access.VerifyDone, access.IssueDirective}, deed: acts, group: group,
		summary: "Take a step: acknowledge, report, verify, return, close, withdraw. Each needs its own right in the directive's area."}, s.moveDirective)
}

func (s *server) listDrafts(ctx context.Context, v visitor, in *ByID) (List[Draft], error) {
	p, err := s.Plan.Proposal(ctx, v.actor, decide.ProposalID(in.ID))
	if err != nil {
		return List[Draft]{}, err
	}
	drafts, err := s.Order.Drafts(p)
	return whole(convert(drafts, wireDraft)), err
}

func (s *server) listDirectives(ctx context.Context, v visitor, in *struct {
	StatusQuery
	PageQuery
	State []string `query:"state" enum:"drafted,issued,acknowledged,reported,verified,closed,withdrawn"`
	Area  string   `query:"area" maxLength:"40" doc:"This area and all within it."`
	Post  string   `query:"post" maxLength:"60" doc:"Answered for by this post now."`
	Event string   `query:"event" maxLength:"40"`
	Order string   `query:"order" enum:"time,due" default:"time"`
}) (List[Directive], error) {
	f := order.DirectiveFilter{States: states[direct.State](in.State), Area: place.Code(in.Area), Post: party.PostCode(in.Post),
		Event: detect.EventID(in.Event), Status: in.status(), ByDue: in.Order == "due"}
	page, err := s.Order.Directives(ctx, v.actor, f, in.paging())
	if err != nil {
		return List[Directive]{}, err
	}
	holders, err := s.holders(ctx)
	return listed(page, s.directiveFor(v, holders)), err
}

// holders says who holds each post now.
func (s *server) holders(ctx context.Context) (map[party.PostCode]party.UserID, error) {
	shifts, err := s.Order.Store.OnDuty(ctx, s.Center.Time())
	if err != nil {
		return nil, err
	}
	held := map[party.PostCode]party.UserID{}
	for _, shift := range shifts {
		held[shift.Post] = shift.User
	}
	return held, nil
}

// directiveFor converts directives with their holder and the steps that the
// reader may take.
func (s *server) directiveFor(v visitor, holders map[party.PostCode]party.UserID) func(direct.Directive) Directive {
	return func(d direct.Directive) Directive {
		w := wireDirective(d)
		w.Holder = string(holders[d.Held])
		lineage, err := s.Center.Lineage(d.Area)
		if err != nil {
			return w
		}
		for _, step := range d.Open() {
			rule, err := step.Rule()
			if err != nil || v.actor.Check(rule.Right, lineage) != nil || step == direct.Verify && d.By == v.actor.User {
				continue
			}
			unmet := step == direct.Close && d.Completion != nil && d.Completion.Met == nil
			w.Moves = append(w.Moves, Move{Step: string(step), To: string(rule.To), WhyNeeded: rule.WhyNeeded || unmet, Exception: unmet})
		}
		return w
	}
}

// directive gives one directive to its reader.
func (s *server) directive(ctx context.Context, v visitor, d direct.Directive, err error) (Directive, error) {
	if err != nil {
		return Directive{}, err
	}
	holders, err := s.holders(ctx)
	return s.directiveFor(v, holders)(d), err
}

func (s *server) getDirective(ctx context.Context, v visitor, in *ByID) (Directive, error) {
	d, err := s.Order.Directive(ctx, v.actor, direct.DirectiveID(in.ID))
	return s.directive(ctx, v, d, err)
}

func (s *server) issueDirective(ctx context.Context, v visitor, in *struct {
	Body struct {
		Proposal  string  `json:"proposal" maxLength:"40"`
		Template  string  `json:"template" maxLength:"60"`
		Area      string  `json:"area,omitempty" maxLength:"40" doc:"The area decided upon, or one within it."`
		Addressee string  `json:"addressee,omitempty" maxLength:"60"`
		DueHours  int     `json:"due_hours,omitempty" minimum:"0" maximum:"2160"`
		Target    float64 `json:"target,omitempty" minimum:"0" doc:"Of the completion query."`
		Reason
	}
}) (Directive, error) {
	b := in.Body
	d, err := s.Order.Issue(ctx, v.actor, order.IssueIn{Proposal: decide.ProposalID(b.Proposal), Template: b.Template, Area: place.Code(b.Area),
		Addressee: party.PostCode(b.Addressee), DueHours: b.DueHours, Target: b.Target, Why: b.Why, Key: v.key})
	return s.directive(ctx, v, d, err)
}

func (s *server) moveDirective(ctx context.Context, v visitor, in *struct {
	ByID
	Body struct {
		Step      string `json:"step" enum:"acknowledge,report,verify,return,close,withdraw"`
		Exception bool   `json:"exception,omitempty" doc:"Close although the completion query is not met; needs a reason."`
		Why       string `json:"why,omitempty" maxLength:"2000"`
	}
}) (Directive, error) {
	d, err := s.Order.Move(ctx, v.actor, direct.DirectiveID(in.ID), order.MoveIn{Step: direct.Step(in.Body.Step),
		Exception: in.Body.Exception, Why: in.Body.Why, Key: v.key})
	return s.directive(ctx, v, d, err)
}

func (s *server) dutyRoutes() {
	const group = "duty"
	open(s, door{method: "GET", path: "/v1/duty", name: "listDuty", right: access.ReadDuty, group: group,
		summary: "Who holds which post at an instant."}, s.listDuty)
	open(s, door{method: "POST", path: "/v1/duty/shifts", name: "addShift", right: access.WriteDuty, deed: acts, group: group,
		summary: "Put a shift on the roster."}, s.addShift)
}

func (s *server) listDuty(ctx context.Context, v visitor, in *struct {
	At time.Time `query:"at" doc:"Now unless said."`
}) (List[Shift], error) {
	at := in.At.UTC()
	if in.At.IsZero() {
		at = s.Center.Time()
	}
	shifts, err := s.Order.OnDuty(ctx, v.actor, at)
	return whole(convert(shifts, wireShift)), err
}

func (s *server) addShift(ctx context.Context, v visitor, in *struct {
	Body struct {
		Post  string    `json:"post" maxLength:"60"`
		User  string    `json:"user" maxLength:"40"`
		From  time.Time `json:"from"`
		Until time.Time `json:"until"`
	}
}) (Shift, error) {
	b := in.Body
	shift, err := s.Order.AddShift(ctx, v.actor, order.ShiftIn{Post: party.PostCode(b.Post), User: party.UserID(b.User), From: b.From, Until: b.Until, Key: v.key})
	return wireShift(shift), err
}
