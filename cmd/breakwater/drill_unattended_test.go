package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/breakwater-eoc/breakwater/bench/unattended"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
)

// watched runs the drill and returns its report.
func watched(t *testing.T, args ...string) unattended.Report {
	t.Helper()
	got := breakwater(t, "", append([]string{"--json", "drill", "unattended", "--data", t.TempDir()}, args...)...)
	if got.code != exitDone {
		t.Fatalf("exit %d: %s%s", got.code, got.out, got.err)
	}
	var r unattended.Report
	if err := json.Unmarshal([]byte(got.out), &r); err != nil {
		t.Fatal(err)
	}
	if over := r.Beyond(); len(over) > 0 || r.Hidden != 0 {
		t.Errorf("beyond their budgets were %v, hidden %d", over, r.Hidden)
	}
	return r
}

// A slice of the two months: a small city, three outbreaks, a budget of two.
func TestASmallCityUnattendedOnBothDatabases(t *testing.T) {
	var saw [2]unattended.Report
	t.Run("databases", func(t *testing.T) {
		for i, database := range []func(*testing.T) string{
			func(t *testing.T) string { return filepath.Join(t.TempDir(), "watch.db") },
			func(t *testing.T) string { return pgtest.Start(t) },
		} {
			t.Run([]string{"SQLite", "PostgreSQL"}[i], func(t *testing.T) {
				t.Parallel()
				saw[i] = watched(t, "--database", database(t), "--districts", "3", "--streets", "2", "--history", "42", "--days", "21",
					"--outbreaks", "3", "--teams", "2", "--budget", "2", "--seed", "3")
			})
		}
	})
	if diff := cmp.Diff(saw[0], saw[1], cmpopts.EquateEmpty(), cmp.AllowUnexported(unattended.Outbreak{})); diff != "" {
		t.Errorf("the two databases saw differently:\n%s", diff)
	}
	r := saw[0]
	if len(r.Teams) != 3 || r.Teams[1].Budget != 2 || len(r.Days[0].Teams) != 3 {
		t.Errorf("the city's and two districts' teams were wanted, got %+v", r.Teams)
	}
	if r.Teams[0].Raised == 0 || r.Teams[1].Raised+r.Teams[2].Raised == 0 {
		t.Errorf("the teams were asked nothing: %+v", r.Teams)
	}
	if r.Planted != 3 || r.Found < 1 || len(r.Days) != 21 {
		t.Errorf("planted %d, found %d in %d days", r.Planted, r.Found, len(r.Days))
	}
	if r.Late == 0 || r.Corrected == 0 || r.Missing == 0 {
		t.Errorf("the reports were too good: %d late, %d corrected, %d missing", r.Late, r.Corrected, r.Missing)
	}
}

func TestProveTwoMonthsUnattended(t *testing.T) {
	if os.Getenv("BREAKWATER_PROVE") == "" {
		t.Skip("set BREAKWATER_PROVE=1 to watch for two months on both databases")
	}
	for name, database := range map[string]string{"SQLite": filepath.Join(t.TempDir(), "watch.db"), "PostgreSQL": pgtest.Start(t)} {
		t.Run(name, func(t *testing.T) {
			r := watched(t, "--database", database)
			if r.Found*3 < r.Planted*2 {
				t.Errorf("found %d of %d outbreaks", r.Found, r.Planted)
			}
			if perDay := float64(r.False) / float64(len(r.Days)); perDay > 2 {
				t.Errorf("%.2f false signals a day", perDay)
			}
		})
	}
}

func TestACityThatCannotBeIsRefused(t *testing.T) {
	got := breakwater(t, "", "drill", "unattended", "--districts", "1", "--days", "3", "--data", t.TempDir())
	if got.code != exitCouldNot || !strings.Contains(got.err, "districts: must be 2 to 40") || !strings.Contains(got.err, "days: must be 14 to 730") {
		t.Errorf("said %+v", got)
	}
}
