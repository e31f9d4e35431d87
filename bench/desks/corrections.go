package desks

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/bench"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Corrections measures what it takes to judge anew what one corrected count
// bears on, and to tell the verdicts of a year as they were given.
type Corrections struct {
	Watch *watch.Desk // with its indicators
	// Days of history there are, of every street and five streams.
	Days int
	// Back is how many days back the corrected day lies.
	Back int
	// Times is how many counts are corrected, one after the other.
	Times int
	Clock bench.Clock
	Seed  uint64
}

// reported are the streams of the synthetic history, with their usual counts.
func reported() map[counts.Stream]float64 {
	return map[counts.Stream]float64{counts.FeverVisits: 12, counts.Antipyretics: 40, counts.SchoolAbsence: 15,
		counts.Admissions: 3, counts.ConfirmedLocal: 0.02}
}

func (b Corrections) today() civil.Day { return civil.DayOf(b.Clock(), b.Watch.Center.City) }

// Streets lists the streets of the synthetic city.
func Streets() []place.Code {
	var of []place.Code
	for _, a := range Areas() {
		if a.Kind == place.Street {
			of = append(of, a.Code)
		}
	}
	return of
}

// Fill stores the history, a batch a day, each recorded in the evening of its day.
func (b Corrections) Fill(ctx context.Context, progress func(done, total int)) error {
	random := stat.NewStream(b.Seed, "corrections")
	g := NewGenerator(b.Seed, b.Clock())
	today, streets, usual := b.today(), Streets(), reported()
	for n := range b.Days {
		day := today - civil.Day(b.Days-n)
		batch := counts.Batch{ID: counts.BatchID(g.id()), Source: "bench", Status: observe.Actual, Recorded: day.At(21, 0, b.Watch.Center.City).UTC()}
		var rows []counts.Observation
		for _, stream := range counts.Streams() {
			if usual[stream] == 0 {
				continue
			}
			for _, street := range streets {
				rows = append(rows, counts.Observation{ID: counts.ID(g.id()), Batch: batch.ID, Stream: stream, Area: street, Day: day,
					Count: int64(random.Poisson(usual[stream])), Source: batch.Source, Status: batch.Status, Basis: place.Stated,
					Reported: batch.Recorded, Recorded: batch.Recorded})
			}
		}
		batch.Rows = len(rows)
		if err := b.Watch.Write(ctx, func(tx watch.Tx) error { return tx.AddBatch(ctx, batch, rows) }); err != nil {
			return fmt.Errorf("store the synthetic counts of %s: %w", day, err)
		}
		progress(n+1, b.Days)
	}
	return nil
}

// Correct corrects one street's fever visits of a day over and over, each time
// another street's, and returns the mean time until everything that the
// correction bears on was judged anew.
func (b Corrections) Correct(ctx context.Context) (time.Duration, error) {
	streets := Streets()
	day := b.today() - civil.Day(b.Back)
	var all time.Duration
	for n := range b.Times {
		since := b.Watch.Center.Time()
		row := counts.Row{Stream: counts.FeverVisits, Area: streets[n%len(streets)], Day: day, Count: int64(100 + n), Line: 1}
		if _, err := b.Watch.Ingest(ctx, access.TheProgram(Root), watch.Ingest{Source: "bench", Status: observe.Actual, Rows: []counts.Row{row}}); err != nil {
			return 0, fmt.Errorf("correct %s: %w", row.Area, err)
		}
		begin := b.Clock()
		if _, err := b.Watch.Scan(ctx, since, observe.Actual); err != nil {
			return 0, err
		}
		all += b.Clock().Sub(begin)
	}
	return all / time.Duration(b.Times), nil
}

// EveryDay does the same by reading every stream for every day from the
// corrected one on and asking all indicators everywhere, without raising
// anything. It does so for some of the days and returns the time for all.
func (b Corrections) EveryDay(ctx context.Context, sample int) (time.Duration, error) {
	begin := b.Clock()
	for n := range sample {
		day := b.today() - civil.Day(b.Back*n/sample)
		for stream := range reported() {
			q := watch.SeriesQuery{Stream: stream, Area: Root, Window: civil.Window{First: day - detect.Lookback, Last: day}, AsOf: b.Watch.Center.Time(), Status: observe.Actual}
			own, err := b.Watch.Store.OwnSeries(ctx, q)
			if err != nil {
				return 0, err
			}
			known := counts.Rollup(b.Watch.Areas, own)
			for _, ind := range b.Watch.Indicators {
				for _, a := range b.Watch.Areas {
					if ind.Stream == stream && slices.Contains(ind.Areas, a.Kind) {
						ind.Evaluate(a.Code, known[a.Code], day)
					}
				}
			}
		}
	}
	return b.Clock().Sub(begin) * time.Duration(b.Back+1) / time.Duration(sample), nil
}

// verdicts are asked of the fever visits of the newest days.
func (b Corrections) verdicts(area place.Code, days int) watch.VerdictQuery {
	return watch.VerdictQuery{Indicator: "fever-visits-rise", SeriesQuery: watch.SeriesQuery{Stream: counts.FeverVisits, Area: area,
		Window: civil.Trailing(b.today()-1, days), AsOf: b.Watch.Center.Time(), Status: observe.Actual}}
}

// Verdicts returns the time in which the verdicts of some days of an area are told.
func (b Corrections) Verdicts(ctx context.Context, area place.Code, days int) (time.Duration, error) {
	begin := b.Clock()
	_, err := b.Watch.Verdicts(ctx, access.Actor{User: "bench", Grants: []access.Grant{{Role: access.Epidemiologist, Area: Root}}}, b.verdicts(area, days))
	return b.Clock().Sub(begin), err
}

// VerdictsByDay asks for the same with one reading for each day and one for now.
func (b Corrections) VerdictsByDay(ctx context.Context, area place.Code, days int) (time.Duration, error) {
	q := b.verdicts(area, days)
	i := slices.IndexFunc(b.Watch.Indicators, func(ind detect.Indicator) bool { return ind.ID == q.Indicator })
	begin := b.Clock()
	for day := q.Window.First; day <= q.Window.Last; day++ {
		one := q.SeriesQuery
		one.Window = civil.Window{First: day - detect.Lookback, Last: day}
		for _, asOf := range []time.Time{(day + 1).At(0, 0, b.Watch.Center.City), q.AsOf} {
			one.AsOf = asOf
			points, err := b.Watch.Store.Series(ctx, one)
			if err != nil {
				return 0, err
			}
			b.Watch.Indicators[i].Judge(points, day)
		}
	}
	return b.Clock().Sub(begin), nil
}
