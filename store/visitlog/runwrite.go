package visitlog

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// runContent is what goes into a run: the first n rows of a table but the dead
// ones, and marks. Rows carry the log's own site numbers.
type runContent struct {
	table *memtable
	n     int
	dead  rowSet
	marks []venue.ObservationID
	sites []venue.SiteID // by the log's number
}

// rows goes through the rows with their places in the table.
func (c *runContent) rows() iter.Seq2[uint32, *row] {
	return func(yield func(uint32, *row) bool) {
		for i := range uint32(c.n) {
			if i%giveWayAfter == 0 {
				giveWay()
			}
			if !c.dead.has(i) && !yield(i, c.table.row(i)) {
				return
			}
		}
	}
}

// giveWay lets whoever takes observations in go first. Runs are written in the
// background and can wait; without this an appender whose sync is done would
// wait for a processor until the scheduler's time slice is over.
func giveWay() { runtime.Gosched() }

// giveWayAfter is how many rows a pass over all rows handles before it gives way:
// less than a millisecond's work.
const giveWayAfter = 16384

// writtenRun says what was written and in which order.
type writtenRun struct {
	entry runEntry
	order []keyed // order[i].row is the place in the content's table of the run's row i
}

// writeRun writes a run file, durable when it returns. Names inside the folder
// still have to be synced.
func writeRun(d disk.FS, name string, key trust.DayKey, number uint32, random io.Reader, content runContent) (writtenRun, error) {
	var salt trust.Salt
	if _, err := io.ReadFull(random, salt[:]); err != nil {
		return writtenRun{}, fmt.Errorf("draw salt: %w", err)
	}
	f, err := d.Create(name)
	if err != nil {
		return writtenRun{}, fmt.Errorf("create run: %w", err)
	}
	w := &runWriter{file: f, sealer: key.Sealer(salt), base: baseOf(key.Day), seed: key.Seed()}
	w.pending = append(w.pending, fileHead(runMagic, key.Day, number, salt)...)
	w.chain = headHash(w.pending)
	order := w.write(&content)
	w.flush()
	if w.err == nil {
		w.err = f.Sync()
	}
	if err := errors.Join(w.err, f.Close()); err != nil {
		_ = d.Remove(name) // half a run may be what fills the disk; otherwise it is removed later
		return writtenRun{}, fmt.Errorf("write run: %w", err)
	}
	return writtenRun{
		entry: runEntry{Number: number, Rows: len(order), Bytes: w.size, Chain: w.chain, Salt: salt},
		order: order,
	}, nil
}

// runWriter fills and seals blocks. Its first error sticks.
type runWriter struct {
	file    disk.File
	sealer  trust.FileSealer
	base    trace.Instant
	seed    uint64
	foot    footer
	index   runIndex
	block   []byte // the plain block being filled
	count   uint32 // blocks finished
	pending []byte // sealed blocks not yet written
	size    int64
	synced  int64 // of size
	chain   journal.Hash
	err     error
	warmed  uint32 // what was read ahead; nobody uses it, but the reads must not be left out
}

// writeBehind is how many bytes are handed to the file system at a time.
const writeBehind = 1 << 20

// syncEvery is how many bytes of a run may wait for the disk, and so how long the
// sync of the write-ahead log may have to wait behind them.
const syncEvery = 16 << 20

func (w *runWriter) write(c *runContent) []keyed {
	w.block = make([]byte, 0, blockSize+trust.Overhead)
	order := byPerson(c)
	place := make([]uint32, c.n) // of each content row in the run
	for i, k := range order {
		if i%giveWayAfter == 0 {
			giveWay()
		}
		place[k.row] = uint32(i)
	}
	rank := w.rankSites(c)
	// While the rows are written, the other sections are sorted.
	var stretches []stretch
	var hashes []keyed
	var sorting sync.WaitGroup
	sorting.Go(func() { stretches, w.index.entries = dealStretches(c, place, rank, len(w.index.sites), w.base) })
	sorting.Go(func() { hashes = byHash(c, place, w.seed) })
	w.writeRows(c, order, rank)
	sorting.Wait()
	w.section(sitesSection, entrySize, len(stretches),
		func(i int, b []byte) { copy(b, stretches[i][:]) },
		func(b []byte) { w.index.starts = append(w.index.starts, uint64(getTime(b[16:], w.base))) })
	w.section(idsSection, idSize, len(hashes), func(i int, b []byte) {
		binary.BigEndian.PutUint32(b, uint32(hashes[i].key>>32))
		binary.BigEndian.PutUint32(b[4:], hashes[i].row)
	}, func(b []byte) { w.index.hashes = append(w.index.hashes, binary.BigEndian.Uint32(b)) })
	marks := slices.Clone(c.marks)
	slices.SortFunc(marks, func(a, b venue.ObservationID) int { return bytes.Compare(a[:], b[:]) })
	w.section(marksSection, markSize, len(marks),
		func(i int, b []byte) { copy(b, marks[i][:]) },
		func(b []byte) { w.index.marks = append(w.index.marks, binary.BigEndian.Uint64(b)) })
	index := w.index.encode()
	w.bytes(indexSection, index)
	w.bytes(twinSection, index)
	for range 2 {
		w.block = append(w.block, w.foot.encode()...)
		w.finishBlock()
	}
	return order
}

// writeRows writes the rows section.
func (w *runWriter) writeRows(c *runContent, order []keyed, rank []uint32) {
	const stretch = 256
	w.foot.from, w.foot.until = noTime.From, noTime.Until
	w.section(rowsSection, rowSize, len(order), func(i int, b []byte) {
		if i%stretch == 0 { // read them at once, so that the misses of the cache overlap
			for _, k := range order[i:min(i+stretch, len(order))] {
				w.warmed += c.table.row(k.row).site
			}
		}
		r := c.table.row(order[i].row)
		encodeRow(b, r, rank[r.site], w.base)
		w.foot.from, w.foot.until = min(w.foot.from, r.enter), max(w.foot.until, r.leave)
	}, func(b []byte) { w.index.whos = append(w.index.whos, binary.BigEndian.Uint64(b)) })
}

// rankSites puts the sites that occur into order of their ids and returns each
// one's place by the log's number.
func (w *runWriter) rankSites(c *runContent) []uint32 {
	seen := make([]uint32, len(c.sites))
	for _, r := range c.rows() {
		seen[r.site] = 1
	}
	var numbers []uint32
	for n, s := range seen {
		if s != 0 {
			numbers = append(numbers, uint32(n))
		}
	}
	slices.SortFunc(numbers, func(a, b uint32) int { return bytes.Compare(c.sites[a][:], c.sites[b][:]) })
	for i, n := range numbers {
		seen[n] = uint32(i)
		w.index.sites = append(w.index.sites, c.sites[n])
	}
	return seen
}

// stretch is an entry of the site section as it will stand in the file.
type stretch [entrySize]byte

// compareStretches orders those of one site by start, then row.
func compareStretches(a, b stretch) int {
	const unused = 64 - 8*timeSize
	return cmp.Or(
		cmp.Compare(binary.BigEndian.Uint64(a[16:])>>unused, binary.BigEndian.Uint64(b[16:])>>unused),
		cmp.Compare(binary.BigEndian.Uint32(a[26:]), binary.BigEndian.Uint32(b[26:])))
}

// dealStretches makes the site section: rows dealt out by the rank of their site,
// each site's stretches by their start. It also gives where each site begins, and
// the end. Content comes in order of time, more or less, so that going through it
// in its own order leaves little to sort.
func dealStretches(c *runContent, place, rank []uint32, sites int, base trace.Instant) (all []stretch, first []uint32) {
	first = make([]uint32, sites+1)
	for _, r := range c.rows() {
		first[rank[r.site]+1] += uint32(pieces(r.enter, r.leave))
	}
	for i := 1; i < len(first); i++ {
		first[i] += first[i-1]
	}
	all = make([]stretch, first[sites])
	next := slices.Clone(first)
	for i, r := range c.rows() {
		at := &next[rank[r.site]]
		for p := range pieces(r.enter, r.leave) {
			start := r.enter + trace.Instant(p)*dwellCap
			encodeEntry(all[*at][:], &entry{r.who, start, r.leave, place[i], r.party, uint8(p)}, base)
			*at++
		}
	}
	for i := range sites {
		if i%256 == 0 {
			giveWay()
		}
		slices.SortFunc(all[first[i]:first[i+1]], compareStretches)
	}
	return all, first
}

// section writes n records of a size; fence sees the first of each block.
func (w *runWriter) section(which, size, n int, encode func(i int, b []byte), fence func(b []byte)) {
	w.foot.sections[which] = section{w.count, uint32(n)}
	for i := range n {
		at := len(w.block)
		w.block = w.block[:at+size]
		encode(i, w.block[at:])
		if at == 0 {
			fence(w.block)
		}
		if at+2*size > blockSize {
			w.finishBlock()
		}
	}
	if len(w.block) > 0 {
		w.finishBlock()
	}
}

func (w *runWriter) bytes(which int, b []byte) {
	w.foot.sections[which] = section{w.count, uint32(len(b))}
	for part := range slices.Chunk(b, blockSize) {
		w.block = append(w.block, part...)
		w.finishBlock()
	}
}

// finishBlock pads, seals and chains the block.
func (w *runWriter) finishBlock() {
	filled := len(w.block)
	w.block = w.block[:blockSize]
	clear(w.block[filled:])
	at := len(w.pending)
	w.pending = append(w.pending, 0, 0, 0, 0)
	w.pending = w.sealer.Seal(w.pending, uint64(w.count), w.block)
	sealed := w.pending[at+4:]
	binary.BigEndian.PutUint32(w.pending[at:], checksum(sealed))
	w.chain = chainBlock(w.chain, sealed)
	w.block = w.block[:0]
	if w.count == math.MaxUint32 {
		w.err = errors.Join(w.err, errors.New("a run has too many blocks"))
	}
	w.count++
	if w.count%16 == 0 {
		giveWay()
	}
	if len(w.pending) >= writeBehind {
		w.flush()
	}
}

func (w *runWriter) flush() {
	if w.err == nil {
		_, w.err = w.file.Write(w.pending)
	}
	w.size += int64(len(w.pending))
	w.pending = w.pending[:0]
	if w.err == nil && w.size-w.synced >= syncEvery {
		w.err, w.synced = w.file.Sync(), w.size
	}
}

// headHash begins a run's hash chain by its header.
func headHash(head []byte) journal.Hash { return sha256.Sum256(head) }

// chainBlock continues a run's hash chain by the authentication tag of a sealed
// block, which stands for all of its bytes.
func chainBlock(chain journal.Hash, sealed []byte) journal.Hash {
	var b [sha256.Size + trust.Overhead]byte
	copy(b[:], chain[:])
	copy(b[sha256.Size:], sealed[len(sealed)-trust.Overhead:])
	return sha256.Sum256(b[:])
}
