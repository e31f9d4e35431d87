package order

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/pack"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

// Desk carries out the use cases of this package.
type Desk struct {
	Center  *command.Center
	Write   command.Write[Tx]
	Store   Store
	Figures *figure.Catalogue
	Packs   []*pack.Pack
	Posts   []party.Post
	// Areas lists the city's areas; City is their root.
	Areas []place.Area
	City  place.Code
}

// Draft is a template filled in for an area, to be changed or issued as it is.
type Draft struct {
	Template  string         `json:"template"`
	Measure   string         `json:"measure"`
	Title     words.Text     `json:"title"`
	Area      place.Code     `json:"area"`
	Addressee party.PostCode `json:"addressee"`
	AckHours  int            `json:"ack_hours"`
	DueHours  int            `json:"due_hours"`
	Authority string         `json:"authority"`
	// Completion is the query with its target for the area; nil when the
	// template has none.
	Completion *direct.Completion `json:"completion,omitempty"`
}

// Drafts fills in the templates that a decided proposal's pack offers for its
// level.
func (d *Desk) Drafts(p decide.Proposal) ([]Draft, error) {
	rules, err := d.pack(p.Pack.ID)
	if err != nil {
		return nil, err
	}
	area, level := p.DecidedArea, p.Decided
	if level == "" {
		area, level = p.Area, p.Level
	}
	var drafts []Draft
	for _, t := range rules.Templates {
		if !slices.Contains(t.Levels, string(level)) {
			continue
		}
		draft, err := d.fill(t, area)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, draft)
	}
	return drafts, nil
}

func (d *Desk) pack(id string) (*pack.Pack, error) {
	i := slices.IndexFunc(d.Packs, func(p *pack.Pack) bool { return p.ID == id })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "there is no pack %q", id)
	}
	return d.Packs[i], nil
}

func (d *Desk) fill(t pack.Template, area place.Code) (Draft, error) {
	post, err := d.answerable(t.Party, area)
	if err != nil {
		return Draft{}, err
	}
	draft := Draft{Template: t.ID, Measure: t.Measure, Title: t.Title, Area: area, Addressee: post,
		AckHours: t.AckHours, DueHours: t.DueHours, Authority: t.Authority}
	if q := t.Completion; q != nil {
		target := q.Target
		if q.OfPopulation {
			target = math.Ceil(q.Target * float64(d.population(area)))
		}
		draft.Completion = &direct.Completion{Figure: q.Figure, Argument: q.Argument, Target: max(target, 1)}
	}
	return draft, nil
}

func (d *Desk) population(area place.Code) int {
	i := slices.IndexFunc(d.Areas, func(a place.Area) bool { return a.Code == area })
	if i < 0 {
		return 0
	}
	return d.Areas[i].Population
}

// answerable returns the post of a party that answers for an area: the area's
// own, or that of the smallest area around it which has one.
func (d *Desk) answerable(of party.Answerable, area place.Code) (party.PostCode, error) {
	lineage, err := d.Center.Lineage(area)
	if err != nil {
		return "", err
	}
	for _, a := range lineage {
		for _, p := range d.Posts {
			if p.Area == a && p.Party == of {
				return p.Code, nil
			}
		}
	}
	return "", fault.New(fault.Conflict, "no post of party %q answers for area %s", of, area)
}

// IssueIn is a directive to be issued from a template.
type IssueIn struct {
	Proposal decide.ProposalID
	Template string
	// Area, Addressee, DueHours and Target replace the template's when set.
	Area      place.Code
	Addressee party.PostCode
	DueHours  int
	Target    float64
	Why, Key  string
}

// MostDueHours is the longest time that a directive may give, in hours.
const MostDueHours = 24 * 90

// Issue turns a decided proposal into a directive. Faults: Conflict when the
// proposal is not decided, Invalid for a post, area or time that cannot be.
func (d *Desk) Issue(ctx context.Context, who access.Actor, in IssueIn) (direct.Directive, error) {
	act := command.Act{Who: who, Right: access.IssueDirective, Name: "directive.issue", Why: in.Why, WhyNeeded: true, Key: in.Key, Input: in}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (direct.Directive, error) {
		p, err := tx.Proposal(ctx, in.Proposal)
		if err != nil {
			return direct.Directive{}, err
		}
		if p.State != decide.Accepted && p.State != decide.Overridden {
			return direct.Directive{}, fault.New(fault.Conflict, "proposal %s is %s; a directive needs a decision", p.ID, p.State)
		}
		draft, err := d.completed(p, in)
		if err != nil {
			return direct.Directive{}, err
		}
		if err := s.Permit(draft.Area); err != nil {
			return direct.Directive{}, err
		}
		id, err := s.NewID()
		if err != nil {
			return direct.Directive{}, err
		}
		order := direct.Directive{ID: direct.DirectiveID(id), Status: p.Status, Proposal: p.ID, Event: p.Event, Pack: p.Pack,
			Template: draft.Template, Measure: draft.Measure, Title: draft.Title, Area: draft.Area,
			Addressee: draft.Addressee, Held: draft.Addressee, Authority: draft.Authority, Completion: draft.Completion,
			Due: s.At.Add(hours(draft.DueHours)), AckBy: s.At.Add(hours(draft.AckHours)), State: direct.Drafted, Issued: s.At}
		if err := order.Move(direct.Issued, who.User, s.At); err != nil {
			return order, err
		}
		s.Wrote(direct.DirectiveKind, id, order)
		s.Because(decide.ProposalKind, string(p.ID))
		s.Because(detect.EventKind, string(p.Event))
		if err := tx.AddDirective(ctx, order); err != nil {
			return order, fmt.Errorf("store the directive: %w", err)
		}
		return order, nil
	})
}

func hours(n int) time.Duration { return time.Duration(n) * time.Hour }

// completed fills in a template with what the issuer set, and checks it.
func (d *Desk) completed(p decide.Proposal, in IssueIn) (Draft, error) {
	rules, err := d.pack(p.Pack.ID)
	if err != nil {
		return Draft{}, err
	}
	t, err := rules.Template(in.Template)
	if err != nil {
		return Draft{}, err
	}
	area := p.DecidedArea
	if in.Area != "" {
		area = in.Area
	}
	lineage, err := d.Center.Lineage(area)
	if err != nil {
		return Draft{}, err
	}
	draft, err := d.fill(t, area)
	if err != nil {
		return Draft{}, err
	}
	var wrong []fault.Place
	if !slices.Contains(lineage, p.DecidedArea) {
		wrong = append(wrong, fault.Place{Field: "area", Problem: "does not lie within the area decided upon"})
	}
	if !slices.Contains(t.Levels, string(p.Decided)) {
		wrong = append(wrong, fault.Place{Field: "template", Problem: fmt.Sprintf("is not offered for level %s", p.Decided)})
	}
	if in.Addressee != "" {
		draft.Addressee = in.Addressee
		if !slices.ContainsFunc(d.Posts, func(p party.Post) bool { return p.Code == in.Addressee }) {
			wrong = append(wrong, fault.Place{Field: "addressee", Problem: "is no post of this city"})
		}
	}
	if in.DueHours != 0 {
		draft.DueHours = in.DueHours
		if in.DueHours < 1 || in.DueHours > MostDueHours {
			wrong = append(wrong, fault.Place{Field: "due_hours", Problem: fmt.Sprintf("must be 1 to %d", MostDueHours)})
		}
		draft.AckHours = min(draft.AckHours, in.DueHours)
	}
	if in.Target != 0 {
		if draft.Completion == nil || !(in.Target > 0) {
			wrong = append(wrong, fault.Place{Field: "target", Problem: "must be above 0, for a template with a completion query"})
		} else {
			draft.Completion.Target = in.Target
		}
	}
	return draft, fault.At("the directive cannot be issued", wrong...)
}

// MoveIn is a step that a person takes with a directive.
type MoveIn struct {
	Step direct.Step
	// Exception closes a directive whose completion query is not met; it needs
	// a reason.
	Exception bool
	Why, Key  string
}

// Move takes a step. Faults: Conflict when the state does not allow it,
// Forbidden without the step's right in the area.
func (d *Desk) Move(ctx context.Context, who access.Actor, id direct.DirectiveID, in MoveIn) (direct.Directive, error) {
	rule, err := in.Step.Rule()
	if err != nil {
		return direct.Directive{}, err
	}
	act := command.Act{Who: who, Right: rule.Right, Name: "directive." + string(in.Step), Why: in.Why,
		WhyNeeded: rule.WhyNeeded || in.Exception, Key: in.Key, Input: []any{id, in}}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (direct.Directive, error) {
		order, err := tx.Directive(ctx, id)
		if err != nil {
			return order, err
		}
		if err := s.Permit(order.Area); err != nil {
			return order, err
		}
		if err := order.Take(in.Step, who.User, in.Exception, s.At); err != nil {
			return order, err
		}
		s.Wrote(direct.DirectiveKind, string(id), order)
		s.Because(decide.ProposalKind, string(order.Proposal))
		return order, tx.SaveDirective(ctx, order)
	})
}
