package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// SignalsOfStream implements [watch.Store].
func (v view) SignalsOfStream(ctx context.Context, stream string, status observe.Status, w civil.Window) ([]detect.Signal, error) {
	of, err := list(ctx, v.q, signalRow, signalTable.get()+`WHERE status = $1 AND stream = $2 AND last_day >= $3 AND first_day <= $4
		ORDER BY seq DESC`, status, stream, w.First, w.Last)
	if err != nil {
		return nil, fmt.Errorf("list of the signals of %s: %w", stream, err)
	}
	return of, nil
}

// SignalsSince implements [watch.Store].
func (v view) SignalsSince(ctx context.Context, within []place.Code, status observe.Status, day civil.Day) ([]detect.Signal, error) {
	of, err := list(ctx, v.q, signalRow, signalTable.get()+`WHERE status = $1 AND last_day >= $2
		AND area IN (SELECT area FROM area_closure WHERE within IN each($3)) ORDER BY seq DESC`, status, day, array(within))
	if err != nil {
		return nil, fmt.Errorf("list of the signals since %s: %w", day, err)
	}
	return of, nil
}

// LastOfIndicator implements [watch.Store].
func (v view) LastOfIndicator(ctx context.Context, within []place.Code, status observe.Status, stream, indicator string) (detect.Signal, bool, error) {
	named := strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(`"indicator":"` + indicator + `"`)
	s, ok, err := first(ctx, v.q, signalRow, signalTable.get()+`WHERE status = $1 AND stream = $2
		AND area IN (SELECT area FROM area_closure WHERE within IN each($3)) AND evidence LIKE $4 ESCAPE '!'
		ORDER BY last_day DESC, seq DESC LIMIT 1`, status, stream, array(within), "%"+named+"%")
	if err != nil {
		return s, false, fmt.Errorf("read the last signal of %s: %w", indicator, err)
	}
	return s, ok, nil
}

func lastDataRow(l *watch.LastData) []any { return []any{&l.Stream, &l.Day, instant{&l.Recorded}} }

// LastData implements [watch.Store].
func (v view) LastData(ctx context.Context, within []place.Code, status observe.Status, w civil.Window) ([]watch.LastData, error) {
	last, err := list(ctx, v.q, lastDataRow, `SELECT stream, max(day), max(recorded) FROM observation
		WHERE status = $1 AND day BETWEEN $2 AND $3 AND area IN (SELECT area FROM area_closure WHERE within IN each($4))
		GROUP BY stream ORDER BY stream`, status, w.First, w.Last, array(within))
	if err != nil {
		return nil, fmt.Errorf("read when data last came: %w", err)
	}
	return last, nil
}
