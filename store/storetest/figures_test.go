package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store"
)

// count is an observation of the story that the tests tell.
type count struct {
	stream  counts.Stream
	area    place.Code
	day     string
	count   int64
	source  observe.SourceID
	status  observe.Status
	hour    int // of recording, after morning
	basis   place.Basis
	batchOf int
}

// tell stores counts, each in the batch that it names.
func tell(t *testing.T, db *store.DB, story []count) {
	t.Helper()
	batches := map[int][]counts.Observation{}
	var order []int
	for i, c := range story {
		recorded := morning.Add(time.Duration(c.hour) * time.Hour)
		if c.source == "" {
			c.source = "commission"
		}
		if c.status == "" {
			c.status = observe.Actual
		}
		if c.basis == "" {
			c.basis = place.Stated
		}
		if batches[c.batchOf] == nil {
			order = append(order, c.batchOf)
		}
		batches[c.batchOf] = append(batches[c.batchOf], counts.Observation{ID: counts.ID(fmt.Sprintf("o%d", i)), Batch: batchID(c.batchOf),
			Stream: c.stream, Area: c.area, Day: civil.MustDay(c.day), Count: c.count, Source: c.source, Status: c.status,
			Basis: c.basis, Reported: recorded, Recorded: recorded})
	}
	act(t, db, func(ctx context.Context, tx *store.Tx) error {
		var errs []error
		for _, n := range order {
			rows := batches[n]
			b := counts.Batch{ID: batchID(n), Source: rows[0].Source, Status: rows[0].Status, Recorded: rows[0].Recorded, Rows: len(rows)}
			errs = append(errs, tx.AddBatch(ctx, b, rows))
		}
		return errors.Join(errs...)
	})
}

func batchID(n int) counts.BatchID { return counts.BatchID(fmt.Sprintf("b%d", n)) }

func batch(n int) trace.Ref { return trace.Ref{Kind: detect.BatchKind, ID: string(batchID(n))} }

// story: the city reports for itself on the 20th, and by areas on the days after.
func story() []count {
	return []count{
		{stream: counts.ConfirmedLocal, area: City, day: "2020-07-20", count: 9, batchOf: 1},
		{stream: counts.ConfirmedLocal, area: East, day: "2020-07-20", count: 1, batchOf: 1}, // a part of the 9
		{stream: counts.ConfirmedLocal, area: Harbour, day: "2020-07-21", count: 2, batchOf: 2, basis: place.Reconstructed},
		{stream: counts.ConfirmedLocal, area: Quay, day: "2020-07-21", count: 2, batchOf: 2}, // a part of the harbour's 2
		{stream: counts.ConfirmedLocal, area: West, day: "2020-07-21", count: 1, batchOf: 2},
		{stream: counts.ConfirmedLocal, area: West, day: "2020-07-21", count: 4, batchOf: 3, hour: 5}, // a correction
		{stream: counts.ConfirmedLocal, area: Hill, day: "2020-07-22", count: 0, batchOf: 3, hour: 5},
		{stream: counts.ConfirmedLocal, area: City, day: "2020-07-22", count: 50, batchOf: 4, status: observe.Exercise},
		{stream: counts.SamplesTaken, area: Harbour, day: "2020-07-22", count: 700, batchOf: 5, source: "laboratory"},
		{stream: counts.SamplesTaken, area: Harbour, day: "2020-07-22", count: 300, batchOf: 6, source: "clinic"},
	}
}

func TestSeries(t *testing.T) {
	type point struct {
		Day           string
		Count         int64
		Reconstructed bool
	}
	tests := []struct {
		name string
		area place.Code
		as   observe.Status
		hour int
		want []point
	}{
		{"the city's own day stands before its parts", City, observe.Actual, 9,
			[]point{{"2020-07-20", 9, false}, {"2020-07-21", 6, true}, {"2020-07-22", 0, false}}},
		{"a correction is unknown before it was recorded", City, observe.Actual, 1,
			[]point{{"2020-07-20", 9, false}, {"2020-07-21", 3, true}}},
		{"a district has what lies within it", East, observe.Actual, 9,
			[]point{{"2020-07-20", 1, false}, {"2020-07-21", 2, true}, {"2020-07-22", 0, false}}},
		{"a community has its own", Quay, observe.Actual, 9, []point{{"2020-07-21", 2, false}}},
		{"an exercise is another world", City, observe.Exercise, 9, []point{{"2020-07-22", 50, false}}},
		{"nothing was known before the first recording", City, observe.Actual, -1, nil},
		{"an area that is not there has nothing", Elsewhere, observe.Actual, 9, nil},
	}
	Each(t, func(t *testing.T, db *store.DB) {
		tell(t, db, story())
		for _, tc := range tests {
			t.Run(tc.name, func(t *testing.T) {
				points, err := db.Series(t.Context(), watch.SeriesQuery{Stream: counts.ConfirmedLocal, Area: tc.area,
					Window: civil.Trailing(day, 14), AsOf: morning.Add(time.Duration(tc.hour) * time.Hour), Status: tc.as})
				if err != nil {
					t.Fatal(err)
				}
				var got []point
				for _, p := range points {
					got = append(got, point{p.Day.String(), p.Count, p.Reconstructed})
				}
				if diff := cmp.Diff(tc.want, got); diff != "" {
					t.Errorf("series (-want +got):\n%s", diff)
				}
			})
		}
	})
}

func TestSeriesAddsDenominatorsThatAllHave(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		b := aBatch(1)
		with, also, without := anObservation(2, b), anObservation(3, b), anObservation(4, b)
		with.Denominator, also.Denominator, also.Area = ptr(int64(10)), ptr(int64(20)), Hill
		without.Day, without.Area = day+1, Hill
		more := anObservation(5, b)
		more.Day, more.Denominator = day+1, ptr(int64(5))
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			return tx.AddBatch(ctx, b, []counts.Observation{with, also, without, more})
		})
		got, err := db.Series(t.Context(), watch.SeriesQuery{Stream: counts.ConfirmedLocal, Area: East,
			Window: civil.Trailing(day+1, 3), AsOf: morning, Status: observe.Actual})
		same(t, "series", got, err, []counts.Point{
			{Day: day, Count: 6, Denominator: ptr(int64(30)), Batches: []string{string(b.ID)}},
			{Day: day + 1, Count: 6, Batches: []string{string(b.ID)}}})
	})
}

// expected is what the small city expects of its sources and posts.
func expected() store.Expected {
	return store.Expected{City: time.UTC,
		Sources: []observe.Source{{ID: "laboratory", Area: Harbour, Streams: []string{"samples.taken"}, DueHour: 9},
			{ID: "clinic", Area: Harbour, Streams: []string{"samples.taken", "fever.visits"}, DueHour: 9},
			{ID: "school", Area: West, Streams: []string{"school.absence"}, DueHour: 9}},
		Posts: []party.Post{{Code: "harbour-duty", Area: Harbour}, {Code: "hill-duty", Area: Hill}, {Code: "west-duty", Area: West}}}
}

// declared lists every figure that a stage declares.
func declared() []figure.Figure {
	all := append(counts.Figures(), detect.Figures()...)
	all = append(all, decide.Figures()...)
	return append(all, direct.Figures()...)
}

func TestFiguresOfCounts(t *testing.T) {
	late := morning.Add(48 * time.Hour)
	tests := []struct {
		name   string
		figure figure.Name
		area   place.Code
		first  string
		asOf   time.Time
		status observe.Status
		want   figure.Answer
	}{
		{"new cases add the topmost counts", "cases.confirmed.new", City, "2020-07-21", late, observe.Actual,
			figure.Answer{Value: 6, Reconstructed: true, SourceCount: 2, Sources: []trace.Ref{batch(3), batch(2)}}},
		{"as of an earlier time a correction is not known", "cases.confirmed.new", City, "2020-07-21", morning, observe.Actual,
			figure.Answer{Value: 3, Reconstructed: true, SourceCount: 1, Sources: []trace.Ref{batch(2)}}},
		{"an exercise changes no figure of the actual", "cases.confirmed.new", City, "2020-07-22", late, observe.Actual,
			figure.Answer{Value: 0, SourceCount: 1, Sources: []trace.Ref{batch(3)}}},
		{"an exercise has its own figures", "cases.confirmed.new", City, "2020-07-21", late, observe.Exercise,
			figure.Answer{Value: 50, SourceCount: 1, Sources: []trace.Ref{batch(4)}}},
		{"a total begins with the first record", "cases.confirmed.total", City, "2020-07-22", late, observe.Actual,
			figure.Answer{Value: 15, Reconstructed: true, SourceCount: 3, Sources: []trace.Ref{batch(3), batch(2), batch(1)}}},
		{"several sources of an area add up", "samples.taken", East, "2020-07-22", late, observe.Actual,
			figure.Answer{Value: 1000, SourceCount: 2, Sources: []trace.Ref{batch(6), batch(5)}}},
		{"nothing reported is no answer, not zero", "goods.positive.new", City, "2020-07-01", late, observe.Actual,
			figure.Answer{Absent: "nothing was reported"}},
		{"days since the last case count from the day with one", "cases.days_since_last", City, "2020-07-22", late, observe.Actual,
			figure.Answer{Value: 1, Reconstructed: true, SourceCount: 2, Sources: []trace.Ref{batch(3), batch(2)}}},
		{"without any case there are no days since", "cases.days_since_last", Hill, "2020-07-22", late, observe.Actual,
			figure.Answer{Absent: "there never was a case"}},
		{"clusters are the smallest reporting areas with two cases", "cases.clusters", City, "2020-07-21", late, observe.Actual,
			figure.Answer{Value: 2, SourceCount: 2, Sources: []trace.Ref{batch(3), batch(2)}}},
		{"one case is no cluster", "cases.clusters", Hill, "2020-07-21", late, observe.Actual,
			figure.Answer{Value: 0, SourceCount: 1, Sources: []trace.Ref{batch(3)}}},
		{"completeness is of the reports due", "reports.completeness", East, "2020-07-21", late, observe.Actual,
			figure.Answer{Value: 2.0 / 6, Numerator: ptr(2.0), Denominator: ptr(6.0), SourceCount: 2}},
		{"on time is by the hour of the source", "reports.on_time", City, "2020-07-22", late, observe.Actual,
			figure.Answer{Value: 0.5, Numerator: ptr(2.0), Denominator: ptr(4.0), SourceCount: 2}},
		{"a report not yet due is not missed", "reports.completeness", East, "2020-07-22", morning, observe.Actual,
			figure.Answer{Absent: "no report was due"}},
	}
	Each(t, func(t *testing.T, db *store.DB) {
		tell(t, db, story())
		asks := db.Asks(expected())
		for _, tc := range tests {
			t.Run(tc.name, func(t *testing.T) {
				got, err := asks[tc.figure](t.Context(), figure.Query{Area: tc.area, AsOf: tc.asOf, Status: string(tc.status),
					Window: civil.Window{First: civil.MustDay(tc.first), Last: day}})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tc.want, got); diff != "" {
					t.Errorf("answer (-want +got):\n%s", diff)
				}
			})
		}
	})
}

func TestEveryDeclaredFigureHasAnAnswer(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		catalogue, err := figure.New(declared(), db.Asks(expected()))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range catalogue.Figures() {
			if _, err := catalogue.Ask(t.Context(), f.Name, figure.Query{Area: City, AsOf: morning, Status: "actual", Window: civil.Trailing(day, 14)}); err != nil {
				t.Errorf("%s of an empty database: %v", f.Name, err)
			}
		}
	})
}

// at carries out an act at an instant that writes records and journals them.
func at(t *testing.T, db *store.DB, instant time.Time, kind trace.Kind, fn func(ctx context.Context, tx *store.Tx) error, refs ...string) {
	t.Helper()
	act(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := fn(ctx, tx); err != nil {
			return err
		}
		e := journal.Entry{ID: journal.EntryID(fmt.Sprintf("e-%s-%s-%d", kind, refs[0], instant.UnixMicro())), At: instant, Act: "x", Area: City,
			Subject: trace.Ref{Kind: kind, ID: refs[0]}}
		for _, id := range refs {
			e.Touches = append(e.Touches, journal.Touch{Ref: trace.Ref{Kind: kind, ID: id}})
		}
		return tx.Record(ctx, e)
	})
}

func TestFiguresOfRecordsAreAsOfAnInstant(t *testing.T) {
	noon, evening := morning.Add(4*time.Hour), morning.Add(12*time.Hour)
	tests := []struct {
		name   string
		figure figure.Name
		area   place.Code
		asOf   time.Time
		want   float64
	}{
		{"before, no signal", "signals.open", City, morning.Add(-1), 0},
		{"in the morning two signals wait", "signals.open", City, morning, 2},
		{"one of them in the harbour", "signals.open", Harbour, morning, 1},
		{"in the evening one is verified, and one sleeps", "signals.open", City, evening, 0},
		{"as of noon it still waits", "signals.open", City, noon, 2},
		{"none sleeps in the morning", "signals.asleep", City, morning, 0},
		{"one does in the evening", "signals.asleep", City, evening, 1},
		{"and none in the harbour", "signals.asleep", Harbour, evening, 0},
		{"one was left out", "signals.left_out", City, evening, 1},
		{"a proposal waits as of noon", "proposals.open", City, noon, 1},
		{"and is decided in the evening", "proposals.open", City, evening, 0},
		{"two orders are open as of noon", "directives.open", City, noon, 2},
		{"one in the evening", "directives.open", City, evening, 1},
		{"none is overdue in the morning", "directives.overdue", City, morning, 0},
		{"both are as of noon", "directives.overdue", City, noon.Add(time.Second), 2},
		{"one was closed", "directives.closed", City, evening, 1},
		{"none as of noon", "directives.closed", City, noon, 0},
		{"a third of the posts is held", "duty.covered", City, noon, 1.0 / 3},
		{"half of those in the east", "duty.covered", East, noon, 0.5},
		{"nobody holds one at night", "duty.covered", City, evening, 0},
	}
	Each(t, func(t *testing.T, db *store.DB) {
		first, second := aSignal(1), aSignal(2)
		second.Area, second.Shown = West, false
		at(t, db, morning, detect.SignalKind, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.AddSignal(ctx, first), tx.AddSignal(ctx, second))
		}, id(1), id(2))
		p := aProposal(3, anEvent(9, first))
		at(t, db, morning, decide.ProposalKind, func(ctx context.Context, tx *store.Tx) error { return tx.AddProposal(ctx, p) }, id(3))
		one, other := aDirective(4, p), aDirective(5, p)
		one.Due, other.Due = noon, noon
		at(t, db, morning, direct.DirectiveKind, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.AddDirective(ctx, one), tx.AddDirective(ctx, other))
		}, id(4), id(5))
		at(t, db, morning, direct.ShiftKind, func(ctx context.Context, tx *store.Tx) error { return tx.AddShift(ctx, aShift(6)) }, id(6))

		second.State, second.Changed, second.Version = detect.Snoozed, evening, 2
		at(t, db, evening, detect.SignalKind, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSignal(ctx, second) }, id(2))
		first.State, first.Changed, first.Version = detect.Verified, evening, 2
		at(t, db, evening, detect.SignalKind, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSignal(ctx, first) }, id(1))
		p.State, p.Version = decide.Accepted, 2
		at(t, db, evening, decide.ProposalKind, func(ctx context.Context, tx *store.Tx) error { return tx.SaveProposal(ctx, p) }, id(3))
		one.State, one.Changed, one.Version = direct.Closed, evening, 2
		at(t, db, evening, direct.DirectiveKind, func(ctx context.Context, tx *store.Tx) error { return tx.SaveDirective(ctx, one) }, id(4))

		asks := db.Asks(expected())
		for _, tc := range tests {
			got, err := asks[tc.figure](t.Context(), figure.Query{Area: tc.area, AsOf: tc.asOf, Status: "actual", Window: civil.Trailing(day, 1)})
			if err != nil || got.Value != tc.want || got.Absent != "" {
				t.Errorf("%s (%s): got %v %q, %v, want %v", tc.name, tc.figure, got.Value, got.Absent, err, tc.want)
			}
			if len(got.Sources) != got.SourceCount {
				t.Errorf("%s: %d sources are named of %d", tc.name, len(got.Sources), got.SourceCount)
			}
		}
	})
}
