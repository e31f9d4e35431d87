package watch_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

func TestAnOutcomeIsCorrectedByALaterRecord(t *testing.T) {
	c := open(t)
	e, _ := c.Outbreak(storetest.Harbour, 3)
	ctx := t.Context()
	first, err := c.Watch.RecordOutcome(ctx, epidemiologist, e.Signal, watch.OutcomeIn{Truth: detect.DataError, Why: "the file was of last year", Key: "1"})
	if err != nil {
		t.Fatal(err)
	}
	in := watch.OutcomeIn{Truth: detect.Outbreak, Event: e.ID, Began: c.Day() - 4, Why: "it was of this year after all", Key: "2"}
	if _, err := c.Watch.RecordOutcome(ctx, epidemiologist, e.Signal, in); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second outcome that names none: %v, want conflict", err)
	}
	in.Supersedes, in.Key = first.ID, "3"
	second, err := c.Watch.RecordOutcome(ctx, epidemiologist, e.Signal, in)
	if err != nil {
		t.Fatal(err)
	}
	if twice, err := c.Watch.RecordOutcome(ctx, epidemiologist, e.Signal, in); err != nil || twice.ID != second.ID {
		t.Errorf("the same request again = %+v, %v, want the same record", twice, err)
	}
	in.Key = "4"
	if _, err := c.Watch.RecordOutcome(ctx, epidemiologist, e.Signal, in); !fault.Is(err, fault.Conflict) {
		t.Errorf("to replace what was replaced: %v, want conflict", err)
	}
	all, err := c.Watch.Outcomes(ctx, desktest.Officer(access.Auditor, storetest.City), e.Signal)
	if err != nil || cmp.Diff([]detect.Outcome{second, first}, all) != "" {
		t.Errorf("outcomes = %+v, %v, want both, the standing one first", all, err)
	}
	if _, err := c.Watch.Outcomes(ctx, desktest.Officer(access.Epidemiologist, storetest.West), e.Signal); !fault.Is(err, fault.NotFound) {
		t.Errorf("seen from another district: %v, want not found", err)
	}
	flaws(t, c)
}

func TestOutcomesAreRefused(t *testing.T) {
	c := open(t)
	e, _ := c.Outbreak(storetest.Harbour, 3)
	rumour(c)
	var waits detect.SignalID
	for _, s := range shown(c) {
		if s.State == detect.Raised {
			waits = s.ID
		}
	}
	harmless := watch.OutcomeIn{Truth: detect.Harmless, Why: "w"}
	began := c.Day() - 2
	for _, tc := range []struct {
		name string
		who  access.Actor
		id   detect.SignalID
		in   watch.OutcomeIn
		want fault.Kind
	}{
		{"without a reason", epidemiologist, e.Signal, watch.OutcomeIn{Truth: detect.Harmless}, fault.Invalid},
		{"of a truth that is none", epidemiologist, e.Signal, watch.OutcomeIn{Truth: "perhaps", Why: "w"}, fault.Invalid},
		{"of an outbreak without a beginning", epidemiologist, e.Signal, watch.OutcomeIn{Truth: detect.Outbreak, Event: e.ID, Why: "w"}, fault.Invalid},
		{"of an outbreak of tomorrow", epidemiologist, e.Signal, watch.OutcomeIn{Truth: detect.Outbreak, Event: e.ID, Began: c.Day() + 1, Why: "w"}, fault.Invalid},
		{"of an event that is none", epidemiologist, e.Signal, watch.OutcomeIn{Truth: detect.Outbreak, Event: "0", Began: began, Why: "w"}, fault.NotFound},
		{"of a signal that is none", epidemiologist, "0", harmless, fault.NotFound},
		{"of a signal that nobody has triaged", epidemiologist, waits, harmless, fault.Conflict},
		{"by an auditor", desktest.Officer(access.Auditor, storetest.City), e.Signal, harmless, fault.Forbidden},
		{"by an officer of another district", desktest.Officer(access.Epidemiologist, storetest.West), e.Signal, harmless, fault.Forbidden},
	} {
		if _, err := c.Watch.RecordOutcome(t.Context(), tc.who, tc.id, tc.in); !fault.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	if all, err := c.DB.Outcomes(t.Context(), e.Signal); err != nil || len(all) != 0 {
		t.Errorf("the refusals left %+v, %v", all, err)
	}
}

func TestMissedOutbreaksAreCorrectedAndWithdrawn(t *testing.T) {
	c := open(t)
	ctx, window := t.Context(), civil.Trailing(c.Day(), 60)
	in := watch.MissedIn{Status: observe.Actual, Hazard: "influenza", Area: storetest.Harbour, Began: c.Day() - 20, Why: "the school told us later", Key: "1"}
	first, err := c.Watch.RecordMissed(ctx, epidemiologist, in)
	if err != nil {
		t.Fatal(err)
	}
	in.Began, in.Supersedes, in.Key = c.Day()-25, first.ID, "2"
	second, err := c.Watch.RecordMissed(ctx, epidemiologist, in)
	if err != nil {
		t.Fatal(err)
	}
	standing, err := c.Watch.Missed(ctx, epidemiologist, observe.Actual, window)
	if err != nil || cmp.Diff([]detect.Missed{second}, standing) != "" {
		t.Errorf("missed = %+v, %v, want the correction only", standing, err)
	}
	in.Key = "3"
	if _, err := c.Watch.RecordMissed(ctx, epidemiologist, in); !fault.Is(err, fault.Conflict) {
		t.Errorf("to correct what was corrected: %v, want conflict", err)
	}
	in.Supersedes, in.Withdrawn, in.Key = second.ID, true, "4"
	if _, err := c.Watch.RecordMissed(ctx, epidemiologist, in); err != nil {
		t.Fatal(err)
	}
	if standing, err = c.Watch.Missed(ctx, epidemiologist, observe.Actual, window); err != nil || len(standing) != 0 {
		t.Errorf("after the withdrawal = %+v, %v, want none", standing, err)
	}
	flaws(t, c)
}

func TestMissedOutbreaksAreRefused(t *testing.T) {
	c := open(t)
	good := watch.MissedIn{Status: observe.Actual, Hazard: "influenza", Area: storetest.Harbour, Began: c.Day() - 20, Why: "w"}
	for _, tc := range []struct {
		name   string
		who    access.Actor
		change func(*watch.MissedIn)
		want   fault.Kind
	}{
		{"without a reason", epidemiologist, func(in *watch.MissedIn) { in.Why = " " }, fault.Invalid},
		{"of a hazard that is none", epidemiologist, func(in *watch.MissedIn) { in.Hazard = "dragons" }, fault.Invalid},
		{"of those who watch", epidemiologist, func(in *watch.MissedIn) { in.Hazard = detect.SurveillanceGap }, fault.Invalid},
		{"of tomorrow", epidemiologist, func(in *watch.MissedIn) { in.Began = c.Day() + 1 }, fault.Invalid},
		{"of no day", epidemiologist, func(in *watch.MissedIn) { in.Began = 0 }, fault.Invalid},
		{"in an area that is none", epidemiologist, func(in *watch.MissedIn) { in.Area = "atlantis" }, fault.NotFound},
		{"withdrawn without a record", epidemiologist, func(in *watch.MissedIn) { in.Withdrawn = true }, fault.Invalid},
		{"for a record that is none", epidemiologist, func(in *watch.MissedIn) { in.Supersedes = "0" }, fault.NotFound},
		{"by an auditor", desktest.Officer(access.Auditor, storetest.City), func(*watch.MissedIn) {}, fault.Forbidden},
		{"by an officer of another district", desktest.Officer(access.Epidemiologist, storetest.West), func(*watch.MissedIn) {}, fault.Forbidden},
	} {
		in := good
		tc.change(&in)
		if _, err := c.Watch.RecordMissed(t.Context(), tc.who, in); !fault.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	old, err := c.Watch.RecordMissed(t.Context(), epidemiologist, good)
	if err != nil {
		t.Fatal(err)
	}
	theirs := good
	theirs.Area, theirs.Supersedes = storetest.West, old.ID
	if _, err := c.Watch.RecordMissed(t.Context(), desktest.Officer(access.Epidemiologist, storetest.West), theirs); !fault.Is(err, fault.Forbidden) {
		t.Errorf("to move another district's outbreak to one's own: %v, want forbidden", err)
	}
}
