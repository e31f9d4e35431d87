package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/api"
	"github.com/breakwater-eoc/breakwater/bench"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// benchCheckinCommand measures check-ins over HTTP.
type benchCheckinCommand struct {
	Callers int           `default:"64" help:"Callers at once (${default})."`
	Time    time.Duration `default:"5s" help:"How long each figure is measured (${default})."`
	Folder  string        `placeholder:"DIR" help:"Where to make the files, which are removed at the end; without it the system's temporary folder."`
}

// checkinReport is the answer of the benchmark. The peer is the same server
// with a log that answers at once and stores nothing.
type checkinReport struct {
	Single    bench.Pace            `json:"single"`
	BatchJSON bench.Pace            `json:"batch_100_json"`
	BatchCBOR bench.Pace            `json:"batch_100_cbor"`
	Peers     map[string]bench.Pace `json:"peers"`
	// Ratio is single over its peer.
	Ratio   float64 `json:"ratio"`
	Callers int     `json:"callers"`
	Machine string  `json:"machine"`
}

// Run implements the sub-command.
func (b *benchCheckinCommand) Run(ctx context.Context, c *call) (err error) {
	if b.Callers < 1 || b.Callers > 1024 || b.Time <= 0 {
		return fault.New(fault.Invalid, "--callers must lie between 1 and 1024, and --time above 0")
	}
	dir, err := os.MkdirTemp(b.Folder, "breakwater-bench")
	if err != nil {
		return fmt.Errorf("make a folder for the benchmark: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	spareForDisk() // as serve does
	own := *c
	own.settings.Data, own.settings.Database, own.settings.Keys = dir, "", ""
	r := checkinReport{Callers: b.Callers, Machine: machine(), Peers: map[string]bench.Pace{}}
	err = own.withApp(ctx, func(a *app) error {
		return own.withVisits(ctx, func(v *visits) error { return b.measure(ctx, &own, a, v, &r) })
	})
	if err != nil {
		return err
	}
	r.Ratio = r.Single.PerS / r.Peers["single, no store"].PerS
	if c.asJSON {
		return c.printJSON(r)
	}
	t := newTable("what", "requests/s", "p50 ms", "p99 ms")
	add := func(name string, p bench.Pace) { t.row(name, int(p.PerS), p.Latency.P50, p.Latency.P99) }
	add("single check-in", r.Single)
	add("  the same without a store", r.Peers["single, no store"])
	add("100 as JSON", r.BatchJSON)
	add("100 as CBOR", r.BatchCBOR)
	return t.print(c.out)
}

func (b *benchCheckinCommand) measure(ctx context.Context, c *call, a *app, v *visits, r *checkinReport) error {
	sender, err := b.prepare(ctx, c, a, v)
	if err != nil {
		return err
	}
	collects, err := v.collects(ctx, a)
	if err != nil {
		return err
	}
	gate := v.gate(collects, keepVisits)
	gate.Limits = venue.NewSiteLimits(1e9, 1e9)
	without := *gate
	without.Log = noStore{}
	for _, m := range []struct {
		gate *venue.Gate
		size int
		form string
		into func(bench.Pace)
	}{
		{gate, 1, "application/json", func(p bench.Pace) { r.Single = p }},
		{&without, 1, "application/json", func(p bench.Pace) { r.Peers["single, no store"] = p }},
		{gate, 100, "application/json", func(p bench.Pace) { r.BatchJSON = p }},
		{gate, 100, "application/cbor", func(p bench.Pace) { r.BatchCBOR = p }},
	} {
		house := a.house(liveClock{a}, api.NewHub())
		house.Visits, house.Log = m.gate, unseen()
		pace, err := b.load(ctx, c, house, sender, m.size, m.form)
		if err != nil {
			return err
		}
		m.into(pace)
	}
	return nil
}

// unseen is the log of a server under load: every request is written as a live
// server writes it, and nobody has to read a million lines.
func unseen() *slog.Logger { return slog.New(slog.NewJSONHandler(io.Discard, nil)) }

// noStore is a log that answers at once.
type noStore struct{ venue.Log }

// Append implements venue.Log.
func (noStore) Append(_ context.Context, batch []venue.Observation) ([]venue.Outcome, error) {
	out := make([]venue.Outcome, len(batch))
	for i := range out {
		out[i] = venue.Stored
	}
	return out, nil
}

// gatekeeper is the account that sends.
type gatekeeper struct{ name, password string }

// prepare makes the account, and the declaration under which it collects.
func (b *benchCheckinCommand) prepare(ctx context.Context, c *call, a *app, v *visits) (gatekeeper, error) {
	password, err := drawID(c.random)
	if err != nil {
		return gatekeeper{}, err
	}
	g := gatekeeper{"gate", password.String()}
	_, err = a.staff.Create(ctx, a.operator(), staff.NewAccount{Name: g.name, Display: "Gate", Password: g.password,
		Organisation: a.city.Organisations[0].Code, Grants: []access.Grant{{Role: access.DutyOfficer, Area: a.city.Root}}})
	if err != nil {
		return g, fmt.Errorf("make the account that sends: %w", err)
	}
	return g, b.declare(ctx, a, v)
}

// declare puts the declaration into force under which visits are collected.
func (b *benchCheckinCommand) declare(ctx context.Context, a *app, v *visits) error {
	by := func(name string) access.Actor {
		return access.Actor{User: party.UserID(name), Organisation: party.OrganisationCode(name),
			Grants: []access.Grant{{Role: access.Commander, Area: a.city.Root}}}
	}
	desk := a.declarations()
	d, err := desk.Declare(ctx, by("first"), people.DeclareIn{Terms: trust.Terms{Modules: []trust.Module{trust.CheckIns}, Basis: "a benchmark", Days: 1}})
	if err != nil {
		return err
	}
	_, err = desk.Move(ctx, by("second"), d.ID, people.MoveIn{Step: trust.Approve})
	return err
}

// load serves the house on a loopback port and lets the callers send.
func (b *benchCheckinCommand) load(ctx context.Context, c *call, house api.House, g gatekeeper, size int, form string) (p bench.Pace, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return p, fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{Handler: api.New(house), ReadHeaderTimeout: time.Minute}
	go server.Serve(l) // it ends with Close
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: b.Callers}}
	s := sender{client: client, url: "http://" + l.Addr().String(), form: form}
	if err := s.signIn(ctx, g); err != nil {
		return p, err
	}
	bodies, err := b.bodies(c, size, form)
	if err != nil {
		return p, err
	}
	return bench.Load(ctx, c.now, b.Callers, b.Time, func(ctx context.Context, caller, call int) error {
		return s.send(ctx, bodies(caller, call))
	})
}

// bodies makes the body of every call: fresh visits of some of 7 million people
// at some of 5,000 sites, now.
func (b *benchCheckinCommand) bodies(c *call, size int, form string) (func(caller, call int) []byte, error) {
	run, err := drawID(c.random)
	if err != nil {
		return nil, err
	}
	now := trace.InstantOf(c.now())
	encode := json.Marshal
	if form == "application/cbor" {
		encode = cbor.Marshal
	}
	return func(caller, call int) []byte {
		batch := make([]venue.Sent, size)
		for i := range batch {
			n := uint64(caller)<<40 | uint64(call)<<8 | uint64(i)
			s := venue.Sent{ID: run, Enter: venue.Moment(now), Leave: venue.Moment(now + trace.Hour)}
			binary.BigEndian.PutUint64(s.ID[8:], n)
			binary.BigEndian.PutUint64(s.Site[8:], n%5000+1)
			binary.BigEndian.PutUint64(s.Person[8:], n*2654435761%7_000_000+1)
			batch[i] = s
		}
		body, err := encode(batch)
		if err != nil {
			panic(err) // plain data
		}
		return body
	}, nil
}

// sender sends visits under a session.
type sender struct {
	client    *http.Client
	url, form string
	csrf      string
	cookies   []*http.Cookie
}

func (s *sender) signIn(ctx context.Context, g gatekeeper) error {
	body, err := json.Marshal(map[string]string{"name": g.name, "password": g.password})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/v1/session", bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	w, err := s.client.Do(r)
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	defer w.Body.Close()
	var in api.SignedIn
	if err := json.NewDecoder(w.Body).Decode(&in); err != nil || w.StatusCode != http.StatusOK {
		return fmt.Errorf("sign in: status %d: %w", w.StatusCode, err)
	}
	s.csrf, s.cookies = in.CSRF, w.Cookies()
	return nil
}

func (s *sender) send(ctx context.Context, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/v1/visits", bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", s.form)
	r.Header.Set("X-CSRF", s.csrf)
	for _, cookie := range s.cookies {
		r.AddCookie(cookie)
	}
	w, err := s.client.Do(r)
	if err != nil {
		return fmt.Errorf("send a check-in: %w", err)
	}
	defer w.Body.Close()
	answer, err := io.ReadAll(w.Body)
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if w.StatusCode != http.StatusOK || strings.Contains(string(answer), "limited") {
		return fmt.Errorf("send a check-in: status %d: %s", w.StatusCode, answer)
	}
	return nil
}
