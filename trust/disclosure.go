package trust

import (
	"time"

	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// Purpose says what a disclosure is for, of a short list.
type Purpose string

// The purposes for which pseudonyms may be resolved.
const (
	ContactTracing Purpose = "contact_tracing" // whom a case may have infected
	SourceSearch   Purpose = "source_search"   // by whom or where a case was infected
	Notification   Purpose = "notification"    // telling those who were exposed
)

// Purposes lists the purposes.
func Purposes() []Purpose { return []Purpose{ContactTracing, SourceSearch, Notification} }

// DisclosureID names a disclosure; it is a time-ordered UUID.
type DisclosureID string

// DisclosureKind is the kind of a reference that names a disclosure.
const DisclosureKind trace.Kind = "disclosure"

// Disclosure says that somebody resolved pseudonyms: who, for which case and
// what purpose, what was searched, and how many people came to light. It holds
// nobody's number and no pseudonym.
type Disclosure struct {
	ID      DisclosureID `json:"id"`
	By      party.UserID `json:"by"`
	At      time.Time    `json:"at"`   // UTC, whole microseconds
	Case    trace.Ref    `json:"case"` // what was confirmed
	Area    place.Code   `json:"area"` // where the case lies
	Purpose Purpose      `json:"purpose"`
	// Declaration is the ground on which visits were collected and searched.
	Declaration DeclarationID `json:"declaration"`
	// From and Until bound the visits that were searched.
	From  time.Time `json:"from"`
	Until time.Time `json:"until"`
	// Sought is how many people's visits were followed, or 0 when Site says
	// whose visitors were asked for.
	Sought int    `json:"sought,omitempty"`
	Site   string `json:"site,omitempty"`
	// People is how many were disclosed.
	People  int `json:"people"`
	Version int `json:"version"`
}
