package venue

import (
	"context"
	"fmt"

	"github.com/breakwater-eoc/breakwater/science/trace"
)

// Headcounts counts the people at a site over the steps of a window, about a day
// at a time, so that a busy site fills the memory with no more than that. An error
// that comes with counts names damage, and the rest is counted.
func Headcounts(ctx context.Context, log Log, site SiteID, w trace.Window, step trace.Instant) (counts []trace.Headcount, damage error) {
	const day = 24 * trace.Hour
	stretch := step * max(1, day/step)
	for from := w.From; from < w.Until; from += stretch {
		part := trace.Window{From: from, Until: min(from+stretch, w.Until)}
		var stays []trace.Stay
		err := log.AtSite(ctx, site, part, func(p Presence) bool {
			stays = append(stays, trace.Stay{Window: p.Window(), Party: int(p.Party)})
			return true
		})
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if damage == nil && err != nil {
			damage = fmt.Errorf("the counts are too low, for some visits cannot be read: %w", err)
		}
		counts = append(counts, trace.Occupancy(stays, part, step)...)
	}
	return counts, damage
}

// Present counts the people at a site at an instant, with [Headcounts]' error.
func Present(ctx context.Context, log Log, site SiteID, at trace.Instant) (int, error) {
	counts, damage := Headcounts(ctx, log, site, trace.Window{From: at, Until: at + 1}, 1)
	if len(counts) == 0 {
		return 0, damage
	}
	return counts[0].Peak, damage
}
