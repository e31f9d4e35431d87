package pgtest_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/breakwater-eoc/breakwater/store/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func connect(t *testing.T) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), pgtest.Start(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(t.Context()) })
	return conn
}

func TestEveryTestHasADatabaseOfItsOwn(t *testing.T) {
	for range 2 {
		conn := connect(t)
		if _, err := conn.Exec(t.Context(), "CREATE TABLE t (n int)"); err != nil {
			t.Error(err)
		}
	}
}

func TestTextSortsByByte(t *testing.T) {
	var got string
	row := connect(t).QueryRow(t.Context(), "SELECT string_agg(v, '' ORDER BY v) FROM (VALUES ('a'), ('B'), ('é'), ('港')) AS x(v)")
	if err := row.Scan(&got); err != nil {
		t.Fatal(err)
	}
	if got != "Baé港" {
		t.Errorf("order is %q, want %q", got, "Baé港")
	}
}
