package visitlog

import (
	"sync"

	"github.com/breakwater-eoc/breakwater/observe/venue"
)

// Batches become durable in groups, one frame and one sync for each. While the
// log writes one group, the next is already taken: decided on, put into the
// memtable and encoded. Nothing of a group is shown to readers or acknowledged
// before it is durable, in order; when one fails, so does the one behind it,
// which may rest on it.

// commits is where a day's groups are, with mu held.
type commits struct {
	queue   queue
	taking  bool   // somebody makes room for the next group
	taken   *group // waits to be written
	writing *group // is being written
	quiet   int    // how many want to see neither; no group is taken meanwhile
	spare   *group // a finished one, whose room is used again
}

// queue holds batches that nobody has taken yet. It has a lock of its own, so that
// joining it waits for nothing.
type queue struct {
	mu    sync.Mutex
	items []*waiting
	size  int // the observations of all
}

// waiting is a batch whose appender waits for it to be durable.
type waiting struct {
	batch  []venue.Observation
	out    []venue.Outcome
	looked []lookedUp
	done   bool
	err    error
}

// lookedUp is what can be told of an observation before the day is held.
type lookedUp struct {
	hash uint64 // of its id
	site uint32 // the number of a check-in's site
}

// group is what a commit changes.
type group struct {
	members []*waiting
	plain   []byte // the accepted observations, encoded
	before  extent // of the memtable
	after   extent
	kills   map[int][]uint32 // rows that die, by tier: 0 memory, 1 frozen, 2 and on the runs
}

// worthAhead is how many observations must wait for the next group to be taken
// while the log writes. With fewer, those who come during the write join it: one
// sync for all of them saves more than is gained by taking a few ahead.
const worthAhead = 2000

func (q *queue) join(w *waiting) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, w)
	q.size += len(w.batch)
}

// holds tells whether at least so many observations wait.
func (q *queue) holds(least int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.size >= least
}

// take takes waiting batches, in order, up to the size of one frame.
func (q *queue) take() []*waiting {
	q.mu.Lock()
	defer q.mu.Unlock()
	n, size := 0, 0
	for n < len(q.items) && (n == 0 || size+len(q.items[n].batch) <= venue.MostInBatch) {
		size += len(q.items[n].batch)
		n++
	}
	members := q.items[:n:n]
	q.items = q.items[n:]
	q.size -= size
	return members
}

// lookUp tells of a batch what can be told before the day is held.
func (d *dayLog) lookUp(batch []venue.Observation) []lookedUp {
	looked := make([]lookedUp, len(batch))
	for i := range batch {
		looked[i].hash = hashID(batch[i].ID, d.seed)
	}
	d.log.sites.numberAll(batch, looked)
	return looked
}

// append stores a batch. Whoever has nothing else to wait for does the next step
// for all.
func (d *dayLog) append(batch []venue.Observation, out []venue.Outcome) error {
	w := &waiting{batch: batch, out: out, looked: d.lookUp(batch)}
	c := &d.commits
	c.queue.join(w)
	d.mu.Lock()
	defer d.mu.Unlock()
	for !w.done {
		switch {
		case c.taken != nil && c.writing == nil:
			d.writeGroup()
		case c.taken == nil && !c.taking && c.quiet == 0 && (c.writing == nil || c.queue.holds(worthAhead)) && d.takeGroup():
		default:
			d.change.Wait()
		}
	}
	return w.err
}

// takeGroup takes the batches that wait and tells whether there were any.
func (d *dayLog) takeGroup() bool {
	members := d.commits.queue.take()
	if len(members) == 0 {
		return false
	}
	d.commits.taking = true
	g, err := d.takeMembers(members)
	d.commits.taking, d.commits.taken = false, g
	if err != nil {
		d.finish(members, err)
	}
	d.change.Broadcast()
	return true
}

func (d *dayLog) takeMembers(members []*waiting) (*group, error) {
	size := 0
	for _, m := range members {
		size += len(m.batch)
	}
	if err := d.prepare(size); err != nil {
		return nil, err
	}
	g := d.begin(size)
	g.members = members
	for _, m := range members {
		if err := d.takeAll(m); err != nil {
			d.view.Load().mem.table.rollback(g.before)
			return nil, err
		}
	}
	g.after = d.view.Load().mem.table.extent()
	return g, nil
}

// prepare makes sure that there is a log to write to and room in memory for a
// group. It may wait, and then others hold the day.
func (d *dayLog) prepare(size int) error {
	for d.closed == nil {
		mem := d.view.Load().mem.table
		full := mem.weight() >= d.log.options.FlushAt
		switch {
		case d.commits.quiet > 0, (full || d.unsettled()) && d.busy, d.commits.writing != nil && (full || mem.mustGrow(2*size)):
			d.change.Wait()
		case d.unsettled():
			if err := d.settle(); err != nil {
				return err
			}
		case full:
			if err := d.freeze(); err != nil {
				return err
			}
		default:
			if err := d.loadFilter(); err != nil {
				return err
			}
			if d.wal == nil {
				return d.startLog()
			}
			return nil
		}
	}
	return d.closed
}

// begin begins a group of at most so many observations.
func (d *dayLog) begin(size int) *group {
	mem := d.view.Load().mem.table
	mem.reserve(2 * size)
	g := d.commits.spare
	d.commits.spare = nil
	if g == nil {
		g = &group{kills: map[int][]uint32{}}
	}
	g.plain, g.before = g.plain[:0], mem.extent()
	clear(g.kills)
	d.group = g
	return g
}

// writeGroup makes the taken group durable, without holding the day meanwhile,
// and shows it to readers.
func (d *dayLog) writeGroup() {
	c := &d.commits
	g := c.taken
	c.taken, c.writing = nil, g
	var err error
	if len(g.plain) > 0 {
		wal := d.wal
		err = d.unlocked(func() error { return wal.append(g.plain) })
	}
	c.writing = nil
	if err == nil {
		d.publish(g)
	} else {
		d.view.Load().mem.table.rollback(g.before)
		if c.taken != nil {
			d.finish(c.taken.members, err)
			c.taken = nil
		}
	}
	d.finish(g.members, err)
	g.members, c.spare = nil, g
	d.change.Broadcast()
}

func (d *dayLog) finish(members []*waiting, err error) {
	for _, m := range members {
		m.done, m.err = true, err
	}
}

// quietly runs work while no group is on its way: what is in the memtable is
// published, and what a group wants to change cannot have moved. work must not
// let go of the day.
func (d *dayLog) quietly(work func() error) error {
	c := &d.commits
	c.quiet++
	for c.taken != nil || c.writing != nil {
		d.change.Wait()
	}
	err := work()
	c.quiet--
	d.change.Broadcast()
	return err
}

// publish shows a group to readers.
func (d *dayLog) publish(g *group) {
	v := *d.view.Load()
	v.mem.table.commit(g.after.changes)
	if next := d.commits.taken; next != nil {
		next.before.changes -= g.after.changes
		next.after.changes -= g.after.changes
	}
	v.mem.n, v.mem.marks = g.after.rows, g.after.marks
	v.mem.dead = v.mem.dead.with(g.kills[0])
	if v.frozen != nil && len(g.kills[1]) > 0 {
		frozen := *v.frozen
		frozen.dead = frozen.dead.with(g.kills[1])
		v.frozen = &frozen
	}
	copied := false
	for tier, rows := range g.kills {
		if tier < firstRun || len(rows) == 0 {
			continue
		}
		if !copied {
			v.runs, copied = append([]runTier(nil), v.runs...), true
		}
		v.runs[tier-firstRun].dead = v.runs[tier-firstRun].dead.with(rows)
	}
	d.view.Store(&v)
}
