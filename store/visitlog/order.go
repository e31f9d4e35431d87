package visitlog

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// keyed is a row's number with the key it is sorted by.
type keyed struct {
	key uint64
	row uint32
}

// sortSpread sorts by key where keys are spread evenly over all 64-bit numbers,
// as pseudonyms and hashes are: one pass deals them into buckets of a few each,
// and every bucket is sorted on its own. Equal keys are ordered by less.
func sortSpread(in []keyed, compare func(a, b uint32) int) []keyed {
	const each = 8
	width := max(1, bits.Len(uint(len(in)/each)))
	shift := 64 - width
	ends := make([]uint32, 1<<width+1)
	for _, k := range in {
		ends[k.key>>shift+1]++
	}
	for i := 1; i < len(ends); i++ {
		ends[i] += ends[i-1]
	}
	out := make([]keyed, len(in))
	for _, k := range in {
		b := k.key >> shift
		out[ends[b]] = k
		ends[b]++
	}
	start := uint32(0)
	for _, end := range ends[:1<<width] {
		sortBucket(out[start:end], compare)
		start = end
	}
	return out
}

// sortBucket sorts by insertion what is short, which nearly every bucket is.
func sortBucket(b []keyed, compare func(a, b uint32) int) {
	const short = 24
	if len(b) > short {
		slices.SortFunc(b, func(x, y keyed) int { return cmp.Or(cmp.Compare(x.key, y.key), compare(x.row, y.row)) })
		return
	}
	for i := 1; i < len(b); i++ {
		x := b[i]
		j := i
		for ; j > 0 && (b[j-1].key > x.key || b[j-1].key == x.key && compare(b[j-1].row, x.row) > 0); j-- {
			b[j] = b[j-1]
		}
		b[j] = x
	}
}

// byPerson sorts rows by pseudonym, then enter and id.
func byPerson(rows []row) []keyed {
	keys := make([]keyed, len(rows))
	for i := range rows {
		keys[i] = keyed{binary.BigEndian.Uint64(rows[i].who[:]), uint32(i)}
	}
	return sortSpread(keys, func(a, b uint32) int {
		x, y := &rows[a], &rows[b]
		return cmp.Or(bytes.Compare(x.who[:], y.who[:]), cmp.Compare(x.enter, y.enter), bytes.Compare(x.id[:], y.id[:]))
	})
}

// byHash sorts the positions of rows in order by the hashes of their ids.
func byHash(rows []row, order []keyed, seed uint64) []keyed {
	keys := make([]keyed, len(order))
	for i, k := range order {
		keys[i] = keyed{hashID(rows[k.row].id, seed), uint32(i)}
	}
	return sortSpread(keys, func(a, b uint32) int { return cmp.Compare(a, b) })
}
