// Package venuetest judges realisations of venue.Log by one simple model.
//
// In: a way to open a log. Out: a test that runs random workloads, check-outs,
// corrections, withdrawals, restarts, seals and forgotten days included, and
// compares every answer.
package venuetest

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// Model is what a log must answer, kept as plainly as possible.
type Model struct {
	days map[civil.Day]*modelDay
}

type modelDay struct {
	seen   map[venue.ObservationID]bool
	visits map[venue.ObservationID]venue.Visit
}

// NewModel makes an empty model.
func NewModel() *Model { return &Model{days: map[civil.Day]*modelDay{}} }

// Append takes observations as a log must and gives their outcomes.
func (m *Model) Append(batch []venue.Observation) []venue.Outcome {
	out := make([]venue.Outcome, len(batch))
	for i, o := range batch {
		out[i] = m.take(o)
	}
	return out
}

func (m *Model) take(o venue.Observation) venue.Outcome {
	d := m.days[o.Day]
	if d == nil {
		if o.Act != venue.CheckIn {
			return venue.NoVisit
		}
		d = &modelDay{seen: map[venue.ObservationID]bool{}, visits: map[venue.ObservationID]venue.Visit{}}
		m.days[o.Day] = d
	}
	if d.seen[o.ID] {
		return venue.Known
	}
	if o.Act == venue.CheckIn {
		d.visits[o.ID] = o.Visit
		d.seen[o.ID] = true
		return venue.Stored
	}
	old, ok := d.visits[o.Of]
	if !ok {
		return venue.NoVisit
	}
	amended, err := o.Amended(old)
	if err != nil {
		return venue.Impossible
	}
	d.visits[o.Of] = amended
	if o.Act == venue.Withdraw {
		delete(d.visits, o.Of)
	}
	d.seen[o.ID] = true
	return venue.Stored
}

// Forget removes a day.
func (m *Model) Forget(day civil.Day) { delete(m.days, day) }

// ByPerson gives the visits of a day under a pseudonym.
func (m *Model) ByPerson(day civil.Day, who trust.Pseudonym) []venue.Visit {
	return slices.DeleteFunc(m.Visits(day), func(v venue.Visit) bool { return v.Who != who })
}

// Visits gives the visits of a day by enter and id.
func (m *Model) Visits(day civil.Day) []venue.Visit {
	if m.days[day] == nil {
		return nil
	}
	visits := slices.Collect(maps.Values(m.days[day].visits))
	sortVisits(visits)
	return visits
}

// AtSite gives the presences at a site that meet a window.
func (m *Model) AtSite(site venue.SiteID, w trace.Window) []venue.Presence {
	var out []venue.Presence
	if w.Length() == 0 {
		return nil
	}
	for _, d := range m.days {
		for _, v := range d.visits {
			if v.Site == site && v.Window().Meets(w) {
				out = append(out, venue.Presence{Day: v.Day, Who: v.Who, Enter: v.Enter, Leave: v.Leave, Party: v.Party})
			}
		}
	}
	sortPresences(out)
	return out
}

func sortVisits(visits []venue.Visit) {
	slices.SortFunc(visits, func(a, b venue.Visit) int {
		return cmp.Or(cmp.Compare(a.Enter, b.Enter), bytes.Compare(a.ID[:], b.ID[:]))
	})
}

func sortPresences(p []venue.Presence) {
	slices.SortFunc(p, func(a, b venue.Presence) int {
		return cmp.Or(cmp.Compare(a.Enter, b.Enter), cmp.Compare(a.Leave, b.Leave),
			bytes.Compare(a.Who[:], b.Who[:]), cmp.Compare(a.Party, b.Party), cmp.Compare(a.Day, b.Day))
	})
}
