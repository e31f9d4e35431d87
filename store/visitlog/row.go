package visitlog

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"sync"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// row is a visit in memory. Its site is a number of the log's own table.
type row struct {
	id           venue.ObservationID
	who          trust.Pseudonym
	enter, leave trace.Instant
	site         uint32
	entrance     uint16
	party        uint8
	open         bool
}

func (r *row) window() trace.Window { return trace.Window{From: r.enter, Until: r.leave} }

func (r *row) presence(day civil.Day) venue.Presence {
	return venue.Presence{Day: day, Who: r.who, Enter: r.enter, Leave: r.leave, Party: r.party}
}

func (r *row) visit(day civil.Day, sites *siteTable) venue.Visit {
	return venue.Visit{
		ID: r.id, Site: sites.id(r.site), Day: day, Who: r.who,
		Enter: r.enter, Leave: r.leave, Open: r.open, Entrance: r.entrance, Party: r.party,
	}
}

// rowOf gives a visit as a row; site is the number of its site.
func rowOf(v *venue.Visit, site uint32) row {
	return row{
		id: v.ID, who: v.Who, enter: v.Enter, leave: v.Leave, site: site,
		entrance: v.Entrance, party: v.Party, open: v.Open,
	}
}

// hashID spreads ids evenly under the day's seed.
func hashID(id venue.ObservationID, seed uint64) uint64 {
	return mix64(mix64(binary.LittleEndian.Uint64(id[:8])^seed) + binary.LittleEndian.Uint64(id[8:]))
}

// siteTable numbers the sites that the log has seen, so that rows stay small.
// Numbers live as long as the process; files name sites by id.
type siteTable struct {
	mu      sync.RWMutex
	numbers map[venue.SiteID]uint32
	ids     []venue.SiteID
}

func newSiteTable() *siteTable { return &siteTable{numbers: map[venue.SiteID]uint32{}} }

func (t *siteTable) number(id venue.SiteID) uint32 {
	if n, ok := t.lookup(id); ok {
		return n
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if n, ok := t.numbers[id]; ok {
		return n
	}
	n := uint32(len(t.ids))
	t.numbers[id] = n
	t.ids = append(t.ids, id)
	return n
}

// numberAll gives the number of every check-in's site, into a list as long as the
// batch.
func (t *siteTable) numberAll(batch []venue.Observation, into []lookedUp) {
	var fresh []int // places of sites that have no number yet
	t.mu.RLock()
	for i := range batch {
		if batch[i].Act != venue.CheckIn {
			continue
		}
		n, ok := t.numbers[batch[i].Site]
		if !ok {
			fresh = append(fresh, i)
		}
		into[i].site = n
	}
	t.mu.RUnlock()
	for _, i := range fresh {
		into[i].site = t.number(batch[i].Site)
	}
}

func (t *siteTable) lookup(id venue.SiteID) (uint32, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	n, ok := t.numbers[id]
	return n, ok
}

func (t *siteTable) id(n uint32) venue.SiteID {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.ids[n]
}

// snapshot gives the ids by number; the slice is never written again.
func (t *siteTable) snapshot() []venue.SiteID {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.ids
}

// sortVisits puts visits in the order that searches promise.
func sortVisits(visits []venue.Visit) {
	slices.SortFunc(visits, func(a, b venue.Visit) int {
		return cmp.Or(cmp.Compare(a.Enter, b.Enter), bytes.Compare(a.ID[:], b.ID[:]))
	})
}
