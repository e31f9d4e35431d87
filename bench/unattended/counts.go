package unattended

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/drill"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Outbreak is one that was planted: extra counts in one place.
type Outbreak struct {
	ID   int        `json:"id"`
	Area place.Code `json:"area"`
	// First and Last day with extra counts.
	First civil.Day `json:"first"`
	Last  civil.Day `json:"last"`
	// Extra is what it adds to each stream in all.
	Extra map[counts.Stream]int `json:"extra"`
	// Strength is the extra of its largest stream over what is usual there in
	// a day.
	Strength float64 `json:"strength"`

	days map[counts.Stream]map[civil.Day]int
}

// streams lists the streams of an outbreak in alphabetical order.
func (o Outbreak) streams() []counts.Stream {
	var all []counts.Stream
	for s := range o.Extra {
		all = append(all, s)
	}
	slices.Sort(all)
	return all
}

// Silence is a source that reports nothing for a time.
type Silence struct {
	Source observe.SourceID `json:"source"`
	First  civil.Day        `json:"first"`
	Last   civil.Day        `json:"last"`
}

// City is a generated history: the counts in the order in which they were
// told, and the truth about them.
type City struct {
	Size      Size
	Series    drill.Series
	Watched   civil.Window
	Outbreaks []Outbreak
	Silence   Silence
	// Late, Missing and Corrected are how many reports of a source and day came
	// after their day, never, and wrong at first.
	Late, Missing, Corrected int
}

// firstDay is the first day of the history.
var firstDay = civil.MustDay("2021-03-01")

// toldAt is the hour at which a day's reports come in.
const toldAt = 20

// How often reports are late, missing, and wrong at first: shares of the
// reports of a source and day.
const (
	shareLate      = 0.06
	shareMissing   = 0.01
	shareCorrected = 0.03
)

// Generate makes the counts of a city. The same size gives the same counts.
func (z Size) Generate(zone *time.Location) City {
	w := civil.Window{First: firstDay + civil.Day(z.Before), Last: firstDay + civil.Day(z.Before+z.Days) - 1}
	reporters := z.reporters()
	c := City{Size: z, Watched: w, Series: drill.Series{Name: "unattended", First: firstDay, Last: w.Last}}
	silent := reporters[(z.Districts-1)*3+2] // the last district's pharmacies
	begin := w.First + civil.Day(z.Days/2)
	c.Silence = Silence{Source: observe.SourceID(silent.id), First: begin, Last: begin + 9}
	c.Outbreaks = z.plant(reporters, w, c.Silence)
	for _, r := range reporters {
		c.report(r, zone)
	}
	slices.SortStableFunc(c.Series.Facts, func(a, b drill.Fact) int {
		return cmp.Or(a.Told.Compare(b.Told), cmp.Compare(a.Source, b.Source))
	})
	return c
}

// report tells what one source counted, day by day.
func (c *City) report(r reporter, zone *time.Location) {
	rng := stat.NewStream(c.Size.Seed, "unattended reports "+r.id)
	for day := c.Series.First; day <= c.Series.Last; day++ {
		rows := c.count(&rng, r, day)
		fate, delay, wrong := rng.Float64(), 1+rng.IntN(3), rng.IntN(len(r.cells))
		if len(rows) == 0 || c.silent(r, day) {
			continue
		}
		told := day
		switch {
		case fate < shareMissing:
			c.Missing++
			continue
		case fate < shareMissing+shareLate:
			c.Late++
			told += civil.Day(delay)
		case fate < shareMissing+shareLate+shareCorrected:
			c.Corrected++
			right := rows[wrong]
			rows[wrong].Count = right.Count / 2 // half of the forms were not in yet
			c.tell(r, []counts.Row{right}, (told+civil.Day(delay)).At(toldAt, 0, zone))
		}
		c.tell(r, rows, told.At(toldAt, 0, zone))
	}
}

func (c *City) tell(r reporter, rows []counts.Row, at time.Time) {
	if at.After(c.Series.Last.At(23, 0, at.Location())) {
		return
	}
	for _, row := range rows {
		row.Reported = at
		c.Series.Facts = append(c.Series.Facts, drill.Fact{Source: observe.SourceID(r.id), Row: row, Told: at})
	}
}

func (c *City) silent(r reporter, day civil.Day) bool {
	return observe.SourceID(r.id) == c.Silence.Source && day >= c.Silence.First && day <= c.Silence.Last
}

// count draws what a source counts on a day, outbreaks included.
func (c *City) count(rng *stat.Stream, r reporter, day civil.Day) []counts.Row {
	var rows []counts.Row
	for _, cell := range r.cells {
		mu := cell.on(day)
		if mu == 0 {
			continue
		}
		n := rng.Poisson(mu)
		if cell.phi > 1 {
			n = rng.NegBinomial(mu, mu/(cell.phi-1))
		}
		for _, o := range c.Outbreaks {
			if o.Area == cell.area {
				n += o.days[r.stream][day]
			}
		}
		rows = append(rows, counts.Row{Stream: r.stream, Area: cell.area, Day: day, Count: int64(n), Basis: place.Stated})
	}
	return rows
}

// on is the usual count of a day: weekday, and a slow wave of the season.
func (c cell) on(day civil.Day) float64 {
	return c.mean * c.weekdays[weekday(day)] * (1 + 0.15*math.Sin(2*math.Pi*float64(day)/180))
}

// weekday counts from Monday, 0.
func weekday(day civil.Day) int { return (int(day.Weekday()) + 6) % 7 }

// kind is a way in which an outbreak shows: the share of its people that each
// stream sees.
var kinds = []map[counts.Stream]float64{
	{counts.FeverVisits: 1},
	{counts.FeverVisits: 1, counts.Antipyretics: 1.5},
	{counts.SchoolAbsence: 1.5, counts.FeverVisits: 0.4},
	{counts.FeverVisits: 0.8, counts.SchoolAbsence: 0.8, counts.Antipyretics: 1},
}

// strengths are how many usual days an outbreak adds in its largest stream.
var strengths = []float64{2, 4, 8}

// plant draws outbreaks that do not overlap in place, and none where a source
// is silent: nobody could find those.
func (z Size) plant(reporters []reporter, w civil.Window, s Silence) []Outbreak {
	rng := stat.NewStream(z.Seed, "unattended outbreaks")
	taken := map[place.Code]bool{}
	var all []Outbreak
	for len(all) < min(z.Outbreaks, (z.Districts-1)*z.Streets) {
		area := streetCode(rng.IntN(z.Districts-1), rng.IntN(z.Streets))
		if taken[area] {
			continue
		}
		taken[area] = true
		n := len(all)
		o := Outbreak{ID: n + 1, Area: area, First: w.Last, Extra: map[counts.Stream]int{}, Strength: strengths[n%len(strengths)],
			days: map[counts.Stream]map[civil.Day]int{}}
		first := w.First + civil.Day(3+rng.IntN(max(1, z.Days-17)))
		for _, r := range reporters {
			share, ok := kinds[n%len(kinds)][r.stream]
			if !ok {
				continue
			}
			for _, cell := range r.cells {
				if cell.area == area {
					o.add(&rng, cell, r.stream, share, first, w.Last)
				}
			}
		}
		all = append(all, o)
	}
	slices.SortStableFunc(all, func(a, b Outbreak) int { return cmp.Compare(a.First, b.First) })
	return all
}

// add spreads the outbreak's people over the days after its beginning, as an
// incubation log-normal about four days does (Sartwell 1950).
func (o *Outbreak) add(rng *stat.Stream, c cell, stream counts.Stream, share float64, first, last civil.Day) {
	people := max(8, int(math.Round(o.Strength*share*c.mean)))
	days := map[civil.Day]int{}
	for range people {
		day := first + civil.Day(math.Min(13, rng.LogNormal(math.Log(3.5), 0.5)))
		for c.weekdays[weekday(day)] == 0 { // told when the school opens
			day++
		}
		if day <= last {
			days[day]++
		}
	}
	for day, n := range days {
		o.First, o.Last = min(o.First, day), max(o.Last, day)
		o.Extra[stream] += n
	}
	o.days[stream] = days
}

// String tells an outbreak in one line.
func (o Outbreak) String() string {
	return fmt.Sprintf("outbreak %d in %s from %s to %s", o.ID, o.Area, o.First, o.Last)
}
