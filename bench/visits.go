package bench

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/stat"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// VisitsConfig sizes the benchmark of the visit log.
type VisitsConfig struct {
	People, PerDay, Days, Sites int
	Batch                       int // observations an Append
	Callers                     int // who append at the same time
	Queries                     int // exposures asked for
	Seed                        uint64
}

// VisitsSubject is a log under measurement.
type VisitsSubject struct {
	Log  venue.Log
	Keys *trust.DayKeys
	// Finish brings a day that is over into its final form.
	Finish func(civil.Day) error
	// Bytes gives the size of everything stored.
	Bytes func() (int64, error)
	// Processor tells how much processor time the process has used; nil when the
	// log works in another one.
	Processor func() time.Duration
}

// VisitsFigures is what the benchmark of one log found.
type VisitsFigures struct {
	Visits     int     `json:"visits"`
	IngestPerS float64 `json:"ingest_per_s"`
	// CPUPerMillion is the processor time for a million visits in seconds, the
	// making of the data included: what the rate depends on where other programs
	// share the machine.
	CPUPerMillion float64 `json:"cpu_s_per_million,omitempty"`
	BytesPerVisit float64 `json:"bytes_per_visit"`
	ExposureMS    Latency `json:"exposure_ms"`
	// Contacts is how many people an exposure found, on average.
	Contacts float64 `json:"contacts"`
}

// Visits measures a log: days of visits taken in, each brought into its final
// form while the next comes in, and then the exposure of single people over all
// days, at least 15 minutes together. Ingest is all the time from the first
// batch to the last day's final form, with the making of the data and of its
// pseudonyms beside it on the same processors. progress hears of every day.
func Visits(ctx context.Context, c VisitsConfig, s VisitsSubject, now Clock, progress func(days int)) (VisitsFigures, error) {
	city := NewVisitCity(c.People, c.Sites, c.Seed)
	begun, used := now(), s.processor()
	if err := ingest(ctx, c, s, city, progress); err != nil {
		return VisitsFigures{}, fmt.Errorf("take visits in: %w", err)
	}
	took := now().Sub(begun)
	used = s.processor() - used
	size, err := s.Bytes()
	if err != nil {
		return VisitsFigures{}, fmt.Errorf("measure the size: %w", err)
	}
	visits := c.PerDay * c.Days
	out := VisitsFigures{
		Visits:        visits,
		IngestPerS:    perSecond(visits, took),
		CPUPerMillion: used.Seconds() / float64(visits) * 1e6,
		BytesPerVisit: float64(size) / float64(visits),
	}
	out.ExposureMS, out.Contacts, err = exposures(ctx, c, s, city, now)
	return out, err
}

func (s *VisitsSubject) processor() time.Duration {
	if s.Processor == nil {
		return 0
	}
	return s.Processor()
}

func ingest(ctx context.Context, c VisitsConfig, s VisitsSubject, city *VisitCity, progress func(int)) error {
	finishing, ctx := errgroup.WithContext(ctx)
	finishing.SetLimit(1)
	for n := range c.Days {
		key, err := s.Keys.Ensure(firstDay + civil.Day(n))
		if err != nil {
			return err
		}
		if err := ingestDay(ctx, c, s, city, key); err != nil {
			return err
		}
		finishing.Go(func() error { return s.Finish(key.Day) })
		progress(n + 1)
	}
	return finishing.Wait()
}

func ingestDay(ctx context.Context, c VisitsConfig, s VisitsSubject, city *VisitCity, key trust.DayKey) error {
	work, ctx := errgroup.WithContext(ctx)
	batches, spent := make(chan []venue.Observation, c.Callers), make(chan []venue.Observation, 2*c.Callers)
	work.Go(func() error {
		defer close(batches)
		city.Day(key, c.PerDay, c.Batch, spent, func(b []venue.Observation) bool {
			select {
			case batches <- b:
				return true
			case <-ctx.Done():
				return false
			}
		})
		return ctx.Err()
	})
	for range c.Callers {
		work.Go(func() error {
			for b := range batches {
				if _, err := s.Log.Append(ctx, b); err != nil {
					return err
				}
				select {
				case spent <- b:
				default:
				}
			}
			return nil
		})
	}
	return work.Wait()
}

func exposures(ctx context.Context, c VisitsConfig, s VisitsSubject, city *VisitCity, now Clock) (Latency, float64, error) {
	source := venue.Presences{Log: s.Log, Keys: s.Keys}
	from := venue.DaySpan(firstDay).From
	window := trace.Window{From: from, Until: from + trace.Instant(c.Days+2)*24*trace.Hour}
	rng := stat.NewStream(c.Seed, "exposures")
	took := make([]time.Duration, 0, c.Queries)
	found := 0
	for range c.Queries {
		who := trace.Token(city.Person(rng.IntN(c.People)))
		begun := now()
		contacts, err := trace.Exposed(ctx, source, []trace.Token{who}, window, trace.Rule{AtLeast: 15 * trace.Minute})
		if err != nil {
			return Latency{}, 0, fmt.Errorf("find an exposure: %w", err)
		}
		took = append(took, now().Sub(begun))
		found += len(contacts)
	}
	return latencyOf(took), float64(found) / float64(max(1, c.Queries)), nil
}
