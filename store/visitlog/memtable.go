package visitlog

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
	"sync"

	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/trust"
)

// chunkRows is how many rows one chunk of a memtable holds; it bounds the rows
// that a search looks at one by one.
const chunkRows = 4096

// memtable holds the rows that are in the write-ahead log and in no run yet.
// One writer appends; readers see the first n rows, n being part of their view.
// Rows do not change once published.
type memtable struct {
	chunks []*chunk
	n      int
	// marks are ids that were seen and have no row: those of amendments and of
	// withdrawn visits.
	marks []venue.ObservationID
	ids   idTable
}

// chunk is a full or growing part of a memtable. A full one is indexed by the
// first search that needs it.
type chunk struct {
	rows   [chunkRows]row
	once   sync.Once
	bySite []uint16
	byWho  []uint16
}

// newMemtable makes a table that takes one more group when it holds fewer than
// limit rows.
func newMemtable(limit int) *memtable {
	return &memtable{chunks: make([]*chunk, (limit+venue.MostInBatch)/chunkRows+1)}
}

func (m *memtable) row(i uint32) *row { return &m.chunks[i/chunkRows].rows[i%chunkRows] }

// append adds a row and returns its number.
func (m *memtable) append(r row) uint32 {
	i := uint32(m.n)
	if m.chunks[i/chunkRows] == nil {
		m.chunks[i/chunkRows] = new(chunk)
	}
	*m.row(i) = r
	m.n++
	return i
}

// weight is what counts against the limit: rows and marks.
func (m *memtable) weight() int { return m.n + len(m.marks) }

func (c *chunk) index() {
	c.once.Do(func() {
		c.bySite, c.byWho = make([]uint16, chunkRows), make([]uint16, chunkRows)
		for i := range c.bySite {
			c.bySite[i], c.byWho[i] = uint16(i), uint16(i)
		}
		slices.SortFunc(c.bySite, func(a, b uint16) int { return cmp.Compare(c.rows[a].site, c.rows[b].site) })
		slices.SortFunc(c.byWho, func(a, b uint16) int { return bytes.Compare(c.rows[a].who[:], c.rows[b].who[:]) })
	})
}

// eachOf calls yield with the rows below n of a person; see each.
func (m *memtable) eachOf(who trust.Pseudonym, n int, yield func(uint32, *row) bool) bool {
	return m.each(n, yield,
		func(c *chunk) []uint16 { return c.byWho },
		func(r *row) int { return bytes.Compare(r.who[:], who[:]) })
}

// eachAt calls yield with the rows below n at a site; see each.
func (m *memtable) eachAt(site uint32, n int, yield func(uint32, *row) bool) bool {
	return m.each(n, yield,
		func(c *chunk) []uint16 { return c.bySite },
		func(r *row) int { return cmp.Compare(r.site, site) })
}

// each calls yield with the rows below n for which compare is 0: by the index
// of each full chunk, one by one in the last. It reports whether every yield
// returned true.
func (m *memtable) each(n int, yield func(uint32, *row) bool, order func(*chunk) []uint16, compare func(*row) int) bool {
	full := n / chunkRows
	for k, c := range m.chunks[:full] {
		c.index()
		sorted := order(c)
		at, _ := slices.BinarySearchFunc(sorted, 0, func(i uint16, _ int) int { return compare(&c.rows[i]) })
		for ; at < len(sorted) && compare(&c.rows[sorted[at]]) == 0; at++ {
			if !yield(uint32(k*chunkRows)+uint32(sorted[at]), &c.rows[sorted[at]]) {
				return false
			}
		}
	}
	for i := uint32(full * chunkRows); i < uint32(n); i++ {
		if r := m.row(i); compare(r) == 0 && !yield(i, r) {
			return false
		}
	}
	return true
}

// idTable finds the newest row, or the mark, of an id. It is an open-addressing
// table of hash tag and position; the ids themselves stand in the memtable. The
// tag's upper bits say where an entry belongs, so that the table grows without
// the ids and by going through it in order.
// Every change is remembered until commit, so that it can be taken back.
type idTable struct {
	slots []uint64 // tag in the upper half, position+1 in the lower; 0 is empty
	shift int      // of a hash to the slot where its search begins
	used  int
	undo  []slotChange
}

type slotChange struct {
	slot int
	was  uint64
}

// markBit tells a mark from a row in a position.
const markBit = 1 << 31

// tableGrowth is how much larger a table becomes.
const tableGrowth = 4

// home is the slot where the search for a hash begins.
func (t *idTable) home(h uint64) int { return int(h >> t.shift) }

// sizeFor gives how many slots there must be for more ids: at most three quarters
// of them are full.
func (t *idTable) sizeFor(more int) int {
	size := max(1024, len(t.slots))
	for 4*(t.used+more) > 3*size {
		size *= tableGrowth
	}
	return size
}

// mustGrow tells whether the table of ids must grow before it takes more.
func (m *memtable) mustGrow(more int) bool { return m.ids.sizeFor(more) != len(m.ids.slots) }

// reserve makes room for more ids, so that no set has to grow the table. Changes
// must have been committed, for they cannot be taken back from a grown one.
func (m *memtable) reserve(more int) {
	if !m.mustGrow(more) {
		return
	}
	size := m.ids.sizeFor(more)
	grown := idTable{slots: make([]uint64, size), shift: 64 - bits.Len(uint(size-1)), used: m.ids.used, undo: m.ids.undo[:0]}
	for _, s := range m.ids.slots {
		if s == 0 {
			continue
		}
		i := grown.home(s)
		for grown.slots[i] != 0 {
			i = (i + 1) & (size - 1)
		}
		grown.slots[i] = s
	}
	m.ids = grown
}

func (m *memtable) idAt(position uint32) venue.ObservationID {
	if position&markBit != 0 {
		return m.marks[position&^markBit]
	}
	return m.row(position).id
}

// slot finds where an id is, or the empty slot where it belongs.
func (m *memtable) slot(id venue.ObservationID, h uint64) int {
	mask := len(m.ids.slots) - 1
	for i := m.ids.home(h); ; i = (i + 1) & mask {
		s := m.ids.slots[i]
		if s == 0 || s>>32 == h>>32 && m.idAt(uint32(s)-1) == id {
			return i
		}
	}
}

func (m *memtable) find(id venue.ObservationID, h uint64) (position uint32, ok bool) {
	if len(m.ids.slots) == 0 {
		return 0, false
	}
	s := m.ids.slots[m.slot(id, h)]
	return uint32(s) - 1, s != 0
}

// set points an id at a position; the position must already hold the id.
func (m *memtable) set(id venue.ObservationID, h uint64, position uint32) {
	i := m.slot(id, h)
	m.ids.undo = append(m.ids.undo, slotChange{i, m.ids.slots[i]})
	if m.ids.slots[i] == 0 {
		m.ids.used++
	}
	m.ids.slots[i] = h>>32<<32 | uint64(position+1)
}

func (m *memtable) mark(id venue.ObservationID, h uint64) {
	m.marks = append(m.marks, id)
	m.set(id, h, uint32(len(m.marks)-1)|markBit)
}

// extent says how far a memtable is filled.
type extent struct {
	rows, marks int
	changes     int // of slots since the last commit
}

func (m *memtable) extent() extent { return extent{m.n, len(m.marks), len(m.ids.undo)} }

// commit makes the first changes since the last commit final.
func (m *memtable) commit(changes int) {
	m.ids.undo = m.ids.undo[:copy(m.ids.undo, m.ids.undo[changes:])]
}

// rollback takes back every change beyond an extent, the newest first.
func (m *memtable) rollback(to extent) {
	for _, c := range slices.Backward(m.ids.undo[to.changes:]) {
		if c.was == 0 {
			m.ids.used--
		}
		m.ids.slots[c.slot] = c.was
	}
	m.ids.undo = m.ids.undo[:to.changes]
	m.n, m.marks = to.rows, m.marks[:to.marks]
}
