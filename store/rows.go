package store

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/breakwater-eoc/breakwater/fault"
)

// A table lists the columns of a kind of record. The same order is that of the
// record's row: a function that gives a pointer, or a column of the types
// below, for each, by which the record is both written and read.
type table struct{ name, columns string }

func (t table) width() int { return strings.Count(t.columns, ",") + 1 }

// insert is the text that stores n rows at once.
func (t table) insert(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ", t.name, t.columns)
	for row := range n {
		if row > 0 {
			b.WriteString(", ")
		}
		b.WriteString(parameters(row*t.width()+1, t.width()))
	}
	return b.String()
}

// update is the text that replaces a record, named by its first column, if its
// version is still the one given after the record's own columns.
func (t table) update() string {
	n := t.width()
	return fmt.Sprintf("UPDATE %s SET (%s) = %s WHERE id = $1 AND version = $%d", t.name, t.columns, parameters(1, n), n+1)
}

// get is the beginning of a text that reads records.
func (t table) get() string { return "SELECT " + t.columns + " FROM " + t.name + " " }

// parameters gives "($3, $4, $5)" for 3 parameters from the third on.
func parameters(first, n int) string {
	var b strings.Builder
	b.WriteByte('(')
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", first+i)
	}
	b.WriteByte(')')
	return b.String()
}

// list reads all rows of a query.
func list[T any](ctx context.Context, q queries, row func(*T) []any, text string, args ...any) ([]T, error) {
	rows, err := q.query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var t T
		if err := rows.Scan(row(&t)...); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// first reads the first row of a query; ok is false if it has none.
func first[T any](ctx context.Context, q queries, row func(*T) []any, text string, args ...any) (t T, ok bool, err error) {
	all, err := list(ctx, q, row, text, args...)
	if err != nil || len(all) == 0 {
		return t, false, err
	}
	return all[0], true, nil
}

// one reads the record that an id names. The fault is NotFound.
func one[T any](ctx context.Context, q queries, t table, row func(*T) []any, what string, id any) (T, error) {
	v, ok, err := first(ctx, q, row, t.get()+"WHERE id = $1", id)
	if err != nil {
		return v, fmt.Errorf("read %s %s: %w", what, id, err)
	}
	if !ok {
		return v, fault.New(fault.NotFound, "there is no %s %s", what, id)
	}
	return v, nil
}

// forEach calls fn for every row of a query without holding them all.
func forEach[T any](ctx context.Context, q queries, row func(*T) []any, fn func(T) error, text string, args ...any) error {
	rows, err := q.query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var t T
		if err := rows.Scan(row(&t)...); err != nil {
			return err
		}
		if err := fn(t); err != nil {
			return err
		}
	}
	return rows.Err()
}

// save replaces a record by its next version. The fault is Conflict when the
// stored version is not the one before.
func save(ctx context.Context, q queries, t table, row []any, what string, id any, version int) error {
	result, err := q.exec(ctx, t.update(), append(row, version-1)...)
	if err != nil {
		return fmt.Errorf("store %s %s: %w", what, id, err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return fmt.Errorf("store %s %s: %w", what, id, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "%s %s was changed by somebody else meanwhile", what, id)
	}
	return nil
}

// add stores a new record.
func add(ctx context.Context, q queries, t table, row []any, what string, id any) error {
	if _, err := q.exec(ctx, t.insert(1), row...); err != nil {
		return fmt.Errorf("store %s %s: %w", what, id, err)
	}
	return nil
}

// instant is a column of microseconds since 1970 UTC.
type instant struct{ t *time.Time }

// Value refuses an instant that would not be read back as it is.
func (i instant) Value() (driver.Value, error) { return micros(*i.t) }

// Scan reads what Value wrote.
func (i instant) Scan(src any) error {
	us, ok := src.(int64)
	if !ok {
		return fmt.Errorf("an instant is stored as %T", src)
	}
	*i.t = time.UnixMicro(us).UTC()
	return nil
}

// maybeInstant is an instant that can be absent.
type maybeInstant struct{ t **time.Time }

func (i maybeInstant) Value() (driver.Value, error) {
	if *i.t == nil {
		return nil, nil
	}
	return micros(**i.t)
}

func (i maybeInstant) Scan(src any) error {
	if src == nil {
		*i.t = nil
		return nil
	}
	*i.t = new(time.Time)
	return instant{*i.t}.Scan(src)
}

func micros(t time.Time) (driver.Value, error) {
	if _, offset := t.Zone(); offset != 0 || t.Nanosecond()%1000 != 0 {
		return nil, fmt.Errorf("the instant %s is not in UTC and whole microseconds", t)
	}
	return t.UnixMicro(), nil
}

// jsonText is a column of JSON.
type jsonText struct{ v any }

func (j jsonText) Value() (driver.Value, error) {
	b, err := json.Marshal(j.v)
	return string(b), err
}

func (j jsonText) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("JSON is stored as %T", src)
	}
	return json.Unmarshal([]byte(text), j.v)
}

// yesNo is a column of 0 and 1.
type yesNo struct{ b *bool }

func (f yesNo) Value() (driver.Value, error) {
	if *f.b {
		return int64(1), nil
	}
	return int64(0), nil
}

func (f yesNo) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("a flag is stored as %T", src)
	}
	*f.b = n != 0
	return nil
}

// digest is a column of a SHA-256 sum.
type digest struct{ h *[32]byte }

func (d digest) Value() (driver.Value, error) { return d.h[:], nil }

func (d digest) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok || len(b) != len(d.h) {
		return fmt.Errorf("a digest is stored as %T", src)
	}
	copy(d.h[:], b)
	return nil
}
