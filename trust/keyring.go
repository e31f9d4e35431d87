package trust

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// Class names the records that share a key and are forgotten together, such as
// "case-2026-w30": lower-case letters, digits and hyphens, 1 to 64 of them.
type Class string

// KeyID names one key of a class: the class, a dot and the key's number from 1.
type KeyID string

// Key is a key of a class. It prints as its id.
type Key struct {
	ID     KeyID
	secret secret
}

// Format prints the id of the key for every verb, so that no formatting can
// show its secret.
func (k Key) Format(f fmt.State, _ rune) { io.WriteString(f, string(k.ID)) }

// KeyRing holds the keys of classes. Its methods may be called from several
// goroutines.
type KeyRing interface {
	// Current returns the key under which new texts of a class are sealed. It
	// is made on first use and durable before it is returned.
	Current(class Class) (Key, error)
	// Key returns the key of an id: NotFound when there never was one,
	// Conflict when it was destroyed.
	Key(id KeyID) (Key, error)
	// Rotate makes a new current key for a class; earlier ones still open what
	// they sealed.
	Rotate(class Class) (Key, error)
	// Destroy makes everything that was sealed under a class's keys
	// unreadable for good. Texts sealed later get a new key.
	Destroy(class Class) error
}

// FileKeyRing is a [KeyRing] of one small file a key, readable by its owner
// only, in a folder that must stay outside every database and backup.
type FileKeyRing struct {
	mu    sync.Mutex
	files *keyFiles
	last  map[Class]int
}

var _ KeyRing = (*FileKeyRing)(nil)

// OpenKeyRing opens the key ring in a folder and makes the folder when it is
// absent. Keys are drawn from random, which must be fit for secrets. A damaged
// key file is an error: what it sealed cannot be opened without it.
func OpenKeyRing(d disk.FS, dir string, random io.Reader) (*FileKeyRing, error) {
	files, err := openKeyFiles(d, dir, random)
	if err != nil {
		return nil, fmt.Errorf("open key ring: %w", err)
	}
	r := &FileKeyRing{files: files, last: map[Class]int{}}
	names, err := files.names()
	if err != nil {
		return nil, fmt.Errorf("open key ring: %w", err)
	}
	for _, name := range names {
		class, n, err := KeyID(name).split()
		if err != nil {
			return nil, fmt.Errorf("open key ring: %w", err)
		}
		r.last[class] = max(r.last[class], n)
	}
	return r, nil
}

// Current implements [KeyRing].
func (r *FileKeyRing) Current(class Class) (Key, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := r.last[class]; n > 0 && !r.files.destroyed(string(class.key(n))) {
		return r.Key(class.key(n))
	}
	return r.next(class)
}

// Key implements [KeyRing].
func (r *FileKeyRing) Key(id KeyID) (Key, error) {
	s, err := r.files.get(string(id))
	if err != nil {
		return Key{}, err
	}
	return Key{ID: id, secret: s}, nil
}

// Rotate implements [KeyRing].
func (r *FileKeyRing) Rotate(class Class) (Key, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.next(class)
}

func (r *FileKeyRing) next(class Class) (Key, error) {
	id := class.key(r.last[class] + 1)
	if _, _, err := id.split(); err != nil {
		return Key{}, err
	}
	s, err := r.files.ensure(string(id))
	if err != nil {
		return Key{}, err
	}
	r.last[class]++
	return Key{ID: id, secret: s}, nil
}

// Destroy implements [KeyRing]. Interrupted, it may be called again.
func (r *FileKeyRing) Destroy(class Class) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for n := 1; n <= r.last[class]; n++ {
		if err := r.files.destroy(string(class.key(n))); err != nil {
			return fmt.Errorf("destroy the keys of class %s: %w", class, err)
		}
	}
	return nil
}

func (c Class) key(n int) KeyID { return KeyID(string(c) + "." + strconv.Itoa(n)) }

var classForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// split parts an id into its class and number.
func (id KeyID) split() (Class, int, error) {
	class, number, _ := strings.Cut(string(id), ".")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || number[0] == '0' || number[0] == '+' || !classForm.MatchString(class) {
		return "", 0, fault.New(fault.Invalid, "%.80q is not a key id: a class of lower-case letters, digits and hyphens, a dot and a number", string(id))
	}
	return Class(class), n, nil
}
