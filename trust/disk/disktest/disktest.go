// Package disktest is a disk in memory that fails on demand and forgets, at a
// crash, whatever was not synced.
//
// In: a plan that says which operation fails and how. Out: a disk.FS, and after
// Crash the disk as a machine could find it when it starts again: bytes and
// names that were synced are there, of the others any part may be.
package disktest

import (
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// Fault is how an operation fails.
type Fault int

// The faults.
const (
	None  Fault = iota
	Full        // a write stops half way: no space left
	Fail        // the operation does nothing and reports an input/output error
	Power       // a write stops half way, and nothing works any more until Crash
)

// Errors that the disk gives.
var (
	ErrFull  = errors.New("no space left on device")
	ErrIO    = errors.New("input/output error")
	ErrPower = errors.New("the power is off")
)

// Disk is a [disk.FS] in memory.
type Disk struct {
	// Plan says how the n-th operation that changes something fails, counted
	// from 0; nil means that none does. kind is "write", "sync" and so on.
	Plan func(n int, kind string) Fault

	mu      sync.Mutex
	random  *rand.Rand
	off     bool
	ops     int
	names   map[string]*inode
	dirs    map[string]bool
	durable map[string]*inode
	pending []change
	locks   map[string]*sync.Mutex
}

var _ disk.FS = (*Disk)(nil)

// inode is the content of a file, with and without what was not synced.
type inode struct{ now, synced []byte }

// change is a change of names that no SyncDir has made durable yet.
type change struct {
	dir   string
	apply func(names map[string]*inode)
}

// New makes an empty disk. What a crash keeps is drawn from the seed.
func New(seed uint64) *Disk {
	return &Disk{
		random: rand.New(rand.NewPCG(seed, 0)),
		names:  map[string]*inode{}, durable: map[string]*inode{}, dirs: map[string]bool{}, locks: map[string]*sync.Mutex{},
	}
}

// Operations tells how many operations have changed something so far.
func (d *Disk) Operations() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ops
}

// Crash cuts the power and switches it on again: names and bytes that were not
// synced are kept in part, by chance.
func (d *Disk) Crash() {
	d.mu.Lock()
	defer d.mu.Unlock()
	keep := map[string]int{} // how many of each folder's changes still got through
	count := map[string]int{}
	for _, c := range d.pending {
		count[c.dir]++
	}
	for _, c := range d.pending {
		if _, ok := keep[c.dir]; !ok {
			keep[c.dir] = d.random.IntN(count[c.dir] + 1)
		}
		if keep[c.dir] > 0 {
			c.apply(d.durable)
			keep[c.dir]--
		}
	}
	d.pending = nil
	d.names = map[string]*inode{}
	for name, i := range d.durable {
		i.tear(d.random)
		d.names[name] = i
	}
	d.off = false
}

// tear keeps the synced bytes and some of those behind them.
func (i *inode) tear(random *rand.Rand) {
	after := i.synced
	switch {
	case len(i.now) > len(i.synced):
		after = append(slices.Clone(i.synced), i.now[len(i.synced):len(i.synced)+random.IntN(len(i.now)-len(i.synced)+1)]...)
	case len(i.now) < len(i.synced) && random.IntN(2) == 0:
		after = i.now
	}
	i.now, i.synced = slices.Clone(after), slices.Clone(after)
}

// Files gives the bytes of every file.
func (d *Disk) Files() map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	files := map[string][]byte{}
	for name, i := range d.names {
		files[name] = slices.Clone(i.now)
	}
	return files
}

// Put sets the bytes of a file, durably, as somebody else may have done.
func (d *Disk) Put(name string, b []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.makeDirs(path.Dir(name))
	i := &inode{now: slices.Clone(b), synced: slices.Clone(b)}
	d.names[name], d.durable[name] = i, i
}

// begin counts an operation and tells how it fails. The caller holds mu.
func (d *Disk) begin(kind string) (Fault, error) {
	if d.off {
		return Power, ErrPower
	}
	fault := None
	if d.Plan != nil {
		fault = d.Plan(d.ops, kind)
	}
	d.ops++
	switch fault {
	case Full:
		return Full, ErrFull
	case Fail:
		return Fail, ErrIO
	case Power:
		d.off = true
		return Power, ErrPower
	}
	return None, nil
}

func (d *Disk) change(dir string, apply func(map[string]*inode)) {
	apply(d.names)
	d.pending = append(d.pending, change{dir, apply})
}

// Create implements [disk.FS].
func (d *Disk) Create(name string) (disk.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.begin("create"); err != nil {
		return nil, err
	}
	if !d.dirs[path.Dir(name)] {
		return nil, &fs.PathError{Op: "create", Path: path.Base(name), Err: fs.ErrNotExist}
	}
	i := d.names[name]
	if i == nil {
		i = &inode{}
		d.change(path.Dir(name), func(names map[string]*inode) { names[name] = i })
	}
	i.now = nil
	return &file{disk: d, inode: i}, nil
}

// Open implements [disk.FS].
func (d *Disk) Open(name string) (disk.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.off {
		return nil, ErrPower
	}
	i := d.names[name]
	if i == nil {
		return nil, &fs.PathError{Op: "open", Path: path.Base(name), Err: fs.ErrNotExist}
	}
	return &file{disk: d, inode: i}, nil
}

// Rename implements [disk.FS].
func (d *Disk) Rename(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.begin("rename"); err != nil {
		return err
	}
	i := d.names[from]
	if i == nil {
		return fs.ErrNotExist
	}
	d.change(path.Dir(to), func(names map[string]*inode) {
		delete(names, from)
		names[to] = i
	})
	return nil
}

// Remove implements [disk.FS].
func (d *Disk) Remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.begin("remove"); err != nil {
		return err
	}
	if d.dirs[name] {
		if len(d.list(name)) > 0 {
			return errors.New("the folder is not empty")
		}
		delete(d.dirs, name)
		return nil
	}
	if d.names[name] == nil {
		return fs.ErrNotExist
	}
	d.change(path.Dir(name), func(names map[string]*inode) { delete(names, name) })
	return nil
}

// Wipe implements [disk.FS].
func (d *Disk) Wipe(name string) error {
	d.mu.Lock()
	i := d.names[name]
	if i == nil {
		d.mu.Unlock()
		return fs.ErrNotExist
	}
	if _, err := d.begin("wipe"); err != nil {
		d.mu.Unlock()
		return err
	}
	clear(i.now)
	i.synced = slices.Clone(i.now)
	d.mu.Unlock()
	return d.Remove(name)
}

// List implements [disk.FS].
func (d *Disk) List(dir string) ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.off {
		return nil, ErrPower
	}
	return d.list(dir), nil
}

func (d *Disk) list(dir string) []string {
	var names []string
	for name := range d.names {
		if path.Dir(name) == dir {
			names = append(names, path.Base(name))
		}
	}
	for name := range d.dirs {
		if name != dir && path.Dir(name) == dir {
			names = append(names, path.Base(name))
		}
	}
	slices.Sort(names)
	return names
}

// MakeDir implements [disk.FS]. Folders are durable at once.
func (d *Disk) MakeDir(dir string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dirs[dir] {
		return nil
	}
	if _, err := d.begin("make folder"); err != nil {
		return err
	}
	d.makeDirs(dir)
	return nil
}

func (d *Disk) makeDirs(dir string) {
	for ; !d.dirs[dir]; dir = path.Dir(dir) {
		d.dirs[dir] = true
		if !strings.Contains(dir, "/") {
			return
		}
	}
}

// SyncDir implements [disk.FS].
func (d *Disk) SyncDir(dir string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.begin("sync folder"); err != nil {
		return err
	}
	rest := d.pending[:0:0]
	for _, c := range d.pending {
		if c.dir == dir {
			c.apply(d.durable)
		} else {
			rest = append(rest, c)
		}
	}
	d.pending = rest
	return nil
}

// Lock implements [disk.FS]. It makes no file, and never fails while the power
// is on.
func (d *Disk) Lock(name string) (io.Closer, error) {
	d.mu.Lock()
	if d.off {
		d.mu.Unlock()
		return nil, ErrPower
	}
	lock := d.locks[name]
	if lock == nil {
		lock = &sync.Mutex{}
		d.locks[name] = lock
	}
	d.mu.Unlock()
	lock.Lock()
	return unlock{lock}, nil
}

type unlock struct{ lock *sync.Mutex }

// Close lets go of the lock.
func (u unlock) Close() error {
	u.lock.Unlock()
	return nil
}

type file struct {
	disk  *Disk
	inode *inode
}

func (f *file) Write(b []byte) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.disk.off {
		return 0, ErrPower
	}
	fault, err := f.disk.begin("write")
	n := len(b)
	switch fault {
	case Fail:
		n = 0
	case Full, Power:
		n = f.disk.random.IntN(len(b) + 1)
	}
	f.inode.now = append(f.inode.now, b[:n]...)
	return n, err
}

func (f *file) ReadAt(b []byte, at int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.disk.off {
		return 0, ErrPower
	}
	if at >= int64(len(f.inode.now)) {
		return 0, io.EOF
	}
	n := copy(b, f.inode.now[at:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (f *file) Sync() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if _, err := f.disk.begin("sync"); err != nil {
		return err
	}
	f.inode.synced = slices.Clone(f.inode.now)
	return nil
}

func (f *file) Truncate(size int64) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if _, err := f.disk.begin("truncate"); err != nil {
		return err
	}
	f.inode.now = slices.Clone(f.inode.now[:min(size, int64(len(f.inode.now)))])
	return nil
}

func (f *file) Size() (int64, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.disk.off {
		return 0, ErrPower
	}
	return int64(len(f.inode.now)), nil
}

func (f *file) Close() error { return nil }
