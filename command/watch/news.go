package watch

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// Recent is how many days back a count that is told late still raises a signal.
// What is told later than that for the first time is history; what was told in
// time and is corrected is not.
const Recent = 28

// News is what was recorded of one stream in one area since a time.
type News struct {
	Stream counts.Stream
	Area   place.Code
	// First is the first day that was told about, Corrected the first of those
	// that had been told about before; nil where there is none.
	First     civil.Day
	Corrected *civil.Day
}

// Scan puts the indicators to every day that what was recorded since an instant
// bears on, as the days are known now, and raises or extends signals. It returns
// the signals that it raised or extended, day by day, the highest rank of a day
// first. A second scan of the same facts does nothing.
//
// A count bears on its own day and on those that are compared with it. Days of
// the last [Recent] are judged whenever they or the days before them are told
// about. Older ones are judged again only when a day is corrected, as far back
// as the indicator reaches: today's verdicts rest on no day before that. Of
// them a finding counts that the correction made, so that nothing is raised
// which could have been raised before it. What was decided is not rewritten.
//
// Only the indicators of streams that were told about are asked, in the areas
// told about and around them, and each stream is read once, whatever the number
// of days (twice where older days are judged again).
func (d *Desk) Scan(ctx context.Context, since time.Time, status observe.Status) ([]detect.Signal, error) {
	now := d.Center.Time()
	today := civil.DayOf(now, d.Center.City)
	// A day of the last Recent cannot have been told about before this; and of a
	// program that starts anew the corrections since then are seen again.
	if oldest := now.AddDate(0, 0, -Recent); since.Before(oldest) {
		since = oldest
	}
	news, err := d.Store.News(ctx, since, civil.Window{First: today - civil.Day(d.furthest()), Last: today}, status)
	if err != nil {
		return nil, fmt.Errorf("read what was told since %s: %w", since.UTC().Format(time.RFC3339), err)
	}
	byDay := map[civil.Day][]candidate{}
	for _, r := range d.readings(news, today, since, status) {
		if err := d.judgeAnew(ctx, r, byDay); err != nil {
			return nil, fmt.Errorf("judge %s anew: %w", r.stream, err)
		}
	}
	var changed []detect.Signal
	for _, day := range slices.Sorted(maps.Keys(byDay)) {
		raised, err := d.raiseAll(ctx, byDay[day], status)
		if err != nil {
			return nil, fmt.Errorf("raise signals for %s: %w", day, err)
		}
		changed = append(changed, raised...)
	}
	return changed, nil
}

// reading is what is to be judged anew of one stream.
type reading struct {
	stream     counts.Stream
	indicators []detect.Indicator
	// from is, for each area that is concerned, the first day to be judged.
	from   map[place.Code]civil.Day
	first  civil.Day // the earliest of them
	today  civil.Day
	since  time.Time
	status observe.Status
}

// recent is the first of the days that are judged whenever they are told about.
func (r reading) recent() civil.Day { return r.today - Recent + 1 }

// readings lays out what the news bear on, in order of the streams.
func (d *Desk) readings(news []News, today civil.Day, since time.Time, status observe.Status) []reading {
	var all []reading
	for _, n := range news {
		i := slices.IndexFunc(all, func(r reading) bool { return r.stream == n.Stream })
		if i < 0 {
			asked := d.indicatorsOf(n.Stream)
			if len(asked) == 0 {
				continue
			}
			i = len(all)
			all = append(all, reading{stream: n.Stream, indicators: asked, from: map[place.Code]civil.Day{}, first: today,
				today: today, since: since, status: status})
		}
		r := &all[i]
		from := max(n.First, r.recent())
		if n.Corrected != nil {
			from = min(from, *n.Corrected)
		}
		r.first = min(r.first, from)
		lineage, err := d.Center.Lineage(n.Area)
		if err != nil {
			continue // an area that the city no longer has
		}
		for _, area := range lineage {
			if known, ok := r.from[area]; !ok || from < known {
				r.from[area] = from
			}
		}
	}
	return all
}

func (d *Desk) indicatorsOf(stream counts.Stream) []detect.Indicator {
	var of []detect.Indicator
	for _, ind := range d.Indicators {
		if ind.Stream == stream {
			of = append(of, ind)
		}
	}
	return of
}

// judgeAnew puts the indicators of a stream to the days of a reading, and adds
// what may become a signal to the candidates of each day.
func (d *Desk) judgeAnew(ctx context.Context, r reading, byDay map[civil.Day][]candidate) error {
	known, err := d.stratify(r.indicators, d.all(r), func(q SeriesQuery) (map[place.Code][]counts.Point, error) { return d.Store.OwnSeries(ctx, q) })
	if err != nil {
		return err
	}
	found := d.concerned(r, known)
	if err := d.dropKnown(ctx, r, found); err != nil {
		return err
	}
	for day, fresh := range found {
		if len(fresh) == 0 {
			continue
		}
		// Where a finding belongs depends on what else there is on its day.
		onDay := func(detect.Indicator, place.Code) civil.Window { return civil.Window{First: day, Last: day} }
		parts, err := d.parts(string(r.stream), d.findings(r, known, onDay))
		if err != nil {
			return err
		}
		for part, of := range parts {
			if slices.ContainsFunc(of, func(e detect.Evidence) bool { return slices.ContainsFunc(fresh, e.Equals) }) {
				byDay[day] = append(byDay[day], candidate{stream: string(r.stream), group: detect.GroupOf(string(r.stream), part, r.status),
					stakes: detect.StakesOf(r.stream, d.Indicators), found: of})
			}
		}
	}
	return nil
}

// all asks for what a reading rests on, in all areas.
func (d *Desk) all(r reading) SeriesQuery {
	window := civil.Window{First: r.first - civil.Day(d.reach(r.stream)), Last: r.today}
	return SeriesQuery{Stream: r.stream, Area: d.City, Window: window, AsOf: d.Center.Time(), Status: r.status}
}

// concerned returns the findings of each day in the areas that are concerned.
func (d *Desk) concerned(r reading, known strata) map[civil.Day][]detect.Evidence {
	found := map[civil.Day][]detect.Evidence{}
	for _, e := range d.findings(r, known, func(ind detect.Indicator, area place.Code) civil.Window {
		from, concerned := r.from[area]
		if !concerned {
			return civil.Window{First: r.today + 1, Last: r.today}
		}
		return civil.Window{First: max(from, r.today-civil.Day(ind.Reach())), Last: r.today}
	}) {
		found[e.Day] = append(found[e.Day], e)
	}
	return found
}

// dropKnown drops the findings of older days that are there without the
// corrections as well.
func (d *Desk) dropKnown(ctx context.Context, r reading, found map[civil.Day][]detect.Evidence) error {
	var before strata
	for day, of := range found {
		if day >= r.recent() {
			continue
		}
		if before == nil {
			var err error
			before, err = d.stratify(r.indicators, d.all(r), func(q SeriesQuery) (map[place.Code][]counts.Point, error) {
				return d.Store.UncorrectedSeries(ctx, q, r.since)
			})
			if err != nil {
				return err
			}
		}
		found[day] = slices.DeleteFunc(of, func(e detect.Evidence) bool {
			i := slices.IndexFunc(r.indicators, func(ind detect.Indicator) bool { return ind.ID == e.Indicator })
			was, ok := before.evaluate(r.indicators[i], e.Stratum, e.Area, day)
			return ok && was.Observed == e.Observed
		})
	}
	return nil
}

// findings puts the indicators of a stream to the days that are asked about, area
// by area.
func (d *Desk) findings(r reading, known strata, days func(detect.Indicator, place.Code) civil.Window) []detect.Evidence {
	var found []detect.Evidence
	for _, ind := range r.indicators {
		for _, area := range d.Areas {
			if !slices.Contains(ind.Areas, area.Kind) {
				continue
			}
			w := days(ind, area.Code)
			for day := w.First; day <= w.Last; day++ {
				for _, s := range ind.Strata() {
					if e, ok := known.evaluate(ind, s, area.Code, day); ok {
						found = append(found, e)
					}
				}
			}
		}
	}
	return found
}

// reach is how many days before a day the indicators of a stream need.
func (d *Desk) reach(stream counts.Stream) int {
	most := 0
	for _, ind := range d.indicatorsOf(stream) {
		most = max(most, ind.Reach())
	}
	return most
}

// furthest is how far back any indicator reaches, in days.
func (d *Desk) furthest() int {
	most := 0
	for _, ind := range d.Indicators {
		most = max(most, ind.Reach())
	}
	return most
}
