package detect

import (
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

// OutcomeID names a record of what a signal turned out to be.
type OutcomeID string

// MissedID names a record of an outbreak that no signal announced.
type MissedID string

// Truth is what a signal turned out to be.
type Truth string

// The truths. Outbreak is a true alarm; Harmless (a real excess without risk to
// the public, as a change of who is tested) and DataError are false ones.
const (
	Outbreak  Truth = "outbreak"
	Harmless  Truth = "harmless"
	DataError Truth = "data_error"
	Undecided Truth = "undecided"
)

// Truths lists what a signal can turn out to be.
func Truths() []Truth { return []Truth{Outbreak, Harmless, DataError, Undecided} }

// Outcome records what a signal turned out to be. It is never changed: a later
// record that names it stands in its place.
type Outcome struct {
	ID     OutcomeID      `json:"id"`
	Signal SignalID       `json:"signal"`
	Status observe.Status `json:"status"`
	Area   place.Code     `json:"area"` // the signal's area when it was recorded
	Truth  Truth          `json:"truth"`
	// Event is the event that an outbreak was: signals of one outbreak name the
	// same. Empty for every other truth.
	Event EventID `json:"event,omitempty"`
	// Began is the day of the outbreak's first onset; 0 for every other truth.
	Began      civil.Day    `json:"began,omitempty"`
	Supersedes OutcomeID    `json:"supersedes,omitempty"`
	Recorded   time.Time    `json:"recorded"`
	By         party.UserID `json:"by"`
}

// Check refuses an outcome that contradicts itself (Invalid): an unknown truth;
// an outbreak without its event, or without the day it began, or one that
// began after today; an event or a beginning for what was no outbreak.
func (o Outcome) Check(today civil.Day) error {
	var wrong []fault.Place
	say := func(field, problem string) { wrong = append(wrong, fault.Place{Field: field, Problem: problem}) }
	switch {
	case !slices.Contains(Truths(), o.Truth):
		say("truth", "is none of the known outcomes")
	case o.Truth == Outbreak:
		if o.Event == "" {
			say("event", "is needed for an outbreak")
		}
		if o.Began == 0 {
			say("began", "is needed for an outbreak")
		} else if o.Began > today {
			say("began", "lies after today")
		}
	default:
		if o.Event != "" {
			say("event", "belongs to an outbreak only")
		}
		if o.Began != 0 {
			say("began", "belongs to an outbreak only")
		}
	}
	if len(wrong) > 0 {
		return fault.At("the outcome cannot be recorded", wrong...)
	}
	return nil
}

// Missed records an outbreak that no signal announced, without which recall
// cannot be known.
type Missed struct {
	ID         MissedID       `json:"id"`
	Status     observe.Status `json:"status"`
	Hazard     string         `json:"hazard"`
	Area       place.Code     `json:"area"`
	Began      civil.Day      `json:"began"` // day of the first onset
	Supersedes MissedID       `json:"supersedes,omitempty"`
	// Withdrawn is set by a later record that finds there was no such outbreak.
	Withdrawn bool         `json:"withdrawn,omitempty"`
	Recorded  time.Time    `json:"recorded"`
	By        party.UserID `json:"by"`
}
