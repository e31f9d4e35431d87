package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

var (
	batchTable       = table{"batch", "id, source, status, recorded, row_count, glitches"}
	observationTable = table{"observation", "id, batch, stream, area, day, counted, denominator, source, status, basis, reported, recorded, supersedes"}
)

func batchRow(b *counts.Batch) []any {
	return []any{&b.ID, &b.Source, &b.Status, instant{&b.Recorded}, &b.Rows, jsonText{&b.Glitches}}
}

func observationRow(o *counts.Observation) []any {
	return []any{&o.ID, &o.Batch, &o.Stream, &o.Area, &o.Day, &o.Count, &o.Denominator, &o.Source, &o.Status,
		&o.Basis, instant{&o.Reported}, instant{&o.Recorded}, &o.Supersedes}
}

// atOnce is how many observations are stored by one statement.
const atOnce = 100

// AddBatch implements [watch.Tx].
func (tx *Tx) AddBatch(ctx context.Context, b counts.Batch, rows []counts.Observation) error {
	if err := add(ctx, tx.q, batchTable, batchRow(&b), "batch", b.ID); err != nil {
		return err
	}
	for len(rows) > 0 {
		n := 1
		if len(rows) >= atOnce {
			n = atOnce
		}
		var args []any
		for i := range rows[:n] {
			args = append(args, observationRow(&rows[i])...)
		}
		if _, err := tx.q.exec(ctx, observationTable.insert(n), args...); err != nil {
			return fmt.Errorf("store observations of batch %s: %w", b.ID, err)
		}
		rows = rows[n:]
	}
	return nil
}

// Standing implements [watch.Tx] and [watch.Store].
func (v view) Standing(ctx context.Context, source observe.SourceID, status observe.Status, w civil.Window) ([]counts.Observation, error) {
	rows, err := list(ctx, v.q, observationRow, `SELECT `+observationTable.columns+` FROM (
			SELECT *, row_number() OVER (PARTITION BY stream, area, day ORDER BY recorded DESC, seq DESC) AS age
			FROM observation WHERE source = $1 AND status = $2 AND day BETWEEN $3 AND $4) o
		WHERE age = 1 ORDER BY seq`, source, status, w.First, w.Last)
	if err != nil {
		return nil, fmt.Errorf("read the standing observations of %s: %w", source, err)
	}
	return rows, nil
}

// Batch implements [watch.Store].
func (v view) Batch(ctx context.Context, id counts.BatchID) (counts.Batch, error) {
	return one(ctx, v.q, batchTable, batchRow, "batch", id)
}

// Observations implements [watch.Store]: those of a batch, in the order in
// which they were stored.
func (v view) Observations(ctx context.Context, batch counts.BatchID) ([]counts.Observation, error) {
	rows, err := list(ctx, v.q, observationRow, observationTable.get()+"WHERE batch = $1 ORDER BY seq", batch)
	if err != nil {
		return nil, fmt.Errorf("read the observations of batch %s: %w", batch, err)
	}
	return rows, nil
}

func newsRow(n *watch.News) []any { return []any{&n.Stream, &n.Area, &n.First, &n.Corrected} }

// News implements [watch.Store]. The batches come first, so that a quiet hour
// costs a look at the newest of them: SQLite keeps the order of a CROSS JOIN.
func (v view) News(ctx context.Context, since time.Time, w civil.Window, status observe.Status) ([]watch.News, error) {
	news, err := list(ctx, v.q, newsRow, `SELECT o.stream, o.area, min(o.day), min(CASE WHEN o.supersedes <> '' THEN o.day END)
		FROM batch b CROSS JOIN observation o
		WHERE o.batch = b.id AND b.recorded >= $1 AND b.status = $2 AND o.day BETWEEN $3 AND $4 GROUP BY o.stream, o.area ORDER BY o.stream, o.area`,
		instant{&since}, status, w.First, w.Last)
	if err != nil {
		return nil, fmt.Errorf("read what was told: %w", err)
	}
	return news, nil
}

// History implements [watch.Store].
func (v view) History(ctx context.Context, stream counts.Stream, area place.Code, day civil.Day, status observe.Status) ([]counts.Observation, error) {
	rows, err := list(ctx, v.q, observationRow, observationTable.get()+`WHERE stream = $1 AND area = $2 AND day = $3 AND status = $4
		ORDER BY recorded DESC, seq DESC`, stream, area, day, status)
	if err != nil {
		return nil, fmt.Errorf("read the history of %s in %s on %s: %w", stream, area, day, err)
	}
	return rows, nil
}

// topmost is the common beginning of every question about a stream. Of the
// observations of an area and all within it, recorded by an instant, it keeps
// the latest of each source, area and day, and of these, for every day, the
// ones of the topmost areas that have any: an area's own figure is never added
// to those of its parts.
//
// Parameters: $1 stream, $2 status, $3 and $4 window, $5 as of, $6 area.
const topmost = standing + onlyTopmost

const onlyTopmost = `,
	topmost AS (SELECT s.* FROM standing s WHERE NOT EXISTS (
		SELECT 1 FROM area_closure c JOIN standing o ON o.area = c.within
		WHERE c.area = s.area AND c.within <> s.area AND o.day = s.day))
	`

// standing is the first half of topmost: the latest observation of each source,
// area and day, with the same parameters. uncorrected leaves out the corrections
// recorded at $7 or later.
const (
	standing    = ofStream + latestOf
	uncorrected = ` AND (supersedes = '' OR recorded < $7)`

	ofStream = `WITH versions AS (
		SELECT area, day, source, counted, denominator, basis, batch, recorded, seq,
			row_number() OVER (PARTITION BY area, day, source ORDER BY recorded DESC, seq DESC) AS age
		FROM observation
		WHERE stream = $1 AND status = $2 AND day BETWEEN $3 AND $4 AND recorded <= $5
			AND area IN (SELECT area FROM area_closure WHERE within = $6)`
	latestOf = `),
	standing AS (SELECT area, day, counted, denominator, basis, batch, recorded, seq FROM versions WHERE age = 1)
	`
)

// asked returns the parameters of a question about a stream, and the condition
// that narrows it to some sources, of which it has none for all.
func asked(q watch.SeriesQuery, more ...any) (condition string, args []any) {
	args = append([]any{q.Stream, q.Status, q.Window.First, q.Window.Last, instant{&q.AsOf}, q.Area}, more...)
	if len(q.Sources) == 0 {
		return "", args
	}
	args = append(args, array(q.Sources))
	return fmt.Sprintf(" AND source IN each($%d)", len(args)), args
}

// Series implements [watch.Store].
func (v view) Series(ctx context.Context, q watch.SeriesQuery) ([]counts.Point, error) {
	sources, args := asked(q)
	rows, err := list(ctx, v.q, observationPart, ofStream+sources+latestOf+onlyTopmost+
		`SELECT day, counted, denominator, basis, batch FROM topmost ORDER BY day, seq`, args...)
	if err != nil {
		return nil, fmt.Errorf("read the series %s of %s: %w", q.Stream, q.Area, err)
	}
	var points []counts.Point
	for _, r := range rows {
		if n := len(points); n == 0 || points[n-1].Day != r.Day {
			points = append(points, counts.Point{Day: r.Day})
		}
		merge(&points[len(points)-1], r)
	}
	return points, nil
}

func observationPart(o *counts.Observation) []any {
	return []any{&o.Day, &o.Count, &o.Denominator, &o.Basis, &o.Batch}
}

// merge adds an observation to its day. The day has a denominator only if all
// its observations have one.
func merge(p *counts.Point, o counts.Observation) {
	part := counts.Point{Day: o.Day, Count: o.Count, Denominator: o.Denominator,
		Reconstructed: o.Basis == place.Reconstructed, Batches: []string{string(o.Batch)}}
	if len(p.Batches) == 0 {
		*p = part
		return
	}
	*p = p.Plus(part)
}

// OwnSeries implements [watch.Store].
func (v view) OwnSeries(ctx context.Context, q watch.SeriesQuery) (map[place.Code][]counts.Point, error) {
	return v.ownSeries(ctx, q, "")
}

// UncorrectedSeries implements [watch.Store].
func (v view) UncorrectedSeries(ctx context.Context, q watch.SeriesQuery, since time.Time) (map[place.Code][]counts.Point, error) {
	return v.ownSeries(ctx, q, uncorrected, instant{&since})
}

func (v view) ownSeries(ctx context.Context, q watch.SeriesQuery, condition string, more ...any) (map[place.Code][]counts.Point, error) {
	sources, args := asked(q, more...)
	rows, err := list(ctx, v.q, areaPart, ofStream+condition+sources+latestOf+`SELECT area, day, counted, denominator, basis, batch FROM standing ORDER BY area, day, seq`, args...)
	if err != nil {
		return nil, fmt.Errorf("read the series %s of the areas within %s: %w", q.Stream, q.Area, err)
	}
	own := map[place.Code][]counts.Point{}
	for _, r := range rows {
		points := own[r.Area]
		if n := len(points); n == 0 || points[n-1].Day != r.Day {
			points = append(points, counts.Point{Day: r.Day})
		}
		merge(&points[len(points)-1], r)
		own[r.Area] = points
	}
	return own, nil
}

func areaPart(o *counts.Observation) []any {
	return append([]any{&o.Area}, observationPart(o)...)
}

func firstReportRow(r *watch.FirstReport) []any {
	return []any{&r.Source, &r.Stream, &r.Day, instant{&r.Reported}}
}

// ReportQuality implements [watch.Store].
func (v view) ReportQuality(ctx context.Context, sources []observe.Source, w civil.Window, asOf time.Time, city *time.Location) ([]watch.Quality, error) {
	reports, err := v.FirstReports(ctx, sources, observe.Actual, w, asOf)
	if err != nil {
		return nil, err
	}
	quality := make([]watch.Quality, 0, len(sources))
	for _, s := range sources {
		quality = append(quality, keptDuty(s, reports, w, asOf, city))
	}
	return quality, nil
}

// FirstReports implements [watch.Store].
func (v view) FirstReports(ctx context.Context, sources []observe.Source, status observe.Status, w civil.Window, asOf time.Time) ([]watch.FirstReport, error) {
	ids := make([]observe.SourceID, 0, len(sources))
	for _, s := range sources {
		ids = append(ids, s.ID)
	}
	reports, err := list(ctx, v.q, firstReportRow, `SELECT source, stream, day, min(reported) FROM observation
		WHERE source IN each($1) AND status = $2 AND day BETWEEN $3 AND $4 AND recorded <= $5
		GROUP BY source, stream, day`, array(ids), status, w.First, w.Last, asOf.UnixMicro())
	if err != nil {
		return nil, fmt.Errorf("read when the sources reported: %w", err)
	}
	return reports, nil
}

// keptDuty compares what came from a source with what it is expected to
// report. A day counts from the hour on at which its reports are due, so that
// nobody is behind before the time.
func keptDuty(s observe.Source, reports []watch.FirstReport, w civil.Window, asOf time.Time, city *time.Location) watch.Quality {
	for w.Days() > 0 && s.Due(w.Last, city).After(asOf) {
		w.Last--
	}
	q := watch.Quality{Source: s.ID, Expected: len(s.Streams) * w.Days()}
	for _, r := range reports {
		if r.Source != s.ID || !slices.Contains(s.Streams, r.Stream) {
			continue
		}
		if q.Last == nil || *q.Last < r.Day {
			q.Last = &r.Day
		}
		if !w.Holds(r.Day) {
			continue
		}
		q.Reported++
		if !r.Reported.After(s.Due(r.Day, city)) {
			q.OnTime++
		}
	}
	return q
}
