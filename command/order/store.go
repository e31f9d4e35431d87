// Package order issues directives and sees that they are done: moves, due
// times, escalation along the duty roster, and completion by the figures.
package order

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

// Tx is what an act of this package writes with.
type Tx interface {
	command.Recorder
	Event(ctx context.Context, id detect.EventID) (detect.Event, error)
	Proposal(ctx context.Context, id decide.ProposalID) (decide.Proposal, error)
	Directive(ctx context.Context, id direct.DirectiveID) (direct.Directive, error)
	AddDirective(ctx context.Context, d direct.Directive) error
	// SaveDirective stores a changed directive; Conflict if its version moved on.
	SaveDirective(ctx context.Context, d direct.Directive) error
	// Account returns the account of a person; the fault is NotFound.
	Account(ctx context.Context, id party.UserID) (access.Account, error)
	// ShiftsOver returns the shifts of a post that overlap a span of time.
	ShiftsOver(ctx context.Context, post party.PostCode, from, until time.Time) ([]direct.Shift, error)
	AddShift(ctx context.Context, s direct.Shift) error
}

// DirectiveFilter narrows a list of directives; zero fields do not narrow.
type DirectiveFilter struct {
	Within []place.Code
	States []direct.State
	Area   place.Code
	Post   party.PostCode // held by this post
	Event  detect.EventID
	Status observe.Status
	// ByDue orders by due time, the earliest first, instead of by issue time,
	// the newest first.
	ByDue bool
}

// Store is what this package reads.
type Store interface {
	Directives(ctx context.Context, f DirectiveFilter, p command.Paging) (command.Page[direct.Directive], error)
	OneDirective(ctx context.Context, id direct.DirectiveID) (direct.Directive, error)
	// Pending returns the directives that the clock may have to move: not
	// ended, and either due a reminder, an overdue mark or an escalation by the
	// instant, or with a completion query that is not both met and verified.
	Pending(ctx context.Context, at time.Time) ([]direct.Directive, error)
	// OnDuty returns the shifts that cover an instant.
	OnDuty(ctx context.Context, at time.Time) ([]direct.Shift, error)
	Shifts(ctx context.Context, from, until time.Time) ([]direct.Shift, error)
}
