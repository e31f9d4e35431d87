package trust_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

func openRing(t testing.TB, dir string) *trust.FileKeyRing {
	t.Helper()
	ring, err := trust.OpenKeyRing(disk.OS{}, dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

func sealed(t testing.TB, ring trust.KeyRing, record, text string) []byte {
	t.Helper()
	key, err := ring.Current("case")
	if err != nil {
		t.Fatal(err)
	}
	envelope, err := trust.Seal(key, record, []byte(text), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return envelope
}

func TestSealedTextOpensOnlyForItsRecord(t *testing.T) {
	dir := t.TempDir()
	ring := openRing(t, dir)
	envelope := sealed(t, ring, "case-1", "seen at the quay")
	if bytes.Contains(envelope, []byte("quay")) {
		t.Error("the envelope shows the text")
	}
	got, err := trust.Open(openRing(t, dir), "case-1", envelope)
	if err != nil || string(got) != "seen at the quay" {
		t.Errorf("Open after a restart = %q, %v", got, err)
	}
	if _, err := trust.Open(ring, "case-2", envelope); !fault.Is(err, fault.Invalid) {
		t.Errorf("Open for another record gives %v, want invalid", err)
	}
}

func TestEveryAlteredByteIsFound(t *testing.T) {
	ring := openRing(t, t.TempDir())
	envelope := sealed(t, ring, "case-1", "text")
	for i := range envelope {
		altered := bytes.Clone(envelope)
		altered[i] ^= 1
		if got, err := trust.Open(ring, "case-1", altered); err == nil {
			t.Errorf("byte %d altered: Open = %q, want an error", i, got)
		}
		if got, err := trust.Open(ring, "case-1", envelope[:i]); !fault.Is(err, fault.Invalid) {
			t.Errorf("cut at byte %d: Open = %q, %v, want invalid", i, got, err)
		}
	}
}

func TestDestroyedClassStaysDestroyed(t *testing.T) {
	dir := t.TempDir()
	ring := openRing(t, dir)
	before := sealed(t, ring, "case-1", "old")
	if _, err := ring.Rotate("case"); err != nil {
		t.Fatal(err)
	}
	rotated := sealed(t, ring, "case-1", "newer")
	if _, err := trust.Open(ring, "case-1", before); err != nil {
		t.Errorf("after a rotation the old text is lost: %v", err)
	}
	if err := ring.Destroy("case"); err != nil {
		t.Fatal(err)
	}
	after := sealed(t, ring, "case-1", "after")
	for _, r := range []*trust.FileKeyRing{ring, openRing(t, dir)} {
		for _, envelope := range [][]byte{before, rotated} {
			if _, err := trust.Open(r, "case-1", envelope); !fault.Is(err, fault.Conflict) {
				t.Errorf("Open of a forgotten text gives %v, want conflict", err)
			}
		}
		if got, err := trust.Open(r, "case-1", after); err != nil || string(got) != "after" {
			t.Errorf("Open of a text sealed later = %q, %v", got, err)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "case.[12].key"))
	if err != nil || len(left) > 0 {
		t.Errorf("key files left: %v, %v", left, err)
	}
}

func TestDestructionCutShortIsFinishedByTheNextOpen(t *testing.T) {
	dir := t.TempDir()
	envelope := sealed(t, openRing(t, dir), "case-1", "text")
	if err := os.WriteFile(filepath.Join(dir, "case.1.gone"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := trust.Open(openRing(t, dir), "case-1", envelope); !fault.Is(err, fault.Conflict) {
		t.Errorf("Open gives %v, want conflict", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "case.1.key")); !os.IsNotExist(err) {
		t.Errorf("the key file is still there: %v", err)
	}
}

func TestKeyFilesAreTheOwnersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	sealed(t, openRing(t, dir), "case-1", "text")
	for name, want := range map[string]os.FileMode{".": 0o700, "case.1.key": 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %v, want %v", name, got, want)
		}
	}
}

func TestDamagedKeyFileIsNamed(t *testing.T) {
	dir := t.TempDir()
	sealed(t, openRing(t, dir), "case-1", "text")
	file := filepath.Join(dir, "case.1.key")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, damaged := range [][]byte{nil, b[:20], bytes.Replace(b, b[:1], []byte("g"), 1), append([]byte("00"), b[2:]...), bytes.Repeat(b, 9)} {
		if bytes.Equal(damaged, b) {
			continue
		}
		if err := os.WriteFile(file, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := trust.OpenKeyRing(disk.OS{}, dir, rand.Reader)
		if err == nil || !strings.Contains(err.Error(), "case.1") || strings.Contains(err.Error(), dir) {
			t.Errorf("OpenKeyRing on %d bytes gives %v, want an error that names the key and no path", len(damaged), err)
		}
	}
}

func TestSecretsDoNotPrint(t *testing.T) {
	ring := openRing(t, t.TempDir())
	key, err := ring.Current("case")
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%x", "%s", "%d"} {
		if got := fmt.Sprintf(verb, key); got != "case.1" {
			t.Errorf("%s prints %q, want the id alone", verb, got)
		}
	}
}

func TestClassNamesAreChecked(t *testing.T) {
	ring := openRing(t, t.TempDir())
	for _, class := range []trust.Class{"", "../up", "Case", "a.b", trust.Class(strings.Repeat("a", 65))} {
		if _, err := ring.Current(class); !fault.Is(err, fault.Invalid) {
			t.Errorf("Current(%q) gives %v, want invalid", class, err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	ring := openRing(f, f.TempDir())
	f.Add(sealed(f, ring, "case-1", "text"))
	f.Add([]byte{1, 6, 'c', 'a', 's', 'e', '.', '1'})
	f.Fuzz(func(t *testing.T, envelope []byte) {
		if _, err := trust.Open(ring, "case-2", envelope); err == nil {
			t.Error("opened bytes that were not sealed for this record")
		}
	})
}
