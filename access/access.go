// Package access says who may do what, where: roles, rights and scopes in one
// table.
//
// In: an actor (a user with grants) and a right, and for an act the chain of
// areas that the record lies in. Out: nothing, or a Forbidden fault. The store
// applies the same table to lists, in SQL.
package access

import (
	"slices"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

// Role is what a user is for the command, in an area.
type Role string

// The roles.
const (
	Commander      Role = "commander"
	Epidemiologist Role = "epidemiologist"
	DutyOfficer    Role = "duty_officer"
	AreaOfficer    Role = "area_officer"
	Auditor        Role = "auditor"
	Administrator  Role = "administrator"
	Reporter       Role = "reporter" // staff of a clinic, school or pharmacy

	// Program is the program itself: detectors, clocks, measured completion. It
	// cannot be granted to an account.
	Program Role = "program"
)

// Roles lists every role that can be granted.
func Roles() []Role {
	return []Role{Commander, Epidemiologist, DutyOfficer, AreaOfficer, Auditor, Administrator, Reporter}
}

// Right is one thing that can be done.
type Right string

// The rights. Reading and acting are apart, so that an auditor sees all and
// touches nothing.
const (
	ReadPlaces     Right = "place.read"
	ReadCounts     Right = "counts.read"
	WriteCounts    Right = "counts.write"
	ReportDaily    Right = "counts.report"
	WriteNotice    Right = "notice.write"
	WriteVisits    Right = "visit.write"
	KeepVisits     Right = "visit.keep"     // seal and destroy days
	DiscloseVisits Right = "visit.disclose" // resolve pseudonyms, for a case
	DeclareVisits  Right = "visit.declare"  // approve, decline and end declarations
	ReadSignals    Right = "signal.read"
	TriageSignal   Right = "signal.triage"
	RaiseSignal    Right = "signal.raise"
	MakeProposal   Right = "proposal.make"
	MeasureOrder   Right = "directive.measure"
	ReadProposals  Right = "proposal.read"
	DecideProposal Right = "proposal.decide"
	SecondDecision Right = "proposal.second"
	ReadPacks      Right = "pack.read"
	ReadDirectives Right = "directive.read"
	IssueDirective Right = "directive.issue"
	DoDirective    Right = "directive.do"     // acknowledge, report done
	VerifyDone     Right = "directive.verify" // verify, return, close
	ReadFigures    Right = "figure.read"
	ReadDuty       Right = "duty.read"
	WriteDuty      Right = "duty.write"
	ReadJournal    Right = "journal.read"
	CheckAll       Right = "journal.check" // fsck
	ManageUsers    Right = "user.manage"
	RunClock       Right = "clock.run" // move the clock of a replay
	KeepOwnAccount Right = "account.own"
)

// table is the whole of the rule. A right that no role has is a mistake that
// the tests report.
var table = map[Right][]Role{
	ReadPlaces:     {Commander, Epidemiologist, DutyOfficer, AreaOfficer, Auditor, Administrator, Reporter},
	ReadCounts:     {Commander, Epidemiologist, DutyOfficer, AreaOfficer, Auditor},
	WriteCounts:    {Epidemiologist, DutyOfficer, Program},
	ReportDaily:    {Epidemiologist, DutyOfficer, Reporter},
	WriteNotice:    {Commander, Epidemiologist, DutyOfficer, AreaOfficer, Reporter, Program},
	WriteVisits:    {DutyOfficer, Reporter, Program},
	KeepVisits:     {Program},
	DiscloseVisits: {Epidemiologist, DutyOfficer},
	DeclareVisits:  {Commander, Epidemiologist},
	RaiseSignal:    {Program},
	MakeProposal:   {Program},
	MeasureOrder:   {Program},
	ReadSignals:    {Commander, Epidemiologist, DutyOfficer, AreaOfficer, Auditor},
	TriageSignal:   {Commander, Epidemiologist, DutyOfficer},
	ReadProposals:  {Commander, Epidemiologist, DutyOfficer, AreaOfficer, Auditor},
	DecideProposal: {Commander},
	SecondDecision: {Commander, Epidemiologist},
	ReadPacks:      {Commander, Epidemiologist, DutyOfficer, AreaOfficer, Auditor, Administrator},
	ReadDirectives: {Commander, Epidemiologist, DutyOfficer, AreaOfficer, Auditor},
	IssueDirective: {Commander, DutyOfficer},
	DoDirective:    {DutyOfficer, AreaOfficer},
	VerifyDone:     {Commander, DutyOfficer, Epidemiologist},
	ReadFigures:    {Commander, Epidemiologist, DutyOfficer, AreaOfficer, Auditor},
	ReadDuty:       {Commander, Epidemiologist, DutyOfficer, AreaOfficer, Auditor, Administrator},
	WriteDuty:      {DutyOfficer, Administrator},
	ReadJournal:    {Commander, Auditor},
	CheckAll:       {Auditor, Administrator},
	ManageUsers:    {Administrator, Program}, // the program makes the first administrator
	RunClock:       {Commander, Epidemiologist, DutyOfficer},
	KeepOwnAccount: {Commander, Epidemiologist, DutyOfficer, AreaOfficer, Auditor, Administrator, Reporter},
}

// Rights lists every right, sorted by name.
func Rights() []Right {
	all := make([]Right, 0, len(table))
	for r := range table {
		all = append(all, r)
	}
	slices.Sort(all)
	return all
}

// Has reports whether a role carries a right.
func Has(role Role, right Right) bool { return slices.Contains(table[right], role) }

// Grant gives a user a role in an area and everything within it.
type Grant struct {
	Role Role       `json:"role"`
	Area place.Code `json:"area"`
}

// Actor is who acts: a user with grants, and the organisation that two-person
// rules compare.
type Actor struct {
	User         party.UserID           `json:"user"`
	Organisation party.OrganisationCode `json:"organisation"`
	Grants       []Grant                `json:"grants"`
	// Source is the one source for which a reporter may enter counts; empty otherwise.
	Source string `json:"source,omitempty"`
}

// Can reports whether the actor has the right anywhere.
func (a Actor) Can(right Right) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return Has(g.Role, right) })
}

// Areas returns the areas in which, with all within them, the actor has the right.
func (a Actor) Areas(right Right) []place.Code {
	var areas []place.Code
	for _, g := range a.Grants {
		if Has(g.Role, right) && !slices.Contains(areas, g.Area) {
			areas = append(areas, g.Area)
		}
	}
	return areas
}

// Check returns nil if the actor has the right in one of the areas: give the
// record's area and all areas that it lies in. With no areas it asks whether
// the actor has the right anywhere. The fault is Forbidden.
func (a Actor) Check(right Right, lineage []place.Code) error {
	for _, g := range a.Grants {
		if Has(g.Role, right) && (len(lineage) == 0 || slices.Contains(lineage, g.Area)) {
			return nil
		}
	}
	return fault.New(fault.Forbidden, "this account does not have the right %q here", right)
}
