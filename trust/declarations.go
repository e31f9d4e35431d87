package trust

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// Declarations keeps the declarations of a log of visits that stands alone,
// without the records of a command: one file each. None is ever changed: what
// goes on needs a new one. Its methods may be called from several goroutines.
type Declarations struct {
	disk disk.FS
	dir  string

	mu  sync.RWMutex
	all []Declaration
}

// OpenDeclarations reads the declarations of a folder, and makes the folder
// when it is absent.
func OpenDeclarations(d disk.FS, dir string) (*Declarations, error) {
	if err := d.MakeDir(dir); err != nil {
		return nil, fmt.Errorf("make folder of declarations: %w", err)
	}
	names, err := d.List(dir)
	if err != nil {
		return nil, fmt.Errorf("list declarations: %w", err)
	}
	r := &Declarations{disk: d, dir: dir}
	for _, name := range names {
		if !strings.HasSuffix(name, ".json") {
			continue
		}
		b, err := disk.ReadFile(d, path.Join(dir, name), mostCertificate)
		var one Declaration
		if err == nil {
			err = json.Unmarshal(b, &one)
		}
		if err != nil {
			return nil, fmt.Errorf("read declaration %s: %w", name, err)
		}
		r.all = append(r.all, one)
	}
	return r, nil
}

// Add puts a declaration into effect, durably. One that cannot take effect is
// Invalid.
func (r *Declarations) Add(d Declaration) error {
	if err := d.Check(); err != nil {
		return err
	}
	b, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return fmt.Errorf("encode declaration: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if slices.ContainsFunc(r.all, func(x Declaration) bool { return x.ID == d.ID }) {
		return fault.New(fault.Conflict, "there is a declaration of this id already")
	}
	name := fmt.Sprintf("%06d.json", len(r.all)+1)
	if err := disk.WriteAtomic(r.disk, path.Join(r.dir, name), append(b, '\n')); err != nil {
		return fmt.Errorf("write declaration: %w", err)
	}
	r.all = append(r.all, d)
	return nil
}

// All returns the declarations, the oldest first.
func (r *Declarations) All() []Declaration {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.Clone(r.all)
}
