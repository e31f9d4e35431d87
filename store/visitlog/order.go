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

// sortSpread sorts by key, in place, where keys are spread evenly over all
// 64-bit numbers, as pseudonyms and hashes are. They are dealt twice: into parts
// that fit a cache, so that each deal writes to few places, and each part into
// buckets of a few, which are sorted on their own. Equal keys are ordered by
// compare.
func sortSpread(keys []keyed, compare func(a, b uint32) int) {
	const inPart, inBucket = 4096, 8
	coarse := bits.Len(uint(len(keys) / inPart))
	parts := make([]keyed, len(keys))
	ends := deal(keys, parts, 64, coarse, nil)
	start := uint32(0)
	var buckets []uint32
	for i, end := range ends {
		if i%4 == 0 {
			giveWay()
		}
		part, sorted := parts[start:end], keys[start:end]
		start = end
		buckets = deal(part, sorted, 64-coarse, bits.Len(uint(len(part)/inBucket)), buckets)
		from := uint32(0)
		for _, to := range buckets {
			sortBucket(sorted[from:to], compare)
			from = to
		}
	}
}

// deal copies keys to out in the order of the width bits below bit top, and
// gives where each of their values ends, in ends where it has room.
func deal(in, out []keyed, top, width int, ends []uint32) []uint32 {
	shift, mask := top-width, uint64(1)<<width-1
	ends = append(ends[:0], make([]uint32, 1<<width)...)
	for i := range in {
		ends[in[i].key>>shift&mask]++
	}
	sum := uint32(0)
	for i, n := range ends {
		ends[i] = sum
		sum += n
	}
	for i := range in {
		if i%giveWayAfter == giveWayAfter-1 {
			giveWay()
		}
		b := in[i].key >> shift & mask
		out[ends[b]] = in[i]
		ends[b]++
	}
	return ends
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

// byPerson sorts the rows of a content by pseudonym, then enter and id.
func byPerson(c *runContent) []keyed {
	keys := make([]keyed, 0, c.n)
	for i, r := range c.rows() {
		keys = append(keys, keyed{binary.BigEndian.Uint64(r.who[:]), i})
	}
	sortSpread(keys, func(a, b uint32) int {
		x, y := c.table.row(a), c.table.row(b)
		return cmp.Or(bytes.Compare(x.who[:], y.who[:]), cmp.Compare(x.enter, y.enter), bytes.Compare(x.id[:], y.id[:]))
	})
	return keys
}

// byHash sorts the rows of a run by the hashes of their ids; place says where in
// the run a row of the content is.
func byHash(c *runContent, place []uint32, seed uint64) []keyed {
	keys := make([]keyed, 0, c.n)
	for i, r := range c.rows() {
		keys = append(keys, keyed{hashID(r.id, seed), place[i]})
	}
	sortSpread(keys, func(a, b uint32) int { return cmp.Compare(a, b) })
	return keys
}
