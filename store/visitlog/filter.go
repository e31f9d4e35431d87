package visitlog

import (
	"fmt"
	"slices"
)

// filter is a blocked Bloom filter over the hashes of the ids in a day's runs
// (Putze, Sanders and Singler 2007): all bits of one id lie in one cache line. It
// answers "certainly new" for nearly every new observation, so that taking one
// in reads nothing from disk. It grows with the day up to a limit; beyond it,
// false alarms become more frequent, and memory does not. It changes only by
// being replaced, when a run is added.
type filter struct {
	lines []filterLine
	count int
}

type filterLine [8]uint64

const (
	filterProbes     = 6
	filterBitsPerID  = 16
	filterFirstLines = 1 << 10 // 64 KiB
)

// filterOf makes the filter of what runs hold, with room for as much again.
func filterOf(runs []*run, seed uint64, mostLines int) (*filter, error) {
	count := 0
	for _, r := range runs {
		count += r.ids()
	}
	lines := max(filterFirstLines, 2*count*filterBitsPerID/512)
	f := &filter{lines: make([]filterLine, min(lines, mostLines))}
	for _, r := range runs {
		if err := r.eachHash(seed, f.add); err != nil {
			return nil, fmt.Errorf("read the day's ids: %w", err)
		}
	}
	return f, nil
}

// with gives the filter of what f and a run hold.
func (f *filter) with(r *run, seed uint64) (*filter, error) {
	g := &filter{lines: slices.Clone(f.lines), count: f.count}
	if err := r.eachHash(seed, g.add); err != nil {
		return nil, fmt.Errorf("read a run's ids: %w", err)
	}
	return g, nil
}

// crowded tells whether a filter of so many ids should have more lines.
func (f *filter) crowded(ids int) bool { return ids*filterBitsPerID > len(f.lines)*512 }

// line places an id by its upper hash, hashes in order to lines in order; the
// bits come from a second mixing.
func (f *filter) line(h uint32) (*filterLine, uint64) {
	return &f.lines[uint64(h)*uint64(len(f.lines))>>32], mix64(uint64(h) * 0x9e3779b97f4a7c15)
}

func (f *filter) add(h uint32) {
	line, x := f.line(h)
	for range filterProbes {
		line[x>>6&7] |= 1 << (x & 63)
		x >>= 9
	}
	f.count++
}

func (f *filter) mayHold(h uint32) bool {
	line, x := f.line(h)
	for range filterProbes {
		if line[x>>6&7]&(1<<(x&63)) == 0 {
			return false
		}
		x >>= 9
	}
	return true
}

// loadFilter makes the filter of the day's runs where there is none.
func (d *dayLog) loadFilter() (err error) {
	if d.filter == nil {
		d.filter, err = filterOf(d.view.Load().files(), d.seed, d.log.options.filterLines())
	}
	return err
}

// filterWith gives what the filter becomes when a run is added to those of a
// view; nil when there is no filter yet.
func (d *dayLog) filterWith(f *filter, v *view, added *run) (*filter, error) {
	switch {
	case f == nil:
		return nil, nil
	case f.crowded(f.count+added.ids()) && len(f.lines) < d.log.options.filterLines():
		return filterOf(append(v.files(), added), d.seed, d.log.options.filterLines())
	}
	return f.with(added, d.seed)
}

// mix64 is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
func mix64(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
