package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

	"github.com/breakwater-eoc/breakwater/fault"
)

// migrations are numbered from 0001 without gaps and only ever added to.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrate runs the migrations that the database has not had, each in one
// transaction. A database that has had others, or more, is refused: a newer
// program has changed it, and this one would misread it.
func migrate(ctx context.Context, d dialect, db *sql.DB) error {
	names, err := fs.Glob(migrations, "migrations/*.sql") // sorted by name
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	if err := inTransaction(ctx, d, db, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, d.schema("CREATE TABLE IF NOT EXISTS migration (\n\tnumber integer NOT NULL PRIMARY KEY,\n\tdigest text NOT NULL\n);"))
		return err
	}); err != nil {
		return fmt.Errorf("make the table of migrations: %w", err)
	}
	for i, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if err := inTransaction(ctx, d, db, func(tx *sql.Tx) error { return migrateOne(ctx, d, tx, i+1, text) }); err != nil {
			return fmt.Errorf("migration %s: %w", name, err)
		}
	}
	var last int
	if err := db.QueryRowContext(ctx, "SELECT coalesce(max(number), 0) FROM migration").Scan(&last); err != nil {
		return fmt.Errorf("read the last migration: %w", err)
	}
	if last > len(names) {
		return fault.New(fault.Invalid, "the database has the schema %d, newer than this program's %d: use the newer program", last, len(names))
	}
	return nil
}

func migrateOne(ctx context.Context, d dialect, tx *sql.Tx, number int, text []byte) error {
	sum := sha256.Sum256(text)
	digest := hex.EncodeToString(sum[:])
	var had string
	err := tx.QueryRowContext(ctx, "SELECT digest FROM migration WHERE number = $1", number).Scan(&had)
	if err == nil && had == digest {
		return nil
	}
	if err == nil {
		return fault.New(fault.Invalid, "the database had another migration %d than this program's", number)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if _, err := tx.ExecContext(ctx, d.schema(string(text))); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO migration (number, digest) VALUES ($1, $2)", number, digest)
	return err
}

// inTransaction runs fn in a transaction of its own that no other writer
// overlaps.
func inTransaction(ctx context.Context, d dialect, db *sql.DB, fn func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := d.lock(ctx, tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := fn(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
