package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
)

// kills is how many times the server is killed: a slice, or the whole proof.
func kills() int {
	if os.Getenv("BREAKWATER_PROVE") != "" {
		return 100
	}
	return 5
}

// TestProveKillsOfTheServerLoseNothingAcknowledged kills the server at random
// moments (SIGKILL) while several clients send counts and notices. A client
// that gets no answer sends the same request again, under the same key, to the
// next server. In the end every acknowledged request must be there exactly
// once, and the records must agree with the journal.
func TestProveKillsOfTheServerLoseNothingAcknowledged(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program and runs it")
	}
	program := filepath.Join(t.TempDir(), "breakwater")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("build the program: %v: %s", err, out)
	}
	t.Run("sqlite", func(t *testing.T) { proveKills(t, program, filepath.Join(t.TempDir(), "killed.db")) })
	t.Run("postgres", func(t *testing.T) { proveKills(t, program, pgtest.Start(t)) })
}

func proveKills(t *testing.T, program, database string) {
	v := &victim{t: t, program: program, settings: []string{"--database", database, "--data", t.TempDir()}}
	v.enlist()
	const clients = 6
	all := make([]*reporter, clients)
	for i := range all {
		all[i] = &reporter{number: i, acknowledged: map[string]request{}}
	}
	random := rand.New(rand.NewPCG(20200722, 1))
	v.start()
	for _, s := range all {
		s.signIn(t, v.at)
	}
	v.kill()
	for range kills() {
		v.start()
		v.bombard(all, time.Duration(50+random.IntN(450))*time.Millisecond)
	}
	v.start()
	for _, s := range all {
		s.settle(t, v.at)
	}
	v.kill()
	v.check(all)
}

// victim is the server that is killed.
type victim struct {
	t        *testing.T
	program  string
	settings []string
	process  *exec.Cmd
	at       string
}

// enlist makes an administrator and the officer in whose name the clients send.
func (v *victim) enlist() {
	v.t.Helper()
	for _, args := range [][]string{
		{"user", "add-admin", "root", "--display", "Root", "--organisation", "dalian-data-centre"},
		{"user", "add", "officer", "--display", "Officer", "--organisation", "dalian-command", "--grant", "duty_officer@210200"},
	} {
		cmd := exec.CommandContext(v.t.Context(), v.program, append(args, v.settings...)...)
		cmd.Stdin = strings.NewReader("seven quiet harbours\n")
		if out, err := cmd.CombinedOutput(); err != nil {
			v.t.Fatalf("%v: %v: %s", args, err, out)
		}
	}
}

var listening = regexp.MustCompile(`on (127\.0\.0\.1:\d+)`)

// start starts the server and waits until it says where it listens.
func (v *victim) start() {
	v.t.Helper()
	v.process = exec.CommandContext(v.t.Context(), v.program, append([]string{"serve", "--listen", "127.0.0.1:0"}, v.settings...)...)
	said, err := v.process.StderrPipe()
	if err != nil {
		v.t.Fatal(err)
	}
	if err := v.process.Start(); err != nil {
		v.t.Fatal(err)
	}
	lines := bufio.NewScanner(said)
	var before []string
	for lines.Scan() {
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			v.at = "http://" + m[1]
			go func() { _, _ = io.Copy(io.Discard, said) }()
			return
		}
		before = append(before, lines.Text())
	}
	v.t.Fatalf("the server did not start: %s", strings.Join(before, "\n"))
}

func (v *victim) kill() {
	v.t.Helper()
	if err := v.process.Process.Kill(); err != nil {
		v.t.Fatal(err)
	}
	_ = v.process.Wait() // it was killed
}

// bombard lets all clients send at once and kills the server after a while.
func (v *victim) bombard(all []*reporter, after time.Duration) {
	v.t.Helper()
	var busy sync.WaitGroup
	for _, s := range all {
		busy.Go(func() { s.sendUntilSilence(v.t, v.at) })
	}
	<-time.After(after)
	v.kill()
	busy.Wait()
}

// request is one act that a client sends, as often as it needs to.
type request struct {
	path string
	key  string
	body string
	cell watch.SeriesQuery // for counts: where its value must be found
	want int64
}

// reporter is one client. It has at most one request of which it does not know
// whether it was carried out.
type reporter struct {
	number       int
	sent         int
	doubtful     *request
	acknowledged map[string]request
	answers      map[string]string
	browser      *http.Client
	csrf         string
}

// signIn opens the client's session, which outlives the servers.
func (s *reporter) signIn(t *testing.T, at string) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s.browser, s.csrf = &http.Client{Jar: jar, Timeout: 30 * time.Second}, ""
	answer, err := s.post(at, request{path: "/v1/session", key: "sign-in-once", body: `{"name":"officer","password":"seven quiet harbours"}`})
	if err != nil {
		t.Fatal(err)
	}
	var session struct{ CSRF string }
	if err := json.Unmarshal(answer, &session); err != nil {
		t.Fatal(err)
	}
	s.csrf = session.CSRF
}

// errRefused is an answer that is no success; silence is any other error.
var errRefused = errors.New("refused")

func (s *reporter) post(at string, r request) ([]byte, error) {
	req, err := http.NewRequest(http.MethodPost, at+r.path, bytes.NewReader([]byte(r.body)))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-CSRF", s.csrf)
	req.Header.Set("Idempotency-Key", r.key)
	res, err := s.browser.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode >= 300 {
		return nil, fmt.Errorf("%w: %s: %s", errRefused, res.Status, answer)
	}
	return answer, err
}

// sendUntilSilence sends request after request, the doubtful one first, until
// the server answers no more.
func (s *reporter) sendUntilSilence(t *testing.T, at string) {
	for s.sendOne(t, at) {
		if s.sent%10 == 0 && !s.repeat(t, at) {
			return
		}
	}
}

// sendOne sends the doubtful request or a new one.
func (s *reporter) sendOne(t *testing.T, at string) bool {
	if s.doubtful == nil {
		r := s.next()
		s.doubtful = &r
	}
	answer, err := s.post(at, *s.doubtful)
	if errors.Is(err, errRefused) {
		t.Errorf("%s %s: %v", s.doubtful.path, s.doubtful.key, err)
		return false
	}
	if err != nil {
		return false
	}
	if s.answers == nil {
		s.answers = map[string]string{}
	}
	s.acknowledged[s.doubtful.key], s.answers[s.doubtful.key] = *s.doubtful, string(answer)
	s.doubtful = nil
	return true
}

// repeat sends an acknowledged request once more: the answer must be the same.
func (s *reporter) repeat(t *testing.T, at string) bool {
	for key, r := range s.acknowledged {
		answer, err := s.post(at, r)
		if err == nil && string(answer) != s.answers[key] {
			t.Errorf("%s was answered with %s and then with %s", key, s.answers[key], answer)
		}
		return err == nil
	}
	return true
}

// settle resolves what is still doubtful with a server that nobody kills.
func (s *reporter) settle(t *testing.T, at string) {
	t.Helper()
	if s.doubtful == nil {
		return
	}
	if !s.sendOne(t, at) {
		t.Errorf("client %d got no answer for %s", s.number, s.doubtful.key)
	}
}

// The places and topics that the clients report of.
var (
	districts = []place.Code{"210202", "210203", "210204", "210211", "210212", "210213"}
	topics    = []string{"illness_cluster", "absence_cluster", "goods_or_cold_chain", "unsafe_place", "other"}
)

// next makes a new request: two of three are counts of a day of their own, the
// others are notices, with which some clients begin: a server that is killed
// early has taken both.
func (s *reporter) next() request {
	s.sent++
	key := fmt.Sprintf("client-%d-request-%d", s.number, s.sent)
	area := districts[s.number%len(districts)]
	if (s.sent+s.number)%3 == 0 {
		body := fmt.Sprintf(`{"topic":%q,"area":%q,"people":3,"text":%q}`, topics[s.sent%len(topics)], area, key)
		return request{path: "/v1/notices", key: key, body: body}
	}
	day := civil.MustDay("2000-01-01") + civil.Day(s.sent)
	body := fmt.Sprintf(`{"rows":[{"stream":"fever.visits","area":%q,"day":%q,"count":%d}]}`, area, day, s.sent)
	return request{path: "/v1/counts?source=dalian-health-commission", key: key, body: body, want: int64(s.sent),
		cell: watch.SeriesQuery{Stream: counts.FeverVisits, Area: area, Window: civil.Window{First: day, Last: day}, Status: observe.Actual}}
}

// check opens the records and compares them with what was acknowledged.
func (v *victim) check(all []*reporter) {
	v.t.Helper()
	c := &call{world: world{out: io.Discard, err: io.Discard, now: time.Now, random: rand.NewChaCha8([32]byte{})},
		settings: Settings{Database: v.settings[1], Data: v.settings[3], Pack: "cn-risk-2020a", Budget: 20}}
	err := c.withApp(v.t.Context(), func(a *app) error {
		acknowledged := map[string]int{}
		for _, s := range all {
			for _, r := range s.acknowledged {
				acknowledged[r.act()]++
				v.find(a, r)
			}
		}
		for act, want := range acknowledged {
			if got := entries(v.t, a, act); got != want {
				v.t.Errorf("%s was acknowledged %d times, and the journal has it %d times", act, want, got)
			}
		}
		if len(acknowledged) != 2 {
			v.t.Errorf("acknowledged were only %v", slices.Sorted(maps.Keys(acknowledged)))
		}
		if _, err := a.audit.Link(v.t.Context()); err != nil {
			return err
		}
		report, err := a.audit.Fsck(v.t.Context(), func(int, int) {})
		for _, f := range report.Flaws {
			v.t.Errorf("%s %s: %s", f.Kind, f.Ref, f.Problem)
		}
		v.t.Logf("%d kills; acknowledged %v; %d records and %d entries checked", kills(), acknowledged, report.Records, report.Entries)
		return err
	})
	if err != nil {
		v.t.Error(err)
	}
}

func (r request) act() string {
	if r.path == "/v1/notices" {
		return "notice.report"
	}
	return "counts.ingest"
}

// find looks for the value of an acknowledged count.
func (v *victim) find(a *app, r request) {
	v.t.Helper()
	if r.act() != "counts.ingest" {
		return
	}
	r.cell.AsOf = a.center.Time()
	points, err := a.db.Series(v.t.Context(), r.cell)
	if err != nil {
		v.t.Fatal(err)
	}
	if len(points) != 1 || points[0].Count != r.want {
		v.t.Errorf("%s was acknowledged, and there is %+v in place of %d", r.key, points, r.want)
	}
}

// entries counts the journal entries of an act.
func entries(t *testing.T, a *app, act string) int {
	t.Helper()
	reader := access.Actor{Grants: []access.Grant{{Role: access.Auditor, Area: a.city.Root}}}
	n := 0
	for p := (command.Paging{Limit: 200}); ; {
		page, err := a.audit.Entries(t.Context(), reader, audit.EntryFilter{Act: act}, p)
		if err != nil {
			t.Fatal(err)
		}
		n += len(page.Items)
		if page.Next == "" {
			return n
		}
		p.After = page.Next
	}
}
