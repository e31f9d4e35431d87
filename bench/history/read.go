// Package history replays recorded streams of real places, evening by evening,
// through the indicators of the program, and measures how much earlier than the
// counts of cases each stream spoke.
//
// In: a folder of tables as surveillance publishes them, and indicators. Out:
// for each stream the first finding of every wave of cases, its lead over the
// first finding on cases and over the beginning that hindsight shows, and the
// findings outside any wave. A table of a form that is not known is named, and
// the others are read.
package history

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// Place is the streams of one place.
type Place struct {
	Name    string
	Streams []Stream
}

// Stream is one of them, with everything that was ever told of it.
type Stream struct {
	File     string
	Stream   counts.Stream
	Every    int // days between two counts: 1 or 7
	Versions []counts.Version
}

// Skipped is a table that was not read.
type Skipped struct {
	File string `json:"file"`
	Why  string `json:"skipped"`
}

// Read reads every CSV of a folder and the folders within. The fault is
// NotFound for a folder that cannot be read or has no table of a known form.
func Read(folder fs.FS) ([]Place, []Skipped, error) {
	places := map[string]*Place{}
	var skipped []Skipped
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".csv" {
			return err
		}
		t, err := readTable(folder, name)
		if err != nil {
			skipped = append(skipped, Skipped{name, err.Error()})
			return nil
		}
		found, why := t.streams()
		if why != "" {
			skipped = append(skipped, Skipped{name, why})
		}
		for _, n := range found {
			if places[n.place] == nil {
				places[n.place] = &Place{Name: n.place}
			}
			places[n.place].add(n.Stream)
		}
		return nil
	})
	if err != nil {
		return nil, nil, fault.New(fault.NotFound, "the folder cannot be read: %v", err)
	}
	if len(places) == 0 {
		return nil, skipped, fault.New(fault.NotFound, "the folder has no table of a form that is known")
	}
	var all []Place
	for _, name := range slices.Sorted(maps.Keys(places)) {
		all = append(all, *places[name])
	}
	return all, skipped, nil
}

// add takes in a stream, unless another file told the very same: the files of
// two laboratory protocols repeat the cases of their place.
func (p *Place) add(s Stream) {
	same := func(t Stream) bool { return t.Stream == s.Stream && slices.Equal(t.Versions, s.Versions) }
	if !slices.ContainsFunc(p.Streams, same) {
		p.Streams = append(p.Streams, s)
	}
}

// table is a file with a header, as text.
type table struct {
	file   string
	header []string
	rows   [][]string
}

const mostRows = 1_000_000

func readTable(folder fs.FS, name string) (table, error) {
	t := table{file: name}
	f, err := folder.Open(name)
	if err != nil {
		return t, fmt.Errorf("it cannot be opened")
	}
	defer f.Close()
	text, err := fs.ReadFile(folder, name)
	if err != nil {
		return t, fmt.Errorf("it cannot be read")
	}
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff")))
	in.LazyQuotes = true
	if line, _, _ := strings.Cut(string(text), "\n"); strings.Count(line, ";") > strings.Count(line, ",") {
		in.Comma = ';'
	}
	if t.rows, err = in.ReadAll(); err != nil {
		return t, fmt.Errorf("it is no table: %w", err)
	}
	if len(t.rows) < 2 || len(t.rows) > mostRows {
		return t, fmt.Errorf("it has %d rows", max(0, len(t.rows)-1))
	}
	t.header, t.rows = t.rows[0], t.rows[1:]
	return t, nil
}

// column returns the place of the first column whose name is, or begins with,
// one of the names; -1 for none.
func (t table) column(names ...string) int {
	for _, name := range names {
		if i := slices.IndexFunc(t.header, func(h string) bool { return strings.EqualFold(h, name) || strings.HasPrefix(h, name+" [") }); i >= 0 {
			return i
		}
	}
	return -1
}

// placed is a stream and the name of its place.
type placed struct {
	place string
	Stream
}

// streams recognises the form of a table by its header.
func (t table) streams() ([]placed, string) {
	date := t.column("date")
	switch value := t.column("value"); {
	case t.column("sars_cov2_rna") >= 0 && t.column("new_cases") >= 0:
		return t.water(), ""
	case t.column("as_of") >= 0 && date >= 0 && value >= 0:
		return t.long(date, value, t.column("as_of")), ""
	case date >= 0 && value >= 0 && t.column("location") >= 0:
		return t.long(date, value, -1), ""
	case t.column("confirmed") >= 0 && t.column("cured") >= 0 && date >= 0:
		return t.totals(date), ""
	case t.column("dt_report", "confirmed_date", "date_confirmation") >= 0:
		return t.cases(t.column("dt_report", "confirmed_date", "date_confirmation")), ""
	case date >= 0:
		return t.wide(date)
	}
	return nil, "its header is of no form that is known"
}

// gather collects the versions of streams of one kind, by place.
type gather struct {
	table  table
	stream counts.Stream
	every  int
	by     map[string][]counts.Version
}

func (t table) gather(stream counts.Stream, every int) *gather {
	return &gather{table: t, stream: stream, every: every, by: map[string][]counts.Version{}}
}

// add takes in a count that was told on the evening of a day.
func (g *gather) add(at string, day, told civil.Day, count float64) {
	if count < 0 || math.IsNaN(count) || count > 1e15 {
		return
	}
	g.by[at] = append(g.by[at], counts.Version{Area: whole, Day: day, Source: "file", Count: int64(math.Round(count)), Basis: place.Stated,
		Recorded: told.At(20, 0, time.UTC)})
}

func (g *gather) streams() []placed {
	var all []placed
	for _, at := range slices.Sorted(maps.Keys(g.by)) {
		all = append(all, placed{at, Stream{File: g.table.file, Stream: g.stream, Every: g.every, Versions: g.by[at]}})
	}
	return all
}

// whole is the one area that a place of this package has.
const whole place.Code = "place"

func day(text string) (civil.Day, bool) {
	if len(text) > 10 {
		text = text[:10]
	}
	d, err := civil.ParseDay(strings.TrimSpace(text))
	return d, err == nil
}

func number(text string) float64 {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

func (t table) name() string { return strings.TrimSuffix(path.Base(t.file), ".csv") }

// water reads a series of a sewage plant: gene copies a day and 100,000 people,
// taken in billions, and new cases a day and 100,000, taken by the million.
func (t table) water() []placed {
	const billion, perMillion = 1e9, 10
	rna, cases := t.column("sars_cov2_rna"), t.column("new_cases")
	load, ill := t.gather(counts.Wastewater, 1), t.gather(counts.ConfirmedLocal, 1)
	plant, _, _ := strings.Cut(t.name(), "_v") // the file's name ends with the protocol
	for _, r := range t.rows {
		if d, ok := day(r[0]); ok {
			load.add(plant, d, d, number(r[rna])/billion)
			ill.add(plant, d, d, number(r[cases])*perMillion)
		}
	}
	return append(load.streams(), ill.streams()...)
}

// long reads weekly counts by location, with the date from which each was known
// where there is one. Shares, which stay under 1, are taken by ten thousand.
func (t table) long(date, value, asOf int) []placed {
	const week, perTenThousand = 7, 1e4
	location := t.column("location")
	top := 0.0
	for _, r := range t.rows {
		if v := number(r[value]); v > top {
			top = v
		}
	}
	stream, scale, name := counts.Admissions, 1.0, "flu "
	if top < 1 {
		stream, scale = counts.FeverVisits, perTenThousand
	}
	if asOf >= 0 {
		name = "flu, as it was known, "
	}
	g := t.gather(stream, week)
	for _, r := range t.rows {
		d, ok := day(r[date])
		told := d
		if ok && asOf >= 0 {
			told, ok = day(r[asOf])
		}
		if ok {
			g.add(name+r[location], d, told, number(r[value])*scale)
		}
	}
	return g.streams()
}

// totals reads cumulative cases by city.
func (t table) totals(date int) []placed {
	confirmed, province, city := t.column("confirmed"), t.column("province"), t.column("city")
	rows := map[string][]counts.Row{}
	for _, r := range t.rows {
		at := strings.TrimSpace(r[province] + " " + r[city])
		d, ok := day(r[date])
		if n := number(r[confirmed]); ok && n >= 0 && at != "" {
			rows[at] = append(rows[at], counts.Row{Stream: counts.ConfirmedLocal, Area: whole, Day: d, Count: int64(n)})
		}
	}
	g := t.gather(counts.ConfirmedLocal, 1)
	for at, list := range rows {
		slices.SortStableFunc(list, func(a, b counts.Row) int { return cmp.Compare(a.Day, b.Day) })
		daily, _ := counts.FromCumulative(list)
		for _, r := range daily {
			g.add(at, r.Day, r.Day, float64(r.Count))
		}
	}
	return g.streams()
}

// cases counts a list of cases by the day on which they were reported. Days
// without any are told as zero.
func (t table) cases(date int) []placed {
	by := map[civil.Day]int{}
	for _, r := range t.rows {
		if d, ok := day(r[date]); ok {
			by[d]++
		}
	}
	g := t.gather(counts.ConfirmedLocal, 1)
	days := slices.Sorted(maps.Keys(by))
	if len(days) == 0 {
		return nil
	}
	for d := days[0]; d <= days[len(days)-1]; d++ {
		g.add(t.name(), d, d, float64(by[d]))
	}
	return g.streams()
}

// wide reads a date and columns of counts, which are added up: one outbreak.
// Counts are of a week where all dates lie a week apart.
func (t table) wide(date int) ([]placed, string) {
	sums := map[civil.Day]float64{}
	counted := t.counted(date)
	for _, r := range t.rows {
		d, ok := day(r[date])
		if !ok {
			continue
		}
		n, any := 0.0, false
		for _, i := range counted {
			if v := number(r[i]); !math.IsNaN(v) {
				n, any = n+v, true
			}
		}
		if any {
			sums[d] += n
		}
	}
	days := slices.Sorted(maps.Keys(sums))
	if len(days) < 10 || t.column("situation_report", "case_id", "id", "patient_id", "time") >= 0 {
		return nil, "it is no table of counts by day"
	}
	every := 7
	for i := 1; i < len(days); i++ {
		if (days[i]-days[i-1])%7 != 0 {
			every = 1
		}
	}
	stream := counts.ConfirmedLocal
	if t.column("site_type") >= 0 { // calls and online contacts
		stream = counts.FeverVisits
	}
	g := t.gather(stream, every)
	for i, d := range days {
		for gap := d - 6; every == 1 && i > 0 && gap < d; gap++ { // an outbreak's list leaves out the days without a case
			if gap > days[i-1] {
				g.add(t.name(), gap, gap, 0)
			}
		}
		g.add(t.name(), d, d, sums[d])
	}
	return g.streams(), ""
}

// counted are the columns of a table that hold counts: the one that is called
// so, or all but the date.
func (t table) counted(date int) []int {
	if i := t.column("count", "cases", "in_bed"); i >= 0 {
		return []int{i}
	}
	var all []int
	for i := range t.header {
		if i != date {
			all = append(all, i)
		}
	}
	return all
}
