package visitlog_test

import (
	"os"
	"runtime"
	"testing"

	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/observe/venue/venuetest"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store/visitlog"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

// TestProveACrowdAtOneSite has a million visits a day at one site, ten thousand
// of them of one person, and asks who met that person. What is held while the
// site is read does not grow with the site: the answer is yielded visit by
// visit.
func TestProveACrowdAtOneSite(t *testing.T) {
	visits, often := 40_000, 400
	if os.Getenv("BREAKWATER_PROVE") != "" {
		visits, often = 1_000_000, 10_000
	}
	s := filled(t, disktest.New(1), day, 0, visitlog.Options{FlushAt: visits / 3})
	key, err := s.keys.Ensure(day)
	if err != nil {
		t.Fatal(err)
	}
	batch := dayOfVisits(day, visits)
	first := trace.Instant(day) * 24 * trace.Hour
	for i := range batch {
		batch[i].Site = venuetest.Number(1)
		batch[i].Who = key.Pseudonym(trust.Person(venuetest.Number(uint64(i + 10))))
		batch[i].Enter = first + trace.Instant(i)*(10*trace.Hour)/trace.Instant(visits)
		batch[i].Leave = batch[i].Enter + 20*trace.Minute
		if i%(visits/often) == 0 {
			batch[i].Who = key.Pseudonym(trust.Person(venuetest.Number(1)))
		}
	}
	for part := range chunks(batch, 20_000) {
		if _, err := s.Append(t.Context(), part); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Seal(day); err != nil {
		t.Fatal(err)
	}
	batch = nil
	most := uint64(0)
	n := 0
	before := heap()
	err = s.AtSite(t.Context(), venuetest.Number(1), venue.DaySpan(day), func(venue.Presence) bool {
		if n++; n%(visits/8) == 0 {
			most = max(most, heap())
		}
		return true
	})
	if n != visits || err != nil {
		t.Errorf("the site has %d visits, %v, want %d", n, err, visits)
	}
	if held := int64(most) - int64(before); held > 8<<20 {
		t.Errorf("reading %d visits holds %d bytes", n, held)
	}
	// An hour of a place as full as that: everybody within twenty minutes of it.
	hour := trace.Window{From: first + 4*trace.Hour, Until: first + 5*trace.Hour}
	found, err := trace.Exposed(t.Context(), venue.Presences{Log: s, Keys: s.keys}, []trace.Token{venuetest.Number(1)}, hour, trace.Rule{AtLeast: 15 * trace.Minute})
	if err != nil || len(found) < visits/15 || len(found) > visits/5 {
		t.Errorf("%d people met, %v", len(found), err)
	}
}

// heap is what is held after everything that may go has gone.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
