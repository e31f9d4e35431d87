package api

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

func TestAFullGateAsksToSendAgain(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	log := h.withVisits()
	c := h.client("gate", access.Reporter, storetest.City)
	body := "[" + visitJSON(visitOne, coveredAt, half, ten) + "]"
	open := h.server.Visits
	h.server.Visits = venue.NewGate(*open, 0) // nobody may wait
	w := c.do("POST", "/v1/visits", body, nil)
	if p := problem(t, w); w.Code != http.StatusServiceUnavailable || !strings.Contains(p.Detail, "again") {
		t.Errorf("a full gate answers %d %s, want 503 that asks to send it again", w.Code, w.Body)
	}
	if days, err := log.Days(t.Context()); err != nil || len(days) > 0 {
		t.Errorf("a batch that was turned away left %v, %v", days, err)
	}
	h.server.Visits = open
	if got := post[VisitOutcomes](c, "/v1/visits", body); strings.Join(got.Outcomes, ",") != "stored" {
		t.Errorf("sent again: %v", got.Outcomes)
	}
}

// TestManyLargeBatchesAtOnceAreTurnedAway lets as many senders begin as may, and
// one more while their bodies are still on their way.
func TestManyLargeBatchesAtOnceAreTurnedAway(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	h.withVisits()
	c := h.client("gate", access.Reporter, storetest.City)
	body := "[" + visitJSON(visitOne, coveredAt, half, ten) + "]"
	const most = visitsUnderWay / mostVisits
	var slow sync.WaitGroup
	var ends []*io.PipeWriter
	codes := make([]int, most)
	for i := range codes {
		r := c.request("POST", "/v1/visits", "")
		in, out := io.Pipe()
		r.Body, r.ContentLength = in, -1
		ends = append(ends, out)
		slow.Go(func() { codes[i] = h.answer(r, nil).Code })
		if _, err := io.WriteString(out, body[:1]); err != nil { // it is being read: the sender has its room
			t.Fatal(err)
		}
	}
	r := c.request("POST", "/v1/visits", body)
	if w := h.answer(r, nil); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "again") {
		t.Errorf("one sender too many is answered %d %s, want 503 that asks to send it again", w.Code, w.Body)
	}
	for _, out := range ends {
		io.WriteString(out, body[1:])
		out.Close()
	}
	slow.Wait()
	for _, code := range codes {
		if code != http.StatusOK && code != http.StatusServiceUnavailable { // the gate of this house takes four at once
			t.Errorf("a slow sender is answered %d", code)
		}
	}
	if got := post[VisitOutcomes](c, "/v1/visits", body); len(got.Outcomes) != 1 {
		t.Errorf("once there is room again: %v", got.Outcomes)
	}
}

func TestMalformedBatchesAreRefusedWithTheirPlace(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	log := h.withVisits()
	c := h.client("gate", access.Reporter, storetest.City)
	good := visitJSON(visitOne, coveredAt, half, ten)
	for _, tc := range []struct{ name, kind, body, says string }{
		{"nothing", "application/json", "", "body is required"},
		{"no array", "application/json", good, "array"},
		{"half an array", "application/json", "[" + good, "JSON"},
		{"more than an array", "application/json", "[" + good + "] []", "behind"},
		{"a wrong type in the second", "application/json", "[" + good + `,{"party":"two"}]`, `"line":2`},
		{"a field that there is not", "application/json", `[{"name":"Wang Fang"}]`, `"line":1`},
		{"an id that is none", "application/json", `[{"id":"Wang Fang"}]`, `"line":1`},
		{"a time that is none", "application/json", `[{"enter":"yesterday"}]`, `"line":1`},
		{"no CBOR", "application/cbor", "\xff", "CBOR"},
		{"an array longer than its bytes", "application/cbor", "\x9a\xff\xff\xff\xff", "CBOR"},
		{"an array without end", "application/cbor", "\x9f\xff", "CBOR"},
		{"arrays in arrays", "application/cbor", strings.Repeat("\x81", 60), "CBOR"},
		{"a text for a record", "application/cbor", "\x81\x63abc", `"line":1`},
		{"a field that there is not, in CBOR", "application/cbor", "\x81\xa1\x18\x63\x01", `"line":1`},
		{"a field twice", "application/cbor", "\x81\xa2\x0a\x01\x0a\x02", `"line":1`},
		{"leave before enter", "application/json", "[" + good + "," + visitJSON(visitTwo, coveredAt, ten, half) + "]", `"line":2`},
		{"a clock a day ahead", "application/json", "[" + visitJSON(visitTwo, coveredAt, "2020-07-23T12:00:00Z", "2020-07-23T12:10:00Z") + "]", "set the sender's clock"},
		{"a day no longer kept", "application/json", "[" + visitJSON(visitTwo, coveredAt, "2020-07-01T00:00:00Z", "2020-07-01T00:10:00Z") + "]", "no longer kept"},
	} {
		r := c.request("POST", "/v1/visits", tc.body)
		r.Header.Set("Content-Type", tc.kind)
		w := h.answer(r, nil)
		if said := w.Body.String(); w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusBadRequest || !strings.Contains(said, tc.says) || strings.Contains(said, "Wang") {
			t.Errorf("%s: %d %s, want a refusal that says %s and no name", tc.name, w.Code, said, tc.says)
		}
	}
	if days, err := log.Days(t.Context()); err != nil || len(days) > 0 {
		t.Errorf("refused batches left %v, %v", days, err)
	}
}
