package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
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
	return c.withRecords(ctx, func(v *visits, a *app) error {
		q, err := s.question(v)
		if err != nil {
			return err
		}
		if a == nil {
			return fault.New(fault.Conflict, "there are no records of a command here: a disclosure needs a case, an officer and a journal")
		}
		officer, err := c.officer(ctx, a, s.Officer)
		if err != nil {
			return err
		}
		_, contacts, err := v.desk(a, s.Keep).Disclose(ctx, officer, q)
		if err != nil && len(contacts) == 0 {
			return err
		}
		return errors.Join(c.printContacts(contacts, v.city.Location), err)
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
	q = people.Question{Event: detect.EventID(s.Event), Purpose: s.Purpose, Why: s.Why, AtLeast: s.AtLeast,
		Generations: s.Generations, Most: s.Most, People: make([]trace.Token, len(s.Person))}
	if q.Window, err = s.window(v); err != nil {
		return q, err
	}
	if s.Site != "" {
		q.Site, err = trace.ParseToken(s.Site)
		return q, err
	}
	for i, text := range s.Person {
		if q.People[i], err = trace.ParseToken(text); err != nil {
			return q, err
		}
	}
	return q, nil
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

// visitsOccupancyCommand counts the people at a site.
type visitsOccupancyCommand struct {
	span
	Site string        `required:"" placeholder:"UUID" help:"The site."`
	Step time.Duration `default:"1h" help:"Length of a step (${default})."`
}

// headcountRow is one step, for machines.
type headcountRow struct {
	From    time.Time `json:"from"`
	Entered int       `json:"entered"`
	Peak    int       `json:"peak"`
	Mean    float64   `json:"mean"`
}

// mostSteps bounds what one question may print.
const mostSteps = 100_000

// Run implements the sub-command.
func (o *visitsOccupancyCommand) Run(ctx context.Context, c *call) error {
	return c.withVisits(ctx, func(v *visits) error {
		w, err := o.window(v)
		if err != nil {
			return err
		}
		site, err := trace.ParseToken(o.Site)
		if err != nil {
			return err
		}
		step := trace.Instant(o.Step.Microseconds())
		if step < 1 || w.Length()/step > mostSteps {
			return fault.New(fault.Invalid, "the step must be above 0 and leave at most %d steps", mostSteps)
		}
		counts, err := headcounts(ctx, v.log, venue.SiteID(site), w, step)
		if len(counts) == 0 {
			return err
		}
		return errors.Join(c.printOccupancy(counts, v.city.Location), err)
	})
}

// headcounts counts the people at a site over the steps of a window, about a day
// at a time, so that a busy site fills the memory with no more than that. What is
// damaged is named in the error, and the rest is counted.
func headcounts(ctx context.Context, log venue.Log, site venue.SiteID, w trace.Window, step trace.Instant) (counts []trace.Headcount, damage error) {
	const day = 24 * trace.Hour
	stretch := step * max(1, day/step)
	for from := w.From; from < w.Until; from += stretch {
		part := trace.Window{From: from, Until: min(from+stretch, w.Until)}
		var stays []trace.Stay
		err := log.AtSite(ctx, site, part, func(p venue.Presence) bool {
			stays = append(stays, trace.Stay{Window: p.Window(), Party: int(p.Party)})
			return true
		})
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if damage == nil && err != nil {
			damage = fmt.Errorf("the counts are too low, for some visits cannot be read: %w", err)
		}
		counts = append(counts, trace.Occupancy(stays, part, step)...)
	}
	return counts, damage
}

func (c *call) printOccupancy(counts []trace.Headcount, zone *time.Location) error {
	t := newTable("from", "entered", "peak", "mean")
	for _, h := range counts {
		row := headcountRow{From: h.From.Time(), Entered: h.Entered, Peak: h.Peak, Mean: h.Mean}
		if c.asJSON {
			if err := c.printJSON(row); err != nil {
				return err
			}
			continue
		}
		t.row(row.From.In(zone).Format("2006-01-02 15:04"), h.Entered, h.Peak, int(h.Mean+0.5))
	}
	if c.asJSON {
		return nil
	}
	return t.print(c.out)
}
