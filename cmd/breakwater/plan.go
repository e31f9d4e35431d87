package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// planCommand works with rule packs.
type planCommand struct {
	DryRun dryRunCommand `cmd:"" help:"Say what a rule pack would change now. Nothing is written."`
}

type dryRunCommand struct {
	ID     string `arg:"" name:"pack" help:"Id of the pack, such as cn-risk-2020a."`
	Day    string `placeholder:"DAY" help:"Last day of the figures; today unless said."`
	Status string `default:"actual" enum:"actual,exercise,test" help:"actual, exercise or test (${default})."`
}

// Run implements the sub-command.
func (d *dryRunCommand) Run(ctx context.Context, c *call) error {
	return c.withApp(ctx, func(a *app) error {
		day, err := dayOr(d.Day, civil.DayOf(a.center.Time(), a.center.City))
		if err != nil {
			return err
		}
		changes, err := a.plan.DryRun(ctx, a.reader(), d.ID, day, observe.Status(d.Status))
		if err != nil {
			return err
		}
		return c.printChanges(a, changes)
	})
}

func (c *call) printChanges(a *app, changes []plan.Change) error {
	t := newTable("area", "now", "proposed", "rule", "inputs")
	for _, change := range changes {
		if c.asJSON {
			if err := c.printJSON(change); err != nil {
				return err
			}
			continue
		}
		var inputs []string
		for _, in := range change.Inputs {
			inputs = append(inputs, fmt.Sprintf("%s=%g", in.Name, in.Answer.Value))
		}
		t.row(a.nameOf(change.Area), change.Current, change.Proposed, change.Rule, strings.Join(inputs, " "))
	}
	if c.asJSON {
		return nil
	}
	if len(changes) == 0 {
		_, err := fmt.Fprintln(c.out, "The pack would change nothing.")
		return err
	}
	return t.print(c.out)
}

// nameOf shows an area to who reads a terminal.
func (a *app) nameOf(code place.Code) string {
	area, err := a.city.Areas.ByCode(code)
	if err != nil {
		return string(code)
	}
	return fmt.Sprintf("%s %s", code, area.Names.En)
}
