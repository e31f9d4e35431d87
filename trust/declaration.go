package trust

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
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

// LongestDeclaration is how many days of 24 hours a declaration may last; after
// it a new one must be approved.
const LongestDeclaration = 30

// DeclarationID names a declaration; it is a time-ordered UUID.
type DeclarationID string

// DeclarationKind is the kind of a reference that names a declaration.
const DeclarationKind trace.Kind = "declaration"

// DeclarationState is where a declaration stands. Its lapse is no state: nothing
// has to happen for it.
type DeclarationState string

// The states. A declaration that is declined or ended stays so.
const (
	Proposed DeclarationState = "proposed" // one officer wants it; it covers nothing
	InForce  DeclarationState = "in_force" // two approved it; it covers its area until its end
	Declined DeclarationState = "declined" // never was in force
	Ended    DeclarationState = "ended"    // before its time
)

// DeclarationStates lists the states.
func DeclarationStates() []DeclarationState {
	return []DeclarationState{Proposed, InForce, Declined, Ended}
}

// Approval is one office holder's consent.
type Approval struct {
	By           party.UserID           `json:"by"`
	Organisation party.OrganisationCode `json:"organisation"`
	At           time.Time              `json:"at"`
}

// Terms are what is declared.
type Terms struct {
	Area    place.Code `json:"area"`
	Modules []Module   `json:"modules"`
	Basis   string     `json:"basis"` // the law and article, in words
	// Days is how many days of 24 hours it lasts from the second approval on.
	Days int `json:"days"`
}

// MostBasis is the longest basis, in bytes.
const MostBasis = 1000

// wrong lists what is wrong with the terms.
func (t Terms) wrong() (wrong []fault.Place) {
	say := func(field, problem string) { wrong = append(wrong, fault.Place{Field: field, Problem: problem}) }
	if t.Area == "" {
		say("area", "is missing")
	}
	if len(t.Modules) == 0 {
		say("modules", "names none")
	}
	for i, m := range t.Modules {
		if !slices.Contains(Modules(), m) {
			say("modules", "names a module that does not exist")
		}
		if slices.Contains(t.Modules[:i], m) {
			say("modules", "names a module twice")
		}
	}
	switch {
	case strings.TrimSpace(t.Basis) == "":
		say("basis", "is missing: name the law and article")
	case len(t.Basis) > MostBasis:
		say("basis", fmt.Sprintf("must be at most %d bytes long", MostBasis))
	}
	if t.Days < 1 || t.Days > LongestDeclaration {
		say("days", fmt.Sprintf("must be between 1 and %d", LongestDeclaration))
	}
	return wrong
}

// Declaration is the legal ground on which modules collect in an area for a
// time. Nothing switches it off at its end: it just no longer covers anything.
type Declaration struct {
	ID DeclarationID `json:"id"`
	Terms
	State DeclarationState `json:"state"`
	// From and Until bound what it covers; Until is the first instant that is no
	// longer covered. Both are zero until it is approved.
	From      time.Time  `json:"from,omitzero"`
	Until     time.Time  `json:"until,omitzero"`
	Approvals []Approval `json:"approvals"`
	// Closed is who declined or ended it.
	Closed  *Approval `json:"closed,omitempty"`
	Version int       `json:"version"`
}

// Propose returns a declaration on which its first approver has put a name. One
// whose terms can never take effect is Invalid; the fault names the fields.
func Propose(id DeclarationID, t Terms, first Approval) (Declaration, error) {
	d := Declaration{ID: id, Terms: t, State: Proposed, Approvals: []Approval{first}, Version: 1}
	return d, fault.At("the declaration cannot take effect", t.wrong()...)
}

// DeclarationStep is what an officer does with a declaration.
type DeclarationStep string

// The steps: the second approval, and two that close it.
const (
	Approve DeclarationStep = "approve"
	Decline DeclarationStep = "decline"
	End     DeclarationStep = "end"
)

// DeclarationSteps lists the steps.
func DeclarationSteps() []DeclarationStep { return []DeclarationStep{Approve, Decline, End} }

// Move takes a step: [Declaration.Approve], [Declaration.Decline] or
// [Declaration.End]. The fault is Invalid for any other.
func (d Declaration) Move(step DeclarationStep, by Approval) (Declaration, error) {
	switch step {
	case Approve:
		return d.Approve(by)
	case Decline:
		return d.Decline(by)
	case End:
		return d.End(by)
	}
	return d, fault.At("the declaration cannot be moved", fault.Place{Field: "step", Problem: "must be approve, decline or end"})
}

// Approve puts a proposed declaration into force, from the second approval on.
// The fault is Conflict in any other state, and Forbidden when the approver is
// the first one, or of the same organisation.
func (d Declaration) Approve(second Approval) (Declaration, error) {
	if err := d.from("be approved", Proposed); err != nil {
		return d, err
	}
	if first := d.Approvals[0]; first.By == second.By || first.Organisation == second.Organisation {
		return d, fault.New(fault.Forbidden, "the second approver must be another person of another organisation")
	}
	d.State, d.Approvals = InForce, []Approval{d.Approvals[0], second}
	d.From, d.Until = second.At, second.At.Add(time.Duration(d.Days)*24*time.Hour)
	d.Version++
	return d, d.Check()
}

// Decline refuses a proposed declaration, or takes it back. The fault is Conflict
// in any other state.
func (d Declaration) Decline(by Approval) (Declaration, error) {
	if err := d.from("be declined", Proposed); err != nil {
		return d, err
	}
	d.State, d.Closed = Declined, &by
	d.Version++
	return d, nil
}

// End ends a declaration in force before its time. The fault is Conflict in any
// other state, and once it has lapsed.
func (d Declaration) End(by Approval) (Declaration, error) {
	if err := d.from("be ended", InForce); err != nil {
		return d, err
	}
	if !by.At.Before(d.Until) {
		return d, fault.New(fault.Conflict, "the declaration has lapsed already")
	}
	d.State, d.Closed, d.Until = Ended, &by, by.At
	d.Version++
	return d, nil
}

func (d Declaration) from(what string, state DeclarationState) error {
	if d.State != state {
		return fault.New(fault.Conflict, "a declaration that is %s cannot %s", d.State, what)
	}
	return nil
}

// Check reports everything that keeps the declaration from covering anything, as
// one Invalid error that names the fields.
func (d Declaration) Check() error {
	wrong := d.wrong()
	say := func(field, problem string) { wrong = append(wrong, fault.Place{Field: field, Problem: problem}) }
	if d.State != InForce && d.State != Ended {
		say("state", "is not in force")
	}
	if length := d.Until.Sub(d.From); length < 0 || length > LongestDeclaration*24*time.Hour {
		say("until", fmt.Sprintf("must be at most %d days after from", LongestDeclaration))
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

// Covering returns the one of several declarations that lets a module collect in
// an area at an instant, and that lasts longest; ok is false if none does.
func Covering(all []Declaration, m Module, area place.Code, at time.Time, within func(inner, outer place.Code) bool) (in Declaration, ok bool) {
	for _, d := range all {
		if d.Covers(m, area, at, within) && (!ok || d.Until.After(in.Until)) {
			in, ok = d, true
		}
	}
	return in, ok
}
