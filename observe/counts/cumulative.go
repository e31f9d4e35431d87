package counts

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/breakwater-eoc/breakwater/place"
)

// FromCumulative turns totals up to a day into counts of each day: the
// difference to the day before, by stream and area. Nothing is smoothed away:
//
//   - a total that falls gives a negative count, which is a correction of what
//     was counted before;
//   - a total after days without one puts their whole difference on its day;
//   - a series that does not begin at zero puts its first total on its first day.
//
// Each of these is a glitch that is returned with the rows, so that whoever
// loads the series sees it. The counts of a series always sum to its last
// total. Rows keep their lines; of two totals for the same day both are
// returned, and the second counts as a difference to the first.
func FromCumulative(totals []Row) ([]Row, []Glitch) {
	type series struct {
		stream Stream
		area   place.Code
	}
	rows := slices.Clone(totals)
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Stream, b.Stream), cmp.Compare(a.Area, b.Area), cmp.Compare(a.Day, b.Day))
	})
	var glitches []Glitch
	before := map[series]Row{}
	for i, r := range rows {
		key := series{r.Stream, r.Area}
		last, known := before[key]
		before[key] = r
		if known {
			rows[i].Count -= last.Count
		}
		if problem := oddity(last, r, known); problem != "" {
			glitches = append(glitches, Glitch{Stream: r.Stream, Area: r.Area, Day: r.Day, Problem: problem})
		}
	}
	return rows, glitches
}

// oddity says what is odd about a total after the one before it.
func oddity(last, r Row, known bool) string {
	switch {
	case !known && r.Count > 0:
		return fmt.Sprintf("the totals begin at %d; all of it stands on this day", r.Count)
	case !known:
		return ""
	case r.Count < last.Count:
		return fmt.Sprintf("the total falls from %d to %d; the correction of %d stands as it came", last.Count, r.Count, r.Count-last.Count)
	case r.Day-last.Day > 1 && r.Count > last.Count:
		return fmt.Sprintf("no totals for %d days before; the %d since then stand on this day", r.Day-last.Day-1, r.Count-last.Count)
	}
	return ""
}
