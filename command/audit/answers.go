package audit

import (
	"time"

	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// Chain is the evidence behind a record: the record itself first, then what it
// rests on, back to the observations.
type Chain struct {
	Steps []Step
}

// Step is one record of a chain.
type Step struct {
	Ref trace.Ref
	// At, Actor and Act are of the entry that brought the record to where it
	// stands in the chain: the decision of a proposal, the verification of a signal.
	At    time.Time
	Actor party.UserID
	Act   string
	// Summary says the step in one sentence of the text table.
	Summary Said
	// Why is the opened reason; empty for an act without one, for a reader who
	// may not see it, and once its key is destroyed.
	Why string
	// Entries are the journal entries that wrote the record, the oldest first.
	Entries []Linked
	// Record is the record itself: a direct.Directive, decide.Proposal,
	// decide.AreaLevel, detect.Event, detect.Signal, notices.Notice,
	// counts.Batch, or the []counts.Observation under the signal's findings.
	Record any
}

// Said is a sentence of the text table: its key and what goes into it.
type Said struct {
	Key  string
	Args map[string]string
}

// Report is what fsck found.
type Report struct {
	Records int // records compared with what was journalled
	Entries int // entries, linked or not
	// Head is the last link of the chain, up to which it was verified.
	Head  journal.Link
	Flaws []journal.Flaw
}
