package venue_test

import (
	"testing"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/trust"
)

func TestADayMovesOnRecordAsTheTableSays(t *testing.T) {
	found := trust.Inventory{Day: 18465, Visits: 3, Files: 1, Chain: journal.Digest("a")}
	certificate := trust.Certificate{Inventory: found, Number: 4, By: "li", Witness: "wang"}
	for _, tc := range []struct {
		from, to venue.DayState
		allowed  bool
	}{
		{"", venue.Sealed, true}, {"", venue.Destroyed, true},
		{venue.Sealed, venue.Sealed, true}, {venue.Sealed, venue.Destroyed, true},
		{venue.Destroyed, venue.Sealed, false}, {venue.Destroyed, venue.Destroyed, false},
	} {
		was := venue.DayRecord{State: tc.from, Version: 1}
		next, err := was.Seal(found, noon)
		if tc.to == venue.Destroyed {
			next, err = was.Destroy(certificate, noon)
		}
		switch {
		case !tc.allowed:
			if !fault.Is(err, fault.Conflict) {
				t.Errorf("from %q to %q: %v, want a conflict", tc.from, tc.to, err)
			}
		case err != nil || next.State != tc.to || next.Version != 2 || !next.Agrees(found) || !next.Changed.Equal(noon):
			t.Errorf("from %q to %q: %+v, %v", tc.from, tc.to, next, err)
		case tc.to == venue.Destroyed && (next.Certificate != 4 || next.Proof != certificate.Digest() || next.By != "li" || next.Witness != "wang"):
			t.Errorf("a destroyed day says %+v", next)
		}
	}
}

func TestADayAgreesOnlyWithWhatWasRecorded(t *testing.T) {
	found := trust.Inventory{Day: 18465, Visits: 3, Files: 1, Bytes: 100, Chain: journal.Digest("a")}
	r, err := venue.DayRecord{}.Seal(found, noon)
	if err != nil || !r.Agrees(found) {
		t.Fatalf("%+v, %v", r, err)
	}
	for name, change := range map[string]func(*trust.Inventory){
		"another day": func(i *trust.Inventory) { i.Day++ }, "a visit less": func(i *trust.Inventory) { i.Visits-- },
		"another chain": func(i *trust.Inventory) { i.Chain[0] ^= 1 }, "damage": func(i *trust.Inventory) { i.Damaged = true },
	} {
		other := found
		change(&other)
		if r.Agrees(other) {
			t.Errorf("%s agrees", name)
		}
	}
	if found.Bytes = 5; !r.Agrees(found) {
		t.Error("the room that a database takes counts as a change")
	}
}
