package people_test

import (
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
	"github.com/breakwater-eoc/breakwater/trust"
)

var (
	healthChief = of("health", access.Commander, storetest.City)
	congressman = of("congress", access.Epidemiologist, storetest.City)
)

// of is an officer of an organisation.
func of(organisation party.OrganisationCode, role access.Role, area place.Code) access.Actor {
	a := desktest.Officer(role, area)
	a.User, a.Organisation = party.UserID(string(role)+" of "+string(organisation)), organisation
	return a
}

func checkIns(area place.Code) trust.Terms {
	return trust.Terms{Area: area, Modules: []trust.Module{trust.CheckIns}, Basis: "Law, article 42", Days: 1}
}

func TestADeclarationTakesTwoOfficersAndLapses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		collects := func() bool {
			must(t, f.desk.Look(t.Context()))
			return f.desk.Collects(f.Center.Time())
		}
		if f.desk.Collects(f.Center.Time()) || collects() {
			t.Error("visits are collected without a declaration")
		}
		proposed, err := f.desk.Declare(t.Context(), healthChief, people.DeclareIn{Terms: checkIns(""), Why: "a cluster at the market", Key: "k"})
		if err != nil || proposed.State != trust.Proposed || proposed.Area != storetest.City || collects() {
			t.Errorf("proposed: %+v, %v; collected %t, want nothing collected", proposed, err, collects())
		}
		if again, err := f.desk.Declare(t.Context(), healthChief, people.DeclareIn{Terms: checkIns(""), Why: "a cluster at the market", Key: "k"}); err != nil || again.ID != proposed.ID {
			t.Errorf("declared again with the same key: %+v, %v", again, err)
		}
		for name, who := range map[string]access.Actor{"the same officer": healthChief, "a colleague": of("health", access.Epidemiologist, storetest.City)} {
			if _, err := f.desk.Move(t.Context(), who, proposed.ID, people.MoveIn{Step: trust.Approve}); !fault.Is(err, fault.Forbidden) || collects() {
				t.Errorf("approved by %s: %v", name, err)
			}
		}
		f.Pass(time.Hour)
		inForce, err := f.desk.Move(t.Context(), congressman, proposed.ID, people.MoveIn{Step: trust.Approve})
		if err != nil || inForce.State != trust.InForce || !inForce.From.Equal(f.Center.Time()) || inForce.Approvals[1].By != congressman.User || !collects() {
			t.Errorf("approved: %+v, %v; collected %t", inForce, err, collects())
		}
		f.Pass(24*time.Hour - time.Microsecond)
		if !f.desk.Collects(f.Center.Time()) {
			t.Error("it does not cover its last instant")
		}
		f.Pass(time.Microsecond)
		if f.desk.Collects(f.Center.Time()) || collects() {
			t.Error("it covers more than its day, although nothing else was done")
		}
		if _, err := f.desk.Move(t.Context(), healthChief, proposed.ID, people.MoveIn{Step: trust.End, Why: "over"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("a lapsed one was ended: %v", err)
		}
		f.same() // these are no acts upon visits
		if got := strings.Join(f.declarationActs(), " "); got != "declaration.propose declaration.approve" {
			t.Errorf("the journal has %s", got)
		}
		page, err := f.desk.Declarations(t.Context(), desktest.Officer(access.Reporter, storetest.East), command.Paging{})
		if err != nil || len(page.Items) != 1 || page.Items[0].State != trust.InForce || page.Items[0].Basis != "Law, article 42" {
			t.Errorf("listed are %+v, %v", page.Items, err)
		}
		if flaws := f.flaws(); len(flaws) > 0 {
			t.Errorf("fsck: %v", flaws)
		}
	})
}

func (f *fixture) declarationActs() (acts []string) {
	f.TB.Helper()
	page, err := f.Audit.Entries(f.TB.Context(), desktest.Officer(access.Auditor, storetest.City), audit.EntryFilter{Act: "declaration."}, command.Paging{Limit: 200})
	must(f.TB, err)
	for _, l := range page.Items {
		acts = append([]string{l.Entry.Act}, acts...)
	}
	return acts
}

func TestADeclarationIsDeclinedAndEnded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		d, err := f.desk.Declare(t.Context(), healthChief, people.DeclareIn{Terms: checkIns(storetest.City)})
		must(t, err)
		if _, err := f.desk.Move(t.Context(), congressman, d.ID, people.MoveIn{Step: trust.Decline}); !fault.Is(err, fault.Invalid) {
			t.Errorf("declined without a reason: %v", err)
		}
		declined, err := f.desk.Move(t.Context(), congressman, d.ID, people.MoveIn{Step: trust.Decline, Why: "out of proportion"})
		if err != nil || declined.State != trust.Declined || declined.Closed.By != congressman.User {
			t.Errorf("declined: %+v, %v", declined, err)
		}
		inForce := f.declare(storetest.City)
		f.Pass(time.Minute)
		ended, err := f.desk.Move(t.Context(), congressman, inForce.ID, people.MoveIn{Step: trust.End, Why: "the cluster is over"})
		must(t, f.desk.Look(t.Context()))
		if err != nil || ended.State != trust.Ended || !ended.Until.Equal(f.Center.Time()) || f.desk.Collects(f.Center.Time()) {
			t.Errorf("ended: %+v, %v; still collected %t", ended, err, f.desk.Collects(f.Center.Time()))
		}
		if flaws := f.flaws(); len(flaws) > 0 {
			t.Errorf("fsck: %v", flaws)
		}
	})
}

func TestADeclarationIsRefused(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	for name, tc := range map[string]struct {
		who    access.Actor
		change func(*trust.Terms)
		kind   fault.Kind
	}{
		"of a module that there is not": {healthChief, func(t *trust.Terms) { t.Modules = []trust.Module{"faces"} }, fault.Invalid},
		"of a month and a day":          {healthChief, func(t *trust.Terms) { t.Days = 31 }, fault.Invalid},
		"without a law":                 {healthChief, func(t *trust.Terms) { t.Basis = "" }, fault.Invalid},
		"for an area that there is not": {healthChief, func(t *trust.Terms) { t.Area = "999999" }, fault.NotFound},
		"by a duty officer":             {of("health", access.DutyOfficer, storetest.City), func(*trust.Terms) {}, fault.Forbidden},
		"by the administrator":          {of("health", access.Administrator, storetest.City), func(*trust.Terms) {}, fault.Forbidden},
		"by the program":                {access.TheProgram(storetest.City), func(*trust.Terms) {}, fault.Forbidden},
		"for the city by a district":    {of("health", access.Commander, storetest.East), func(*trust.Terms) {}, fault.Forbidden},
	} {
		terms := checkIns(storetest.City)
		tc.change(&terms)
		if d, err := f.desk.Declare(t.Context(), tc.who, people.DeclareIn{Terms: terms}); !fault.Is(err, tc.kind) {
			t.Errorf("%s: %+v, %v, want %s", name, d, err, tc.kind)
		}
	}
	d, err := f.desk.Declare(t.Context(), healthChief, people.DeclareIn{Terms: checkIns(storetest.City)})
	must(t, err)
	for name, tc := range map[string]struct {
		who  access.Actor
		id   trust.DeclarationID
		in   people.MoveIn
		kind fault.Kind
	}{
		"a step that there is not":      {congressman, d.ID, people.MoveIn{Step: "sign", Why: "x"}, fault.Invalid},
		"of one that there is not":      {congressman, "none", people.MoveIn{Step: trust.Approve}, fault.NotFound},
		"by a district":                 {of("congress", access.Commander, storetest.East), d.ID, people.MoveIn{Step: trust.Approve}, fault.Forbidden},
		"by a duty officer":             {of("congress", access.DutyOfficer, storetest.City), d.ID, people.MoveIn{Step: trust.Approve}, fault.Forbidden},
		"ended before it is in force":   {congressman, d.ID, people.MoveIn{Step: trust.End, Why: "x"}, fault.Conflict},
		"declined without a reason too": {congressman, d.ID, people.MoveIn{Step: trust.Decline}, fault.Invalid},
	} {
		if _, err := f.desk.Move(t.Context(), tc.who, tc.id, tc.in); !fault.Is(err, tc.kind) {
			t.Errorf("%s: %v, want %s", name, err, tc.kind)
		}
	}
	if got := f.declarationActs(); len(got) != 1 {
		t.Errorf("refused acts left %v", got)
	}
	for name, tc := range map[string]struct {
		who  access.Actor
		want []trust.DeclarationStep
	}{
		"who declared":          {healthChief, []trust.DeclarationStep{trust.Decline}},
		"another organisation":  {congressman, []trust.DeclarationStep{trust.Approve, trust.Decline}},
		"who has not the right": {of("congress", access.Auditor, storetest.City), nil},
		"who has it in a part":  {of("congress", access.Commander, storetest.East), nil},
	} {
		got := f.desk.Moves(tc.who, d)
		if len(got) != len(tc.want) || len(got) > 0 && got[0] != tc.want[0] {
			t.Errorf("%s may %v, want %v", name, got, tc.want)
		}
	}
}
