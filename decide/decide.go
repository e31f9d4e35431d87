// Package decide proposes and records what is decided: levels of areas under a
// rule pack.
//
// In: a pack, the figures it asks for, and the areas that an event touches.
// Out: proposals that name rule, inputs and level; a named officer accepts one
// or overrides it with a reason, and both stay on record. A level that
// restricts persons needs a second approver from another organisation.
package decide

import (
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// ProposalID names a proposal.
type ProposalID string

// LevelID names the record of an area's level.
type LevelID string

// Kinds of records, as references name them.
const (
	ProposalKind trace.Kind = "proposal"
	LevelKind    trace.Kind = "level"
)

// Level is the level of an area, by the words of the pack.
type Level string

// The levels of the shipped risk packs, lowest first.
const (
	Low    Level = "low"
	Medium Level = "medium"
	High   Level = "high"
)

// Judgement in place of a proposed level means that the pack leaves the level
// to the officer.
const Judgement Level = "judgement"

// PackRef names the version of a pack that a decision rests on.
type PackRef struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	Digest  string `json:"digest"` // SHA-256 of the pack's files
}

// ProposalState is where a proposal stands.
type ProposalState string

// The states of a proposal.
const (
	Open       ProposalState = "open"       // waits for an officer
	Seconding  ProposalState = "seconding"  // decided, waits for a second approver
	Accepted   ProposalState = "accepted"   // decided as proposed
	Overridden ProposalState = "overridden" // decided otherwise, with a reason
	Declined   ProposalState = "declined"   // the second approver said no; the proposal is open no more
	Lapsed     ProposalState = "lapsed"     // overtaken by newer figures before anybody decided
)

var proposalMoves = map[ProposalState][]ProposalState{
	Open:      {Seconding, Accepted, Overridden, Lapsed},
	Seconding: {Accepted, Overridden, Declined},
}

// ProposalStates lists the states of a proposal.
func ProposalStates() []ProposalState {
	return []ProposalState{Open, Seconding, Accepted, Overridden, Declined, Lapsed}
}

// Proposal is what the rules say an area's level should be, and what an
// officer made of it.
type Proposal struct {
	ID      ProposalID     `json:"id"`
	Status  observe.Status `json:"status"`
	Event   detect.EventID `json:"event"`
	Area    place.Code     `json:"area"`
	Pack    PackRef        `json:"pack"`
	Rule    string         `json:"rule"`    // id of the rule that held
	Current Level          `json:"current"` // the area's level when proposed
	Level   Level          `json:"level"`   // proposed; Judgement when the pack leaves it open
	// Inputs are the figures that the rule asked, with their answers, by the
	// name that the rule uses.
	Inputs []Input   `json:"inputs"`
	Day    civil.Day `json:"day"` // the last day of the figures
	Made   time.Time `json:"made"`

	State ProposalState `json:"state"`
	// Decided is the level that the officer chose and DecidedArea where: an
	// override may name a smaller area within the proposal's.
	Decided     Level                  `json:"decided,omitempty"`
	DecidedArea place.Code             `json:"decided_area,omitempty"`
	By          party.UserID           `json:"by,omitempty"`
	ByOrg       party.OrganisationCode `json:"by_org,omitempty"`
	At          *time.Time             `json:"at,omitempty"`
	Second      party.UserID           `json:"second,omitempty"`
	Seconded    *time.Time             `json:"seconded,omitempty"`
	// Why is the sealed reason; an override must have one.
	Why     []byte `json:"why,omitempty"`
	Version int    `json:"version"`
}

// Input is one figure that a rule used.
type Input struct {
	Name   string        `json:"name"`
	Answer figure.Answer `json:"answer"`
}

// AreaLevel is the level of an area over a time. The latest record for an
// area stands; an area without one takes the level of the area that it lies
// in, and the pack's lowest when none has any.
type AreaLevel struct {
	ID       LevelID        `json:"id"`
	Status   observe.Status `json:"status"`
	Area     place.Code     `json:"area"`
	Level    Level          `json:"level"`
	Proposal ProposalID     `json:"proposal"`
	Pack     PackRef        `json:"pack"`
	From     time.Time      `json:"from"`
	// Review is the day on which the step-down clock asks again.
	Review civil.Day `json:"review"`
	// Expires is the day on which the level ends by itself unless it is renewed.
	Expires civil.Day `json:"expires"`
	// Until ends the level; nil while it stands.
	Until   *time.Time `json:"until,omitempty"`
	Version int        `json:"version"`
}

// Move takes a step of the table; anything else is a Conflict.
func (p *Proposal) Move(to ProposalState) error {
	if !slices.Contains(proposalMoves[p.State], to) {
		return fault.New(fault.Conflict, "proposal %s is %s and cannot become %s", p.ID, p.State, to)
	}
	p.State = to
	p.Version++
	return nil
}
