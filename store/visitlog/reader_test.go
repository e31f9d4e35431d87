package visitlog_test

import (
	"sync/atomic"
	"testing"

	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/observe/venue/venuetest"
	"github.com/breakwater-eoc/breakwater/store/visitlog"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

// TestReadersSeeWholeObservations lets a reader look again and again while
// batches of ten come in, visits move from site to site, and tables are flushed
// and merged: each look must find whole batches, every visit once, and never
// fewer than before.
func TestReadersSeeWholeObservations(t *testing.T) {
	s := filled(t, disktest.New(1), day, 0, visitlog.Options{FlushAt: 70, MergeAt: 3})
	var over atomic.Bool
	ended := make(chan error, 1)
	go func() {
		defer over.Store(true)
		serial := uint64(100_000)
		for part := range chunks(dayOfVisits(day, 2000), 10) {
			for _, v := range part[:3] {
				serial++
				moved := v
				moved.Act, moved.Of, moved.ID, moved.Site = venue.Correct, v.ID, venuetest.Number(serial), venuetest.Number(serial%7+1)
				part = append(part[:len(part):len(part)], moved)
			}
			if _, err := s.Append(t.Context(), part); err != nil {
				ended <- err
				return
			}
		}
		ended <- nil
	}()
	before := 0
	for !over.Load() {
		seen := map[venue.ObservationID]bool{}
		err := s.EachVisit(t.Context(), day, func(v venue.Visit) bool {
			if seen[v.ID] {
				t.Errorf("a visit is seen twice")
			}
			seen[v.ID] = true
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(seen) < before || len(seen)%10 != 0 {
			t.Fatalf("a reader sees %d visits, after %d", len(seen), before)
		}
		before = len(seen)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if n, err := count(t, s, day); n != 2000 || err != nil {
		t.Errorf("at the end there are %d visits, %v, want 2000", n, err)
	}
}
