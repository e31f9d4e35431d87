// Package journal says who did what, when and why, so that nobody can change
// the answer afterwards without being found out.
//
// Each act writes one [Entry] in its own transaction. An entry names the
// records that it wrote and the digest of each as it then stood, so that a row
// changed behind the program's back no longer agrees with its last entry. One
// chainer numbers the entries and links each to the one before ([Link]); the
// chain's head is published daily, and with it everything before it is fixed.
//
// Entries hold ids, never names. A free-text why is sealed under the class key
// of its record and hashed as ciphertext: when the key is destroyed the text
// is gone and the chain still proves.
package journal

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// EntryID names an entry; it is a time-ordered UUID.
type EntryID string

// Hash is a SHA-256 sum; it is written in hexadecimal.
type Hash [sha256.Size]byte

// String gives the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// IsZero reports whether the hash was never computed.
func (h Hash) IsZero() bool { return h == Hash{} }

// MarshalText writes the hash in hexadecimal.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads 64 hexadecimal digits.
func (h *Hash) UnmarshalText(b []byte) error {
	if len(b) != 2*len(h) {
		return fmt.Errorf("a hash has %d hexadecimal digits, not %d", 2*len(h), len(b))
	}
	_, err := hex.Decode(h[:], b)
	return err
}

// Touch says that an entry's act wrote a record, and what the record's digest
// was afterwards.
type Touch struct {
	Ref    trace.Ref `json:"ref"`
	Digest Hash      `json:"digest"`
}

// Entry is one act.
type Entry struct {
	ID    EntryID      `json:"id"`
	At    time.Time    `json:"at"` // UTC, whole microseconds
	Actor party.UserID `json:"actor"`
	// Act is the right that was used and the move that was made: "signal.verify".
	Act     string     `json:"act"`
	Area    place.Code `json:"area,omitempty"`
	Subject trace.Ref  `json:"subject"`
	// Because lists the records that the act rests on, the nearest first.
	Because []trace.Ref `json:"because,omitempty"`
	Touches []Touch     `json:"touches,omitempty"`
	// Why is the sealed reason; empty when the act needs none.
	Why []byte `json:"why,omitempty"`
}

// Hash is the entry's own hash, over every field in a fixed order.
func (e Entry) Hash() Hash {
	type fixed Entry // the same fields without the method set
	f := fixed(e)
	f.At = f.At.UTC().Truncate(time.Microsecond)
	return Digest(f)
}

// Digest is the SHA-256 of a record's JSON form. A field that is added to a
// record later must be omitted from its JSON when zero, so that the digests of
// older records stand.
func Digest(record any) Hash {
	b, err := json.Marshal(record)
	if err != nil {
		panic(fmt.Sprintf("digest of %T: %v", record, err)) // records are plain data
	}
	return sha256.Sum256(b)
}

// Link is an entry's place in the chain.
type Link struct {
	Seq   int64   `json:"seq"` // from 1, without gaps
	Entry EntryID `json:"entry"`
	Own   Hash    `json:"own"`  // the entry's own hash
	Head  Hash    `json:"head"` // SHA-256(previous head || own): the chain up to here
}

// Next links an entry behind prev; the zero Link stands before the first.
func Next(prev Link, e Entry) Link {
	own := e.Hash()
	return Link{Seq: prev.Seq + 1, Entry: e.ID, Own: own, Head: join(prev.Head, own)}
}

func join(head, own Hash) Hash {
	return sha256.Sum256(append(append(make([]byte, 0, 2*sha256.Size), head[:]...), own[:]...))
}

// Flaw is one thing that a check found broken.
type Flaw struct {
	// Kind is one of the kinds below.
	Kind FlawKind `json:"kind"`
	// Ref is the broken record, or the entry itself (kind "entry").
	Ref     trace.Ref `json:"ref"`
	Seq     int64     `json:"seq,omitempty"`
	Problem string    `json:"problem"`
}

// FlawKind sorts flaws.
type FlawKind string

// The kinds of flaws that a check of journal and records can find.
const (
	Tampered FlawKind = "tampered" // a record or entry differs from what was journalled
	Missing  FlawKind = "missing"  // a journalled record, or a link of the chain, is gone
	Orphan   FlawKind = "orphan"   // a record that no entry speaks of
	Unlinked FlawKind = "unlinked" // an entry that no link has taken up for a minute
	Dangling FlawKind = "dangling" // a reference to a record that is not there
)

// EntryKind is the kind of reference that names an entry itself.
const EntryKind trace.Kind = "entry"

// CheckLink compares a stored link and its entry with what must follow prev,
// and returns the flaws: a gap, an altered entry, an altered link.
func CheckLink(prev, stored Link, e Entry) []Flaw {
	ref := trace.Ref{Kind: EntryKind, ID: string(stored.Entry)}
	var flaws []Flaw
	if stored.Seq != prev.Seq+1 {
		flaws = append(flaws, Flaw{Missing, ref, prev.Seq + 1,
			fmt.Sprintf("links %d to %d are missing", prev.Seq+1, stored.Seq-1)})
	}
	own := e.Hash()
	if own != stored.Own {
		flaws = append(flaws, Flaw{Tampered, ref, stored.Seq, "the entry is not what was hashed when it was written"})
	}
	if join(prev.Head, stored.Own) != stored.Head && stored.Seq == prev.Seq+1 {
		flaws = append(flaws, Flaw{Tampered, ref, stored.Seq, "the link does not follow from the one before it"})
	}
	return flaws
}
