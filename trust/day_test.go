package trust_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

var day = civil.MustDay("2020-07-22")

func openDays(t testing.TB, dir string) *trust.DayKeys {
	t.Helper()
	keys, err := trust.OpenDayKeys(disk.OS{}, dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func ensure(t testing.TB, keys *trust.DayKeys, d civil.Day) trust.DayKey {
	t.Helper()
	key, err := keys.Ensure(d)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestPseudonymsResolveOnTheirOwnDayOnly(t *testing.T) {
	dir := t.TempDir()
	keys := openDays(t, dir)
	first, second := ensure(t, keys, day), ensure(t, keys, day+1)
	rapid.Check(t, func(t *rapid.T) {
		person := trust.Person(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "person"))
		q := first.Pseudonym(person)
		if got := first.Resolver().Person(q); got != person {
			t.Errorf("a resolver gives another person than %v", person)
		}
		if got := first.Person(q); got != person {
			t.Error("the day's key does not resolve its own pseudonym")
		}
		if second.Pseudonym(person) == q || second.Person(q) == person {
			t.Error("a pseudonym means something on another day")
		}
	})
	again, err := openDays(t, dir).Get(day)
	if err != nil || again.Pseudonym(trust.Person{1}) != first.Pseudonym(trust.Person{1}) {
		t.Errorf("after a restart the pseudonyms differ (%v)", err)
	}
}

func TestDestroyedDayNeverComesBack(t *testing.T) {
	dir := t.TempDir()
	keys := openDays(t, dir)
	ensure(t, keys, day)
	ensure(t, keys, day+1)
	if err := keys.Destroy(day); err != nil {
		t.Fatal(err)
	}
	for _, k := range []*trust.DayKeys{keys, openDays(t, dir)} {
		if _, err := k.Get(day); !fault.Is(err, fault.Conflict) {
			t.Errorf("Get gives %v, want conflict", err)
		}
		if _, err := k.Ensure(day); !fault.Is(err, fault.Conflict) {
			t.Errorf("Ensure gives %v, want conflict", err)
		}
		if got, err := k.Days(); err != nil || len(got) != 1 || got[0] != day+1 {
			t.Errorf("Days() = %v, %v, want the other day only", got, err)
		}
	}
}

// TestSeveralProcessesShareADaysKey opens a folder twice, as a server and a
// sub-command do that share a database.
func TestSeveralProcessesShareADaysKey(t *testing.T) {
	dir := t.TempDir()
	server, command := openDays(t, dir), openDays(t, dir)
	who := trust.Person{7}
	if a, b := ensure(t, command, day).Pseudonym(who), ensure(t, server, day).Pseudonym(who); a != b {
		t.Error("each made a key of its own for the day")
	}
	made := ensure(t, command, day+1)
	if found, err := server.Get(day + 1); err != nil || found.Pseudonym(who) != made.Pseudonym(who) {
		t.Errorf("the key that another process made is not found: %v", err)
	}
	if days, err := server.Days(); err != nil || len(days) != 2 {
		t.Errorf("Days() = %v, %v, want both days", days, err)
	}
	if err := command.Destroy(day + 2); err != nil {
		t.Fatal(err)
	}
	if _, err := server.Ensure(day + 2); !fault.Is(err, fault.Conflict) {
		t.Errorf("a day that another process destroyed gets a key: %v", err)
	}
}

func TestKeysMadeAtOnceAreOne(t *testing.T) {
	dir := t.TempDir()
	got := make([]trust.Pseudonym, 8)
	var all sync.WaitGroup
	for i := range got {
		keys := openDays(t, dir)
		all.Go(func() {
			if key, err := keys.Ensure(day); err == nil {
				got[i] = key.Pseudonym(trust.Person{7})
			}
		})
	}
	all.Wait()
	for i := range got {
		if got[i] != got[0] || got[i] == (trust.Pseudonym{}) {
			t.Fatalf("process %d has another key than the first", i)
		}
	}
}

func TestALedgerNeverReplacesACertificate(t *testing.T) {
	dir := t.TempDir()
	by, witness := signer(t, "li"), signer(t, "wang")
	known := map[party.UserID]ed25519.PublicKey{"li": by.Public(), "wang": witness.Public()}
	open := func() *trust.Ledger {
		t.Helper()
		l, err := trust.OpenLedger(disk.OS{}, dir)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	issue := func(l *trust.Ledger, d civil.Day) trust.Certificate {
		t.Helper()
		if err := l.Intend(func() (trust.Inventory, error) { return trust.Inventory{Day: d}, nil }, d); err != nil {
			t.Fatal(err)
		}
		c, err := l.Issue(d, time.Date(2020, 8, 13, 0, 0, 0, 0, time.UTC), by, witness)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	server, command := open(), open()
	issue(command, day)
	issue(server, day+1)
	issue(command, day+2)
	issued, err := server.Certificates()
	if err != nil || len(issued) != 3 || trust.VerifyChain(issued, known) != nil {
		t.Fatalf("two processes issued %d certificates: %v, %v", len(issued), err, trust.VerifyChain(issued, known))
	}
	if err := os.Remove(filepath.Join(dir, "000001.json")); err != nil {
		t.Fatal(err)
	}
	if c := issue(open(), day+3); c.Number != 4 {
		t.Errorf("after one was removed the next is certificate %d, want 4", c.Number)
	}
	issued, err = open().Certificates()
	if err != nil || len(issued) != 3 || !fault.Is(trust.VerifyChain(issued, known), fault.Invalid) {
		t.Errorf("%d certificates, %v; want three, and that the gap is found", len(issued), err)
	}
}

func TestBlocksOpenOnlyInTheirPlace(t *testing.T) {
	key := ensure(t, openDays(t, t.TempDir()), day)
	sealer := key.Sealer(trust.Salt{1})
	block := sealer.Seal(nil, 7, []byte("visits"))
	if got, err := sealer.Open(nil, 7, block); err != nil || string(got) != "visits" {
		t.Errorf("Open = %q, %v", got, err)
	}
	if _, err := sealer.Open(nil, 8, block); !fault.Is(err, fault.Invalid) {
		t.Errorf("opened as another block: %v", err)
	}
	if _, err := key.Sealer(trust.Salt{2}).Open(nil, 7, block); !fault.Is(err, fault.Invalid) {
		t.Errorf("opened as a block of another file: %v", err)
	}
	for i := range block {
		altered := bytes.Clone(block)
		altered[i] ^= 0x80
		if _, err := sealer.Open(nil, 7, altered); !fault.Is(err, fault.Invalid) {
			t.Errorf("byte %d altered: %v, want invalid", i, err)
		}
	}
}

func TestNothingSecretPrints(t *testing.T) {
	key := ensure(t, openDays(t, t.TempDir()), day)
	for _, verb := range []string{"%v", "%+v", "%#v", "%x", "%s"} {
		if got := fmt.Sprintf(verb, key); got != "2020-07-22" {
			t.Errorf("a day key prints %q with %s", got, verb)
		}
		if got := fmt.Sprintf(verb, trust.Person{0xab}); got != "(person)" {
			t.Errorf("a person prints %q with %s", got, verb)
		}
	}
}

func signer(t *testing.T, name party.UserID) trust.Signer {
	t.Helper()
	s, err := trust.OpenSigner(disk.OS{}, t.TempDir(), name, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestForgedCertificatesDoNotVerify(t *testing.T) {
	by, witness, stranger := signer(t, "li"), signer(t, "wang"), signer(t, "zhao")
	known := map[party.UserID]ed25519.PublicKey{"li": by.Public(), "wang": witness.Public()}
	issue := func(number int, previous trust.Certificate) trust.Certificate {
		c := trust.Certificate{
			Inventory: trust.Inventory{Day: day + civil.Day(number), Visits: 10, Files: 1, Bytes: 900},
			Number:    number, At: time.Date(2020, 8, 13, 0, 0, 0, 0, time.UTC),
		}
		if number > 1 {
			c.Previous = previous.Digest()
		}
		if err := c.Sign(by, witness); err != nil {
			t.Fatal(err)
		}
		return c
	}
	first := issue(1, trust.Certificate{})
	second := issue(2, first)
	if err := trust.VerifyChain([]trust.Certificate{first, second}, known); err != nil {
		t.Errorf("the true chain gives %v", err)
	}
	if err := trust.VerifyChain([]trust.Certificate{second}, known); !fault.Is(err, fault.Invalid) {
		t.Errorf("a chain without its first gives %v, want invalid", err)
	}
	for name, forge := range map[string]func(*trust.Certificate){
		"another count":          func(c *trust.Certificate) { c.Visits = 9 },
		"another day":            func(c *trust.Certificate) { c.Day++ },
		"another time":           func(c *trust.Certificate) { c.At = c.At.Add(time.Hour) },
		"another content":        func(c *trust.Certificate) { c.Chain[0] ^= 1 },
		"no witness's signature": func(c *trust.Certificate) { delete(c.Signatures, "wang") },
		"the orderer as witness": func(c *trust.Certificate) { c.Witness = "li" },
		"a stranger as witness": func(c *trust.Certificate) {
			if err := c.Sign(by, stranger); err != nil {
				t.Fatal(err)
			}
		},
	} {
		c := issue(1, trust.Certificate{})
		forge(&c)
		if err := c.Verify(known); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: Verify gives %v, want invalid", name, err)
		}
	}
	if err := first.Sign(by, by); !fault.Is(err, fault.Invalid) {
		t.Errorf("signing as one's own witness gives %v, want invalid", err)
	}
}
