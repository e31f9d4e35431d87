package venue

import (
	"context"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// Outcome says what became of one observation.
type Outcome uint8

// The outcomes. Only Stored and Counted change anything.
const (
	Stored     Outcome = iota + 1 // durable, and seen by every later search
	Known                         // an observation of this id was stored before
	NoVisit                       // there is no such visit on that day to amend
	Impossible                    // the visit would end before it begins, or last too long
	Counted                       // stored without a person, for no declaration covers the site (see [Gate])
	Limited                       // not stored: the site sent too much at once (see [Gate])
)

var outcomeNames = [...]string{"", "stored", "known", "no_visit", "impossible", "counted", "limited"}

// String gives the outcome's name as it stands in answers.
func (o Outcome) String() string {
	if int(o) >= len(outcomeNames) {
		return ""
	}
	return outcomeNames[o]
}

// Log keeps visits by day. Its methods may be called from several goroutines;
// searches see every visit whose Append has returned, and never half of one
// observation.
//
// A search that meets damaged storage gives what it could read together with
// an error that names the damage.
type Log interface {
	// Append stores observations in their order and returns when they are
	// durable, with one outcome each. Invalid observations make the whole batch
	// fail before any is stored. On any other error some may have been stored:
	// sending the batch again is safe. A forgotten day is a Conflict.
	Append(ctx context.Context, batch []Observation) ([]Outcome, error)
	// ByPerson gives the visits of a day under a pseudonym, by enter and id.
	ByPerson(ctx context.Context, day civil.Day, who trust.Pseudonym) ([]Visit, error)
	// AtSite calls yield with every presence at a site that meets the window,
	// whatever its day, in no order, until it returns false. An empty window
	// meets none.
	AtSite(ctx context.Context, site SiteID, w trace.Window, yield func(Presence) bool) error
	// EachVisit calls yield with every visit of a day, in no order, until it
	// returns false.
	EachVisit(ctx context.Context, day civil.Day, yield func(Visit) bool) error
	// Days lists the days that hold visits, the oldest first.
	Days(ctx context.Context) ([]civil.Day, error)
	// Inventory says what the log holds of a day.
	Inventory(ctx context.Context, day civil.Day) (trust.Inventory, error)
	// Settled reports whether nothing was stored for a day since its last
	// Inventory began. It is false for a day that holds no visits.
	Settled(ctx context.Context, day civil.Day) (bool, error)
	// Forget removes a day for good and refuses it from then on. It may be
	// called again when it was interrupted.
	Forget(ctx context.Context, day civil.Day) error
}

// MostInBatch is how many observations one Append takes; more are Invalid.
const MostInBatch = 100_000

// CheckBatch reports every observation of a batch that is wrong taken alone, by
// its place from 1, as one Invalid error.
func CheckBatch(batch []Observation) error {
	if len(batch) > MostInBatch {
		return fault.New(fault.Invalid, "the batch has %d observations, more than the %d that it may have", len(batch), MostInBatch)
	}
	var wrong Wrong
	for i := range batch {
		if err := batch[i].Check(); err != nil {
			wrong.Note(i+1, err)
		}
	}
	return wrong.Fault()
}
