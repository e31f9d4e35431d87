package people_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/observe/venue/venuetest"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
	"github.com/breakwater-eoc/breakwater/trust"
)

// crowd has many people at other sites, all day, so that the site of the outbreak
// is a quiet one.
func (f *fixture) crowd() {
	f.TB.Helper()
	key, err := f.desk.Visits.Keys.Ensure(today)
	must(f.TB, err)
	var batch []venue.Observation
	for n := range uint64(400) {
		f.sent++
		enter := trace.InstantOf(today.At(8+int(n%10), 0, f.Center.City))
		batch = append(batch, venue.Observation{Act: venue.CheckIn, Visit: venue.Visit{ID: venuetest.Number(f.sent), Site: venuetest.Number(3000 + n%20),
			Day: today, Who: key.Pseudonym(trust.Person(person(100 + n%90))), Enter: enter, Leave: enter + trace.Hour/2, Party: 1}})
	}
	_, err = f.desk.Visits.Log.Append(f.TB.Context(), batch)
	must(f.TB, err)
}

func sources(f *fixture, e detect.Event) people.SourceQuestion {
	q := people.SourceQuestion{Inquiry: asked(f, e).Inquiry, Bin: time.Hour, Most: 10}
	q.Purpose, q.People = trust.SourceSearch, []trace.Token{person(1), person(2), person(3)}
	return q
}

func TestWhatCasesShareIsFoundAndJournalled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		e := f.outbreak()
		f.declare(storetest.City)
		f.crowd()
		made, leads, err := f.desk.Sources(t.Context(), epidemiologist, sources(f, e))
		if err != nil || len(leads) != 1 || leads[0].Place != site || leads[0].Cases != 3 || leads[0].Visits != 3 || leads[0].Adjusted > 1e-3 ||
			leads[0].From != trace.InstantOf(today.At(9, 0, f.Center.City)) {
			t.Errorf("leads %+v, %v; want the one site of all three", leads, err)
		}
		if made.Purpose != trust.SourceSearch || made.Sought != 3 || made.People != 0 || made.Declaration == "" {
			t.Errorf("on record is %+v", made)
		}
		apart := sources(f, e)
		apart.People = []trace.Token{person(1), person(9)}
		if made, leads, err := f.desk.Sources(t.Context(), epidemiologist, apart); err != nil || len(leads) != 0 || made.ID == "" {
			t.Errorf("of two who share nothing: %+v, %v", leads, err)
		}
		f.same("visits.disclose", "visits.disclose")
		f.noPersonIn(db)
	})
}

func TestSourcesAreNotSearchedWithoutTheirGrounds(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	e := f.outbreak()
	f.declare(storetest.City)
	for name, tc := range map[string]struct {
		who  access.Actor
		ask  func(q *people.SourceQuestion)
		kind fault.Kind
		says string
	}{
		"without a case":         {epidemiologist, func(q *people.SourceQuestion) { q.Event = "" }, fault.Invalid, "event"},
		"to tell somebody":       {epidemiologist, func(q *people.SourceQuestion) { q.Purpose = trust.Notification }, fault.Invalid, "source_search"},
		"of one case":            {epidemiologist, func(q *people.SourceQuestion) { q.People = q.People[:1] }, fault.Invalid, "two at least"},
		"of a case twice":        {epidemiologist, func(q *people.SourceQuestion) { q.People[1] = q.People[0] }, fault.Invalid, "different"},
		"by the minute":          {epidemiologist, func(q *people.SourceQuestion) { q.Bin = time.Minute }, fault.Invalid, "bin"},
		"for all leads":          {epidemiologist, func(q *people.SourceQuestion) { q.Most = people.MostLeads + 1 }, fault.Invalid, "most"},
		"of days no longer kept": {epidemiologist, func(q *people.SourceQuestion) { q.Window.From -= 21 * 24 * trace.Hour }, fault.Invalid, "oldest day"},
		"to a commander":         {desktest.Officer(access.Commander, storetest.City), func(*people.SourceQuestion) {}, fault.Forbidden, "visit.disclose"},
		"to another district":    {desktest.Officer(access.Epidemiologist, storetest.West), func(*people.SourceQuestion) {}, fault.NotFound, "event"},
	} {
		q := sources(f, e)
		tc.ask(&q)
		_, leads, err := f.desk.Sources(t.Context(), tc.who, q)
		if said := messages(err); !fault.Is(err, tc.kind) || !strings.Contains(said, tc.says) || len(leads) > 0 {
			t.Errorf("%s: %d leads, %v; want %s that says %q", name, len(leads), said, tc.kind, tc.says)
		}
	}
	f.same()
	problem := errors.New("run-000002 is damaged")
	f.desk.Visits.Log = damaged{f.desk.Visits.Log, problem}
	if _, leads, err := f.desk.Sources(t.Context(), epidemiologist, sources(f, e)); !errors.Is(err, problem) || len(leads) != 1 {
		t.Errorf("with damage: %d leads, %v; want what can be read, and the damage", len(leads), err)
	}
	f.same("visits.disclose")
}

func TestHeadsThatCannotBeReadAreNotToldAsNone(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	f.visit(today, 1, 2)
	q := people.HeadQuestion{Site: venue.SiteID(site), From: today.At(9, 0, f.Center.City), Step: time.Hour}
	h, err := f.desk.Heads(t.Context(), epidemiologist, q)
	if err != nil || h.Present != 0 || len(h.Steps) != 3 || h.Steps[0].Peak != 2 || !h.Any() {
		t.Errorf("from nine to noon there were %+v, %v", h, err)
	}
	problem := errors.New("run-000002 is damaged")
	f.desk.Visits.Log = damaged{f.desk.Visits.Log, problem}
	if h, err := f.desk.Heads(t.Context(), epidemiologist, q); !errors.Is(err, problem) || !h.Any() {
		t.Errorf("with damage: %+v, %v; want what can be read, and the damage", h, err)
	}
	q.Site = venue.SiteID{9}
	if h, err := f.desk.Heads(t.Context(), epidemiologist, q); !errors.Is(err, problem) || h.Any() {
		t.Errorf("of a site that cannot be read: %+v, %v; want the damage and nobody", h, err)
	}
	if _, err := f.desk.Heads(t.Context(), desktest.Officer(access.Reporter, storetest.City), q); !fault.Is(err, fault.Forbidden) {
		t.Errorf("told to a reporter: %v", err)
	}
}
