package trust

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// secretSize is the size of every symmetric key in bytes (AES-256).
const secretSize = 32

// checkSize is how many bytes of its SHA-256 follow a secret in its file.
const checkSize = 8

const (
	keySuffix  = ".key"  // the secret
	goneSuffix = ".gone" // the mark that the secret was destroyed
	lockName   = "lock"  // held by whoever changes the folder
)

// secret is key material.
type secret [secretSize]byte

// keyFiles is a folder of named secrets. A name that was destroyed is marked
// and never used again, so a copy of the data can never meet a new key under
// the old name. Several processes may share the folder: a secret is made once,
// and found by those who had opened the folder before.
type keyFiles struct {
	disk   disk.FS
	dir    string
	random io.Reader

	mu   sync.Mutex
	held map[string]secret
	gone map[string]bool
}

// openKeyFiles reads the folder, finishing every destruction that a crash cut
// short.
func openKeyFiles(d disk.FS, dir string, random io.Reader) (*keyFiles, error) {
	if err := d.MakeDir(dir); err != nil {
		return nil, fmt.Errorf("make key folder: %w", err)
	}
	names, err := d.List(dir)
	if err != nil {
		return nil, fmt.Errorf("list key folder: %w", err)
	}
	k := &keyFiles{disk: d, dir: dir, random: random, held: map[string]secret{}, gone: map[string]bool{}}
	for _, name := range names {
		if base, ok := strings.CutSuffix(name, goneSuffix); ok {
			k.gone[base] = true
		}
	}
	for _, name := range names {
		base, ok := strings.CutSuffix(name, keySuffix)
		if !ok {
			continue
		}
		if k.gone[base] {
			if err := k.wipe(base); err != nil {
				return nil, fmt.Errorf("finish destroying key %s: %w", base, err)
			}
			continue
		}
		if k.held[base], err = k.read(base); err != nil {
			return nil, err
		}
	}
	return k, nil
}

func (k *keyFiles) read(name string) (secret, error) {
	b, err := disk.ReadFile(k.disk, k.path(name, keySuffix), 2*(secretSize+checkSize)+1)
	if err != nil {
		return secret{}, fmt.Errorf("read key %s: %w", name, err)
	}
	raw := make([]byte, hex.DecodedLen(len(bytes.TrimSpace(b))))
	if _, err := hex.Decode(raw, bytes.TrimSpace(b)); err != nil || len(raw) != secretSize+checkSize {
		return secret{}, fmt.Errorf("key %s is damaged: not %d bytes in hexadecimal", name, secretSize+checkSize)
	}
	s := secret(raw[:secretSize])
	if sum := sha256.Sum256(s[:]); !bytes.Equal(sum[:checkSize], raw[secretSize:]) {
		return secret{}, fmt.Errorf("key %s is damaged: its checksum differs", name)
	}
	return s, nil
}

// get returns a secret; NotFound when it never was, Conflict when destroyed.
func (k *keyFiles) get(name string) (secret, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.find(name)
}

// find gives a secret, from the folder where another process may have made or
// destroyed it meanwhile.
func (k *keyFiles) find(name string) (secret, error) {
	if s, ok := k.held[name]; ok {
		return s, nil
	}
	switch gone, err := k.exists(name, goneSuffix); {
	case err != nil:
		return secret{}, fmt.Errorf("look for key %s: %w", name, err)
	case gone:
		k.gone[name] = true
		return secret{}, fault.New(fault.Conflict, "key %s was destroyed", name)
	}
	s, err := k.read(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return secret{}, fault.New(fault.NotFound, "there is no key %s", name)
	case err != nil:
		return secret{}, err
	}
	k.held[name] = s
	return s, nil
}

func (k *keyFiles) exists(name, suffix string) (bool, error) {
	if k.gone[name] && suffix == goneSuffix {
		return true, nil
	}
	f, err := k.disk.Open(k.path(name, suffix))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, f.Close()
}

// ensure returns the secret of a name and makes it on first use; it is durable
// before it is returned. A destroyed name is a Conflict.
func (k *keyFiles) ensure(name string) (s secret, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if s, err := k.find(name); !fault.Is(err, fault.NotFound) {
		return s, err
	}
	err = k.alone(func() error {
		if s, err = k.find(name); !fault.Is(err, fault.NotFound) {
			return err
		}
		s, err = k.make(name)
		return err
	})
	return s, err
}

// alone does work while no other process changes the folder.
func (k *keyFiles) alone(work func() error) error {
	lock, err := k.disk.Lock(path.Join(k.dir, lockName))
	if err != nil {
		return fmt.Errorf("lock key folder: %w", err)
	}
	return errors.Join(work(), lock.Close())
}

func (k *keyFiles) make(name string) (s secret, err error) {
	if _, err := io.ReadFull(k.random, s[:]); err != nil {
		return secret{}, fmt.Errorf("draw key %s: %w", name, err)
	}
	sum := sha256.Sum256(s[:])
	text := hex.EncodeToString(append(s[:], sum[:checkSize]...)) + "\n"
	if err := disk.WriteAtomic(k.disk, k.path(name, keySuffix), []byte(text)); err != nil {
		return secret{}, fmt.Errorf("write key %s: %w", name, err)
	}
	k.held[name] = s
	return s, nil
}

// destroy marks the name first and wipes the secret second, so that a crash
// between the two is finished by the next open. Destroying twice is no error.
func (k *keyFiles) destroy(name string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.alone(func() error {
		if err := disk.WriteAtomic(k.disk, k.path(name, goneSuffix), nil); err != nil {
			return fmt.Errorf("mark key %s as destroyed: %w", name, err)
		}
		k.gone[name] = true
		delete(k.held, name)
		if err := k.wipe(name); err != nil {
			return fmt.Errorf("wipe key %s: %w", name, err)
		}
		return nil
	})
}

// wipe removes what is left of a secret. On a disk that copies on write the
// old block may outlive this; the operations guide says where the folder
// belongs.
func (k *keyFiles) wipe(name string) error {
	names, err := k.disk.List(k.dir)
	if err != nil {
		return err
	}
	for _, n := range names {
		if n != name+keySuffix && n != name+keySuffix+disk.Passing {
			continue
		}
		if err := k.disk.Wipe(path.Join(k.dir, n)); err != nil {
			return err
		}
	}
	return k.disk.SyncDir(k.dir)
}

func (k *keyFiles) path(name, suffix string) string { return path.Join(k.dir, name+suffix) }

// names lists every name that ever had a secret, as the folder is now.
func (k *keyFiles) names() ([]string, error) {
	files, err := k.disk.List(k.dir)
	if err != nil {
		return nil, fmt.Errorf("list key folder: %w", err)
	}
	var all []string
	for _, file := range files {
		for _, suffix := range []string{keySuffix, goneSuffix} {
			if name, ok := strings.CutSuffix(file, suffix); ok {
				all = append(all, name)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func (k *keyFiles) destroyed(name string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.gone[name]
}
