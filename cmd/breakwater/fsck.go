package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
)

// fsckCommand compares every record with what was journalled.
type fsckCommand struct{}

// Help implements kong's help.
func (fsckCommand) Help() string {
	return `It checks the city's records and, unless a database was named, those of every demonstration, replay
and drill that is kept in the data folder.`
}

// Run implements the sub-command. Flaws are something wrong: exit code 1.
func (fsckCommand) Run(ctx context.Context, c *call) error {
	cfg, err := c.config()
	if err != nil {
		return err
	}
	kept, err := c.kept(cfg)
	if err != nil {
		return err
	}
	flawed := false
	for _, k := range kept {
		r, err := c.check(ctx, k)
		if err != nil {
			return fmt.Errorf("check the records of %s: %w", k.name, err)
		}
		if err := c.printReport(k.name, r); err != nil {
			return err
		}
		flawed = flawed || len(r.Flaws) > 0
	}
	if flawed {
		return errFoundWrong
	}
	return nil
}

// records are the records of a city or of a play.
type records struct {
	name   string // the city's, or the folder of the play
	config config
}

// ofTheCity names the records that are no play's.
const ofTheCity = "city"

// kept lists the records to check: the city's, and those of every play in the
// data folder. A data folder in which only plays were made has no others.
func (c *call) kept(live config) ([]records, error) {
	city := records{ofTheCity, live}
	if c.settings.Database != "" {
		return []records{city}, nil
	}
	var all []records
	for _, kind := range playFolders {
		found, err := filepath.Glob(filepath.Join(c.settings.Data, kind, "*", databaseFile))
		if err != nil {
			return nil, fmt.Errorf("look for records of %s: %w", kind, err)
		}
		for _, file := range found {
			dir := filepath.Dir(file)
			play := live
			play.address, play.keys = file, filepath.Join(dir, keysFolder)
			all = append(all, records{kind + "/" + filepath.Base(dir), play})
		}
	}
	if _, err := os.Stat(live.address); err == nil || len(all) == 0 {
		all = append([]records{city}, all...)
	}
	return all, nil
}

// check compares one set of records with its journal, and links what is not
// linked yet.
func (c *call) check(ctx context.Context, k records) (r audit.Report, err error) {
	a, err := open(ctx, k.config)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if k.name == ofTheCity {
		closed, failed := c.compareVisits(ctx, a)
		if failed != nil {
			return r, failed
		}
		defer func() { err = errors.Join(err, closed()) }()
	}
	bar := c.progress("checking " + k.name)
	r, err = a.audit.Fsck(ctx, bar.set)
	bar.end()
	if err != nil {
		return r, err
	}
	_, err = a.audit.Link(ctx)
	return r, err
}

// compareVisits has the check compare the days of visits and their certificates
// too. The visits of a running server cannot be opened beside it; the check on
// its journal page compares them.
func (c *call) compareVisits(ctx context.Context, a *app) (closed func() error, err error) {
	v, err := c.openVisits(ctx)
	if fault.Is(err, fault.Conflict) {
		fmt.Fprintln(c.err, "the visits are not compared:", fault.Message(err))
		return func() error { return nil }, nil
	}
	if err != nil {
		return nil, err
	}
	a.audit.Ledgers = []audit.Ledger{v.desk(a, keepVisits).Check}
	return v.close, nil
}

// reportRow is the outcome of a check, for machines.
type reportRow struct {
	Of      string         `json:"of"`
	Records int            `json:"records"`
	Entries int            `json:"entries"`
	Linked  int64          `json:"linked"`
	Head    string         `json:"head"`
	Flaws   []journal.Flaw `json:"flaws"`
}

func (c *call) printReport(of string, r audit.Report) error {
	if c.asJSON {
		return c.printJSON(reportRow{of, r.Records, r.Entries, r.Head.Seq, r.Head.Head.String(), append([]journal.Flaw{}, r.Flaws...)})
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
	_, err := fmt.Fprintf(c.out, "%s: %d records, %d entries, %d linked, %d flaws\nhead %s\n",
		of, r.Records, r.Entries, r.Head.Seq, len(r.Flaws), r.Head.Head)
	return err
}
