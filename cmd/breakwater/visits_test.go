package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// uuid makes an id of a small number.
func uuid(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

// visitFile writes a table of visits: ten people at one site, a quarter of an
// hour apart, half an hour each.
func visitFile(t *testing.T, extra ...string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("id,site,person,enter,leave\n")
	for n := range 10 {
		fmt.Fprintf(&b, "%s,%s,%s,2020-07-22T08:%02d:00+08:00,2020-07-22T09:%02d:00+08:00\n", uuid(n+1), uuid(500), uuid(100+n), n, n)
	}
	for _, row := range extra {
		b.WriteString(row + "\n")
	}
	name := filepath.Join(t.TempDir(), "visits.csv")
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// uses gives a function that runs the program over a data folder, and fails the
// test unless it ends with a code and says something.
func uses(t *testing.T, data string) func(code int, want, input string, args ...string) {
	return func(code int, want, input string, args ...string) {
		t.Helper()
		got := breakwater(t, input, append([]string{"--data", data}, args...)...)
		if got.code != code || !strings.Contains(got.out+got.err, want) {
			t.Errorf("breakwater %v: code %d, want %d and %q in:\n%s%s", args, got.code, code, want, got.out, got.err)
		}
	}
}

func TestVisitsFromImportToCertificate(t *testing.T) {
	data := t.TempDir()
	run := uses(t, data)
	do := func(code int, want string, args ...string) { t.Helper(); run(code, want, "", args...) }
	file := visitFile(t)
	do(exitCouldNot, "name with --by who approves", "visits", "declare", "--basis", "Law, article 42", "--officer", "li")
	do(exitCouldNot, "another organisation", "visits", "declare", "--basis", "Law, article 42", "--by", "li@health", "--by", "wang@health")
	do(exitCouldNot, "twice", "visits", "declare", "--basis", "Law, article 42", "--by", "li@health")
	do(exitCouldNot, "user@organisation", "visits", "declare", "--basis", "Law, article 42", "--by", "li", "--by", "wang@health")
	do(exitCouldNot, "days", "visits", "declare", "--basis", "Law, article 42", "--days", "31", "--by", "li@health", "--by", "wang@congress")
	do(exitCouldNot, "999999", "visits", "declare", "--area", "999999", "--basis", "Law, article 42", "--by", "li@health", "--by", "wang@congress")
	do(exitDone, "visits are collected in 210200", "visits", "declare", "--basis", "Law, article 42", "--by", "li@health", "--by", "wang@congress")
	do(exitDone, "li@health, wang@congress", "visits", "declarations")
	do(exitDone, "10 good rows, 0 refused\n", "visits", "import", file, "--preview")
	do(exitDone, "10 stored", "visits", "import", file)
	do(exitDone, "10 known", "visits", "import", file)
	day := []string{"--from", "2020-07-22", "--until", "2020-07-23"}
	do(exitDone, `"entered":10`, append([]string{"--json", "visits", "occupancy", "--site", uuid(500)}, day...)...)
	do(exitDone, `"present":9`, "--json", "visits", "occupancy", "--site", uuid(500))
	do(exitDone, "9 people at 2020-07-22 09:00", "visits", "occupancy", "--site", uuid(500))
	do(exitCouldNot, "", "visits", "occupancy", "--site", uuid(500), "--from", "2020-07-22")
	do(exitCouldNot, "no records of a command", append([]string{"visits", "search", "--person", uuid(100)}, day...)...)
	do(exitDone, "not journalled", "visits", "seal", "2020-07-22")
	do(exitCouldNot, "no visits of 2020-07-12", "visits", "seal", "2020-07-12")
	do(exitCouldNot, "no visits of 2021-07-22", "visits", "forget", "2021-07-22", "--by", "li", "--witness", "wang")
	do(exitDone, "clean", "visits", "verify")
	do(exitCouldNot, "another person", "visits", "forget", "2020-07-22", "--by", "li", "--witness", "li")
	do(exitDone, "certificate 1", "visits", "forget", "2020-07-22", "--by", "li", "--witness", "wang")
	do(exitCouldNot, "destroyed", "visits", "forget", "2020-07-22", "--by", "li", "--witness", "wang")
	do(exitCouldNot, "destroyed", "visits", "import", file)
	do(exitDone, "clean: 1 certificates", "visits", "verify")

	certificate := filepath.Join(data, "certificates", "000001.json")
	b, err := os.ReadFile(certificate)
	if err != nil {
		t.Fatal(err)
	}
	forged := strings.Replace(string(b), `"visits": 10`, `"visits": 9`, 1)
	if err := os.WriteFile(certificate, []byte(forged), 0o600); err != nil {
		t.Fatal(err)
	}
	do(exitFoundWrong, "forged", "visits", "verify")
}

func TestBadRowsOfVisitsAreNamed(t *testing.T) {
	file := visitFile(t,
		uuid(20)+","+uuid(500)+","+uuid(1)+",2020-07-22T10:00:00+08:00,2020-07-22T09:00:00+08:00",
		uuid(21)+","+uuid(500)+",someone,2020-07-22T10:00:00+08:00,yesterday",
		uuid(22)+","+uuid(500)+","+uuid(1)+",2020-07-22T12:00:00+08:00,2020-07-22T13:00:00+08:00",
		uuid(23)+","+uuid(500)+","+uuid(1)+",2020-07-01T12:00:00+08:00,2020-07-01T13:00:00+08:00")
	data := t.TempDir()
	got := breakwater(t, "", "--data", data, "visits", "import", file)
	for _, want := range []string{"line 12: the visit ends before it begins", "line 13, column 3 (person)", "line 13, column 5 (leave)",
		"line 14: the time lies in the future", "line 15: the day 2020-07-01 is no longer kept", "5 refused"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("no %q in:\n%s", want, got.out)
		}
	}
	if got.code != exitFoundWrong || strings.Contains(got.out, "stored") || strings.Contains(got.out, "someone") {
		t.Errorf("a file with bad rows said %+v; nothing may be stored, and no name shown", got)
	}
	if got := breakwater(t, "", "--data", data, "visits", "import", "--good-only", file); !strings.Contains(got.out, "10 counted") {
		t.Errorf("--good-only said %+v", got)
	}
	if got := breakwater(t, "", "--data", data, "visits", "verify", "--keep", "0"); got.code != exitFoundWrong {
		t.Errorf("verify with no day to keep said %+v, want that the day is too old", got)
	}
}

func TestAFileThatIsMostlyWrongIsNotLoadedInPart(t *testing.T) {
	data := t.TempDir()
	rows := make([]string, 1500)
	for i := range rows {
		rows[i] = "x,y,z,today,tomorrow"
	}
	file := visitFile(t, append(rows, uuid(20)+","+uuid(500)+","+uuid(1)+",2020-07-22T10:00:00+08:00,2020-07-22T11:00:00+08:00")...)
	if got := breakwater(t, "", "--data", data, "visits", "import", "--good-only", file); got.code != exitCouldNot || !strings.Contains(got.err, "nothing was loaded") {
		t.Errorf("a file of which the end was not looked at said %+v", got)
	}
	for i := range rows {
		rows[i] = uuid(1000+i) + "," + uuid(500) + "," + uuid(1) + ",2020-06-01T10:00:00+08:00,2020-06-01T11:00:00+08:00"
	}
	file = visitFile(t, rows...)
	got := breakwater(t, "", "--data", data, "visits", "import", "--preview", file)
	if got.code != exitFoundWrong || !strings.Contains(got.out, "10 good rows, 1500 refused") || !strings.Contains(got.out, "refused: 500 more") || strings.Count(got.out, "\n") > 1010 {
		t.Errorf("a file with rows of a day long gone said code %d and %d lines, ending with %q", got.code, strings.Count(got.out, "\n"), got.out[len(got.out)-60:])
	}
	if keys, err := filepath.Glob(filepath.Join(data, "keys", "days", "*.key")); err != nil || len(keys) > 0 {
		t.Errorf("files that were not loaded left %v, %v", keys, err)
	}
	do := uses(t, data)
	do(exitDone, "collected", "", "visits", "declare", "--basis", "Law, article 42", "--by", "li@health", "--by", "wang@congress")
	do(exitDone, "10 good rows", "", "visits", "import", "--preview", visitFile(t))
	if keys, err := filepath.Glob(filepath.Join(data, "keys", "days", "*.key")); err != nil || len(keys) > 0 {
		t.Errorf("a preview left %v, %v", keys, err)
	}
}

// TestACopyOfTheKeysDoesNotBringADayBack puts back keys and files of a destroyed
// day, as an old copy of the whole machine would.
func TestACopyOfTheKeysDoesNotBringADayBack(t *testing.T) {
	data := t.TempDir()
	run := uses(t, data)
	do := func(code int, want string, args ...string) { t.Helper(); run(code, want, "", args...) }
	do(exitDone, "collected", "visits", "declare", "--basis", "Law, article 42", "--by", "li@health", "--by", "wang@congress")
	do(exitDone, "10 stored", "visits", "import", visitFile(t))
	do(exitDone, "10 visits", "visits", "seal", "2020-07-22")
	old := map[string]string{}
	for _, part := range []string{"keys/days", "visits"} {
		old[part] = t.TempDir()
		if err := os.CopyFS(old[part], os.DirFS(filepath.Join(data, part))); err != nil {
			t.Fatal(err)
		}
	}
	do(exitDone, "certificate 1", "visits", "forget", "2020-07-22", "--by", "li", "--witness", "wang")
	bringBack := func() {
		t.Helper()
		for part, from := range old {
			if err := os.RemoveAll(filepath.Join(data, part)); err != nil {
				t.Fatal(err)
			}
			if err := os.CopyFS(filepath.Join(data, part), os.DirFS(from)); err != nil {
				t.Fatal(err)
			}
		}
	}
	bringBack()
	do(exitDone, `"peak":0`, "--json", "visits", "occupancy", "--site", uuid(500), "--from", "2020-07-22T10:00", "--until", "2020-07-22T11:00")
	do(exitDone, "clean: 1 certificates", "visits", "verify")
	if left, err := filepath.Glob(filepath.Join(data, "keys", "days", "*.key")); err != nil || len(left) > 0 {
		t.Errorf("keys %v are back, %v", left, err)
	}

	// A certificate that does not verify destroys nothing, and is told.
	bringBack()
	if err := os.RemoveAll(filepath.Join(data, "keys", "signers")); err != nil {
		t.Fatal(err)
	}
	do(exitFoundWrong, "have come back", "visits", "verify")
	do(exitFoundWrong, `"wrong":["`, "--json", "visits", "verify")
}

// TestOccupancyIsTheSameInParts counts a site over a week at once and in the parts
// in which the program does.
func TestOccupancyIsTheSameInParts(t *testing.T) {
	data := t.TempDir()
	do := uses(t, data)
	var rows []string
	for i := range 60 {
		enter := time.Date(2020, 7, 16+i/10, 23, i, 0, 0, time.UTC)
		rows = append(rows, uuid(2000+i)+","+uuid(501)+","+uuid(i+1)+","+enter.Format(time.RFC3339)+","+enter.Add(time.Duration(i)*20*time.Minute).Format(time.RFC3339))
	}
	do(exitDone, "collected", "", "visits", "declare", "--basis", "Law", "--by", "li@health", "--by", "wang@congress")
	do(exitDone, "70 stored", "", "visits", "import", visitFile(t, rows...))
	l := newLiveCommand(t, data)
	if err := l.withVisits(t.Context(), func(v *visits) error {
		site := venue.SiteID{6: 0x40, 8: 0x80, 14: 5, 15: 1} // uuid(501)
		w := trace.Window{From: trace.InstantOf(time.Date(2020, 7, 15, 1, 0, 0, 0, time.UTC)), Until: trace.InstantOf(time.Date(2020, 7, 22, 1, 0, 0, 0, time.UTC))}
		for _, step := range []trace.Instant{trace.Hour, 7 * trace.Hour, 30 * trace.Hour} {
			var stays []trace.Stay
			if err := v.log.AtSite(t.Context(), site, w, func(p venue.Presence) bool {
				stays = append(stays, trace.Stay{Window: p.Window(), Party: int(p.Party)})
				return true
			}); err != nil {
				return err
			}
			if len(stays) != 60 {
				t.Errorf("the site has %d stays, want 60", len(stays))
			}
			got, err := venue.Headcounts(t.Context(), v.log, site, w, step)
			if diff := cmp.Diff(trace.Occupancy(stays, w, step), got); err != nil || diff != "" {
				t.Errorf("in steps of %d hours: %v (-at once +in parts):\n%s", step/trace.Hour, err, diff)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestDamageIsNamedWithoutFoldersAndTheRestIsCounted(t *testing.T) {
	data := t.TempDir()
	do := uses(t, data)
	do(exitDone, "10 counted", "", "visits", "import", visitFile(t))
	do(exitDone, "10 visits", "", "visits", "seal", "2020-07-22")
	day := filepath.Join(data, visitsFolder, "2020-07-22")
	occupancy := []string{"--data", data, "visits", "occupancy", "--site", uuid(500), "--from", "2020-07-22", "--until", "2020-07-23"}
	said := func(what string, code int, args ...string) {
		t.Helper()
		got := breakwater(t, "", args...)
		if got.code != code || !strings.Contains(got.out+got.err, what) || strings.Contains(got.out+got.err, data) {
			t.Errorf("said %+v, want code %d, %q, and no folder", got, code, what)
		}
	}
	run := filepath.Join(day, "run-000002")
	if err := os.Rename(run, run+".away"); err != nil {
		t.Fatal(err)
	}
	said("the counts are too low", exitCouldNot, occupancy...)
	said("2020-07-22 00:00", exitCouldNot, occupancy...)
	said("run-000002 is damaged", exitFoundWrong, "--data", data, "visits", "verify")
	for _, name := range []string{"manifest", "manifest.twin"} {
		if err := os.Remove(filepath.Join(day, name)); err != nil {
			t.Fatal(err)
		}
	}
	said("manifest is damaged", exitFoundWrong, "--data", data, "visits", "verify")
}

// liveCommand is a use of the program whose clock the test moves, with a command's
// records and visits in one data folder.
type liveCommand struct {
	*call
	at time.Time
}

func newLiveCommand(t *testing.T, data string) *liveCommand {
	t.Helper()
	l := &liveCommand{at: time.Date(2020, 7, 23, 1, 0, 0, 0, time.UTC)}
	l.call = &call{world: world{now: func() time.Time { return l.at }, random: rand.NewChaCha8([32]byte{}), err: io.Discard},
		settings: Settings{Data: data, Pack: "cn-risk-2020a", Budget: 10}}
	return l
}

// with opens records and visits, and gives the flaws of a check at the end.
func (l *liveCommand) with(t *testing.T, fn func(v *visits, a *app)) []journal.Flaw {
	t.Helper()
	var report audit.Report
	err := l.withVisits(t.Context(), func(v *visits) error {
		return l.withApp(t.Context(), func(a *app) (err error) {
			fn(v, a)
			if _, err := a.audit.Link(t.Context()); err != nil {
				return err
			}
			a.audit.Ledgers = []audit.Ledger{v.desk(a, keepVisits).Check}
			report, err = a.audit.Fsck(t.Context(), func(int, int) {})
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return report.Flaws
}

func TestMalformedFilesOfVisitsAreRefusedWithTheirPlace(t *testing.T) {
	data := t.TempDir()
	for _, tc := range []struct {
		name, content, says string
		flags               []string
	}{
		{"nothing", "", "header", nil},
		{"no table", "\x00\x01\x02", "id", nil},
		{"a column missing", "id,site,person,enter\n", "leave", nil},
		{"a row too short", "id,site,person,enter,leave\n" + uuid(1) + "\n", "line 2", nil},
		{"an open quote", "id,site,person,enter,leave\n\"" + uuid(1), "line 2", nil},
		{"no CBOR", "\xff", "array", []string{"--cbor"}},
		{"half of CBOR", "\x81\xa1\x01", "array", []string{"--cbor"}},
		{"a text for a record", "\x81\x63abc", "line 1", []string{"--cbor"}},
	} {
		name := filepath.Join(t.TempDir(), "visits")
		if err := os.WriteFile(name, []byte(tc.content), 0o600); err != nil {
			t.Fatal(err)
		}
		got := breakwater(t, "", append([]string{"--data", data, "visits", "import", name}, tc.flags...)...)
		if got.code == exitDone || !strings.Contains(got.out+got.err, tc.says) {
			t.Errorf("%s: said %+v, want a refusal that says %q", tc.name, got, tc.says)
		}
	}
	if days, err := filepath.Glob(filepath.Join(data, visitsFolder, "*")); err != nil || len(days) > 0 {
		t.Errorf("refused files left %v, %v", days, err)
	}
}

func TestASearchNeedsACaseAPurposeAndItsOfficer(t *testing.T) {
	data := t.TempDir()
	const password = "a long enough password\n"
	do := uses(t, data)
	for name, held := range map[string]struct{ role, organisation string }{"chen": {"epidemiologist", "dalian-cdc"}, "lin": {"commander", "dalian-command"}} {
		do(exitDone, name, password, "user", "add", name, "--display", name, "--organisation", held.organisation, "--grant", held.role+"@210200")
	}
	event := confirmedEvent(t, data)
	law := []string{"visits", "declare", "--basis", "Law, article 42"}
	do(exitCouldNot, "its officers declare", "", append(law, "--by", "li@health", "--by", "wang@congress")...)
	do(exitCouldNot, "name or the password is wrong", "another password\n", append(law, "--officer", "lin")...)
	do(exitDone, "not in force yet", password, append(law, "--officer", "lin")...)
	early := filepath.Join(t.TempDir(), "early.csv")
	if err := os.WriteFile(early, []byte("id,site,person,enter,leave\n"+uuid(40)+","+uuid(500)+","+uuid(140)+",2020-07-22T08:00:00+08:00,2020-07-22T09:00:00+08:00\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	do(exitDone, "1 counted", "", "visits", "import", early)
	declared := breakwater(t, "", "--data", data, "--json", "visits", "declarations")
	var declaration trust.Declaration
	if err := json.Unmarshal([]byte(declared.out), &declaration); err != nil || declaration.State != trust.Proposed {
		t.Fatalf("the one declaration is %+v, %v", declared, err)
	}
	move := func(step, officer string, more ...string) []string {
		return append([]string{"visits", "move", string(declaration.ID), step, "--officer", officer}, more...)
	}
	do(exitCouldNot, "another organisation", password, move("approve", "lin")...)
	do(exitDone, "collected in 210200", password, move("approve", "chen")...)
	do(exitCouldNot, "cannot be declined", password, move("decline", "chen", "--why", "late")...)
	do(exitDone, "10 stored", "", "visits", "import", visitFile(t))
	search := []string{"visits", "search", "--person", uuid(100), "--from", "2020-07-22", "--until", "2020-07-23"}
	asked := func(officer string, more ...string) []string {
		return append(append(append([]string{}, search...), "--officer", officer), more...)
	}
	grounds := []string{"--event", event, "--purpose", "contact_tracing"}
	do(exitCouldNot, "--officer", "", append(search, grounds...)...)
	do(exitCouldNot, "name or the password is wrong", "another password\n", asked("chen", grounds...)...)
	do(exitCouldNot, "visit.disclose", password, asked("lin", grounds...)...)
	do(exitCouldNot, "event", password, asked("chen", "--purpose", "contact_tracing")...)
	do(exitCouldNot, "purpose", password, asked("chen", "--event", event)...)
	do(exitDone, uuid(101), password, asked("chen", grounds...)...)
	sources := append([]string{"visits", "sources", "--event", event, "--officer", "chen", "--from", "2020-07-22", "--until", "2020-07-23", "--person", uuid(100)}, "--person")
	do(exitDone, "adjusted p", password, append(sources, uuid(101))...)
	do(exitCouldNot, "different", password, append(sources, uuid(100))...)
	do(exitDone, "contact_tracing", "", "visits", "disclosures")
	do(exitDone, `"people":9`, "", "--json", "visits", "disclosures")
	do(exitCouldNot, "reason", password, move("end", "lin")...)
	do(exitDone, "ended", password, move("end", "lin", "--why", "the cluster is over")...)
	do(exitDone, "lin@dalian-command, chen@dalian-cdc", "", "visits", "declarations")
	do(exitDone, "chen", "", "visits", "disclosures")
	do(exitCouldNot, "no declaration", password, asked("chen", grounds...)...)
	do(exitDone, "0 flaws", "", "fsck")
}

// confirmedEvent has a case confirmed in the city and its signal verified.
func confirmedEvent(t *testing.T, data string) string {
	t.Helper()
	l := newLiveCommand(t, data)
	l.at = time.Date(2020, 7, 22, 1, 0, 0, 0, time.UTC)
	var id detect.EventID
	l.with(t, func(_ *visits, a *app) {
		officer := access.Actor{User: "chen", Grants: []access.Grant{{Role: access.Epidemiologist, Area: a.city.Root}}}
		_, err := a.watch.Ingest(t.Context(), officer, watch.Ingest{Source: "dalian-health-commission", Status: observe.Actual,
			Rows: []counts.Row{{Stream: counts.ConfirmedLocal, Area: a.city.Root, Day: civil.MustDay("2020-07-22"), Count: 3, Basis: place.Stated, Line: 1}}})
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.rounds.Make(t.Context())
		if err != nil || len(r.Signals) == 0 {
			t.Fatalf("three cases raised %v, %v", r.Signals, err)
		}
		e, err := a.watch.Verify(t.Context(), officer, r.Signals[0].ID, watch.VerifyIn{Hazard: "covid-19", Why: "laboratory result"})
		if err != nil {
			t.Fatal(err)
		}
		id = e.ID
	})
	return string(id)
}

func TestWhoSignsADestructionAreTwoPeople(t *testing.T) {
	c := newLiveCommand(t, t.TempDir()).call
	for _, wrong := range []retentionFlags{{}, {KeepVisits: 21, PurgeBy: "li"}, {KeepVisits: 21, PurgeBy: "li", PurgeWitness: "li"}} {
		if _, err := wrong.signers(c, &visits{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v, want a refusal", wrong, err)
		}
	}
}

func TestAServerSealsWhatIsOverAndDestroysWhatIsTooOld(t *testing.T) {
	data := t.TempDir()
	if got := breakwater(t, "", "--data", data, "visits", "import", visitFile(t)); got.code != exitDone {
		t.Fatalf("said %+v", got)
	}
	l := newLiveCommand(t, data)
	flaws := l.with(t, func(v *visits, a *app) {
		desk := v.desk(a, 21)
		if err := desk.Retain(t.Context(), nil); err != nil {
			t.Errorf("the day after: %v", err)
		}
		if i, err := v.log.Inventory(t.Context(), civil.MustDay("2020-07-22")); err != nil || i.Files != 1 || i.Visits != 10 {
			t.Errorf("the day that is over has %+v, %v; want one final file of ten visits", i, err)
		}
		l.at = l.at.AddDate(0, 0, 21)
		if err := desk.Retain(t.Context(), nil); !fault.Is(err, fault.Conflict) {
			t.Errorf("nobody destroys what is too old: %v, want an alarm", err)
		}
		by, err := retentionFlags{KeepVisits: 21, PurgeBy: "li", PurgeWitness: "wang"}.signers(l.call, v)
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.Retain(t.Context(), by); err != nil {
			t.Errorf("purge: %v", err)
		}
		if issued, err := v.ledger.Certificates(); err != nil || len(issued) != 1 {
			t.Errorf("%d certificates, %v, want one", len(issued), err)
		}
		if days, err := v.log.Days(t.Context()); err != nil || len(days) != 0 {
			t.Errorf("after the purge there are %v, %v", days, err)
		}
		if err := desk.Retain(t.Context(), by); err != nil {
			t.Error(err)
		}
		page, err := a.audit.Entries(t.Context(), a.reader(), audit.EntryFilter{Act: "visits."}, command.Paging{})
		if err != nil || len(page.Items) != 2 || page.Items[0].Entry.Act != "visits.destroy" || page.Items[1].Entry.Act != "visits.seal" {
			t.Errorf("the journal has %+v, %v; want that the day was sealed and destroyed", page.Items, err)
		}
	})
	if len(flaws) > 0 {
		t.Errorf("fsck: %v", flaws)
	}
}
