package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
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

func TestVisitsFromImportToCertificate(t *testing.T) {
	data := t.TempDir()
	do := func(code int, want string, args ...string) {
		t.Helper()
		got := breakwater(t, "", append([]string{"--data", data}, args...)...)
		if got.code != code || !strings.Contains(got.out+got.err, want) {
			t.Errorf("breakwater %v: code %d, want %d and %q in:\n%s%s", args, got.code, code, want, got.out, got.err)
		}
	}
	file := visitFile(t)
	do(exitDone, "10 good rows, 0 refused\n", "visits", "import", file, "--preview")
	do(exitDone, "10 stored", "visits", "import", file)
	do(exitDone, "10 known", "visits", "import", file)
	day := []string{"--from", "2020-07-22", "--until", "2020-07-23"}
	do(exitDone, uuid(101), append([]string{"visits", "search", "--person", uuid(100)}, day...)...)
	do(exitDone, uuid(109), append([]string{"visits", "search", "--site", uuid(500)}, day...)...)
	do(exitDone, `"entered":10`, append([]string{"--json", "visits", "occupancy", "--site", uuid(500)}, day...)...)
	do(exitCouldNot, "approvals", "visits", "declare", "--basis", "Law, article 42", "--by", "li@health", "--by", "wang@health")
	do(exitDone, "visits are collected in 210200", "visits", "declare", "--basis", "Law, article 42", "--by", "li@health", "--by", "wang@congress")
	do(exitDone, "10 visits in 1 files", "visits", "seal", "2020-07-22")
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
		uuid(21)+","+uuid(500)+",someone,2020-07-22T10:00:00+08:00,yesterday")
	data := t.TempDir()
	got := breakwater(t, "", "--data", data, "visits", "import", file)
	for _, want := range []string{"line 12: the visit ends before it begins", "line 13, column 3 (person)", "line 13, column 5 (leave)", "3 refused"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("no %q in:\n%s", want, got.out)
		}
	}
	if got.code != exitFoundWrong || strings.Contains(got.out, "stored") || strings.Contains(got.out, "someone") {
		t.Errorf("a file with bad rows said %+v; nothing may be stored, and no name shown", got)
	}
	if got := breakwater(t, "", "--data", data, "visits", "import", "--good-only", file); !strings.Contains(got.out, "10 stored") {
		t.Errorf("--good-only said %+v", got)
	}
	if got := breakwater(t, "", "--data", data, "visits", "verify", "--keep", "0"); got.code != exitFoundWrong {
		t.Errorf("verify with no day to keep said %+v, want that the day is too old", got)
	}
}

func TestAServerSealsWhatIsOverAndDestroysWhatIsTooOld(t *testing.T) {
	data := t.TempDir()
	if got := breakwater(t, "", "--data", data, "visits", "import", visitFile(t)); got.code != exitDone {
		t.Fatalf("said %+v", got)
	}
	at := time.Date(2020, 7, 23, 1, 0, 0, 0, time.UTC)
	c := &call{world: world{now: func() time.Time { return at }, random: rand.NewChaCha8([32]byte{})}, settings: Settings{Data: data}}
	for _, wrong := range []retentionFlags{{}, {KeepVisits: 21, PurgeBy: "li"}, {KeepVisits: 21, PurgeBy: "li", PurgeWitness: "li"}} {
		if _, err := wrong.retention(c, &visits{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v, want a refusal", wrong, err)
		}
	}
	err := c.withVisits(t.Context(), func(v *visits) error {
		tell, err := retentionFlags{KeepVisits: 21}.retention(c, v)
		if err != nil {
			return err
		}
		if err := tell.once(t.Context()); err != nil {
			t.Errorf("the day after: %v", err)
		}
		if i, err := v.log.Inventory(t.Context(), civil.MustDay("2020-07-22")); err != nil || i.Files != 1 || i.Visits != 10 {
			t.Errorf("the day that is over has %+v, %v; want one final file of ten visits", i, err)
		}
		at = at.AddDate(0, 0, 21)
		if err := tell.once(t.Context()); !fault.Is(err, fault.Conflict) {
			t.Errorf("nobody destroys what is too old: %v, want an alarm", err)
		}
		purge, err := retentionFlags{KeepVisits: 21, PurgeBy: "li", PurgeWitness: "wang"}.retention(c, v)
		if err != nil {
			return err
		}
		if err := purge.once(t.Context()); err != nil || len(v.ledger.Certificates()) != 1 {
			t.Errorf("purge: %v, %d certificates, want one", err, len(v.ledger.Certificates()))
		}
		if days, err := v.log.Days(t.Context()); err != nil || len(days) != 0 {
			t.Errorf("after the purge there are %v, %v", days, err)
		}
		return purge.once(t.Context())
	})
	if err != nil {
		t.Error(err)
	}
}
