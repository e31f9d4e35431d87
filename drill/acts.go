package drill

import (
	"context"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/notices"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

func (r *runner) reportCounts(ctx context.Context, l Line) error {
	who, err := r.by(l)
	if err != nil {
		return err
	}
	row := counts.Row{Stream: counts.Stream(l.Words["stream"]), Area: l.area(), Day: r.day(l), Count: l.number("count", 0),
		Basis: place.Basis(l.Settings["basis"]), Line: l.Number}
	if n := l.number("denominator", -1); n >= 0 {
		row.Denominator = &n
	}
	_, err = r.desks.Watch.Ingest(ctx, who, watch.Ingest{Source: observe.SourceID(l.Settings["source"]), Status: r.status,
		Rows: []counts.Row{row}, Why: l.Settings["why"], Key: r.key()})
	return err
}

func (r *runner) reportDaily(ctx context.Context, l Line) error {
	who, err := r.by(l)
	if err != nil {
		return err
	}
	row := counts.Row{Stream: counts.Stream(l.Words["stream"]), Day: r.day(l), Count: l.number("count", 0), Line: l.Number}
	if n := l.number("denominator", -1); n >= 0 {
		row.Denominator = &n
	}
	_, err = r.desks.Watch.Daily(ctx, who, watch.Ingest{Source: observe.SourceID(who.Source), Status: r.status, Rows: []counts.Row{row}, Key: r.key()})
	return err
}

func (r *runner) reportNotice(ctx context.Context, l Line) error {
	who, err := r.by(l)
	if err != nil {
		return err
	}
	source := observe.SourceID(who.Source)
	if source == "" {
		source = "dalian-hotline"
	}
	_, err = r.desks.Watch.Notice(ctx, who, watch.NoticeIn{Source: source, Status: r.status, Topic: notices.Topic(l.Words["topic"]),
		Area: l.area(), People: int(l.number("people", 0)), Text: l.Settings["text"], Key: r.key()})
	return err
}

// signals returns those that a line is about, the newest first.
func (r *runner) signals(ctx context.Context, l Line) ([]detect.Signal, error) {
	f := watch.SignalFilter{Within: r.everywhere(), Area: l.area(), Status: r.status}
	list, err := all(ctx, func(ctx context.Context, p command.Paging) (command.Page[detect.Signal], error) {
		return r.desks.Watch.Store.Signals(ctx, f, p)
	})
	return matching(list, func(s detect.Signal) bool {
		return fits(l, "stream", s.Stream) && fits(l, "state", string(s.State)) && fits(l, "route", string(s.Route)) && fits(l, "shown", yes(s.Shown))
	}), err
}

// matching keeps the items that a line is about.
func matching[T any](list []T, is func(T) bool) []T {
	var kept []T
	for _, item := range list {
		if is(item) {
			kept = append(kept, item)
		}
	}
	return kept
}

// fits reports whether a setting, if the line has it, is the value.
func fits(l Line, key, value string) bool {
	want, asked := l.Settings[key]
	return !asked || want == value
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// newest returns the newest item that a line is about. The fault is NotFound.
func newest[T any](list []T, err error) (item T, _ error) {
	if err != nil {
		return item, err
	}
	if len(list) == 0 {
		return item, fault.New(fault.NotFound, "there is none")
	}
	return list[0], nil
}

func (r *runner) verifySignal(ctx context.Context, l Line) error {
	who, err := r.by(l)
	if err != nil {
		return err
	}
	s, err := newest(r.signals(ctx, l))
	if err != nil {
		return err
	}
	hazard := l.Settings["hazard"]
	if hazard == "" {
		hazard = "covid-19"
	}
	_, err = r.desks.Watch.Verify(ctx, who, s.ID, watch.VerifyIn{Hazard: hazard, Why: l.Settings["why"], Key: r.key()})
	return err
}

func (r *runner) discardSignal(ctx context.Context, l Line) error {
	who, err := r.by(l)
	if err != nil {
		return err
	}
	s, err := newest(r.signals(ctx, l))
	if err != nil {
		return err
	}
	_, err = r.desks.Watch.Discard(ctx, who, s.ID, l.Settings["why"], r.key())
	return err
}

// proposals returns those of exactly the area that a line names, the newest first.
func (r *runner) proposals(ctx context.Context, l Line) ([]decide.Proposal, error) {
	f := plan.ProposalFilter{Within: r.everywhere(), Area: l.area(), Status: r.status}
	list, err := all(ctx, func(ctx context.Context, p command.Paging) (command.Page[decide.Proposal], error) {
		return r.desks.Plan.Store.Proposals(ctx, f, p)
	})
	return matching(list, func(p decide.Proposal) bool {
		return fits(l, "area", string(p.Area)) && fits(l, "state", string(p.State)) && fits(l, "rule", p.Rule) &&
			fits(l, "decided", string(p.Decided)) && (l.Verb != "expect proposal" || fits(l, "level", string(p.Level)) && fits(l, "in", string(p.DecidedArea)))
	}), err
}

func (r *runner) ask(ctx context.Context, l Line) error {
	who, err := r.by(l)
	if err != nil {
		return err
	}
	e, err := newest(r.desks.Watch.Store.Events(ctx, r.everywhere(), r.status))
	if err != nil {
		return err
	}
	_, err = r.desks.Plan.Ask(ctx, who, e.ID, l.area(), l.Settings["why"], r.key())
	return err
}

func (r *runner) accept(ctx context.Context, l Line) error {
	return r.decided(ctx, l, func(who access.Actor, p decide.Proposal) error {
		_, err := r.desks.Plan.Accept(ctx, who, p.ID, l.Settings["why"], r.key())
		return err
	})
}

func (r *runner) override(ctx context.Context, l Line) error {
	return r.decided(ctx, l, func(who access.Actor, p decide.Proposal) error {
		in := plan.OverrideIn{Level: decide.Level(l.Settings["level"]), Area: place.Code(l.Settings["in"]), Why: l.Settings["why"], Key: r.key()}
		_, err := r.desks.Plan.Override(ctx, who, p.ID, in)
		return err
	})
}

func (r *runner) second(ctx context.Context, l Line) error {
	consent := plan.Approve
	if l.Verb == "decline proposal" {
		consent = plan.Decline
	}
	return r.decided(ctx, l, func(who access.Actor, p decide.Proposal) error {
		_, err := r.desks.Plan.Second(ctx, who, p.ID, plan.SecondIn{Consent: consent, Why: l.Settings["why"], Key: r.key()})
		return err
	})
}

// decided hands the newest proposal of a line's area to who acts.
func (r *runner) decided(ctx context.Context, l Line, act func(access.Actor, decide.Proposal) error) error {
	who, err := r.by(l)
	if err != nil {
		return err
	}
	p, err := newest(r.proposals(ctx, l))
	if err != nil {
		return err
	}
	return act(who, p)
}

// direct issues a template for an area, under the newest decided proposal of
// that area or, with in=, of the area in which the level was proposed.
func (r *runner) direct(ctx context.Context, l Line) error {
	who, err := r.by(l)
	if err != nil {
		return err
	}
	asked := l
	if in, ok := l.Settings["in"]; ok {
		asked.Settings = map[string]string{"area": in}
	}
	p, err := newest(r.proposals(ctx, asked))
	if err != nil {
		return err
	}
	_, err = r.desks.Order.Issue(ctx, who, order.IssueIn{Proposal: p.ID, Template: l.Words["template"], Area: l.area(),
		Addressee: party.PostCode(l.Settings["to"]), DueHours: int(l.number("due", 0)), Target: l.real("target"),
		Why: l.Settings["why"], Key: r.key()})
	return err
}

// directives returns those of a template and exactly the area that a line
// names, the newest first.
func (r *runner) directives(ctx context.Context, l Line) ([]direct.Directive, error) {
	f := order.DirectiveFilter{Within: r.everywhere(), Area: l.area(), Status: r.status}
	list, err := all(ctx, func(ctx context.Context, p command.Paging) (command.Page[direct.Directive], error) {
		return r.desks.Order.Store.Directives(ctx, f, p)
	})
	return matching(list, func(d direct.Directive) bool {
		return d.Template == l.Words["template"] && d.Area == l.area()
	}), err
}

// stepOf names the steps of a directive as stories call them.
var stepOf = map[string]direct.Step{"acknowledge": direct.Acknowledge, "report done": direct.Report, "verify done": direct.Verify,
	"return": direct.Return, "close": direct.Close, "withdraw": direct.Withdraw}

func (r *runner) step(ctx context.Context, l Line) error {
	who, err := r.by(l)
	if err != nil {
		return err
	}
	d, err := newest(r.directives(ctx, l))
	if err != nil {
		return err
	}
	_, err = r.desks.Order.Move(ctx, who, d.ID, order.MoveIn{Step: stepOf[l.Verb], Exception: l.Settings["exception"] == "yes",
		Why: l.Settings["why"], Key: r.key()})
	return err
}

// shift puts a user on duty from now on.
func (r *runner) shift(ctx context.Context, l Line) error {
	who, err := r.by(l)
	if err != nil {
		return err
	}
	user, err := r.person(l.Settings["user"])
	if err != nil {
		return err
	}
	now := r.desks.Center.Time()
	_, err = r.desks.Order.AddShift(ctx, who, order.ShiftIn{Post: post(l), User: user.User, From: now, Until: now.Add(r.hours(l)), Key: r.key()})
	return err
}
