package main

import (
	"context"
	"errors"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// span is the stretch of time that a search is about.
type span struct {
	From  string `required:"" placeholder:"TIME" help:"Start: 2020-07-22T09:30 in the city's zone, or with an offset."`
	Until string `required:"" placeholder:"TIME" help:"End, not included."`
}

func (s span) window(v *visits) (w trace.Window, err error) {
	from, err := v.instant(s.From)
	if err != nil {
		return w, err
	}
	until, err := v.instant(s.Until)
	if err != nil {
		return w, err
	}
	w = trace.Window{From: trace.InstantOf(from), Until: trace.InstantOf(until)}
	if w.Length() == 0 {
		return w, fault.New(fault.Invalid, "the end of the search must be after its start")
	}
	return w, nil
}

// visitsSearchCommand finds exposures, for a case.
type visitsSearchCommand struct {
	span
	Event       string        `placeholder:"ID" help:"The confirmed occurrence for which people are disclosed: an open event with a case that a laboratory confirmed."`
	Purpose     trust.Purpose `placeholder:"PURPOSE" help:"contact_tracing, source_search or notification."`
	Officer     string        `placeholder:"USER" help:"Who asks, with the right visit.disclose there. The password is read from the terminal or the standard input."`
	Why         string        `help:"The officer's reason; it is sealed in the journal."`
	Person      []string      `xor:"what" required:"" placeholder:"UUID" help:"Whom did these people meet?"`
	Site        string        `xor:"what" required:"" placeholder:"UUID" help:"Who was at this site?"`
	AtLeast     time.Duration `default:"15m" help:"The least time together (${default})."`
	Generations int           `default:"1" help:"How many generations of contacts to follow (${default})."`
	Most        int           `default:"10000" help:"The most people that a search may find (${default})."`
	Keep        int           `default:"21" placeholder:"DAYS" help:"How many days are kept, today included; older ones are not searched (${default})."`
}

// Help implements kong's help.
func (visitsSearchCommand) Help() string {
	return `Nobody is named without a case: the event must be open and have a confirmed case, a declaration of
check-ins must be in force in its area, and the officer must have the right to disclose there. Each
search is journalled before its answer is printed: who, for which case and purpose, and how many
people it brought to light, but not whom.`
}

// Run implements the sub-command.
func (s *visitsSearchCommand) Run(ctx context.Context, c *call) error {
	return c.withOfficer(ctx, s.Officer, func(o atVisits) error {
		q, err := s.question(o.visits)
		if err != nil {
			return err
		}
		_, contacts, err := o.desk(o.app, s.Keep).Disclose(ctx, o.officer, q)
		if err != nil && len(contacts) == 0 {
			return err
		}
		return errors.Join(c.printContacts(contacts, o.city.Location), err)
	})
}

// atVisits is an officer with the visits and the records of a command.
type atVisits struct {
	*visits
	app     *app
	officer access.Actor
}

// withOfficer opens both, and proves who asks.
func (c *call) withOfficer(ctx context.Context, name string, fn func(atVisits) error) error {
	return c.withRecords(ctx, func(v *visits, a *app) error {
		if a == nil {
			return fault.New(fault.Conflict, "there are no records of a command here: a disclosure needs a case, an officer and a journal")
		}
		officer, err := c.officer(ctx, a, name)
		if err != nil {
			return err
		}
		return fn(atVisits{v, a, officer})
	})
}

// officer proves who asks, so that the journal does not name whom anybody chose.
func (c *call) officer(ctx context.Context, a *app, name string) (access.Actor, error) {
	if name == "" {
		return access.Actor{}, fault.At("nobody asks", fault.Place{Field: "--officer", Problem: "is missing: name the officer who answers for the disclosure"})
	}
	password, err := c.password("Password of " + name)
	if err != nil {
		return access.Actor{}, err
	}
	account, err := a.staff.Prove(ctx, staff.SignIn{Name: name, Password: password, Address: "command line"})
	return account.Actor(), err
}

func (s *visitsSearchCommand) question(v *visits) (q people.Question, err error) {
	q = people.Question{AtLeast: s.AtLeast, Generations: s.Generations, Most: s.Most}
	q.Event, q.Purpose, q.Why = detect.EventID(s.Event), s.Purpose, s.Why
	if q.Window, err = s.window(v); err != nil {
		return q, err
	}
	if s.Site != "" {
		q.Site, err = trace.ParseToken(s.Site)
		return q, err
	}
	q.People, err = readTokens(s.Person)
	return q, err
}

func readTokens(texts []string) (tokens []trace.Token, err error) {
	tokens = make([]trace.Token, len(texts))
	for i, text := range texts {
		if tokens[i], err = trace.ParseToken(text); err != nil {
			return nil, err
		}
	}
	return tokens, nil
}

// visitsDisclosuresCommand lists disclosures.
type visitsDisclosuresCommand struct{}

// Run implements the sub-command.
func (visitsDisclosuresCommand) Run(ctx context.Context, c *call) error {
	return c.withApp(ctx, func(a *app) error {
		all, err := everyPage(ctx, func(ctx context.Context, p command.Paging) (command.Page[trust.Disclosure], error) {
			return a.declarations().Disclosures(ctx, a.reader(), p)
		})
		if err != nil {
			return err
		}
		if c.asJSON {
			return printLines(c, all)
		}
		name, err := a.names(ctx)
		if err != nil {
			return err
		}
		at := func(x time.Time) string { return x.In(a.city.Location).Format("2006-01-02 15:04") }
		t := newTable("at", "by", "case", "purpose", "from", "until", "people")
		for _, d := range all {
			t.row(at(d.At), name(d.By), d.Case, d.Purpose, at(d.From), at(d.Until), d.People)
		}
		return t.print(c.out)
	})
}

// contactRow is one person found, for machines.
type contactRow struct {
	Person     trace.Token `json:"person"`
	Generation int         `json:"generation"`
	Via        trace.Token `json:"via,omitzero"`
	Meetings   int         `json:"meetings"`
	Minutes    float64     `json:"minutes"`
	First      time.Time   `json:"first"`
	Site       trace.Token `json:"site"`
}

func (c *call) printContacts(contacts []trace.Contact, zone *time.Location) error {
	t := newTable("person", "generation", "meetings", "minutes", "first", "longest at")
	for _, x := range contacts {
		row := contactRow{Person: x.Who, Generation: x.Generation, Via: x.Via, Meetings: x.Meetings,
			Minutes: float64(x.Total) / float64(trace.Minute), First: x.First.Time(), Site: x.Place}
		if c.asJSON {
			if err := c.printJSON(row); err != nil {
				return err
			}
			continue
		}
		t.row(x.Who, x.Generation, x.Meetings, int(row.Minutes), row.First.In(zone).Format("2006-01-02 15:04"), x.Place)
	}
	if c.asJSON {
		return nil
	}
	return t.print(c.out)
}
