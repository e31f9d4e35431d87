package visitlog

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// manifest names the files of a day that count. Whatever else lies in the
// folder is left over from something unfinished and is removed.
type manifest struct {
	Format int       `json:"format"`
	Day    civil.Day `json:"day"`
	// Next is the number of the next file; numbers are not used twice.
	Next uint32     `json:"next"`
	Logs []logEntry `json:"logs,omitempty"`
	Runs []runEntry `json:"runs,omitempty"`
	// Dead is the number of the file of rows that no longer count, 0 for none.
	Dead uint32 `json:"dead,omitempty"`
	// Sealed says that the day is in its final files and has no log.
	Sealed bool `json:"sealed"`
}

// logEntry is a write-ahead log. Size is the length that it certainly had when
// the manifest was written, 0 when it had just begun. Salt stands in its header
// too; without it nothing of the file could be read.
type logEntry struct {
	Number uint32     `json:"number"`
	Size   int64      `json:"size,omitempty"`
	Salt   trust.Salt `json:"salt,omitzero"`
}

type runEntry struct {
	Number uint32 `json:"number"`
	Rows   int    `json:"rows"`
	Bytes  int64  `json:"bytes"`
	// Chain is the SHA-256 chain over header and block tags.
	Chain journal.Hash `json:"chain"`
	Salt  trust.Salt   `json:"salt,omitzero"` // as in logEntry
}

const (
	manifestFormat = 1
	mostManifest   = 1 << 20
)

// twins are the two copies of a manifest, each written whole. Files that the
// older one needs are removed only after both are written.
var twins = [...]string{"manifest", "manifest.twin"}

func writeManifest(d disk.FS, dir string, m *manifest) error {
	b, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("encode manifest: %w", err)
	}
	sum := sha256.Sum256(b)
	b = append(b, '\n')
	b = append(hex.AppendEncode(b, sum[:]), '\n')
	for _, name := range twins {
		if err := disk.WriteAtomic(d, path.Join(dir, name), b); err != nil {
			return fmt.Errorf("write manifest: %w", err)
		}
	}
	return nil
}

// readManifest reads a day's manifest, or its twin when it is damaged. agree
// tells whether both copies were whole and the same.
func readManifest(d disk.FS, dir string, day civil.Day) (m *manifest, agree bool, err error) {
	var copies [len(twins)][]byte
	for i, name := range twins {
		b, readErr := disk.ReadFile(d, path.Join(dir, name), mostManifest)
		var read *manifest
		if readErr == nil {
			read, readErr = parseManifest(b, day)
		}
		if readErr != nil {
			err = errors.Join(err, damaged(path.Join(dir, name), "%w", readErr))
			continue
		}
		copies[i] = b
		if m == nil {
			m = read
		}
	}
	if m == nil {
		return nil, false, err
	}
	return m, bytes.Equal(copies[0], copies[1]), nil
}

func parseManifest(b []byte, day civil.Day) (*manifest, error) {
	body, sum, ok := bytes.Cut(b, []byte("\n"))
	want := sha256.Sum256(body)
	if !ok || string(sum) != hex.EncodeToString(want[:])+"\n" {
		return nil, errors.New("its checksum differs")
	}
	var m manifest
	if err := json.Unmarshal(body, &m); err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	if m.Format != manifestFormat {
		return nil, fmt.Errorf("its format is %d, and this program reads %d", m.Format, manifestFormat)
	}
	if m.Day != day {
		return nil, errors.New("it is that of another day")
	}
	return &m, nil
}

func logName(n uint32) string  { return fmt.Sprintf("log-%06d", n) }
func runName(n uint32) string  { return fmt.Sprintf("run-%06d", n) }
func deadName(n uint32) string { return fmt.Sprintf("dead-%06d", n) }

// clone gives a manifest to change and write; the receiver stays as it is.
func (m *manifest) clone() *manifest {
	next := *m
	next.Logs, next.Runs = slices.Clone(m.Logs), slices.Clone(m.Runs)
	return &next
}

// files lists the names that the manifest needs.
func (m *manifest) files() map[string]bool {
	names := map[string]bool{twins[0]: true, twins[1]: true}
	for _, l := range m.Logs {
		names[logName(l.Number)] = true
	}
	for _, r := range m.Runs {
		names[runName(r.Number)] = true
	}
	if m.Dead > 0 {
		names[deadName(m.Dead)] = true
	}
	return names
}
