package api

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

// The letters of the roles in the table below.
var letters = map[rune]access.Role{'c': access.Commander, 'e': access.Epidemiologist, 'd': access.DutyOfficer, 'a': access.AreaOfficer,
	'u': access.Auditor, 'm': access.Administrator, 'r': access.Reporter}

const (
	everybody = "*"       // no session is asked for
	all       = "cedaumr" // any session
)

// admitted says, for every route, which roles may use it at all. It is written
// by hand beside the table of rights, so that a slip in either shows.
var admitted = map[string]string{
	"health": everybody, "openapi": everybody, "signIn": everybody, "getDemonstration": everybody,
	"getPublicForm": everybody, "reportPublicNotice": everybody,

	"getSession": all, "signOut": all, "changeOwnPassword": all, "listPeople": all, "streamEvents": all,
	"getCity": all, "getBoundaries": all, "getClock": all,

	"getSituation": "cedau", "listFigures": "cedau", "askFigure": "cedau", "getChain": "cedau", "getTimeline": "cedau",
	"moveClock": "ced",

	"getCurve": "cedau", "getClusters": "cedau", "getCourse": "cedau", "getHistory": "cedau", "getBatch": "cedau", "getQuality": "cedau",
	"listIndicators": "cedau", "getVerdicts": "cedau",
	"ingestCounts": "ed", "getDailyForm": "edr", "reportDaily": "edr", "reportNotice": "cedar",

	"getInbox": "cedau", "listSignals": "cedau", "getSignal": "cedau", "listEvents": "cedau",
	"verifySignal": "ced", "discardSignal": "ced", "snoozeSignal": "ced", "wakeSignal": "ced",
	"listOutcomes": "cedau", "recordOutcome": "ced", "listMissed": "cedau", "recordMissed": "ced", "getScoreboard": "cedau",

	"listProposals": "cedau", "getProposal": "cedau", "listLevels": "cedau",
	"askProposal": "c", "acceptProposal": "c", "overrideProposal": "c", "secondProposal": "ce",
	"listPacks": "cedaum", "getPack": "cedaum", "dryRunPack": "cedaum",

	"listDirectives": "cedau", "getDirective": "cedau", "listDrafts": "cd", "issueDirective": "cd", "moveDirective": "ceda",
	"listDuty": "cedaum", "addShift": "dm",

	"sendVisits": "dr", "listAlarms": "cedau", "listDisclosures": "cu", "discloseVisits": "ed", "searchSources": "ed", "getOccupancy": "cedau",
	"listDeclarations": all, "declareVisits": "ce", "moveDeclaration": "ce",

	"listEntries": "cu", "getEntry": "cu", "checkRecords": "um",
	"listUsers": "m", "addUser": "m", "setGrants": "m", "setPassword": "m", "disableUser": "m",
}

// request makes the least request that reaches the handler of a door.
func (d door) request(c *client) *http.Request {
	path := strings.NewReplacer("{id}", "none", "{kind}", "signal", "{name}", "signals.open").Replace(d.path)
	body := ""
	if d.method == "POST" {
		body = "{}"
	}
	r := c.request(d.method, path, body)
	if d.deed == acts {
		r.Header.Set(keyHeader, "one-fresh-key")
	}
	return r
}

func TestEveryRouteAdmitsTheRolesThatItShould(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	h.server.Hub.Close() // so that a stream ends at once
	clients := map[access.Role]*client{}
	for _, role := range letters {
		clients[role] = h.client("the-"+strings.ReplaceAll(string(role), "_", "-"), role, storetest.City)
	}
	for _, d := range h.server.doors {
		roles, known := admitted[d.name]
		if !known {
			t.Errorf("%s %s (%s) has no expectation; add it to the table of this test", d.method, d.path, d.name)
			continue
		}
		for letter, role := range letters {
			if d.name == "signOut" || d.name == "changeOwnPassword" {
				continue // they would end the session that the other routes need; see below
			}
			w := h.answer(d.request(clients[role]), nil)
			in := roles == everybody || strings.ContainsRune(roles, letter)
			if refused := w.Code == http.StatusUnauthorized || w.Code == http.StatusForbidden; refused == in && d.name != "signIn" {
				t.Errorf("%s %s as %s: %d %s, want admitted %t", d.method, d.path, role, w.Code, w.Body, in)
			}
			if w.Code >= http.StatusInternalServerError {
				t.Errorf("%s %s as %s: %d %s", d.method, d.path, role, w.Code, w.Body)
			}
		}
	}
	for name := range admitted {
		if !hasDoor(h.server, name) {
			t.Errorf("the table expects a route %s, which there is not", name)
		}
	}
}

func hasDoor(s *server, name string) bool {
	for _, d := range s.doors {
		if d.name == name {
			return true
		}
	}
	return false
}

func TestNobodyComesInWithoutASession(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	ended := h.client("ended", access.Commander, storetest.City)
	h.move(&h.wall, staff.Idle+time.Second)
	forged := &client{h: h, cookie: &http.Cookie{Name: cookieName, Value: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}, csrf: "AAAA"}
	closed := h.client("closed", access.Commander, storetest.City)
	account, err := h.server.Staff.ByName(t.Context(), access.TheProgram(storetest.City), "closed")
	must(t, err)
	_, err = h.server.Staff.Disable(t.Context(), access.TheProgram(storetest.City), account.ID, "left", "")
	must(t, err)
	for _, d := range h.server.doors {
		if d.entry == anybody {
			continue
		}
		for how, c := range map[string]*client{"no session": {h: h}, "a session that ended": ended, "a forged session": forged, "a closed account": closed} {
			if w := h.answer(d.request(c), nil); w.Code != http.StatusUnauthorized {
				t.Errorf("%s %s with %s: %d %s, want 401", d.method, d.path, how, w.Code, w.Body)
			}
		}
	}
}

func TestWhatChangesAnythingNeedsTheTokenOfItsSession(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	other := h.client("other", access.Commander, storetest.City)
	for _, d := range h.server.doors {
		if d.entry == anybody || d.deed == reads {
			continue
		}
		role := roleFor(d)
		c := h.client("own-"+strings.ToLower(d.name), role, storetest.City)
		for how, token := range map[string]string{"no token": "", "another session's token": other.csrf} {
			r := d.request(c)
			r.Header.Set(csrfHeader, token)
			if w := h.answer(r, nil); w.Code != http.StatusForbidden {
				t.Errorf("%s %s with %s: %d %s, want 403", d.method, d.path, how, w.Code, w.Body)
			}
		}
		if d.deed != acts {
			continue
		}
		for _, key := range []string{"", "short", strings.Repeat("k", 101), "white space key"} {
			r := d.request(c)
			r.Header.Set(keyHeader, key)
			w := h.answer(r, nil)
			if p := problem(t, w); w.Code != http.StatusUnprocessableEntity || len(p.Places) != 1 || p.Places[0].Field != keyHeader {
				t.Errorf("%s %s with key %q: %d %s, want 422 that names the header", d.method, d.path, key, w.Code, w.Body)
			}
		}
	}
}

// roleFor returns a role that a door admits.
func roleFor(d door) access.Role {
	for _, role := range access.Roles() {
		if d.entry == signedIn || access.Has(role, d.right) {
			return role
		}
	}
	return ""
}

func TestAPageOfAnotherSiteCannotAct(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	c := h.client("lin", access.Commander, storetest.City)
	r := c.request("DELETE", "/v1/session", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if w := h.answer(r, nil); w.Code != http.StatusForbidden {
		t.Errorf("a cross-site request: %d, want 403", w.Code)
	}
	get[SignedIn](c, "/v1/session")
}
