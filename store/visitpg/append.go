package visitpg

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
)

// waiting is a batch whose appender waits for the commit.
type waiting struct {
	batch []venue.Observation
	out   []venue.Outcome
	done  bool
	err   error
}

// Append implements [venue.Log]. Batches that wait share a transaction.
func (l *Log) Append(ctx context.Context, batch []venue.Observation) ([]venue.Outcome, error) {
	if err := venue.CheckBatch(batch); err != nil {
		return nil, err
	}
	begins := map[civil.Day]bool{} // whether a visit of the day may be new
	for i := range batch {
		begins[batch[i].Day] = begins[batch[i].Day] || batch[i].Act == venue.CheckIn
	}
	for _, day := range slices.Sorted(maps.Keys(begins)) {
		prepare := l.refuseForgotten
		if begins[day] {
			prepare = l.ensureDay
		}
		if err := prepare(ctx, day); err != nil {
			return nil, err
		}
	}
	w := &waiting{batch: batch, out: make([]venue.Outcome, len(batch))}
	l.queueMu.Lock()
	l.queue = append(l.queue, w)
	l.queueMu.Unlock()
	l.writing.Lock()
	defer l.writing.Unlock()
	for !w.done {
		group := l.takeGroup()
		// One appender that goes away must not fail the others.
		err := l.write(context.WithoutCancel(ctx), group)
		for _, m := range group {
			m.done, m.err = true, err
		}
	}
	return w.out, w.err
}

func (l *Log) takeGroup() []*waiting {
	l.queueMu.Lock()
	defer l.queueMu.Unlock()
	n, size := 0, 0
	for n < len(l.queue) && (n == 0 || size+len(l.queue[n].batch) <= venue.MostInBatch) {
		size += len(l.queue[n].batch)
		n++
	}
	group := l.queue[:n:n]
	l.queue = l.queue[n:]
	return group
}

// write stores a group in one transaction, again when another node's
// transaction was in the way.
func (l *Log) write(ctx context.Context, group []*waiting) error {
	const serialization, deadlock, attempts = "40001", "40P01", 5
	for attempt := 1; ; attempt++ {
		err := pgx.BeginFunc(ctx, l.pool, func(tx pgx.Tx) error {
			if err := unsettle(ctx, tx, group); err != nil {
				return err
			}
			for _, m := range group {
				if err := (&writer{tx: tx}).take(ctx, m.batch, m.out); err != nil {
					return err
				}
			}
			return nil
		})
		if state := sqlState(err); state != serialization && state != deadlock || attempt == attempts {
			return l.explain(ctx, err, group)
		}
	}
}

// unsettle takes the mark from the days that a group touches, in one journey to
// the server: see [Log.settle].
func unsettle(ctx context.Context, tx pgx.Tx, group []*waiting) error {
	touched := map[string]bool{}
	for _, m := range group {
		for i := range m.batch {
			touched[m.batch[i].Day.String()] = true
		}
	}
	queued := &pgx.Batch{}
	queued.Queue("SELECT pg_advisory_xact_lock_shared($1)", int64(settleLock))
	queued.Queue("DELETE FROM visit_days_settled WHERE day = ANY($1)", slices.Sorted(maps.Keys(touched)))
	return tx.SendBatch(ctx, queued).Close()
}

// explain turns the error of a partition that is not there any more into the
// Conflict that it is, also when another node forgot the day.
func (l *Log) explain(ctx context.Context, err error, group []*waiting) error {
	const noTable, noPartition = "42P01", "23514"
	if state := sqlState(err); state == noTable || state == noPartition {
		seen := map[civil.Day]bool{}
		for _, m := range group {
			for i := range m.batch {
				day := m.batch[i].Day
				if seen[day] {
					continue
				}
				seen[day] = true
				l.lose(day)
				if forgotten := l.refuseForgotten(ctx, day); forgotten != nil {
					return forgotten
				}
			}
		}
	}
	if err != nil {
		return fmt.Errorf("store visits: %w", err)
	}
	return nil
}

// writer stores one batch within a transaction.
type writer struct{ tx pgx.Tx }

// take goes through a batch in its order: check-ins of a day that follow each
// other together, amendments one by one.
func (w *writer) take(ctx context.Context, batch []venue.Observation, out []venue.Outcome) error {
	for i := 0; i < len(batch); {
		if batch[i].Act != venue.CheckIn {
			outcome, err := w.amend(ctx, &batch[i])
			if err != nil {
				return err
			}
			out[i] = outcome
			i++
			continue
		}
		n := i
		for n < len(batch) && batch[n].Act == venue.CheckIn && batch[n].Day == batch[i].Day {
			n++
		}
		if err := w.checkIn(ctx, batch[i:n], out[i:n]); err != nil {
			return err
		}
		i = n
	}
	return nil
}

// checkIn stores check-ins of one day: by COPY as long as none was seen before,
// row by row where one was.
func (w *writer) checkIn(ctx context.Context, batch []venue.Observation, out []venue.Outcome) error {
	ids := make([][16]byte, len(batch))
	for i := range batch {
		ids[i] = batch[i].ID
	}
	known := make(map[[16]byte]bool, len(batch))
	rows, err := w.tx.Query(ctx, "SELECT id FROM visit_marks WHERE day = $1 AND id = ANY($2)", batch[0].Day.String(), ids)
	if err != nil {
		return err
	}
	marked, err := pgx.CollectRows(rows, pgx.RowTo[[16]byte])
	if err != nil {
		return err
	}
	for _, id := range marked {
		known[id] = true
	}
	var fresh []int
	for i := range batch {
		out[i] = venue.Known
		if !known[batch[i].ID] {
			known[batch[i].ID] = true
			fresh = append(fresh, i)
		}
	}
	const unique = "23505"
	err = pgx.BeginFunc(ctx, w.tx, func(inner pgx.Tx) error { // a savepoint
		_, err := inner.CopyFrom(ctx, pgx.Identifier{partition(batch[0].Day)}, columns,
			pgx.CopyFromSlice(len(fresh), func(i int) ([]any, error) { return values(&batch[fresh[i]]), nil }))
		return err
	})
	if sqlState(err) == unique {
		return w.insert(ctx, batch, fresh, out)
	}
	for _, i := range fresh {
		out[i] = venue.Stored
	}
	return err
}

var columns = []string{"day", "id", "site", "who", "enter", "leave", "open", "entrance", "party"}

func values(o *venue.Observation) []any {
	return []any{o.Day.String(), [16]byte(o.ID), [16]byte(o.Site), [16]byte(o.Who), int64(o.Enter), int64(o.Leave),
		o.Open, int32(o.Entrance), int16(o.Party)}
}

func (w *writer) insert(ctx context.Context, batch []venue.Observation, fresh []int, out []venue.Outcome) error {
	queued := &pgx.Batch{}
	for _, i := range fresh {
		queued.Queue("INSERT INTO visits (day, id, site, who, enter, leave, open, entrance, party) "+
			"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING", values(&batch[i])...)
	}
	results := w.tx.SendBatch(ctx, queued)
	for _, i := range fresh {
		tag, err := results.Exec()
		if err != nil {
			return errors.Join(err, results.Close())
		}
		if tag.RowsAffected() == 1 {
			out[i] = venue.Stored
		}
	}
	return results.Close()
}

// amend changes one visit.
func (w *writer) amend(ctx context.Context, o *venue.Observation) (venue.Outcome, error) {
	day := o.Day.String()
	var seen bool
	err := w.tx.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM visit_marks WHERE day = $1 AND id = $2) OR EXISTS (SELECT 1 FROM visits WHERE day = $1 AND id = $2)",
		day, [16]byte(o.ID)).Scan(&seen)
	if err != nil || seen {
		return venue.Known, err
	}
	old, err := scanVisit(w.tx.QueryRow(ctx, "SELECT "+visitColumns+" FROM visits WHERE day = $1 AND id = $2 FOR UPDATE", day, [16]byte(o.Of)))
	if errors.Is(err, pgx.ErrNoRows) {
		return venue.NoVisit, nil
	}
	if err != nil {
		return 0, err
	}
	marks := [][16]byte{o.ID}
	if o.Act == venue.Withdraw {
		marks = append(marks, o.Of)
		_, err = w.tx.Exec(ctx, "DELETE FROM visits WHERE day = $1 AND id = $2", day, [16]byte(o.Of))
	} else {
		v, timesErr := o.Amended(old)
		if fault.Is(timesErr, fault.Invalid) {
			return venue.Impossible, nil
		}
		_, err = w.tx.Exec(ctx, "UPDATE visits SET site = $3, enter = $4, leave = $5, open = $6, entrance = $7, party = $8 WHERE day = $1 AND id = $2",
			day, [16]byte(o.Of), [16]byte(v.Site), int64(v.Enter), int64(v.Leave), v.Open, int32(v.Entrance), int16(v.Party))
	}
	if err != nil {
		return 0, err
	}
	for _, id := range marks {
		tag, err := w.tx.Exec(ctx, "INSERT INTO visit_marks (day, id) VALUES ($1, $2) ON CONFLICT DO NOTHING", day, id)
		if err != nil {
			return 0, err
		}
		if id == o.ID && tag.RowsAffected() == 0 {
			return 0, fault.New(fault.Conflict, "two nodes sent the same observation at once; send it again")
		}
	}
	return venue.Stored, nil
}
