package access_test

import (
	"testing"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
)

func TestEveryRightHasARole(t *testing.T) {
	roles := append(access.Roles(), access.Program)
	for _, right := range access.Rights() {
		held := false
		for _, role := range roles {
			held = held || access.Has(role, right)
		}
		if !held {
			t.Errorf("nobody has the right %s", right)
		}
	}
}

func TestAnAuditorOnlyReads(t *testing.T) {
	for _, right := range []access.Right{access.WriteCounts, access.ReportDaily, access.TriageSignal, access.DecideProposal,
		access.SecondDecision, access.IssueDirective, access.DoDirective, access.VerifyDone, access.WriteDuty, access.ManageUsers, access.RunClock} {
		if access.Has(access.Auditor, right) {
			t.Errorf("an auditor has the right %s", right)
		}
	}
}

func TestNobodyGrantsTheProgramsRights(t *testing.T) {
	for _, right := range []access.Right{access.RaiseSignal, access.MakeProposal, access.MeasureOrder, access.KeepVisits} {
		for _, role := range access.Roles() {
			if access.Has(role, right) {
				t.Errorf("role %s has the program's right %s", role, right)
			}
		}
	}
}

func TestScopeIsTheAreaAndWhatLiesWithin(t *testing.T) {
	officer := access.Actor{User: "u", Grants: []access.Grant{{Role: access.AreaOfficer, Area: "210211"}}}
	for _, tc := range []struct {
		name    string
		right   access.Right
		lineage []place.Code
		ok      bool
	}{
		{"in the own district", access.DoDirective, []place.Code{"210211", "210200"}, true},
		{"in a street of it", access.DoDirective, []place.Code{"210211005", "210211", "210200"}, true},
		{"in another district", access.DoDirective, []place.Code{"210203", "210200"}, false},
		{"in the city that holds it", access.DoDirective, []place.Code{"210200"}, false},
		{"without the right", access.IssueDirective, []place.Code{"210211", "210200"}, false},
		{"anywhere at all", access.DoDirective, nil, true},
		{"anywhere at all without the right", access.IssueDirective, nil, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := officer.Check(tc.right, tc.lineage)
			if (err == nil) != tc.ok {
				t.Fatalf("Check = %v, want ok = %v", err, tc.ok)
			}
			if err != nil && !fault.Is(err, fault.Forbidden) {
				t.Errorf("fault is %v, want forbidden", fault.KindOf(err))
			}
		})
	}
}
