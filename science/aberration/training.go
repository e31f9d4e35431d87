package aberration

import (
	"math"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/science/series"
)

// Training is the part of the past that a Farrington fit learns from.
type Training struct {
	// Reference are the places of the judged count and of the same time in
	// each year before, newest first.
	Reference []int
	// Rows are the places that the fit uses, oldest first, without missing
	// counts.
	Rows []int
	// Time of each row on the scale of the trend, and of the judged count.
	Time []float64
	Now  float64
	// Period of each row within its year, from 0; the judged count belongs to
	// the last one, Periods-1.
	Period  []int
	Periods int
}

// unusedRow marks a place that belongs to no period.
const unusedRow = -1

// train lays the periods of the year over the past of place t: the windows of
// half-width w around the reference times are one period, the time between
// them is cut into the others (Noufaily and others 2013). The second result
// says why that is not possible.
func train(s series.Series, t, b, w, periods, recent int) (Training, string) {
	tr := Training{Periods: periods, Reference: references(s, t, b)}
	if len(tr.Reference) <= b {
		return tr, "the past does not reach far enough back"
	}
	oldest := tr.Reference[b] - w
	if oldest < 0 {
		return tr, "the past does not reach far enough back"
	}
	block := make([]int, t+1-oldest)
	for i := range block {
		block[i] = unusedRow
	}
	set := func(first, last, level int) {
		for i := max(first, oldest); i <= min(last, t); i++ {
			block[i-oldest] = level
		}
	}
	set(t-w, t, periods-1)
	for i := 1; i <= b; i++ {
		set(tr.Reference[i]-w, tr.Reference[i]+w, periods-1)
		if periods == 1 {
			continue
		}
		gap := tr.Reference[i-1] - 2*w - 1 - tr.Reference[i]
		if gap < periods-1 {
			return tr, "the year has too few counts for so many periods"
		}
		first := tr.Reference[i] + w + 1
		for j := range periods - 1 {
			length := gap / (periods - 1)
			if j < gap%(periods-1) {
				length++
			}
			set(first, first+length-1, j)
			first += length
		}
	}
	set(t-recent, t, unusedRow)
	tr.take(s, t, oldest, block)
	if len(tr.Rows) == 0 {
		return tr, "no count of the past is there to learn from"
	}
	return tr, ""
}

// take lists the rows that have a period and a count. Times are counted in
// steps: with dates from the first row on, without from the series' start.
func (tr *Training) take(s series.Series, t, oldest int, block []int) {
	scale := trendScale(s)
	n := len(block)
	tr.Rows, tr.Period, tr.Time = make([]int, 0, n), make([]int, 0, n), make([]float64, 0, n)
	start := unusedRow
	for i, level := range block {
		row := oldest + i
		if level == unusedRow {
			continue
		}
		if start == unusedRow {
			start = row
		}
		if math.IsNaN(s.Counts[row]) {
			continue
		}
		tr.Rows = append(tr.Rows, row)
		tr.Period = append(tr.Period, level)
		tr.Time = append(tr.Time, scale(row, start))
	}
	if start != unusedRow {
		tr.Now = scale(t, start)
	}
}

func trendScale(s series.Series) func(row, start int) float64 {
	if s.Days == nil {
		return func(row, _ int) float64 { return float64(row + 1) }
	}
	step := float64(s.Days[1] - s.Days[0])
	return func(row, start int) float64 { return float64(s.Days[row]-s.Days[start]) / step }
}

// references returns place t and the places of the same time one to b years
// before; fewer where the series does not have one of them.
func references(s series.Series, t, b int) []int {
	at := make([]int, 1, b+1)
	at[0] = t
	for i := 1; i <= b; i++ {
		place := t - i*int(s.Step)
		if s.Days != nil {
			place = find(s.Days, yearsBefore(s.Days[t], i, s.Step))
		}
		if place < 0 {
			break
		}
		at = append(at, place)
	}
	return at
}

// yearsBefore is the same calendar day n years earlier, moved by at most three
// days to the same weekday in a weekly series.
func yearsBefore(d civil.Day, n int, step series.Step) civil.Day {
	instant := time.Unix(int64(d)*86400, 0).UTC()
	before := civil.Date(instant.Year()-n, instant.Month(), instant.Day())
	if step != series.Weekly {
		return before
	}
	ahead := (int(d.Weekday()) - int(before.Weekday()) + 7) % 7
	if ahead > 3 {
		ahead -= 7
	}
	return before + civil.Day(ahead)
}

// find returns the place of a day in rising days, or -1.
func find(days []civil.Day, d civil.Day) int {
	if i, ok := slices.BinarySearch(days, d); ok {
		return i
	}
	return -1
}
