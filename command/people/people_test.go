package people_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/observe/venue/venuetest"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
	"github.com/breakwater-eoc/breakwater/store/visitlog"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// the day of the command's clock, and a person, a site.
var (
	today  = civil.MustDay("2020-07-01")
	person = func(n uint64) trace.Token { return venuetest.Number(2000 + n) }
	site   = trace.Token(venuetest.Number(1001))
)

// fixture is a small city's command with a log of visits beside its records.
type fixture struct {
	*desktest.Command
	desk    *people.Desk
	disk    *disktest.Disk
	signers people.Signers
	sent    uint64
}

func newFixture(t *testing.T, db *store.DB) *fixture {
	t.Helper()
	f := &fixture{Command: desktest.New(t, db), disk: disktest.New(1)}
	keys, err := trust.OpenDayKeys(f.disk, "keys", rand.Reader)
	must(t, err)
	log, err := visitlog.Open(f.disk, "visits", keys, rand.Reader, visitlog.Options{})
	must(t, err)
	ledger, err := trust.OpenLedger(f.disk, "certificates")
	must(t, err)
	for name, into := range map[party.UserID]*trust.Signer{"li": &f.signers.By, "wang": &f.signers.Witness} {
		*into, err = trust.OpenSigner(f.disk, "signers", name, rand.Reader)
		must(t, err)
	}
	f.desk = &people.Desk{Center: f.Center, Write: store.Writer[people.Tx](db), Store: db, City: storetest.City, Keep: 21,
		Visits: people.Visits{Log: log, Keys: keys, Ledger: ledger,
			Known: func(names ...party.UserID) (map[party.UserID]ed25519.PublicKey, error) {
				return trust.PublicKeys(f.disk, "signers", names...)
			}}}
	f.Audit.Ledgers = []audit.Ledger{f.desk.Check}
	return f
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// visit has some people at the site together for an hour from nine o'clock.
func (f *fixture) visit(day civil.Day, who ...uint64) {
	f.TB.Helper()
	enter := trace.InstantOf(day.At(9, 0, f.Center.City))
	var batch []venue.Observation
	for _, n := range who {
		f.sent++
		key, err := f.desk.Visits.Keys.Ensure(day)
		must(f.TB, err)
		batch = append(batch, venue.Observation{Act: venue.CheckIn, Visit: venue.Visit{ID: venuetest.Number(f.sent), Site: venue.SiteID(site),
			Day: day, Who: key.Pseudonym(trust.Person(person(n))), Enter: enter, Leave: enter + trace.Hour, Party: 1}})
	}
	_, err := f.desk.Visits.Log.Append(f.TB.Context(), batch)
	must(f.TB, err)
}

// acts lists the acts upon visits, the oldest first.
func (f *fixture) acts() (acts []string) {
	f.TB.Helper()
	auditor := desktest.Officer(access.Auditor, storetest.City)
	page, err := f.Audit.Entries(f.TB.Context(), auditor, audit.EntryFilter{Act: "visits."}, command.Paging{Limit: 200})
	must(f.TB, err)
	for _, l := range page.Items {
		acts = append([]string{l.Entry.Act}, acts...)
	}
	return acts
}

func (f *fixture) flaws() []journal.Flaw {
	f.TB.Helper()
	_, err := f.Audit.Link(f.TB.Context())
	must(f.TB, err)
	r, err := f.Audit.Fsck(f.TB.Context(), func(int, int) {})
	must(f.TB, err)
	return r.Flaws
}

func (f *fixture) same(want ...string) {
	f.TB.Helper()
	got := f.acts()
	if len(got) != len(want) {
		f.TB.Fatalf("acts %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			f.TB.Fatalf("acts %v, want %v", got, want)
		}
	}
}

func TestADayIsJournalledFromItsSealToItsEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		f.visit(today, 1, 2)
		must(t, f.desk.Retain(t.Context(), &f.signers))
		f.same() // the day is not over
		f.Pass(24 * time.Hour)
		must(t, f.desk.Retain(t.Context(), &f.signers))
		must(t, f.desk.Retain(t.Context(), &f.signers))
		f.same("visits.seal")
		f.visit(today, 3)
		if flaws := f.flaws(); len(flaws) > 0 {
			t.Errorf("a visit that came late is told as %v", flaws)
		}
		must(t, f.desk.Retain(t.Context(), &f.signers))
		f.same("visits.seal", "visits.reseal")
		f.Pass(21 * 24 * time.Hour)
		must(t, f.desk.Retain(t.Context(), &f.signers))
		must(t, f.desk.Retain(t.Context(), &f.signers))
		f.same("visits.seal", "visits.reseal", "visits.destroy")
		records, err := db.VisitDays(t.Context())
		if err != nil || len(records) != 1 || records[0].State != venue.Destroyed || records[0].Visits != 3 || records[0].Certificate != 1 ||
			records[0].By != "li" || records[0].Witness != "wang" || records[0].Proof != f.certificates()[0].Digest() {
			t.Errorf("on record is %+v, %v; want one destroyed day of three visits", records, err)
		}
		if flaws := f.flaws(); len(flaws) > 0 {
			t.Errorf("fsck: %v", flaws)
		}
		if _, err := f.desk.Destroy(t.Context(), today, f.signers); !fault.Is(err, fault.Conflict) {
			t.Errorf("destroyed twice: %v, want a conflict", err)
		}
		if _, err := f.desk.Destroy(t.Context(), today+1, people.Signers{By: f.signers.By, Witness: f.signers.By}); !fault.Is(err, fault.Invalid) {
			t.Errorf("one's own witness: %v, want a refusal", err)
		}
	})
}

func TestWhatWasDoneWithoutTheJournalIsJournalledByTheNextRound(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	f.visit(today, 1)
	f.visit(today+1, 1)
	v := f.desk.Visits
	_, err := venue.Purge(t.Context(), v.Log, v.Ledger, today, f.Now, f.signers.By, f.signers.Witness)
	must(t, err)
	if flaws := f.flaws(); len(flaws) != 1 || flaws[0].Kind != journal.Orphan || flaws[0].Ref.Kind != people.CertificateKind {
		t.Errorf("fsck: %v, want that the journal does not hold the certificate", flaws)
	}
	f.Pass(2 * 24 * time.Hour)
	must(t, f.desk.Retain(t.Context(), nil))
	f.same("visits.destroy", "visits.seal")
	if flaws := f.flaws(); len(flaws) > 0 {
		t.Errorf("fsck: %v", flaws)
	}
}

// TestFsckNamesWhatDaysAndJournalContradict wrecks one thing each.
func TestFsckNamesWhatDaysAndJournalContradict(t *testing.T) {
	day, destroyed := trace.Ref{Kind: venue.DayKind, ID: (today + 1).String()}, trace.Ref{Kind: venue.DayKind, ID: today.String()}
	first := trace.Ref{Kind: people.CertificateKind, ID: "1"}
	all := trace.Ref{Kind: people.CertificateKind, ID: "all"}
	for _, tc := range []struct {
		name  string
		wreck func(t *testing.T, f *fixture)
		want  []journal.Flaw
	}{
		{"nothing", func(*testing.T, *fixture) {}, nil},
		{"a sealed day that is gone without a certificate", func(t *testing.T, f *fixture) {
			must(t, f.desk.Visits.Log.Forget(t.Context(), today+1))
		}, []journal.Flaw{{Kind: journal.Missing, Ref: day}}},
		{"a sealed day that holds something else", func(t *testing.T, f *fixture) {
			f.visit(today+1, 9)
			_, err := f.desk.Visits.Log.Inventory(t.Context(), today+1) // sealed behind the journal's back
			must(t, err)
		}, []journal.Flaw{{Kind: journal.Tampered, Ref: day}}},
		{"a certificate that is gone", func(t *testing.T, f *fixture) {
			must(t, f.disk.Remove("certificates/000001.json"))
			f.reopenLedger()
		}, []journal.Flaw{{Kind: journal.Missing, Ref: first}}},
		{"another certificate with good signatures", func(t *testing.T, f *fixture) {
			must(t, f.disk.Remove("certificates/000001.json"))
			f.reopenLedger()
			fewer := func() (trust.Inventory, error) { return trust.Inventory{Day: today, Visits: 1, Files: 1}, nil }
			must(t, f.desk.Visits.Ledger.Intend(fewer, today))
			_, err := f.desk.Visits.Ledger.Issue(today, f.Now, f.signers.By, f.signers.Witness)
			must(t, err)
		}, []journal.Flaw{{Kind: journal.Tampered, Ref: first}}},
		{"a certificate that does not verify", func(t *testing.T, f *fixture) {
			f.desk.Visits.Known = func(...party.UserID) (map[party.UserID]ed25519.PublicKey, error) { return nil, nil }
		}, []journal.Flaw{{Kind: journal.Tampered, Ref: all}}},
		{"a destroyed day whose key is back", func(t *testing.T, f *fixture) {
			must(t, f.disk.Remove("keys/"+today.String()+".gone"))
			f.reopenKeys()
			_, err := f.desk.Visits.Keys.Ensure(today)
			must(t, err)
		}, []journal.Flaw{{Kind: journal.Tampered, Ref: destroyed}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := newFixture(t, storetest.SQLite(t))
			f.visit(today, 1, 2)
			f.visit(today+1, 1, 2)
			f.Pass(2 * 24 * time.Hour)
			must(t, f.desk.Retain(t.Context(), nil))
			_, err := f.desk.Destroy(t.Context(), today, f.signers)
			must(t, err)
			tc.wreck(t, f)
			got := f.flaws()
			if len(got) != len(tc.want) {
				t.Fatalf("flaws %v, want %v", got, tc.want)
			}
			for i, want := range tc.want {
				if got[i].Kind != want.Kind || got[i].Ref != want.Ref || got[i].Problem == "" {
					t.Errorf("flaw %+v, want %+v", got[i], want)
				}
			}
		})
	}
}

func (f *fixture) certificates() []trust.Certificate {
	f.TB.Helper()
	issued, err := f.desk.Visits.Ledger.Certificates()
	must(f.TB, err)
	return issued
}

func (f *fixture) reopenLedger() {
	var err error
	f.desk.Visits.Ledger, err = trust.OpenLedger(f.disk, "certificates")
	must(f.TB, err)
}

func (f *fixture) reopenKeys() {
	var err error
	f.desk.Visits.Keys, err = trust.OpenDayKeys(f.disk, "keys", rand.Reader)
	must(f.TB, err)
}

func TestADamagedDayIsTold(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	f.visit(today, 1, 2)
	f.Pass(24 * time.Hour)
	broken := errors.New("block 3 of run 2 is torn")
	f.desk.Visits.Log = failing{Log: f.desk.Visits.Log, inventory: broken}
	if err := f.desk.Retain(t.Context(), nil); !errors.Is(err, broken) {
		t.Errorf("the round says %v, want the damage", err)
	}
	f.same()
}

// failing is a log of which some things fail.
type failing struct {
	venue.Log
	days, inventory, forget error
}

func (l failing) Days(ctx context.Context) ([]civil.Day, error) {
	if l.days != nil {
		return nil, l.days
	}
	return l.Log.Days(ctx)
}

func (l failing) Inventory(ctx context.Context, day civil.Day) (trust.Inventory, error) {
	if l.inventory != nil {
		return trust.Inventory{}, l.inventory
	}
	return l.Log.Inventory(ctx, day)
}

func (l failing) Forget(ctx context.Context, day civil.Day) error {
	if l.forget != nil {
		return l.forget
	}
	return l.Log.Forget(ctx, day)
}

var duty = desktest.Officer(access.DutyOfficer, storetest.City)

// troubles are the kinds of what is wrong, with the days.
func (f *fixture) troubles() map[people.TroubleKind][]civil.Day {
	f.TB.Helper()
	all, err := f.desk.Troubles(duty)
	must(f.TB, err)
	kinds := map[people.TroubleKind][]civil.Day{}
	for _, x := range all {
		kinds[x.Kind] = x.Days
	}
	return kinds
}

func TestTroublesAreToldAndGoAwayOnceTheyAreMended(t *testing.T) {
	lost := errors.New("the disk does not answer")
	for _, tc := range []struct {
		name  string
		pass  time.Duration
		wreck func(f *fixture)
		kind  people.TroubleKind
		days  int
	}{
		{"the days cannot be listed", 0, func(f *fixture) { f.desk.Visits.Log = failing{Log: f.desk.Visits.Log, days: lost} }, people.Unchecked, 0},
		{"a day cannot be sealed", 24 * time.Hour, func(f *fixture) { f.desk.Visits.Log = failing{Log: f.desk.Visits.Log, inventory: lost} }, people.Unsealed, 1},
		{"a day cannot be destroyed", 21 * 24 * time.Hour, func(f *fixture) { f.desk.Visits.Log = failing{Log: f.desk.Visits.Log, forget: lost} }, people.Undestroyed, 1},
		{"a certificate does not verify", 0, func(f *fixture) {
			f.desk.Visits.Known = func(...party.UserID) (map[party.UserID]ed25519.PublicKey, error) { return nil, nil }
		}, people.Unproved, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := newFixture(t, storetest.SQLite(t))
			f.visit(today, 1)
			f.visit(today-1, 1)
			v := f.desk.Visits
			_, err := venue.Purge(t.Context(), v.Log, v.Ledger, today-1, f.Now, f.signers.By, f.signers.Witness)
			must(t, err)
			f.Pass(tc.pass)
			tc.wreck(f)
			if err := f.desk.Retain(t.Context(), &f.signers); err == nil {
				t.Error("the round is content")
			}
			began := f.Center.Time()
			days, told := f.troubles()[tc.kind]
			if !told || len(days) != tc.days {
				t.Errorf("troubles are %v, want %s of %d days", f.troubles(), tc.kind, tc.days)
			}
			f.Pass(time.Hour)
			if err := f.desk.Retain(t.Context(), &f.signers); err == nil {
				t.Error("the second round is content")
			}
			if all, err := f.desk.Troubles(duty); err != nil || !all[len(all)-1].Since.Equal(began) {
				t.Errorf("since %v, %v; want since it was first seen", all, err)
			}
			f.desk.Visits = v
			must(t, f.desk.Retain(t.Context(), &f.signers))
			if left := f.troubles(); len(left) > 0 {
				t.Errorf("once it is mended there are %v", left)
			}
		})
	}
}

func TestAKeyWithoutVisitsIsDestroyedInItsTime(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	_, err := f.desk.Visits.Keys.Ensure(today)
	must(t, err)
	f.Pass(24 * time.Hour)
	must(t, f.desk.Retain(t.Context(), &f.signers))
	f.same()
	f.Pass(21 * 24 * time.Hour)
	must(t, f.desk.Retain(t.Context(), &f.signers))
	if left := f.troubles(); len(left) > 0 {
		t.Errorf("a key of which no visits are stored is a trouble for ever: %v", left)
	}
	f.same("visits.destroy")
}

func TestWhatIsTooOldIsToldUntilItIsGone(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	f.visit(today, 1)
	f.Pass(22 * 24 * time.Hour)
	if err := f.desk.Retain(t.Context(), nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("a round without signers says %v, want that a day is too old", err)
	}
	if days := f.troubles()[people.Overdue]; len(days) != 1 || days[0] != today {
		t.Errorf("troubles are %v, want that day", f.troubles())
	}
	must(t, f.desk.Retain(t.Context(), &f.signers))
	if left := f.troubles(); len(left) > 0 {
		t.Errorf("once it is gone there are %v", left)
	}
}

func TestRoundsThatAreNotMadeAreATrouble(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	if len(f.troubles()) > 0 {
		t.Error("a desk that just began is in trouble")
	}
	f.Pass(2*people.Beat + time.Second)
	if _, told := f.troubles()[people.Unchecked]; !told {
		t.Error("no round for hours is not told")
	}
	must(t, f.desk.Retain(t.Context(), nil))
	if len(f.troubles()) > 0 {
		t.Error("a round does not mend it")
	}
	if _, err := f.desk.Troubles(desktest.Officer(access.Reporter, storetest.City)); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a reporter is told: %v", err)
	}
}
