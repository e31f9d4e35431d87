package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/picture"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/command/round"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/pack"
	"github.com/breakwater-eoc/breakwater/pack/shipped"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
	"github.com/breakwater-eoc/breakwater/words"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// testHouse is a whole server over a fresh database, with clocks that a test moves.
type testHouse struct {
	t      *testing.T
	server *server
	http   http.Handler
	db     *store.DB
	rounds *round.Rounds
	log    *bytes.Buffer

	mu        sync.Mutex
	now, wall time.Time
}

var zone = time.FixedZone("CST", 8*3600)

// both are the organisations of the small city; two-person rules compare them.
var both = []party.Organisation{{Code: "command", Names: named("command"), Area: storetest.City}, {Code: "cdc", Names: named("cdc"), Area: storetest.City}}

func named(s string) words.Text { return words.Text{Zh: s, En: s, Ja: s, Ko: s} }

var testSources = map[observe.SourceID]observe.Source{
	"commission": {ID: "commission", Kind: observe.HealthCommission, Names: named("commission"), Area: storetest.City, DueHour: 12},
	"clinic": {ID: "clinic", Kind: observe.Clinic, Names: named("clinic"), Area: storetest.Harbour, DueHour: 12,
		Streams: []string{string(counts.FeverVisits)}},
}

var testPosts = []party.Post{
	{Code: "head", Names: named("head"), Organisation: "command", Area: storetest.City, Party: party.OfPlace},
	{Code: "cdc-duty", Names: named("cdc"), Organisation: "cdc", Area: storetest.City, Party: party.OfDepartment, Next: "head"},
	{Code: "east-duty", Names: named("east"), Organisation: "command", Area: storetest.East, Party: party.OfPlace, Next: "head"},
}

func newHouse(t *testing.T, db *store.DB) *testHouse {
	t.Helper()
	h := &testHouse{t: t, db: db, log: &bytes.Buffer{}, now: civil.MustDay("2020-07-22").At(9, 0, zone),
		wall: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)}
	h.server = newServer(h.house())
	h.http = h.server.outermost(h.server.mux)
	return h
}

func (h *testHouse) clock(t *time.Time) func() time.Time {
	return func() time.Time {
		h.mu.Lock()
		defer h.mu.Unlock()
		return *t
	}
}

// pass moves the clock of the records.
func (h *testHouse) pass(d time.Duration) { h.move(&h.now, d) }

func (h *testHouse) move(t *time.Time, d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	*t = t.Add(d)
}

func (h *testHouse) house() House {
	t := h.t
	tree, err := place.NewTree(storetest.Areas())
	must(t, err)
	ring, err := trust.OpenKeyRing(disk.OS{}, filepath.Join(t.TempDir(), "keys"), rand.NewChaCha8([32]byte{1}))
	must(t, err)
	hub := NewHub()
	center := &command.Center{Now: h.clock(&h.now), City: zone, Random: rand.NewChaCha8([32]byte{2}), Lineage: tree.Lineage,
		Sealer: ringSealer{ring, rand.NewChaCha8([32]byte{3})}, Announce: hub.Announce}
	declared := declaredFigures()
	figures, err := figure.New(declared, h.db.Asks(store.Expected{Sources: []observe.Source{testSources["clinic"]}, Posts: testPosts, City: zone}))
	must(t, err)
	packs, err := pack.LoadAll(shipped.Packs, declared)
	must(t, err)
	indicators, err := detect.Shipped()
	must(t, err)
	city := storetest.City
	w := &watch.Desk{Center: center, Write: store.Writer[watch.Tx](h.db), Store: h.db, Indicators: indicators, Areas: tree.Areas(),
		City: city, Sources: testSources, Budget: 3}
	p := &plan.Desk{Center: center, Write: store.Writer[plan.Tx](h.db), Store: h.db, Figures: figures, Packs: packs,
		Active: "cn-risk-2020a", Areas: tree.Areas(), City: city}
	o := &order.Desk{Center: center, Write: store.Writer[order.Tx](h.db), Store: h.db, Figures: figures, Packs: packs,
		Posts: testPosts, Areas: tree.Areas(), City: city}
	s := staff.NewDesk(center, store.Writer[staff.Tx](h.db), h.db, staff.AddressBook{City: city, Organisations: both, Sources: testSources},
		staff.World{Wall: h.clock(&h.wall), Random: rand.NewChaCha8([32]byte{4}), Cost: staff.Cost{Time: 1, Memory: 8, Threads: 1}})
	a := &audit.Desk{Center: center, Store: h.db, Records: h.db}
	h.rounds = &round.Rounds{Center: center, Watch: w, Plan: p, Order: o, Link: a.Link, Statuses: []observe.Status{observe.Actual}}
	return House{Center: center, Watch: w, Picture: &picture.Desk{Center: center, Store: h.db, Areas: tree.Areas()}, Plan: p, Order: o, Staff: s, Audit: a, Figures: figures, Hub: hub,
		Clock: fixedClock{center}, Wall: h.clock(&h.wall), Log: slog.New(slog.NewJSONHandler(h.log, nil)),
		Pages: fstest.MapFS{"index.html": {Data: []byte("<title>console</title>")}, "assets/app.js": {Data: []byte("console()")}},
		City: City{ID: "small", Names: named("Small"), Lang: words.Zh, Zone: zone, Root: city, Areas: tree.Areas(), Organisations: both,
			Posts: testPosts, Sources: []observe.Source{testSources["commission"], testSources["clinic"]},
			History: []Happened{{Day: civil.MustDay("2020-07-22"), Theme: "case", What: named("first case"), Where: storetest.East}}}}
}

func declaredFigures() []figure.Figure {
	return slices.Concat(counts.Figures(), detect.Figures(), decide.Figures(), direct.Figures())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type ringSealer struct {
	ring   trust.KeyRing
	random io.Reader
}

func (s ringSealer) Seal(class, record string, text []byte) ([]byte, error) {
	key, err := s.ring.Current(trust.Class(class))
	if err != nil {
		return nil, err
	}
	return trust.Seal(key, record, text, s.random)
}

func (s ringSealer) Open(_, record string, sealed []byte) ([]byte, error) {
	return trust.Open(s.ring, record, sealed)
}

// fixedClock is a live clock of a test.
type fixedClock struct{ center *command.Center }

func (c fixedClock) State() ClockState {
	return ClockState{Mode: Live, Now: c.center.Time(), Day: civil.DayOf(c.center.Time(), zone), Speed: 1}
}

func (c fixedClock) Move(context.Context, access.Actor, ClockMove) (ClockState, error) {
	return ClockState{}, fault.New(fault.Conflict, "the clock of a live city cannot be moved")
}

const testPassword = "wave upon wave upon wall"

// client is a signed-in browser.
type client struct {
	h      *testHouse
	cookie *http.Cookie
	csrf   string
	id     string
	keys   int
}

// client makes an account with a role in an area, and signs it in.
func (h *testHouse) client(name string, role access.Role, area place.Code) *client {
	h.t.Helper()
	in := staff.NewAccount{Name: name, Display: "Officer " + name[:1], Organisation: "command", Password: testPassword,
		Grants: []access.Grant{{Role: role, Area: area}}}
	if role == access.Epidemiologist {
		in.Organisation = "cdc"
	}
	if role == access.Reporter {
		in.Source = "clinic"
	}
	_, err := h.server.Staff.Create(h.t.Context(), access.TheProgram(storetest.City), in)
	must(h.t, err)
	return h.signIn(name)
}

func (h *testHouse) signIn(name string) *client {
	h.t.Helper()
	c := &client{h: h}
	var in SignedIn
	w := c.do("POST", "/v1/session", map[string]string{"name": name, "password": testPassword}, &in)
	if w.Code != http.StatusOK || len(w.Result().Cookies()) != 1 {
		h.t.Fatalf("sign in %s: %d %s", name, w.Code, w.Body)
	}
	c.cookie, c.csrf, c.id = w.Result().Cookies()[0], in.CSRF, in.User.ID
	return c
}

// do sends a request as the client's page would, and reads a JSON answer into out.
func (c *client) do(method, path string, body, out any) *httptest.ResponseRecorder {
	c.h.t.Helper()
	c.keys++
	return c.doKeyed(method, path, c.id+"-"+string(rune('a'+c.keys%26))+strings.Repeat("x", c.keys/26)+"-key", body, out)
}

func (c *client) doKeyed(method, path, key string, body, out any) *httptest.ResponseRecorder {
	c.h.t.Helper()
	r := c.request(method, path, body)
	r.Header.Set(keyHeader, key)
	return c.h.answer(r, out)
}

func (c *client) request(method, path string, body any) *http.Request {
	c.h.t.Helper()
	text, raw := body.(string)
	if !raw && body != nil {
		b, err := json.Marshal(body)
		must(c.h.t, err)
		text = string(b)
	}
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(text)).WithContext(c.h.t.Context())
	r.Header.Set("Content-Type", "application/json")
	if c.cookie != nil {
		r.AddCookie(c.cookie)
		r.Header.Set(csrfHeader, c.csrf)
	}
	return r
}

func (h *testHouse) answer(r *http.Request, out any) *httptest.ResponseRecorder {
	h.t.Helper()
	w := httptest.NewRecorder()
	h.http.ServeHTTP(w, r)
	if out != nil && w.Code < 300 {
		if err := json.Unmarshal(w.Body.Bytes(), out); err != nil {
			h.t.Fatalf("%s %s answered %s: %v", r.Method, r.URL.Path, w.Body, err)
		}
	}
	return w
}

// get asks and must be answered.
func get[T any](c *client, path string) T {
	c.h.t.Helper()
	var out T
	if w := c.do("GET", path, nil, &out); w.Code != http.StatusOK {
		c.h.t.Fatalf("GET %s: %d %s", path, w.Code, w.Body)
	}
	return out
}

// post acts and must be answered.
func post[T any](c *client, path string, body any) T {
	c.h.t.Helper()
	var out T
	if w := c.do("POST", path, body, &out); w.Code != http.StatusOK {
		c.h.t.Fatalf("POST %s %v: %d %s", path, body, w.Code, w.Body)
	}
	return out
}

// problem reads the problem document of a refusal.
func problem(t *testing.T, w *httptest.ResponseRecorder) Problem {
	t.Helper()
	var p Problem
	if got := w.Header().Get("Content-Type"); got != problemType {
		t.Errorf("a refusal has content type %q, want %s: %s", got, problemType, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("a refusal is no problem document: %v: %s", err, w.Body)
	}
	return p
}
