// Package bare is a database by itself: one insert, one commit. It is the peer
// that benchmarks put beside the store, and is used for nothing else.
package bare

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"
)

// Table is one table of one database.
type Table struct {
	db     *sql.DB
	insert *sql.Stmt
}

// Open makes a table in the database at an address, over so many connections:
// SQLite with a write-ahead log and full synchronisation, PostgreSQL as its
// server is set up.
func Open(ctx context.Context, address string, connections int) (*Table, error) {
	driver, source := "sqlite", address+"?_pragma=busy_timeout(60000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_txlock=immediate"
	if strings.Contains(address, "host=") || strings.Contains(address, "://") {
		driver, source = "pgx", address
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		return nil, fmt.Errorf("open the bare database: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	t := &Table{db: db}
	if _, err := db.ExecContext(ctx, "CREATE TABLE bare (caller bigint NOT NULL, number bigint NOT NULL, body text NOT NULL, PRIMARY KEY (caller, number))"); err != nil {
		return nil, errors.Join(fmt.Errorf("make the bare table: %w", err), db.Close())
	}
	if t.insert, err = db.PrepareContext(ctx, "INSERT INTO bare (caller, number, body) VALUES ($1, $2, $3)"); err != nil {
		return nil, errors.Join(fmt.Errorf("prepare the bare insert: %w", err), db.Close())
	}
	return t, nil
}

// body is as long as the records of a small act.
var body = strings.Repeat("x", 400)

// Insert stores one row and commits it.
func (t *Table) Insert(ctx context.Context, caller, number int) error {
	_, err := t.insert.ExecContext(ctx, caller, number, body)
	return err
}

// Close closes the database.
func (t *Table) Close() error { return errors.Join(t.insert.Close(), t.db.Close()) }
