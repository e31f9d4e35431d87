package storetest

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
)

// world is a database with a command around it, and a way past the program.
type world struct {
	db     *store.DB
	center *command.Center
	desk   *audit.Desk
	// behind changes the database behind the program's back.
	behind func(text string, args ...any)
	now    time.Time
}

// eachWorld runs a test in a fresh world on each kind of database.
func eachWorld(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	eachKind(t, func(t *testing.T, fresh func(t *testing.T) *world) { test(t, fresh(t)) })
}

// eachKind runs a test on each kind of database, with as many fresh worlds as
// it wants.
func eachKind(t *testing.T, test func(t *testing.T, fresh func(t *testing.T) *world)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		test(t, func(t *testing.T) *world {
			path := filepath.Join(t.TempDir(), "breakwater.db")
			return newWorld(t, path, "sqlite", path+"?_pragma=busy_timeout(5000)")
		})
	})
	t.Run("postgres", func(t *testing.T) {
		test(t, func(t *testing.T) *world {
			address := pgtest.Start(t)
			return newWorld(t, address, "pgx", address)
		})
	})
}

func newWorld(t *testing.T, address, driver, source string) *world {
	t.Helper()
	w := &world{db: Open(t, address), now: morning}
	raw, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	w.behind = func(text string, args ...any) {
		t.Helper()
		result, err := raw.Exec(text, args...)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			t.Fatalf("%s changed nothing: %v", text, err)
		}
	}
	tree, err := place.NewTree(Areas())
	if err != nil {
		t.Fatal(err)
	}
	w.center = &command.Center{Now: func() time.Time { return w.now }, City: time.UTC, Random: &counter{}, Lineage: tree.Lineage, Sealer: openSealer{}}
	w.desk = &audit.Desk{Center: w.center, Store: w.db, Records: w.db}
	return w
}

// counter gives bytes that never repeat, in place of randomness.
type counter struct{ n uint64 }

func (c *counter) Read(b []byte) (int, error) {
	c.n++
	clear(b)
	binary.BigEndian.PutUint64(b[max(0, len(b)-8):], c.n)
	return len(b), nil
}

var _ io.Reader = (*counter)(nil)

// openSealer keeps texts as they are.
type openSealer struct{}

func (openSealer) Seal(_, _ string, text []byte) ([]byte, error)   { return text, nil }
func (openSealer) Open(_, _ string, sealed []byte) ([]byte, error) { return sealed, nil }

// root may do everything in the whole city.
func root() access.Actor {
	a := access.Actor{User: party.UserID(id(90)), Organisation: "cdc"}
	for _, r := range append(access.Roles(), access.Program) {
		a.Grants = append(a.Grants, access.Grant{Role: r, Area: City})
	}
	return a
}

// do carries out an act of the program's own kind.
func (w *world) do(t *testing.T, right access.Right, name, why string, fn func(ctx context.Context, tx *store.Tx, s *command.Scribe) error) {
	t.Helper()
	act := command.Act{Who: root(), Right: right, Name: name, Area: City, Why: why}
	_, err := command.Do(t.Context(), w.center, store.Writer[*store.Tx](w.db), act, func(tx *store.Tx, s *command.Scribe) (struct{}, error) {
		return struct{}{}, fn(t.Context(), tx, s)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// tell lives through an outbreak: counts, a signal, its verification, a
// proposal and its override, a level, a directive that is issued and closed,
// what the signal turned out to be, and an outbreak that no signal announced.
func (w *world) tell(t *testing.T) {
	t.Helper()
	b := aBatch(1)
	o, quiet := anObservation(2, b), anObservation(3, b)
	quiet.Day, quiet.Count = day-1, 0
	b.Rows = 2
	w.do(t, access.WriteCounts, "counts.ingest", "", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		rows := []counts.Observation{o, quiet}
		s.Wrote(detect.BatchKind, string(b.ID), counts.Sealed(b, rows))
		return tx.AddBatch(ctx, b, rows)
	})
	sig := aSignal(4)
	w.do(t, access.RaiseSignal, "signal.raise", "", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		s.Wrote(detect.SignalKind, string(sig.ID), sig)
		s.Because(detect.BatchKind, string(b.ID))
		return tx.AddSignal(ctx, sig)
	})
	e := anEvent(5, sig)
	w.do(t, access.TriageSignal, "signal.verify", "three confirmed in one plant", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		sig.State, sig.Event, sig.Version = detect.Verified, e.ID, 2
		s.Wrote(detect.EventKind, string(e.ID), e)
		s.Wrote(detect.SignalKind, string(sig.ID), sig)
		return errors.Join(tx.AddEvent(ctx, e), tx.SaveSignal(ctx, sig))
	})
	p := aProposal(6, e)
	w.do(t, access.MakeProposal, "proposal.make", "", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		s.Wrote(decide.ProposalKind, string(p.ID), p)
		s.Because(detect.EventKind, string(e.ID))
		return tx.AddProposal(ctx, p)
	})
	l := aLevel(7, p)
	w.do(t, access.DecideProposal, "proposal.override", "24 cases in one street", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		p.State, p.Decided, p.DecidedArea, p.Version = decide.Overridden, decide.High, Harbour, 2
		s.Wrote(decide.ProposalKind, string(p.ID), p)
		s.Wrote(decide.LevelKind, string(l.ID), l)
		return errors.Join(tx.SaveProposal(ctx, p), tx.AddLevel(ctx, l))
	})
	d := aDirective(8, p)
	w.do(t, access.IssueDirective, "directive.issue", "first ring", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		s.Wrote(direct.DirectiveKind, string(d.ID), d)
		s.Because(decide.ProposalKind, string(p.ID))
		return tx.AddDirective(ctx, d)
	})
	w.do(t, access.VerifyDone, "directive.close", "done", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		d.State, d.Version = direct.Closed, 2
		s.Wrote(direct.DirectiveKind, string(d.ID), d)
		return tx.SaveDirective(ctx, d)
	})
	a := anAccount(90, "alice")
	w.do(t, access.ManageUsers, "user.create", "", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		s.Wrote(access.AccountKind, string(a.ID), a)
		return tx.AddAccount(ctx, a)
	})
	shift := aShift(9)
	shift.User = a.ID
	w.do(t, access.WriteDuty, "duty.shift", "", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		s.Wrote(direct.ShiftKind, string(shift.ID), shift)
		return tx.AddShift(ctx, shift)
	})
	n := aNotice(10)
	w.do(t, access.WriteNotice, "notice.report", "", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		s.Wrote(detect.NoticeKind, string(n.ID), n)
		return tx.AddNotice(ctx, n)
	})
	o11, m12 := anOutcome(11, e), aMissed(12)
	w.do(t, access.TriageSignal, "signal.outcome", "sequenced", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		s.Wrote(detect.OutcomeKind, string(o11.ID), o11)
		return tx.AddOutcome(ctx, o11)
	})
	w.do(t, access.TriageSignal, "outbreak.missed", "told by a school", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
		s.Wrote(detect.MissedKind, string(m12.ID), m12)
		return tx.AddMissed(ctx, m12)
	})
	if n, err := w.desk.Link(t.Context()); err != nil || n != 12 {
		t.Fatalf("linked %d entries, %v, want 12", n, err)
	}
}

// flaws runs fsck and returns what it found, without the words.
func (w *world) flaws(t *testing.T) []journal.Flaw {
	t.Helper()
	last := 0
	report, err := w.desk.Fsck(t.Context(), func(done, total int) {
		if done < last || done > total {
			t.Errorf("progress went from %d to %d of %d", last, done, total)
		}
		last = done
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range report.Flaws {
		if report.Flaws[i].Problem == "" {
			t.Errorf("flaw of %s without words", report.Flaws[i].Ref)
		}
		report.Flaws[i].Problem = ""
	}
	return report.Flaws
}

func flaw(kind journal.FlawKind, of trace.Kind, id string, seq int64) journal.Flaw {
	return journal.Flaw{Kind: kind, Ref: trace.Ref{Kind: of, ID: id}, Seq: seq}
}

func TestFsckOfAnUntouchedDatabaseIsClean(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.tell(t)
		w.now = morning.Add(24 * time.Hour)
		report, err := w.desk.Fsck(t.Context(), func(int, int) {})
		if err != nil || len(report.Flaws) > 0 {
			t.Fatalf("flaws %v, %v", report.Flaws, err)
		}
		if report.Records != 11 || report.Entries != 12 || report.Head.Seq != 12 {
			t.Errorf("checked %d records and %d entries up to link %d, want 11, 12 and 12", report.Records, report.Entries, report.Head.Seq)
		}
	})
}

func TestFsckNamesWhatWasChangedBehindItsBack(t *testing.T) {
	tests := []struct {
		name  string
		wreck func(w *world, entry func(n int64) string)
		want  func(entry func(n int64) string) []journal.Flaw
	}{
		{"a count of a batch", func(w *world, _ func(int64) string) {
			w.behind("UPDATE observation SET counted = 2 WHERE id = $1", id(2))
		}, func(func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Tampered, "batch", id(1), 0)}
		}},
		{"a row added to a batch", func(w *world, _ func(int64) string) {
			w.behind(`INSERT INTO observation (seq, id, batch, stream, area, day, counted, source, status, basis, reported, recorded, supersedes)
				`+w.overriding()+` SELECT 99, 'new', batch, stream, area, day, 1, source, status, basis, reported, recorded, '' FROM observation WHERE id = $1`, id(2))
		}, func(func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Tampered, "batch", id(1), 0)}
		}},
		{"the decision of a proposal", func(w *world, _ func(int64) string) {
			w.behind("UPDATE proposal SET decided = 'low' WHERE id = $1", id(6))
		}, func(func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Tampered, "proposal", id(6), 0)}
		}},
		{"what a signal turned out to be", func(w *world, _ func(int64) string) {
			w.behind("UPDATE outcome SET truth = 'harmless' WHERE id = $1", id(11))
		}, func(func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Tampered, "outcome", id(11), 0)}
		}},
		{"an outbreak that was missed", func(w *world, _ func(int64) string) {
			w.behind("UPDATE missed SET withdrawn = 1 WHERE id = $1", id(12))
		}, func(func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Tampered, "missed", id(12), 0)}
		}},
		{"until when a signal sleeps", func(w *world, _ func(int64) string) {
			w.behind(`UPDATE signal SET snooze = '{"until":"2030-01-01"}' WHERE id = $1`, id(4))
		}, func(func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Tampered, "signal", id(4), 0)}
		}},
		{"a level raised by nobody", func(w *world, _ func(int64) string) {
			w.behind(`INSERT INTO area_level (seq, id, status, area, level, proposal, pack, from_at, review, expires, version) `+w.overriding()+`
				SELECT 99, 'new', status, area, 'high', proposal, pack, from_at, review, expires, 1 FROM area_level WHERE id = $1`, id(7))
		}, func(func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Orphan, "level", "new", 0)}
		}},
		{"an observation outside any batch", func(w *world, _ func(int64) string) {
			w.behind(`INSERT INTO observation (seq, id, batch, stream, area, day, counted, source, status, basis, reported, recorded, supersedes)
				`+w.overriding()+` SELECT 99, 'new', 'none', stream, area, day, 1, source, status, basis, reported, recorded, '' FROM observation WHERE id = $1`, id(2))
		}, func(func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Orphan, "observation", "new", 0)}
		}},
		{"a directive that vanished", func(w *world, _ func(int64) string) {
			w.behind("DELETE FROM directive WHERE id = $1", id(8))
		}, func(func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Missing, "directive", id(8), 0)}
		}},
		{"an event that vanished leaves references", func(w *world, _ func(int64) string) {
			w.behind("DELETE FROM event WHERE id = $1", id(5))
		}, func(entry func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Dangling, "entry", entry(4), 4), flaw(journal.Dangling, "signal", id(4), 0),
				flaw(journal.Dangling, "outcome", id(11), 0), flaw(journal.Dangling, "proposal", id(6), 0), flaw(journal.Dangling, "directive", id(8), 0), flaw(journal.Missing, "event", id(5), 0)}
		}},
		{"the actor of an entry", func(w *world, entry func(int64) string) {
			w.behind("UPDATE entry SET actor = 'bob' WHERE id = $1", entry(5))
		}, func(entry func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Tampered, "entry", entry(5), 5)}
		}},
		{"record and digest together", func(w *world, _ func(int64) string) {
			w.behind("UPDATE account SET display = 'Mallory' WHERE id = $1", id(90))
			forged := anAccount(90, "alice")
			forged.Display = "Mallory"
			digest := journal.Digest(forged)
			w.behind("UPDATE touch SET digest = $1 WHERE record = $2", digest[:], id(90))
		}, func(entry func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Tampered, "entry", entry(8), 8)}
		}},
		{"a link taken out", func(w *world, _ func(int64) string) {
			w.behind("DELETE FROM link WHERE number = 3")
		}, func(entry func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Missing, "entry", entry(4), 3), flaw(journal.Unlinked, "entry", entry(3), 0)}
		}},
		{"the head of a link", func(w *world, _ func(int64) string) {
			w.behind("UPDATE link SET head = own WHERE number = 3")
		}, func(entry func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Tampered, "entry", entry(3), 3), flaw(journal.Tampered, "entry", entry(4), 4)}
		}},
		{"an entry taken out", func(w *world, entry func(int64) string) {
			w.behind("DELETE FROM touch WHERE entry = (SELECT seq FROM entry WHERE id = $1)", entry(10))
			w.behind("DELETE FROM entry WHERE id = $1", entry(10))
		}, func(entry func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Missing, "entry", entry(10), 10), flaw(journal.Orphan, "notice", id(10), 0)}
		}},
		{"a record moved to an area that is not there", func(w *world, _ func(int64) string) {
			w.behind("UPDATE notice SET area = '310000' WHERE id = $1", id(10))
		}, func(func(int64) string) []journal.Flaw {
			return []journal.Flaw{flaw(journal.Tampered, "notice", id(10), 0), flaw(journal.Dangling, "notice", id(10), 0)}
		}},
	}
	eachKind(t, func(t *testing.T, fresh func(t *testing.T) *world) {
		for _, tc := range tests {
			t.Run(tc.name, func(t *testing.T) {
				w := fresh(t)
				w.tell(t)
				links, err := w.db.LinkedAfter(t.Context(), 0, 100)
				if err != nil {
					t.Fatal(err)
				}
				entry := func(n int64) string { return string(links[n-1].Entry.ID) }
				tc.wreck(w, entry)
				w.now = morning.Add(2 * audit.Patience)
				if diff := cmp.Diff(tc.want(entry), w.flaws(t)); diff != "" {
					t.Errorf("flaws (-want +got):\n%s", diff)
				}
			})
		}
	})
}

// overriding lets a statement set the number that PostgreSQL gives by itself.
func (w *world) overriding() string {
	if w.db.Database() == "postgres" {
		return "OVERRIDING SYSTEM VALUE"
	}
	return ""
}

func TestAnEntryThatNoLinkTakesUpIsReportedAfterAMinute(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.tell(t)
		n := aNotice(11)
		w.do(t, access.WriteNotice, "notice.report", "", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
			s.Wrote(detect.NoticeKind, string(n.ID), n)
			return tx.AddNotice(ctx, n)
		})
		w.now = morning.Add(audit.Patience)
		if got := w.flaws(t); len(got) > 0 {
			t.Errorf("within the minute: %v", got)
		}
		w.now = w.now.Add(time.Microsecond)
		entries, err := w.db.EntriesOf(t.Context(), trace.Ref{Kind: detect.NoticeKind, ID: id(11)})
		if err != nil || len(entries) != 1 || entries[0].Link != nil {
			t.Fatalf("entries %v, %v", entries, err)
		}
		if diff := cmp.Diff([]journal.Flaw{flaw(journal.Unlinked, "entry", string(entries[0].Entry.ID), 0)}, w.flaws(t)); diff != "" {
			t.Errorf("flaws (-want +got):\n%s", diff)
		}
		if n, err := w.desk.Link(t.Context()); n != 1 || err != nil {
			t.Errorf("linked %d, %v", n, err)
		}
		if got := w.flaws(t); len(got) > 0 {
			t.Errorf("once linked: %v", got)
		}
	})
}

func TestChainWalksFromADirectiveToTheCounts(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.tell(t)
		chain, err := w.desk.Chain(t.Context(), root(), trace.Ref{Kind: direct.DirectiveKind, ID: id(8)})
		if err != nil {
			t.Fatal(err)
		}
		type step struct{ Ref, Act, Why, Said string }
		var got []step
		for _, s := range chain.Steps {
			got = append(got, step{s.Ref.String(), s.Act, s.Why, s.Summary.Key})
		}
		want := []step{
			{"directive/" + id(8), "directive.close", "done", "chain.directive.closed"},
			{"proposal/" + id(6), "proposal.override", "24 cases in one street", "chain.proposal.overridden"},
			{"event/" + id(5), "signal.verify", "three confirmed in one plant", "chain.event"},
			{"signal/" + id(4), "signal.verify", "three confirmed in one plant", "chain.signal.ibs"},
			{"batch/" + id(1), "counts.ingest", "", "chain.batch"},
			{"observation/" + id(2), "", "", "chain.observations"},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("chain (-want +got):\n%s", diff)
		}
		if rows, ok := chain.Steps[5].Record.([]counts.Observation); !ok || len(rows) != 1 || rows[0].Count != 3 {
			t.Errorf("the chain ends with %v, want the 3 cases of the day", chain.Steps[5].Record)
		}
	})
}

func TestChainIsHiddenFromWhoMayNotSeeItsRecord(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.tell(t)
		officer := access.Actor{User: "o", Grants: []access.Grant{{Role: access.AreaOfficer, Area: West}}}
		_, err := w.desk.Chain(t.Context(), officer, trace.Ref{Kind: direct.DirectiveKind, ID: id(8)})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("an officer of another district: got %v, want not found", err)
		}
		officer.Grants[0].Area = Harbour
		chain, err := w.desk.Chain(t.Context(), officer, trace.Ref{Kind: direct.DirectiveKind, ID: id(8)})
		if err != nil || len(chain.Steps) != 6 {
			t.Fatalf("the officer of the street: %d steps, %v, want 6", len(chain.Steps), err)
		}
		if why := chain.Steps[1].Why; why != "" {
			t.Errorf("the officer of the street reads a reason of the city's: %q", why)
		}
		for _, ref := range []trace.Ref{{Kind: "shift", ID: id(9)}, {Kind: "signal", ID: "none"}} {
			if _, err := w.desk.Chain(t.Context(), root(), ref); !fault.Is(err, fault.NotFound) {
				t.Errorf("chain of %s: got %v, want not found", ref, err)
			}
		}
	})
}

func TestEntriesAreFilteredAndPaged(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.tell(t)
		tests := []struct {
			name   string
			filter audit.EntryFilter
			want   []string
		}{
			{"by a stage", audit.EntryFilter{Act: "directive."}, []string{"directive.close", "directive.issue"}},
			{"by an act", audit.EntryFilter{Act: "signal.raise"}, []string{"signal.raise"}},
			{"by a subject", audit.EntryFilter{Subject: trace.Ref{Kind: "proposal", ID: id(6)}}, []string{"proposal.override", "proposal.make"}},
			{"by another actor", audit.EntryFilter{Actor: "nobody"}, nil},
			{"by a time before", audit.EntryFilter{Until: morning}, nil},
			{"by a time from then", audit.EntryFilter{From: morning, Act: "user."}, []string{"user.create"}},
		}
		for _, tc := range tests {
			page, err := w.desk.Entries(t.Context(), root(), tc.filter, command.Paging{})
			var got []string
			for _, l := range page.Items {
				got = append(got, l.Entry.Act)
			}
			if err != nil || !slices.Equal(got, tc.want) {
				t.Errorf("%s: got %v, %v, want %v", tc.name, got, err, tc.want)
			}
		}
		var all []string
		for p := (command.Paging{Limit: 3}); ; {
			page, err := w.desk.Entries(t.Context(), root(), audit.EntryFilter{}, p)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range page.Items {
				all = append(all, l.Entry.Act)
			}
			if p.After = page.Next; page.Next == "" {
				break
			}
		}
		if len(all) != 12 || all[0] != "outbreak.missed" || all[11] != "counts.ingest" {
			t.Errorf("the pages hold %v", all)
		}
		moments, err := w.desk.Moments(t.Context(), root(), morning, morning.Add(time.Hour))
		if err != nil || len(moments) != 5 || moments[0].Entry.Act != "signal.verify" {
			t.Errorf("%d moments, %v, want 5 from the verification on", len(moments), err)
		}
	})
}
