package visitlog

import (
	"encoding/binary"
	"hash/crc32"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// castagnoli is the polynomial that processors have an instruction for.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(b []byte) uint32 { return crc32.Checksum(b, castagnoli) }

// timeSize is the size of a stored instant: microseconds since the earliest
// start of the day in any time zone, 40 bits, big-endian.
const timeSize = 5

func putTime(b []byte, base, at trace.Instant) {
	x := uint64(at - base)
	b[0], b[1], b[2], b[3], b[4] = byte(x>>32), byte(x>>24), byte(x>>16), byte(x>>8), byte(x)
}

func getTime(b []byte, base trace.Instant) trace.Instant {
	_ = b[4]
	return base + trace.Instant(uint64(b[0])<<32|uint64(b[1])<<24|uint64(b[2])<<16|uint64(b[3])<<8|uint64(b[4]))
}

func baseOf(day civil.Day) trace.Instant { return venue.DaySpan(day).From }

// Sizes of the records of the write-ahead log; see docs/visitlog-format.md.
const (
	openBit      = 0x80
	checkInSize  = 1 + 16 + 16 + 16 + 2*timeSize + 2 + 1
	checkOutSize = 1 + 16 + 16 + timeSize
	correctSize  = 1 + 16 + 16 + 16 + 2*timeSize + 2 + 1
	withdrawSize = 1 + 16 + 16
)

// recordSize gives the size of an act's record, 0 for an act that does not exist.
func recordSize(act venue.Act) int {
	switch act {
	case venue.CheckIn:
		return checkInSize
	case venue.CheckOut:
		return checkOutSize
	case venue.Correct:
		return correctSize
	case venue.Withdraw:
		return withdrawSize
	}
	return 0
}

// appendObservation encodes an observation behind b.
func appendObservation(b []byte, o *venue.Observation, base trace.Instant) []byte {
	flags := byte(o.Act)
	if o.Open {
		flags |= openBit
	}
	b = append(append(b, flags), o.ID[:]...)
	if o.Act != venue.CheckIn {
		b = append(b, o.Of[:]...)
	}
	switch o.Act {
	case venue.CheckIn:
		b = append(append(b, o.Site[:]...), o.Who[:]...)
		return appendDetails(b, o, base)
	case venue.Correct:
		return appendDetails(append(b, o.Site[:]...), o, base)
	case venue.CheckOut:
		return appendTime(b, base, o.Leave)
	}
	return b
}

func appendDetails(b []byte, o *venue.Observation, base trace.Instant) []byte {
	b = appendTime(appendTime(b, base, o.Enter), base, o.Leave)
	return append(binary.BigEndian.AppendUint16(b, o.Entrance), o.Party)
}

func appendTime(b []byte, base, at trace.Instant) []byte {
	b = append(b, 0, 0, 0, 0, 0)
	putTime(b[len(b)-timeSize:], base, at)
	return b
}

// decodeObservation reads one observation of a day and returns what is left.
func decodeObservation(b []byte, day civil.Day) (o venue.Observation, rest []byte, err error) {
	malformed := fault.New(fault.Invalid, "a record of the write-ahead log is malformed")
	if len(b) == 0 {
		return o, nil, malformed
	}
	o.Act, o.Open, o.Day = venue.Act(b[0]&^openBit), b[0]&openBit != 0, day
	size := recordSize(o.Act)
	if size == 0 || len(b) < size {
		return o, nil, malformed
	}
	r := recordReader{b: b[1:size], base: baseOf(day)}
	copy(o.ID[:], r.take(16))
	if o.Act != venue.CheckIn {
		copy(o.Of[:], r.take(16))
	}
	switch o.Act {
	case venue.CheckIn:
		copy(o.Site[:], r.take(16))
		copy(o.Who[:], r.take(16))
		r.details(&o)
	case venue.Correct:
		copy(o.Site[:], r.take(16))
		r.details(&o)
	case venue.CheckOut:
		o.Leave = r.time()
	}
	if err := o.Check(); err != nil {
		return o, nil, malformed
	}
	return o, b[size:], nil
}

// recordReader takes fields off a record whose size was checked.
type recordReader struct {
	b    []byte
	base trace.Instant
}

func (r *recordReader) take(n int) []byte {
	field := r.b[:n]
	r.b = r.b[n:]
	return field
}

func (r *recordReader) time() trace.Instant { return getTime(r.take(timeSize), r.base) }

func (r *recordReader) details(o *venue.Observation) {
	o.Enter, o.Leave = r.time(), r.time()
	o.Entrance = binary.BigEndian.Uint16(r.take(2))
	o.Party = r.take(1)[0]
}
