package visitlog_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/observe/venue/venuetest"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store/visitlog"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

// TestAppendersAtTheSameTimeSurviveFullDisks lets appenders send while writes
// fail, so that a group fails with another taken behind it. Each sends again what
// was refused; in the end everything is there once, with the last change made to
// it, also after the power was cut.
func TestAppendersAtTheSameTimeSurviveFullDisks(t *testing.T) {
	const appenders, batches, each = 6, 60, 7
	d := disktest.New(1)
	var sound atomic.Bool
	faults := rand.New(rand.NewPCG(1, 2))
	d.Plan = func(_ int, kind string) disktest.Fault { // called by one operation at a time
		for range 100 { // as long as a disk takes: the others go on meanwhile
			runtime.Gosched()
		}
		if !sound.Load() && kind == "write" && faults.IntN(12) == 0 {
			return disktest.Full
		}
		return disktest.None
	}
	options := visitlog.Options{FlushAt: 300, MergeAt: 3, MergeTo: 1000}
	s := openUnder(t, d, options)
	var refused atomic.Int32
	send := func(batch []venue.Observation) {
		for {
			if _, err := s.Append(context.Background(), batch); err == nil {
				return
			}
			refused.Add(1)
		}
	}
	var work sync.WaitGroup
	for who := range uint64(appenders) {
		work.Go(func() {
			for n := range uint64(batches + 1) {
				var batch []venue.Observation
				for k := range uint64(each) {
					number := 1 + (who*(batches+1)+n)*each + k
					if n < batches {
						batch = append(batch, checkIn(number))
					}
					if n > 0 { // those of the batch before check out
						o := checkIn(number - each)
						o.Act, o.Of, o.ID, o.Leave = venue.CheckOut, o.ID, venuetest.Number(1_000_000+number), o.Enter+trace.Minute
						batch = append(batch, o)
					}
				}
				send(batch)
			}
		})
	}
	work.Wait()
	if refused.Load() == 0 {
		t.Error("no append was refused: the disk was never full")
	}
	sound.Store(true)
	if err := s.Close(); err != nil { // a process that is gone writes no more
		t.Fatal(err)
	}
	d.Crash()
	s = openUnder(t, d, options)
	seen := map[venue.ObservationID]bool{}
	err := s.EachVisit(t.Context(), venuetest.First, func(v venue.Visit) bool {
		if seen[v.ID] || v.Leave != v.Enter+trace.Minute {
			t.Errorf("visit %s is there twice or without its check-out", v.ID)
		}
		seen[v.ID] = true
		return true
	})
	if err != nil || len(seen) != appenders*batches*each {
		t.Errorf("%d visits are there, %v; want %d", len(seen), err, appenders*batches*each)
	}
	if err := s.Verify(t.Context(), venuetest.First); err != nil {
		t.Error(err)
	}
}

func openUnder(t *testing.T, d *disktest.Disk, options visitlog.Options) *subject {
	t.Helper()
	s, err := openSubject(d, "store", options)
	for n := 0; err != nil && n < 100; n++ { // a full disk may hinder this, too
		s, err = openSubject(d, "store", options)
	}
	if err != nil {
		t.Fatal(fmt.Errorf("open the log: %w", err))
	}
	return s
}

func checkIn(n uint64) venue.Observation {
	enter := trace.Instant(venuetest.First)*24*trace.Hour + trace.Instant(n%1000)*trace.Minute/60
	return venue.Observation{Act: venue.CheckIn, Visit: venue.Visit{
		ID: venuetest.Number(n), Site: venuetest.Number(1 + n%5), Day: venuetest.First, Who: venuetest.Number(1 + n%9),
		Enter: enter, Leave: enter + trace.Hour, Party: 1,
	}}
}
