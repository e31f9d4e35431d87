package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// mostTogether bounds the acts that share a transaction: the first of them
// waits for the last.
const mostTogether = 256

// writer carries out acts one after another. It takes all acts that wait into
// one transaction, each behind a savepoint of its own, so that one that fails
// leaves no trace and hurts no other; then it waits once for the disk, and only
// then answers. The wait for the disk, which dominates the cost of an act, is
// so shared by all who wait: the more callers, the larger the groups.
type writer struct {
	db      *sql.DB
	dialect dialect
	line    *line // nil until the first act, and after a failure
	waiting chan *deed
	closing chan struct{}
	closed  chan struct{}
	once    sync.Once
}

// deed is one act that waits for its turn, and then its outcome.
type deed struct {
	ctx      context.Context
	fn       func(*Tx) error
	err      error
	panicked any
	done     chan struct{}
}

func startWriter(db *sql.DB, d dialect) *writer {
	w := &writer{db: db, dialect: d,
		waiting: make(chan *deed), closing: make(chan struct{}), closed: make(chan struct{})}
	go w.run()
	return w
}

// do carries out one act and returns when it is on disk, or with the error
// that undid it. Once an act has begun it is carried through, whatever becomes
// of ctx: the answer would otherwise be unknown.
func (w *writer) do(ctx context.Context, fn func(*Tx) error) error {
	d := &deed{ctx: ctx, fn: fn, done: make(chan struct{})}
	select {
	case w.waiting <- d:
	case <-ctx.Done():
		return ctx.Err()
	case <-w.closing:
		return fault.New(fault.Internal, "the database is being closed")
	}
	<-d.done
	if d.panicked != nil {
		panic(d.panicked)
	}
	return d.err
}

func (w *writer) close() error {
	w.once.Do(func() { close(w.closing) })
	<-w.closed
	return errors.Join(w.hangUp(), w.db.Close())
}

func (w *writer) run() {
	defer close(w.closed)
	for {
		select {
		case first := <-w.waiting:
			w.together(w.gather(first))
		case <-w.closing:
			return
		}
	}
}

// gather adds to the first act those that wait behind it now.
func (w *writer) gather(first *deed) []*deed {
	group := []*deed{first}
	for len(group) < mostTogether {
		select {
		case d := <-w.waiting:
			group = append(group, d)
		default:
			return group
		}
	}
	return group
}

// together carries out a group of acts in one transaction and answers them.
// Nobody is answered before the commit, not even those that failed: their
// failure may rest on what another of the group wrote.
func (w *writer) together(group []*deed) {
	err := w.commit(group)
	for _, d := range group {
		if err != nil && d.err == nil && d.panicked == nil {
			d.err = err
		}
		close(d.done)
	}
}

func (w *writer) commit(group []*deed) error {
	ctx := context.Background()
	tx, err := w.begin(ctx)
	if err != nil {
		return errors.Join(err, w.hangUp())
	}
	for _, d := range group {
		if err := w.attempt(ctx, d); err != nil {
			return errors.Join(fmt.Errorf("set an act apart: %w", err), tx.Rollback(), w.hangUp())
		}
	}
	if err := tx.Commit(); err != nil {
		return errors.Join(fmt.Errorf("commit: %w", err), w.hangUp())
	}
	return nil
}

// begin begins a transaction that no other writer overlaps.
func (w *writer) begin(ctx context.Context) (*sql.Tx, error) {
	if w.line == nil {
		conn, err := w.db.Conn(ctx)
		if err != nil {
			return nil, fmt.Errorf("connect to the database: %w", err)
		}
		w.line = &line{conn: conn, dialect: w.dialect, known: map[string]*sql.Stmt{}}
	}
	tx, err := w.line.conn.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("begin a transaction: %w", err)
	}
	if err := w.dialect.lock(ctx, tx); err != nil {
		return nil, errors.Join(fmt.Errorf("wait for other writers: %w", err), tx.Rollback())
	}
	w.line.saved = false
	return tx, nil
}

// hangUp gives the connection back; the next group gets another if it broke.
func (w *writer) hangUp() error {
	if w.line == nil {
		return nil
	}
	l := w.line
	w.line = nil
	return l.close()
}

// attempt carries out one act behind the savepoint that the acts of a group
// share: it is set anew for each. The error is that of the transaction as a
// whole; the act's own stays with the act.
func (w *writer) attempt(ctx context.Context, d *deed) error {
	if d.err = d.ctx.Err(); d.err != nil {
		return nil
	}
	if err := w.line.apart(ctx); err != nil {
		return err
	}
	w.carryOut(d)
	if d.err == nil && d.panicked == nil {
		return nil
	}
	_, err := w.line.exec(ctx, "ROLLBACK TO SAVEPOINT act")
	return err
}

// carryOut keeps a panic of the act for its caller, whose mistake it is.
func (w *writer) carryOut(d *deed) {
	defer func() { d.panicked = recover() }()
	d.err = d.fn(&Tx{view: view{q: w.line}, states: map[trace.Ref]string{}})
}
