package watch_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/notices"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

func open(t *testing.T) *desktest.Command {
	t.Helper()
	return desktest.New(t, storetest.SQLite(t))
}

var epidemiologist = desktest.Officer(access.Epidemiologist, storetest.City)

// rows gives one count of local cases for the city on each of some days.
func rows(c *desktest.Command, values ...int64) []counts.Row {
	var rows []counts.Row
	for i, v := range values {
		rows = append(rows, counts.Row{Stream: counts.ConfirmedLocal, Area: storetest.City, Count: v, Line: i + 2,
			Day: c.Day() - civil.Day(len(values)-1-i)})
	}
	return rows
}

func ingest(c *desktest.Command, rows []counts.Row, loading watch.Loading) (watch.Receipt, error) {
	return c.Watch.Ingest(c.TB.Context(), epidemiologist, watch.Ingest{Source: desktest.Commission, Status: observe.Actual, Rows: rows, Loading: loading})
}

func TestSendingTheSameCountsAgainChangesNothing(t *testing.T) {
	c := open(t)
	first, err := ingest(c, rows(c, 0, 0, 1), watch.AllOrNothing)
	if err != nil || first.Loaded != 3 || first.Batch == "" {
		t.Fatalf("first = %+v, %v", first, err)
	}
	again, err := ingest(c, rows(c, 0, 0, 1), watch.AllOrNothing)
	if err != nil || again.Loaded != 0 || again.Unchanged != 3 || again.Batch != "" {
		t.Errorf("again = %+v, %v, want three unchanged and no batch", again, err)
	}
	head, err := c.DB.Entries(t.Context(), entriesOf("counts."), command.Paging{})
	if err != nil || len(head.Items) != 1 {
		t.Errorf("%d entries of counts, %v, want 1", len(head.Items), err)
	}
}

func TestACorrectionSupersedesAndTheEarlierTruthStaysReadable(t *testing.T) {
	c := open(t)
	day := c.Day()
	c.Counts(counts.ConfirmedLocal, storetest.City, 3)
	before := c.Center.Time()
	c.Pass(5 * 24 * time.Hour)
	receipt := c.CountsOf(day, counts.ConfirmedLocal, storetest.City, 2, observe.Actual)
	if receipt.Superseded != 1 {
		t.Errorf("receipt = %+v, want one superseded", receipt)
	}
	for _, tc := range []struct {
		name string
		asOf time.Time
		want int64
	}{{"as it was known before the correction", before, 3}, {"as it is known now", c.Center.Time(), 2}} {
		points, err := c.DB.Series(t.Context(), watch.SeriesQuery{Stream: counts.ConfirmedLocal, Area: storetest.City,
			Window: civil.Trailing(day, 1), AsOf: tc.asOf, Status: observe.Actual})
		if err != nil || len(points) != 1 || points[0].Count != tc.want {
			t.Errorf("%s: %+v, %v, want %d", tc.name, points, err, tc.want)
		}
	}
}

func TestAFileWithBadRowsLoadsNothingUnlessTheGoodOnesAreAskedFor(t *testing.T) {
	c := open(t)
	bad := rows(c, 1, 2, 3, 4, 5, 6, 7)
	bad[0].Area = storetest.Elsewhere
	bad[1].Stream = "rumours"
	bad[2].Day = c.Day() + 1
	bad[3].Count = -4
	small := int64(1)
	bad[4].Denominator = &small
	bad[6].Day = bad[5].Day
	_, err := ingest(c, bad, watch.AllOrNothing)
	if !fault.Is(err, fault.Invalid) {
		t.Fatalf("error = %v, want invalid", err)
	}
	want := map[int]string{2: "area", 3: "stream", 4: "day", 5: "count", 6: "denominator", 8: "day"}
	places := fault.PlacesOf(err)
	if len(places) != len(want) {
		t.Errorf("%d places, want %d: %v", len(places), len(want), err)
	}
	for _, p := range places {
		if want[p.Line] != p.Field {
			t.Errorf("line %d names %q, want %q", p.Line, p.Field, want[p.Line])
		}
	}
	preview, err := ingest(c, bad, watch.Preview)
	if err != nil || preview.Loaded != 1 || preview.Batch != "" || len(preview.Rejected) != 6 {
		t.Errorf("preview = %+v, %v, want one that would load and six rejected", preview, err)
	}
	good, err := ingest(c, bad, watch.GoodRows)
	if err != nil || good.Loaded != 1 || good.Batch == "" || len(good.Rejected) != 6 {
		t.Errorf("good rows = %+v, %v, want one loaded (the preview must have left nothing)", good, err)
	}
}

func TestANegativeCountNeedsItsGlitch(t *testing.T) {
	c := open(t)
	row := rows(c, -1)
	glitch := counts.Glitch{Stream: counts.ConfirmedLocal, Area: storetest.City, Day: c.Day(), Problem: "the cumulative series fell by 1"}
	receipt, err := c.Watch.Ingest(t.Context(), epidemiologist, watch.Ingest{Source: desktest.Commission, Status: observe.Actual,
		Rows: row, Glitches: []counts.Glitch{glitch}})
	if err != nil || receipt.Loaded != 1 || len(receipt.Glitches) != 1 {
		t.Errorf("receipt = %+v, %v, want it kept and reported", receipt, err)
	}
}

func TestWhoMayTakeInCounts(t *testing.T) {
	c := open(t)
	in := watch.Ingest{Source: desktest.Commission, Status: observe.Actual, Rows: rows(c, 1)}
	for _, tc := range []struct {
		name string
		who  access.Actor
		ok   bool
	}{
		{"an epidemiologist of the city", epidemiologist, true},
		{"an epidemiologist of one district, for the whole city", desktest.Officer(access.Epidemiologist, storetest.East), false},
		{"an auditor", desktest.Officer(access.Auditor, storetest.City), false},
		{"nobody", access.Actor{}, false},
	} {
		_, err := c.Watch.Ingest(t.Context(), tc.who, in)
		if tc.ok != (err == nil) || err != nil && !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v, want ok = %v", tc.name, err, tc.ok)
		}
	}
	reporter := desktest.Officer(access.Reporter, storetest.City)
	reporter.Source = "another"
	if _, err := c.Watch.Daily(t.Context(), reporter, in); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a reporter for a source that is not theirs: %v, want forbidden", err)
	}
	reporter.Source = string(desktest.Commission)
	if _, err := c.Watch.Daily(t.Context(), reporter, in); err != nil {
		t.Errorf("a reporter for their own source: %v", err)
	}
}

func TestTheFirstCaseAfterAQuietTimeRaisesOneSignal(t *testing.T) {
	c := open(t)
	c.Quiet(counts.ConfirmedLocal, storetest.City, 20)
	if found := c.Scan(); len(found) != 0 {
		t.Fatalf("quiet days raised %d signals", len(found))
	}
	c.Counts(counts.ConfirmedLocal, storetest.City, 1)
	found := c.Scan()
	if len(found) != 1 || found[0].State != detect.Raised || !found[0].Shown || found[0].Area != storetest.City {
		t.Fatalf("found = %+v, want one raised and shown", found)
	}
	if e := found[0].Evidence[0]; e.Quiet != 20 || e.Observed != 1 || len(e.Batches) == 0 {
		t.Errorf("evidence = %+v, want one case after 20 quiet days, with its batch", e)
	}
	if again := c.Scan(); len(again) != 0 {
		t.Errorf("scanning again raised %d", len(again))
	}
	c.Pass(24 * time.Hour)
	c.Counts(counts.ConfirmedLocal, storetest.City, 9)
	next := c.Scan()
	if len(next) != 1 || next[0].ID != found[0].ID || next[0].Version != 2 {
		t.Errorf("the next day's rise = %+v, want the same signal extended", next)
	}
	for act, want := range map[string]int{"signal.raise": 1, "signal.extend": 1} {
		entries, err := c.DB.Entries(t.Context(), entriesOf(act), command.Paging{})
		if err != nil || len(entries.Items) != want {
			t.Errorf("%d entries %s, %v, want %d", len(entries.Items), act, err, want)
		}
	}
}

func TestTriage(t *testing.T) {
	c := open(t)
	c.Counts(counts.ConfirmedLocal, storetest.City, 1)
	s := c.Scan()[0]
	in := watch.VerifyIn{Hazard: "covid-19", Why: "laboratory result", Key: "k1"}
	for _, tc := range []struct {
		name string
		do   func() error
		want fault.Kind
	}{
		{"without a reason", func() error {
			_, err := c.Watch.Verify(t.Context(), epidemiologist, s.ID, watch.VerifyIn{Hazard: "covid-19"})
			return err
		}, fault.Invalid},
		{"with a hazard that is none", func() error {
			_, err := c.Watch.Verify(t.Context(), epidemiologist, s.ID, watch.VerifyIn{Hazard: "dragons", Why: "w"})
			return err
		}, fault.Invalid},
		{"by an auditor", func() error {
			_, err := c.Watch.Verify(t.Context(), desktest.Officer(access.Auditor, storetest.City), s.ID, in)
			return err
		}, fault.Forbidden},
		{"by an officer of one district, for a signal of the city", func() error {
			_, err := c.Watch.Verify(t.Context(), desktest.Officer(access.Epidemiologist, storetest.East), s.ID, in)
			return err
		}, fault.Forbidden},
		{"of a signal that is none", func() error {
			_, err := c.Watch.Verify(t.Context(), epidemiologist, "0", watch.VerifyIn{Hazard: "covid-19", Why: "w"})
			return err
		}, fault.NotFound},
	} {
		if err := tc.do(); !fault.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	e, err := c.Watch.Verify(t.Context(), epidemiologist, s.ID, in)
	if err != nil || e.Signal != s.ID || e.Hazard != "covid-19" {
		t.Fatalf("event = %+v, %v", e, err)
	}
	twice, err := c.Watch.Verify(t.Context(), epidemiologist, s.ID, in)
	if err != nil || twice.ID != e.ID {
		t.Errorf("the same request again = %+v, %v, want the same event", twice, err)
	}
	if _, err := c.Watch.Verify(t.Context(), epidemiologist, s.ID, watch.VerifyIn{Hazard: "influenza", Why: "w", Key: "k1"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("another request under the same key: %v, want conflict", err)
	}
	if _, err := c.Watch.Discard(t.Context(), epidemiologist, s.ID, "too late", "k2"); !fault.Is(err, fault.Conflict) {
		t.Errorf("discard after verify: %v, want conflict", err)
	}
	stored, err := c.DB.OneSignal(t.Context(), s.ID)
	if err != nil || stored.State != detect.Verified || stored.Event != e.ID {
		t.Errorf("stored = %+v, %v", stored, err)
	}
}

func TestADiscardedFindingStaysDiscardedUntilItChanges(t *testing.T) {
	c := open(t)
	c.Counts(counts.GoodsPositive, storetest.City, 1)
	s := c.Scan()[0]
	if _, err := c.Watch.Discard(t.Context(), epidemiologist, s.ID, "the sample was mislabelled", "k"); err != nil {
		t.Fatal(err)
	}
	if found := c.Scan(); len(found) != 0 {
		t.Fatalf("the same finding was raised again: %+v", found)
	}
	c.Pass(24 * time.Hour)
	c.Counts(counts.GoodsPositive, storetest.City, 2)
	found := c.Scan()
	if len(found) != 1 || found[0].ID == s.ID {
		t.Errorf("a new finding = %+v, want a new signal", found)
	}
}

func TestTheInboxKeepsToItsBudgetAndHidesNothing(t *testing.T) {
	c := open(t)
	topics := []notices.Topic{notices.Place, notices.OtherTopic, notices.Absence, notices.Death}
	for i, topic := range topics {
		if _, err := c.Watch.Notice(t.Context(), access.TheProgram(storetest.City), watch.NoticeIn{Source: "hotline", Status: observe.Actual,
			Topic: topic, Area: storetest.Harbour, People: i, Text: "seen at the harbour"}); err != nil {
			t.Fatal(err)
		}
	}
	inbox, err := c.Watch.Inbox(t.Context(), epidemiologist, c.Day(), observe.Actual)
	if err != nil {
		t.Fatal(err)
	}
	if len(inbox.Shown) != c.Watch.Budget || len(inbox.LeftOut) != 1 {
		t.Fatalf("shown %d, left out %d, want %d and 1", len(inbox.Shown), len(inbox.LeftOut), c.Watch.Budget)
	}
	if inbox.Shown[0].Stream != string(notices.Death) || inbox.LeftOut[0].Stream != string(notices.Place) {
		t.Errorf("first shown %s, left out %s; the unusual deaths must displace the unsafe place", inbox.Shown[0].Stream, inbox.LeftOut[0].Stream)
	}
	elsewhere, err := c.Watch.Inbox(t.Context(), desktest.Officer(access.AreaOfficer, storetest.West), c.Day(), observe.Actual)
	if err != nil || len(elsewhere.Shown)+len(elsewhere.LeftOut) != 0 {
		t.Errorf("an officer of the other district sees %d, %v", len(elsewhere.Shown)+len(elsewhere.LeftOut), err)
	}
}

func TestNoticesOfOneTopicAndAreaAreOneSignal(t *testing.T) {
	c := open(t)
	report := func(text string) notices.ID {
		id, err := c.Watch.Notice(t.Context(), desktest.Officer(access.AreaOfficer, storetest.East), watch.NoticeIn{Source: "school-1",
			Status: observe.Actual, Topic: notices.Illness, Area: storetest.Harbour, People: 4, Text: text})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	id := report("four pupils of one class, named Wang and Li")
	c.Pass(time.Hour)
	report("two more")
	inbox, err := c.Watch.Inbox(t.Context(), epidemiologist, c.Day(), observe.Actual)
	if err != nil || len(inbox.Shown) != 1 || len(inbox.Shown[0].Notices) != 2 || inbox.Shown[0].Route != detect.EBS {
		t.Fatalf("inbox = %+v, %v, want one signal of two notices", inbox, err)
	}
	stored, err := c.DB.OneNotice(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	text, err := c.Center.Sealer.Open(watch.NoticeClass, string(id), stored.Sealed)
	if err != nil || !bytes.Contains(text, []byte("Wang")) {
		t.Errorf("the sealed text opens as %q, %v", text, err)
	}
	_, err = c.Watch.Notice(t.Context(), desktest.Officer(access.AreaOfficer, storetest.West), watch.NoticeIn{Source: "school-1",
		Status: observe.Actual, Topic: notices.Illness, Area: storetest.Harbour, Text: "x"})
	if !fault.Is(err, fault.Forbidden) {
		t.Errorf("a notice for another's district: %v, want forbidden", err)
	}
}

func TestExerciseCountsRaiseNoActualSignal(t *testing.T) {
	c := open(t)
	c.CountsOf(c.Day(), counts.ConfirmedLocal, storetest.City, 50, observe.Exercise)
	if found := c.Scan(); len(found) != 0 {
		t.Errorf("an exercise raised %d actual signals", len(found))
	}
	found, err := c.Watch.Scan(t.Context(), time.Time{}, observe.Exercise)
	if err != nil || len(found) != 1 || found[0].Status != observe.Exercise {
		t.Errorf("in the exercise itself: %+v, %v, want one", found, err)
	}
}

func TestTheCurveShowsWhatWasToBeExpected(t *testing.T) {
	c := open(t)
	start := c.Day()
	for _, v := range []int64{4, 5, 6, 5, 4, 5, 6, 5, 5, 30} {
		c.Counts(counts.FeverVisits, storetest.Harbour, v)
		c.Pass(24 * time.Hour)
	}
	q := watch.SeriesQuery{Stream: counts.FeverVisits, Area: storetest.Harbour, AsOf: c.Center.Time(), Status: observe.Actual,
		Window: civil.Window{First: start + 9, Last: start + 12}}
	curve, err := c.Watch.Curve(t.Context(), epidemiologist, q)
	if err != nil || len(curve.Days) != 2 || curve.Indicator.ID != "fever-visits-rise" {
		t.Fatalf("curve = %+v, %v, want the verdicts of the indicator on the two days that have begun", curve, err)
	}
	v := curve.Days[0].Then
	if v.Count == nil || *v.Count != 30 || v.Expected == nil || *v.Expected != 36.0/7 || !v.Alarm {
		t.Errorf("first day = %+v, want 30 against the mean of the seven days before, alarmed", v)
	}
	if v := curve.Days[1].Then; v.Count != nil || v.Alarm || v.Cause != aberration.Unreported {
		t.Errorf("a day that nobody reported = %+v, want no count and no alarm", v)
	}
	q.AsOf = c.Center.Time().Add(-24*time.Hour - time.Hour)
	early, err := c.Watch.Curve(t.Context(), epidemiologist, q)
	if err != nil || len(early.Days) != 1 || early.Days[0].Now.Count != nil {
		t.Errorf("as of an hour before it came, the 30 is known already: %+v, %v", early.Days, err)
	}
	q.Stream, q.AsOf = counts.SamplesTaken, c.Center.Time()
	if other, err := c.Watch.Curve(t.Context(), epidemiologist, q); err != nil || other.Indicator.ID != "" || other.Indicator.Detector != "ears-c2" {
		t.Errorf("a stream that no indicator judges has the band of %+v, %v", other.Indicator, err)
	}
	if _, err := c.Watch.Curve(t.Context(), desktest.Officer(access.AreaOfficer, storetest.West), q); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a curve of another's district: %v, want forbidden", err)
	}
}

func TestReconstructedCountsAreSaidToBe(t *testing.T) {
	c := open(t)
	if _, err := c.Watch.Ingest(t.Context(), epidemiologist, watch.Ingest{Source: desktest.Commission, Status: observe.Actual,
		Rows: []counts.Row{{Stream: counts.ConfirmedLocal, Area: storetest.Harbour, Day: c.Day(), Count: 1, Basis: place.Reconstructed}}}); err != nil {
		t.Fatal(err)
	}
	s := c.Scan()
	if len(s) != 1 || s[0].Evidence[0].Basis != place.Reconstructed {
		t.Errorf("signal = %+v, want its evidence marked reconstructed", s)
	}
}

func entriesOf(act string) audit.EntryFilter {
	return audit.EntryFilter{Within: []place.Code{storetest.City}, Act: act}
}

func TestALateCountStillRaisesItsSignal(t *testing.T) {
	c := open(t)
	c.Counts(counts.GoodsPositive, storetest.City, 0)
	c.Round()
	c.Pass(10 * 24 * time.Hour)
	c.CountsOf(c.Day()-7, counts.GoodsPositive, storetest.City, 4, observe.Actual)
	found := c.Round().Signals
	if len(found) != 1 || found[0].First != c.Day()-7 || found[0].Day != c.Day() {
		t.Fatalf("found = %+v, want one about seven days ago, in today's inbox", found)
	}
	if again := c.Round().Signals; len(again) != 0 {
		t.Errorf("a second round raised %+v", again)
	}
	c.CountsOf(c.Day()-100, counts.GoodsPositive, storetest.City, 4, observe.Actual)
	if old := c.Round().Signals; len(old) != 0 {
		t.Errorf("history raised %+v", old)
	}
}

func TestACorrectionJudgesTheDaysAfterItAnewAndRewritesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := desktest.New(t, db)
		c.Quiet(counts.ConfirmedLocal, storetest.City, 16)
		mistaken := c.Day()
		c.Counts(counts.ConfirmedLocal, storetest.City, 1)
		raised := c.Round().Signals
		if len(raised) != 1 {
			t.Fatalf("the first case raised %+v", raised)
		}
		stands := func(s detect.Signal) []bool {
			t.Helper()
			s, err := c.DB.OneSignal(t.Context(), s.ID)
			if err != nil {
				t.Fatal(err)
			}
			all, err := c.Watch.Stands(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		if got := stands(raised[0]); len(got) != 1 || !got[0] {
			t.Errorf("uncorrected findings stand: %v", got)
		}
		c.Pass(24 * time.Hour)
		c.Quiet(counts.ConfirmedLocal, storetest.City, 9)
		c.Counts(counts.ConfirmedLocal, storetest.City, 1)
		if again := c.Round().Signals; len(again) != 0 {
			t.Fatalf("a case ten days after another raised %+v", again)
		}

		// The first case was none: ten days later there was a first case.
		c.Pass(time.Hour)
		c.CountsOf(mistaken, counts.ConfirmedLocal, storetest.City, 0, observe.Actual)
		corrected := c.Round().Signals
		if len(corrected) != 1 || corrected[0].First != c.Day() || corrected[0].ID == raised[0].ID {
			t.Errorf("the correction raised %+v, want a signal of today", corrected)
		}
		if got := stands(raised[0]); len(got) != 1 || got[0] {
			t.Errorf("findings on a corrected count stand: %v, want that they would not be made today", got)
		}
		if s, err := c.DB.OneSignal(t.Context(), raised[0].ID); err != nil || s.Version != 1 || s.Evidence[0].Observed != 1 {
			t.Errorf("the first signal is %+v, %v; want it as it was raised", s, err)
		}
	})
}
