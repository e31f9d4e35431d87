// Package disk is the little of a file system that keys and visits stand on,
// behind an interface so that tests can break it at any byte.
//
// In: names below the caller's own folder. Out: files whose writes are durable
// when Sync has returned, and names that are durable when SyncDir has. A name
// is never half made: WriteAtomic gives the old bytes or the new ones.
package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"syscall"
)

// FS is a file system. Names use "/" and are relative or absolute as the
// realisation takes them.
type FS interface {
	// Create makes an empty file that only its owner may read, or empties the
	// one that is there.
	Create(name string) (File, error)
	// Open opens a file for reading.
	Open(name string) (File, error)
	// Rename gives a file another name, replacing what had it.
	Rename(from, to string) error
	// Remove removes a file or an empty folder.
	Remove(name string) error
	// Wipe overwrites a file with zeros where it lies, durably, and removes it.
	Wipe(name string) error
	// List gives the names inside a folder, sorted; none when it is absent.
	List(dir string) ([]string, error)
	// MakeDir makes a folder and those above it; only their owner may enter.
	MakeDir(dir string) error
	// SyncDir makes the names inside a folder durable.
	SyncDir(dir string) error
	// Lock waits until nobody else holds the lock of a name, in this process or
	// another, and holds it until it is closed. The name becomes an empty file.
	Lock(name string) (io.Closer, error)
}

// File is an open file. Writes go to the end of what was written; reads may go
// on beside them.
type File interface {
	io.Writer
	io.ReaderAt
	io.Closer
	// Sync makes everything written so far durable.
	Sync() error
	// Truncate cuts the file, and the next write goes to its new end.
	Truncate(size int64) error
	// Size gives the length in bytes.
	Size() (int64, error)
}

// Passing ends the name of a file that WriteAtomic has not finished. One that
// a crash left behind holds nothing that was promised and may be removed.
const Passing = ".new"

// ReadFile reads a whole file of at most limit bytes.
func ReadFile(d FS, name string, limit int64) ([]byte, error) {
	f, err := d.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size, err := f.Size()
	if err != nil {
		return nil, err
	}
	if size > limit {
		return nil, fmt.Errorf("%s has %d bytes, more than the %d it may have", path.Base(name), size, limit)
	}
	b := make([]byte, size)
	if _, err := f.ReadAt(b, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return b, nil
}

// WriteAtomic puts bytes under a name, durably, or leaves what was there.
func WriteAtomic(d FS, name string, b []byte) error {
	passing := name + Passing
	f, err := d.Create(passing)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, d.Remove(passing))
	}
	if err := d.Rename(passing, name); err != nil {
		return err
	}
	return d.SyncDir(path.Dir(name))
}

// OS is the machine's own file system. Its errors name files without their
// folders: they reach logs, which whoever reads need not know where things lie.
type OS struct{}

// bare takes the folders out of an error of the system.
func bare(err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	var name *fs.PathError
	var names *os.LinkError
	switch {
	case errors.As(err, &name):
		return &fs.PathError{Op: name.Op, Path: path.Base(name.Path), Err: name.Err}
	case errors.As(err, &names):
		return &fs.PathError{Op: names.Op, Path: path.Base(names.New), Err: names.Err}
	}
	return err
}

// Create implements [FS] with mode 0600.
func (OS) Create(name string) (File, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, bare(err)
	}
	return &osFile{file: f}, nil
}

// Open implements [FS].
func (OS) Open(name string) (File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, bare(err)
	}
	return &osFile{file: f}, nil
}

// Rename implements [FS].
func (OS) Rename(from, to string) error { return bare(os.Rename(from, to)) }

// Remove implements [FS].
func (OS) Remove(name string) error { return bare(os.Remove(name)) }

// Wipe implements [FS].
func (OS) Wipe(name string) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return bare(err)
	}
	info, err := f.Stat()
	if err == nil {
		_, err = io.CopyN(f, zeros{}, info.Size())
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return bare(err)
	}
	return bare(os.Remove(name))
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// List implements [FS].
func (OS) List(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, bare(err)
}

// MakeDir implements [FS]. Every folder that it makes is durable in the one
// above it.
func (o OS) MakeDir(dir string) error {
	err := os.Mkdir(dir, 0o700)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case errors.Is(err, fs.ErrNotExist) && path.Dir(dir) != dir:
		if err := o.MakeDir(path.Dir(dir)); err != nil {
			return err
		}
		return o.MakeDir(dir)
	case err != nil:
		return bare(err)
	}
	return o.SyncDir(path.Dir(dir))
}

// SyncDir implements [FS].
func (OS) SyncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return bare(err)
	}
	return bare(errors.Join(f.Sync(), f.Close()))
}

// Lock implements [FS]. The system lets go of it when the process ends.
func (OS) Lock(name string) (io.Closer, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, bare(err)
	}
	for err = syscall.EINTR; err == syscall.EINTR; {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path.Base(name), err), f.Close())
	}
	return f, nil
}

// osFile keeps the end of what was written, so that a cut moves it.
type osFile struct {
	file *os.File
	end  int64
}

func (f *osFile) ReadAt(b []byte, at int64) (int, error) {
	n, err := f.file.ReadAt(b, at)
	return n, bare(err)
}

func (f *osFile) Write(b []byte) (int, error) {
	n, err := f.file.WriteAt(b, f.end)
	f.end += int64(n)
	return n, bare(err)
}

func (f *osFile) Sync() error { return bare(f.file.Sync()) }

func (f *osFile) Close() error { return bare(f.file.Close()) }

func (f *osFile) Truncate(size int64) error {
	if err := f.file.Truncate(size); err != nil {
		return bare(err)
	}
	f.end = size
	return nil
}

func (f *osFile) Size() (int64, error) {
	info, err := f.file.Stat()
	if err != nil {
		return 0, bare(err)
	}
	return info.Size(), nil
}
