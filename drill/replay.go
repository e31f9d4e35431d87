package drill

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
)

// Replay lets the counts of a series come in when they were told, moves the
// clock, and makes the program's rounds on the way. Its methods may be called
// by several goroutines; one moves the clock at a time.
type Replay struct {
	desks  Desks
	series Series
	// staff works at the desks every hour, after the program's own work; it
	// reports whether it did anything. Nil where people do the work.
	staff func(ctx context.Context) (acted bool, err error)
	// passed is told of every instant that the clock stops at.
	passed func(now time.Time)

	mu   sync.Mutex
	next int // the first fact that was not told yet
}

// NewReplay makes a replay whose clock stands before the first fact. staff and
// passed may be nil.
func NewReplay(desks Desks, s Series, staff func(ctx context.Context) (bool, error), passed func(now time.Time)) *Replay {
	if passed == nil {
		passed = func(time.Time) {}
	}
	return &Replay{desks: desks, series: s, staff: staff, passed: passed}
}

// Days returns the days that the series covers.
func (r *Replay) Days() civil.Window { return civil.Window{First: r.series.First, Last: r.series.Last} }

// Until returns the end of the replay: the midnight after its last day.
func (r *Replay) Until() time.Time { return (r.series.Last + 1).At(0, 0, r.desks.Center.City) }

// Quiet lets in what was told up to and on a day, makes a round each evening,
// and leaves the clock at the last evening. Nobody acts
// meanwhile.
func (r *Replay) Quiet(ctx context.Context, last civil.Day, progress func(done, total int)) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	total := int(last-r.series.First) + 1
	for day := r.series.First; day <= last; day++ {
		if err := r.evening(ctx, day); err != nil {
			return err
		}
		progress(int(day-r.series.First)+1, total)
	}
	return nil
}

// Evening lets in what was told up to the evening of a day and makes a round;
// nobody acts. Days must come in order.
func (r *Replay) Evening(ctx context.Context, day civil.Day) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.evening(ctx, day)
}

func (r *Replay) evening(ctx context.Context, day civil.Day) error {
	if _, err := r.tell(ctx, day.At(toldAt, 0, r.desks.Center.City)); err != nil {
		return err
	}
	return r.desks.round(ctx)
}

// Advance moves the clock to an instant, but not beyond the end: every hour the
// directives are seen to, and with every publication and at midnight a whole
// round is made.
func (r *Replay) Advance(ctx context.Context, to time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if to.After(r.Until()) {
		to = r.Until()
	}
	for {
		at, ok := r.moment(to)
		if !ok {
			r.desks.Clock.Set(to)
			r.passed(to)
			return nil
		}
		if err := r.stop(ctx, at); err != nil {
			return fmt.Errorf("at %s: %w", at.Format(time.RFC3339), err)
		}
	}
}

// Round makes a round where the clock stands.
func (r *Replay) Round(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.desks.round(ctx)
}

// moment returns the next instant at which there is something to do: the next
// full hour. Publications stand on full hours too.
func (r *Replay) moment(to time.Time) (time.Time, bool) {
	now := r.desks.Clock.Now()
	at := now.Truncate(time.Hour).Add(time.Hour)
	return at, !at.After(to)
}

// stop does what is due at an instant.
func (r *Replay) stop(ctx context.Context, at time.Time) error {
	came, err := r.tell(ctx, at)
	if err != nil {
		return err
	}
	if came > 0 || at.In(r.desks.Center.City).Hour() == 0 {
		if err := r.desks.round(ctx); err != nil {
			return err
		}
	} else if _, err := r.desks.Order.Tick(ctx); err != nil {
		return err
	}
	if r.staff != nil {
		acted, err := r.staff(ctx)
		if err != nil {
			return err
		}
		if acted {
			if err := r.desks.round(ctx); err != nil {
				return err
			}
		}
	}
	r.passed(at)
	return nil
}

// tell takes in every fact that was told up to an instant, at the instant at
// which it was told, and returns how many there were.
func (r *Replay) tell(ctx context.Context, until time.Time) (came int, err error) {
	for r.next < len(r.series.Facts) && !r.series.Facts[r.next].Told.After(until) {
		told := r.series.Facts[r.next].Told
		r.desks.Clock.Set(told)
		bySource := map[observe.SourceID][]counts.Row{}
		for ; r.next < len(r.series.Facts) && r.series.Facts[r.next].Told.Equal(told); r.next++ {
			f := r.series.Facts[r.next]
			bySource[f.Source] = append(bySource[f.Source], f.Row)
			came++
		}
		for _, source := range slices.Sorted(maps.Keys(bySource)) { // the same order in every run
			rows := bySource[source]
			in := watch.Ingest{Source: source, Status: observe.Actual, Rows: rows,
				Key: fmt.Sprintf("%s:%s:%d", r.series.Name, source, told.Unix())}
			if _, err := r.desks.Watch.Ingest(ctx, r.desks.program(), in); err != nil {
				return came, fmt.Errorf("take in what %s told on %s: %w", source, civil.DayOf(told, r.desks.Center.City), err)
			}
		}
	}
	r.desks.Clock.Set(until)
	return came, nil
}
