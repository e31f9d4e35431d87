package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/drill"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
)

func TestEveryStoryGoesAsToldOnBothDatabases(t *testing.T) {
	all, err := drill.Stories()
	if err != nil {
		t.Fatal(err)
	}
	for name := range all {
		t.Run(name+" on SQLite", func(t *testing.T) {
			t.Parallel()
			if got := breakwater(t, "", "drill", "run", name, "--data", t.TempDir()); got.code != exitDone {
				t.Errorf("got %+v", got)
			}
		})
		t.Run(name+" on PostgreSQL", func(t *testing.T) {
			t.Parallel()
			got := breakwater(t, "", "drill", "run", name, "--database", pgtest.Start(t), "--data", t.TempDir())
			if got.code != exitDone {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestAStoryThatDoesNotGoAsToldNamesItsLine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "wrong.drill")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("story \"Wrong\"\non 2020-09-01 at 08:00\nexpect signal count=1\n")
	got := breakwater(t, "", "drill", "run", file, "--data", t.TempDir())
	if got.code != exitFoundWrong || !strings.Contains(got.out, "line 3: expect signal count=1\n        there are 0") {
		t.Errorf("said %+v", got)
	}
	write("story \"Wrong\"\non 2020-09-01 at 08:00\ndance\n")
	got = breakwater(t, "", "drill", "run", file, "--data", t.TempDir())
	if got.code != exitCouldNot || !strings.Contains(got.err, "line 3, column 1") {
		t.Errorf("said %+v", got)
	}
	if got := breakwater(t, "", "drill", "run", "no-such-story", "--data", t.TempDir()); got.code != exitCouldNot {
		t.Errorf("said %+v", got)
	}
	if got := breakwater(t, "", "drill", "list", "--json"); got.code != exitDone || !strings.Contains(got.out, `"market"`) {
		t.Errorf("said %+v", got)
	}
}

func TestFsckChecksThePlaysOfTheDataFolder(t *testing.T) {
	data := t.TempDir()
	if got := breakwater(t, "", "drill", "run", "market", "--data", data); got.code != exitDone {
		t.Fatalf("said %+v", got)
	}
	if got := breakwater(t, "", "fsck", "--data", data); got.code != exitDone || !strings.Contains(got.out, "drills/market: ") || strings.Contains(got.out, ofTheCity+": ") {
		t.Errorf("fsck of a folder with a play only said %+v", got)
	}
	db, err := sql.Open("sqlite", filepath.Join(data, drillsFolder, "market", databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("UPDATE directive SET measure = 'other'"); err != nil {
		t.Fatal(err)
	}
	if got := breakwater(t, "", "fsck", "--data", data); got.code != exitFoundWrong || !strings.Contains(got.out, "tampered") {
		t.Errorf("fsck of a play with a changed row said %+v", got)
	}
}
