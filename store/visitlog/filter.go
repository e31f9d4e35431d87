package visitlog

// filter is a blocked Bloom filter over the hashes of a day's ids (Putze,
// Sanders and Singler 2007): all bits of one id lie in one cache line. It
// answers "certainly new" for nearly every new observation, so that taking one
// in reads nothing from disk. It grows with the day up to a limit; beyond it,
// false alarms become more frequent, and memory does not.
type filter struct {
	lines []filterLine
	count int
}

type filterLine [8]uint64

const (
	filterProbes     = 6
	filterBitsPerID  = 16
	filterFirstLines = 1 << 10 // 64 KiB
	filterGrowth     = 8
)

func newFilter(lines int) *filter { return &filter{lines: make([]filterLine, lines)} }

// crowded tells whether the filter should grow before it takes more ids.
func (f *filter) crowded() bool { return f.count*filterBitsPerID > len(f.lines)*512 }

// line places an id by its upper hash; the bits come from a second mixing.
func (f *filter) line(h uint32) (*filterLine, uint64) {
	x := uint64(h) * 0x9e3779b97f4a7c15
	return &f.lines[(x>>32)*uint64(len(f.lines))>>32], mix64(x)
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

// mix64 is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
func mix64(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
