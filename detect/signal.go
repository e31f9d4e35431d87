// Package detect turns observations into signals, and signals into events.
//
// In: the series of an area as known at a time, and notices in people's own
// words. Out: signals with their evidence, ranked and grouped, of which a team
// sees no more a day than it can verify; triage makes a signal an event or
// discards it, always with a reason.
package detect

import (
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// SignalID names a signal.
type SignalID string

// EventID names an event.
type EventID string

// Kinds of records, as references name them.
const (
	SignalKind  trace.Kind = "signal"
	EventKind   trace.Kind = "event"
	OutcomeKind trace.Kind = "outcome"
	MissedKind  trace.Kind = "missed"
	BatchKind   trace.Kind = "batch"
	NoticeKind  trace.Kind = "notice"
)

// Route is how a signal came: structured counts, or ad-hoc information.
type Route string

// The two routes of surveillance.
const (
	IBS Route = "ibs" // indicator-based
	EBS Route = "ebs" // event-based
)

// State is where a signal stands in triage.
type State string

// The states of a signal.
const (
	Raised    State = "raised"
	Verified  State = "verified"
	Discarded State = "discarded"
	// Snoozed signals sleep until a day, or until something stronger is found
	// (see [Snooze]); they are out of the inbox and not yet judged.
	Snoozed State = "snoozed"
)

// moves lists every step of triage. A discarded signal may be verified later:
// evidence can arrive after the judgement. A sleeping one wakes, or is judged
// in its sleep; it is not put to sleep a second time, so that nobody postpones
// a judgement without having seen the signal awake again.
var moves = map[State][]State{
	Raised:    {Verified, Discarded, Snoozed},
	Discarded: {Verified},
	Snoozed:   {Raised, Verified, Discarded},
}

// States lists the states of a signal.
func States() []State { return []State{Raised, Verified, Discarded, Snoozed} }

// Evidence is one finding under a signal: which indicator, where, on which
// day, what was seen against what was expected.
type Evidence struct {
	Indicator string      `json:"indicator"`
	Stream    string      `json:"stream"`
	Area      place.Code  `json:"area"`
	Stratum   Stratum     `json:"stratum,omitempty"` // empty for the whole
	Day       civil.Day   `json:"day"`
	Observed  float64     `json:"observed"`
	Expected  *float64    `json:"expected,omitempty"` // absent when the detector has no expectation
	Bound     *float64    `json:"bound,omitempty"`    // the value that had to be exceeded
	Score     float64     `json:"score"`              // 1 at the bound, more above it
	Quiet     int         `json:"quiet,omitempty"`    // days without a case before, for first-case findings
	Basis     place.Basis `json:"basis"`
	// Subject is the source or the post whose vigilance is in question, and Of
	// how many days, checks or orders of it were judged (see detect/vigilance).
	Subject string `json:"subject,omitempty"`
	Of      int    `json:"of,omitempty"`
	// Batches names the batches of observations that the series' last days came in.
	Batches []string `json:"batches,omitempty"`
	// Found is when the finding was first made; zero in records older than the field.
	Found time.Time `json:"found,omitzero"`
}

// Signal is reported data that may mean acute risk and is not yet verified.
type Signal struct {
	ID     SignalID       `json:"id"`
	Route  Route          `json:"route"`
	Status observe.Status `json:"status"`
	// Group joins findings that are the same signal: one stream, one part of
	// the city, a run of days (see [GroupOf]).
	Group    string     `json:"group"`
	Stream   string     `json:"stream"` // the stream, or the topic of a notice
	Area     place.Code `json:"area"`   // the smallest area that holds all findings
	First    civil.Day  `json:"first"`
	Last     civil.Day  `json:"last"`
	Evidence []Evidence `json:"evidence"`
	Notices  []string   `json:"notices,omitempty"` // for event-based signals
	// Rank orders the inbox, higher first (see [Rank]).
	Rank float64 `json:"rank"`
	// Day is the inbox day, in the city's time; Team is the area of the team whose
	// inbox it is, and Shown says whether it was within the team's budget of that
	// day. Signals from before there were teams have none and are the city's.
	Day   civil.Day  `json:"day"`
	Team  place.Code `json:"team,omitempty"`
	Shown bool       `json:"shown"`

	State   State        `json:"state"`
	Raised  time.Time    `json:"raised"`
	Changed time.Time    `json:"changed"`
	By      party.UserID `json:"by,omitempty"` // who triaged it
	Event   EventID      `json:"event,omitempty"`
	// Snooze is set while the signal sleeps, and only then.
	Snooze  *Snooze `json:"snooze,omitempty"`
	Version int     `json:"version"`
}

// Event is a verified signal: an occurrence that creates a potential for disease.
type Event struct {
	ID      EventID        `json:"id"`
	Signal  SignalID       `json:"signal"`
	Status  observe.Status `json:"status"`
	Hazard  string         `json:"hazard"` // "covid-19", "influenza", "unknown-respiratory"
	Area    place.Code     `json:"area"`
	Began   civil.Day      `json:"began"` // first day of the signal
	Opened  time.Time      `json:"opened"`
	By      party.UserID   `json:"by"`
	Closed  *time.Time     `json:"closed,omitempty"`
	Version int            `json:"version"`
}

// SurveillanceGap is the hazard of an event of those who watch: nobody is ill of
// it, and no rule about levels is asked.
const SurveillanceGap = "surveillance-gap"

// AboutWatchers reports whether the signal is about a source or post that
// slackens rather than about disease.
func (s Signal) AboutWatchers() bool { return len(s.Evidence) > 0 && s.Evidence[0].Subject != "" }

// Move takes a triage step. Anything that the table does not allow is a Conflict.
func (s *Signal) Move(to State, by party.UserID, at time.Time) error {
	if !slices.Contains(moves[s.State], to) {
		return fault.New(fault.Conflict, "signal %s is %s and cannot become %s", s.ID, s.State, to)
	}
	s.State, s.By, s.Changed = to, by, at
	if to != Snoozed {
		s.Snooze = nil
	}
	s.Version++
	return nil
}
