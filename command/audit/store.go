// Package audit reads the journal: who did what, the evidence chain behind any
// record, and fsck, which compares every record with what was journalled.
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
	Entry journal.Entry
	Link  *journal.Link
}

// Record is one stored record as a check sees it.
type Record struct {
	Ref    trace.Ref
	Digest journal.Hash
	// Refs are the records that it names; each must exist.
	Refs []trace.Ref
}

// Store is what this package reads, and the chainer's one write.
type Store interface {
	Entries(ctx context.Context, f EntryFilter, p command.Paging) (command.Page[Linked], error)
	OneEntry(ctx context.Context, id journal.EntryID) (Linked, error)
	// EntriesOf returns the entries that wrote a record, the oldest first.
	EntriesOf(ctx context.Context, ref trace.Ref) ([]Linked, error)
	Head(ctx context.Context) (journal.Link, error)
	// Chain links up to most unlinked entries, the oldest first, and returns
	// their links with their entries. Two chainers at once are safe: one of
	// them links nothing.
	Chain(ctx context.Context, most int) ([]Linked, error)
	// LinkedAfter returns up to most linked entries that follow a place in the
	// chain, in its order. Live updates follow the chain of other nodes by it.
	LinkedAfter(ctx context.Context, seq int64, most int) ([]Linked, error)
	// EachLinked calls fn for every linked entry in the order of the chain.
	EachLinked(ctx context.Context, fn func(Linked) error) error
	// EachUnlinked calls fn for every entry that is not linked.
	EachUnlinked(ctx context.Context, fn func(journal.Entry) error) error
	// EachRecord calls fn for every record of every kind that acts write.
	EachRecord(ctx context.Context, fn func(Record) error) error
	// Touches returns the last journalled digest of every record.
	Touches(ctx context.Context) (map[trace.Ref]journal.Hash, error)
}
