package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread/report"
	"github.com/breakwater-eoc/breakwater/science/spread/scenario"
	"github.com/breakwater-eoc/breakwater/science/spread/theory"
)

// simulateCommand runs a scenario, or judges the engine by theory.
type simulateCommand struct {
	Scenario string `arg:"" optional:"" name:"scenario.yaml" help:"A scenario file, or the name of a shipped one: docker, festival, winter."`
	People   int    `placeholder:"N" help:"People, instead of what the scenario says."`
	Days     int    `placeholder:"D" help:"Days, likewise."`
	Seed     uint64 `placeholder:"S" help:"First seed, likewise."`
	Runs     int    `placeholder:"R" help:"Seeds, likewise."`
	Threads  int    `default:"0" placeholder:"T" help:"Threads; without it one for each processor. They never change the output."`
	CSV      string `name:"csv" placeholder:"FILE" help:"Write every day of every run."`
	HTML     string `name:"html" placeholder:"FILE" help:"Write a report with pictures, in one file."`
	Validate bool   `help:"Judge the engine by theory and by reference runs instead."`
	Quick    bool   `help:"With --validate: 100,000 people and wider tolerances, under a minute."`
}

// Run implements the sub-command.
func (s *simulateCommand) Run(ctx context.Context, c *call) error {
	if s.Threads == 0 {
		s.Threads = runtime.NumCPU()
	}
	if s.Validate {
		return s.validate(ctx, c)
	}
	if s.Scenario == "" {
		return fault.New(fault.Invalid, "name a scenario file, or one of %s; or --validate", strings.Join(scenario.Shipped(), ", "))
	}
	sc, err := s.open()
	if err != nil {
		return err
	}
	bar := c.progress("simulating")
	result, err := scenario.RunAll(ctx, sc, scenario.Options{Workers: s.Threads, Progress: bar.set})
	bar.end()
	if err != nil {
		return err
	}
	if err := s.write(result); err != nil {
		return err
	}
	if c.asJSON {
		return c.printJSON(struct {
			*scenario.Result
			Summary []scenario.ArmSummary `json:"summary"`
		}{result, result.Summary()})
	}
	return printScenario(c, result)
}

func (s *simulateCommand) open() (*scenario.Scenario, error) {
	for _, name := range scenario.Shipped() {
		if name == s.Scenario {
			return scenario.Open(name, s.change)
		}
	}
	text, err := os.ReadFile(s.Scenario)
	if err != nil {
		return nil, fault.New(fault.NotFound, "the scenario file cannot be read; shipped scenarios are %s", strings.Join(scenario.Shipped(), ", "))
	}
	return scenario.Decode(text, s.change)
}

// change puts what the flags say in place of what the file says.
func (s *simulateCommand) change(sc *scenario.Scenario) {
	if s.People != 0 {
		sc.People = s.People
	}
	if s.Days != 0 {
		sc.Days = s.Days
	}
	if s.Seed != 0 {
		sc.Seed = s.Seed
	}
	if s.Runs != 0 {
		sc.Runs = s.Runs
	}
}

func (s *simulateCommand) write(r *scenario.Result) error {
	for _, out := range []struct {
		path  string
		write func(io.Writer, *scenario.Result) error
	}{{s.CSV, report.WriteCSV}, {s.HTML, report.WriteHTML}} {
		if out.path == "" {
			continue
		}
		f, err := os.Create(out.path)
		if err != nil {
			return fault.New(fault.Invalid, "the file of the results cannot be written")
		}
		if err := errors.Join(out.write(f, r), f.Close()); err != nil {
			return fmt.Errorf("write the results: %w", err)
		}
	}
	return nil
}

// printScenario prints the curves, then for each outcome a line an arm.
func printScenario(c *call, r *scenario.Result) error {
	const width = 60
	fmt.Fprintf(c.out, "%s\n%s\n%d people, %d days from %s, %d seeds\n\n", r.Scenario.Title, r.Scenario.Question,
		r.Scenario.People, r.Scenario.Days, r.Scenario.Date(0), r.Scenario.Runs)
	for _, line := range report.Curves(r, width) {
		fmt.Fprintln(c.out, line)
	}
	fmt.Fprintln(c.out)
	header, rows := report.Rows(r)
	t := newTable("outcome", "unit", "arm", "mean (5 to 95 %), difference from the first arm")
	for _, row := range rows {
		name, unit := row[0], row[1]
		for k, arm := range header[2:] {
			t.row(name, unit, arm, row[k+2])
			name, unit = "", ""
		}
	}
	return t.print(c.out)
}

// validate prints target, got and verdict of every check.
func (s *simulateCommand) validate(ctx context.Context, c *call) error {
	size := theory.Full(s.Threads)
	if s.Quick {
		size = theory.Quick(s.Threads)
	}
	checks := theory.Checks()
	bar := c.progress("judging")
	var all []theory.Row
	for i, check := range checks {
		if err := ctx.Err(); err != nil {
			return err
		}
		rows, err := check.Run(size)
		if err != nil {
			return err
		}
		all = append(all, rows...)
		bar.set(i+1, len(checks))
	}
	bar.end()
	return printChecks(c, all)
}

func printChecks(c *call, rows []theory.Row) error {
	failed := 0
	t := newTable("check", "what", "target", "got", "within", "")
	for _, r := range rows {
		verdict := "pass"
		if !r.Pass {
			verdict = "FAIL"
			failed++
		}
		t.row(r.Check, r.What, fmt.Sprintf("%.4g", r.Target), fmt.Sprintf("%.4g", r.Got), fmt.Sprintf("%.2g", r.Tolerance), verdict)
	}
	var err error
	if c.asJSON {
		err = c.printJSON(rows)
	} else if err = t.print(c.out); err == nil {
		_, err = fmt.Fprintf(c.out, "%d of %d pass\n", len(rows)-failed, len(rows))
	}
	if err == nil && failed > 0 {
		err = errFoundWrong
	}
	return err
}
