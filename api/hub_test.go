package api

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

// listener reads a stream of events as a browser does.
type listener struct {
	t     *testing.T
	lines *bufio.Scanner
	body  interface{ Close() error }
}

func (h *testHouse) listen(url string, c *client, last string) *listener {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), http.MethodGet, url+"/v1/events/stream", nil)
	must(h.t, err)
	r.AddCookie(c.cookie)
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	w, err := http.DefaultClient.Do(r)
	must(h.t, err)
	if w.StatusCode != http.StatusOK || w.Header.Get("Content-Type") != "text/event-stream" {
		h.t.Fatalf("the stream opens with %d %v", w.StatusCode, w.Header)
	}
	h.t.Cleanup(func() { w.Body.Close() })
	return &listener{t: h.t, lines: bufio.NewScanner(w.Body), body: w.Body}
}

// until reads on to the line that begins so.
func (l *listener) until(begin string) string {
	l.t.Helper()
	for l.lines.Scan() {
		if strings.HasPrefix(l.lines.Text(), begin) {
			return strings.TrimPrefix(l.lines.Text(), begin)
		}
	}
	l.t.Fatalf("the stream ended before %q: %v", begin, l.lines.Err())
	return ""
}

func TestAStreamResumesWhereItWasCut(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	server := httptest.NewServer(h.http)
	defer server.Close()
	defer h.server.Hub.Close()
	c := h.client("commander-lin", access.Commander, storetest.City)
	notice := func(topic string) {
		post[NoticeReceipt](c, "/v1/notices", map[string]any{"topic": topic, "area": storetest.East, "people": 1, "text": "seen"})
	}
	first := h.listen(server.URL, c, "")
	first.until(": open")
	notice("other")
	if event := first.until("event: "); event != "act" {
		t.Errorf("the event is %q, want act", event)
	}
	last := first.until("id: ")
	if data := first.until("data: "); !strings.Contains(data, `"act":"notice.report"`) || strings.Contains(data, "seen") {
		t.Errorf("the act is told as %s", data)
	}
	first.body.Close()
	notice("unusual_death")
	notice("unsafe_place")
	second := h.listen(server.URL, c, last)
	if a, b := second.until("id: "), second.until("id: "); a == last || b == last || a == b {
		t.Errorf("after %s the stream resumes with %s and %s, want the two acts missed", last, a, b)
	}
	second.until(": open")
	third := h.listen(server.URL, c, "00000000-0000-7000-8000-00000000abcd")
	if event := third.until("event: "); event != "reset" {
		t.Errorf("resuming from an act that nobody remembers begins with %q, want reset", event)
	}
}

func TestAStreamTellsOnlyWhatItsReaderMaySee(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	server := httptest.NewServer(h.http)
	defer server.Close()
	defer h.server.Hub.Close()
	commander := h.client("commander-lin", access.Commander, storetest.City)
	west := h.client("west-ma", access.AreaOfficer, storetest.West)
	stream := h.listen(server.URL, west, "")
	stream.until(": open")
	for _, area := range []place.Code{storetest.East, storetest.City, storetest.West} {
		post[NoticeReceipt](commander, "/v1/notices", map[string]any{"topic": "other", "area": area, "people": 1, "text": "seen"})
	}
	if data := stream.until("data: "); !strings.Contains(data, `"area":"`+string(storetest.West)+`"`) {
		t.Errorf("the first act that an officer of the west is told of is %s", data)
	}
}

func TestASlowStreamIsDropped(t *testing.T) {
	hub := NewHub()
	slow, _, _ := hub.join("")
	for i := range waiting + 1 {
		hub.Announce(journal.Entry{ID: journal.EntryID(rune(i))})
	}
	for range waiting {
		<-slow
	}
	if _, open := <-slow; open {
		t.Error("a stream that did not keep up is still open")
	}
	hub.leave(slow)
}

func TestTheHubForgetsTheOldest(t *testing.T) {
	hub := NewHub()
	id := func(i int) journal.EntryID { return journal.EntryID("entry-" + string(rune(1000+i))) }
	for i := range remembered + 1 {
		hub.Announce(journal.Entry{ID: id(i)})
		hub.Announce(journal.Entry{ID: id(i)}) // an act is told once
	}
	if _, _, resumed := hub.join(id(0)); resumed {
		t.Error("the oldest act is still remembered")
	}
	if _, missed, resumed := hub.join(id(1)); !resumed || len(missed) != remembered-1 {
		t.Errorf("resumed %t with %d acts missed, want %d", resumed, len(missed), remembered-1)
	}
}

func TestOneNodeTellsWhatAnotherDid(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		other := NewHub() // of another node on the same database
		h.client("commander-lin", access.Commander, storetest.City)
		stream, _, _ := other.join("")
		seq, err := other.followOnce(t.Context(), db, 0)
		must(t, err)
		if len(stream) != 0 || seq != 0 {
			t.Errorf("before the entry is linked: %d acts, at %d", len(stream), seq)
		}
		_, err = h.server.Audit.Link(t.Context())
		must(t, err)
		if seq, err = other.followOnce(t.Context(), db, seq); err != nil || seq != 1 || len(stream) != 1 {
			t.Fatalf("after it: %d acts, at %d, %v, want the one act", len(stream), seq, err)
		}
		if got := <-stream; got.act.Act != "user.create" {
			t.Errorf("the act is %s", got.act.Act)
		}
		if _, err := other.followOnce(t.Context(), db, seq); err != nil || len(stream) != 0 {
			t.Errorf("asked again: %d acts, %v, want none", len(stream), err)
		}
	})
}
