package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

// quietWeeks are 60 days without a case before 22 July, and one case on it.
func quietWeeks(area string) string {
	var b strings.Builder
	b.WriteString("stream,area,day,count\n")
	day := time.Date(2020, 5, 23, 0, 0, 0, 0, time.UTC)
	for range 60 {
		b.WriteString("confirmed.local," + area + "," + day.Format(time.DateOnly) + ",0\n")
		day = day.AddDate(0, 0, 1)
	}
	b.WriteString("confirmed.local," + area + "," + day.Format(time.DateOnly) + ",1\n")
	return b.String()
}

// ingest sends counts as CSV.
func (c *client) ingest(query, csv string, out *Receipt) int {
	c.h.t.Helper()
	r := c.request("POST", "/v1/counts?source=commission"+query, csv)
	r.Header.Set("Content-Type", "text/csv; charset=utf-8")
	c.keys++
	r.Header.Set(keyHeader, "ingest-"+strings.Repeat("i", c.keys))
	return c.h.answer(r, out).Code
}

func (h *testHouse) round() {
	h.t.Helper()
	_, err := h.rounds.Make(h.t.Context())
	must(h.t, err)
}

// The whole loop over HTTP: from counts to a closed order, and back.
func TestFromCountsToAClosedOrderAndBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		commander := h.client("commander-lin", access.Commander, storetest.City)
		epi := h.client("epi-wu", access.Epidemiologist, storetest.City)
		duty := h.client("duty-he", access.DutyOfficer, storetest.City)
		street := h.client("street-su", access.AreaOfficer, storetest.East)

		var receipt Receipt
		if code := epi.ingest("", quietWeeks(string(storetest.East)), &receipt); code != http.StatusOK || receipt.Loaded != 61 || receipt.Batch == "" {
			t.Fatalf("ingest: %d %+v", code, receipt)
		}
		h.round()
		inbox := get[Inbox](epi, "/v1/inbox")
		if len(inbox.Shown) != 1 || !slices.Contains(inbox.Shown[0].Moves, "verified") {
			t.Fatalf("the inbox shows %+v, want one signal that can be verified", inbox)
		}
		signal := inbox.Shown[0]
		event := post[Event](epi, "/v1/signals/"+signal.ID+"/verify", map[string]string{"hazard": "covid-19", "why": "laboratory result"})
		h.round()
		proposals := get[List[Proposal]](commander, "/v1/proposals?state=open")
		if len(proposals.Items) != 1 || proposals.Items[0].Event != event.ID || proposals.Items[0].Level != "medium" {
			t.Fatalf("proposals: %+v, want one of medium for the event", proposals.Items)
		}
		proposal := post[Proposal](commander, "/v1/proposals/"+proposals.Items[0].ID+"/accept", map[string]string{"why": "by the rule"})
		if proposal.State != "accepted" {
			t.Errorf("the accepted proposal is %s", proposal.State)
		}
		if got := get[Proposal](street, "/v1/proposals/"+proposal.ID); got.Why != "by the rule" || got.Wording == nil || len(got.Moves) != 0 {
			t.Errorf("the proposal reads %+v", got)
		}
		drafts := get[List[Draft]](duty, "/v1/proposals/"+proposal.ID+"/drafts")
		if len(drafts.Items) == 0 {
			t.Fatal("the pack offers no template for medium")
		}
		i := slices.IndexFunc(drafts.Items, func(d Draft) bool { return d.Completion == nil })
		if i < 0 {
			i = 0
		}
		order := post[Directive](duty, "/v1/directives", map[string]any{"proposal": proposal.ID, "template": drafts.Items[i].Template, "why": "first ring"})
		step := func(who *client, name string, extra map[string]any) Directive {
			body := map[string]any{"step": name}
			for k, v := range extra {
				body[k] = v
			}
			return post[Directive](who, "/v1/directives/"+order.ID+"/move", body)
		}
		step(street, "acknowledge", nil)
		step(street, "report", nil)
		step(duty, "verify", nil)
		closing := map[string]any{}
		if order.Completion != nil {
			closing = map[string]any{"exception": true, "why": "counted by hand"}
		}
		closed := step(epi, "close", closing)
		if closed.State != "closed" || len(closed.Moves) != 0 {
			t.Errorf("the directive ends as %+v", closed)
		}

		chain := get[Chain](street, "/v1/chain/directive/"+order.ID)
		var kinds []string
		for _, s := range chain.Steps {
			kinds = append(kinds, s.Ref.Kind)
		}
		for _, kind := range []string{"directive", "proposal", "event", "signal", "batch"} {
			if !slices.Contains(kinds, kind) {
				t.Errorf("the chain goes over %v, want %s in it", kinds, kind)
			}
		}
		timeline := get[List[Moment]](commander, "/v1/timeline")
		if !slices.ContainsFunc(timeline.Items, func(m Moment) bool { return m.Kind == "history" }) ||
			!slices.ContainsFunc(timeline.Items, func(m Moment) bool { return m.Act == "signal.verify" }) {
			t.Errorf("the time line holds %+v, want history and own acts", timeline.Items)
		}
		situation := get[Situation](commander, "/v1/situation")
		if len(situation.Levels) != 1 || situation.Counts != (OpenWork{}) {
			t.Errorf("the situation is %+v, want one level and nothing open", situation)
		}
		auditor := h.client("auditor-gu", access.Auditor, storetest.City)
		h.round()
		if r := post[Fsck](auditor, "/v1/fsck", map[string]any{}); len(r.Flaws) != 0 || r.Linked != int64(r.Entries) {
			t.Errorf("fsck says %+v, want no flaws and all entries linked", r)
		}
		entries := get[List[Entry]](auditor, "/v1/journal?act=signal.verify")
		if len(entries.Items) != 1 || get[Entry](auditor, "/v1/journal/"+entries.Items[0].ID).Why != "laboratory result" {
			t.Errorf("the journal reads %+v", entries.Items)
		}
	})
}

func TestALevelThatRestrictsPersonsNeedsTwoOrganisations(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	commander := h.client("commander-lin", access.Commander, storetest.City)
	epi := h.client("epi-wu", access.Epidemiologist, storetest.City)
	epi.ingest("", quietWeeks(string(storetest.East)), &Receipt{})
	h.round()
	signal := get[Inbox](epi, "/v1/inbox").Shown[0]
	post[Event](epi, "/v1/signals/"+signal.ID+"/verify", map[string]string{"hazard": "covid-19", "why": "laboratory result"})
	h.round()
	open := get[List[Proposal]](commander, "/v1/proposals").Items[0]
	if w := commander.do("POST", "/v1/proposals/"+open.ID+"/override", map[string]string{"level": "high", "why": " "}, nil); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an override without a reason: %d, want 422", w.Code)
	}
	decided := post[Proposal](commander, "/v1/proposals/"+open.ID+"/override",
		map[string]string{"level": "high", "area": string(storetest.Harbour), "why": "the workshop is there"})
	if decided.State != "seconding" || !decided.NeedsSecond || slices.Contains(decided.Moves, "second") {
		t.Errorf("after the override: %+v, want it to wait for another officer", decided)
	}
	if w := commander.do("POST", "/v1/proposals/"+open.ID+"/second", map[string]string{"consent": "approve"}, nil); w.Code != http.StatusForbidden {
		t.Errorf("seconding oneself: %d, want 403", w.Code)
	}
	if got := post[Proposal](epi, "/v1/proposals/"+open.ID+"/second", map[string]string{"consent": "approve"}); got.State != "overridden" {
		t.Errorf("after the second approver: %s, want overridden", got.State)
	}
	levels := get[List[AreaLevel]](epi, "/v1/levels").Items
	if len(levels) != 1 || levels[0].Area != string(storetest.Harbour) || levels[0].Level != "high" {
		t.Errorf("levels: %+v", levels)
	}
}

func TestAnOfficerSeesNothingOfOtherAreas(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	epi := h.client("epi-wu", access.Epidemiologist, storetest.City)
	west := h.client("west-ma", access.AreaOfficer, storetest.West)
	var receipt Receipt
	epi.ingest("", quietWeeks(string(storetest.East)), &receipt)
	h.round()
	signal := get[Inbox](epi, "/v1/inbox").Shown[0]
	if got := get[List[Signal]](west, "/v1/signals"); len(got.Items) != 0 {
		t.Errorf("the west sees signals of the east: %+v", got.Items)
	}
	for _, path := range []string{"/v1/signals/" + signal.ID, "/v1/counts/batches/" + receipt.Batch, "/v1/chain/signal/" + signal.ID} {
		if w := west.do("GET", path, nil, nil); w.Code != http.StatusNotFound {
			t.Errorf("GET %s by the west: %d, want 404", path, w.Code)
		}
	}
	for _, path := range []string{"/v1/counts/curve?stream=confirmed.local&area=" + string(storetest.East),
		"/v1/figures/signals.open?area=" + string(storetest.City), "/v1/situation?area=" + string(storetest.East)} {
		if w := west.do("GET", path, nil, nil); w.Code != http.StatusForbidden {
			t.Errorf("GET %s by the west: %d, want 403", path, w.Code)
		}
	}
}

func TestTheTimeLineNeverLooksAhead(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	c := h.client("commander-lin", access.Commander, storetest.City)
	h.pass(-24 * time.Hour)
	if got := get[List[Moment]](c, "/v1/timeline?from=2020-07-01&to=2020-07-31"); len(got.Items) != 0 {
		t.Errorf("on 21 July the time line tells of the 22nd: %+v", got.Items)
	}
}

func TestSendingAnActTwiceDoesItOnce(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	c := h.client("commander-lin", access.Commander, storetest.City)
	body := map[string]any{"topic": "illness_cluster", "area": storetest.East, "people": 4, "text": "four of one shift cough"}
	var first, again NoticeReceipt
	c.doKeyed("POST", "/v1/notices", "the-same-key", body, &first)
	if w := c.doKeyed("POST", "/v1/notices", "the-same-key", body, &again); w.Code != http.StatusOK {
		t.Fatalf("sent again: %d %s", w.Code, w.Body)
	}
	if diff := cmp.Diff(first, again); diff != "" || first.ID == "" {
		t.Errorf("the second answer differs (-first +again):\n%s", diff)
	}
	if got := get[List[Entry]](c, "/v1/journal?act=notice."); len(got.Items) != 1 {
		t.Errorf("%d entries, want 1", len(got.Items))
	}
	body["people"] = 5
	if w := c.doKeyed("POST", "/v1/notices", "the-same-key", body, nil); w.Code != http.StatusConflict {
		t.Errorf("the same key for something else: %d, want 409", w.Code)
	}
	signals := get[List[Signal]](c, "/v1/signals")
	if len(signals.Items) != 1 {
		t.Fatalf("signals: %+v, want one", signals.Items)
	}
	if got := get[Signal](c, "/v1/signals/"+signals.Items[0].ID); !slices.Equal(got.NoticeTexts, []string{"four of one shift cough"}) {
		t.Errorf("the notice reads %v", got.NoticeTexts)
	}
	auditor := h.client("auditor-gu", access.Auditor, storetest.City)
	if got := get[Signal](auditor, "/v1/signals/"+signals.Items[0].ID); len(got.NoticeTexts) != 0 {
		t.Errorf("an auditor, who triages nothing, reads the words of a notice: %v", got.NoticeTexts)
	}
}

func TestListsAreReadPageByPage(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	c := h.client("commander-lin", access.Commander, storetest.City)
	for _, topic := range []string{"illness_cluster", "unusual_death", "absence_cluster", "goods_or_cold_chain", "unsafe_place"} {
		post[NoticeReceipt](c, "/v1/notices", map[string]any{"topic": topic, "area": storetest.East, "people": 1, "text": "seen"})
		h.pass(time.Minute)
	}
	var seen []string
	after := ""
	for {
		page := get[List[Signal]](c, "/v1/signals?limit=2&after="+after)
		for _, s := range page.Items {
			seen = append(seen, s.Stream)
		}
		if page.Next == "" {
			break
		}
		after = page.Next
	}
	want := []string{"unsafe_place", "goods_or_cold_chain", "absence_cluster", "unusual_death", "illness_cluster"}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("the pages together (-want +got):\n%s", diff)
	}
}

func TestAReporterSaysZeroAndSeesWhatWasSaid(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	c := h.client("clinic-yu", access.Reporter, storetest.Harbour)
	form := get[DailyForm](c, "/v1/reporting/mine")
	if form.Source.ID != "clinic" || len(form.Streams) != 1 || form.Recent[0].Values[0].Count != nil {
		t.Fatalf("the fresh form is %+v", form)
	}
	r := post[Receipt](c, "/v1/reporting/daily", map[string]any{"day": "2020-07-22", "values": []any{map[string]any{"stream": "fever.visits", "count": 0, "denominator": 80}}})
	if r.Loaded != 1 {
		t.Errorf("a report of zero: %+v, want one loaded", r)
	}
	form = get[DailyForm](c, "/v1/reporting/mine")
	if v := form.Recent[0].Values[0]; v.Count == nil || *v.Count != 0 || v.Denominator == nil || *v.Denominator != 80 {
		t.Errorf("the form afterwards says %+v, want 0 of 80", v)
	}
	if w := c.do("GET", "/v1/signals", nil, nil); w.Code != http.StatusForbidden {
		t.Errorf("a reporter lists signals: %d, want 403", w.Code)
	}
	epi := h.client("epi-wu", access.Epidemiologist, storetest.City)
	h.pass(36 * time.Hour) // the report is due by noon of the next day
	quality := get[List[Quality]](epi, "/v1/reporting/quality?from=2020-07-22&to=2020-07-22")
	if !slices.ContainsFunc(quality.Items, func(q Quality) bool { return q.Source.ID == "clinic" && q.Reported == 1 }) {
		t.Errorf("quality: %+v", quality.Items)
	}
}
