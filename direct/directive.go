// Package direct gets every order done by somebody who answers for it.
//
// A directive names measure, addressee (a post, not a person), area, due time
// and authority, and can carry a completion query over the figures: it is
// verified when the data says so. The duty roster says who holds a post now;
// an unanswered directive is reminded, becomes overdue, and escalates to the
// next post.
package direct

import (
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/words"
)

// DirectiveID names a directive.
type DirectiveID string

// ShiftID names a shift of the roster.
type ShiftID string

// Kinds of records, as references name them.
const (
	DirectiveKind trace.Kind = "directive"
	ShiftKind     trace.Kind = "shift"
)

// State is where a directive stands.
type State string

// The states of a directive.
const (
	Drafted      State = "drafted"
	Issued       State = "issued"
	Acknowledged State = "acknowledged" // received
	Reported     State = "reported"     // done, by own word
	Verified     State = "verified"     // done, seen by another or by the data
	Closed       State = "closed"
	Withdrawn    State = "withdrawn"
)

// moves lists every step a directive may take; anything else is a conflict.
var moves = map[State][]State{
	Drafted:      {Issued, Withdrawn},
	Issued:       {Acknowledged, Withdrawn},
	Acknowledged: {Reported, Withdrawn},
	Reported:     {Verified, Acknowledged},
	Verified:     {Closed},
}

// States lists the states of a directive.
func States() []State {
	return []State{Drafted, Issued, Acknowledged, Reported, Verified, Closed, Withdrawn}
}

// Completion is a query that says when a directive is done: a figure over the
// directive's area, from its first day on, that must reach a target.
type Completion struct {
	Figure   figure.Name `json:"figure"`
	Argument string      `json:"argument,omitempty"`
	// Target is the least value that completes the directive.
	Target float64 `json:"target"`
	// Value and Asked are the last answer and when it was had.
	Value float64    `json:"value"`
	Asked *time.Time `json:"asked,omitempty"`
	// Met is when the target was reached.
	Met *time.Time `json:"met,omitempty"`
}

// Directive is an order.
type Directive struct {
	ID       DirectiveID       `json:"id"`
	Status   observe.Status    `json:"status"`
	Proposal decide.ProposalID `json:"proposal,omitempty"`
	Event    detect.EventID    `json:"event"`
	Pack     decide.PackRef    `json:"pack"`
	Template string            `json:"template"`
	Measure  string            `json:"measure"`
	Title    words.Text        `json:"title"`
	Area     place.Code        `json:"area"`
	// Addressee is the post that must act; Held the post that answers now,
	// which differs after an escalation.
	Addressee party.PostCode `json:"addressee"`
	Held      party.PostCode `json:"held"`
	Authority string         `json:"authority"` // the rule or order it rests on
	Due       time.Time      `json:"due"`
	// AckBy is by when it must be acknowledged before it escalates.
	AckBy      time.Time   `json:"ack_by"`
	Completion *Completion `json:"completion,omitempty"`

	State     State        `json:"state"`
	Issued    time.Time    `json:"issued"`
	Changed   time.Time    `json:"changed"`
	By        party.UserID `json:"by"` // who made the last move
	Reminded  *time.Time   `json:"reminded,omitempty"`
	Overdue   *time.Time   `json:"overdue,omitempty"`
	Escalated *time.Time   `json:"escalated,omitempty"`
	// Exception is true when it was closed by a signed exception in place of
	// its completion query.
	Exception bool `json:"exception,omitempty"`
	Version   int  `json:"version"`
}

// Move takes a step of the table; anything else is a Conflict.
func (d *Directive) Move(to State, by party.UserID, at time.Time) error {
	if !slices.Contains(moves[d.State], to) {
		return fault.New(fault.Conflict, "directive %s is %s and cannot become %s", d.ID, d.State, to)
	}
	d.State, d.By, d.Changed = to, by, at
	d.Version++
	return nil
}

// Ended reports whether nothing more is to be done.
func (d *Directive) Ended() bool { return d.State == Closed || d.State == Withdrawn }

// Shift says that a user holds a post from one instant until another.
type Shift struct {
	ID      ShiftID        `json:"id"`
	Post    party.PostCode `json:"post"`
	User    party.UserID   `json:"user"`
	From    time.Time      `json:"from"`
	Until   time.Time      `json:"until"`
	Version int            `json:"version"`
}
