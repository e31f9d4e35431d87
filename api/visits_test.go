package api

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/storetest"
	"github.com/breakwater-eoc/breakwater/store/visitlog"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

// withVisits gives a house a gate for visits. Sites whose id begins with f are
// covered by no declaration.
func (h *testHouse) withVisits() venue.Log {
	files := disktest.New(1)
	keys, err := trust.OpenDayKeys(files, "keys", rand.Reader)
	must(h.t, err)
	log, err := visitlog.Open(disktest.New(1), "visits", keys, rand.Reader, visitlog.Options{})
	must(h.t, err)
	h.server.Visits = venue.NewGate(venue.Gate{Log: log, Admission: venue.Admission{Desk: venue.Desk{Keys: keys, Zone: time.UTC}, Keep: 21,
		Declared: func(site venue.SiteID, _ time.Time) bool { return site[0] != 0xff }},
		Limits: venue.NewSiteLimits(1, 2)}, 4)
	h.keepPeople(files, log, keys)
	return log
}

// keepPeople gives a house the desk of its visits, under a declaration for the
// whole city.
func (h *testHouse) keepPeople(d disk.FS, log venue.Log, keys *trust.DayKeys) {
	ledger, err := trust.OpenLedger(d, "certificates")
	must(h.t, err)
	h.server.People = &people.Desk{Center: h.server.Center, Write: store.Writer[people.Tx](h.db), Store: h.db, City: storetest.City, Keep: 21,
		Visits: people.Visits{Log: log, Keys: keys, Ledger: ledger,
			Known: func(...party.UserID) (map[party.UserID]ed25519.PublicKey, error) { return nil, nil }}}
	by := func(name string) access.Actor {
		return access.Actor{User: party.UserID(name), Organisation: party.OrganisationCode(name),
			Grants: []access.Grant{{Role: access.Commander, Area: storetest.City}}}
	}
	declared, err := h.server.People.Declare(h.t.Context(), by("health"), people.DeclareIn{Terms: trust.Terms{
		Modules: []trust.Module{trust.CheckIns}, Basis: "Law, article 42", Days: 30}})
	must(h.t, err)
	_, err = h.server.People.Move(h.t.Context(), by("congress"), declared.ID, people.MoveIn{Step: trust.Approve})
	must(h.t, err)
}

func visitJSON(id, site, enter, leave string) string {
	return `{"id":"` + id + `","site":"` + site + `","person":"00000000-0000-4000-8000-000000000009","enter":"` + enter + `","leave":"` + leave + `"}`
}

const (
	visitOne  = "00000000-0000-4000-8000-000000000001"
	visitTwo  = "00000000-0000-4000-8000-000000000002"
	coveredAt = "00000000-0000-4000-8000-0000000000aa"
	countedAt = "ff000000-0000-4000-8000-0000000000aa"
	half, ten = "2020-07-22T00:30:00Z", "2020-07-22T00:40:00Z"
)

func TestVisitsComeInAsJSONAndCBOR(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	log := h.withVisits()
	c := h.client("gate", access.Reporter, storetest.City)
	send := func(kind string, body []byte) (int, VisitOutcomes, string) {
		r := c.request("POST", "/v1/visits", string(body))
		r.Header.Set("Content-Type", kind)
		var out VisitOutcomes
		w := h.answer(r, &out)
		return w.Code, out, w.Body.String()
	}
	batch := "[" + visitJSON(visitOne, coveredAt, half, ten) + "," + visitJSON(visitTwo, countedAt, half, ten) + "]"
	enter := venue.Moment(trace.InstantOf(time.Date(2020, 7, 22, 0, 30, 0, 0, time.UTC)))
	asCBOR, err := cbor.Marshal([]venue.Sent{{ID: trace.Token{7}, Site: trace.Token{1}, Person: trace.Token{2}, Enter: enter, Leave: enter}})
	must(t, err)
	for _, tc := range []struct {
		name, kind, body string
		code             int
		want             string // outcomes, or a part of the problem
	}{
		{"a visit is stored, and one without a declaration counted", "application/json", batch, 200, "stored,counted"},
		{"the same again changes nothing", "application/json", batch, 200, "known,known"},
		{"CBOR does as well", "application/cbor", string(asCBOR), 200, "stored"},
		{"a check-out closes the visit", "application/json",
			`[{"id":"00000000-0000-4000-8000-000000000003","act":"check_out","of":"` + visitOne + `","day":"2020-07-22","leave":"` + ten + `"}]`, 200, "stored"},
		{"a site that sends too much is held off", "application/json",
			"[" + visitJSON("00000000-0000-4000-8000-000000000011", coveredAt, half, ten) + "," + visitJSON("00000000-0000-4000-8000-000000000012", coveredAt, half, ten) + "]", 200, "limited,limited"},
		{"leaving before entering is named by its place", "application/json", "[" + visitJSON(visitTwo, coveredAt, ten, half) + "]", 422, `"line":1`},
		{"a misspelt field is refused", "application/json", `[{"identity":"x"}]`, 422, "not a batch of visits"},
		{"half a batch is refused", "application/cbor", string(asCBOR[:20]), 422, "not a batch of visits"},
		{"another form is refused", "text/csv", "id", 415, "application/cbor"},
	} {
		code, out, body := send(tc.kind, []byte(tc.body))
		if code != tc.code || code == 200 && strings.Join(out.Outcomes, ",") != tc.want || !strings.Contains(body, tc.want) && code != 200 {
			t.Errorf("%s: %d %s, want %d %s", tc.name, code, body, tc.code, tc.want)
		}
	}
	n, nobody := 0, 0
	must(t, log.EachVisit(t.Context(), venue.Visit{Day: 18465}.Day, func(v venue.Visit) bool {
		n++
		if v.Who == venue.Nobody {
			nobody++
		}
		return true
	}))
	if n != 3 || nobody != 1 {
		t.Errorf("the log holds %d visits, %d of nobody, want 3 and 1", n, nobody)
	}
	if bytes.Contains(h.log.Bytes(), []byte("000000000009")) {
		t.Error("the request log shows a person")
	}
}
