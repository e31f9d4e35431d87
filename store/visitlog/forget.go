package visitlog

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/trust"
)

// Inventory implements [venue.Log]. It seals the day first; Chain joins the
// hash chains of its runs, in their order: SHA-256 of the chain so far and the
// run's, beginning with zeros. A damaged day is counted by its manifest, and
// without one by its files, so that it can be destroyed like any other.
func (l *Log) Inventory(_ context.Context, day civil.Day) (trust.Inventory, error) {
	d, err := l.dayLog(day)
	var damage *Damage
	switch {
	case errors.As(err, &damage):
		return l.countFiles(day)
	case err != nil || d == nil:
		return trust.Inventory{Day: day}, err
	case d.view.Load().damage == nil:
		if err := d.seal(); err != nil {
			return trust.Inventory{Day: day}, fmt.Errorf("seal day %s: %w", day, err)
		}
	}
	return d.inventory(), nil
}

// Settled implements [venue.Log]: a day that was sealed and to which nothing
// was added since. A damaged day gives its damage.
func (l *Log) Settled(_ context.Context, day civil.Day) (bool, error) {
	d, err := l.dayLog(day)
	if err != nil || d == nil {
		return false, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.manifest.Sealed, d.view.Load().damage
}

// inventory counts the runs of the manifest, less the rows that do not count.
func (d *dayLog) inventory() trust.Inventory {
	d.mu.Lock()
	defer d.mu.Unlock()
	v := d.view.Load()
	inv := trust.Inventory{Day: d.day, Damaged: v.damage != nil}
	for _, entry := range d.manifest.Runs {
		inv.Visits += entry.Rows
		inv.Files++
		inv.Bytes += entry.Bytes
		inv.Chain = joinChains(inv.Chain, entry.Chain)
	}
	for _, r := range v.runs {
		inv.Visits -= r.dead.count
	}
	for _, t := range v.tables() {
		inv.Visits += t.n - t.dead.count // of a damaged day, which could not be sealed
	}
	return inv
}

// countFiles is what can be said of a day whose manifest is lost.
func (l *Log) countFiles(day civil.Day) (trust.Inventory, error) {
	inv := trust.Inventory{Day: day, Damaged: true}
	names, err := l.disk.List(l.dayDir(day))
	if err != nil {
		return inv, fmt.Errorf("list day %s: %w", day, err)
	}
	for _, name := range names {
		f, err := l.disk.Open(path.Join(l.dayDir(day), name))
		if err != nil {
			return inv, fmt.Errorf("count the files of day %s: %w", day, err)
		}
		size, err := f.Size()
		if err = errors.Join(err, f.Close()); err != nil {
			return inv, fmt.Errorf("count the files of day %s: %w", day, err)
		}
		inv.Files++
		inv.Bytes += size
	}
	return inv, nil
}

func joinChains(a, b journal.Hash) journal.Hash { return headHash(append(a[:], b[:]...)) }

// Forget implements [venue.Log]: it destroys the day's key, which is the point
// of no return, and then removes its files. A crash between the two is finished
// by the next Open or Forget.
func (l *Log) Forget(_ context.Context, day civil.Day) error {
	if err := l.shutDay(day); err != nil {
		return fmt.Errorf("forget day %s: %w", day, err)
	}
	if err := l.keys.Destroy(day); err != nil {
		return fmt.Errorf("forget day %s: %w", day, err)
	}
	// Somebody may have opened the day meanwhile. Nobody can any more.
	if err := l.shutDay(day); err != nil {
		return fmt.Errorf("forget day %s: %w", day, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.days, day)
	if err := l.remove(day); err != nil {
		return fmt.Errorf("forget day %s: %w", day, err)
	}
	return nil
}

// shutDay ends writing to a day that is open.
func (l *Log) shutDay(day civil.Day) error {
	l.mu.Lock()
	d := l.days[day]
	l.mu.Unlock()
	if d == nil {
		return nil
	}
	return d.shut(forgotten(day))
}

// remove removes the folder of a day. The caller holds mu or is alone.
func (l *Log) remove(day civil.Day) error {
	dir := l.dayDir(day)
	names, err := l.disk.List(dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := l.disk.Remove(path.Join(dir, name)); err != nil {
			return err
		}
	}
	all, err := l.disk.List(l.dir)
	if err != nil {
		return err
	}
	if slices.Contains(all, day.String()) {
		err = errors.Join(l.disk.SyncDir(dir), l.disk.Remove(dir))
	}
	if err = errors.Join(err, l.disk.SyncDir(l.dir)); err == nil {
		delete(l.present, day)
	}
	return err
}

// Verify reads every file of a day and reports everything that is damaged,
// whether or not a search would meet it.
func (l *Log) Verify(_ context.Context, day civil.Day) error {
	d, err := l.dayLog(day)
	if err != nil || d == nil {
		return err
	}
	v := d.view.Load()
	damage := v.damage
	for _, r := range v.runs {
		damage = errors.Join(damage, r.verify(r.entry.Chain))
	}
	return damage
}
