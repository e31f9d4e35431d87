package storetest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/trust"
)

func aVisitDay() venue.DayRecord {
	return venue.DayRecord{Inventory: trust.Inventory{Day: day, Visits: 1 << 33, Files: 2, Bytes: 1 << 40, Chain: journal.Digest("chain")},
		State: venue.Sealed, Changed: morning, Version: 1}
}

func aDisclosure(n int) trust.Disclosure {
	return trust.Disclosure{ID: trust.DisclosureID(id(n)), By: "alice", At: morning, Case: trace.Ref{Kind: detect.EventKind, ID: id(5)},
		Area: Harbour, Purpose: trust.ContactTracing, Declaration: "d", From: morning.Add(-time.Hour), Until: morning, Sought: 1, People: 17, Version: 1}
}

func aDeclaration(n int) trust.Declaration {
	return trust.Declaration{ID: trust.DeclarationID(id(n)), Terms: trust.Terms{Area: City, Modules: []trust.Module{trust.CheckIns}, Basis: "Law, article 42", Days: 3},
		State: trust.Proposed, Approvals: []trust.Approval{{By: "alice", Organisation: "health", At: morning}}, Version: 1}
}

// visited lives through an outbreak, declares, seals a day of visits and discloses
// people.
func (w *world) visited(t *testing.T) {
	t.Helper()
	w.tell(t)
	w.do(t, access.KeepVisits, "visits.seal", "", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		s.Wrote(venue.DayKind, day.String(), aVisitDay())
		return tx.PutVisitDay(ctx, aVisitDay())
	})
	w.do(t, access.DiscloseVisits, "visits.disclose", "", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		s.Wrote(trust.DisclosureKind, id(20), aDisclosure(20))
		return tx.AddDisclosure(ctx, aDisclosure(20))
	})
	w.do(t, access.DeclareVisits, "declaration.propose", "", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		s.Wrote(trust.DeclarationKind, id(21), aDeclaration(21))
		return tx.AddDeclaration(ctx, aDeclaration(21))
	})
	if _, err := w.desk.Link(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestDeclarationsAreKept(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.visited(t)
		proposed := aDeclaration(21)
		inForce, err := proposed.Approve(trust.Approval{By: "bob", Organisation: "congress", At: morning.Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		standing, err := w.db.StandingDeclarations(t.Context(), morning)
		same(t, "standing when it is proposed", standing, err, []trust.Declaration(nil))
		act(t, w.db, func(ctx context.Context, tx *store.Tx) error { return tx.SaveDeclaration(ctx, inForce) })
		if err := try(t, w.db, func(ctx context.Context, tx *store.Tx) error { return tx.SaveDeclaration(ctx, inForce) }); !fault.Is(err, fault.Conflict) {
			t.Errorf("the same version again: %v, want a conflict", err)
		}
		standing, err = w.db.StandingDeclarations(t.Context(), inForce.Until.Add(-time.Microsecond))
		same(t, "standing at its last instant", standing, err, []trust.Declaration{inForce})
		standing, err = w.db.StandingDeclarations(t.Context(), inForce.Until)
		same(t, "standing at its end", standing, err, []trust.Declaration(nil))
		declined, err := aDeclaration(22).Decline(trust.Approval{By: "bob", Organisation: "congress", At: morning})
		if err != nil {
			t.Fatal(err)
		}
		declined.Version = 1
		act(t, w.db, func(ctx context.Context, tx *store.Tx) error { return tx.AddDeclaration(ctx, declined) })
		first, err := w.db.Declarations(t.Context(), command.Paging{Limit: 1})
		same(t, "the first page", first.Items, err, []trust.Declaration{declined})
		second, err := w.db.Declarations(t.Context(), command.Paging{Limit: 1, After: first.Next})
		same(t, "the second page", second.Items, err, []trust.Declaration{inForce})
		act(t, w.db, func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.Declaration(ctx, "none"); !fault.Is(err, fault.NotFound) {
				t.Errorf("one that there is not: %v", err)
			}
			got, err := tx.Declaration(ctx, declined.ID)
			same(t, "one", got, err, declined)
			return nil
		})
	})
}

func TestDaysOfVisitsAndDisclosuresAreKept(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.visited(t)
		days, err := w.db.VisitDays(t.Context())
		same(t, "days of visits", days, err, []venue.DayRecord{aVisitDay()})
		page, err := w.db.Disclosures(t.Context(), []place.Code{City}, command.Paging{})
		same(t, "disclosures", page.Items, err, []trust.Disclosure{aDisclosure(20)})
		if page, err := w.db.Disclosures(t.Context(), []place.Code{West}, command.Paging{}); err != nil || len(page.Items) > 0 {
			t.Errorf("in another district there are %v, %v", page.Items, err)
		}
		if flaws := w.flaws(t); len(flaws) > 0 {
			t.Errorf("fsck: %v", flaws)
		}
		gone := aVisitDay()
		gone.State, gone.Damaged, gone.Certificate, gone.Proof, gone.By, gone.Witness, gone.Version =
			venue.Destroyed, true, 7, journal.Digest("proof"), "li", "wang", 2
		act(t, w.db, func(ctx context.Context, tx *store.Tx) error { return tx.PutVisitDay(ctx, gone) })
		act(t, w.db, func(ctx context.Context, tx *store.Tx) error {
			got, ok, err := tx.VisitDay(ctx, day)
			if _, other, err := tx.VisitDay(ctx, day+1); other || err != nil {
				t.Errorf("a day that is not on record: %t, %v", other, err)
			}
			if !ok {
				t.Error("the day is not there")
			}
			same(t, "day", got, err, gone)
			return nil
		})
		for version, why := range map[int]string{1: "a second first version", 2: "a version that is stored already"} {
			gone.Version = version
			if err := try(t, w.db, func(ctx context.Context, tx *store.Tx) error { return tx.PutVisitDay(ctx, gone) }); err == nil {
				t.Errorf("%s was taken", why)
			} else if version == 2 && !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v, want a conflict", why, err)
			}
		}
		other := fresh(t, filepath.Join(t.TempDir(), "copy.db"))
		if err := w.db.CopyTo(t.Context(), other, func(int, int) {}); err != nil {
			t.Fatal(err)
		}
		copied, err := other.VisitDays(t.Context())
		if err != nil || len(copied) != 1 || copied[0].Certificate != 7 {
			t.Errorf("a copy has %+v, %v", copied, err)
		}
	})
}

func TestFsckNamesAChangedRecordOfVisits(t *testing.T) {
	for what, wreck := range map[string]string{
		"visit_day":   "UPDATE visit_day SET visits = 3 WHERE id = $1",
		"disclosure":  "UPDATE disclosure SET people = 0 WHERE id = $1",
		"declaration": "UPDATE declaration SET days = 30 WHERE id = $1",
	} {
		ref := map[string]trace.Ref{"visit_day": {Kind: venue.DayKind, ID: day.String()}, "disclosure": {Kind: trust.DisclosureKind, ID: id(20)},
			"declaration": {Kind: trust.DeclarationKind, ID: id(21)}}[what]
		eachKind(t, func(t *testing.T, fresh func(t *testing.T) *world) {
			w := fresh(t)
			w.visited(t)
			w.behind(wreck, ref.ID)
			if flaws := w.flaws(t); len(flaws) != 1 || flaws[0].Ref != ref || flaws[0].Kind != journal.Tampered {
				t.Errorf("a changed %s: %v", what, flaws)
			}
		})
	}
}
