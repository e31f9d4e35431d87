package visitlog

import (
	"encoding/binary"
	"math"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// A run is an immutable file of one day's visits: a header and blocks of one
// size, sealed under the day's key and numbered from 0. Sections of
// fixed-size records begin at block borders:
//
//	rows   the visits by pseudonym, then enter and id; a row's number is its place
//	sites  one entry for each stretch of at most dwellCap, by site and start
//	ids    the upper half of each id's hash and its row, by hash
//	marks  the ids that were seen and have no row, by id
//	index  where sites begin and with what each block begins, twice
//	footer the sections, twice
var runMagic = [8]byte{'B', 'W', 'V', 'R', 'U', 'N', '0', '1'}

const (
	blockSize  = 16 << 10
	blockTotal = 4 + blockSize + trust.Overhead // with its checksum

	rowSize   = 16 + 16 + 4 + 2*timeSize + 2 + 1 + 1
	entrySize = 16 + 2*timeSize + 4 + 1 + 1
	idSize    = 4 + 4
	markSize  = 16
)

// dwellCap bounds the stretch that one entry of the site section stands for.
// Longer visits have several entries, so that a search for a window needs to
// look back no further than this, whoever stays all day.
const dwellCap = 3 * trace.Hour

// pieces tells how many entries a visit has in the site section.
func pieces(enter, leave trace.Instant) int {
	return max(1, int((leave-enter+dwellCap-1)/dwellCap))
}

// section is where a kind of record stands in a run.
type section struct {
	block uint32 // its first block
	count uint32 // its records; for the index its bytes
}

// sections of a run, in the order in which they are written.
const (
	rowsSection = iota
	sitesSection
	idsSection
	marksSection
	indexSection
	twinSection // the index again
	sectionCount
)

type footer struct {
	sections [sectionCount]section
	// from and until bound every stay of the run.
	from, until trace.Instant
}

const footerSize = sectionCount*8 + 2*8

func (f *footer) encode() []byte {
	b := make([]byte, 0, footerSize)
	for _, s := range f.sections {
		b = binary.BigEndian.AppendUint32(b, s.block)
		b = binary.BigEndian.AppendUint32(b, s.count)
	}
	b = binary.BigEndian.AppendUint64(b, uint64(f.from))
	return binary.BigEndian.AppendUint64(b, uint64(f.until))
}

// decodeFooter reads a footer and checks that its sections lie inside a file of
// so many blocks and do not overlap.
func decodeFooter(b []byte, blocks uint32) (f footer, err error) {
	if len(b) < footerSize {
		return f, fault.New(fault.Internal, "the footer is too short")
	}
	perBlock := [sectionCount]uint32{perBlock(rowSize), perBlock(entrySize), perBlock(idSize), perBlock(markSize), blockSize, blockSize}
	end := uint64(0)
	for i := range f.sections {
		s := section{binary.BigEndian.Uint32(b[8*i:]), binary.BigEndian.Uint32(b[8*i+4:])}
		need := (uint64(s.count) + uint64(perBlock[i]) - 1) / uint64(perBlock[i])
		if uint64(s.block) < end || uint64(s.block)+need > uint64(blocks) {
			return f, fault.New(fault.Internal, "the footer names sections outside the file")
		}
		end = uint64(s.block) + need
		f.sections[i] = s
	}
	f.from = trace.Instant(binary.BigEndian.Uint64(b[8*sectionCount:]))
	f.until = trace.Instant(binary.BigEndian.Uint64(b[8*sectionCount+8:]))
	return f, nil
}

// perBlock is how many records of a size a block holds.
func perBlock(size int) uint32 { return uint32(blockSize / size) }

// runIndex is the part of a run that is kept in memory while it is open.
type runIndex struct {
	sites   []venue.SiteID // sorted
	entries []uint32       // the first entry of each site, and one more at the end
	whos    []uint64       // the first 8 bytes of the first pseudonym of each block
	starts  []uint64       // the start of the first entry of each block
	hashes  []uint32       // the first hash of each block
	marks   []uint64       // the first 8 bytes of the first mark of each block
}

func (x *runIndex) encode() []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(x.sites)))
	for _, n := range []int{len(x.whos), len(x.starts), len(x.hashes), len(x.marks)} {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	for _, s := range x.sites {
		b = append(b, s[:]...)
	}
	for _, e := range x.entries {
		b = binary.BigEndian.AppendUint32(b, e)
	}
	for _, list := range [][]uint64{x.whos, x.starts, x.marks} {
		for _, v := range list {
			b = binary.BigEndian.AppendUint64(b, v)
		}
	}
	for _, h := range x.hashes {
		b = binary.BigEndian.AppendUint32(b, h)
	}
	return b
}

// decodeIndex reads an index and checks it against the footer's counts, so that
// no search can be led outside a section.
func decodeIndex(b []byte, f *footer) (*runIndex, error) {
	malformed := fault.New(fault.Internal, "the index does not fit the file")
	if len(b) < 20 {
		return nil, malformed
	}
	var n [5]int
	for i := range n {
		n[i] = int(binary.BigEndian.Uint32(b[4*i:]))
	}
	sites, whos, starts, hashes, marks := n[0], n[1], n[2], n[3], n[4]
	if len(b) != 20+sites*16+(sites+1)*4+(whos+starts+marks)*8+hashes*4 ||
		whos != blocksOf(f, rowsSection, rowSize) || starts != blocksOf(f, sitesSection, entrySize) ||
		hashes != blocksOf(f, idsSection, idSize) || marks != blocksOf(f, marksSection, markSize) {
		return nil, malformed
	}
	b = b[20:]
	x := &runIndex{sites: make([]venue.SiteID, sites), entries: make([]uint32, sites+1)}
	for i := range x.sites {
		copy(x.sites[i][:], b[16*i:])
	}
	b = b[16*sites:]
	for i := range x.entries {
		x.entries[i] = binary.BigEndian.Uint32(b[4*i:])
		if i > 0 && x.entries[i] < x.entries[i-1] {
			return nil, malformed
		}
	}
	if x.entries[0] != 0 || x.entries[sites] != f.sections[sitesSection].count {
		return nil, malformed
	}
	b = b[4*(sites+1):]
	x.whos, b = decodeWords(b, whos)
	x.starts, b = decodeWords(b, starts)
	x.marks, b = decodeWords(b, marks)
	x.hashes = make([]uint32, hashes)
	for i := range x.hashes {
		x.hashes[i] = binary.BigEndian.Uint32(b[4*i:])
	}
	return x, nil
}

func decodeWords(b []byte, n int) ([]uint64, []byte) {
	words := make([]uint64, n)
	for i := range words {
		words[i] = binary.BigEndian.Uint64(b[8*i:])
	}
	return words, b[8*n:]
}

func blocksOf(f *footer, section, size int) int {
	per := perBlock(size)
	return int((uint64(f.sections[section].count) + uint64(per) - 1) / uint64(per))
}

// encodeRow writes a row; site is its number within the run.
func encodeRow(b []byte, r *row, site uint32, base trace.Instant) {
	_ = b[rowSize-1]
	copy(b, r.who[:])
	copy(b[16:], r.id[:])
	binary.BigEndian.PutUint32(b[32:], site)
	putTime(b[36:], base, r.enter)
	putTime(b[41:], base, r.leave)
	binary.BigEndian.PutUint16(b[46:], r.entrance)
	b[48] = r.party
	b[49] = 0
	if r.open {
		b[49] = 1
	}
}

// decodeRow reads a row; its site is left as the number within the run.
func decodeRow(b []byte, base trace.Instant) (r row) {
	_ = b[rowSize-1]
	copy(r.who[:], b)
	copy(r.id[:], b[16:])
	r.site = binary.BigEndian.Uint32(b[32:])
	r.enter, r.leave = getTime(b[36:], base), getTime(b[41:], base)
	r.entrance = binary.BigEndian.Uint16(b[46:])
	r.party, r.open = b[48], b[49] != 0
	return r
}

// entry is one stretch of a visit in the site section.
type entry struct {
	who          trust.Pseudonym
	start, leave trace.Instant
	row          uint32
	party, piece uint8
}

func (e *entry) enter() trace.Instant { return e.start - trace.Instant(e.piece)*dwellCap }

// answers reports whether this entry, among those of its visit, is the one that
// answers for a window: the visit meets the window, and this stretch holds the
// first instant of the meeting.
func (e *entry) answers(w trace.Window) bool {
	stay := trace.Window{From: e.enter(), Until: e.leave}
	first := max(stay.From, w.From)
	return stay.Meets(w) && e.start <= first && first < e.start+dwellCap
}

func encodeEntry(b []byte, e *entry, base trace.Instant) {
	_ = b[entrySize-1]
	copy(b, e.who[:])
	putTime(b[16:], base, e.start)
	putTime(b[21:], base, e.leave)
	binary.BigEndian.PutUint32(b[26:], e.row)
	b[30], b[31] = e.party, e.piece
}

func decodeEntry(b []byte, base trace.Instant) (e entry) {
	_ = b[entrySize-1]
	copy(e.who[:], b)
	e.start, e.leave = getTime(b[16:], base), getTime(b[21:], base)
	e.row = binary.BigEndian.Uint32(b[26:])
	e.party, e.piece = b[30], b[31]
	return e
}

// noTime is the window of a run without visits.
var noTime = trace.Window{From: math.MaxInt64, Until: math.MinInt64}
