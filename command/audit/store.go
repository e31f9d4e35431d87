package audit

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// EntryFilter narrows a list of entries; zero fields do not narrow.
type EntryFilter struct {
	Within  []place.Code
	Actor   party.UserID
	Act     string // the whole name, or a prefix that ends with a dot
	Subject trace.Ref
	From    time.Time
	Until   time.Time
}

// Linked is an entry with its place in the chain; Link is nil until the
// chainer took it up.
type Linked struct {
	Entry journal.Entry `json:"entry"`
	Link  *journal.Link `json:"link,omitempty"`
}

// Store is what this package reads, and the chainer's one write.
type Store interface {
	Entries(ctx context.Context, f EntryFilter, p command.Paging) (command.Page[Linked], error)
	OneEntry(ctx context.Context, id journal.EntryID) (Linked, error)
	// EntriesOf returns the entries that wrote a record, the oldest first.
	EntriesOf(ctx context.Context, ref trace.Ref) ([]Linked, error)
	// Head returns the last link of the chain; the zero Link before the first.
	Head(ctx context.Context) (journal.Link, error)
	// Chain links up to most unlinked entries, the oldest first, and returns
	// their links with their entries. Two chainers at once are safe: one of
	// them links nothing.
	Chain(ctx context.Context, most int) ([]Linked, error)
	// LinkedAfter returns up to most linked entries that follow a place in the
	// chain, in its order. Live updates follow the chain of other nodes by it.
	LinkedAfter(ctx context.Context, seq int64, most int) ([]Linked, error)
	// Snapshot calls fn with everything that is stored, as it stands at one
	// instant, while acts go on.
	Snapshot(ctx context.Context, fn func(Snapshot) error) error
}

// Snapshot is everything that is stored, for a check that reads it all.
type Snapshot interface {
	// Size returns how many entries and records there are.
	Size(ctx context.Context) (int, error)
	// EachLinked calls fn for every link in the order of the chain. An entry
	// without an id stands for one that is gone.
	EachLinked(ctx context.Context, fn func(Linked) error) error
	// EachUnlinked calls fn for every entry that is not linked.
	EachUnlinked(ctx context.Context, fn func(journal.Entry) error) error
	// EachRef calls fn for everything that a record can name.
	EachRef(ctx context.Context, fn func(trace.Ref) error) error
	// EachRecord calls fn for every record of every kind that acts write.
	EachRecord(ctx context.Context, fn func(Record) error) error
	// EachLost calls fn for every record that entries speak of and that is gone.
	EachLost(ctx context.Context, fn func(trace.Ref) error) error
}

// Record is one stored record as a check sees it.
type Record struct {
	Ref    trace.Ref
	Digest journal.Hash
	// Journalled is the digest in the last entry that wrote the record; zero
	// when no entry did.
	Journalled journal.Hash
	// Refs are the records that it names; each must exist.
	Refs []trace.Ref
}
