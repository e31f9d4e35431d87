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

func TestExposuresAreDisclosedForACase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.withVisits()
		epi := h.client("epi-wu", access.Epidemiologist, storetest.City)
		auditor := h.client("auditor-qi", access.Auditor, storetest.City)
		gate := h.client("gate", access.Reporter, storetest.City)
		var receipt Receipt
		epi.ingest("", quietWeeks(string(storetest.East)), &receipt)
		h.round()
		signal := get[Inbox](epi, "/v1/inbox").Shown[0]
		event := post[Event](epi, "/v1/signals/"+signal.ID+"/verify", map[string]string{"hazard": "covid-19", "why": "laboratory result"})
		visits := strings.ReplaceAll("["+visitJSON(visitOne, coveredAt, half, forAQuarter)+"]", "000000000009", caseOne[24:])
		post[VisitOutcomes](gate, "/v1/visits", visits)
		post[VisitOutcomes](gate, "/v1/visits", strings.NewReplacer(caseOne, metOne, visitOne, visitTwo).Replace(visits))

		question := map[string]any{"event": event.ID, "purpose": "contact_tracing", "people": []string{caseOne},
			"from": "2020-07-21T16:00:00Z", "until": "2020-07-22T16:00:00Z"}
		got := post[Disclosed](epi, "/v1/visits/disclosures", question)
		if len(got.People) != 1 || got.People[0].Person != metOne || got.People[0].Minutes != 30 || got.People[0].Site != coveredAt ||
			got.Disclosure.People != 1 || got.Disclosure.By != epi.id || got.Disclosure.Case.ID != event.ID {
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
