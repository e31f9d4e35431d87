package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/series"
)

// detectCommand judges a series of counts by one method.
type detectCommand struct {
	Series     string `arg:"" name:"series.csv" help:"Table with a header: date or period, then one column for each stream."`
	Method     string `default:"farrington-flexible" help:"ears-c1, ears-c2, ears-c3, farrington, farrington-flexible, bayes, rki, cusum, glr, growth, outbreakp or combined (${default})."`
	Params     string `placeholder:"JSON" help:"Parameters of the method as one JSON object, named as in R surveillance."`
	Compat     bool   `help:"Agree with R surveillance also where it departs from the paper."`
	Unit       string `placeholder:"COLUMN" help:"Stream to judge; sum adds all. Without it the column count or the only stream, and the sum where there is neither."`
	Population string `placeholder:"FILE" help:"Table of the same shape with the denominators."`
	From       int    `placeholder:"ROW" help:"First row to judge, counted from 1. cusum and glr learn from the rows before it; without it they take the first half."`
	To         int    `placeholder:"ROW" help:"Last row to judge."`
	ByIndex    bool   `help:"Ignore the dates and find earlier years by counting rows."`

	Alpha    *float64 `placeholder:"P" help:"Short for --params {\"alpha\":P}."`
	B        *int     `name:"b" placeholder:"N" help:"Short for --params {\"b\":N}: years back."`
	W        *int     `name:"w" placeholder:"N" help:"Short for --params {\"w\":N}: half-width of the windows."`
	Baseline *int     `placeholder:"N" help:"Short for --params {\"baseline\":N}."`
	K        *float64 `name:"k" placeholder:"X" help:"Short for --params {\"k\":X}."`
	H        *float64 `name:"h" placeholder:"X" help:"Short for --params {\"h\":X}."`
}

// Run implements the sub-command.
func (d *detectCommand) Run(c *call) error {
	s, err := d.read(c)
	if err != nil {
		return err
	}
	params, err := d.params()
	if err != nil {
		return err
	}
	mode := aberration.Correct
	if d.Compat {
		mode = aberration.Compat
	}
	detector, err := aberration.ByName(d.Method, params, mode)
	if err != nil {
		return err
	}
	first, last, err := d.rows(len(s.Counts))
	if err != nil {
		return err
	}
	rows := aberration.Rows(s, detector(s, aberration.Range(first, last)))
	if c.asJSON {
		return printLines(c, rows)
	}
	return printVerdicts(c, rows)
}

// read loads the series and its denominators.
func (d *detectCommand) read(c *call) (series.Series, error) {
	table, err := readTable(d.Series)
	if err != nil {
		return series.Series{}, err
	}
	if d.Unit == "" && table.Timed() && len(table.Units) > 1 && !slices.Contains(table.Units, "count") {
		fmt.Fprintf(c.err, "judging the sum of %d streams; --unit chooses one\n", len(table.Units))
		d.Unit = series.Sum
	}
	s, err := table.Series(d.Unit)
	if err != nil {
		return s, err
	}
	if d.ByIndex {
		s.Days = nil
	}
	if d.Population == "" {
		return s, nil
	}
	people, err := readTable(d.Population)
	if err != nil {
		return s, fmt.Errorf("read the population: %w", err)
	}
	p, err := people.Series(d.Unit)
	if err != nil {
		return s, fmt.Errorf("read the population: %w", err)
	}
	s.Population = p.Counts
	return s, s.Check()
}

// params adds the short flags to the JSON object.
func (d *detectCommand) params() ([]byte, error) {
	all := map[string]any{}
	if d.Params != "" {
		if err := json.Unmarshal([]byte(d.Params), &all); err != nil {
			return nil, fault.New(fault.Invalid, "--params is not a JSON object: %v", err)
		}
	}
	set(all, "alpha", d.Alpha)
	set(all, "b", d.B)
	set(all, "w", d.W)
	set(all, "baseline", d.Baseline)
	set(all, "k", d.K)
	set(all, "h", d.H)
	return json.Marshal(all)
}

func set[T any](all map[string]any, name string, v *T) {
	if v != nil {
		all[name] = *v
	}
}

// rows turns the rows asked for into places.
func (d *detectCommand) rows(n int) (first, last int, err error) {
	first, last = 1, n
	if d.Method == "cusum" || d.Method == "glr" {
		first = n/2 + 1
	}
	if d.From != 0 {
		first = d.From
	}
	if d.To != 0 {
		last = d.To
	}
	if first < 1 || last > n || first > last && n > 0 {
		return 0, 0, fault.New(fault.Invalid, "rows %d to %d are not all in the series, which has %d", first, last, n)
	}
	return first - 1, last - 1, nil
}

// printVerdicts draws the series with its alarms, and lists alarms and the
// newest rows.
func printVerdicts(c *call, rows []aberration.Row) error {
	const newest = 12
	counts, alarms := make([]float64, len(rows)), make([]bool, len(rows))
	t := newTable("row", "date", "observed", "expected", "bound", "p", "")
	for i, r := range rows {
		alarms[i] = r.Alarm
		if r.Observed != nil {
			counts[i] = *r.Observed
		}
		if !r.Alarm && i < len(rows)-newest {
			continue
		}
		date, remark := "", r.Abstained
		if r.Date != nil {
			date = r.Date.String()
		}
		if r.Alarm {
			remark = "ALARM"
		}
		t.row(r.T, date, number(r.Observed, 0), number(r.Expected, 1), number(r.UpperBound, 1), number(r.PValue, 4), remark)
	}
	if _, err := fmt.Fprint(c.out, sketch(counts, alarms)); err != nil {
		return err
	}
	return t.print(c.out)
}

// number prints a value that may be missing.
func number(v *float64, digits int) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprintf("%.*f", digits, *v)
}

// sketch draws the newest values as bars of eighths with marks below.
func sketch(values []float64, marks []bool) string {
	const wide = 100
	if len(values) > wide {
		values, marks = values[len(values)-wide:], marks[len(marks)-wide:]
	}
	top := 0.0
	for _, v := range values {
		top = max(top, v)
	}
	if top == 0 {
		return ""
	}
	bars := []rune("▁▂▃▄▅▆▇█")
	var line, below strings.Builder
	for i, v := range values {
		line.WriteRune(bars[min(len(bars)-1, int(v/top*float64(len(bars))))])
		if marks[i] {
			below.WriteByte('^')
		} else {
			below.WriteByte(' ')
		}
	}
	return line.String() + "\n" + strings.TrimRight(below.String(), " ") + "\n"
}
