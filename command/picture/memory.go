package picture

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"sync"

	"github.com/breakwater-eoc/breakwater/science/renewal"
	"github.com/breakwater-eoc/breakwater/science/series"
)

// mostKept is how many nowcasts a desk remembers, each of about 120 kB: those
// of a course, with what was said on seven earlier days, are eight.
const mostKept = 128

// memory keeps the nowcasts that were worked out last. A nowcast follows from its
// triangle and seed alone, which are what it is found by: a count that comes in
// or is corrected, here or at another node, makes another triangle. What is kept
// can therefore be forgotten, but never out of date. The zero value is empty.
type memory struct {
	mu    sync.Mutex
	kept  map[[sha256.Size]byte][]renewal.Nowcast
	order [][sha256.Size]byte // oldest first
}

// recall returns the nowcasts of a triangle, which nobody may change, and works
// them out where they are not kept.
func (m *memory) recall(seed uint64, tr series.Triangle, work func() ([]renewal.Nowcast, error)) ([]renewal.Nowcast, error) {
	k := digest(seed, tr)
	m.mu.Lock()
	known, ok := m.kept[k]
	m.mu.Unlock()
	if ok {
		return known, nil
	}
	said, err := work()
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil {
		m.kept = map[[sha256.Size]byte][]renewal.Nowcast{}
	}
	if _, ok := m.kept[k]; !ok {
		m.order = append(m.order, k)
	}
	m.kept[k] = said
	for len(m.order) > mostKept {
		delete(m.kept, m.order[0])
		m.order = m.order[1:]
	}
	return said, nil
}

// digest tells triangles and seeds apart.
func digest(seed uint64, tr series.Triangle) [sha256.Size]byte {
	of := binary.BigEndian.AppendUint64(nil, seed)
	of = binary.BigEndian.AppendUint64(of, uint64(tr.First))
	of = binary.BigEndian.AppendUint64(of, uint64(tr.Now))
	for _, row := range tr.Counts {
		of = binary.BigEndian.AppendUint64(of, uint64(len(row)))
		for _, n := range row {
			of = binary.BigEndian.AppendUint64(of, math.Float64bits(n))
		}
	}
	return sha256.Sum256(of)
}
