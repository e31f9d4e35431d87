package watch

import (
	"context"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// Stands tells of each finding under a signal whether its indicator would find
// it again on what is known now. Corrections do not rewrite what was found and
// decided; they are set beside it. Findings about those who watch, and those of
// an indicator that is no longer in use, stand as they were made.
func (d *Desk) Stands(ctx context.Context, s detect.Signal) ([]bool, error) {
	read := map[counts.Stream]strata{}
	stands := make([]bool, len(s.Evidence))
	for i, e := range s.Evidence {
		k := slices.IndexFunc(d.Indicators, func(ind detect.Indicator) bool { return ind.ID == e.Indicator })
		if stands[i] = k < 0; stands[i] {
			continue
		}
		ind := d.Indicators[k]
		if _, ok := read[ind.Stream]; !ok {
			series, err := d.series(ctx, ind.Stream, s)
			if err != nil {
				return nil, err
			}
			read[ind.Stream] = series
		}
		_, stands[i] = read[ind.Stream].evaluate(ind, e.Stratum, e.Area, e.Day)
	}
	return stands, nil
}

// series reads what is now known of a stream in the days of a signal and as
// far before them as its indicators reach.
func (d *Desk) series(ctx context.Context, stream counts.Stream, s detect.Signal) (strata, error) {
	q := SeriesQuery{Stream: stream, Area: d.City, AsOf: d.Center.Time(), Status: s.Status}
	q.Window.First, q.Window.Last = s.First-civil.Day(d.reach(stream)), s.Last
	return d.stratify(d.indicatorsOf(stream), q, func(q SeriesQuery) (map[place.Code][]counts.Point, error) { return d.Store.OwnSeries(ctx, q) })
}
