package trust

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// Ledger keeps an installation's purge certificates, one file each, in a folder
// that outlives every day. Its methods may be called from several goroutines,
// and several processes may share the folder.
type Ledger struct {
	disk disk.FS
	dir  string
}

const (
	mostCertificate = 64 << 10
	intentSuffix    = ".intent" // what is about to be destroyed, by day
)

// OpenLedger opens the certificates of a folder, and makes the folder when it is
// absent. It does not verify them; see [VerifyChain].
func OpenLedger(d disk.FS, dir string) (*Ledger, error) {
	if err := d.MakeDir(dir); err != nil {
		return nil, fmt.Errorf("make folder of certificates: %w", err)
	}
	l := &Ledger{disk: d, dir: dir}
	_, err := l.Certificates()
	return l, err
}

// Certificates reads the certificates, in their order.
func (l *Ledger) Certificates() ([]Certificate, error) {
	names, err := l.disk.List(l.dir)
	if err != nil {
		return nil, fmt.Errorf("list certificates: %w", err)
	}
	var issued []Certificate
	for _, name := range names {
		if !strings.HasSuffix(name, ".json") {
			continue
		}
		var c Certificate
		if err := l.read(name, &c); err != nil {
			return nil, err
		}
		issued = append(issued, c)
	}
	slices.SortStableFunc(issued, func(a, b Certificate) int { return cmp.Compare(a.Number, b.Number) })
	return issued, nil
}

// alone does work while nobody else changes the ledger.
func (l *Ledger) alone(work func() error) error {
	lock, err := l.disk.Lock(path.Join(l.dir, lockName))
	if err != nil {
		return fmt.Errorf("lock the certificates: %w", err)
	}
	return errors.Join(work(), lock.Close())
}

func (l *Ledger) read(name string, into any) error {
	b, err := disk.ReadFile(l.disk, path.Join(l.dir, name), mostCertificate)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		return fmt.Errorf("read certificate %s: %w", name, err)
	}
	return nil
}

func (l *Ledger) write(name string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("encode certificate: %w", err)
	}
	if err := disk.WriteAtomic(l.disk, path.Join(l.dir, name), append(b, '\n')); err != nil {
		return fmt.Errorf("write certificate %s: %w", name, err)
	}
	return nil
}

// Intend notes, durably, what there is of a day before it is destroyed. Once
// noted it stands: a destruction that was cut short is finished under the first
// count, because the second would find less.
func (l *Ledger) Intend(count func() (Inventory, error), day civil.Day) error {
	return l.alone(func() error {
		issued, err := l.Certificates()
		if err != nil {
			return err
		}
		if slices.ContainsFunc(issued, func(c Certificate) bool { return c.Day == day }) {
			return fault.New(fault.Conflict, "the day %s was destroyed before", day)
		}
		names, err := l.disk.List(l.dir)
		if err != nil {
			return fmt.Errorf("list certificates: %w", err)
		}
		if slices.Contains(names, day.String()+intentSuffix) {
			return nil
		}
		inventory, err := count()
		if err != nil {
			return err
		}
		return l.write(day.String()+intentSuffix, inventory)
	})
}

// Issue signs the certificate of a day whose destruction was intended and is
// done. It never replaces a certificate: one that was removed leaves a gap.
func (l *Ledger) Issue(day civil.Day, at time.Time, by, witness Signer) (Certificate, error) {
	c := Certificate{Number: 1, At: at.UTC().Truncate(time.Microsecond)}
	err := l.alone(func() error {
		issued, err := l.Certificates()
		if err != nil {
			return err
		}
		if n := len(issued); n > 0 {
			c.Number, c.Previous = issued[n-1].Number+1, issued[n-1].Digest()
		}
		intent := day.String() + intentSuffix
		if err := l.read(intent, &c.Inventory); err != nil {
			return err
		}
		if err := c.Sign(by, witness); err != nil {
			return err
		}
		if err := l.write(fmt.Sprintf("%06d.json", c.Number), c); err != nil {
			return err
		}
		if err := l.disk.Remove(path.Join(l.dir, intent)); err != nil {
			return fmt.Errorf("remove the intent of day %s: %w", day, err)
		}
		return nil
	})
	return c, err
}
