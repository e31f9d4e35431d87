package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

func TestBadInputGetsAClearErrorAndChangesNothing(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	c := h.client("commander-lin", access.Commander, storetest.City)
	epi := h.client("epi-wu", access.Epidemiologist, storetest.City)
	notice := `{"topic":"illness_cluster","area":"210211","people":4,"text":"cough"}`
	before := len(get[List[Entry]](c, "/v1/journal").Items)
	for _, x := range []struct {
		sentence     string
		method, path string
		body         string
		status       int
		field        string // one of the places, where there is one
	}{
		{"a body is needed", "POST", "/v1/notices", "", 400, ""},
		{"a body is JSON", "POST", "/v1/notices", "topic=illness", 400, ""},
		{"a body ends", "POST", "/v1/notices", notice[:20], 400, ""},
		{"nothing follows a body", "POST", "/v1/notices", notice + notice, 400, ""},
		{"a body is an object", "POST", "/v1/notices", "[]", 422, ""},
		{"null is no object", "POST", "/v1/notices", "null", 422, ""},
		{"unknown fields are refused", "POST", "/v1/notices", strings.Replace(notice, `"people"`, `"patients"`, 1), 422, "patients"},
		{"a missing field is named", "POST", "/v1/notices", `{"topic":"other","area":"210211","people":1}`, 422, ""},
		{"a number is a number", "POST", "/v1/notices", strings.Replace(notice, "4", `"four"`, 1), 422, "people"},
		{"a number is not negative", "POST", "/v1/notices", strings.Replace(notice, "4", "-4", 1), 422, "people"},
		{"a number is not huge", "POST", "/v1/notices", strings.Replace(notice, "4", "4e300", 1), 422, "people"},
		{"a topic is one of the offered", "POST", "/v1/notices", strings.Replace(notice, "illness_cluster", "gossip", 1), 422, "topic"},
		{"an area is one of the city's", "POST", "/v1/notices", strings.Replace(notice, "210211", "999999", 1), 404, ""},
		{"a text has a length", "POST", "/v1/notices", strings.Replace(notice, "cough", strings.Repeat("x", 4001), 1), 422, "text"},
		{"a body has a size", "POST", "/v1/notices", strings.Replace(notice, "cough", strings.Repeat("x", mostBody), 1), 413, ""},
		{"nesting does no harm", "POST", "/v1/notices", strings.Repeat("[", 20_000), 400, ""},
		{"a day has a form", "GET", "/v1/inbox?day=22-07-2020", "", 422, "day"},
		{"a day exists", "GET", "/v1/inbox?day=2020-02-30", "", 422, "day"},
		{"an unknown parameter is refused", "GET", "/v1/inbox?date=2020-07-22", "", 422, "date"},
		{"a status is one of three", "GET", "/v1/signals?status=real", "", 422, "status"},
		{"a state is one of the stage's", "GET", "/v1/signals?state=boiling", "", 422, ""},
		{"a limit has bounds", "GET", "/v1/signals?limit=100000", "", 422, "limit"},
		{"a cursor is one that was given", "GET", "/v1/signals?after=somewhere", "", 422, ""},
		{"a window is not endless", "GET", "/v1/counts/curve?stream=confirmed.local&from=0001-01-01", "", 422, "from"},
		{"a stream is asked for", "GET", "/v1/counts/curve", "", 422, "stream"},
		{"an instant has a form", "GET", "/v1/levels?at=yesterday", "", 422, "at"},
		{"a figure is declared", "GET", "/v1/figures/cases.imaginary", "", 404, ""},
		{"a pack is there", "GET", "/v1/packs/cn-risk-1919", "", 404, ""},
		{"a kind of record is known", "GET", "/v1/chain/potato/1", "", 422, "kind"},
		{"a subject has a form", "GET", "/v1/journal?subject=signal", "", 422, "subject"},
		{"a hazard is one of the known", "POST", "/v1/signals/none/verify", `{"hazard":"dragons","why":"seen"}`, 422, "hazard"},
		{"a record is there", "POST", "/v1/signals/none/verify", `{"hazard":"influenza","why":"seen"}`, 404, ""},
		{"a reason is given", "POST", "/v1/signals/none/discard", `{"why":""}`, 422, "why"},
		{"a live clock stands where it is", "POST", "/v1/clock", `{"action":"step_day"}`, 409, ""},
		{"a route is there", "GET", "/v1/everything", "", 404, ""},
	} {
		t.Run(x.sentence, func(t *testing.T) {
			w := c.do(x.method, x.path, x.body, nil)
			p := problem(t, w)
			if w.Code != x.status || p.Status != x.status || p.Detail == "" || p.Title == "" {
				t.Errorf("got %d %s, want %d", w.Code, w.Body, x.status)
			}
			if x.field != "" && !slices.ContainsFunc(p.Places, func(at ProblemPlace) bool { return at.Field == x.field }) {
				t.Errorf("the places are %+v, want one of %s", p.Places, x.field)
			}
		})
	}
	if after := len(get[List[Entry]](c, "/v1/journal").Items); after != before {
		t.Errorf("bad input left %d journal entries", after-before)
	}
	t.Run("bad rows are named by line and column, and nothing is loaded", func(t *testing.T) {
		csv := "stream,area,day,count\nconfirmed.local,210211,2020-07-20,1\nconfirmed.local,210211,2020-07-32,1\nconfirmed.local,210211,2020-07-21,-3\n"
		r := epi.request("POST", "/v1/counts?source=commission", csv)
		r.Header.Set("Content-Type", "text/csv")
		r.Header.Set(keyHeader, "bad-rows-1")
		w := h.answer(r, nil)
		p := problem(t, w)
		if w.Code != 422 || len(p.Places) != 2 || p.Places[0].Line != 3 || p.Places[0].Column != 3 || p.Places[1].Line != 4 {
			t.Errorf("got %d %s, want places on lines 3 and 4", w.Code, w.Body)
		}
		var good Receipt
		if code := epi.ingest("&good_only=true", csv, &good); code != 200 || good.Loaded != 1 || len(good.Rejected) != 2 {
			t.Errorf("good rows only: %d %+v, want 1 loaded and 2 rejected", code, good)
		}
		var again Receipt
		if code := epi.ingest("&preview=true", csv, &again); code != 200 || again.Unchanged != 1 || again.Batch != "" {
			t.Errorf("a preview: %d %+v, want 1 unchanged and no batch", code, again)
		}
	})
	t.Run("counts come as JSON or CSV", func(t *testing.T) {
		r := epi.request("POST", "/v1/counts?source=commission", "<counts/>")
		r.Header.Set("Content-Type", "application/xml")
		r.Header.Set(keyHeader, "xml-counts")
		if w := h.answer(r, nil); w.Code != http.StatusUnsupportedMediaType {
			t.Errorf("XML: %d %s, want 415", w.Code, w.Body)
		}
	})
}

func TestNeitherLogNorErrorsHoldPersonalData(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	c := h.client("commander-lin", access.Commander, storetest.City)
	planted := []string{"Zhang San", "13800138000", testPassword, "commander-lin", "198.51.100.7"}
	text := "Zhang San, 13800138000, coughs"
	answers := []string{
		c.do("POST", "/v1/notices", map[string]any{"topic": "other", "area": storetest.East, "people": 1, "text": text}, nil).Body.String(),
		c.do("POST", "/v1/notices", map[string]any{"topic": "Zhang San", "area": "13800138000", "people": 1, "text": text}, nil).Body.String(),
		c.do("GET", "/v1/signals?area=13800138000", nil, nil).Body.String(),
		c.do("POST", "/v1/session", map[string]string{"name": "commander-lin", "password": "Zhang San 13800138000"}, nil).Body.String(),
	}
	r := c.request("GET", "/v1/signals?status=Zhang+San", nil)
	r.RemoteAddr = "198.51.100.7:1234"
	answers = append(answers, h.answer(r, nil).Body.String(), h.log.String())
	for _, secret := range planted {
		for _, said := range answers {
			if strings.Contains(said, secret) {
				t.Errorf("%q stands in %s", secret, said)
			}
		}
	}
	if !strings.Contains(h.log.String(), `"route":"POST /v1/notices"`) {
		t.Errorf("the log does not name the route: %s", h.log)
	}
}

func TestTheRecordsHoldNoPlainWords(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	c := h.client("commander-lin", access.Commander, storetest.City)
	post[NoticeReceipt](c, "/v1/notices", map[string]any{"topic": "other", "area": storetest.East, "people": 1, "text": "a planted sentence"})
	page, err := h.db.Entries(t.Context(), audit.EntryFilter{Within: []place.Code{storetest.City}}, command.Paging{Limit: 200})
	must(t, err)
	for _, l := range page.Items {
		if strings.Contains(string(l.Entry.Why), "planted") {
			t.Errorf("entry %s holds the words of a notice", l.Entry.ID)
		}
	}
}

func TestThePublicFormIsLimitedByAddress(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	guest := &client{h: h}
	form := get[PublicForm](guest, "/v1/public/form")
	if len(form.Topics) == 0 || len(form.Areas) != len(storetest.Areas()) {
		t.Errorf("the form offers %+v", form)
	}
	send := func(address, key string) int {
		r := guest.request("POST", "/v1/public/notices", map[string]any{"topic": "illness_cluster", "area": storetest.East, "people": 2, "text": "many cough"})
		r.RemoteAddr = address + ":4321"
		r.Header.Set(keyHeader, key)
		return h.answer(r, nil).Code
	}
	for i := range publicNotices {
		if code := send("192.0.2.1", "notice-key-"+string(rune('a'+i))); code != http.StatusOK {
			t.Fatalf("notice %d: %d", i+1, code)
		}
	}
	if code := send("192.0.2.1", "notice-key-more"); code != http.StatusTooManyRequests {
		t.Errorf("one more from the same address: %d, want 429", code)
	}
	if code := send("192.0.2.2", "notice-key-other"); code != http.StatusOK {
		t.Errorf("another address: %d, want 200", code)
	}
	h.move(&h.wall, time.Hour)
	if code := send("192.0.2.1", "notice-key-later"); code != http.StatusOK {
		t.Errorf("an hour later: %d, want 200", code)
	}
}

func TestPagesAreServedAndFallBackToTheConsole(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	guest := &client{h: h}
	for _, x := range []struct {
		method, path string
		status       int
		holds, cache string
	}{
		{"GET", "/", 200, "console</title>", "no-cache"},
		{"GET", "/signals/123", 200, "console</title>", "no-cache"},
		{"GET", "/figures/cases.confirmed.new", 200, "console</title>", "no-cache"},
		{"GET", "/assets/app.js", 200, "console()", "public, max-age=31536000, immutable"},
		{"GET", "/assets/old.js", 404, "no such file", ""},
		{"POST", "/signals", 405, "only be read", ""},
		{"GET", "/healthz", 200, `"ok":true`, ""},
		{"GET", "/openapi.json", 200, `"openapi": "3.1.0"`, ""},
	} {
		w := h.answer(guest.request(x.method, x.path, nil), nil)
		if w.Code != x.status || !strings.Contains(w.Body.String(), x.holds) || x.cache != "" && w.Header().Get("Cache-Control") != x.cache {
			t.Errorf("%s %s: %d %v %.100s", x.method, x.path, w.Code, w.Header(), w.Body)
		}
		for _, header := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"} {
			if w.Header().Get(header) == "" {
				t.Errorf("%s %s has no %s", x.method, x.path, header)
			}
		}
	}
}

func TestTheCookieNeedsTLSUnlessTheBrowserIsOnThisMachine(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	h.client("commander-lin", access.Commander, storetest.City)
	for host, secure := range map[string]bool{"localhost:8080": false, "127.0.0.1:8080": false, "[::1]:8080": false, "command.example": true} {
		r := (&client{h: h}).request("POST", "/v1/session", map[string]string{"name": "commander-lin", "password": testPassword})
		r.Host = host
		cookies := h.answer(r, nil).Result().Cookies()
		if len(cookies) != 1 || cookies[0].Secure != secure || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode {
			t.Errorf("at %s the cookie is %+v, want secure %t", host, cookies, secure)
		}
	}
}

func TestAPanicIsAnsweredWithoutDetail(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	h.server.mux.HandleFunc("GET /v1/panic", func(http.ResponseWriter, *http.Request) { panic("secret detail") })
	w := h.answer((&client{h: h}).request("GET", "/v1/panic", nil), nil)
	p := problem(t, w)
	if w.Code != http.StatusInternalServerError || p.Kind != "internal" || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

func TestTheClientsAddressIsTakenFromAProxyOnlyWhereThereIsOne(t *testing.T) {
	r, err := http.NewRequest(http.MethodGet, "http://command.example/", nil)
	must(t, err)
	r.RemoteAddr = "192.0.2.1:4321"
	r.Header.Set("X-Forwarded-For", "203.0.113.9, 198.51.100.7")
	for _, c := range []struct {
		sentence string
		behind   Proxy
		want     string
	}{
		{"without a proxy the header is anybody's word", Direct, "192.0.2.1"},
		{"behind a proxy its own entry, the last, counts", ReverseProxy, "198.51.100.7"},
	} {
		s := &server{House: House{Behind: c.behind}}
		if got := s.addressOf(r); got != c.want {
			t.Errorf("%s: got %s, want %s", c.sentence, got, c.want)
		}
	}
}
