package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// visitsSourcesCommand finds where cases may have been infected.
type visitsSourcesCommand struct {
	span
	Event   string        `required:"" placeholder:"ID" help:"The confirmed occurrence for which it is asked: an open event with a case that a laboratory confirmed."`
	Officer string        `required:"" placeholder:"USER" help:"Who asks, with the right visit.disclose there. The password is read from the terminal or the standard input."`
	Why     string        `help:"The officer's reason; it is sealed in the journal."`
	Person  []string      `required:"" placeholder:"UUID" help:"The cases, two at least."`
	Bin     time.Duration `default:"1h" help:"The stretches into which time is cut, between 15 minutes and a day (${default})."`
	Most    int           `default:"20" help:"The most places and times to print (${default})."`
	Keep    int           `default:"21" placeholder:"DAYS" help:"How many days are kept, today included; older ones are not searched (${default})."`
}

// Help implements kong's help.
func (visitsSourcesCommand) Help() string {
	return `Lists the places and times that the cases share, the least likely by chance first, given how busy each
place was and how often each case went out. "adjusted p" is for all places and times of the city
together; a small one is a lead and no proof. The window is when the cases were infected, as for a
disease of 2 to 14 days before the first symptoms. The same grounds are needed as for
breakwater visits search, and each search is journalled before its answer is printed.`
}

// sourceRow is one place and time, for machines.
type sourceRow struct {
	Site     trace.Token `json:"site"`
	From     time.Time   `json:"from"`
	Until    time.Time   `json:"until"`
	Cases    int         `json:"cases"`
	Visits   int         `json:"visits"`
	Expected float64     `json:"expected"`
	P        float64     `json:"p"`
	Adjusted float64     `json:"adjusted"`
}

// Run implements the sub-command.
func (s *visitsSourcesCommand) Run(ctx context.Context, c *call) error {
	return c.withOfficer(ctx, s.Officer, func(o atVisits) error {
		q := people.SourceQuestion{Bin: s.Bin, Most: s.Most}
		q.Event, q.Purpose, q.Why = detect.EventID(s.Event), trust.SourceSearch, s.Why
		var err error
		if q.Window, err = s.window(o.visits); err != nil {
			return err
		}
		if q.People, err = readTokens(s.Person); err != nil {
			return err
		}
		_, leads, err := o.desk(o.app, s.Keep).Sources(ctx, o.officer, q)
		if err != nil && len(leads) == 0 {
			return err
		}
		return errors.Join(c.printSources(leads, o.city.Location), err)
	})
}

func (c *call) printSources(leads []trace.Shared, zone *time.Location) error {
	rows := make([]sourceRow, len(leads))
	t := newTable("site", "from", "until", "cases", "visits", "expected", "p", "adjusted p")
	at := func(x time.Time) string { return x.In(zone).Format("2006-01-02 15:04") }
	for i, x := range leads {
		r := sourceRow{x.Place, x.From.Time(), x.Until.Time(), x.Cases, x.Visits, x.Expected, x.P, x.Adjusted}
		rows[i] = r
		t.row(r.Site, at(r.From), at(r.Until), r.Cases, r.Visits, fmt.Sprintf("%.3g", r.Expected), fmt.Sprintf("%.2g", r.P), fmt.Sprintf("%.2g", r.Adjusted))
	}
	if c.asJSON {
		return printLines(c, rows)
	}
	return t.print(c.out)
}
