package series

import (
	"math"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
)

// Pair is one event and the day on which it was reported.
type Pair struct{ Event, Report civil.Day }

// Triangle is counts by day of the event and delay of the report, as they were
// known on one day: Counts[t][d] came in d days after day First+t. A cell that
// lies after Now is NaN.
type Triangle struct {
	First, Now civil.Day
	Counts     [][]float64
}

// mostDays bounds a triangle.
const mostDays = 20_000

// NewTriangle builds the reporting triangle of the days from first to now with
// delays up to longest; a longer delay counts as the longest. Pairs reported
// after now, before their event, or outside the days are left out. The error
// is Invalid unless first is at or before now and longest is from 0 up.
func NewTriangle(pairs []Pair, first, now civil.Day, longest int) (Triangle, error) {
	days := int(now-first) + 1
	if days < 1 || days > mostDays || longest < 0 || longest > mostDays {
		return Triangle{}, fault.New(fault.Invalid, "a reporting triangle needs 1 to %d days and a longest delay from 0 up; got %d and %d", mostDays, days, longest)
	}
	t := Triangle{First: first, Now: now, Counts: make([][]float64, days)}
	for i := range t.Counts {
		row := make([]float64, longest+1)
		for d := range row {
			if i+d >= days {
				row[d] = math.NaN()
			}
		}
		t.Counts[i] = row
	}
	for _, p := range pairs {
		if p.Report > now || p.Report < p.Event || p.Event < first {
			continue
		}
		t.Counts[p.Event-first][min(int(p.Report-p.Event), longest)]++
	}
	return t, nil
}

// Longest is the longest delay of the triangle.
func (t Triangle) Longest() int { return len(t.Counts[0]) - 1 }

// Days is how many days of events the triangle has.
func (t Triangle) Days() int { return len(t.Counts) }

// Seen is what has come in of the events of day i.
func (t Triangle) Seen(i int) float64 {
	var sum float64
	for _, n := range t.Counts[i] {
		if !math.IsNaN(n) {
			sum += n
		}
	}
	return sum
}

// ReadPairs takes the pairs from two date columns of a line list; rows in
// which one of the dates is missing are left out and counted. The error is
// Invalid and names the first bad field.
func ReadPairs(rows [][]string, event, report int) (pairs []Pair, missing int, err error) {
	for i, row := range rows {
		if event >= len(row) || report >= len(row) {
			return nil, 0, fault.At("the line list cannot be read", fault.Place{Line: i + 2, Problem: "has too few columns"})
		}
		if absent(row[event]) || absent(row[report]) {
			missing++
			continue
		}
		var p Pair
		if p.Event, err = civil.ParseDay(row[event]); err == nil {
			p.Report, err = civil.ParseDay(row[report])
		}
		if err != nil {
			return nil, 0, fault.At("the line list cannot be read", fault.Place{Line: i + 2, Problem: err.Error()})
		}
		pairs = append(pairs, p)
	}
	return pairs, missing, nil
}

func absent(field string) bool { return field == "" || field == "NA" }
