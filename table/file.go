package table

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"github.com/breakwater-eoc/breakwater/fault"
)

// File reads the table of a folder that stands under the path, handing each
// row to fn. Problems carry the file's name. The fault is Invalid and names
// every bad row, or the missing file.
func File(folder fs.FS, name string, need []string, fn func(Row)) error {
	in, done, err := open(folder, name, need)
	if err != nil {
		return err
	}
	defer done()
	for {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			return in.Fault()
		}
		if err != nil {
			return err
		}
		fn(row)
	}
}

func open(folder fs.FS, name string, need []string) (*Reader, func(), error) {
	f, err := folder.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fault.New(fault.Invalid, "the folder has no %s", name)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", name, err)
	}
	in, err := NewReader(f, Layout{Name: path.Base(name), Need: need})
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return in, func() { f.Close() }, nil
}
