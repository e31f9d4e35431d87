package main

import (
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
