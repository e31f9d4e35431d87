package main

import (
	"context"
	"fmt"

	"github.com/breakwater-eoc/breakwater/bench/desks"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
)

// benchCourse measures how long a course takes to be told.
type benchCourse struct {
	Days  int    `default:"120" help:"Days of history (${default})."`
	Times int    `default:"20" help:"How often each course is asked for (${default})."`
	Seed  uint64 `default:"1" help:"Seed of the synthetic records (${default})."`
}

// Run implements the sub-command.
func (b *benchCourse) Run(ctx context.Context, c *call) error {
	if b.Days < 1 || b.Times < 1 {
		return fault.New(fault.Invalid, "--days and --times must be at least 1")
	}
	return c.benchDesks(ctx, desks.Report{Bench: "course", Unit: "ms, 95th percentile", Seed: b.Seed}, b.measure)
}

func (b *benchCourse) measure(ctx context.Context, c *call, g *ground) (f desks.Figure, err error) {
	run := desks.Courses{Watch: g.watch, Store: g.db, Days: b.Days, Times: b.Times, Clock: c.now, Seed: b.Seed}
	bar := c.progress("filling " + g.version)
	err = run.Fill(ctx, bar.set)
	bar.end()
	if err != nil {
		return f, err
	}
	f = desks.Figure{Name: "course of the city, first asked", Size: fmt.Sprintf("%d days of %d streets, each told four times; %d questions", b.Days, len(desks.Streets()), b.Times)}
	areas := desks.Areas() // the city, its first district, the first street of that
	for _, of := range []struct {
		name string
		area place.Code
	}{{"the city", areas[0].Code}, {"a district", areas[1].Code}, {"a street", areas[2].Code}} {
		first, again, err := run.Told(ctx, of.area)
		if err != nil {
			return f, err
		}
		f.Parts = append(f.Parts, desks.Part{Name: "course of " + of.name + ", first asked", Value: milliseconds(first)},
			desks.Part{Name: "course of " + of.name + ", asked again", Value: milliseconds(again)})
	}
	f.Value = f.Parts[0].Value
	took, err := run.AddedUp(ctx, desks.Root)
	f.Peers = []desks.Peer{{Name: "every evening added up anew for each nowcast, and no nowcast yet", Version: g.version, Size: "once", Value: milliseconds(took)}}
	return f, err
}
