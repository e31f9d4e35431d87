package main

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
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

// visitsSearchCommand finds exposures.
type visitsSearchCommand struct {
	span
	Person      []string      `xor:"what" required:"" placeholder:"UUID" help:"Whom did these people meet?"`
	Site        string        `xor:"what" required:"" placeholder:"UUID" help:"Who was at this site?"`
	AtLeast     time.Duration `default:"15m" help:"The least time together (${default})."`
	Generations int           `default:"1" help:"How many generations of contacts to follow (${default})."`
	Most        int           `default:"10000" help:"The most people that a search over generations may find (${default})."`
}

// Run implements the sub-command.
func (s *visitsSearchCommand) Run(ctx context.Context, c *call) error {
	return c.withVisits(ctx, func(v *visits) error {
		w, err := s.window(v)
		if err != nil {
			return err
		}
		contacts, err := s.search(ctx, venue.Presences{Log: v.log, Keys: v.keys}, w)
		if err != nil {
			return err
		}
		return c.printContacts(contacts, v.city.Location)
	})
}

func (s *visitsSearchCommand) search(ctx context.Context, source trace.Source, w trace.Window) ([]trace.Contact, error) {
	rule := trace.Rule{AtLeast: trace.Instant(s.AtLeast.Microseconds())}
	if s.Site != "" {
		site, err := trace.ParseToken(s.Site)
		if err != nil {
			return nil, err
		}
		return trace.ExposedAt(ctx, source, site, w, rule)
	}
	people := make([]trace.Token, len(s.Person))
	for i, text := range s.Person {
		var err error
		if people[i], err = trace.ParseToken(text); err != nil {
			return nil, err
		}
	}
	return trace.Generations(ctx, source, people, w, trace.Forward{Rule: rule, Depth: s.Generations, Most: s.Most})
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
		var stays []trace.Stay
		err = v.log.AtSite(ctx, venue.SiteID(site), w, func(p venue.Presence) bool {
			stays = append(stays, trace.Stay{Window: p.Window(), Party: int(p.Party)})
			return true
		})
		if err != nil {
			return err
		}
		return c.printOccupancy(trace.Occupancy(stays, w, step), v.city.Location)
	})
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
