package api

import (
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/pack"
)

// Pack is a set of rules as it stands in its files.
type Pack struct {
	ID         string      `json:"id"`
	Version    int         `json:"version"`
	Digest     string      `json:"digest" doc:"SHA-256 of its text."`
	Active     bool        `json:"active" doc:"Whether this is the pack that proposes."`
	Names      Text        `json:"names"`
	Summary    Text        `json:"summary"`
	From       civil.Day   `json:"from" format:"date" doc:"The first day on which the rule was in force."`
	Until      *civil.Day  `json:"until,omitempty" format:"date" doc:"The last day; absent while it is."`
	Source     PackSource  `json:"source"`
	Unit       string      `json:"unit" enum:"city,district,street,community,grid" doc:"The rank of the areas that the rule speaks of."`
	Levels     []PackLevel `json:"levels" doc:"The lowest first."`
	Inputs     []PackInput `json:"inputs"`
	Rules      []PackRule  `json:"rules" doc:"The first that holds gives the level."`
	Templates  []Template  `json:"templates"`
	ReviewDays int         `json:"review_days"`
	ExpireDays int         `json:"expire_days"`
}

// PackSource says where a rule was published, and how sure its parameters are.
type PackSource struct {
	Title      string `json:"title"`
	Issuer     string `json:"issuer"`
	Confidence string `json:"confidence" enum:"stated,derived,practice"`
}

// PackLevel is one level of a pack.
type PackLevel struct {
	Level            string `json:"level" enum:"low,medium,high"`
	Names            Text   `json:"names"`
	Wording          Text   `json:"wording"`
	RestrictsPersons bool   `json:"restricts_persons" doc:"Then it needs two approvers of different organisations."`
}

// PackInput is a figure under the name that the rules use for it.
type PackInput struct {
	Name     string `json:"name"`
	Figure   string `json:"figure"`
	Days     int    `json:"days" doc:"Length of the window that ends on the day of the question."`
	Argument string `json:"argument,omitempty"`
	Names    Text   `json:"names"`
}

// PackRule is one rule of a pack.
type PackRule struct {
	ID      string `json:"id"`
	Level   string `json:"level" enum:"low,medium,high,judgement"`
	When    string `json:"when" doc:"The condition, as the pack writes it (CEL)."`
	Wording Text   `json:"wording"`
}

// Template is a directive to be filled in.
type Template struct {
	ID         string              `json:"id"`
	Measure    string              `json:"measure"`
	Title      Text                `json:"title"`
	Levels     []string            `json:"levels" enum:"low,medium,high"`
	Party      string              `json:"party" enum:"place,department,unit,individual"`
	AckHours   int                 `json:"ack_hours"`
	DueHours   int                 `json:"due_hours"`
	Authority  string              `json:"authority"`
	Completion *TemplateCompletion `json:"completion,omitempty"`
}

// TemplateCompletion is when a directive from a template is done.
type TemplateCompletion struct {
	Figure       string  `json:"figure"`
	Argument     string  `json:"argument,omitempty"`
	Target       float64 `json:"target"`
	OfPopulation bool    `json:"of_population" doc:"Then the target is a share of the area's residents."`
}

func (s *server) packFor(p *pack.Pack) Pack {
	return Pack{ID: p.ID, Version: p.Version, Digest: p.Digest, Active: p.ID == s.Plan.Active, Names: wireText(p.Names),
		Summary: wireText(p.Summary), From: p.From, Until: p.Until, Source: PackSource(p.Source), Unit: string(p.Unit),
		Levels: convert(p.Levels, wirePackLevel), Inputs: convert(p.Inputs, wirePackInput), Rules: convert(p.Rules, wirePackRule),
		Templates: convert(p.Templates, wireTemplate), ReviewDays: p.ReviewDays, ExpireDays: p.ExpireDays}
}

func wirePackLevel(l pack.Level) PackLevel {
	return PackLevel{Level: l.Level, Names: wireText(l.Names), Wording: wireText(l.Wording), RestrictsPersons: l.RestrictsPersons}
}

func wirePackInput(i pack.Input) PackInput {
	return PackInput{Name: i.Name, Figure: string(i.Figure), Days: i.Days, Argument: i.Argument, Names: wireText(i.Names)}
}

func wirePackRule(r pack.Rule) PackRule {
	return PackRule{ID: r.ID, Level: r.Level, When: r.When, Wording: wireText(r.Wording)}
}

func wireTemplate(t pack.Template) Template {
	w := Template{ID: t.ID, Measure: t.Measure, Title: wireText(t.Title), Levels: append([]string{}, t.Levels...), Party: string(t.Party),
		AckHours: t.AckHours, DueHours: t.DueHours, Authority: t.Authority}
	if c := t.Completion; c != nil {
		w.Completion = &TemplateCompletion{Figure: string(c.Figure), Argument: c.Argument, Target: c.Target, OfPopulation: c.OfPopulation}
	}
	return w
}

// Changes is what switching a pack on would change.
type Changes struct {
	Pack    string    `json:"pack"`
	Day     civil.Day `json:"day" format:"date"`
	Changes []Change  `json:"changes"`
}

// Change is what a pack would change about one area.
type Change struct {
	Area     string  `json:"area"`
	Current  string  `json:"current" enum:"low,medium,high"`
	Proposed string  `json:"proposed" enum:"low,medium,high,judgement"`
	Rule     string  `json:"rule"`
	Inputs   []Input `json:"inputs"`
}

func wireChange(c plan.Change) Change {
	return Change{Area: string(c.Area), Current: string(c.Current), Proposed: string(c.Proposed), Rule: c.Rule, Inputs: convert(c.Inputs, wireInput)}
}
