package venue

import (
	"time"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// DayKind is the kind of a reference that names a day of visits; its id is the
// day.
const DayKind trace.Kind = "visit_day"

// DayState is where a day of visits stands on record.
type DayState string

// The states of a day. One that is not over yet is not on record.
const (
	Sealed    DayState = "sealed"    // over, and counted as it then was
	Destroyed DayState = "destroyed" // gone, with a certificate
)

// dayMoves lists every step of a day. Visits that come late open a sealed day
// again, and it is sealed anew.
var dayMoves = map[DayState][]DayState{
	"":     {Sealed, Destroyed},
	Sealed: {Sealed, Destroyed},
}

// DayStates lists the states of a day.
func DayStates() []DayState { return []DayState{Sealed, Destroyed} }

// DayRecord is what the journal vouches for of a day of visits: counts and
// hashes, never who was where. It outlives the day.
type DayRecord struct {
	trust.Inventory
	State DayState `json:"state"`
	// Certificate is the number of the purge certificate, and Proof its digest;
	// By and Witness signed it. They are empty while the day exists.
	Certificate int          `json:"certificate,omitempty"`
	Proof       journal.Hash `json:"proof,omitzero"`
	By          party.UserID `json:"by,omitempty"`
	Witness     party.UserID `json:"witness,omitempty"`
	Changed     time.Time    `json:"changed"` // UTC, whole microseconds
	Version     int          `json:"version"`
}

// Agrees reports whether a day still holds what was recorded of it. Bytes are
// not compared: how much room a database takes says nothing of its content.
func (r DayRecord) Agrees(found trust.Inventory) bool {
	return r.Day == found.Day && r.Visits == found.Visits && r.Chain == found.Chain && !found.Damaged
}

// Seal records what a day holds once it is over, and again after visits came
// late. The zero record stands before the first. A destroyed day is a Conflict.
func (r DayRecord) Seal(found trust.Inventory, at time.Time) (DayRecord, error) {
	next := DayRecord{Inventory: found}
	return next, r.move(&next, Sealed, at)
}

// Destroy records that a day is gone, by its certificate. A day that is gone
// already is a Conflict.
func (r DayRecord) Destroy(c trust.Certificate, at time.Time) (DayRecord, error) {
	next := DayRecord{Inventory: c.Inventory, Certificate: c.Number, Proof: c.Digest(), By: c.By, Witness: c.Witness}
	return next, r.move(&next, Destroyed, at)
}

func (r DayRecord) move(next *DayRecord, to DayState, at time.Time) error {
	for _, allowed := range dayMoves[r.State] {
		if allowed == to {
			next.State, next.Changed, next.Version = to, at, r.Version+1
			return nil
		}
	}
	return fault.New(fault.Conflict, "the day %s is %s on record and cannot be %s", next.Day, r.State, to)
}
