package store

import (
	"context"
	"fmt"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/picture"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/observe/counts"
)

func versionRow(v *counts.Version) []any {
	return []any{&v.Area, &v.Day, &v.Source, &v.Count, &v.Basis, instant{&v.Recorded}}
}

// Versions implements [picture.Store].
func (v view) Versions(ctx context.Context, q picture.Query, w civil.Window) ([]counts.Version, error) {
	return v.SeriesVersions(ctx, watch.SeriesQuery{Stream: q.Stream, Area: q.Area, Window: w, AsOf: q.AsOf, Status: q.Status})
}

// SeriesVersions implements [watch.Store].
func (v view) SeriesVersions(ctx context.Context, q watch.SeriesQuery) ([]counts.Version, error) {
	sources, args := asked(q)
	rows, err := list(ctx, v.q, versionRow, `SELECT area, day, source, counted, basis, recorded FROM observation
		WHERE stream = $1 AND status = $2 AND day BETWEEN $3 AND $4 AND recorded <= $5
			AND area IN (SELECT area FROM area_closure WHERE within = $6)`+sources+` ORDER BY recorded, seq`, args...)
	if err != nil {
		return nil, fmt.Errorf("read the versions of %s in %s: %w", q.Stream, q.Area, err)
	}
	return rows, nil
}
