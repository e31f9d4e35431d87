package main

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

// figureCommand asks one figure, and explains its number.
type figureCommand struct {
	Name     string `arg:"" optional:"" help:"Name of the figure; without it, all are listed."`
	Area     string `placeholder:"CODE" help:"Area asked about; the whole city unless said."`
	From     string `placeholder:"DAY" help:"First day of the window; 13 days before the last unless said."`
	To       string `placeholder:"DAY" help:"Last day; today unless said."`
	AsOf     string `placeholder:"TIME" help:"Latest recording time that may be used, RFC 3339; now unless said."`
	Status   string `default:"actual" enum:"actual,exercise,test" help:"actual, exercise or test (${default})."`
	Argument string `help:"The figure's own parameter."`
}

// Run implements the sub-command.
func (f *figureCommand) Run(ctx context.Context, c *call) error {
	return c.withApp(ctx, func(a *app) error {
		if f.Name == "" {
			return c.printFigures(a.figures.Figures())
		}
		declared, err := a.figures.Figure(figure.Name(f.Name))
		if err != nil {
			return err
		}
		q, err := f.query(a, declared)
		if err != nil {
			return err
		}
		answer, err := a.figures.Ask(ctx, declared.Name, q)
		if err != nil {
			return err
		}
		return c.printAnswer(declared, answer)
	})
}

func (f *figureCommand) query(a *app, declared figure.Figure) (figure.Query, error) {
	q := figure.Query{Area: place.Code(f.Area), AsOf: a.center.Time(), Status: f.Status, Argument: f.Argument}
	if q.Area == "" {
		q.Area = a.city.Root
	}
	if _, err := a.city.Areas.ByCode(q.Area); err != nil {
		return q, err
	}
	if f.AsOf != "" {
		at, err := time.Parse(time.RFC3339, f.AsOf)
		if err != nil {
			return q, fault.At("the figure cannot be asked", fault.Place{Field: "--as-of", Problem: "must be a time like 2020-07-25T08:00:00Z"})
		}
		q.AsOf = at.UTC()
	}
	var err error
	if q.Window.Last, err = dayOr(f.To, civil.DayOf(q.AsOf, a.center.City)); err != nil {
		return q, err
	}
	first := q.Window.Last
	if declared.Windowed {
		first -= 13
	}
	q.Window.First, err = dayOr(f.From, first)
	return q, err
}

// dayOr reads an optional day.
func dayOr(text string, otherwise civil.Day) (civil.Day, error) {
	if text == "" {
		return otherwise, nil
	}
	return civil.ParseDay(text)
}

func (c *call) printFigures(all []figure.Figure) error {
	t := newTable("figure", "unit", "about", "method")
	for _, f := range all {
		if c.asJSON {
			if err := c.printJSON(f); err != nil {
				return err
			}
			continue
		}
		about := "a time"
		if f.Windowed {
			about = "a window"
		}
		t.row(f.Name, f.Unit, about, words.T(f.Method).En)
	}
	if c.asJSON {
		return nil
	}
	return t.print(c.out)
}

func (c *call) printAnswer(f figure.Figure, a figure.Answer) error {
	if c.asJSON {
		return c.printJSON(a)
	}
	fmt.Fprintf(c.out, "%s\n%s\n", f.Name, words.T(f.Method).En)
	t := newTable("area", "window", "as of", "value", "unit")
	value := fmt.Sprint(a.Value)
	if a.Absent != "" {
		value = "absent: " + a.Absent
	}
	t.row(a.Query.Area, a.Query.Window, a.Query.AsOf.Format(time.RFC3339), value, a.Unit)
	if err := t.print(c.out); err != nil {
		return err
	}
	if a.Numerator != nil && a.Denominator != nil {
		fmt.Fprintf(c.out, "%g of %g\n", *a.Numerator, *a.Denominator)
	}
	if a.Reconstructed {
		fmt.Fprintln(c.out, "Some of the rows are a reconstruction, not published figures.")
	}
	fmt.Fprintf(c.out, "%d rows stand under it", a.SourceCount)
	for i, ref := range a.Sources {
		if i == 0 {
			fmt.Fprint(c.out, ":")
		}
		fmt.Fprintf(c.out, "\n  %s", ref)
	}
	_, err := fmt.Fprintln(c.out)
	return err
}
