package visitlog_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/observe/venue/venuetest"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store/visitlog"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

// kills is how many times the power is cut: a slice, or the whole proof.
func kills() int {
	if os.Getenv("BREAKWATER_PROVE") != "" {
		return 1000
	}
	return 150
}

// TestProveKillsLoseNothingAcknowledged cuts the power at random operations during
// ingest, flush, merge, seal and forget, with full disks and failed syncs
// between, and compares what is there afterwards with a model.
func TestProveKillsLoseNothingAcknowledged(t *testing.T) {
	for seed, left := uint64(1), kills(); left > 0; seed++ {
		s := &story{t: t, random: rand.New(rand.NewPCG(seed, 1)), seed: seed, disk: disktest.New(seed),
			model: venuetest.NewModel(), forgotten: map[civil.Day]bool{}}
		left -= s.run(min(left, 8))
	}
}

// story is one disk's life over several kills.
type story struct {
	t         *testing.T
	random    *rand.Rand
	seed      uint64
	disk      *disktest.Disk
	log       *subject
	model     *venuetest.Model
	forgotten map[civil.Day]bool
	sent      []venue.Observation
	serial    uint64
	doubtful  []venue.Observation // sent, not acknowledged
	leaving   *civil.Day          // forgetting was begun and not confirmed
}

func (s *story) run(kills int) int {
	for range kills {
		s.arm()
		s.live()
		s.disk.Plan = nil
		if s.log != nil && s.log.Log != nil {
			s.log.Close() // its goroutines end; the disk is off
		}
		s.disk.Crash()
		s.recover()
	}
	return kills
}

// arm plans faults, and the cut of the power after some operations.
func (s *story) arm() {
	cut := s.disk.Operations() + s.random.IntN(400)
	faults := rand.New(rand.NewPCG(s.seed, s.random.Uint64()))
	s.disk.Plan = func(n int, kind string) disktest.Fault {
		switch {
		case n >= cut:
			return disktest.Power
		case faults.IntN(60) == 0 && kind == "sync":
			return disktest.Fail
		case faults.IntN(60) == 0 && kind == "write":
			return disktest.Full
		}
		return disktest.None
	}
}

// live works until the power goes.
func (s *story) live() {
	options := visitlog.Options{FlushAt: 1 + s.random.IntN(60), MergeAt: 2 + s.random.IntN(3), MergeTo: 20 + s.random.IntN(300)}
	for range 10_000 {
		if s.log == nil || s.log.Log == nil {
			var err error
			if s.log, err = openSubject(s.disk, "store", options); err != nil {
				s.log = nil
				if errors.Is(err, disktest.ErrPower) {
					return
				}
				continue
			}
		}
		if err := s.step(); err != nil {
			if errors.Is(err, disktest.ErrPower) {
				return
			}
			s.settle()
		}
	}
	s.t.Fatalf("seed %d: the power never went", s.seed)
}

// settle opens the log again after a fault, as an operator would.
func (s *story) settle() {
	s.log.Close()
	s.log = nil
}

func (s *story) step() error {
	if len(s.doubtful) > 0 {
		return s.send(s.doubtful)
	}
	if s.leaving != nil {
		return s.forget(*s.leaving)
	}
	switch s.random.IntN(40) {
	case 0:
		if day := s.day(); !s.forgotten[day] {
			return s.log.Seal(day)
		}
		return nil
	case 1:
		if day := s.day(); s.random.IntN(8) == 0 {
			return s.forget(day)
		}
		return nil
	}
	return s.send(s.batch())
}

func (s *story) day() civil.Day { return venuetest.First + civil.Day(s.random.IntN(3)) }

func (s *story) forget(day civil.Day) error {
	s.leaving = &day
	s.model.Forget(day)
	s.forgotten[day] = true
	if err := s.log.Forget(context.Background(), day); err != nil {
		return err
	}
	s.leaving = nil
	return nil
}

func (s *story) send(batch []venue.Observation) error {
	s.doubtful = batch
	if _, err := s.log.Append(context.Background(), batch); err != nil {
		return err
	}
	s.model.Append(batch)
	s.sent = append(s.sent, batch...)
	s.doubtful = nil
	return nil
}

// batch makes observations of a day that is not forgotten: new visits, changes
// to earlier ones, and some sent before.
func (s *story) batch() []venue.Observation {
	day := s.day()
	for s.forgotten[day] {
		if day++; day > venuetest.First+6 {
			return nil
		}
	}
	var batch []venue.Observation
	for range 1 + s.random.IntN(20) {
		s.serial++
		start := trace.Instant(day) * 24 * trace.Hour
		o := venue.Observation{Act: venue.CheckIn, Visit: venue.Visit{
			ID: venuetest.Number(s.serial), Site: venuetest.Number(1 + uint64(s.random.IntN(5))), Day: day,
			Who: venuetest.Number(1 + uint64(s.random.IntN(9))), Party: 1,
			Enter: start + trace.Instant(s.random.IntN(20*60))*trace.Minute,
		}}
		o.Leave = o.Enter + trace.Instant(s.random.IntN(300))*trace.Minute
		if len(s.sent) > 0 && s.random.IntN(3) == 0 {
			of := s.sent[s.random.IntN(len(s.sent))]
			if s.forgotten[of.Day] || of.Act != venue.CheckIn {
				continue
			}
			o.Act, o.Of, o.Day = venue.Act(2+s.random.IntN(3)), of.ID, of.Day
			o.Enter, o.Leave = of.Enter, of.Enter+trace.Instant(s.random.IntN(300))*trace.Minute
			if s.random.IntN(6) == 0 {
				o = of
			}
		}
		batch = append(batch, o)
	}
	return batch
}

// recover opens what the crash left, confirms what was in doubt, and compares
// everything.
func (s *story) recover() {
	s.t.Helper()
	var err error
	if s.log, err = openSubject(s.disk, "store", visitlog.Options{FlushAt: 50, MergeAt: 3}); err != nil {
		s.t.Fatalf("seed %d: open after a crash: %v", s.seed, err)
	}
	if s.leaving != nil {
		if err := s.forget(*s.leaving); err != nil {
			s.t.Fatalf("seed %d: forget again: %v", s.seed, err)
		}
	}
	if len(s.doubtful) > 0 {
		if err := s.send(s.doubtful); err != nil {
			s.t.Fatalf("seed %d: send again: %v", s.seed, err)
		}
	}
	for day := venuetest.First; day < venuetest.First+7; day++ {
		s.compare(day)
	}
}

func (s *story) compare(day civil.Day) {
	s.t.Helper()
	ctx := context.Background()
	if s.forgotten[day] {
		s.scan(day)
		return
	}
	if err := s.log.Verify(ctx, day); err != nil {
		s.t.Fatalf("seed %d: verify %s: %v", s.seed, day, err)
	}
	got := map[venue.ObservationID]venue.Visit{}
	err := s.log.EachVisit(ctx, day, func(v venue.Visit) bool {
		if _, twice := got[v.ID]; twice {
			s.t.Fatalf("seed %d: visit %s is there twice", s.seed, v.ID)
		}
		got[v.ID] = v
		return true
	})
	if err != nil {
		s.t.Fatalf("seed %d: read %s: %v", s.seed, day, err)
	}
	want := map[venue.ObservationID]venue.Visit{}
	for _, v := range s.model.Visits(day) {
		want[v.ID] = v
	}
	if diff := cmp.Diff(want, got); diff != "" {
		s.t.Fatalf("seed %d: day %s (-want +got):\n%s", s.seed, day, diff)
	}
	for n := range uint64(9) {
		who := trust.Pseudonym(venuetest.Number(1 + n))
		visits, err := s.log.ByPerson(ctx, day, who)
		if err != nil || len(visits) != len(s.model.ByPerson(day, who)) {
			s.t.Fatalf("seed %d: ByPerson gives %d visits, %v", s.seed, len(visits), err)
		}
	}
}

// scan looks for anything left of a forgotten day.
func (s *story) scan(day civil.Day) {
	s.t.Helper()
	for name := range s.disk.Files() {
		if name == "store/keys/"+day.String()+".key" || len(name) > 23 && name[13:23] == day.String() {
			s.t.Fatalf("seed %d: %s is left of a forgotten day", s.seed, name)
		}
	}
}
