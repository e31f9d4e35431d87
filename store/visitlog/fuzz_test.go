package visitlog

import (
	"crypto/rand"
	"encoding/binary"
	"testing"

	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/observe/venue/venuetest"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

func fuzzKey(f *testing.F) trust.DayKey {
	f.Helper()
	keys, err := trust.OpenDayKeys(disktest.New(1), "keys", rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	key, err := keys.Ensure(venuetest.First)
	if err != nil {
		f.Fatal(err)
	}
	return key
}

func observation(n uint64) venue.Observation {
	enter := trace.Instant(venuetest.First) * 24 * trace.Hour
	return venue.Observation{Act: venue.CheckIn, Visit: venue.Visit{ID: venuetest.Number(n), Site: venuetest.Number(1),
		Day: venuetest.First, Who: venuetest.Number(2), Enter: enter, Leave: enter + trace.Hour, Party: 1}}
}

func FuzzDecodeObservation(f *testing.F) {
	base := baseOf(venuetest.First)
	for _, act := range []venue.Act{venue.CheckIn, venue.CheckOut, venue.Correct, venue.Withdraw} {
		o := observation(1)
		o.Act, o.Of = act, venuetest.Number(9)
		f.Add(appendObservation(nil, &o, base))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		o, rest, err := decodeObservation(b, venuetest.First)
		if err != nil {
			return
		}
		if err := o.Check(); err != nil {
			t.Errorf("a record that the log would refuse was read: %v", err)
		}
		again := appendObservation(nil, &o, base)
		if got, want := len(again), len(b)-len(rest); got != want {
			t.Errorf("written again it has %d bytes, want %d", got, want)
		}
	})
}

func FuzzReplay(f *testing.F) {
	key := fuzzKey(f)
	d := disktest.New(1)
	if err := d.MakeDir("day"); err != nil {
		f.Fatal(err)
	}
	w, err := createWAL(d, "day/log", key, 1, rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	for n := range uint64(3) {
		o := observation(n + 1)
		if err := w.append(appendObservation(nil, &o, baseOf(key.Day))); err != nil {
			f.Fatal(err)
		}
	}
	whole := d.Files()["day/log"]
	f.Add(whole)
	f.Add(whole[:len(whole)-7])
	f.Add(append(whole[:60:60], whole[50:]...))
	f.Fuzz(func(t *testing.T, b []byte) {
		d := disktest.New(1)
		d.Put("day/log", b)
		n := 0
		// Whatever the bytes, only what was sealed under the key can come out.
		_, _ = replayWAL(d, "day/log", key, logEntry{Number: 1}, func(o venue.Observation) error {
			n++
			if o.Site != venuetest.Number(1) || n > 3 {
				t.Errorf("an observation that was never written came out")
			}
			return nil
		})
	})
}

func FuzzFooterAndIndex(f *testing.F) {
	foot := footer{}
	foot.sections[rowsSection] = section{0, 10}
	foot.sections[sitesSection] = section{1, 10}
	foot.sections[idsSection] = section{2, 10}
	foot.sections[marksSection] = section{3, 0}
	foot.sections[indexSection] = section{3, 80}
	foot.sections[twinSection] = section{4, 80}
	index := runIndex{sites: []venue.SiteID{{1}}, entries: []uint32{0, 10}, whos: []uint64{1}, starts: []uint64{1}, hashes: []uint32{1}}
	f.Add(foot.encode(), index.encode(), uint32(7))
	f.Fuzz(func(t *testing.T, footBytes, indexBytes []byte, blocks uint32) {
		foot, err := decodeFooter(footBytes, blocks)
		if err != nil {
			return
		}
		for _, s := range foot.sections {
			if s.block > blocks {
				t.Errorf("a section begins at block %d of %d", s.block, blocks)
			}
		}
		if x, err := decodeIndex(indexBytes, &foot); err == nil && len(x.entries) != len(x.sites)+1 {
			t.Error("an index without an end was taken")
		}
	})
}

func FuzzDead(f *testing.F) {
	f.Add([]byte{})
	f.Add(binary.BigEndian.AppendUint64(nil, 1<<32|1))
	f.Add(make([]byte, 8+pageBytes))
	f.Fuzz(func(t *testing.T, b []byte) {
		dead, err := decodeDead("dead", b)
		if err != nil {
			return
		}
		for _, set := range dead {
			if len(set.without(rowSet{})) != set.count {
				t.Error("the count differs from the rows")
			}
		}
	})
}

func FuzzManifest(f *testing.F) {
	d := disktest.New(1)
	if err := d.MakeDir("day"); err != nil {
		f.Fatal(err)
	}
	if err := writeManifest(d, "day", &manifest{Format: manifestFormat, Day: venuetest.First, Next: 3, Logs: []logEntry{{Number: 2}}}); err != nil {
		f.Fatal(err)
	}
	f.Add(d.Files()["day/manifest"])
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := parseManifest(b, venuetest.First); err == nil && (m.Format != manifestFormat || m.Day != venuetest.First) {
			t.Error("a manifest of another format or day was taken")
		}
	})
}
