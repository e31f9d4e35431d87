package api

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

// A signal sleeps, wakes, is verified, and is scored against an outbreak that
// was missed.
func TestASignalIsPutToSleepAndScored(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	epi := h.client("epi-wu", access.Epidemiologist, storetest.City)
	if code := epi.ingest("", quietWeeks(string(storetest.East)), &Receipt{}); code != http.StatusOK {
		t.Fatalf("ingest: %d", code)
	}
	h.round()
	signal := get[Inbox](epi, "/v1/inbox").Shown[0]
	path := "/v1/signals/" + signal.ID
	today := h.clock(&h.now)().In(zone)
	date := func(days int) string { return today.AddDate(0, 0, days).Format(time.DateOnly) }

	asleep := post[Signal](epi, path+"/snooze", map[string]string{"until": date(5), "why": "the sample is on its way"})
	if asleep.State != "snoozed" || asleep.Snooze == nil || asleep.Snooze.Until.String() != date(5) || strings.Join(asleep.Moves, " ") != "raised verified discarded" {
		t.Errorf("asleep it reads %+v", asleep)
	}
	if sleepers := get[List[Signal]](epi, "/v1/signals?state=snoozed"); len(sleepers.Items) != 1 {
		t.Errorf("%d sleepers are listed, want 1", len(sleepers.Items))
	}
	if awake := post[Signal](epi, path+"/wake", map[string]string{"why": "it came"}); awake.State != "raised" || awake.Snooze != nil {
		t.Errorf("awake it reads %+v", awake)
	}
	event := post[Event](epi, path+"/verify", map[string]string{"hazard": "covid-19", "why": "laboratory result"})
	first := post[Outcome](epi, path+"/outcomes", map[string]string{"truth": "undecided", "why": "not yet sequenced"})
	second := post[Outcome](epi, path+"/outcomes", map[string]string{"truth": "outbreak", "event": event.ID, "began": date(-4),
		"supersedes": first.ID, "why": "sequenced"})
	if all := get[List[Outcome]](epi, path+"/outcomes"); len(all.Items) != 2 || all.Items[0].ID != second.ID || all.Items[0].Began == nil ||
		all.Items[0].Began.String() != date(-4) || all.Items[1].Began != nil {
		t.Errorf("the outcomes read %+v", all.Items)
	}
	missed := post[Missed](epi, "/v1/missed", map[string]string{"hazard": "rsv", "area": string(storetest.West), "began": date(-30), "why": "a ward told us"})
	if all := get[List[Missed]](epi, "/v1/missed"); len(all.Items) != 1 || all.Items[0].ID != missed.ID {
		t.Errorf("missed are %+v", all.Items)
	}
	board := get[Scoreboard](epi, "/v1/scoreboard")
	if board.Missed != 1 || board.All.Precision != (Ratio{1, 1}) || board.All.Recall != (Ratio{1, 2}) || board.All.Delay == nil || *board.All.Delay != 4 ||
		len(board.Indicators) == 0 || len(board.Detectors) == 0 {
		t.Errorf("the scoreboard reads %+v", board)
	}
	if early := get[Scoreboard](epi, "/v1/scoreboard?from="+date(-60)+"&to="+date(-1)); early.All.Signals != 0 || early.Missed != 1 {
		t.Errorf("before the signal the scoreboard reads %+v", early)
	}
}

func TestScoresAreRefused(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	epi := h.client("epi-wu", access.Epidemiologist, storetest.City)
	for _, tc := range []struct {
		name, method, path, body string
		code                     int
		names                    string
	}{
		{"a day that is none", "POST", "/v1/signals/none/snooze", `{"until":"soon","why":"w"}`, 422, "until"},
		{"no day", "POST", "/v1/signals/none/snooze", `{"why":"w"}`, 422, "until"},
		{"a signal that is none", "POST", "/v1/signals/none/snooze", `{"until":"2020-07-30","why":"w"}`, 404, ""},
		{"no reason", "POST", "/v1/signals/none/wake", `{"why":""}`, 422, "why"},
		{"a truth that is none", "POST", "/v1/signals/none/outcomes", `{"truth":"perhaps","why":"w"}`, 422, "truth"},
		{"a beginning that is no day", "POST", "/v1/signals/none/outcomes", `{"truth":"outbreak","began":"May","why":"w"}`, 422, "began"},
		{"outcomes of a signal that is none", "GET", "/v1/signals/none/outcomes", "", 404, ""},
		{"a hazard of those who watch", "POST", "/v1/missed", `{"hazard":"surveillance-gap","area":"x","began":"2020-07-01","why":"w"}`, 422, "hazard"},
		{"an area that is none", "POST", "/v1/missed", `{"hazard":"rsv","area":"atlantis","began":"2020-07-01","why":"w"}`, 404, ""},
		{"a window without days", "GET", "/v1/scoreboard?from=2020-07-02&to=2020-07-01", "", 422, "from"},
		{"a window too long", "GET", "/v1/missed?from=2001-01-01", "", 422, "from"},
		{"a day of a window that is none", "GET", "/v1/scoreboard?to=never", "", 422, "to"},
	} {
		r := epi.request(tc.method, tc.path, tc.body)
		if tc.method == "POST" {
			r.Header.Set(keyHeader, "a-key-for-one-request")
		}
		if w := h.answer(r, nil); w.Code != tc.code || !strings.Contains(w.Body.String(), tc.names) {
			t.Errorf("%s: %d %s, want %d that names %q", tc.name, w.Code, w.Body, tc.code, tc.names)
		}
	}
}
