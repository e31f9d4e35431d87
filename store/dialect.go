package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/breakwater-eoc/breakwater/fault"
)

// purpose says what a pool of connections is for.
type purpose int

const (
	forReading purpose = iota
	forWriting
)

// dialect is everything in which the two databases differ.
type dialect interface {
	name() string
	open(source string, p purpose) (*sql.DB, error)
	// check refuses a database that must not be trusted with records.
	check(ctx context.Context, db *sql.DB) error
	// version is the query for the name of the database with its version.
	version() string
	// schema says a migration, which is written in SQLite's words.
	schema(text string) string
	// text says a query. "IN each($n)" asks for one of the texts of the
	// parameter, which is given as [oneOf]; everything else is the same for both.
	text(query string) string
	// bind says such a parameter.
	bind(texts oneOf) any
	// numbered says an INSERT that gives seq itself, and renumber what must
	// follow such inserts, if anything, so that later rows are numbered behind.
	numbered(insert string) string
	renumber(t table) string
	// lock makes the transaction the only one that writes, across all
	// processes, until it ends. It is the first statement of the transaction.
	lock(ctx context.Context, tx *sql.Tx) error
	// snapshot are the options of a transaction that sees one state throughout.
	snapshot() *sql.TxOptions
	// tables lists what the schema holds, as text that can be compared.
	tables(ctx context.Context, db *sql.DB) ([]string, error)
}

// each matches the one expression that the two databases say differently.
var each = regexp.MustCompile(`\bIN each\((\$\d+)\)`)

// oneOf is a parameter of several texts.
type oneOf []string

// array gives texts of any kind as such a parameter.
func array[S ~string](texts []S) oneOf {
	all := make(oneOf, 0, len(texts))
	for _, t := range texts {
		all = append(all, string(t))
	}
	return all
}

// bound replaces the parameters that the two databases take differently.
func bound(d dialect, args []any) []any {
	for i, a := range args {
		if texts, ok := a.(oneOf); ok {
			args = slices.Clone(args)
			args[i] = d.bind(texts)
		}
	}
	return args
}

type sqlite struct{}

func (sqlite) name() string { return "sqlite" }

// mostReaders bounds the connections that read at the same time.
const mostReaders = 16

func (sqlite) open(path string, p purpose) (*sql.DB, error) {
	if path == "" || strings.Contains(path, ":memory:") {
		return nil, fault.New(fault.Invalid, "the SQLite database needs the path of a file")
	}
	settings := url.Values{"_pragma": {"busy_timeout(10000)", "journal_mode(wal)", "synchronous(full)",
		"foreign_keys(on)", "temp_store(memory)", "cache_size(-65536)"}}
	connections := 1
	if p == forReading {
		settings.Add("_pragma", "query_only(on)")
		connections = min(max(4, 2*runtime.NumCPU()), mostReaders)
	} else {
		settings.Set("_txlock", "immediate")
	}
	source := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: settings.Encode()}
	db, err := sql.Open("sqlite", source.String())
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// leastSQLite is the first version without the loss of data at the reset of a
// write-ahead log (sqlite.org/wal.html, "The WAL-Reset Bug").
var leastSQLite = [3]int{3, 51, 3}

func (sqlite) check(ctx context.Context, db *sql.DB) error {
	var version, mode string
	if err := db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return fmt.Errorf("open the SQLite file: %w", err)
	}
	if olderThan(version, leastSQLite) {
		return fault.New(fault.Internal, "SQLite %s can lose data; at least %d.%d.%d is needed", version, leastSQLite[0], leastSQLite[1], leastSQLite[2])
	}
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil {
		return fmt.Errorf("ask for the journal mode: %w", err)
	}
	if mode != "wal" {
		return fault.New(fault.Invalid, "the SQLite file cannot be used with a write-ahead log; is its folder on a network disk?")
	}
	return nil
}

func olderThan(version string, least [3]int) bool {
	parts := strings.SplitN(version, ".", 3)
	for i, want := range least {
		got := 0
		if i < len(parts) {
			got, _ = strconv.Atoi(parts[i]) // what is no number counts as 0, which is too old
		}
		if got != want {
			return got < want
		}
	}
	return false
}

func (sqlite) version() string { return "SELECT 'SQLite ' || sqlite_version()" }

// schema makes every table strict, so that SQLite refuses a value of the wrong
// type as PostgreSQL does.
func (sqlite) schema(text string) string { return strings.ReplaceAll(text, "\n);", "\n) STRICT;") }

func (sqlite) text(query string) string {
	return each.ReplaceAllString(query, "IN (SELECT value FROM json_each($1))")
}

func (sqlite) bind(texts oneOf) any { return jsonText{texts} }

func (sqlite) numbered(insert string) string { return insert }

// renumber does nothing: SQLite numbers a row behind the largest there is.
func (sqlite) renumber(table) string { return "" }

// lock does nothing: the writer's transactions begin with the lock.
func (sqlite) lock(context.Context, *sql.Tx) error { return nil }

func (sqlite) snapshot() *sql.TxOptions { return &sql.TxOptions{ReadOnly: true} }

func (sqlite) tables(ctx context.Context, db *sql.DB) ([]string, error) {
	return texts(ctx, db, `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
		ORDER BY tbl_name, type DESC, name`)
}

type postgres struct{}

func (postgres) name() string { return "postgres" }

func (postgres) open(source string, p purpose) (*sql.DB, error) {
	config, err := pgx.ParseConfig(source)
	if err != nil {
		// The parser's own message can hold the password.
		return nil, fault.New(fault.Invalid, "the address of the PostgreSQL database cannot be read")
	}
	config.RuntimeParams["application_name"] = "breakwater"
	config.RuntimeParams["timezone"] = "UTC"
	connections := 1
	if p == forReading {
		config.RuntimeParams["default_transaction_read_only"] = "on"
		// Filters differ so much in what they select that one plan for all is
		// wrong for most.
		config.RuntimeParams["plan_cache_mode"] = "force_custom_plan"
		connections = mostReaders
	} else {
		// A server set to answer before the record is on disk would break the
		// promise that an answered act survives a crash.
		config.RuntimeParams["synchronous_commit"] = "on"
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// leastPostgres is the oldest version that the tests were run on, as the
// server's number.
const leastPostgres = 150000

func (postgres) check(ctx context.Context, db *sql.DB) error {
	var version, encoding string
	err := db.QueryRowContext(ctx, "SELECT current_setting('server_version_num'), current_setting('server_encoding')").Scan(&version, &encoding)
	if err != nil {
		return fmt.Errorf("reach PostgreSQL: %w", err)
	}
	if n, err := strconv.Atoi(version); err != nil || n < leastPostgres {
		return fault.New(fault.Invalid, "PostgreSQL %d or newer is needed", leastPostgres/10000)
	}
	if encoding != "UTF8" {
		return fault.New(fault.Invalid, "the PostgreSQL database must have the encoding UTF8, not %s", encoding)
	}
	return nil
}

func (postgres) version() string {
	return "SELECT 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1)"
}

// postgresWords says SQLite's words for columns in PostgreSQL's. Text compares
// by byte, as in SQLite, whatever the database's locale.
var postgresWords = strings.NewReplacer(
	" integer PRIMARY KEY", " bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
	" integer", " bigint",
	" real", " double precision",
	" blob", " bytea",
	" text", ` text COLLATE "C"`,
)

func (postgres) schema(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "\t") {
			lines[i] = postgresWords.Replace(line)
		}
	}
	return strings.Join(lines, "\n")
}

func (postgres) text(query string) string {
	return each.ReplaceAllString(query, "= ANY ($1)")
}

// bind passes an array, which the planner looks into, as it would not into the
// elements of a JSON text.
func (postgres) bind(texts oneOf) any { return []string(texts) }

func (postgres) numbered(insert string) string {
	return strings.Replace(insert, ") VALUES (", ") OVERRIDING SYSTEM VALUE VALUES (", 1)
}

func (postgres) renumber(t table) string {
	if !strings.HasPrefix(t.columns, "seq, ") {
		return ""
	}
	return fmt.Sprintf("SELECT setval(pg_get_serial_sequence('%s', 'seq'), (SELECT coalesce(max(seq), 0) + 1 FROM %s), false)", t.name, t.name)
}

// writerLock is the number of the advisory lock that writers hold: "breakwat".
const writerLock = 0x627265616b776174

func (postgres) lock(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", int64(writerLock))
	return err
}

func (postgres) snapshot() *sql.TxOptions {
	return &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
}

func (postgres) tables(ctx context.Context, db *sql.DB) ([]string, error) {
	columns, err := texts(ctx, db, `SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
			|| CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
			|| CASE WHEN a.attidentity <> '' THEN ' IDENTITY' ELSE '' END
			|| CASE WHEN l.collname = 'C' THEN ' COLLATE "C"' ELSE '' END
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
			LEFT JOIN pg_collation l ON l.oid = a.attcollation
		WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
		ORDER BY c.relname COLLATE "C", a.attnum`)
	if err != nil {
		return nil, err
	}
	indexes, err := texts(ctx, db, `SELECT regexp_replace(indexdef, ' ON [^.]+\.', ' ON ') FROM pg_indexes
		WHERE schemaname = current_schema() ORDER BY tablename COLLATE "C", indexname COLLATE "C"`)
	return append(columns, indexes...), err
}

func texts(ctx context.Context, db *sql.DB, query string) ([]string, error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}
