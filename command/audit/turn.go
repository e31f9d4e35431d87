package audit

import (
	"slices"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/journal"
)

// decisive are the acts that say what became of a record, where a later act on
// it does not: the second approver signs what another decided, and findings
// join a signal that was verified.
var decisive = []string{"signal.verify", "signal.discard", "proposal.accept", "proposal.override"}

// turningPoint picks, of the entries that wrote a record, the one that brought
// it to where it stands: the last decisive one, else the last by a person, else
// the last. ok is false without entries.
func turningPoint(entries []Linked) (e journal.Entry, ok bool) {
	if len(entries) == 0 {
		return e, false
	}
	choices := []func(journal.Entry) bool{
		func(e journal.Entry) bool { return slices.Contains(decisive, e.Act) },
		func(e journal.Entry) bool { return e.Actor != access.System },
	}
	for _, chosen := range choices {
		for _, l := range slices.Backward(entries) {
			if chosen(l.Entry) {
				return l.Entry, true
			}
		}
	}
	return entries[len(entries)-1].Entry, true
}
