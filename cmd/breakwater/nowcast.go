package main

import (
	"encoding/csv"
	"os"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/renewal"
	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// nowcastCommand estimates what a day's count will be when all reports are in.
type nowcastCommand struct {
	LineList string         `arg:"" name:"linelist.csv" help:"One row a case, with the days of event and report."`
	Event    string         `required:"" placeholder:"COLUMN" help:"Column with the day of the event."`
	Report   string         `required:"" placeholder:"COLUMN" help:"Column with the day of the report."`
	Now      string         `placeholder:"DAY" help:"What was known on this day; without it, the last report."`
	First    string         `placeholder:"DAY" help:"First day of the triangle; without it, the first event."`
	Method   renewal.Method `default:"adaptive" help:"adaptive, lawless, bayes.trunc, bayes.notrunc, bayes.notrunc.bnb or unif (${default})."`
	Longest  int            `default:"14" placeholder:"DAYS" help:"Longest delay; longer ones count as this (${default})."`
	Window   int            `placeholder:"DAYS" help:"Days to learn delays from; without it, all."`
	Most     int            `default:"300" placeholder:"N" help:"Largest count of a day that is considered (${default})."`
	Compat   bool           `help:"Agree with R surveillance also where it departs from the paper."`
	Seed     uint64         `default:"1" help:"Seed of the draws (${default})."`
}

// nowcastRow is one day.
type nowcastRow struct {
	Day    civil.Day `json:"date"`
	Seen   float64   `json:"observed"`
	Median *float64  `json:"predicted"`
	Low    *float64  `json:"pi_lower"`
	High   *float64  `json:"pi_upper"`
}

// Run implements the sub-command.
func (n *nowcastCommand) Run(c *call) error {
	pairs, err := n.pairs()
	if err != nil {
		return err
	}
	first, now, err := n.days(pairs)
	if err != nil {
		return err
	}
	triangle, err := series.NewTriangle(pairs, first, now, n.Longest)
	if err != nil {
		return err
	}
	p := renewal.DefaultNowcast()
	p.Window, p.Most, p.Stream = n.Window, n.Most, stat.NewStream(n.Seed, "nowcast")
	if n.Compat {
		p.Mode = renewal.Compat
	}
	got, err := renewal.NowcastTriangle(triangle, n.Method, p)
	if err != nil {
		return err
	}
	rows := make([]nowcastRow, len(got))
	for i, day := range got {
		rows[i] = nowcastRow{day.Day, day.Seen, known(day.Median), known(day.Low), known(day.High)}
	}
	if c.asJSON {
		return printLines(c, rows)
	}
	t := newTable("day", "in so far", "expected", "2.5 %", "97.5 %")
	for _, r := range rows[max(0, len(rows)-n.Longest-1):] {
		t.row(r.Day, r.Seen, number(r.Median, 0), number(r.Low, 0), number(r.High, 0))
	}
	return t.print(c.out)
}

// pairs reads the two days of every case.
func (n *nowcastCommand) pairs() ([]series.Pair, error) {
	f, err := os.Open(n.LineList)
	if err != nil {
		return nil, fault.New(fault.NotFound, "the line list cannot be opened")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fault.New(fault.Invalid, "the line list cannot be read as a table with a header")
	}
	event, report := slices.Index(rows[0], n.Event), slices.Index(rows[0], n.Report)
	if event < 0 || report < 0 {
		return nil, fault.New(fault.Invalid, "the line list has no columns %q and %q", n.Event, n.Report)
	}
	pairs, _, err := series.ReadPairs(rows[1:], event, report)
	if err == nil && len(pairs) == 0 {
		err = fault.New(fault.Invalid, "the line list has no case with both days")
	}
	return pairs, err
}

// days are the first day of the triangle and the present.
func (n *nowcastCommand) days(pairs []series.Pair) (first, now civil.Day, err error) {
	first, now = pairs[0].Event, pairs[0].Report
	for _, p := range pairs {
		first, now = min(first, p.Event), max(now, p.Report)
	}
	if n.First != "" {
		if first, err = civil.ParseDay(n.First); err != nil {
			return 0, 0, err
		}
	}
	if n.Now != "" {
		now, err = civil.ParseDay(n.Now)
	}
	return first, now, err
}
