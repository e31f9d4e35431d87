package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/trust"
)

// tree reads every file below a folder.
func tree(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func restore(t *testing.T, files map[string][]byte) {
	t.Helper()
	for name, b := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestADestroyedDayStaysDestroyed has everything of a day in a copy, the keys
// too, destroys the day, and tries to have it back.
func TestADestroyedDayStaysDestroyed(t *testing.T) {
	data := t.TempDir()
	run := uses(t, data)
	do := func(code int, want string, args ...string) { t.Helper(); run(code, want, "", args...) }
	do(exitDone, "collected", "visits", "declare", "--basis", "Law, article 42", "--by", "li@health", "--by", "wang@congress")
	do(exitDone, "10 stored", "visits", "import", visitFile(t))
	other := visitFile(t, uuid(30)+","+uuid(500)+","+uuid(130)+",2020-07-21T10:00:00+08:00,2020-07-21T11:00:00+08:00")
	do(exitDone, "1 stored", "visits", "import", other)
	day := civil.MustDay("2020-07-22")
	copied, keys := tree(t, filepath.Join(data, visitsFolder)), tree(t, filepath.Join(data, keysFolder))
	do(exitDone, "certificate 1", "visits", "forget", day.String(), "--by", "li", "--witness", "wang")

	remaining := func() (left []trust.DayKey) {
		l := newLiveCommand(t, data)
		if err := l.withVisits(t.Context(), func(v *visits) error {
			held, err := v.keys.Days()
			if err != nil {
				return err
			}
			for _, d := range held {
				key, err := v.keys.Get(d)
				if err != nil {
					return err
				}
				left = append(left, key)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return left
	}
	left := remaining()
	if len(left) != 1 || left[0].Day != day-1 {
		t.Fatalf("keys are left of %v, want of the day before alone", left)
	}
	// What is on the disk, and what a copy of it held, opens with no key that is left.
	opened := 0
	for _, files := range []map[string][]byte{tree(t, data), copied} {
		for name, b := range files {
			n := openBlocks(b, left)
			if n > 0 && strings.Contains(name, day.String()) {
				t.Errorf("%s: %d blocks open with a key that is left", name, n)
			}
			opened += n
		}
	}
	if opened == 0 {
		t.Error("the scan opens no block of the day that is kept: it does not look right")
	}
	for name, b := range tree(t, data) {
		for n := range 10 {
			if bytes.Contains(b, []byte(uuid(100+n))) || bytes.Contains(b, personBytes(100+n)) {
				t.Errorf("%s shows a person", name)
			}
		}
	}

	restore(t, copied)
	do(exitCouldNot, "destroyed", "visits", "import", visitFile(t))
	do(exitDone, "clean: 1 certificates", "visits", "verify")
	if _, err := os.Stat(filepath.Join(data, visitsFolder, day.String())); !os.IsNotExist(err) {
		t.Errorf("the restored folder of the day is still there: %v", err)
	}

	// A copy of the keys is against the rules. Beside the marks it changes nothing;
	// in their place the certificate has them destroyed once more when the visits are
	// opened, with a server and its journal or without.
	restore(t, keys)
	if left := remaining(); len(left) != 1 {
		t.Errorf("a restored key is taken: %v", left)
	}
	buried := func() {
		if err := os.RemoveAll(filepath.Join(data, keysFolder, dayKeysFolder)); err != nil {
			t.Fatal(err)
		}
		restore(t, keys)
		restore(t, copied)
	}
	buried()
	if left := remaining(); len(left) != 1 {
		t.Errorf("with the whole of keys and visits back, a key is taken: %v", left)
	}
	l := newLiveCommand(t, data)
	l.with(t, func(v *visits, a *app) { // journals the certificate
		if err := v.desk(a, keepVisits).Retain(t.Context(), nil); err != nil {
			t.Error(err)
		}
	})
	buried()
	flaws := l.with(t, func(v *visits, a *app) {
		if _, err := v.keys.Get(day); !fault.Is(err, fault.Conflict) {
			t.Errorf("the key is there: %v", err)
		}
		if err := v.desk(a, keepVisits).Retain(t.Context(), nil); err != nil {
			t.Error(err)
		}
	})
	if len(flaws) > 0 {
		t.Errorf("fsck says %v", flaws)
	}

	// Where the certificate cannot be verified any more, the journal remembers.
	buried()
	if err := os.RemoveAll(filepath.Join(data, keysFolder, signersFolder)); err != nil {
		t.Fatal(err)
	}
	named := func(flaws []journal.Flaw) bool {
		return slices.ContainsFunc(flaws, func(f journal.Flaw) bool { return f.Ref.ID == day.String() })
	}
	if flaws := l.with(t, func(*visits, *app) {}); !named(flaws) {
		t.Errorf("with the whole of keys and visits back and the signing keys lost, fsck says %v", flaws)
	}
	if flaws := l.with(t, func(v *visits, a *app) {
		if err := v.desk(a, keepVisits).Retain(t.Context(), nil); err != nil {
			t.Error(err)
		}
	}); named(flaws) {
		t.Errorf("after a round fsck says %v", flaws)
	}
}

// personBytes is the number of a person as a store would hold it.
func personBytes(n int) []byte {
	text := strings.ReplaceAll(uuid(n), "-", "")
	b := make([]byte, len(text)/2)
	for i := range b {
		b[i] = hexDigit(text[2*i])<<4 | hexDigit(text[2*i+1])
	}
	return b
}

func hexDigit(c byte) byte {
	if c >= 'a' {
		return c - 'a' + 10
	}
	return c - '0'
}

// openBlocks tries every key as the key of a file, and every place of the file
// as the beginning of a sealed block of a run or of a frame of a log, and counts
// what opens; see docs/visitlog-format.md.
func openBlocks(file []byte, keys []trust.DayKey) (opened int) {
	const header, sealedBlock, most = 36, 16384 + trust.Overhead, 64
	if len(file) < header {
		return 0
	}
	for _, key := range keys {
		sealer := key.Sealer(trust.Salt(file[16:32]))
		for at := header; at < len(file); at++ {
			sizes := []int{sealedBlock, len(file) - at}
			if at+16 <= len(file) && string(file[at:at+4]) == "BWFR" {
				n := int(file[at+8])<<24 | int(file[at+9])<<16 | int(file[at+10])<<8 | int(file[at+11])
				at, sizes = at+16, []int{n}
			} else if (at-header)%(sealedBlock+4) != 4 {
				continue // blocks of a run lie one behind the other
			}
			for _, size := range sizes {
				for n := range uint64(most) {
					if at+size > len(file) || size < 0 {
						break
					}
					if _, err := sealer.Open(nil, n, file[at:at+size]); err == nil {
						opened++
					}
				}
			}
		}
	}
	return opened
}
