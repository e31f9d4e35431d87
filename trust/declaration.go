package trust

import (
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

// Module is a part of the program that collects something personal.
type Module string

// The modules that a declaration can switch on.
const (
	CheckIns       Module = "check_ins"       // named visits to sites
	PersonalStatus Module = "personal_status" // status computed from evidence
	Quarantine     Module = "quarantine"      // follow-up of people in quarantine
)

// Modules lists the modules.
func Modules() []Module { return []Module{CheckIns, PersonalStatus, Quarantine} }

// LongestDeclaration is how long a declaration may last; after it a new one
// must be approved.
const LongestDeclaration = 30 * 24 * time.Hour

// DeclarationID names a declaration; it is a time-ordered UUID.
type DeclarationID string

// Approval is one office holder's consent.
type Approval struct {
	By           party.UserID           `json:"by"`
	Organisation party.OrganisationCode `json:"organisation"`
	At           time.Time              `json:"at"`
}

// Declaration is the legal ground on which modules collect in an area for a
// time. Nothing switches it off at its end: it just no longer covers anything.
type Declaration struct {
	ID        DeclarationID `json:"id"`
	Area      place.Code    `json:"area"`
	Modules   []Module      `json:"modules"`
	Basis     string        `json:"basis"` // the law and article, in words
	From      time.Time     `json:"from"`
	Until     time.Time     `json:"until"` // the first instant that is no longer covered
	Approvals []Approval    `json:"approvals"`
}

// Check reports everything that keeps the declaration from taking effect, as
// one Invalid error that names the fields.
func (d Declaration) Check() error {
	var wrong []fault.Place
	say := func(field, problem string) { wrong = append(wrong, fault.Place{Field: field, Problem: problem}) }
	if d.Area == "" {
		say("area", "is missing")
	}
	if len(d.Modules) == 0 {
		say("modules", "names none")
	}
	for _, m := range d.Modules {
		if !slices.Contains(Modules(), m) {
			say("modules", "names a module that does not exist")
		}
	}
	if d.Basis == "" {
		say("basis", "is missing: name the law and article")
	}
	switch length := d.Until.Sub(d.From); {
	case length <= 0:
		say("until", "must be after from")
	case length > LongestDeclaration:
		say("until", "must be at most 30 days after from")
	}
	if !d.approved() {
		say("approvals", "must be two, by people of different organisations, before it begins")
	}
	return fault.At("the declaration cannot take effect", wrong...)
}

// approved reports whether two people of different organisations agreed before
// the start.
func (d Declaration) approved() bool {
	for i, a := range d.Approvals {
		for _, b := range d.Approvals[:i] {
			if a.By != b.By && a.Organisation != b.Organisation && !a.At.After(d.From) && !b.At.After(d.From) {
				return true
			}
		}
	}
	return false
}

// Covers reports whether a module may collect in an area at an instant. within
// tells whether an area lies inside another or is the same.
func (d Declaration) Covers(m Module, area place.Code, at time.Time, within func(inner, outer place.Code) bool) bool {
	return slices.Contains(d.Modules, m) && !at.Before(d.From) && at.Before(d.Until) &&
		within(area, d.Area) && d.Check() == nil
}
