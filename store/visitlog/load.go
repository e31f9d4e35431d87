package visitlog

import (
	"errors"
	"fmt"
	"sync"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/trust"
)

// openDay opens a day's folder and recovers what its logs hold. Damaged files
// are left out and named in every answer; only without a manifest is there
// nothing to answer from.
func openDay(l *Log, day civil.Day, key trust.DayKey) (*dayLog, error) {
	d := newDay(l, day, key)
	m, agree, err := readManifest(l.disk, d.dir, day)
	if err != nil {
		return nil, fmt.Errorf("open day %s: %w", day, err)
	}
	d.manifest, d.next = m, m.Next
	v := view{mem: tier{table: newMemtable(l.options.FlushAt)}}
	dead, damage := d.readDead()
	for _, entry := range m.Runs {
		r, err := openRun(l.disk, d.file(runName(entry.Number)), key, entry, l.sites)
		if err != nil {
			damage = errors.Join(damage, err)
			continue
		}
		damage = errors.Join(damage, r.damage)
		v.runs = append(v.runs, runTier{run: r, dead: dead[entry.Number]})
		d.saved = append(d.saved, dead[entry.Number])
	}
	v.damage = damage
	d.view.Store(&v)
	if damage == nil && !agree {
		err = d.commit(d.manifest.clone())
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err = errors.Join(err, d.recover()); err != nil {
		return nil, fmt.Errorf("open day %s: %w", day, err)
	}
	if damage := d.view.Load().damage; damage != nil {
		// Writing would fix the loss: a new manifest would no longer name what is
		// damaged, and an amendment could miss its visit.
		d.closed = fmt.Errorf("the day %s takes nothing more until it is restored: %w", day, damage)
		return d, nil
	}
	_ = d.tidy() // as in install; what is left over may be what fills the disk
	if len(d.manifest.Logs) > 0 {
		d.putAside(d.next)
		_ = d.settle() // whoever writes tries again
	}
	return d, nil
}

// settle brings what was replayed into a run before anything more is taken.
// The logs may show bytes that the disk never confirmed, because a sync failed
// before; only what is written anew is certain.
func (d *dayLog) settle() error {
	if err := d.hold(d.flush); err != nil {
		return fmt.Errorf("settle what the day's logs hold: %w", err)
	}
	if len(d.view.Load().runs) >= d.log.options.MergeAt {
		_ = d.hold(d.merge) // as in freeze
	}
	return nil
}

// unsettled tells that what was replayed is not in a run yet.
func (d *dayLog) unsettled() bool { return d.wal == nil && d.view.Load().frozen != nil }

func newDay(l *Log, day civil.Day, key trust.DayKey) *dayLog {
	d := &dayLog{log: l, day: day, dir: l.dayDir(day), key: key, seed: key.Seed()}
	d.change = sync.NewCond(&d.mu)
	return d
}

// createDay makes the folder of a new day.
func createDay(l *Log, day civil.Day, key trust.DayKey) (*dayLog, error) {
	d := newDay(l, day, key)
	d.manifest, d.next = &manifest{Format: manifestFormat, Day: day}, 1
	d.view.Store(&view{mem: tier{table: newMemtable(l.options.FlushAt)}})
	if err := l.disk.MakeDir(d.dir); err != nil {
		return nil, fmt.Errorf("make day %s: %w", day, err)
	}
	if err := d.commit(d.manifest.clone()); err != nil {
		return nil, fmt.Errorf("make day %s: %w", day, err)
	}
	return d, nil
}

func (d *dayLog) readDead() (map[uint32]rowSet, error) {
	if d.manifest.Dead == 0 {
		return nil, nil
	}
	return readDead(d.log.disk, d.file(deadName(d.manifest.Dead)), d.key, d.manifest.Dead)
}

// recover replays the logs. What is already in a run is known by its id and
// changes nothing, so a replay may be repeated from any state.
func (d *dayLog) recover() error {
	if len(d.manifest.Logs) == 0 {
		return nil
	}
	if err := d.loadFilter(); err != nil {
		return err
	}
	var damage error
	for i, entry := range d.manifest.Logs {
		size, err := replayWAL(d.log.disk, d.file(logName(entry.Number)), d.key, entry, d.again)
		var known *Damage
		switch {
		case errors.As(err, &known):
			damage = errors.Join(damage, err)
		case err != nil:
			return err
		}
		d.manifest.Logs[i].Size = max(entry.Size, size)
	}
	v := *d.view.Load()
	v.damage = errors.Join(v.damage, damage)
	d.view.Store(&v)
	return nil
}

// again takes an observation of a log once more.
func (d *dayLog) again(o venue.Observation) error {
	if d.view.Load().mem.table.weight() >= d.log.options.FlushAt {
		d.putAside(0) // the log is read only in part
		if err := d.hold(d.flush); err != nil {
			return err
		}
	}
	g := d.begin(1)
	x := lookedUp{hash: hashID(o.ID, d.seed)}
	if o.Act == venue.CheckIn {
		x.site = d.log.sites.number(o.Site)
	}
	if _, err := d.take(&o, x); err != nil {
		d.view.Load().mem.table.rollback(g.before)
		return err
	}
	g.after = d.view.Load().mem.table.extent()
	d.publish(g)
	d.commits.spare = g
	return nil
}
