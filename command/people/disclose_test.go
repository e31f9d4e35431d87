package people_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
	"github.com/breakwater-eoc/breakwater/trust"
)

var epidemiologist = desktest.Officer(access.Epidemiologist, storetest.City)

// declare puts check-ins under a declaration of one day for an area.
func (f *fixture) declare(area place.Code) trust.Declaration {
	f.TB.Helper()
	d, err := f.desk.Declare(f.TB.Context(), healthChief, people.DeclareIn{Terms: checkIns(area)})
	must(f.TB, err)
	d, err = f.desk.Move(f.TB.Context(), congressman, d.ID, people.MoveIn{Step: trust.Approve})
	must(f.TB, err)
	return d
}

// outbreak has three people together today, and a case confirmed in the east of
// the city.
func (f *fixture) outbreak() detect.Event {
	f.visit(today, 1, 2, 3)
	e, _ := f.Outbreak(storetest.East, 3)
	return e
}

// asked is a question that is answered.
func asked(f *fixture, e detect.Event) people.Question {
	zone := f.Center.City
	return people.Question{Inquiry: people.Inquiry{Event: e.ID, Purpose: trust.ContactTracing, Why: "seven wards to warn", People: []trace.Token{person(1)},
		Window: trace.Window{From: trace.InstantOf(today.At(0, 0, zone)), Until: trace.InstantOf((today + 1).At(0, 0, zone))}},
		AtLeast: 15 * time.Minute, Generations: 1, Most: 100}
}

func TestADisclosureIsJournalledWithoutWhomItDisclosed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		e := f.outbreak()
		f.declare(storetest.City)
		made, found, err := f.desk.Disclose(t.Context(), epidemiologist, asked(f, e))
		if err != nil || len(found) != 2 || made.People != 2 || made.By != epidemiologist.User || made.Case.ID != string(e.ID) ||
			made.Sought != 1 || made.Area != storetest.City || made.Purpose != trust.ContactTracing || made.Declaration == "" {
			t.Fatalf("disclosed %+v, %d people, %v", made, len(found), err)
		}
		bySite := asked(f, e)
		bySite.People, bySite.Site = nil, site
		if made, found, err := f.desk.Disclose(t.Context(), epidemiologist, bySite); err != nil || len(found) != 3 || made.Site != site.String() {
			t.Errorf("at the site: %+v, %d people, %v; want three", made, len(found), err)
		}
		nobody := asked(f, e)
		nobody.People = []trace.Token{person(9)}
		if made, _, err := f.desk.Disclose(t.Context(), epidemiologist, nobody); err != nil || made.People != 0 {
			t.Errorf("who met nobody: %+v, %v", made, err)
		}
		f.same("visits.disclose", "visits.disclose", "visits.disclose")
		f.noPersonIn(db)
		commander := desktest.Officer(access.Commander, storetest.City)
		page, err := f.desk.Disclosures(t.Context(), commander, command.Paging{})
		if err != nil || len(page.Items) != 3 || page.Items[2] != made {
			t.Errorf("listed are %+v, %v", page.Items, err)
		}
		if _, err := f.desk.Disclosures(t.Context(), epidemiologist, command.Paging{}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("listed for who may not read the journal: %v", err)
		}
		if flaws := f.flaws(); len(flaws) > 0 {
			t.Errorf("fsck: %v", flaws)
		}
	})
}

// noPersonIn looks at every entry and record of disclosures for a person.
func (f *fixture) noPersonIn(db *store.DB) {
	f.TB.Helper()
	auditor := desktest.Officer(access.Auditor, storetest.City)
	page, err := f.Audit.Entries(f.TB.Context(), auditor, audit.EntryFilter{Act: "visits."}, command.Paging{Limit: 200})
	must(f.TB, err)
	made, err := db.Disclosures(f.TB.Context(), []place.Code{storetest.City}, command.Paging{})
	must(f.TB, err)
	key, err := f.desk.Visits.Keys.Get(today)
	must(f.TB, err)
	all := asText(f.TB, page.Items) + asText(f.TB, made.Items)
	for n := uint64(1); n <= 9; n++ {
		pseudonym := trace.Token(key.Pseudonym(trust.Person(person(n))))
		for _, id := range []trace.Token{person(n), pseudonym} {
			if strings.Contains(all, id.String()) {
				f.TB.Errorf("journal or record shows person %d", n)
			}
		}
	}
}

func TestNobodyIsDisclosedWithoutItsGrounds(t *testing.T) {
	for _, tc := range []struct {
		name string
		who  access.Actor
		ask  func(f *fixture, q *people.Question)
		kind fault.Kind
		says string
	}{
		{"without a case", epidemiologist, func(_ *fixture, q *people.Question) { q.Event = "" }, fault.Invalid, "event"},
		{"for a case that is not there", epidemiologist, func(_ *fixture, q *people.Question) { q.Event = "none" }, fault.NotFound, "event none"},
		{"without a purpose", epidemiologist, func(_ *fixture, q *people.Question) { q.Purpose = "" }, fault.Invalid, "purpose"},
		{"for a purpose of one's own", epidemiologist, func(_ *fixture, q *people.Question) { q.Purpose = "curiosity" }, fault.Invalid, "purpose"},
		{"of nobody and no site", epidemiologist, func(_ *fixture, q *people.Question) { q.People = nil }, fault.Invalid, "people"},
		{"of people and a site", epidemiologist, func(_ *fixture, q *people.Question) { q.Site = site }, fault.Invalid, "people"},
		{"of a whole town", epidemiologist, func(_ *fixture, q *people.Question) { q.People = make([]trace.Token, 1001) }, fault.Invalid, "at most 1000"},
		{"over no time", epidemiologist, func(_ *fixture, q *people.Question) { q.Window.Until = q.Window.From }, fault.Invalid, "until"},
		{"over endless generations", epidemiologist, func(_ *fixture, q *people.Question) { q.Generations = 6 }, fault.Invalid, "generations"},
		{"of more than may be", epidemiologist, func(_ *fixture, q *people.Question) { q.Most = people.MostDisclosed + 1 }, fault.Invalid, "most"},
		{"for less than no time", epidemiologist, func(_ *fixture, q *people.Question) { q.AtLeast = 0 }, fault.Invalid, "at_least"},
		{"of more at a site than was asked for", epidemiologist, func(_ *fixture, q *people.Question) {
			q.People, q.Site, q.Most = nil, site, 2
		}, fault.Conflict, "narrow"},
		{"of days no longer kept", epidemiologist, func(_ *fixture, q *people.Question) { q.Window.From -= 21 * 24 * trace.Hour }, fault.Invalid, "oldest day that is kept"},
		{"to a commander", desktest.Officer(access.Commander, storetest.City), func(*fixture, *people.Question) {}, fault.Forbidden, "visit.disclose"},
		{"to an auditor", desktest.Officer(access.Auditor, storetest.City), func(*fixture, *people.Question) {}, fault.Forbidden, "visit.disclose"},
		{"to the administrator", desktest.Officer(access.Administrator, storetest.City), func(*fixture, *people.Question) {}, fault.Forbidden, "visit.disclose"},
		{"to the program", access.TheProgram(storetest.City), func(*fixture, *people.Question) {}, fault.Forbidden, "visit.disclose"},
		{"to an officer of another district", desktest.Officer(access.Epidemiologist, storetest.West), func(*fixture, *people.Question) {}, fault.NotFound, "event"},
		{"after the declaration lapsed", epidemiologist, func(f *fixture, _ *people.Question) { f.Pass(24 * time.Hour) }, fault.Conflict, "no declaration"},
		{"for an exercise", epidemiologist, func(f *fixture, q *people.Question) {
			q.Event = f.event(func(e *detect.Event) { e.Status = observe.Exercise })
		}, fault.Conflict, "exercise"},
		{"for a lapse of those who watch", epidemiologist, func(f *fixture, q *people.Question) {
			q.Event = f.event(func(e *detect.Event) { e.Hazard = detect.SurveillanceGap })
		}, fault.Conflict, "those who watch"},
		{"for an event that is closed", epidemiologist, func(f *fixture, q *people.Question) {
			q.Event = f.event(func(e *detect.Event) { e.Closed = &e.Opened })
		}, fault.Conflict, "closed"},
		{"for a suspicion", epidemiologist, func(f *fixture, q *people.Question) { q.Event = f.event(func(*detect.Event) {}) },
			fault.Conflict, "no laboratory has confirmed"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := newFixture(t, storetest.SQLite(t))
			e := f.outbreak()
			f.declare(storetest.City)
			q := asked(f, e)
			tc.ask(f, &q)
			_, found, err := f.desk.Disclose(t.Context(), tc.who, q)
			if said := messages(err); !fault.Is(err, tc.kind) || !strings.Contains(said, tc.says) || len(found) > 0 {
				t.Errorf("%d people, %v; want %s that says %q", len(found), said, tc.kind, tc.says)
			}
			f.same() // nothing was disclosed, so nothing is journalled
		})
	}
}

// event stores an event of the west, where nobody was confirmed, as changed.
func (f *fixture) event(change func(*detect.Event)) detect.EventID {
	f.TB.Helper()
	e := detect.Event{ID: "another", Status: observe.Actual, Hazard: "covid-19", Area: storetest.West, Began: today, Opened: f.Center.Time(), Version: 1}
	change(&e)
	must(f.TB, store.Writer[*store.Tx](f.DB)(f.TB.Context(), func(tx *store.Tx) error { return tx.AddEvent(f.TB.Context(), e) }))
	return e.ID
}

// damaged is a log whose sites cannot be read whole.
type damaged struct {
	venue.Log
	problem error
}

func (l damaged) AtSite(ctx context.Context, site venue.SiteID, w trace.Window, yield func(venue.Presence) bool) error {
	return errors.Join(l.Log.AtSite(ctx, site, w, yield), l.problem)
}

func TestWhatCanStillBeReadIsDisclosed(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	e := f.outbreak()
	f.declare(storetest.City)
	problem := errors.New("run-000002 is damaged")
	f.desk.Visits.Log = damaged{f.desk.Visits.Log, problem}
	made, found, err := f.desk.Disclose(t.Context(), epidemiologist, asked(f, e))
	if !errors.Is(err, problem) || len(found) != 2 || made.People != 2 {
		t.Errorf("%d people, %v; want the two that can be read, and the damage", len(found), err)
	}
	f.same("visits.disclose")
	none := asked(f, e)
	none.People = []trace.Token{person(9)}
	f.desk.Visits.Log = failing{Log: f.desk.Visits.Log, days: problem}
	if _, found, err := f.desk.Disclose(t.Context(), epidemiologist, none); !errors.Is(err, problem) || len(found) > 0 {
		t.Errorf("with nothing to read: %d people, %v", len(found), err)
	}
}

func TestADeclarationOfAnotherDistrictIsNoGround(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	e := f.outbreak()
	e.ID = f.event(func(e *detect.Event) { e.Area = storetest.East })
	f.declare(storetest.West)
	if _, _, err := f.desk.Disclose(t.Context(), epidemiologist, asked(f, e)); !fault.Is(err, fault.Conflict) {
		t.Errorf("%v, want a conflict", err)
	}
	f.declare(storetest.East)
	if _, found, err := f.desk.Disclose(t.Context(), epidemiologist, asked(f, e)); err != nil || len(found) != 2 {
		t.Errorf("with one of the district: %d people, %v", len(found), err)
	}
}

// messages joins everything that an error says.
func messages(err error) string {
	if err == nil {
		return ""
	}
	said := fault.Message(err)
	for _, p := range fault.PlacesOf(err) {
		said += "; " + p.String()
	}
	return said
}

// asText is everything of a value.
func asText(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	must(t, err)
	return string(b)
}
