package trust

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// Ledger keeps an installation's purge certificates, one file each, in a folder
// that outlives every day. Its methods may be called from several goroutines.
type Ledger struct {
	disk disk.FS
	dir  string

	mu     sync.Mutex
	issued []Certificate
}

const (
	mostCertificate = 64 << 10
	intentSuffix    = ".intent" // what is about to be destroyed, by day
)

// OpenLedger reads the certificates of a folder, and makes the folder when it
// is absent. It does not verify them; see [VerifyChain].
func OpenLedger(d disk.FS, dir string) (*Ledger, error) {
	if err := d.MakeDir(dir); err != nil {
		return nil, fmt.Errorf("make folder of certificates: %w", err)
	}
	names, err := d.List(dir)
	if err != nil {
		return nil, fmt.Errorf("list certificates: %w", err)
	}
	l := &Ledger{disk: d, dir: dir}
	for _, name := range names {
		if !strings.HasSuffix(name, ".json") {
			continue
		}
		var c Certificate
		if err := l.read(name, &c); err != nil {
			return nil, err
		}
		l.issued = append(l.issued, c)
	}
	slices.SortFunc(l.issued, func(a, b Certificate) int { return a.Number - b.Number })
	return l, nil
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

// Certificates gives the certificates in their order.
func (l *Ledger) Certificates() []Certificate {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.issued)
}

// Intend notes, durably, what there is of a day before it is destroyed. Once
// noted it stands: a destruction that was cut short is finished under the first
// count, because the second would find less.
func (l *Ledger) Intend(count func() (Inventory, error), day civil.Day) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.of(day); ok {
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
}

func (l *Ledger) of(day civil.Day) (Certificate, bool) {
	i := slices.IndexFunc(l.issued, func(c Certificate) bool { return c.Day == day })
	if i < 0 {
		return Certificate{}, false
	}
	return l.issued[i], true
}

// Issue signs the certificate of a day whose destruction was intended and is
// done.
func (l *Ledger) Issue(day civil.Day, at time.Time, by, witness Signer) (Certificate, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := Certificate{Number: len(l.issued) + 1, At: at.UTC().Truncate(time.Microsecond)}
	intent := day.String() + intentSuffix
	if err := l.read(intent, &c.Inventory); err != nil {
		return c, err
	}
	if n := len(l.issued); n > 0 {
		c.Previous = l.issued[n-1].Digest()
	}
	if err := c.Sign(by, witness); err != nil {
		return c, err
	}
	if err := l.write(fmt.Sprintf("%06d.json", c.Number), c); err != nil {
		return c, err
	}
	l.issued = append(l.issued, c)
	if err := l.disk.Remove(path.Join(l.dir, intent)); err != nil {
		return c, fmt.Errorf("remove the intent of day %s: %w", day, err)
	}
	return c, nil
}
