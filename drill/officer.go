package drill

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// Staff is the people of a replay and what they are told to do: they verify
// every signal of local cases and put the others aside, accept every proposal
// two hours after it was made, issue all that the pack's templates offer,
// acknowledge, report, verify and close. What they decide otherwise is in Otherwise.
type Staff struct {
	Desks Desks
	// The commander decides, the epidemiologist verifies and seconds, the duty
	// officer issues, acknowledges and reports.
	Commander, Epidemiologist, Duty access.Actor
	Otherwise                       []Otherwise

	covered map[decide.ProposalID]bool // proposals whose directives were issued
	done    int                        // how many of Otherwise were carried out
}

// Otherwise is a decision of the real command that no rule proposed.
type Otherwise struct {
	At    time.Time
	Ask   place.Code // the area whose rule is asked
	In    place.Code // the area within it that is decided upon
	Level decide.Level
	Why   string
}

// The habits of the staff.
const (
	deciding  = 2 * time.Hour  // from a proposal to its acceptance
	receiving = time.Hour      // from an order to its acknowledgement
	doing     = 12 * time.Hour // from there to the report, where no query measures
)

// Work does what is due at the desks and reports whether there was anything.
func (s *Staff) Work(ctx context.Context) (acted bool, err error) {
	steps := []func(context.Context) (bool, error){s.triage, s.override, s.decide, s.second, s.issue, s.carryOut}
	for _, step := range steps {
		did, err := step(ctx)
		if err != nil {
			return acted, err
		}
		acted = acted || did
	}
	return acted, nil
}

func (s *Staff) now() time.Time { return s.Desks.Center.Time() }

// all reads every page of a list.
func all[T any](ctx context.Context, list func(context.Context, command.Paging) (command.Page[T], error)) ([]T, error) {
	var items []T
	for p := (command.Paging{Limit: 200}); ; {
		page, err := list(ctx, p)
		if err != nil {
			return nil, err
		}
		items = append(items, page.Items...)
		if page.Next == "" {
			return items, nil
		}
		p.After = page.Next
	}
}

func (s *Staff) triage(ctx context.Context) (acted bool, err error) {
	f := watch.SignalFilter{Within: []place.Code{s.Desks.City}, States: []detect.State{detect.Raised}, Status: observe.Actual}
	signals, err := all(ctx, func(ctx context.Context, p command.Paging) (command.Page[detect.Signal], error) {
		return s.Desks.Watch.Store.Signals(ctx, f, p)
	})
	if err != nil {
		return false, fmt.Errorf("read the signals: %w", err)
	}
	for _, sig := range signals {
		acted = true
		if sig.Stream == string(counts.ConfirmedLocal) {
			in := watch.VerifyIn{Hazard: "covid-19", Why: "confirmed by the laboratory of the city", Key: "verify:" + string(sig.ID)}
			_, err = s.Desks.Watch.Verify(ctx, s.Epidemiologist, sig.ID, in)
		} else {
			_, err = s.Desks.Watch.Discard(ctx, s.Epidemiologist, sig.ID, "no person infected; handled by the reporting body", "discard:"+string(sig.ID))
		}
		if err != nil {
			return acted, fmt.Errorf("triage signal %s: %w", sig.ID, err)
		}
	}
	return acted, nil
}

// override carries out what the real command decided otherwise. The rule is
// asked first, so that the chain shows what it would have said.
func (s *Staff) override(ctx context.Context) (bool, error) {
	if s.done == len(s.Otherwise) || s.now().Before(s.Otherwise[s.done].At) {
		return false, nil
	}
	o := s.Otherwise[s.done]
	s.done++
	key := fmt.Sprintf("otherwise:%d", s.done)
	events, err := s.Desks.Watch.Store.Events(ctx, []place.Code{s.Desks.City}, observe.Actual)
	if err != nil {
		return false, fmt.Errorf("read the events: %w", err)
	}
	if len(events) == 0 {
		return false, errors.New("the command decided otherwise, and there is no event")
	}
	p, err := s.asked(ctx, events[0].ID, o, key)
	if err != nil {
		return false, err
	}
	_, err = s.Desks.Plan.Override(ctx, s.Commander, p.ID, plan.OverrideIn{Level: o.Level, Area: o.In, Why: o.Why, Key: key})
	return true, err
}

// asked returns the proposal of an area that waits already, or asks for one.
func (s *Staff) asked(ctx context.Context, event detect.EventID, o Otherwise, key string) (decide.Proposal, error) {
	waiting, err := s.proposals(ctx, decide.Open)
	if err != nil {
		return decide.Proposal{}, err
	}
	for _, p := range waiting {
		if p.Area == o.Ask {
			return p, nil
		}
	}
	return s.Desks.Plan.Ask(ctx, s.Commander, event, o.Ask, o.Why, "ask:"+key)
}

func (s *Staff) proposals(ctx context.Context, states ...decide.ProposalState) ([]decide.Proposal, error) {
	f := plan.ProposalFilter{Within: []place.Code{s.Desks.City}, States: states, Status: observe.Actual}
	list, err := all(ctx, func(ctx context.Context, p command.Paging) (command.Page[decide.Proposal], error) {
		return s.Desks.Plan.Store.Proposals(ctx, f, p)
	})
	if err != nil {
		return nil, fmt.Errorf("read the proposals: %w", err)
	}
	return list, nil
}

func (s *Staff) decide(ctx context.Context) (acted bool, err error) {
	open, err := s.proposals(ctx, decide.Open)
	if err != nil {
		return false, err
	}
	for _, p := range open {
		if s.now().Sub(p.Made) < deciding {
			continue
		}
		acted = true
		if _, err := s.Desks.Plan.Accept(ctx, s.Commander, p.ID, "as the rule proposes", "accept:"+string(p.ID)); err != nil {
			return acted, fmt.Errorf("accept proposal %s: %w", p.ID, err)
		}
	}
	return acted, nil
}

func (s *Staff) second(ctx context.Context) (acted bool, err error) {
	waiting, err := s.proposals(ctx, decide.Seconding)
	if err != nil {
		return false, err
	}
	for _, p := range waiting {
		acted = true
		in := plan.SecondIn{Consent: plan.Approve, Why: "the spread in the area bears it out", Key: "second:" + string(p.ID)}
		if _, err := s.Desks.Plan.Second(ctx, s.Epidemiologist, p.ID, in); err != nil {
			return acted, fmt.Errorf("second proposal %s: %w", p.ID, err)
		}
	}
	return acted, nil
}

// issue issues every template that the pack offers for what was decided.
func (s *Staff) issue(ctx context.Context) (acted bool, err error) {
	decided, err := s.proposals(ctx, decide.Accepted, decide.Overridden)
	if err != nil {
		return false, err
	}
	if s.covered == nil {
		s.covered = map[decide.ProposalID]bool{}
	}
	for _, p := range decided {
		if s.covered[p.ID] {
			continue
		}
		s.covered[p.ID] = true
		drafts, err := s.Desks.Order.Drafts(p)
		if err != nil {
			return acted, fmt.Errorf("draft the directives of proposal %s: %w", p.ID, err)
		}
		for _, d := range drafts {
			acted = true
			in := order.IssueIn{Proposal: p.ID, Template: d.Template, Why: "decided by the command", Key: "issue:" + string(p.ID) + ":" + d.Template}
			if _, err := s.Desks.Order.Issue(ctx, s.Duty, in); err != nil {
				return acted, fmt.Errorf("issue %s of proposal %s: %w", d.Template, p.ID, err)
			}
		}
	}
	return acted, nil
}

func (s *Staff) carryOut(ctx context.Context) (acted bool, err error) {
	f := order.DirectiveFilter{Within: []place.Code{s.Desks.City}, Status: observe.Actual,
		States: []direct.State{direct.Issued, direct.Acknowledged, direct.Reported, direct.Verified}}
	list, err := all(ctx, func(ctx context.Context, p command.Paging) (command.Page[direct.Directive], error) {
		return s.Desks.Order.Store.Directives(ctx, f, p)
	})
	if err != nil {
		return false, fmt.Errorf("read the directives: %w", err)
	}
	for _, d := range list {
		who, step, due := s.next(d)
		if !due {
			continue
		}
		acted = true
		in := order.MoveIn{Step: step, Key: fmt.Sprintf("%s:%s:%d", step, d.ID, d.Version)}
		if _, err := s.Desks.Order.Move(ctx, who, d.ID, in); err != nil {
			return acted, fmt.Errorf("%s directive %s: %w", step, d.ID, err)
		}
	}
	return acted, nil
}

// next is what a directive needs now, and from whom. One with a completion
// query waits for the data.
func (s *Staff) next(d direct.Directive) (who access.Actor, step direct.Step, due bool) {
	since := s.now().Sub(d.Changed)
	switch {
	case d.State == direct.Issued:
		return s.Duty, direct.Acknowledge, since >= receiving
	case d.State == direct.Acknowledged && d.Completion == nil:
		return s.Duty, direct.Report, since >= doing
	case d.State == direct.Reported && d.Completion == nil:
		return s.Commander, direct.Verify, since >= receiving
	case d.State == direct.Verified:
		return s.Commander, direct.Close, true
	}
	return who, "", false
}
