// Package picture draws the picture of an epidemic from the counts that are in:
// where cases lie together ([Desk.Clusters]), and how a course that is still
// being reported goes on ([Desk.Course]).
//
// In: a stream, an area, a day and an as-of time. Out: answers of the science
// with what they rest on. Everything here is read; nothing looks ahead of the
// as-of time, so that an old question has the old answer.
package picture

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// Query asks about a stream in an area, on a day, as it was known at a time.
type Query struct {
	Stream counts.Stream
	Area   place.Code
	// Day is the last day that is looked at.
	Day    civil.Day
	AsOf   time.Time
	Status observe.Status
}

// Store is what this package reads.
type Store interface {
	// Versions returns every version of the observations of a stream in an area
	// and all within it, of the days of a window, recorded by an instant; the
	// earliest recorded first.
	Versions(ctx context.Context, q Query, w civil.Window) ([]counts.Version, error)
}

// Desk carries out the use cases of this package.
type Desk struct {
	Center *command.Center
	Store  Store
	// Areas lists the city's areas, each after the one that it lies in.
	Areas []place.Area
	said  memory
}

// versions reads what a question needs, if the reader may see it.
func (d *Desk) versions(ctx context.Context, who access.Actor, q Query, days int) ([]counts.Version, civil.Window, error) {
	w := civil.Trailing(q.Day, days)
	lineage, err := d.Center.Lineage(q.Area)
	if err != nil {
		return nil, w, err
	}
	if err := who.Check(access.ReadCounts, lineage); err != nil {
		return nil, w, err
	}
	if !counts.Known(q.Stream) {
		return nil, w, fault.New(fault.NotFound, "there is no stream %q", q.Stream)
	}
	versions, err := d.Store.Versions(ctx, q, w)
	return versions, w, err
}
