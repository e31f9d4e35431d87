package main

import (
	"context"
	"fmt"

	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/journal"
)

// fsckCommand compares every record with what was journalled.
type fsckCommand struct{}

// Run implements the sub-command. Flaws are something wrong: exit code 1.
func (fsckCommand) Run(ctx context.Context, c *call) error {
	return c.withApp(ctx, func(a *app) error {
		bar := c.progress("checking")
		r, err := a.audit.Fsck(ctx, bar.set)
		bar.end()
		if err != nil {
			return err
		}
		if err := c.printReport(r); err != nil {
			return err
		}
		if len(r.Flaws) > 0 {
			return errFoundWrong
		}
		return nil
	})
}

// reportRow is the outcome of a check, for machines.
type reportRow struct {
	Records int            `json:"records"`
	Entries int            `json:"entries"`
	Linked  int64          `json:"linked"`
	Head    string         `json:"head"`
	Flaws   []journal.Flaw `json:"flaws"`
}

func (c *call) printReport(r audit.Report) error {
	if c.asJSON {
		return c.printJSON(reportRow{r.Records, r.Entries, r.Head.Seq, r.Head.Head.String(), append([]journal.Flaw{}, r.Flaws...)})
	}
	if len(r.Flaws) > 0 {
		t := newTable("flaw", "record", "problem")
		for _, f := range r.Flaws {
			t.row(f.Kind, f.Ref, f.Problem)
		}
		if err := t.print(c.out); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(c.out, "%d records, %d entries, %d linked, %d flaws\nhead %s\n", r.Records, r.Entries, r.Head.Seq, len(r.Flaws), r.Head.Head)
	return err
}
