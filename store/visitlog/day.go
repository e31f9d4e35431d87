package visitlog

import (
	"errors"
	"fmt"
	"path"
	"sync"
	"sync/atomic"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/trust"
)

// dayLog is one day: files on disk and what is in memory of them. Everything
// below mu belongs to whoever holds it; readers use the published view alone.
type dayLog struct {
	log  *Log
	day  civil.Day
	dir  string
	key  trust.DayKey
	seed uint64

	view atomic.Pointer[view]

	mu       sync.Mutex
	change   *sync.Cond // signalled when any of the following changes
	busy     bool       // a flush or merge is at work
	commits  commits
	closed   error // why nothing more is taken
	manifest *manifest
	next     uint32 // the number of the next file; never goes back, even after failures
	wal      *walWriter
	filter   *filter // of all ids in runs; nil until the first write
	group    *group  // being taken
	warmed   uint64  // what warm read; nobody uses it, but the reads must not be left out
	// saved holds, for each run of the view, the dead rows that the files know;
	// rows that died since are in the write-ahead log.
	saved []rowSet
	// atFreeze is the view at the moment when the frozen table was frozen.
	atFreeze *view
	// needed is the number of the first log that is needed once the frozen table
	// is in a run.
	needed uint32
}

// view is what readers see: immutable, replaced as a whole.
type view struct {
	mem    tier
	frozen *tier // being written to a run; nil when there is none
	runs   []runTier
	damage error // found when the day was opened; every answer carries it
}

// tier is a memtable as far as it is published.
type tier struct {
	table *memtable
	n     int
	marks int
	dead  rowSet
}

type runTier struct {
	*run
	dead rowSet
}

// startLog begins a new write-ahead log behind those that there are.
func (d *dayLog) startLog() error {
	number := d.number()
	wal, err := createWAL(d.log.disk, d.file(logName(number)), d.key, number, d.log.random)
	if err != nil {
		return fmt.Errorf("start the day's log: %w", err)
	}
	m := d.manifest.clone()
	if n := len(m.Logs); n > 0 && d.wal != nil {
		m.Logs[n-1].Size = d.wal.size
	}
	m.Logs, m.Sealed = append(m.Logs, logEntry{Number: number, Salt: wal.salt}), false
	if err := d.commit(m); err != nil {
		return errors.Join(err, wal.file.Close())
	}
	if d.wal != nil {
		err = d.wal.file.Close()
	}
	d.wal = wal
	return err
}

// commit makes a manifest the one that counts. After an error the old one goes
// on in memory; the one on disk may be either, and both name everything that
// was acknowledged.
func (d *dayLog) commit(m *manifest) error {
	m.Next = d.next
	if err := d.log.disk.SyncDir(d.dir); err != nil {
		return fmt.Errorf("sync the day's folder: %w", err)
	}
	if err := writeManifest(d.log.disk, d.dir, m); err != nil {
		return err
	}
	d.manifest = m
	return nil
}

func (d *dayLog) number() uint32 {
	d.next++
	return d.next - 1
}

func (d *dayLog) file(name string) string { return path.Join(d.dir, name) }

// takeAll decides on the observations of a batch, in their order.
func (d *dayLog) takeAll(m *waiting) (err error) {
	const stretch = 256
	for i := range m.batch {
		if i%stretch == 0 {
			d.warm(m.looked[i:min(i+stretch, len(m.looked))])
		}
		if m.out[i], err = d.take(&m.batch[i], m.looked[i]); err != nil {
			return err
		}
	}
	return nil
}

// warm reads the places in memory that the next observations need. Nothing here
// waits for anything else, so that the misses of the cache overlap, which they
// do not while one observation is decided on after the other.
func (d *dayLog) warm(next []lookedUp) {
	v := d.view.Load()
	for _, t := range v.tables() {
		if len(t.table.ids.slots) == 0 {
			continue
		}
		for _, x := range next {
			d.warmed += t.table.ids.slots[t.table.ids.home(x.hash)]
		}
	}
	if len(v.runs) == 0 {
		return
	}
	for _, x := range next {
		line, _ := d.filter.line(uint32(x.hash >> 32))
		d.warmed += line[0]
	}
}

// take decides on one observation and, when it counts, adds it to the group.
func (d *dayLog) take(o *venue.Observation, x lookedUp) (venue.Outcome, error) {
	mem := d.view.Load().mem.table
	h := x.hash
	known, err := d.knows(o.ID, h)
	if err != nil || known {
		return venue.Known, err
	}
	if o.Act == venue.CheckIn {
		mem.set(o.ID, h, mem.append(rowOf(&o.Visit, x.site)))
	} else if outcome, err := d.amend(o, mem); err != nil || outcome != venue.Stored {
		return outcome, err
	} else {
		mem.mark(o.ID, h)
	}
	d.group.plain = appendObservation(d.group.plain, o, baseOf(d.day))
	return venue.Stored, nil
}

// amend replaces the row of a visit by one that says what is now known, or by a
// mark when the visit is withdrawn.
func (d *dayLog) amend(o *venue.Observation, mem *memtable) (venue.Outcome, error) {
	h := hashID(o.Of, d.seed)
	at, old, err := d.find(o.Of, h)
	if err != nil || at.tier == nowhere {
		return venue.NoVisit, err
	}
	if o.Act == venue.Withdraw {
		mem.mark(o.Of, h)
	} else {
		v, err := o.Amended(old.visit(d.day, d.log.sites))
		if err != nil {
			return venue.Impossible, nil
		}
		mem.set(o.Of, h, mem.append(rowOf(&v, d.log.sites.number(v.Site))))
	}
	d.group.kills[at.tier] = append(d.group.kills[at.tier], at.place)
	return venue.Stored, nil
}

// location is where a row is.
type location struct {
	tier  int
	place uint32
}

// tiers of a location.
const (
	nowhere  = -1
	inMemory = 0
	inFrozen = 1
	firstRun = 2
)

// knows tells whether an observation of this id was stored before.
func (d *dayLog) knows(id venue.ObservationID, h uint64) (bool, error) {
	v := d.view.Load()
	if _, ok := v.mem.table.find(id, h); ok {
		return true, nil
	}
	if v.frozen != nil {
		if _, ok := v.frozen.table.find(id, h); ok {
			return true, nil
		}
	}
	if !d.filter.mayHold(uint32(h >> 32)) {
		return false, nil
	}
	for _, r := range v.runs {
		found, err := r.marked(id)
		err = errors.Join(err, r.find(id, h, func(uint32, row) error {
			found = true
			return nil
		}))
		if found || err != nil {
			return found, err
		}
	}
	return false, nil
}

// find gives the row of a visit that counts; nowhere when there is none.
func (d *dayLog) find(id venue.ObservationID, h uint64) (location, row, error) {
	v := d.view.Load()
	if at, ok := v.mem.table.find(id, h); ok {
		return inTable(v.mem.table, inMemory, at)
	}
	if v.frozen != nil {
		if at, ok := v.frozen.table.find(id, h); ok {
			return inTable(v.frozen.table, inFrozen, at)
		}
	}
	at, found := location{tier: nowhere}, row{}
	if !d.filter.mayHold(uint32(h >> 32)) {
		return at, found, nil
	}
	for i, r := range v.runs {
		err := r.find(id, h, func(place uint32, x row) error {
			if !r.dead.has(place) {
				at, found = location{firstRun + i, place}, x
			}
			return nil
		})
		if err != nil {
			return location{tier: nowhere}, row{}, err
		}
	}
	return at, found, nil
}

func inTable(m *memtable, tier int, position uint32) (location, row, error) {
	if position&markBit != 0 {
		return location{tier: nowhere}, row{}, nil
	}
	return location{tier, position}, *m.row(position), nil
}

// tables gives the memtables of the view.
func (v *view) tables() []tier {
	if v.frozen == nil {
		return []tier{v.mem}
	}
	return []tier{v.mem, *v.frozen}
}

// files gives the runs of the view.
func (v *view) files() []*run {
	runs := make([]*run, len(v.runs))
	for i, r := range v.runs {
		runs[i] = r.run
	}
	return runs
}

// forgotten is the answer to whoever wants something of a destroyed day.
func forgotten(day civil.Day) error {
	return fault.New(fault.Conflict, "the day %s was destroyed and takes nothing more", day)
}
