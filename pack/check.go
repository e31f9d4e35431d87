package pack

import (
	"fmt"
	"regexp"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

// checker gathers everything that is wrong with a pack, so that its author
// need not find it one mistake at a time.
type checker struct {
	pack  *Pack
	units map[figure.Name]figure.Figure
	wrong []fault.Place
}

var idForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,62}$`)

func (c *checker) bad(field, format string, args ...any) {
	c.wrong = append(c.wrong, fault.Place{Field: field, Problem: fmt.Sprintf(format, args...)})
}

func (c *checker) text(field string, t words.Text) {
	if missing := t.Missing(); len(missing) > 0 {
		c.bad(field, "has no text in %v", missing)
	}
}

func (c *checker) id(field, id string, seen map[string]bool) {
	if !idForm.MatchString(id) {
		c.bad(field, "%q is not an id of lower-case letters, digits, - and _", id)
	}
	if seen[id] {
		c.bad(field, "%q stands twice", id)
	}
	seen[id] = true
}

func (c *checker) head() {
	p := c.pack
	c.id("id", p.ID, map[string]bool{})
	c.text("names", p.Names)
	c.text("summary", p.Summary)
	if p.Version < 1 {
		c.bad("version", "must be 1 or more")
	}
	if p.From == 0 {
		c.bad("from", "needs the first day on which the rule was in force")
	}
	if p.Until != nil && *p.Until < p.From {
		c.bad("until", "lies before from")
	}
	if p.Source.Title == "" || p.Source.Issuer == "" {
		c.bad("source", "needs a title and an issuer")
	}
	switch p.Source.Confidence {
	case "stated", "derived", "practice":
	default:
		c.bad("source.confidence", "must be stated, derived or practice")
	}
	switch p.Unit {
	case place.City, place.District, place.Street, place.Community, place.Grid:
	default:
		c.bad("unit", "%q is no rank of areas", p.Unit)
	}
	if p.ReviewDays < 1 || p.ExpireDays <= p.ReviewDays {
		c.bad("review_days", "must be at least 1, and expire_days more than that")
	}
}

func (c *checker) levels() {
	if len(c.pack.Levels) < 2 {
		c.bad("levels", "needs at least two")
	}
	seen := map[string]bool{}
	for i, l := range c.pack.Levels {
		field := fmt.Sprintf("levels[%d]", i)
		c.id(field, l.Level, seen)
		c.text(field+".names", l.Names)
		c.text(field+".wording", l.Wording)
	}
}

func (c *checker) rules() {
	vars := map[string]figure.Unit{}
	seen := map[string]bool{}
	for i, in := range c.pack.Inputs {
		field := fmt.Sprintf("inputs[%d]", i)
		c.id(field, in.Name, seen)
		c.text(field+".names", in.Names)
		f, ok := c.units[in.Figure]
		if !ok {
			c.bad(field+".figure", "there is no figure %q", in.Figure)
			continue
		}
		if in.Days < 1 || in.Days > 366 {
			c.bad(field+".days", "must be 1 to 366")
		}
		if (f.Argument != "") != (in.Argument != "") {
			c.bad(field+".argument", "figure %s takes argument %q", in.Figure, f.Argument)
		}
		vars[in.Name] = f.Unit
	}
	if len(c.pack.Rules) == 0 {
		c.bad("rules", "needs at least one")
	}
	env, err := newEnvironment(vars)
	if err != nil {
		c.bad("inputs", "%s", err)
		return
	}
	ids := map[string]bool{}
	for i := range c.pack.Rules {
		r := &c.pack.Rules[i]
		field := fmt.Sprintf("rules[%d]", i)
		c.id(field, r.ID, ids)
		c.text(field+".wording", r.Wording)
		if r.Level != Judgement && c.pack.Height(r.Level) < 0 {
			c.bad(field+".level", "%q is none of the pack's levels", r.Level)
		}
		if r.holds, err = env.compile(r.When); err != nil {
			c.bad(field+".when", "%s", err)
		}
	}
}

func (c *checker) templates() {
	seen := map[string]bool{}
	for i, t := range c.pack.Templates {
		field := fmt.Sprintf("templates[%d]", i)
		c.id(field, t.ID, seen)
		c.text(field+".title", t.Title)
		if t.Measure == "" || t.Authority == "" {
			c.bad(field, "needs a measure and an authority")
		}
		for _, l := range t.Levels {
			if c.pack.Height(l) < 0 {
				c.bad(field+".levels", "%q is none of the pack's levels", l)
			}
		}
		switch t.Party {
		case party.OfPlace, party.OfDepartment, party.OfUnit, party.OfIndividual:
		default:
			c.bad(field+".party", "%q is none of the four parties", t.Party)
		}
		if t.AckHours < 1 || t.DueHours < t.AckHours {
			c.bad(field+".due_hours", "must be at least ack_hours, and ack_hours at least 1")
		}
		c.completion(field+".completion", t.Completion)
	}
}

func (c *checker) completion(field string, q *Completion) {
	if q == nil {
		return
	}
	f, ok := c.units[q.Figure]
	if !ok {
		c.bad(field+".figure", "there is no figure %q", q.Figure)
	}
	if (f.Argument != "") != (q.Argument != "") {
		c.bad(field+".argument", "figure %s takes argument %q", q.Figure, f.Argument)
	}
	if !(q.Target > 0) || q.OfPopulation && q.Target > 10 {
		c.bad(field+".target", "must be above 0, and as a share of the population at most 10")
	}
}
