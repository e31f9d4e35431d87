package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// queries runs SQL: through a pool of readers, or on one connection.
type queries interface {
	query(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	exec(ctx context.Context, text string, args ...any) (sql.Result, error)
}

// mostStatements bounds the prepared statements of a connection. The texts are
// few; more of them means a text that is made anew for each use.
const mostStatements = 1000

var errStatements = errors.New("too many different SQL texts")

// pool is several connections that prepare every text once each.
type pool struct {
	db      *sql.DB
	dialect dialect
	mu      sync.RWMutex
	known   map[string]*sql.Stmt
}

func newPool(db *sql.DB, d dialect) *pool {
	return &pool{db: db, dialect: d, known: map[string]*sql.Stmt{}}
}

func (p *pool) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	p.mu.RLock()
	st, ok := p.known[text]
	p.mu.RUnlock()
	if ok {
		return st, nil
	}
	st, err := p.db.PrepareContext(ctx, p.dialect.text(text))
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if first, ok := p.known[text]; ok { // somebody was faster
		return first, st.Close()
	}
	if len(p.known) >= mostStatements {
		return nil, errors.Join(errStatements, st.Close())
	}
	p.known[text] = st
	return st, nil
}

func (p *pool) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	st, err := p.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, bound(p.dialect, args)...)
}

func (p *pool) exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	st, err := p.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(ctx, bound(p.dialect, args)...)
}

func (p *pool) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var errs []error
	for _, st := range p.known {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, p.db.Close())...)
}

// line is one connection, used by one goroutine at a time, with whatever
// transaction is open on it. What it runs cannot be cancelled: SQLite would
// undo the whole transaction, and with it the acts of others.
type line struct {
	conn    *sql.Conn
	dialect dialect
	known   map[string]*sql.Stmt
	saved   bool // the transaction has a savepoint
}

// apart sets the savepoint behind what was done so far. Both steps are one
// text, because on PostgreSQL each text is a journey to the server.
func (l *line) apart(ctx context.Context) error {
	text := "SAVEPOINT act"
	if l.saved {
		text = "RELEASE SAVEPOINT act; SAVEPOINT act"
	}
	l.saved = true
	_, err := l.conn.ExecContext(ctx, text)
	return err
}

func (l *line) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if st, ok := l.known[text]; ok {
		return st, nil
	}
	if len(l.known) >= mostStatements {
		return nil, errStatements
	}
	st, err := l.conn.PrepareContext(ctx, l.dialect.text(text))
	if err != nil {
		return nil, err
	}
	l.known[text] = st
	return st, nil
}

func (l *line) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	ctx = context.WithoutCancel(ctx)
	st, err := l.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, bound(l.dialect, args)...)
}

func (l *line) exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	ctx = context.WithoutCancel(ctx)
	st, err := l.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(ctx, bound(l.dialect, args)...)
}

func (l *line) close() error {
	var errs []error
	for _, st := range l.known {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, l.conn.Close())...)
}
