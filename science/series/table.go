package series

import (
	"encoding/csv"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
)

// Table is several streams over the same times, as it stands in a CSV file.
type Table struct {
	// Step is found from the dates or, without dates, from the periods.
	Step  Step
	Days  []civil.Day // nil without a date column
	Phase int
	// Units name the streams in the order of their columns.
	Units []string
	// Population is the population column, or nil.
	Population []float64

	columns map[string]column
	rows    int
}

type column struct {
	values []float64
	bad    []fault.Place
}

// The largest table that is read; a city has far fewer streams and times.
const (
	maxRows    = 200_000
	maxColumns = 20_000
)

// aside are the columns that are not streams of counts.
var aside = []string{"t", "date", "year", "period", "state", "population"}

// ReadCSV reads a table with a header. Known columns: t (ignored), date
// (YYYY-MM-DD), year and period (the position in the year), state (ignored),
// population; every other column is a stream. An empty field or NA is a
// missing count. The error is Invalid and names line and column; a column
// that holds no counts is refused only when it is asked for.
func ReadCSV(r io.Reader) (*Table, error) {
	in := csv.NewReader(r)
	in.ReuseRecord = true
	header, err := in.Read()
	if err != nil {
		return nil, readFault(err)
	}
	if len(header) > maxColumns {
		return nil, fault.New(fault.Invalid, "the table has %d columns; at most %d are read", len(header), maxColumns)
	}
	names := slices.Clone(header)
	names[0] = strings.TrimPrefix(names[0], "\ufeff")
	cols := make([]column, len(names))
	t := &Table{columns: map[string]column{}}
	for {
		record, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, readFault(err)
		}
		if t.rows++; t.rows > maxRows {
			return nil, fault.New(fault.Invalid, "the table has more than %d rows", maxRows)
		}
		line, _ := in.FieldPos(0)
		for i, field := range record {
			cols[i].add(field, fault.Place{Line: line, Column: i + 1, Field: names[i]})
		}
	}
	return t, t.take(names, cols)
}

func readFault(err error) error {
	if err == io.EOF {
		return fault.New(fault.Invalid, "the table is empty: a header line is needed")
	}
	var p *csv.ParseError
	if errors.As(err, &p) {
		return fault.At("the table cannot be read", fault.Place{Line: p.Line, Column: p.Column, Problem: p.Err.Error()})
	}
	return err
}

// mostPlaces bounds what one column remembers about its bad fields.
const mostPlaces = 20

func (c *column) add(field string, at fault.Place) {
	v, problem := 0.0, ""
	if at.Field == "date" {
		d, err := civil.ParseDay(field)
		if err != nil {
			problem = "is not a day of the form YYYY-MM-DD"
		}
		v = float64(d)
	} else {
		v, problem = parseCount(field)
	}
	if problem != "" && len(c.bad) < mostPlaces {
		at.Problem = problem
		c.bad = append(c.bad, at)
	}
	c.values = append(c.values, v)
}

// negative is what is wrong with a count that would be a good coordinate.
const negative = "must not be negative"

func parseCount(field string) (float64, string) {
	field = strings.TrimSpace(field)
	if field == "" || field == "NA" {
		return math.NaN(), ""
	}
	v, err := strconv.ParseFloat(field, 64)
	switch {
	case err != nil || math.IsNaN(v) || math.IsInf(v, 0):
		return math.NaN(), "is not a number"
	case v < 0:
		return v, negative
	}
	return v, ""
}

// take sorts the columns by what they mean.
func (t *Table) take(names []string, cols []column) error {
	var periods []float64
	for i, name := range names {
		if _, twice := t.columns[name]; twice {
			return fault.At("the table cannot be read", fault.Place{Line: 1, Column: i + 1, Field: name, Problem: "stands twice in the header"})
		}
		t.columns[name] = cols[i]
		switch name {
		case "date":
			if len(cols[i].bad) > 0 {
				return fault.At("the table cannot be read", cols[i].bad...)
			}
			t.Days = make([]civil.Day, len(cols[i].values))
			for j, v := range cols[i].values {
				t.Days[j] = civil.Day(v)
			}
		case "period":
			periods = cols[i].values
		case "population":
			if len(cols[i].bad) > 0 {
				return fault.At("the table cannot be read", cols[i].bad...)
			}
			t.Population = cols[i].values
		}
		if !slices.Contains(aside, name) {
			t.Units = append(t.Units, name)
		}
	}
	t.Step = stepOf(t.Days, periods)
	t.Phase = 1
	if len(periods) > 0 && periods[0] >= 1 && periods[0] <= 366 {
		t.Phase = int(periods[0])
	}
	return nil
}

// stepOf guesses the step from the middle gap between dates, or from the
// largest period where there are no dates.
func stepOf(days []civil.Day, periods []float64) Step {
	if len(days) > 1 {
		gaps := make([]int, len(days)-1)
		for i := range gaps {
			gaps[i] = int(days[i+1] - days[i])
		}
		slices.Sort(gaps)
		switch gap := gaps[len(gaps)/2]; {
		case gap <= 3:
			return Daily
		case gap <= 14:
			return Weekly
		}
		return Monthly
	}
	top := 0.0
	for _, p := range periods {
		top = math.Max(top, p)
	}
	switch {
	case top > 53:
		return Daily
	case top > 0 && top <= 12:
		return Monthly
	}
	return Weekly
}

// Sum is the unit that adds all streams of a table.
const Sum = "sum"

// Series returns the stream of a unit. The empty unit is the only stream or
// the column "count"; [Sum] adds all streams, and a time at which one of them
// is missing is missing. The error is NotFound for an unknown unit, and
// Invalid, with the places, for a column that holds something else.
func (t *Table) Series(unit string) (Series, error) {
	s := Series{Step: t.Step, Days: t.Days, Phase: t.Phase, Population: t.Population}
	if unit == "" {
		unit = "count"
		if len(t.Units) == 1 {
			unit = t.Units[0]
		}
	}
	if c, ok := t.columns[unit]; ok && slices.Contains(t.Units, unit) {
		s.Counts = c.values
		if err := fault.At("the counts cannot be used", c.bad...); err != nil {
			return Series{}, err
		}
		return s, s.Check()
	}
	if unit != Sum {
		return Series{}, fault.New(fault.NotFound, "the table has no stream %q; it has %s", unit, list(t.Units))
	}
	s.Counts = make([]float64, t.rows)
	for _, u := range t.Units {
		c := t.columns[u]
		if err := fault.At("the counts cannot be used", c.bad...); err != nil {
			return Series{}, err
		}
		for i, v := range c.values {
			s.Counts[i] += v
		}
	}
	return s, s.Check()
}

// Timed reports whether the rows follow each other in time, by a date or a
// number of their own; a table of places or of cases does not.
func (t *Table) Timed() bool { return t.Days != nil || t.columns["t"].values != nil }

// Numbers returns a column of any numbers, such as a coordinate. The error is
// NotFound for an unknown column and Invalid where a field is no number.
func (t *Table) Numbers(column string) ([]float64, error) {
	c, ok := t.columns[column]
	if !ok {
		return nil, fault.New(fault.NotFound, "the table has no column %q", column)
	}
	for _, p := range c.bad {
		if p.Problem != negative {
			return nil, fault.At("the column cannot be used", p)
		}
	}
	for i, v := range c.values {
		if math.IsNaN(v) {
			return nil, fault.At("the column cannot be used", fault.Place{Line: i + 2, Field: column, Problem: "is missing"})
		}
	}
	return c.values, nil
}

// list names the first few units for a message.
func list(units []string) string {
	const most = 8
	if len(units) == 0 {
		return "none"
	}
	if len(units) > most {
		return strings.Join(units[:most], ", ") + " and others"
	}
	return strings.Join(units, ", ")
}
