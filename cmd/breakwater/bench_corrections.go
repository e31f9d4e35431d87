package main

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/bench/desks"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// benchCorrections measures judging anew what a corrected count bears on.
type benchCorrections struct {
	Days  int    `default:"240" help:"Days of history (${default})."`
	Back  int    `default:"60" help:"How many days back the corrected count lies (${default})."`
	Times int    `default:"10" help:"How many counts are corrected (${default})."`
	Seed  uint64 `default:"1" help:"Seed of the synthetic records (${default})."`
}

// Run implements the sub-command.
func (b *benchCorrections) Run(ctx context.Context, c *call) error {
	if b.Back < 1 || b.Back > detect.Lookback || b.Days <= b.Back || b.Times < 1 {
		return fault.New(fault.Invalid, "--back must lie between 1 and %d and below --days, and --times must be at least 1", detect.Lookback)
	}
	return c.benchDesks(ctx, desks.Report{Bench: "corrections", Unit: "ms", Seed: b.Seed}, b.measure)
}

// daysOfPeer is for how many days the peer of a correction reads everything.
const daysOfPeer = 4

func (b *benchCorrections) measure(ctx context.Context, c *call, g *ground) (f desks.Figure, err error) {
	if g.watch.Indicators, err = detect.Shipped(); err != nil {
		return f, err
	}
	g.watch.Sources = map[observe.SourceID]observe.Source{"bench": {ID: "bench", Kind: observe.HealthCommission, Area: desks.Root}}
	run := desks.Corrections{Watch: g.watch, Days: b.Days, Back: b.Back, Times: b.Times, Clock: c.now, Seed: b.Seed}
	bar := c.progress("filling " + g.version)
	err = run.Fill(ctx, bar.set)
	bar.end()
	if err != nil {
		return f, err
	}
	f = desks.Figure{Name: "one corrected count judged anew", Size: fmt.Sprintf("%d days of %d streets and 5 streams, %d days back, %d corrections", b.Days, len(desks.Streets()), b.Back, b.Times)}
	took, err := run.Correct(ctx)
	if err != nil {
		return f, err
	}
	f.Value = milliseconds(took)
	everyDay, err := run.EveryDay(ctx, daysOfPeer)
	if err != nil {
		return f, err
	}
	f.Peers = []desks.Peer{{Name: "every stream read for every day, everywhere", Version: g.version, Size: fmt.Sprintf("%d of the %d days", daysOfPeer, b.Back+1), Value: milliseconds(everyDay)}}
	return f, b.verdicts(ctx, run, g.version, &f)
}

// verdicts adds what the verdicts of the newest days take, of a street and of
// the city.
func (b *benchCorrections) verdicts(ctx context.Context, run desks.Corrections, version string, f *desks.Figure) error {
	days := b.Days / 2
	for _, of := range []struct {
		name string
		area place.Code
	}{{"a street", desks.Streets()[0]}, {"the city", desks.Root}} {
		took, err := run.Verdicts(ctx, of.area, days)
		if err != nil {
			return err
		}
		f.Parts = append(f.Parts, desks.Part{Name: fmt.Sprintf("verdicts of %d days of %s", days, of.name), Value: milliseconds(took)})
	}
	byDay, err := run.VerdictsByDay(ctx, desks.Streets()[0], days)
	f.Peers = append(f.Peers, desks.Peer{Name: "verdicts of a street, two readings a day", Version: version, Size: fmt.Sprintf("%d days", days), Value: milliseconds(byDay)})
	return err
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
