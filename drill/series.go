package drill

import (
	"io/fs"
	"path"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/table"
)

func knownArea(r table.Row, areas *place.Tree) place.Code {
	return table.As(r, "area", func(s string) (place.Code, error) {
		a, err := areas.ByCode(place.Code(s))
		return a.Code, err
	})
}

// toldAt is the hour at which a day's figures are published.
const toldAt = 21

// Fact is one published count of a replayed series, and when it was told.
type Fact struct {
	Source observe.SourceID
	Row    counts.Row
	Told   time.Time
}

// Series is the published counts of an outbreak in the order in which they
// were told.
type Series struct {
	Name        string
	First, Last civil.Day
	Facts       []Fact
}

// seriesColumns are the columns of series/*.csv. The column published is the
// day on which a count was told, and empty when it was told on its own day;
// origin says where the figure comes from, for readers of the file.
var seriesColumns = []string{"source", "stream", "area", "day", "count", "basis", "published", "origin"}

// LoadSeries reads a series of a city folder: series/NAME.csv. Every count is
// told at 21:00 of its day, city time, unless the file says that it was
// published later. The fault is Invalid and names every bad row.
func LoadSeries(folder fs.FS, name string, m place.Municipality) (Series, error) {
	s := Series{Name: name}
	seen := map[counts.Row]bool{}
	err := table.File(folder, path.Join("series", name+".csv"), seriesColumns, func(r table.Row) {
		f := readFact(r, m)
		cell := counts.Row{Stream: f.Row.Stream, Area: f.Row.Area, Day: f.Row.Day}
		if seen[cell] {
			r.Wrong("day", "stream, area and day stand on an earlier line")
		}
		seen[cell] = true
		s.Facts = append(s.Facts, f)
	})
	if err != nil {
		return s, err
	}
	if len(s.Facts) == 0 {
		return s, fault.New(fault.Invalid, "the series %s has no counts", name)
	}
	s.First, s.Last = s.Facts[0].Row.Day, s.Facts[0].Row.Day
	for _, f := range s.Facts {
		s.First, s.Last = min(s.First, f.Row.Day), max(s.Last, f.Row.Day)
	}
	slices.SortStableFunc(s.Facts, func(a, b Fact) int { return a.Told.Compare(b.Told) })
	return s, nil
}

func readFact(r table.Row, m place.Municipality) Fact {
	day := table.As(r, "day", civil.ParseDay)
	told := day
	if r.Text("published") != "" {
		if told = table.As(r, "published", civil.ParseDay); told < day {
			r.Wrong("published", "lies before the day that was counted")
		}
	}
	stream := counts.Stream(r.Needed("stream"))
	if !counts.Known(stream) {
		r.Wrong("stream", "is none of the known streams")
	}
	return Fact{Source: observe.SourceID(r.Needed("source")), Told: told.At(toldAt, 0, m.Location),
		Row: counts.Row{Stream: stream, Area: knownArea(r, m.Areas), Day: day, Count: r.Int("count", 0, 1_000_000_000),
			Basis: table.OneOf(r, "basis", place.Stated, place.Reconstructed), Reported: told.At(toldAt, 0, m.Location), Line: r.Line}}
}
