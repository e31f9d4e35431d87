package main

import (
	"os"
	"strings"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/aberration/scan"
	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// scanCommand looks for clusters in space and time.
type scanCommand struct {
	Counts      string     `arg:"" name:"counts.csv" help:"One row a time and one column a place."`
	Places      string     `required:"" placeholder:"FILE" help:"One row a place, in the order of the columns: x, y and, if known, population."`
	Model       scan.Model `default:"pb_poisson" help:"pb_poisson, eb_poisson, eb_negbin, permutation or binomial (${default})."`
	Nearest     int        `default:"10" placeholder:"K" help:"Largest zone, in places (${default})."`
	Rows        int        `default:"7" placeholder:"N" help:"Newest rows to scan (${default})."`
	Size        float64    `default:"5" help:"Negative binomial size of eb_negbin (${default})."`
	Simulations int        `default:"99" placeholder:"N" help:"Simulated scans for the p values (${default})."`
	Seed        uint64     `default:"1" help:"Seed of the simulations (${default})."`
	Top         int        `default:"5" placeholder:"N" help:"How many clusters to print (${default})."`
}

// scanRow is one cluster.
type scanRow struct {
	Places   []string `json:"places"`
	Zone     []int    `json:"zone"`
	Duration int      `json:"duration"`
	Score    float64  `json:"score"`
	Observed float64  `json:"observed"`
	Expected float64  `json:"expected"`
	PValue   *float64 `json:"pvalue"`
	Gumbel   *float64 `json:"gumbel"`
}

// Run implements the sub-command.
func (s *scanCommand) Run(c *call) error {
	table, points, names, err := s.read()
	if err != nil {
		return err
	}
	found, err := scan.Scan(table, scan.Nearest(points, s.Nearest), scan.Settings{Model: s.Model,
		Simulations: s.Simulations, Stream: stat.NewStream(s.Seed, "scan")})
	if err != nil {
		return err
	}
	found = scan.Distinct(found)
	rows := []scanRow{}
	for _, f := range found[:min(s.Top, len(found))] {
		r := scanRow{Duration: f.Duration, Score: f.Score, Observed: f.Observed, Expected: f.Expected, PValue: known(f.PValue), Gumbel: known(f.Gumbel)}
		for _, p := range f.Zone {
			r.Zone, r.Places = append(r.Zone, p+1), append(r.Places, names[p])
		}
		rows = append(rows, r)
	}
	if c.asJSON {
		return printLines(c, rows)
	}
	t := newTable("places", "newest", "cases", "expected", "score", "p", "p (Gumbel)")
	for _, r := range rows {
		t.row(strings.Join(r.Places, " "), r.Duration, r.Observed, number(&r.Expected, 1), number(&r.Score, 2), number(r.PValue, 3), number(r.Gumbel, 4))
	}
	return t.print(c.out)
}

// read brings counts, places and baseline together.
func (s *scanCommand) read() (t scan.Table, points []scan.Point, names []string, err error) {
	counts, err := readTable(s.Counts)
	if err != nil {
		return t, nil, nil, err
	}
	places, err := readTable(s.Places)
	if err != nil {
		return t, nil, nil, err
	}
	columns := make([]series.Series, len(counts.Units))
	for j, unit := range counts.Units {
		if columns[j], err = counts.Series(unit); err != nil {
			return t, nil, nil, err
		}
	}
	x, errX := places.Numbers("x")
	y, errY := places.Numbers("y")
	if errX != nil || errY != nil || len(x) != len(columns) {
		return t, nil, nil, fault.New(fault.Invalid, "the places need numbers in columns x and y, one row for each of the %d columns of counts", len(columns))
	}
	for j := range x {
		points = append(points, scan.Point{X: x[j], Y: y[j]})
	}
	if len(columns) == 0 || s.Rows < 1 || s.Rows > len(columns[0].Counts) || s.Nearest < 1 {
		return t, nil, nil, fault.New(fault.Invalid, "the counts do not have %d rows to scan, or zones have no place", s.Rows)
	}
	s.fill(&t, columns, places.Population)
	return t, points, counts.Units, nil
}

// fill takes the newest rows, and expects of them the population or what the
// rows before had on average.
func (s *scanCommand) fill(t *scan.Table, columns []series.Series, population []float64) {
	first := len(columns[0].Counts) - s.Rows
	before := make([]float64, len(columns))
	for j, col := range columns {
		before[j] = series.Mean(col.Counts[:first])
	}
	t.Size = s.Size
	for i := first; i < len(columns[0].Counts); i++ {
		row := make([]float64, len(columns))
		for j, col := range columns {
			row[j] = col.Counts[i]
		}
		t.Counts = append(t.Counts, row)
		if s.Model == scan.PopulationPoisson {
			t.Baseline = append(t.Baseline, population)
		} else {
			t.Baseline = append(t.Baseline, before)
		}
		t.Population = append(t.Population, population)
	}
}

// readTable loads a table of counts.
func readTable(path string) (*series.Table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.New(fault.NotFound, "the file of the table cannot be opened")
	}
	defer f.Close()
	return series.ReadCSV(f)
}
