package visitlog

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/breakwater-eoc/breakwater/observe/venue"
)

// freeze puts the full memtable aside, begins a new one with a log of its own,
// and has the old one written to a run in the background. One that could not
// be written before is written first, while the appender waits.
func (d *dayLog) freeze() error {
	if d.view.Load().frozen != nil {
		return d.hold(d.flush)
	}
	if err := d.startLog(); err != nil {
		return err
	}
	d.putAside(d.active())
	d.busy = true
	d.log.background.Go(func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		// A failure keeps the frozen table, which is tried again when there is no
		// more room; until then it is searchable and in its log.
		if err := d.flush(); err == nil && len(d.view.Load().runs) >= d.log.options.MergeAt {
			_ = d.merge() // the runs as they are stay good, and the next flush tries again
		}
		d.release()
	})
	return nil
}

// putAside freezes the memtable. Once it is in a run, logs with numbers below
// needed are not needed any more.
func (d *dayLog) putAside(needed uint32) {
	v := *d.view.Load()
	mem := v.mem
	v.frozen = &mem
	v.mem = tier{table: newMemtable(d.log.options.FlushAt)}
	v.mem.table.reserve(mem.n)
	d.view.Store(&v)
	d.atFreeze, d.needed = &v, needed
}

// active gives the number of the log that is being written.
func (d *dayLog) active() uint32 { return d.manifest.Logs[len(d.manifest.Logs)-1].Number }

// hold runs work with the day marked as busy.
func (d *dayLog) hold(work func() error) error {
	d.busy = true
	defer d.release()
	return work()
}

func (d *dayLog) release() {
	d.busy = false
	d.change.Broadcast()
}

// unlocked lets others at the day while work goes on that touches files only.
func (d *dayLog) unlocked(work func() error) error {
	d.mu.Unlock()
	defer d.mu.Lock()
	return work()
}

// flush writes the frozen table to a run. The caller holds mu and has marked
// the day as busy.
func (d *dayLog) flush() error {
	at := d.atFreeze
	frozen := at.frozen // what is frozen does not change
	saved := make([]rowSet, 0, len(at.runs)+1)
	for _, r := range at.runs {
		saved = append(saved, r.dead)
	}
	if frozen.n == frozen.dead.count && frozen.marks == 0 {
		return d.quietly(func() error {
			v := *d.view.Load()
			v.frozen = nil
			return d.install(&v, saved)
		})
	}
	run, order, err := d.writeRun(runContent{table: frozen.table, n: frozen.n, dead: frozen.dead, marks: frozen.table.marks[:frozen.marks]})
	if err != nil {
		return err
	}
	before := d.filter
	var filter *filter
	err = d.unlocked(func() (err error) {
		filter, err = d.filterWith(before, at, run)
		return err
	})
	if err != nil {
		return err
	}
	return d.quietly(func() error {
		v := *d.view.Load()
		late := v.frozen.dead.without(frozen.dead)
		added := runTier{run: run, dead: rowSet{}.with(translate(late, order))}
		v.runs, v.frozen = append(v.runs[:len(v.runs):len(v.runs)], added), nil
		if err := d.install(&v, append(saved, rowSet{})); err != nil {
			return err
		}
		if d.filter != before {
			filter = nil // it was loaded meanwhile, without the run
		}
		d.filter = filter
		return nil
	})
}

// writeRun writes content to the next run file and opens it, without holding
// the day meanwhile.
func (d *dayLog) writeRun(content runContent) (r *run, order []keyed, err error) {
	number := d.number()
	content.sites = d.log.sites.snapshot()
	err = d.unlocked(func() error {
		written, err := writeRun(d.log.disk, d.file(runName(number)), d.key, number, d.log.random, content)
		if err != nil {
			return err
		}
		order = written.order
		r, err = openRun(d.log.disk, d.file(runName(number)), d.key, written.entry, d.log.sites)
		return err
	})
	return r, order, err
}

// translate turns places in a content into rows of the run that was written from
// it; order says how the content was sorted.
func translate(places []uint32, order []keyed) []uint32 {
	if len(places) == 0 {
		return nil
	}
	wanted := rowSet{}.with(places)
	out := make([]uint32, 0, len(places))
	for i, k := range order {
		if wanted.has(k.row) {
			out = append(out, uint32(i))
		}
	}
	return out
}

// install writes the manifest for a view whose runs changed and publishes it.
// Logs of tables that are in runs now, and files that nothing names, go.
func (d *dayLog) install(v *view, saved []rowSet) error {
	m := d.manifest.clone()
	m.Runs, m.Dead = nil, 0
	dead := map[uint32]rowSet{}
	for i, r := range v.runs {
		m.Runs = append(m.Runs, r.entry)
		if saved[i].count > 0 {
			dead[r.number] = saved[i]
		}
	}
	m.Logs = slices.DeleteFunc(m.Logs, func(l logEntry) bool { return l.Number < d.needed })
	if len(dead) > 0 {
		m.Dead = d.number()
		if err := writeDead(d.log.disk, d.file(deadName(m.Dead)), d.key, m.Dead, d.log.random, dead); err != nil {
			return err
		}
	}
	if err := d.commit(m); err != nil {
		return err
	}
	d.view.Store(v)
	d.saved = saved
	if v.frozen == nil {
		d.atFreeze = nil
	}
	_ = d.tidy() // what could not be removed now is removed the next time
	return nil
}

// tidy removes files that the manifest does not name.
func (d *dayLog) tidy() error {
	names, err := d.log.disk.List(d.dir)
	if err != nil {
		return fmt.Errorf("list the day's folder: %w", err)
	}
	wanted := d.manifest.files()
	for _, name := range names {
		if !wanted[name] {
			err = errors.Join(err, d.log.disk.Remove(d.file(name)))
		}
	}
	return err
}

// tierFactor is how much larger than all newer runs together a run must be to be left
// alone by a merge. It bounds both the runs of a day, by the logarithm of its
// size, and how often a row is written again.
const tierFactor = 4

// sweepShare is the share of a run's rows that must be dead, 1 in so many, for
// the run to be written again without them.
const sweepShare = 8

// merge joins the newest runs into one of at most MergeTo rows and marks, as far back as
// runs are not much larger than what follows, and rewrites runs that are dead
// in good part. The caller holds mu and has marked the day as busy.
func (d *dayLog) merge() error {
	last := len(d.view.Load().runs) - 1
	if last < 0 {
		return nil
	}
	first, size := last, d.alive(last)
	for first > 0 && d.alive(first-1) <= tierFactor*size && size+d.alive(first-1) <= d.log.options.MergeTo {
		first--
		size += d.alive(first)
	}
	if first < last {
		if err := d.mergeRuns(first, last-first+1, size); err != nil {
			return err
		}
	}
	for i, r := range d.view.Load().runs {
		if d.saved[i].count*sweepShare > r.entry.Rows {
			if err := d.mergeRuns(i, 1, d.alive(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// alive counts what a merge keeps of a run: rows, and marks, of which a day has
// one for each check-out.
func (d *dayLog) alive(i int) int {
	r := d.view.Load().runs[i]
	return r.ids() - d.saved[i].count
}

// mergeRuns writes runs i to i+n-1 as one.
func (d *dayLog) mergeRuns(i, n, size int) error {
	runs, saved := d.view.Load().runs[i:i+n], d.saved[i:i+n]
	content := runContent{table: newMemtable(size)}
	places := make([]uint32, 0, size) // of the content's rows, rising
	first := make([]uint32, n)        // of each run in one common numbering of places
	err := d.unlocked(func() (err error) {
		for k, r := range runs {
			if k > 0 {
				first[k] = first[k-1] + uint32(runs[k-1].entry.Rows)
			}
			err = errors.Join(err, r.eachRow(func(place uint32, v row) error {
				if !saved[k].has(place) {
					content.table.append(v)
					places = append(places, first[k]+place)
				}
				return nil
			}), r.eachMark(func(id venue.ObservationID) { content.marks = append(content.marks, id) }))
		}
		slices.SortFunc(content.marks, func(a, b venue.ObservationID) int { return bytes.Compare(a[:], b[:]) })
		content.marks = slices.Compact(content.marks)
		return err
	})
	if err != nil {
		return fmt.Errorf("merge runs: %w", err)
	}
	content.n = content.table.n
	merged, order, err := d.writeRun(content)
	if err != nil {
		return fmt.Errorf("merge runs: %w", err)
	}
	return d.quietly(func() error {
		v := *d.view.Load()
		var late []uint32
		for k := range n {
			for _, place := range v.runs[i+k].dead.without(saved[k]) {
				at, _ := slices.BinarySearch(places, first[k]+place)
				late = append(late, uint32(at))
			}
		}
		all := append([]runTier(nil), v.runs[:i]...)
		all = append(all, runTier{run: merged, dead: rowSet{}.with(translate(late, order))})
		keep := append(append([]rowSet(nil), d.saved[:i]...), rowSet{})
		keep = append(keep, d.saved[i+n:]...)
		v.runs = append(all, v.runs[i+n:]...)
		return d.install(&v, keep)
	})
}

// seal brings the day into its final files: everything in few runs, no log. A later observation opens it again.
func (d *dayLog) seal() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.busy {
		d.change.Wait()
	}
	if d.closed != nil {
		return d.closed
	}
	if d.manifest.Sealed {
		return nil
	}
	return d.hold(d.sealAll)
}

func (d *dayLog) sealAll() error {
	if d.view.Load().frozen != nil {
		if err := d.flush(); err != nil {
			return err
		}
	}
	err := d.quietly(func() error {
		if d.view.Load().mem.table.weight() == 0 {
			return nil
		}
		if err := d.startLog(); err != nil {
			return err
		}
		d.putAside(d.active())
		return nil
	})
	if err == nil && d.view.Load().frozen != nil {
		err = d.flush()
	}
	if err == nil {
		err = d.merge()
	}
	if err != nil {
		return err
	}
	return d.quietly(d.close)
}

// close drops the log of a day whose memory is empty.
func (d *dayLog) close() error {
	if d.view.Load().mem.table.weight() > 0 {
		return nil // somebody wrote meanwhile; the day stays open
	}
	m := d.manifest.clone()
	m.Logs, m.Sealed = nil, true
	if err := d.commit(m); err != nil {
		return err
	}
	var err error
	if d.wal != nil {
		err = d.wal.file.Close()
	}
	d.wal, d.filter, d.group, d.commits.spare = nil, nil, nil, nil
	v := *d.view.Load()
	v.mem = tier{table: newMemtable(d.log.options.FlushAt)}
	d.view.Store(&v)
	_ = d.tidy() // as in install
	return err
}
