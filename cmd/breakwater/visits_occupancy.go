package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// visitsOccupancyCommand counts the people at a site.
type visitsOccupancyCommand struct {
	Site  string        `required:"" placeholder:"UUID" help:"The site."`
	From  string        `placeholder:"TIME" help:"Start: 2020-07-22T09:30 in the city's zone, or with an offset. With neither start nor end, who is there now."`
	Until string        `placeholder:"TIME" help:"End, not included."`
	Step  time.Duration `default:"1h" help:"Length of a step (${default})."`
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
		site, err := trace.ParseToken(o.Site)
		if err != nil {
			return err
		}
		if o.From == "" && o.Until == "" {
			return o.now(ctx, c, v, venue.SiteID(site))
		}
		w, err := span{o.From, o.Until}.window(v)
		if err != nil {
			return err
		}
		step := trace.Instant(o.Step.Microseconds())
		if step < 1 || w.Length()/step > mostSteps {
			return fault.New(fault.Invalid, "the step must be above 0 and leave at most %d steps", mostSteps)
		}
		counts, err := venue.Headcounts(ctx, v.log, venue.SiteID(site), w, step)
		if len(counts) == 0 {
			return err
		}
		return errors.Join(c.printOccupancy(counts, v.city.Location), err)
	})
}

// presentRow is who is at a site, for machines.
type presentRow struct {
	At      time.Time `json:"at"`
	Present int       `json:"present"`
}

func (o *visitsOccupancyCommand) now(ctx context.Context, c *call, v *visits, site venue.SiteID) error {
	at := trace.InstantOf(c.now())
	present, damage := venue.Present(ctx, v.log, site, at)
	if c.asJSON {
		return errors.Join(c.printJSON(presentRow{At: at.Time(), Present: present}), damage)
	}
	_, err := fmt.Fprintf(c.out, "%d people at %s\n", present, at.Time().In(v.city.Location).Format("2006-01-02 15:04"))
	return errors.Join(err, damage)
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
