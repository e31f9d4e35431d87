package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/fault"
)

// copied are the tables that a copy takes over, with all their columns and in
// the order of a first one that tells whether the target is empty. Sessions
// are left behind: who signed in before a restore signs in again.
func copied() []table {
	numbered := func(t table) table { return table{t.name, "seq, " + t.columns} }
	return []table{
		areaTable, {"area_closure", "within, area"},
		numbered(batchTable), numbered(observationTable), numbered(noticeTable), numbered(signalTable), numbered(eventTable),
		numbered(outcomeTable), numbered(missedTable),
		numbered(proposalTable), numbered(levelTable), numbered(storedDirective), numbered(shiftTable), numbered(accountTable),
		numbered(visitDayTable), numbered(disclosureTable), numbered(declarationTable),
		memoryTable, numbered(entryTable), touchTable, linkTable,
	}
}

// CopyTo copies everything that is stored, as it stands at one instant, into
// an empty database of either kind: a backup, a restore, or a city that moves
// from one kind to the other. All of it arrives or nothing does. Progress is
// told in rows. The fault is Conflict when the other database is not empty.
func (db *DB) CopyTo(ctx context.Context, to *DB, progress func(done, total int)) error {
	return db.Snapshot(ctx, func(s audit.Snapshot) error {
		from := s.(snapshot).view
		total, err := from.rows(ctx)
		if err != nil {
			return err
		}
		return to.write(ctx, func(tx *Tx) error {
			if n, err := tx.rows(ctx); err != nil {
				return err
			} else if n > 0 {
				return fault.New(fault.Conflict, "the database to copy into is not empty")
			}
			done := 0
			for _, t := range copied() {
				err := from.copyTable(ctx, t, to.dialect, tx.q, func(n int) {
					done += n
					progress(done, total)
				})
				if err != nil {
					return fmt.Errorf("copy %s: %w", t.name, err)
				}
			}
			return nil
		})
	})
}

// rows counts the rows of all tables that a copy takes over.
func (v view) rows(ctx context.Context) (int, error) {
	var counts []string
	for _, t := range copied() {
		counts = append(counts, "(SELECT count(*) FROM "+t.name+")")
	}
	n, _, err := first(ctx, v.q, func(n *int) []any { return []any{n} }, "SELECT "+strings.Join(counts, " + "))
	if err != nil {
		return 0, fmt.Errorf("count rows: %w", err)
	}
	return n, nil
}

// copyTable copies the rows of a table, several to a statement, and has the
// numbers of later rows go on behind them.
func (v view) copyTable(ctx context.Context, t table, d dialect, to queries, copied func(n int)) error {
	var waiting []any
	flush := func() error {
		n := len(waiting) / t.width()
		if n == 0 {
			return nil
		}
		if _, err := to.exec(ctx, d.numbered(t.insert(n)), waiting...); err != nil {
			return err
		}
		waiting = nil
		copied(n)
		return nil
	}
	row := func(r *[]any) []any {
		*r = make([]any, t.width())
		into := make([]any, t.width())
		for i := range into {
			into[i] = &(*r)[i]
		}
		return into
	}
	err := forEach(ctx, v.q, row, func(r []any) error {
		if waiting = append(waiting, r...); len(waiting) < atOnce*t.width() {
			return nil
		}
		return flush()
	}, "SELECT "+t.columns+" FROM "+t.name+" ORDER BY 1, 2")
	if err == nil {
		err = flush()
	}
	if text := d.renumber(t); err == nil && text != "" {
		_, err = to.exec(ctx, text)
	}
	return err
}
