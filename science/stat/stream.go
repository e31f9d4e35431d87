package stat

import (
	"encoding/binary"
	"math/bits"
)

// Stream is a sequence of random numbers that is addressed rather than stored:
// the i-th number is a mixing function of the stream's key and i. Streams with
// different seeds, names or keys are independent for every practical purpose,
// so each person, day and purpose can have a stream of its own, and what one
// of them draws never shifts what another draws.
//
// The generator is SplitMix64 (Steele, Lea, Flood 2014) started at a key that
// is mixed from seed, name and keys. A Stream is 16 bytes, may be copied (the
// copy repeats what the original would have drawn) and must not be drawn from
// by two goroutines at once. It satisfies math/rand/v2.Source.
type Stream struct {
	key  uint64
	next uint64
}

// goldenGamma is 2^64 divided by the golden ratio, made odd: the step between
// positions which spreads them evenly (Steele, Lea, Flood 2014).
const goldenGamma = 0x9e3779b97f4a7c15

// NewStream returns the stream of a seed, the name of its purpose and any
// number of keys, such as a day and a person. It does not allocate.
func NewStream(seed uint64, name string, keys ...uint64) Stream {
	h := mix(seed + goldenGamma)
	for i := 0; i < len(name); i++ {
		h = (h ^ uint64(name[i])) * 0x100000001b3 // FNV-1a over the name
	}
	h = absorb(h, uint64(len(name)))
	for _, k := range keys {
		h = absorb(h, k)
	}
	return Stream{key: h}
}

// With returns the stream of further keys below this one, at its start,
// whatever has been drawn from the receiver. NewStream(s, n, a, b) and
// NewStream(s, n, a).With(b) are the same stream.
func (s Stream) With(keys ...uint64) Stream {
	h := s.key
	for _, k := range keys {
		h = absorb(h, k)
	}
	return Stream{key: h}
}

// Uint64 draws 64 random bits.
func (s *Stream) Uint64() uint64 {
	s.next += goldenGamma
	return mix(s.key + s.next)
}

// At returns the i-th draw of the stream, counted from 0, without moving it.
func (s Stream) At(i uint64) uint64 { return mix(s.key + (i+1)*goldenGamma) }

// Float64 draws a number in [0, 1) from 53 random bits.
func (s *Stream) Float64() float64 { return Unit(s.Uint64()) }

// open draws a number in (0, 1), for functions that have no value at 0.
func (s *Stream) open() float64 { return (float64(s.Uint64()>>12) + 0.5) / (1 << 52) }

// Bool draws true with probability p; p at or below 0 is never, at or above 1
// always. One number is drawn in every case.
func (s *Stream) Bool(p float64) bool { return s.Float64() < p }

// IntN draws a whole number in [0, n) without bias (Lemire 2019). It returns 0
// when n is below 1.
func (s *Stream) IntN(n int) int {
	if n < 1 {
		return 0
	}
	limit := uint64(n)
	hi, lo := bits.Mul64(s.Uint64(), limit)
	if lo < limit {
		for floor := -limit % limit; lo < floor; {
			hi, lo = bits.Mul64(s.Uint64(), limit)
		}
	}
	return int(hi)
}

// Shuffle puts n things into random order by swapping (Fisher and Yates 1938).
func (s *Stream) Shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, s.IntN(i+1))
	}
}

// Unit turns 64 random bits into a number in [0, 1).
func Unit(bits uint64) float64 { return float64(bits>>11) / (1 << 53) }

// absorb folds one key into a stream's key so that order matters.
func absorb(h, k uint64) uint64 {
	return mix(bits.RotateLeft64(h, 29) + mix(k+goldenGamma))
}

// mix is the finaliser of SplitMix64, variant 13 of Stafford (2011).
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Read fills p with random bytes, eight to a draw, so that a stream can stand
// where an [io.Reader] of randomness is asked for. It never fails.
func (s *Stream) Read(p []byte) (int, error) {
	for i := 0; i < len(p); i += 8 {
		var word [8]byte
		binary.LittleEndian.PutUint64(word[:], s.Uint64())
		copy(p[i:], word[:])
	}
	return len(p), nil
}
