package desks

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/bench"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/picture"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Courses measures how long the course of a stream takes to be told, of an
// epidemic that every street reports late: a share of its cases on their day,
// the others on the days after.
type Courses struct {
	Watch *watch.Desk
	Store picture.Store
	// Days of history there are.
	Days int
	// Times is how often each course is asked for.
	Times int
	Clock bench.Clock
	Seed  uint64
}

// told are the shares of a day's cases that are known on its evening, and one,
// two and four evenings later.
var told = [...]struct {
	after int
	share float64
}{{0, 0.4}, {1, 0.7}, {2, 0.9}, {4, 1}}

// Fill stores the history, a batch an evening: a wave that comes and goes over
// the days, of about a case a day in each street at its height.
func (b Courses) Fill(ctx context.Context, progress func(done, total int)) error {
	random := stat.NewStream(b.Seed, "courses")
	g := NewGenerator(b.Seed, b.Clock())
	zone := b.Watch.Center.City
	first, streets := b.today()-civil.Day(b.Days), Streets()
	cases := make([][]float64, b.Days)
	for n := range cases {
		height := 0.05 + float64(min(n, b.Days-n))*2/float64(b.Days)
		for range streets {
			cases[n] = append(cases[n], float64(random.Poisson(height)))
		}
		batch := counts.Batch{ID: counts.BatchID(g.id()), Source: "bench", Status: observe.Actual, Recorded: (first + civil.Day(n)).At(21, 0, zone).UTC()}
		var rows []counts.Observation
		for _, t := range told {
			if n < t.after {
				continue
			}
			for i, street := range streets {
				rows = append(rows, counts.Observation{ID: counts.ID(g.id()), Batch: batch.ID, Stream: counts.ConfirmedLocal, Area: street, Day: first + civil.Day(n-t.after),
					Count: int64(t.share * cases[n-t.after][i]), Source: batch.Source, Status: batch.Status, Basis: place.Stated,
					Reported: batch.Recorded, Recorded: batch.Recorded})
			}
		}
		batch.Rows = len(rows)
		if err := b.Watch.Write(ctx, func(tx watch.Tx) error { return tx.AddBatch(ctx, batch, rows) }); err != nil {
			return fmt.Errorf("store the synthetic cases of day %d: %w", n, err)
		}
		progress(n+1, b.Days)
	}
	return nil
}

func (b Courses) today() civil.Day { return civil.DayOf(b.Clock(), b.Watch.Center.City) }

// question is the console's.
func (b Courses) question(area place.Code) picture.CourseQuery {
	now := b.Watch.Center.Time()
	return picture.CourseQuery{Query: picture.Query{Stream: counts.ConfirmedLocal, Area: area, Day: civil.DayOf(now, b.Watch.Center.City), AsOf: now, Status: observe.Actual},
		Mean: 4.7, SD: 2.9, Ahead: 7, Earlier: earlierDays, Seed: 1}
}

// earlierDays is how many earlier days are asked what they said.
const earlierDays = 7

// desk remembers nothing yet.
func (b Courses) desk() *picture.Desk {
	return &picture.Desk{Center: b.Watch.Center, Store: b.Store, Areas: b.Watch.Areas}
}

// Told returns the 95th percentile of the times in which the course of an area is
// told: by a desk that was never asked, and by one that was.
func (b Courses) Told(ctx context.Context, area place.Code) (first, again time.Duration, err error) {
	var firsts, agains []time.Duration
	who := access.Actor{User: "bench", Grants: []access.Grant{{Role: access.Epidemiologist, Area: Root}}}
	for range b.Times {
		desk := b.desk()
		for _, times := range []*[]time.Duration{&firsts, &agains} {
			begin := b.Clock()
			if _, err := desk.Course(ctx, who, b.question(area)); err != nil {
				return 0, 0, err
			}
			*times = append(*times, b.Clock().Sub(begin))
		}
	}
	return quantile(firsts, 0.95), quantile(agains, 0.95), nil
}

// AddedUp returns the time for what comes before the nowcasts, if what was known
// is added up anew for each evening of each of them: one reading, and the sums of
// the days that an evening still waits for. No nowcast is in it.
func (b Courses) AddedUp(ctx context.Context, area place.Code) (time.Duration, error) {
	const days, longest = 84, 14
	q := b.question(area).Query
	begin := b.Clock()
	w := civil.Trailing(q.Day-1, days)
	versions, err := b.Store.Versions(ctx, q, w)
	if err != nil {
		return 0, err
	}
	byDay := map[civil.Day][]counts.Version{}
	for _, v := range versions {
		byDay[v.Day] = append(byDay[v.Day], v)
	}
	for earlier := range civil.Day(1 + earlierDays) {
		for day := w.First; day <= w.Last-earlier; day++ {
			var waited []counts.Version
			for event := max(w.First, day-longest); event <= day; event++ {
				waited = append(waited, byDay[event]...)
			}
			counts.AsKnown(b.Watch.Areas, waited, q.AsOf.AddDate(0, 0, -int(w.Last-day)))
		}
	}
	return b.Clock().Sub(begin), nil
}
