// Package store keeps the records in SQLite or PostgreSQL: one [DB] that every
// package of command reads and writes through.
//
// In: an address ("sqlite:PATH", a plain path, or "postgres://..."). Out: a DB
// whose methods are the store interfaces of command/watch, plan, order, staff
// and audit, and [Writer], which makes the transactions of their acts.
//
// Acts are carried out one after another on both databases, so that an act
// never sees another half done. Those that wait at the same time share one
// transaction and one wait for the disk (see writer); an act is answered when
// it is on disk, and not before. Reads never wait for acts.
//
// A record is read back with the digest that it was written with: instants are
// integer microseconds UTC, days are text, nested parts are JSON text. One SQL
// text serves both databases; what differs is in dialect.go.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/fault"
)

// DB is the records of one city in one database. Its methods may be called
// from several goroutines.
type DB struct {
	view
	dialect dialect
	readers *pool
	writer  *writer
}

// Open opens the database at an address and brings its schema up to date. An
// address without a scheme is the path of a SQLite file, which is made when it
// is absent. Faults: Invalid for an address of another kind, and for a database
// that a newer program has changed.
func Open(ctx context.Context, address string) (*DB, error) {
	d, source, err := dialectOf(address)
	if err != nil {
		return nil, err
	}
	write, err := d.open(source, forWriting)
	if err != nil {
		return nil, err
	}
	read, err := d.open(source, forReading)
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	if err := prepare(ctx, d, write); err != nil {
		return nil, errors.Join(err, read.Close(), write.Close())
	}
	db := &DB{dialect: d, readers: newPool(read, d), writer: startWriter(write, d)}
	db.view = view{q: db.readers}
	return db, nil
}

func prepare(ctx context.Context, d dialect, db *sql.DB) error {
	if err := d.check(ctx, db); err != nil {
		return err
	}
	return migrate(ctx, d, db)
}

// Close waits for the acts that are under way, refuses others, and closes the
// database.
func (db *DB) Close() error {
	return errors.Join(db.writer.close(), db.readers.close())
}

// Database names the kind of database: "sqlite" or "postgres".
func (db *DB) Database() string { return db.dialect.name() }

// Version names the database with its version: "SQLite 3.54.1".
func (db *DB) Version(ctx context.Context) (string, error) {
	v, _, err := first(ctx, db.q, func(v *string) []any { return []any{v} }, db.dialect.version())
	if err != nil {
		return "", fmt.Errorf("ask the database for its version: %w", err)
	}
	return v, nil
}

// view is everything that can be read, through the readers of the DB or in one
// transaction.
type view struct{ q queries }

// Writer makes the transactions of acts that see the database through the
// face F, which [Tx] must have.
func Writer[F command.Recorder](db *DB) command.Write[F] {
	if _, ok := any(&Tx{}).(F); !ok {
		panic(fmt.Sprintf("store: Tx does not have the face %T", *new(F)))
	}
	return func(ctx context.Context, fn func(tx F) error) error {
		return db.write(ctx, func(tx *Tx) error { return fn(any(tx).(F)) })
	}
}

func (db *DB) write(ctx context.Context, fn func(*Tx) error) error {
	return db.writer.do(ctx, fn)
}

func dialectOf(address string) (dialect, string, error) {
	switch scheme, rest, found := strings.Cut(address, ":"); {
	case address == "":
		return nil, "", fault.New(fault.Invalid, "the address of the database is empty")
	case scheme == "postgres" || scheme == "postgresql" || strings.HasPrefix(address, "host="):
		return postgres{}, address, nil
	case scheme == "sqlite":
		return sqlite{}, strings.TrimPrefix(rest, "//"), nil
	case found && strings.HasPrefix(rest, "//"):
		return nil, "", fault.New(fault.Invalid, "a database is sqlite:PATH or postgres://..., not %q", scheme)
	}
	return sqlite{}, address, nil
}
