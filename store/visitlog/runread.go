package visitlog

import (
	"bytes"
	"encoding/binary"
	"errors"
	"sort"
	"sync"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// run is an open run file. It is immutable and may be read by any number of
// goroutines. Nobody closes it: the file is released with the last reader.
type run struct {
	name   string
	number uint32
	file   disk.File
	sealer trust.FileSealer
	day    civil.Day
	base   trace.Instant
	head   [walHeadSize]byte
	blocks uint32
	foot   footer
	index  *runIndex
	entry  runEntry // as it stands in the manifest
	damage error    // of the header, without which the rest can be read
	// numbers turns the run's site numbers into the log's.
	numbers []uint32
}

// buffers lends room for one block with its checksum.
var buffers = sync.Pool{New: func() any { return new([blockTotal]byte) }}

// openRun opens a run file and reads its index. Where a footer or index is
// damaged its twin serves, and the manifest's entry for the header.
func openRun(d disk.FS, name string, key trust.DayKey, entry runEntry, sites *siteTable) (*run, error) {
	f, err := d.Open(name)
	if err != nil {
		return nil, damaged(name, "it cannot be opened: %w", err)
	}
	r := &run{name: name, number: entry.Number, entry: entry, file: f, day: key.Day, base: baseOf(key.Day)}
	if err := r.open(key); err != nil {
		return nil, errors.Join(damaged(name, "%w", err), f.Close())
	}
	r.numbers = make([]uint32, len(r.index.sites))
	for i, id := range r.index.sites {
		r.numbers[i] = sites.number(id)
	}
	return r, nil
}

func (r *run) open(key trust.DayKey) error {
	size, err := r.file.Size()
	if err != nil {
		return err
	}
	if _, err := r.file.ReadAt(r.head[:], 0); err != nil {
		return fault.New(fault.Internal, "its header cannot be read")
	}
	var salt trust.Salt
	if salt, r.damage = saltOf(r.name, r.head[:], runMagic, key.Day, r.number, r.entry.Salt); salt == (trust.Salt{}) {
		return fault.New(fault.Internal, "its header is torn or altered, and the manifest does not have its salt")
	}
	r.sealer = key.Sealer(salt)
	body := size - walHeadSize
	if body%blockTotal != 0 || body/blockTotal > 1<<31 || body/blockTotal < 2 {
		return fault.New(fault.Internal, "it was cut: its length is not a number of whole blocks")
	}
	r.blocks = uint32(body / blockTotal)
	if err := r.readFooter(); err != nil {
		return err
	}
	return r.readIndex()
}

func (r *run) readFooter() (err error) {
	buffer := make([]byte, blockTotal)
	for _, n := range []uint32{r.blocks - 1, r.blocks - 2} {
		var b []byte
		if b, err = r.read(n, buffer); err != nil {
			continue
		}
		if r.foot, err = decodeFooter(b, r.blocks); err == nil {
			return nil
		}
	}
	return err
}

func (r *run) readIndex() (err error) {
	for _, which := range []int{indexSection, twinSection} {
		var b []byte
		if b, err = r.readBytes(r.foot.sections[which]); err != nil {
			continue
		}
		if r.index, err = decodeIndex(b, &r.foot); err == nil {
			return nil
		}
	}
	return err
}

func (r *run) readBytes(s section) ([]byte, error) {
	out := make([]byte, 0, (int(s.count)/blockSize+1)*blockSize)
	buffer := make([]byte, blockTotal)
	for n := s.block; len(out) < int(s.count); n++ {
		b, err := r.read(n, buffer)
		if err != nil {
			return nil, err
		}
		out = append(out, b...)
	}
	return out[:s.count], nil
}

// read opens block n into a buffer of blockTotal bytes.
func (r *run) read(n uint32, buffer []byte) ([]byte, error) {
	if _, err := r.file.ReadAt(buffer, walHeadSize+int64(n)*blockTotal); err != nil {
		return nil, fault.New(fault.Internal, "block %d cannot be read", n)
	}
	sealed := buffer[4:]
	if checksum(sealed) != binary.BigEndian.Uint32(buffer) {
		return nil, fault.New(fault.Internal, "block %d is torn or altered: its checksum differs", n)
	}
	return r.sealer.Open(sealed[:0], uint64(n), sealed)
}

// errFound ends a scan early.
var errFound = errors.New("found")

// scan calls yield with the records of a section from one place on, in order,
// until it returns errFound. A damaged block is skipped and named in the error
// when the others have been read.
func (r *run) scan(which, size int, from, until uint32, yield func(place uint32, b []byte) error) error {
	lent := buffers.Get().(*[blockTotal]byte)
	defer buffers.Put(lent)
	per, s := perBlock(size), r.foot.sections[which]
	until = min(until, s.count)
	var damage error
	for place := from; place < until; {
		end := min(until, (place/per+1)*per)
		block, err := r.read(s.block+place/per, lent[:])
		if err != nil {
			damage = errors.Join(damage, damaged(r.name, "%w", err))
			place = end
			continue
		}
		for ; place < end; place++ {
			at := int(place%per) * size
			if err := yield(place, block[at:at+size]); err != nil {
				if err == errFound {
					return damage
				}
				return errors.Join(damage, err)
			}
		}
	}
	return damage
}

// everything is the end of any section.
const everything = ^uint32(0)

// eachRow calls yield with every row; its site is the log's number.
func (r *run) eachRow(yield func(place uint32, v row) error) error {
	return r.scan(rowsSection, rowSize, 0, everything, func(place uint32, b []byte) error {
		v, err := r.row(b)
		if err != nil {
			return err
		}
		return yield(place, v)
	})
}

func (r *run) row(b []byte) (row, error) {
	v := decodeRow(b, r.base)
	if int(v.site) >= len(r.numbers) {
		return v, damaged(r.name, "a row names a site that the index does not have")
	}
	v.site = r.numbers[v.site]
	return v, nil
}

// rowAt reads one row by its number.
func (r *run) rowAt(place uint32) (v row, err error) {
	err = r.scan(rowsSection, rowSize, place, place+1, func(_ uint32, b []byte) error {
		v, err = r.row(b)
		return err
	})
	return v, err
}

// eachOf calls yield with the rows of a person.
func (r *run) eachOf(who trust.Pseudonym, yield func(place uint32, v row) error) error {
	prefix := binary.BigEndian.Uint64(who[:])
	// The rows begin in the last block whose first pseudonym is smaller, if any.
	first := sort.Search(len(r.index.whos), func(i int) bool { return r.index.whos[i] >= prefix })
	from := uint32(max(first-1, 0)) * perBlock(rowSize)
	return r.scan(rowsSection, rowSize, from, everything, func(place uint32, b []byte) error {
		switch bytes.Compare(b[:16], who[:]) {
		case -1:
			return nil
		case 1:
			return errFound
		}
		v, err := r.row(b)
		if err != nil {
			return err
		}
		return yield(place, v)
	})
}

// eachAt calls yield with one entry for each visit at a site that meets a
// window. The entry is good until yield returns.
func (r *run) eachAt(site venue.SiteID, w trace.Window, yield func(e *entry) error) error {
	if !w.Meets(trace.Window{From: r.foot.from, Until: r.foot.until + 1}) {
		return nil
	}
	i := sort.Search(len(r.index.sites), func(i int) bool { return bytes.Compare(r.index.sites[i][:], site[:]) >= 0 })
	if i == len(r.index.sites) || r.index.sites[i] != site {
		return nil
	}
	from, until := r.index.entries[i], r.index.entries[i+1]
	from = r.firstEntry(from, until, w.From-dwellCap)
	var e entry // one for all: a busy site has very many
	return r.scan(sitesSection, entrySize, from, until, func(_ uint32, b []byte) error {
		e = decodeEntry(b, r.base)
		if e.start >= w.Until {
			return errFound
		}
		if !e.answers(w) {
			return nil
		}
		return yield(&e)
	})
}

// firstEntry gives a place in [from, until) before which no entry of the site
// starts after the instant. It looks at block borders only.
func (r *run) firstEntry(from, until uint32, after trace.Instant) uint32 {
	per := perBlock(entrySize)
	lo, hi := from/per+1, (until+per-1)/per // blocks that begin inside the range
	if hi <= lo {
		return from
	}
	n := sort.Search(int(hi-lo), func(i int) bool { return trace.Instant(r.index.starts[int(lo)+i]) > after })
	if n == 0 {
		return from
	}
	return max(from, (lo+uint32(n)-1)*per)
}

// find gives the places of the rows that may have an id: those whose hash
// agrees in its upper half.
func (r *run) find(id venue.ObservationID, h uint64, yield func(place uint32, v row) error) error {
	upper := uint32(h >> 32)
	first := sort.Search(len(r.index.hashes), func(i int) bool { return r.index.hashes[i] >= upper })
	from := uint32(max(first-1, 0)) * perBlock(idSize)
	var places []uint32
	err := r.scan(idsSection, idSize, from, everything, func(_ uint32, b []byte) error {
		switch at := binary.BigEndian.Uint32(b); {
		case at < upper:
			return nil
		case at > upper:
			return errFound
		}
		places = append(places, binary.BigEndian.Uint32(b[4:]))
		return nil
	})
	for _, place := range places {
		v, rowErr := r.rowAt(place)
		if rowErr != nil {
			err = errors.Join(err, rowErr)
		} else if v.id == id {
			err = errors.Join(err, yield(place, v))
		}
	}
	return err
}

// marked tells whether an id is among the run's marks.
func (r *run) marked(id venue.ObservationID) (found bool, err error) {
	prefix := binary.BigEndian.Uint64(id[:])
	first := sort.Search(len(r.index.marks), func(i int) bool { return r.index.marks[i] >= prefix })
	from := uint32(max(first-1, 0)) * perBlock(markSize)
	err = r.scan(marksSection, markSize, from, everything, func(_ uint32, b []byte) error {
		switch bytes.Compare(b, id[:]) {
		case -1:
			return nil
		case 0:
			found = true
		}
		return errFound
	})
	return found, err
}

func (r *run) eachMark(yield func(venue.ObservationID)) error {
	return r.scan(marksSection, markSize, 0, everything, func(_ uint32, b []byte) error {
		yield(venue.ObservationID(b))
		return nil
	})
}

// ids counts the ids that the run knows.
func (r *run) ids() int {
	return int(r.foot.sections[rowsSection].count + r.foot.sections[marksSection].count)
}

// eachHash calls yield with the upper half of the hash of every id that the run
// knows, marks included.
func (r *run) eachHash(seed uint64, yield func(uint32)) error {
	err := r.scan(idsSection, idSize, 0, everything, func(_ uint32, b []byte) error {
		yield(binary.BigEndian.Uint32(b))
		return nil
	})
	return errors.Join(err, r.eachMark(func(id venue.ObservationID) { yield(uint32(hashID(id, seed) >> 32)) }))
}

// verify reads every block and compares the hash chain with what the manifest
// says.
func (r *run) verify(want journal.Hash) error {
	lent := buffers.Get().(*[blockTotal]byte)
	defer buffers.Put(lent)
	chain := headHash(r.head[:])
	var damage error
	for n := range r.blocks {
		at := walHeadSize + int64(n)*blockTotal
		if _, err := r.file.ReadAt(lent[:], at); err == nil {
			chain = chainBlock(chain, lent[4:])
		}
		if _, err := r.read(n, lent[:]); err != nil {
			damage = errors.Join(damage, damaged(r.name, "%w", err))
		}
	}
	if damage == nil && chain != want {
		return damaged(r.name, "it is not the file that the manifest names")
	}
	return damage
}
