package trust

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"sync"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// Person is a person's number, 128 bits: the UUID under which the register
// knows them. It is personal data.
type Person [16]byte

// Format prints nothing of the number, so that it never shows in a log.
func (Person) Format(f fmt.State, _ rune) { io.WriteString(f, "(person)") }

// Pseudonym stands for a person on one day: the number encrypted as one AES
// block under the day's key. Two days' pseudonyms of a person have nothing in
// common for anybody without both keys.
type Pseudonym [16]byte

// DayKeys holds one key a day, in a folder of its own. Its methods may be
// called from several goroutines, and several processes may share the folder.
type DayKeys struct {
	files *keyFiles

	mu   sync.Mutex
	made map[civil.Day]DayKey // derived, so that a batch derives a key once
}

// OpenDayKeys opens the day keys in a folder and makes the folder when it is
// absent. Keys are drawn from random, which must be fit for secrets.
func OpenDayKeys(d disk.FS, dir string, random io.Reader) (*DayKeys, error) {
	files, err := openKeyFiles(d, dir, random)
	if err != nil {
		return nil, fmt.Errorf("open day keys: %w", err)
	}
	k := &DayKeys{files: files, made: map[civil.Day]DayKey{}}
	if _, err := k.Days(); err != nil {
		return nil, fmt.Errorf("open day keys: %w", err)
	}
	return k, nil
}

// Ensure returns the key of a day, made on first use and durable before it is
// returned. A destroyed day is a Conflict: it never gets a key again.
func (k *DayKeys) Ensure(day civil.Day) (DayKey, error) {
	return k.key(day, k.files.ensure)
}

// key gives the derived key of a day. While it is remembered it exists.
func (k *DayKeys) key(day civil.Day, read func(string) (secret, error)) (DayKey, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if key, ok := k.made[day]; ok {
		return key, nil
	}
	s, err := read(day.String())
	if err != nil {
		return DayKey{}, err
	}
	k.made[day] = newDayKey(day, s)
	return k.made[day], nil
}

// Get returns the key of a day: NotFound when there never was one, Conflict
// when it was destroyed.
func (k *DayKeys) Get(day civil.Day) (DayKey, error) {
	return k.key(day, k.files.get)
}

// Destroy destroys the key of a day for good. Interrupted, it may be called
// again.
func (k *DayKeys) Destroy(day civil.Day) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.made, day)
	return k.files.destroy(day.String())
}

// Destroyed reports whether the day's key was destroyed.
func (k *DayKeys) Destroyed(day civil.Day) bool { return k.files.destroyed(day.String()) }

// Days lists the days whose key still exists, the oldest first, whoever made it.
func (k *DayKeys) Days() ([]civil.Day, error) {
	names, err := k.files.names()
	if err != nil {
		return nil, err
	}
	var days []civil.Day
	for _, name := range names {
		day, err := civil.ParseDay(name)
		if err != nil {
			return nil, fmt.Errorf("read the name of a key: %w", err)
		}
		switch _, err := k.files.get(name); {
		case err == nil:
			days = append(days, day)
		case !fault.Is(err, fault.Conflict):
			return nil, err
		}
	}
	return days, nil
}

// DayKey is the key of one day. It prints as its day.
type DayKey struct {
	Day    civil.Day
	secret secret
	block  cipher.Block
}

func newDayKey(day civil.Day, s secret) DayKey {
	sub := derive(s, nil, "breakwater day pseudonym v1")
	block, err := aes.NewCipher(sub[:])
	if err != nil {
		panic(err) // the size is fixed by the type
	}
	return DayKey{Day: day, secret: s, block: block}
}

// Format prints the day for every verb, so that no formatting can show the
// secret.
func (k DayKey) Format(f fmt.State, _ rune) { io.WriteString(f, k.Day.String()) }

// Pseudonym gives the pseudonym of a person on the key's day.
func (k DayKey) Pseudonym(p Person) (q Pseudonym) {
	k.block.Encrypt(q[:], p[:])
	return q
}

// Person gives the person behind a pseudonym of the key's day. The caller must
// have the right to know; for a pseudonym of another day the answer is noise.
func (k DayKey) Person(q Pseudonym) (p Person) {
	k.block.Decrypt(p[:], q[:])
	return p
}

// Resolver gives the people behind many pseudonyms of a day, without making
// garbage for each. It serves one goroutine.
type Resolver struct {
	key DayKey
	in  Pseudonym
	out Person
}

// Resolver returns a resolver of the day, under the rule of [DayKey.Person].
func (k DayKey) Resolver() *Resolver { return &Resolver{key: k} }

// Day is the day whose pseudonyms it resolves.
func (r *Resolver) Day() civil.Day { return r.key.Day }

// Person gives the person behind a pseudonym.
func (r *Resolver) Person(q Pseudonym) Person {
	r.in = q
	r.key.block.Decrypt(r.out[:], r.in[:])
	return r.out
}

// Seed gives a number for the day's hash tables that nobody without the key can
// foresee, so that nobody can make ids that collide.
func (k DayKey) Seed() uint64 {
	sub := derive(k.secret, nil, "breakwater day seed v1")
	return binary.BigEndian.Uint64(sub[:8])
}

// Salt tells apart the files that are sealed under one day's key. It is random
// and drawn once for each file, so that no two files share a key stream.
type Salt [16]byte

// MarshalText writes the salt in hexadecimal.
func (s Salt) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

// UnmarshalText reads a salt in hexadecimal.
func (s *Salt) UnmarshalText(b []byte) error {
	raw, err := hex.DecodeString(string(b))
	if err != nil || len(raw) != len(s) {
		return fault.New(fault.Invalid, "a salt must be %d bytes in hexadecimal", len(s))
	}
	*s = Salt(raw)
	return nil
}

// FileSealer seals the numbered blocks of one file with AES-256-GCM under a key
// that is derived from the day's key and the file's salt (HKDF-SHA-256, RFC
// 5869). A block number must be used for one content only.
type FileSealer struct{ gcm cipher.AEAD }

// Overhead is how many bytes sealing adds to a block.
const Overhead = tagSize

// Sealer gives the sealer of a file.
func (k DayKey) Sealer(salt Salt) FileSealer {
	return FileSealer{gcm: newGCM(derive(k.secret, salt[:], "breakwater day file v1"))}
}

// Seal appends the sealed block to dst. dst may be plain[:0] when the room
// behind plain holds [Overhead] more bytes.
func (s FileSealer) Seal(dst []byte, block uint64, plain []byte) []byte {
	nonce := blockNonce(block)
	return s.gcm.Seal(dst, nonce[:], plain, nil)
}

// Open appends the opened block to dst, which may be sealed[:0]. An altered or
// misplaced block is Invalid.
func (s FileSealer) Open(dst []byte, block uint64, sealed []byte) ([]byte, error) {
	nonce := blockNonce(block)
	plain, err := s.gcm.Open(dst, nonce[:], sealed, nil)
	if err != nil {
		return nil, fault.New(fault.Invalid, "block %d was altered, torn or sealed under another key", block)
	}
	return plain, nil
}

func blockNonce(block uint64) (n [nonceSize]byte) {
	binary.BigEndian.PutUint64(n[nonceSize-8:], block)
	return n
}

func derive(s secret, salt []byte, purpose string) (out secret) {
	b, err := hkdf.Key(sha256.New, s[:], salt, purpose, secretSize)
	if err != nil {
		panic(err) // the length is far below the limit of HKDF
	}
	copy(out[:], b)
	return out
}
