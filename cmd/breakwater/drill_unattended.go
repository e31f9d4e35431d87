package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/breakwater-eoc/breakwater/bench/unattended"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
)

// drillUnattendedCommand watches over a synthetic city with nobody at the desks.
type drillUnattendedCommand struct {
	Days      int    `default:"62" placeholder:"N" help:"Days of the watch (${default})."`
	History   int    `default:"84" placeholder:"N" help:"Days of history before it (${default})."`
	Districts int    `default:"8" placeholder:"N" help:"Districts of the city (${default})."`
	Streets   int    `default:"8" placeholder:"N" help:"Streets in each district (${default})."`
	Outbreaks int    `default:"18" placeholder:"N" help:"Outbreaks to plant (${default})."`
	Teams     int    `default:"3" placeholder:"N" help:"Districts that triage for themselves, each with the budget of the settings (${default})."`
	Seed      uint64 `default:"1" help:"Seed of the city (${default})."`
}

// Help implements kong's help.
func (drillUnattendedCommand) Help() string {
	return `A synthetic city reports day by day: clinics, schools and pharmacies by street, cases by
district, goods; with weekdays, noise, reports that come late, never or wrong at first, a source that
falls silent, and planted outbreaks of stated sizes. All indicators are on, and nobody is at the desks.
Some districts triage for themselves; the city's team has the rest, and what spans districts.

It prints what became of each outbreak, what the inbox of each team showed and left out a day, and
exits with 1 when an inbox showed more than its budget, or left an outbreak out that it had found. Records and the
city's folder stay in the folder drills of the data folder. With --database the records go there; it
must be empty.`
}

func (d *drillUnattendedCommand) size(budget int) (unattended.Size, error) {
	z := unattended.Size{Districts: d.Districts, Streets: d.Streets, Before: d.History, Days: d.Days, Outbreaks: d.Outbreaks,
		Teams: d.Teams, Budget: budget, Seed: d.Seed}
	return z, z.Check()
}

// Run implements the sub-command.
func (d *drillUnattendedCommand) Run(ctx context.Context, c *call) (err error) {
	size, err := d.size(c.settings.Budget)
	if err != nil {
		return err
	}
	cfg, err := c.config()
	if err != nil {
		return err
	}
	if err := c.afresh(&cfg, drillsFolder, unattendedFolder); err != nil {
		return err
	}
	if cfg.city, err = writeCity(filepath.Join(c.settings.Data, drillsFolder, unattendedFolder, "city"), size); err != nil {
		return err
	}
	a, desks, err := openPlay(ctx, cfg, unattendedFolder, size.Begins())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	desks.Rounds.Statuses = []observe.Status{observe.Actual}
	bar := c.progress("watching")
	report, err := unattended.Run(ctx, desks, size.Generate(a.city.Location), bar.set)
	bar.end()
	if err != nil {
		return err
	}
	if err := c.printWatch(report); err != nil {
		return err
	}
	if len(report.Beyond()) > 0 || report.Hidden > 0 {
		return errFoundWrong
	}
	return nil
}

// unattendedFolder holds the records of the drill, within those of the drills.
const unattendedFolder = "unattended"

// writeCity writes the folder of a generated city.
func writeCity(dir string, z unattended.Size) (fs.FS, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the city: %w", err)
	}
	for name, text := range z.Folder() {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			return nil, fmt.Errorf("write %s of the city: %w", name, err)
		}
	}
	return os.DirFS(dir), nil
}

func (c *call) printWatch(r unattended.Report) error {
	if c.asJSON {
		return c.printJSON(r)
	}
	t := newTable("outbreak", "area", "from", "to", "strength", "extra", "found", "delay", "days hidden")
	for _, f := range r.Outbreaks {
		found, delay := "-", "-"
		if f.Found != nil {
			found, delay = f.Found.String(), fmt.Sprint(*f.Delay)
		}
		t.row(f.ID, f.Area, f.First, f.Last, f.Strength, extra(f.Extra), found, delay, f.HiddenDays)
	}
	if err := t.print(c.out); err != nil {
		return err
	}
	teams := newTable("team", "budget", "raised", "a day", "false", "a day", "most shown a day", "left out")
	perDay := func(n int) string { return fmt.Sprintf("%.2f", float64(n)/float64(len(r.Days))) }
	for _, of := range r.Teams {
		teams.row(of.Area, of.Budget, of.Raised, perDay(of.Raised), of.False, perDay(of.False), of.MostShown, of.LeftOut)
	}
	if err := teams.print(c.out); err != nil {
		return err
	}
	silence := "not found"
	if r.SilenceFound != nil {
		silence = "found on " + r.SilenceFound.String()
	}
	if _, err := fmt.Fprintf(c.out, "%d areas, %d sources, %d observations; reports late %d, missing %d, corrected %d\n"+
		"planted %d, found %d, ever hidden by a budget %d, median delay %g days\n"+
		"raised %d (%s a day), of them false %d (%s a day); left out %d\n"+
		"%s silent from %s: %s\n",
		r.Areas, r.Sources, r.Observations, r.Late, r.Missing, r.Corrected,
		r.Planted, r.Found, r.Hidden, r.Delay,
		r.Raised, perDay(r.Raised), r.False, perDay(r.False), r.LeftOut,
		r.Silence.Source, r.Silence.First, silence); err != nil {
		return err
	}
	return c.sketchTeams(r)
}

// sketchTeams draws the days of each team.
func (c *call) sketchTeams(r unattended.Report) error {
	for i, of := range r.Teams {
		shown := make([]float64, len(r.Days))
		full := make([]bool, len(r.Days))
		for k, d := range r.Days {
			shown[k], full[k] = float64(d.Teams[i].Shown), d.Teams[i].LeftOut > 0
		}
		if _, err := fmt.Fprintf(c.out, "signals shown to %s a day; ^ marks days that left some out\n%s", of.Area, sketch(shown, full)); err != nil {
			return err
		}
	}
	return nil
}

func extra(by map[counts.Stream]int) string {
	var parts []string
	for _, s := range slices.Sorted(maps.Keys(by)) {
		parts = append(parts, fmt.Sprintf("%s +%d", s, by[s]))
	}
	return strings.Join(parts, ", ")
}
