// Package visitpg keeps visits in PostgreSQL: the shared store of several
// nodes, and the oracle against which the visit log is tested. It realises
// [venue.Log].
//
// In: the same observations under the same pseudonyms as the visit log. Out:
// the same answers. Each day is a partition of its own, so that forgetting one
// drops a table. Rows are not sealed: what protects a day here is that its
// pseudonyms mean nothing without its key.
package visitpg

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

//go:embed schema.sql
var schema string

// schemaLock serialises changes of tables between nodes.
const schemaLock = 0x7669736974 // "visit"

// Log is a log of visits in a database.
type Log struct {
	pool *pgxpool.Pool
	keys *trust.DayKeys

	mu   sync.Mutex
	days map[civil.Day]bool // partitions known to exist

	queueMu sync.Mutex
	queue   []*waiting
	writing sync.Mutex
}

var _ venue.Log = (*Log)(nil)

// Open makes the tables where they are absent. The pool stays the caller's.
func Open(ctx context.Context, pool *pgxpool.Pool, keys *trust.DayKeys) (*Log, error) {
	l := &Log{pool: pool, keys: keys, days: map[civil.Day]bool{}}
	err := l.locked(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, schema)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("make the tables of visits: %w", err)
	}
	return l, nil
}

// locked runs a transaction that changes tables, one at a time over all nodes.
func (l *Log) locked(ctx context.Context, work func(pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, l.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(schemaLock)); err != nil {
			return err
		}
		return work(tx)
	})
}

func partition(day civil.Day) string {
	return "visits_" + strings.ReplaceAll(day.String(), "-", "")
}

func marksPartition(day civil.Day) string { return "visit_marks_" + partition(day)[len("visits_"):] }

// ensureDay makes the partitions of a day. A forgotten day is a Conflict.
func (l *Log) ensureDay(ctx context.Context, day civil.Day) error {
	l.mu.Lock()
	known := l.days[day]
	l.mu.Unlock()
	if l.keys.Destroyed(day) {
		return forgotten(day)
	}
	if known {
		return nil
	}
	err := l.locked(ctx, func(tx pgx.Tx) error {
		if err := isForgotten(ctx, tx, day); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s PARTITION OF visits FOR VALUES IN ('%[3]s');"+
			"CREATE TABLE IF NOT EXISTS %[2]s PARTITION OF visit_marks FOR VALUES IN ('%[3]s')", partition(day), marksPartition(day), day))
		return err
	})
	if err != nil {
		return fmt.Errorf("make the tables of day %s: %w", day, err)
	}
	l.mu.Lock()
	l.days[day] = true
	l.mu.Unlock()
	return nil
}

// lose drops what is known of the partition of a day.
func (l *Log) lose(day civil.Day) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.days, day)
}

// refuseForgotten is a Conflict when this or another node forgot the day.
func (l *Log) refuseForgotten(ctx context.Context, day civil.Day) error {
	if l.keys.Destroyed(day) {
		return forgotten(day)
	}
	return isForgotten(ctx, l.pool, day)
}

// querier is a transaction, or the pool.
type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func isForgotten(ctx context.Context, q querier, day civil.Day) error {
	var gone bool
	err := q.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM visit_days_forgotten WHERE day = $1)", day.String()).Scan(&gone)
	switch {
	case err != nil:
		return fmt.Errorf("see whether day %s was forgotten: %w", day, err)
	case gone:
		return forgotten(day)
	}
	return nil
}

func forgotten(day civil.Day) error {
	return fault.New(fault.Conflict, "the day %s was destroyed and takes nothing more", day)
}

const visitColumns = "day, id, site, who, enter, leave, open, entrance, party"

// ByPerson implements [venue.Log].
func (l *Log) ByPerson(ctx context.Context, day civil.Day, who trust.Pseudonym) ([]venue.Visit, error) {
	var visits []venue.Visit
	err := l.each(ctx, func(v venue.Visit) bool { visits = append(visits, v); return true },
		"SELECT "+visitColumns+" FROM visits WHERE day = $1 AND who = $2 ORDER BY enter, id", day.String(), [16]byte(who))
	return visits, err
}

// EachVisit implements [venue.Log].
func (l *Log) EachVisit(ctx context.Context, day civil.Day, yield func(venue.Visit) bool) error {
	return l.each(ctx, yield, "SELECT "+visitColumns+" FROM visits WHERE day = $1", day.String())
}

func (l *Log) each(ctx context.Context, yield func(venue.Visit) bool, sql string, args ...any) error {
	rows, err := l.pool.Query(ctx, sql, args...)
	if err != nil {
		return fmt.Errorf("read visits: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scanVisit(rows)
		if err != nil {
			return fmt.Errorf("read a visit: %w", err)
		}
		if !yield(v) {
			return nil
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read visits: %w", err)
	}
	return nil
}

func scanVisit(row pgx.Row) (v venue.Visit, err error) {
	var entrance, party int32
	err = row.Scan(&v.Day, (*[16]byte)(&v.ID), (*[16]byte)(&v.Site), (*[16]byte)(&v.Who), &v.Enter, &v.Leave, &v.Open, &entrance, &party)
	v.Entrance, v.Party = uint16(entrance), uint8(party)
	return v, err
}

// AtSite implements [venue.Log].
func (l *Log) AtSite(ctx context.Context, site venue.SiteID, w trace.Window, yield func(venue.Presence) bool) error {
	if w.Length() == 0 {
		return nil
	}
	span := venue.DaysOf(w)
	rows, err := l.pool.Query(ctx, `SELECT day, who, enter, leave, party FROM visits
		WHERE site = $1 AND day BETWEEN $2 AND $3 AND enter < $4 AND enter >= $5 AND leave > $6`,
		[16]byte(site), max(span.First, civil.MinDay).String(), min(span.Last, civil.MaxDay).String(),
		int64(w.Until), int64(w.From-venue.LongestStay), int64(w.From))
	if err != nil {
		return fmt.Errorf("read presences: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p venue.Presence
		var party int32
		if err := rows.Scan(&p.Day, (*[16]byte)(&p.Who), &p.Enter, &p.Leave, &party); err != nil {
			return fmt.Errorf("read a presence: %w", err)
		}
		p.Party = uint8(party)
		if !yield(p) {
			return nil
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read presences: %w", err)
	}
	return nil
}

// Days implements [venue.Log].
func (l *Log) Days(ctx context.Context) ([]civil.Day, error) {
	rows, err := l.pool.Query(ctx, `SELECT substr(c.relname, 8) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
		WHERE i.inhparent = 'visits'::regclass ORDER BY 1`)
	if err != nil {
		return nil, fmt.Errorf("list days: %w", err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("list days: %w", err)
	}
	var days []civil.Day
	for _, n := range names {
		if len(n) != 8 {
			continue
		}
		day, err := civil.ParseDay(n[:4] + "-" + n[4:6] + "-" + n[6:])
		if err != nil {
			return nil, fmt.Errorf("list days: %w", err)
		}
		days = append(days, day)
	}
	return days, nil
}

// settleLock is held shared by who stores visits, and alone by who marks a day as
// settled: the mark must not pass by visits that are about to be committed.
const settleLock = 0x736574746c65 // "settle"

// settle marks a day as settled, until something is stored for it.
func (l *Log) settle(ctx context.Context, day civil.Day) error {
	return pgx.BeginFunc(ctx, l.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(settleLock)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO visit_days_settled (day) VALUES ($1) ON CONFLICT DO NOTHING", day.String())
		return err
	})
}

// Settled implements [venue.Log].
func (l *Log) Settled(ctx context.Context, day civil.Day) (settled bool, err error) {
	err = l.pool.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM visit_days_settled WHERE day = $1)
		AND EXISTS (SELECT 1 FROM pg_class WHERE relname = $2 AND relkind = 'r')`, day.String(), partition(day)).Scan(&settled)
	if err != nil {
		return false, fmt.Errorf("see whether day %s changed: %w", day, err)
	}
	return settled, nil
}

// Inventory implements [venue.Log]. Chain is the SHA-256 of the rows by id, each
// as id, site, who, enter, leave, entrance, party and open.
func (l *Log) Inventory(ctx context.Context, day civil.Day) (trust.Inventory, error) {
	inv := trust.Inventory{Day: day}
	if err := l.settle(ctx, day); err != nil {
		return inv, fmt.Errorf("settle day %s: %w", day, err)
	}
	err := l.pool.QueryRow(ctx, "SELECT count(*), coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class WHERE relname IN ($1, $2) AND relkind = 'r'",
		partition(day), marksPartition(day)).Scan(&inv.Files, &inv.Bytes)
	if err != nil {
		return inv, fmt.Errorf("measure day %s: %w", day, err)
	}
	chain := sha256.New()
	var b []byte
	err = l.each(ctx, func(v venue.Visit) bool {
		inv.Visits++
		b = append(append(append(b[:0], v.ID[:]...), v.Site[:]...), v.Who[:]...)
		b = binary.BigEndian.AppendUint64(b, uint64(v.Enter))
		b = binary.BigEndian.AppendUint64(b, uint64(v.Leave))
		b = append(binary.BigEndian.AppendUint16(b, v.Entrance), v.Party, 0)
		if v.Open {
			b[len(b)-1] = 1
		}
		chain.Write(b)
		return true
	}, "SELECT "+visitColumns+" FROM visits WHERE day = $1 ORDER BY id", day.String())
	inv.Chain = [sha256.Size]byte(chain.Sum(nil))
	return inv, err
}

// Forget implements [venue.Log]: the key first, then the tables.
func (l *Log) Forget(ctx context.Context, day civil.Day) error {
	if err := l.keys.Destroy(day); err != nil {
		return fmt.Errorf("forget day %s: %w", day, err)
	}
	err := l.locked(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "INSERT INTO visit_days_forgotten (day) VALUES ($1) ON CONFLICT DO NOTHING", day.String()); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM visit_days_settled WHERE day = $1", day.String()); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, fmt.Sprintf("DROP TABLE IF EXISTS %s, %s", partition(day), marksPartition(day)))
		return err
	})
	if err != nil {
		return fmt.Errorf("forget day %s: %w", day, err)
	}
	l.lose(day)
	return nil
}

// sqlState gives the SQLSTATE of an error, "" when it has none.
func sqlState(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}
