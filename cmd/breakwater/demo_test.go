package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestTheDemonstrationListensOnTheLoopbackInterfaceOnly(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "8080"} {
		got := breakwater(t, "", "demo", "--listen", address, "--data", t.TempDir())
		if got.code != exitCouldNot || !strings.Contains(got.err, "loopback") && !strings.Contains(got.err, "--listen") {
			t.Errorf("--listen %s said %+v", address, got)
		}
	}
}

// visitor is a browser that is signed in to a running demonstration.
type visitor struct {
	t    *testing.T
	at   string
	http *http.Client
	csrf string
}

// startDemo runs a demonstration until the test ends and returns its address.
func startDemo(t *testing.T) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, said := io.Pipe()
	var errs bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		w := world{in: strings.NewReader(""), out: said, err: &errs, now: time.Now, random: rand.NewChaCha8([32]byte{})}
		ended <- run(ctx, w, []string{"demo", "--listen", "127.0.0.1:0", "--data", t.TempDir()})
		said.Close()
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitDone {
			t.Errorf("the demonstration ended with %d: %s", code, errs.String())
		}
	})
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	if err != nil {
		t.Fatalf("the demonstration did not start: %v: %s", err, errs.String())
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	return strings.TrimSuffix(regexp.MustCompile(`http://\S+`).FindString(first), "/")
}

func signIn(t *testing.T, at, name, password string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, at: at, http: &http.Client{Jar: jar}}
	var session struct{ CSRF string }
	v.send("POST", "/v1/session", map[string]string{"name": name, "password": password}, &session)
	v.csrf = session.CSRF
	return v
}

func (v *visitor) send(method, path string, body, into any) {
	v.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		v.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(v.t.Context(), method, v.at+path, bytes.NewReader(text))
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-CSRF", v.csrf)
	req.Header.Set("Idempotency-Key", path+string(text))
	res, err := v.http.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 300 {
		v.t.Fatalf("%s %s: %s: %s", method, path, res.Status, answer)
	}
	if err := json.Unmarshal(answer, into); err != nil {
		v.t.Fatalf("%s %s: %v", method, path, err)
	}
}

func TestAVisitorOfTheDemonstrationLetsTheFirstCaseComeIn(t *testing.T) {
	v := signIn(t, startDemo(t), "commander", "harbour-and-hills")
	var clock struct{ Now, Mode string }
	v.send("GET", "/v1/clock", nil, &clock)
	if clock.Mode != "replay" || clock.Now != "2020-07-22T00:00:00Z" {
		t.Errorf("the demonstration begins at %+v", clock)
	}
	var inbox struct {
		Shown []struct{ Stream string }
	}
	v.send("GET", "/v1/inbox?day=2020-07-22", nil, &inbox)
	if len(inbox.Shown) != 0 {
		t.Errorf("signals before the case: %+v", inbox)
	}
	v.send("POST", "/v1/clock", map[string]string{"action": "step_day"}, &clock)
	if clock.Now != "2020-07-23T00:00:00Z" {
		t.Errorf("a day later it is %s", clock.Now)
	}
	v.send("GET", "/v1/inbox?day=2020-07-22", nil, &inbox)
	if len(inbox.Shown) != 1 || inbox.Shown[0].Stream != "confirmed.local" {
		t.Errorf("the first case raised %+v", inbox)
	}
}
