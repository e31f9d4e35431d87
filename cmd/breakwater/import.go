package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
)

// importCommand takes in files.
type importCommand struct {
	Counts importCountsCommand `cmd:"" help:"Take in a file of counts."`
}

// importCountsCommand takes in a CSV file of counts.
type importCountsCommand struct {
	File       string `arg:"" help:"CSV with columns stream, area, day, count and, if wanted, denominator, reported_at, basis; - for the standard input."`
	Source     string `required:"" help:"Who says so: an id of the city's sources."`
	Status     string `default:"actual" enum:"actual,exercise,test" help:"actual, exercise or test (${default})."`
	Preview    bool   `xor:"how" help:"Load nothing; say what would happen."`
	GoodOnly   bool   `xor:"how" help:"Load the good rows although others are bad."`
	Cumulative bool   `help:"The counts are totals up to their day; convert them to daily ones."`
	Why        string `help:"The reason, for the journal."`
}

// Run implements the sub-command.
func (i *importCountsCommand) Run(ctx context.Context, c *call) error {
	file, err := i.decode(c)
	if err != nil {
		return err
	}
	in := watch.Ingest{Source: observe.SourceID(i.Source), Status: observe.Status(i.Status), Rows: file.Rows,
		Problems: file.Problems, Glitches: file.Glitches, Why: i.Why}
	switch {
	case i.Preview:
		in.Loading = watch.Preview
	case i.GoodOnly:
		in.Loading = watch.GoodRows
	}
	return c.withApp(ctx, func(a *app) error {
		r, err := a.watch.Ingest(ctx, a.operator(), in)
		if places := fault.PlacesOf(err); len(places) > 0 && places[0].Line > 0 {
			return c.printReceipt(watch.Receipt{Rejected: places}, in.Loading) // the file is wrong, not the command
		}
		if err != nil {
			return err
		}
		return c.printReceipt(r, in.Loading)
	})
}

func (i *importCountsCommand) decode(c *call) (counts.File, error) {
	form := counts.PerDay
	if i.Cumulative {
		form = counts.Cumulative
	}
	var in io.Reader = c.in
	if i.File != "-" {
		f, err := os.Open(i.File)
		if err != nil {
			return counts.File{}, fmt.Errorf("open the file of counts: %w", err)
		}
		defer f.Close()
		in = f
	}
	return counts.DecodeCSV(in, form)
}

// printReceipt says what an import did; rows that were refused are something wrong.
func (c *call) printReceipt(r watch.Receipt, how watch.Loading) error {
	if c.asJSON {
		if err := c.printJSON(r); err != nil {
			return err
		}
	} else if err := c.describeReceipt(r, how); err != nil {
		return err
	}
	if len(r.Rejected) > 0 {
		return errFoundWrong
	}
	return nil
}

func (c *call) describeReceipt(r watch.Receipt, how watch.Loading) error {
	for _, p := range r.Rejected {
		fmt.Fprintln(c.out, "refused:", p)
	}
	for _, g := range r.Glitches {
		fmt.Fprintf(c.out, "kept as it is: %s %s %s: %s\n", g.Stream, g.Area, g.Day, g.Problem)
	}
	verb := "loaded"
	if how == watch.Preview {
		verb = "would load"
	}
	_, err := fmt.Fprintf(c.out, "%s %d (of them corrections %d), unchanged %d, refused %d\n", verb, r.Loaded, r.Superseded, r.Unchanged, len(r.Rejected))
	return err
}
