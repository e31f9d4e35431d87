package api

import (
	"time"

	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/direct"
)

// Completion is the query that says when a directive is done.
type Completion struct {
	Figure   string     `json:"figure"`
	Argument string     `json:"argument,omitempty"`
	Target   float64    `json:"target" doc:"The least value that completes the directive."`
	Value    float64    `json:"value" doc:"The last answer."`
	Asked    *time.Time `json:"asked,omitempty"`
	Met      *time.Time `json:"met,omitempty" doc:"When the target was reached."`
}

func wireCompletion(c *direct.Completion) *Completion {
	if c == nil {
		return nil
	}
	return &Completion{Figure: string(c.Figure), Argument: c.Argument, Target: c.Target, Value: c.Value,
		Asked: utc(c.Asked), Met: utc(c.Met)}
}

// Directive is an order.
type Directive struct {
	ID         string      `json:"id"`
	Status     string      `json:"status" enum:"actual,exercise,test"`
	Proposal   string      `json:"proposal,omitempty"`
	Event      string      `json:"event"`
	Pack       PackRef     `json:"pack"`
	Template   string      `json:"template"`
	Measure    string      `json:"measure"`
	Title      Text        `json:"title"`
	Area       string      `json:"area"`
	Addressee  string      `json:"addressee" doc:"The post that must act."`
	Held       string      `json:"held" doc:"The post that answers now; it differs after an escalation."`
	Authority  string      `json:"authority" doc:"The rule or order that it rests on."`
	Due        time.Time   `json:"due"`
	AckBy      time.Time   `json:"ack_by"`
	Completion *Completion `json:"completion,omitempty"`
	State      string      `json:"state" enum:"drafted,issued,acknowledged,reported,verified,closed,withdrawn"`
	Issued     time.Time   `json:"issued"`
	Changed    time.Time   `json:"changed"`
	By         string      `json:"by" doc:"Who made the last move."`
	Reminded   *time.Time  `json:"reminded,omitempty"`
	Overdue    *time.Time  `json:"overdue,omitempty"`
	Escalated  *time.Time  `json:"escalated,omitempty"`
	Exception  bool        `json:"exception" doc:"Closed by a signed exception in place of its completion query."`
	// What follows is for the reader.
	Holder string `json:"holder,omitempty" doc:"The user who holds the answering post now."`
	Moves  []Move `json:"moves" doc:"The steps that the reader may take now."`
}

// Move is a step that the reader may take with a directive.
type Move struct {
	Step      string `json:"step" enum:"acknowledge,report,verify,return,close,withdraw"`
	To        string `json:"to" enum:"drafted,issued,acknowledged,reported,verified,closed,withdrawn"`
	WhyNeeded bool   `json:"why_needed"`
	// Exception is true when closing now would need a signed exception.
	Exception bool `json:"exception" doc:"Then the step needs exception=true and a reason."`
}

func wireDirective(d direct.Directive) Directive {
	return Directive{ID: string(d.ID), Status: string(d.Status), Proposal: string(d.Proposal), Event: string(d.Event),
		Pack: PackRef(d.Pack), Template: d.Template, Measure: d.Measure, Title: wireText(d.Title), Area: string(d.Area),
		Addressee: string(d.Addressee), Held: string(d.Held), Authority: d.Authority, Due: d.Due.UTC(), AckBy: d.AckBy.UTC(),
		Completion: wireCompletion(d.Completion), State: string(d.State), Issued: d.Issued.UTC(), Changed: d.Changed.UTC(),
		By: string(d.By), Reminded: utc(d.Reminded), Overdue: utc(d.Overdue), Escalated: utc(d.Escalated),
		Exception: d.Exception, Moves: []Move{}}
}

// Draft is a template of the pack, filled for a proposal.
type Draft struct {
	Template   string      `json:"template"`
	Measure    string      `json:"measure"`
	Title      Text        `json:"title"`
	Area       string      `json:"area"`
	Addressee  string      `json:"addressee"`
	AckHours   int         `json:"ack_hours"`
	DueHours   int         `json:"due_hours"`
	Completion *Completion `json:"completion,omitempty"`
	Authority  string      `json:"authority"`
}

func wireDraft(d order.Draft) Draft {
	return Draft{Template: d.Template, Measure: d.Measure, Title: wireText(d.Title), Area: string(d.Area), Addressee: string(d.Addressee),
		AckHours: d.AckHours, DueHours: d.DueHours, Completion: wireCompletion(d.Completion), Authority: d.Authority}
}

// Shift says that a user holds a post from one instant until another.
type Shift struct {
	ID    string    `json:"id"`
	Post  string    `json:"post"`
	User  string    `json:"user"`
	From  time.Time `json:"from"`
	Until time.Time `json:"until"`
}

func wireShift(s direct.Shift) Shift {
	return Shift{ID: string(s.ID), Post: string(s.Post), User: string(s.User), From: s.From.UTC(), Until: s.Until.UTC()}
}
