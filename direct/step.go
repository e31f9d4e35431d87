package direct

import (
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
)

// Step is what a person does with a directive.
type Step string

// The steps.
const (
	Acknowledge Step = "acknowledge" // received
	Report      Step = "report"      // done, by own word
	Verify      Step = "verify"      // done, seen by another
	Return      Step = "return"      // not done after all
	Close       Step = "close"
	Withdraw    Step = "withdraw"
)

// StepRule says what a step needs and where it leads.
type StepRule struct {
	To        State
	Right     access.Right
	WhyNeeded bool
	from      []State
}

// steps is the table of what persons do; [moves] says what is legal at all.
var steps = map[Step]StepRule{
	Acknowledge: {Acknowledged, access.DoDirective, false, []State{Issued}},
	Report:      {Reported, access.DoDirective, false, []State{Acknowledged}},
	Verify:      {Verified, access.VerifyDone, false, []State{Reported}},
	Return:      {Acknowledged, access.VerifyDone, true, []State{Reported}},
	Close:       {Closed, access.VerifyDone, false, []State{Verified}},
	Withdraw:    {Withdrawn, access.IssueDirective, true, []State{Drafted, Issued, Acknowledged}},
}

// Steps lists the steps in the order in which a directive takes them.
func Steps() []Step { return []Step{Acknowledge, Report, Verify, Return, Close, Withdraw} }

// Rule returns what a step needs. The fault is Invalid for a word that is no step.
func (s Step) Rule() (StepRule, error) {
	r, ok := steps[s]
	if !ok {
		return StepRule{}, fault.At("the directive cannot be moved", fault.Place{Field: "step", Problem: "is none of the known steps"})
	}
	return r, nil
}

// Open lists the steps that the directive's state allows; rights are asked
// elsewhere.
func (d Directive) Open() []Step {
	var open []Step
	for _, s := range Steps() {
		for _, from := range steps[s].from {
			if from == d.State {
				open = append(open, s)
			}
		}
	}
	return open
}

// Take carries out a person's step. A report is verified by somebody else than
// who made it. A directive with a completion query closes when the query was
// met, or by an exception, which is kept.
func (d *Directive) Take(s Step, by party.UserID, exception bool, at time.Time) error {
	rule, err := s.Rule()
	if err != nil {
		return err
	}
	allowed := false
	for _, from := range rule.from {
		allowed = allowed || from == d.State
	}
	if !allowed {
		return fault.New(fault.Conflict, "directive %s is %s; it cannot take the step %q", d.ID, d.State, s)
	}
	if s == Verify && d.By == by {
		return fault.New(fault.Forbidden, "who reported a directive done cannot verify it")
	}
	if s == Close && d.Completion != nil && d.Completion.Met == nil {
		if !exception {
			return fault.New(fault.Conflict, "the completion query is not met (%g of %g); close it by a signed exception or wait",
				d.Completion.Value, d.Completion.Target)
		}
		d.Exception = true
	}
	return d.Move(rule.To, by, at)
}
