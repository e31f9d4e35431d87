// Package plan turns an event and a rule pack into proposals, and a named
// officer's decision into the levels of areas.
package plan

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// Tx is what an act of this package writes with.
type Tx interface {
	command.Recorder
	Event(ctx context.Context, id detect.EventID) (detect.Event, error)
	Proposal(ctx context.Context, id decide.ProposalID) (decide.Proposal, error)
	// OpenProposal returns the proposal of an area that still waits, in state
	// open or seconding; ok is false if none.
	OpenProposal(ctx context.Context, area place.Code, status observe.Status) (p decide.Proposal, ok bool, err error)
	AddProposal(ctx context.Context, p decide.Proposal) error
	// SaveProposal stores a changed proposal; Conflict if its version moved on.
	SaveProposal(ctx context.Context, p decide.Proposal) error
	// StandingLevel returns the level record of exactly this area that has not
	// ended; ok is false if none.
	StandingLevel(ctx context.Context, area place.Code, status observe.Status) (l decide.AreaLevel, ok bool, err error)
	AddLevel(ctx context.Context, l decide.AreaLevel) error
	SaveLevel(ctx context.Context, l decide.AreaLevel) error
}

// ProposalFilter narrows a list of proposals; zero fields do not narrow.
type ProposalFilter struct {
	Within []place.Code
	States []decide.ProposalState
	Area   place.Code
	Event  detect.EventID
	Status observe.Status
}

// Store is what this package reads.
type Store interface {
	Proposals(ctx context.Context, f ProposalFilter, p command.Paging) (command.Page[decide.Proposal], error)
	OneProposal(ctx context.Context, id decide.ProposalID) (decide.Proposal, error)
	OneLevel(ctx context.Context, id decide.LevelID) (decide.AreaLevel, error)
	// Levels returns the level records that stood at an instant as it was known
	// then, of all areas within those given.
	Levels(ctx context.Context, within []place.Code, at time.Time, status observe.Status) ([]decide.AreaLevel, error)
	// LevelsToReview returns the standing levels whose review day has come.
	LevelsToReview(ctx context.Context, day civil.Day, status observe.Status) ([]decide.AreaLevel, error)
	OneEvent(ctx context.Context, id detect.EventID) (detect.Event, error)
	OpenEvents(ctx context.Context, status observe.Status) ([]detect.Event, error)
}
