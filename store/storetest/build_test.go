package storetest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/notices"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
	"github.com/breakwater-eoc/breakwater/words"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var (
	morning = time.Date(2020, 7, 22, 0, 30, 0, 123_000, time.UTC)
	day     = civil.MustDay("2020-07-22")
)

// id gives the n-th identifier.
func id(n int) string { return fmt.Sprintf("01900000-0000-7000-8000-%012d", n) }

func ptr[T any](v T) *T { return &v }

func aBatch(n int) counts.Batch {
	return counts.Batch{ID: counts.BatchID(id(n)), Source: "commission", Status: observe.Actual, Recorded: morning, Rows: 1}
}

func anObservation(n int, b counts.Batch) counts.Observation {
	return counts.Observation{ID: counts.ID(id(n)), Batch: b.ID, Stream: counts.ConfirmedLocal, Area: Harbour, Day: day, Count: 3,
		Source: b.Source, Status: b.Status, Basis: place.Stated, Reported: b.Recorded.Add(-time.Hour), Recorded: b.Recorded}
}

func aNotice(n int) notices.Notice {
	return notices.Notice{ID: notices.ID(id(n)), Topic: notices.Illness, People: 4, Sealed: []byte{1, 0, 255},
		Header: observe.Header{Source: "hotline", Occurred: morning, Recorded: morning, Area: Harbour, Status: observe.Actual}}
}

func aSignal(n int) detect.Signal {
	return detect.Signal{ID: detect.SignalID(id(n)), Route: detect.IBS, Status: observe.Actual, Group: "confirmed.local|210200|actual",
		Stream: string(counts.ConfirmedLocal), Area: Harbour, First: day, Last: day,
		Evidence: []detect.Evidence{{Indicator: "first-local", Stream: "confirmed.local", Area: Harbour, Day: day, Observed: 3,
			Expected: ptr(0.1), Score: 2.5, Quiet: 108, Basis: place.Reconstructed, Batches: []string{id(1)}}},
		Rank: 3.25, Day: day, Shown: true, State: detect.Raised, Raised: morning, Changed: morning, Version: 1}
}

func anEvent(n int, s detect.Signal) detect.Event {
	return detect.Event{ID: detect.EventID(id(n)), Signal: s.ID, Status: s.Status, Hazard: "covid-19", Area: s.Area, Began: s.First,
		Opened: morning, By: "alice", Version: 1}
}

func anOutcome(n int, e detect.Event) detect.Outcome {
	return detect.Outcome{ID: detect.OutcomeID(id(n)), Signal: e.Signal, Status: e.Status, Area: e.Area, Truth: detect.Outbreak,
		Event: e.ID, Began: day - 5, Recorded: morning, By: "alice"}
}

func aMissed(n int) detect.Missed {
	return detect.Missed{ID: detect.MissedID(id(n)), Status: observe.Actual, Hazard: "influenza", Area: Harbour, Began: day - 9,
		Recorded: morning, By: "alice"}
}

func aProposal(n int, e detect.Event) decide.Proposal {
	answer := figure.Answer{Figure: "cases.confirmed.new", Value: 3, Unit: figure.People, SourceCount: 1,
		Query:   figure.Query{Area: East, Window: civil.Trailing(day, 14), AsOf: morning, Status: "actual"},
		Sources: []trace.Ref{{Kind: detect.BatchKind, ID: id(1)}}}
	return decide.Proposal{ID: decide.ProposalID(id(n)), Status: e.Status, Event: e.ID, Area: East,
		Pack: decide.PackRef{ID: "cn-risk-2020a", Version: 1, Digest: "ab"}, Rule: "some", Current: decide.Low, Level: decide.Medium,
		Inputs: []decide.Input{{Name: "new14", Answer: answer}}, Day: day, Made: morning, State: decide.Open, Version: 1}
}

func aLevel(n int, p decide.Proposal) decide.AreaLevel {
	return decide.AreaLevel{ID: decide.LevelID(id(n)), Status: p.Status, Area: p.Area, Level: p.Level, Proposal: p.ID, Pack: p.Pack,
		From: morning, Review: day + 14, Expires: day + 28, Version: 1}
}

func aDirective(n int, p decide.Proposal) direct.Directive {
	return direct.Directive{ID: direct.DirectiveID(id(n)), Status: p.Status, Proposal: p.ID, Event: p.Event, Pack: p.Pack,
		Template: "first-ring-testing", Measure: "mass_testing", Title: words.Text{Zh: "检测", En: "Test", Ja: "検査", Ko: "검사"},
		Area: Harbour, Addressee: "harbour-duty", Held: "harbour-duty", Authority: "cn-risk-2020a",
		Due: morning.Add(72 * time.Hour), AckBy: morning.Add(2 * time.Hour),
		Completion: &direct.Completion{Figure: "samples.taken", Target: 1000},
		State:      direct.Issued, Issued: morning, Changed: morning, By: "alice", Version: 1}
}

func aShift(n int) direct.Shift {
	return direct.Shift{ID: direct.ShiftID(id(n)), Post: "harbour-duty", User: "alice", From: morning, Until: morning.Add(8 * time.Hour), Version: 1}
}

func anAccount(n int, name string) access.Account {
	return access.Account{ID: party.UserID(id(n)), Name: name, Display: "Alice", Organisation: "cdc",
		Grants: []access.Grant{{Role: access.Commander, Area: City}}, Secret: "$argon2id$", Created: morning, Version: 1}
}

// write carries out an act that writes what fn says and journals it.
func write(t *testing.T, db *store.DB, entry int, fn func(ctx context.Context, tx *store.Tx) []trace.Ref, records ...any) {
	t.Helper()
	err := store.Writer[*store.Tx](db)(t.Context(), func(tx *store.Tx) error {
		refs := fn(t.Context(), tx)
		return tx.Record(t.Context(), anEntry(entry, refs, records))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func anEntry(n int, refs []trace.Ref, records []any) journal.Entry {
	e := journal.Entry{ID: journal.EntryID(id(n)), At: morning, Actor: access.System, Act: "signal.raise", Area: Harbour, Why: []byte{1, 2}}
	for i, r := range refs {
		e.Touches = append(e.Touches, journal.Touch{Ref: r, Digest: journal.Digest(records[i])})
	}
	if len(refs) > 0 {
		e.Subject = refs[0]
	}
	return e
}

func aMemory(key string) command.Memory {
	return command.Memory{User: "alice", Key: key, Asked: sha256.Sum256([]byte(key)), Answer: []byte(`{"id":"1"}`), At: morning}
}
