package bench

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"
)

// Pace is how fast callers were served.
type Pace struct {
	PerS    float64 `json:"per_s"`
	Latency Latency `json:"ms"`
}

// Load lets callers call do, each again and again, until the time is over. do
// gets the caller's number and the number of its call.
func Load(ctx context.Context, now Clock, callers int, length time.Duration, do func(ctx context.Context, caller, call int) error) (Pace, error) {
	took := make([][]time.Duration, callers)
	begun := now()
	work, ctx := errgroup.WithContext(ctx)
	for caller := range callers {
		work.Go(func() error {
			for call := 0; ctx.Err() == nil; call++ {
				start := now()
				if start.Sub(begun) >= length {
					return nil
				}
				if err := do(ctx, caller, call); err != nil {
					return err
				}
				took[caller] = append(took[caller], now().Sub(start))
			}
			return ctx.Err()
		})
	}
	if err := work.Wait(); err != nil {
		return Pace{}, err
	}
	var all []time.Duration
	for _, t := range took {
		all = append(all, t...)
	}
	return Pace{PerS: perSecond(len(all), now().Sub(begun)), Latency: latencyOf(all)}, nil
}
