package api

import (
	"bytes"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

const (
	caseOne, metOne = "00000000-0000-4000-8000-0000000000c1", "00000000-0000-4000-8000-0000000000c2"
	forAQuarter     = "2020-07-22T01:00:00Z"
)

// outbreakAt has cases confirmed, and two people together at the covered site for
// half an hour; it gives the event.
func (h *testHouse) outbreakAt(epi, gate *client) string {
	h.t.Helper()
	var receipt Receipt
	epi.ingest("", quietWeeks(string(storetest.East)), &receipt)
	h.round()
	signal := get[Inbox](epi, "/v1/inbox").Shown[0]
	event := post[Event](epi, "/v1/signals/"+signal.ID+"/verify", map[string]string{"hazard": "covid-19", "why": "laboratory result"})
	visits := strings.ReplaceAll("["+visitJSON(visitOne, coveredAt, half, forAQuarter)+"]", "000000000009", caseOne[24:])
	post[VisitOutcomes](gate, "/v1/visits", visits)
	post[VisitOutcomes](gate, "/v1/visits", strings.NewReplacer(caseOne, metOne, visitOne, visitTwo).Replace(visits))
	return event.ID
}

func TestExposuresAreDisclosedForACase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.withVisits()
		epi := h.client("epi-wu", access.Epidemiologist, storetest.City)
		auditor := h.client("auditor-qi", access.Auditor, storetest.City)
		gate := h.client("gate", access.Reporter, storetest.City)
		event := h.outbreakAt(epi, gate)

		question := map[string]any{"event": event, "purpose": "contact_tracing", "people": []string{caseOne},
			"from": "2020-07-21T16:00:00Z", "until": "2020-07-22T16:00:00Z"}
		got := post[Disclosed](epi, "/v1/visits/disclosures", question)
		if len(got.People) != 1 || got.People[0].Person != metOne || got.People[0].Minutes != 30 || got.People[0].Site != coveredAt ||
			got.Disclosure.People != 1 || got.Disclosure.By != epi.id || got.Disclosure.Case.ID != event {
			t.Errorf("disclosed was %+v, want one person for half an hour", got)
		}
		listed := get[List[Disclosure]](auditor, "/v1/visits/disclosures").Items
		if len(listed) != 1 || listed[0] != got.Disclosure {
			t.Errorf("listed are %+v", listed)
		}
		for name, change := range map[string]map[string]any{
			"for another purpose":  {"purpose": "curiosity"},
			"without a case":       {"event": ""},
			"for a case not there": {"event": "none"},
			"of a name":            {"people": []string{"Wang Fang"}},
			"of nobody":            {"people": []string{}},
			"of days not kept":     {"from": "2020-06-01T00:00:00Z"},
		} {
			asked := maps.Clone(question)
			maps.Copy(asked, change)
			w := epi.do("POST", "/v1/visits/disclosures", asked, nil)
			if w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "Wang") {
				t.Errorf("%s: %d %s", name, w.Code, w.Body)
			}
		}
		if n := len(get[List[Disclosure]](auditor, "/v1/visits/disclosures").Items); n != 1 {
			t.Errorf("after refusals there are %d disclosures, want one", n)
		}
		for _, person := range []string{caseOne, metOne, "Wang Fang"} {
			if bytes.Contains(h.log.Bytes(), []byte(person)) {
				t.Errorf("the request log shows %s", person)
			}
		}
	})
}

func TestWhatCasesShareAndWhoIsThereAreTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		epi := h.client("epi-wu", access.Epidemiologist, storetest.City)
		where := "/v1/visits/occupancy?site=" + coveredAt
		if w := epi.do("GET", where, nil, nil); w.Code != http.StatusConflict {
			t.Errorf("a server without visits answers %d %s", w.Code, w.Body)
		}
		h.withVisits()
		gate := h.client("gate", access.Reporter, storetest.City)
		event := h.outbreakAt(epi, gate)

		question := map[string]any{"event": event, "people": []string{caseOne, metOne}, "from": "2020-07-21T16:00:00Z", "until": "2020-07-22T16:00:00Z"}
		got := post[Leads](epi, "/v1/visits/sources", question)
		if len(got.Leads) != 1 || got.Leads[0].Site != coveredAt || got.Leads[0].Cases != 2 || got.Leads[0].P <= 0 || got.Disclosure.Purpose != "source_search" || got.Disclosure.Sought != 2 {
			t.Errorf("shared is %+v, want the one site", got)
		}
		for name, change := range map[string]map[string]any{
			"of one case":   {"people": []string{caseOne}},
			"of a name":     {"people": []string{caseOne, "Wang Fang"}},
			"by the minute": {"bin_minutes": 1},
		} {
			wrong := maps.Clone(question)
			maps.Copy(wrong, change)
			if w := epi.do("POST", "/v1/visits/sources", wrong, nil); w.Code != http.StatusUnprocessableEntity || strings.Contains(w.Body.String(), "Wang") {
				t.Errorf("%s: %d %s", name, w.Code, w.Body)
			}
		}
		day := get[Occupancy](epi, where+"&from=2020-07-22T00:00:00Z&until=2020-07-22T02:00:00Z")
		if len(day.Steps) != 2 || day.Steps[0].Entered != 2 || day.Steps[0].Peak != 2 || day.Steps[0].Mean != 1 || day.Steps[1].Peak != 0 || day.Incomplete {
			t.Errorf("over two hours there are %+v", day)
		}
		now := get[Occupancy](epi, where)
		if now.Present != 0 || len(now.Steps) != 0 || !now.At.Equal(h.server.Center.Time()) {
			t.Errorf("now there are %+v", now)
		}
		for _, wrong := range []string{"/v1/visits/occupancy?site=market", where + "&from=2020-07-22T02:00:00Z&until=2020-07-22T01:00:00Z",
			where + "&from=2019-07-22T02:00:00Z&step_minutes=5", where + "&from=yesterday", where + "&until=2020-07-22T01:00:00Z"} {
			if w := epi.do("GET", wrong, nil, nil); w.Code != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d %s", wrong, w.Code, w.Body)
			}
		}
	})
}

func TestADeclarationIsApprovedByAnotherOrganisation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		commander := h.client("commander-li", access.Commander, storetest.City)
		terms := map[string]any{"modules": []string{"check_ins"}, "basis": "Law, article 42", "days": 3}
		if w := commander.do("POST", "/v1/declarations", terms, nil); w.Code != http.StatusConflict {
			t.Errorf("a server without visits answers %d %s", w.Code, w.Body)
		}
		if listed := get[List[Declaration]](commander, "/v1/declarations").Items; len(listed) > 0 {
			t.Errorf("a server without visits lists %+v", listed)
		}
		h.withVisits()
		epi := h.client("epi-wu", access.Epidemiologist, storetest.City)
		gate := h.client("gate", access.Reporter, storetest.City)
		declared := post[Declaration](commander, "/v1/declarations", terms)
		if declared.State != "proposed" || declared.Area != string(storetest.City) || declared.From != nil || strings.Join(declared.Moves, ",") != "decline" {
			t.Errorf("declared: %+v", declared)
		}
		path := "/v1/declarations/" + declared.ID + "/move"
		if w := commander.do("POST", path, map[string]string{"step": "approve"}, nil); w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "another organisation") {
			t.Errorf("approved by the first officer: %d %s", w.Code, w.Body)
		}
		if listed := get[List[Declaration]](epi, "/v1/declarations").Items; len(listed) != 2 || strings.Join(listed[0].Moves, ",") != "approve,decline" || strings.Join(listed[1].Moves, ",") != "end" {
			t.Errorf("listed for who may approve: %+v", listed)
		}
		approved := post[Declaration](epi, path, map[string]string{"step": "approve"})
		if approved.State != "in_force" || approved.Until == nil || approved.Until.Sub(*approved.From) != 3*24*time.Hour || len(approved.Approvals) != 2 ||
			approved.Approvals[0].By != commander.id || approved.Approvals[1].By != epi.id {
			t.Errorf("approved: %+v", approved)
		}
		for step, code := range map[string]int{"decline": http.StatusConflict, "approve": http.StatusConflict, "sign": http.StatusUnprocessableEntity} {
			if w := epi.do("POST", path, map[string]string{"step": step, "why": "a reason"}, nil); w.Code != code {
				t.Errorf("%s once it is in force: %d %s", step, w.Code, w.Body)
			}
		}
		ended := post[Declaration](commander, path, map[string]string{"step": "end", "why": "the cluster is over"})
		if ended.State != "ended" || ended.Closed == nil || ended.Closed.By != commander.id || len(ended.Moves) > 0 {
			t.Errorf("ended: %+v", ended)
		}
		if listed := get[List[Declaration]](gate, "/v1/declarations").Items; len(listed) != 2 || listed[0].State != "ended" || len(listed[0].Moves) > 0 {
			t.Errorf("listed for the gate's staff: %+v", listed)
		}
		for field, wrong := range map[string]any{"days": 31, "modules": []string{"faces"}, "basis": " "} {
			asked := maps.Clone(terms)
			asked[field] = wrong
			if w := commander.do("POST", "/v1/declarations", asked, nil); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), field) {
				t.Errorf("a wrong %s: %d %s", field, w.Code, w.Body)
			}
		}
	})
}

func TestAnAlarmIsSeenUntilItIsMended(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	duty := h.client("duty-he", access.DutyOfficer, storetest.City)
	if alarms := get[List[Alarm]](duty, "/v1/alarms").Items; len(alarms) > 0 {
		t.Errorf("a server without visits has the alarms %+v", alarms)
	}
	h.withVisits()
	gate := h.client("gate", access.Reporter, storetest.City)
	post[VisitOutcomes](gate, "/v1/visits", "["+visitJSON(visitOne, coveredAt, half, ten)+"]")
	alarms := func() []Alarm { return get[List[Alarm]](duty, "/v1/alarms").Items }
	if got := alarms(); len(got) > 0 {
		t.Errorf("on the day itself there are %+v", got)
	}
	h.pass(21 * 24 * time.Hour)
	if err := h.server.People.Retain(t.Context(), nil); err == nil {
		t.Error("nobody destroys what is too old, and the round is content")
	}
	got := alarms()
	if len(got) != 1 || got[0].Kind != string(people.Overdue) || len(got[0].Days) != 1 || got[0].Days[0].String() != "2020-07-22" {
		t.Fatalf("a day too old gives %+v", got)
	}
	must(t, h.server.People.Visits.Log.Forget(t.Context(), got[0].Days[0]))
	must(t, h.server.People.Retain(t.Context(), nil))
	if got := alarms(); len(got) > 0 {
		t.Errorf("once it is mended there are %+v", got)
	}
}
