package trust_test

import (
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/trust"
)

var (
	declaredAt = time.Date(2020, 7, 22, 0, 0, 0, 0, time.UTC)
	byHealth   = trust.Approval{By: "li", Organisation: "health", At: declaredAt.Add(-time.Hour)}
	byCongress = trust.Approval{By: "wang", Organisation: "congress", At: declaredAt}
)

func terms() trust.Terms {
	return trust.Terms{Area: "210200", Modules: []trust.Module{trust.CheckIns}, Basis: "Law on infectious diseases, article 42", Days: 30}
}

// declared gives a declaration in each state.
func declared(t *testing.T) map[trust.DeclarationState]trust.Declaration {
	t.Helper()
	later := trust.Approval{By: "chen", Organisation: "health", At: declaredAt.Add(time.Hour)}
	proposed, err := trust.Propose("d1", terms(), byHealth)
	if err != nil {
		t.Fatal(err)
	}
	inForce, err := proposed.Approve(byCongress)
	if err != nil {
		t.Fatal(err)
	}
	declined, err := proposed.Decline(later)
	if err != nil {
		t.Fatal(err)
	}
	ended, err := inForce.End(later)
	if err != nil {
		t.Fatal(err)
	}
	return map[trust.DeclarationState]trust.Declaration{trust.Proposed: proposed, trust.InForce: inForce, trust.Declined: declined, trust.Ended: ended}
}

func TestDeclarationMakesTheMovesThatItMayAndNoOthers(t *testing.T) {
	by := trust.Approval{By: "wang", Organisation: "congress", At: declaredAt.Add(2 * time.Hour)}
	allowed := map[trust.DeclarationState]map[trust.DeclarationStep]trust.DeclarationState{
		trust.Proposed: {trust.Approve: trust.InForce, trust.Decline: trust.Declined},
		trust.InForce:  {trust.End: trust.Ended},
		trust.Declined: {}, trust.Ended: {},
	}
	all := declared(t)
	for _, from := range trust.DeclarationStates() {
		was := all[from]
		if was.State != from {
			t.Fatalf("the declaration that should be %s is %s", from, was.State)
		}
		for _, step := range trust.DeclarationSteps() {
			got, err := was.Move(step, by)
			switch want, may := allowed[from][step]; {
			case may && (err != nil || got.State != want || got.Version != was.Version+1):
				t.Errorf("%s when %s: %+v, %v, want %s", step, from, got, err, want)
			case !may && (!fault.Is(err, fault.Conflict) || got.State != from || got.Version != was.Version):
				t.Errorf("%s when %s: %+v, %v, want a conflict and nothing changed", step, from, got, err)
			}
		}
	}
	if _, err := all[trust.Proposed].Move("sign", by); !fault.Is(err, fault.Invalid) {
		t.Errorf("a step that there is not: %v", err)
	}
	lapsed := all[trust.InForce]
	if _, err := lapsed.End(trust.Approval{By: "li", Organisation: "health", At: lapsed.Until}); !fault.Is(err, fault.Conflict) {
		t.Errorf("ending one that has lapsed: %v, want a conflict", err)
	}
	for name, second := range map[string]trust.Approval{
		"the same person":                         {By: "li", Organisation: "congress", At: declaredAt},
		"another person of the same organisation": {By: "wang", Organisation: "health", At: declaredAt},
	} {
		if got, err := all[trust.Proposed].Approve(second); !fault.Is(err, fault.Forbidden) || got.State != trust.Proposed {
			t.Errorf("approved by %s: %+v, %v, want a refusal", name, got, err)
		}
	}
}

func TestDeclarationCoversItsAreaModuleAndTime(t *testing.T) {
	within := func(inner, outer place.Code) bool { return inner == outer || inner == "210211" && outer == "210200" }
	all := declared(t)
	inForce, ended := all[trust.InForce], all[trust.Ended]
	if got := inForce.Until.Sub(inForce.From); got != 30*24*time.Hour || !inForce.From.Equal(byCongress.At) {
		t.Errorf("it begins at %s and lasts %s, want 30 days from the second approval", inForce.From, got)
	}
	for _, tc := range []struct {
		name   string
		of     trust.Declaration
		module trust.Module
		area   place.Code
		at     time.Time
		want   bool
	}{
		{"at its first instant", inForce, trust.CheckIns, "210200", inForce.From, true},
		{"in an area inside", inForce, trust.CheckIns, "210211", inForce.From, true},
		{"not elsewhere", inForce, trust.CheckIns, "110000", inForce.From, false},
		{"not for another module", inForce, trust.PersonalStatus, "210200", inForce.From, false},
		{"not before", inForce, trust.CheckIns, "210200", inForce.From.Add(-1), false},
		{"not at its end: it lapses by itself", inForce, trust.CheckIns, "210200", inForce.Until, false},
		{"not once it is ended", ended, trust.CheckIns, "210200", ended.Until, false},
		{"what it covered before it was ended", ended, trust.CheckIns, "210200", ended.Until.Add(-1), true},
		{"not when it is only proposed", all[trust.Proposed], trust.CheckIns, "210200", time.Time{}, false},
		{"not when it was declined", all[trust.Declined], trust.CheckIns, "210200", time.Time{}, false},
	} {
		if got := tc.of.Covers(tc.module, tc.area, tc.at, within); got != tc.want {
			t.Errorf("%s: Covers() = %v, want %v", tc.name, got, tc.want)
		}
	}
	longer := inForce
	longer.ID, longer.From, longer.Until = "d2", inForce.From.Add(time.Hour), inForce.Until.Add(time.Hour)
	at := inForce.From.Add(2 * time.Hour)
	if got, ok := trust.Covering([]trust.Declaration{inForce, longer, ended}, trust.CheckIns, "210200", at, within); !ok || got.ID != "d2" {
		t.Errorf("of three, the one that is named is %s, %v; want the one that lasts longest", got.ID, ok)
	}
	if _, ok := trust.Covering([]trust.Declaration{ended}, trust.CheckIns, "210200", at, within); ok {
		t.Error("an ended declaration covers a later instant")
	}
}

func TestDeclarationNeedsGroundsAndTwoOrganisations(t *testing.T) {
	for field, spoil := range map[string]func(*trust.Declaration){
		"area":      func(d *trust.Declaration) { d.Area = "" },
		"modules":   func(d *trust.Declaration) { d.Modules = []trust.Module{"everything"} },
		"basis":     func(d *trust.Declaration) { d.Basis = " " },
		"days":      func(d *trust.Declaration) { d.Days = 31 },
		"state":     func(d *trust.Declaration) { d.State = trust.Proposed },
		"until":     func(d *trust.Declaration) { d.Until = d.Until.Add(1) },
		"approvals": func(d *trust.Declaration) { d.Approvals = []trust.Approval{d.Approvals[0], d.Approvals[0]} },
	} {
		d := declared(t)[trust.InForce]
		spoil(&d)
		if places := fault.PlacesOf(d.Check()); len(places) != 1 || places[0].Field != field {
			t.Errorf("spoiled %s: Check gives %v", field, d.Check())
		}
	}
	late := declared(t)[trust.InForce]
	late.Approvals[0].At = late.From.Add(time.Minute)
	if late.Check() == nil {
		t.Error("an approval after the start was taken")
	}
	for field, spoil := range map[string]func(*trust.Terms){
		"area":    func(t *trust.Terms) { t.Area = "" },
		"modules": func(t *trust.Terms) { t.Modules = []trust.Module{trust.CheckIns, trust.CheckIns} },
		"basis":   func(t *trust.Terms) { t.Basis = strings.Repeat("x", trust.MostBasis+1) },
		"days":    func(t *trust.Terms) { t.Days = 0 },
	} {
		wrong := terms()
		spoil(&wrong)
		if _, err := trust.Propose("d", wrong, byHealth); len(fault.PlacesOf(err)) != 1 || fault.PlacesOf(err)[0].Field != field {
			t.Errorf("proposed with a wrong %s: %v", field, err)
		}
	}
}
