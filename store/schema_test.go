package store

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
)

var update = flag.Bool("update", false, "write the golden files of the schema anew")

func TestMain(m *testing.M) { pgtest.Main(m) }

func eachAddress(t *testing.T, test func(t *testing.T, address string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "breakwater.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, pgtest.Start(t)) })
}

func open(t *testing.T, address string) *DB {
	t.Helper()
	db, err := Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestTheSchemaIsTheOneOnFile(t *testing.T) {
	eachAddress(t, func(t *testing.T, address string) {
		db := open(t, address)
		lines, err := db.dialect.tables(t.Context(), db.readers.db)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(lines, "\n") + "\n"
		golden := filepath.Join("testdata", "schema."+db.Database()+".txt")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("schema (-want +got); run with -update if a migration was added:\n%s", diff)
		}
	})
}

func TestMigrationsAreNumberedWithoutGapsOrRepetition(t *testing.T) {
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		if want := fmt.Sprintf("%04d_", i+1); !strings.HasPrefix(f.Name(), want) {
			t.Errorf("migration %s stands in the place of %s", f.Name(), want)
		}
	}
}

func TestOpeningTwiceMigratesOnce(t *testing.T) {
	eachAddress(t, func(t *testing.T, address string) {
		open(t, address)
		db := open(t, address)
		n, err := texts(t.Context(), db.readers.db, "SELECT CAST(number AS text) FROM migration ORDER BY number")
		if err != nil || len(n) == 0 || n[0] != "1" {
			t.Errorf("migrations %v, %v", n, err)
		}
	})
}

func TestADatabaseOfAnotherProgramIsRefused(t *testing.T) {
	for name, wreck := range map[string]string{
		"a newer one":                "INSERT INTO migration (number, digest) VALUES (1000, 'x')",
		"one with another migration": "UPDATE migration SET digest = 'x' WHERE number = 1",
	} {
		t.Run(name, func(t *testing.T) {
			eachAddress(t, func(t *testing.T, address string) {
				db := open(t, address)
				if err := db.write(t.Context(), func(tx *Tx) error {
					_, err := tx.q.exec(context.Background(), wreck)
					return err
				}); err != nil {
					t.Fatal(err)
				}
				again, err := Open(t.Context(), address)
				if err == nil {
					again.Close()
				}
				if !fault.Is(err, fault.Invalid) {
					t.Errorf("got %v, want invalid", err)
				}
			})
		})
	}
}

func TestOlderVersionsAreToldApart(t *testing.T) {
	for version, want := range map[string]bool{"3.51.2": true, "3.51.3": false, "3.54.1": false, "4.0.0": false, "3.9.9": true, "2.99.99": true, "": true} {
		if got := olderThan(version, leastSQLite); got != want {
			t.Errorf("olderThan(%q) = %t, want %t", version, got, want)
		}
	}
}
