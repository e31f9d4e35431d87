package trace

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/breakwater-eoc/breakwater/fault"
)

// Token is the 128-bit name of a person or a place in searches over many stays; its text form is that of a UUID. What it means is the source's
// business: a person's token may be a pseudonym.
type Token [16]byte

// String gives the token as a UUID: 8-4-4-4-12 hexadecimal digits.
func (t Token) String() string {
	var b [36]byte
	at := 0
	for i, part := range [...][]byte{t[:4], t[4:6], t[6:8], t[8:10], t[10:]} {
		if i > 0 {
			b[at] = '-'
			at++
		}
		at += hex.Encode(b[at:], part)
	}
	return string(b[:])
}

// ParseToken reads a UUID of the form that String gives. The error is Invalid
// and does not repeat the text.
func ParseToken(s string) (t Token, err error) {
	malformed := fault.New(fault.Invalid, "this is not a UUID of the form 01234567-89ab-cdef-0123-456789abcdef")
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return t, malformed
	}
	digits := s[:8] + s[9:13] + s[14:18] + s[19:23] + s[24:]
	if _, err := hex.Decode(t[:], []byte(digits)); err != nil {
		return Token{}, malformed
	}
	return t, nil
}

// Instant is a point in time in microseconds since 1970-01-01 UTC.
type Instant int64

// Units of [Instant].
const (
	Second Instant = 1e6
	Minute         = 60 * Second
	Hour           = 60 * Minute
)

// InstantOf gives the instant of a time, cut to whole microseconds.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMicro()) }

// Time gives the instant as a time in UTC.
func (i Instant) Time() time.Time { return time.UnixMicro(int64(i)).UTC() }

// Window is a stretch of time, its start included and its end not.
type Window struct{ From, Until Instant }

// Overlap gives the part that two windows share; it is empty (Until not after
// From) when they share none.
func (w Window) Overlap(v Window) Window {
	return Window{From: max(w.From, v.From), Until: min(w.Until, v.Until)}
}

// Length gives how long the window is, 0 when it is empty.
func (w Window) Length() Instant { return max(0, w.Until-w.From) }

// Meets reports whether the windows share any time.
func (w Window) Meets(v Window) bool { return w.From < v.Until && v.From < w.Until }

// Stay says that somebody was at a place for a time.
type Stay struct {
	Who   Token
	Place Token
	Window
	// Party is how many people came together under one name, at least 1.
	Party int
}

// Source answers who was where. Its tokens for people hold across the whole
// window of a question.
type Source interface {
	// OfPerson gives the stays of a person that meet the window, the earliest
	// first. A person of whom nothing is known has none.
	OfPerson(ctx context.Context, who Token, w Window) ([]Stay, error)
	// AtPlace calls yield for each stay at a place that meets the window, in no
	// order, until it returns false.
	AtPlace(ctx context.Context, place Token, w Window, yield func(Stay) bool) error
}

// MarshalText writes the token as a UUID.
func (t Token) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads a UUID.
func (t *Token) UnmarshalText(b []byte) (err error) {
	*t, err = ParseToken(string(b))
	return err
}

// MarshalBinary writes the 16 bytes.
func (t Token) MarshalBinary() ([]byte, error) { return t[:], nil }

// UnmarshalBinary reads 16 bytes.
func (t *Token) UnmarshalBinary(b []byte) error {
	if len(b) != len(t) {
		return fault.New(fault.Invalid, "an id has %d bytes, not %d", len(t), len(b))
	}
	copy(t[:], b)
	return nil
}
