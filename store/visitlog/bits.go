package visitlog

import "math/bits"

// pageRows is how many rows one page of a rowSet covers.
const pageRows = 4096

type page [pageRows / 64]uint64

// rowSet is an immutable set of row numbers. Adding to it copies the pages that
// change and shares the others, so that a reader's set never changes under it.
type rowSet struct {
	pages []*page
	count int
}

func (s rowSet) has(row uint32) bool {
	p := row / pageRows
	if int(p) >= len(s.pages) || s.pages[p] == nil {
		return false
	}
	return s.pages[p][row%pageRows/64]&(1<<(row%64)) != 0
}

// with returns the set with rows added.
func (s rowSet) with(rows []uint32) rowSet {
	if len(rows) == 0 {
		return s
	}
	most := uint32(0)
	for _, r := range rows {
		most = max(most, r/pageRows)
	}
	out := rowSet{pages: make([]*page, max(len(s.pages), int(most)+1)), count: s.count}
	copy(out.pages, s.pages)
	own := make(map[uint32]bool)
	for _, r := range rows {
		n := r / pageRows
		if !own[n] {
			own[n] = true
			fresh := new(page)
			if out.pages[n] != nil {
				*fresh = *out.pages[n]
			}
			out.pages[n] = fresh
		}
		if word := &out.pages[n][r%pageRows/64]; *word&(1<<(r%64)) == 0 {
			*word |= 1 << (r % 64)
			out.count++
		}
	}
	return out
}

// without lists the rows of s that are not in t, in order.
func (s rowSet) without(t rowSet) []uint32 {
	var rows []uint32
	for n, p := range s.pages {
		if p == nil || n < len(t.pages) && t.pages[n] == p {
			continue
		}
		for w, word := range p {
			if n < len(t.pages) && t.pages[n] != nil {
				word &^= t.pages[n][w]
			}
			for ; word != 0; word &= word - 1 {
				rows = append(rows, uint32(n*pageRows+w*64+bits.TrailingZeros64(word)))
			}
		}
	}
	return rows
}
