package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/store/pgtest"
)

func TestABackupIsRestoredIntoEitherDatabase(t *testing.T) {
	data := t.TempDir()
	admin := []string{"--data", data, "user", "add-admin", "alice", "--display", "Alice", "--organisation", "dalian-command"}
	if got := breakwater(t, "seven quiet harbours\n", admin...); got.code != exitDone {
		t.Fatalf("user add-admin said %+v", got)
	}
	file := filepath.Join(t.TempDir(), "backup.db")
	if got := breakwater(t, "", "--data", data, "backup", file); got.code != exitDone || !strings.Contains(got.out, "rows copied") {
		t.Fatalf("backup said %+v", got)
	}
	if got := breakwater(t, "", "--data", data, "backup", file); got.code != exitCouldNot {
		t.Errorf("a backup onto a file said %+v", got)
	}
	for name, address := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "restored.db"), "postgres": pgtest.Start(t)} {
		t.Run(name, func(t *testing.T) {
			at := []string{"--data", data, "--database", address}
			if got := breakwater(t, "", append(at, "restore", file)...); got.code != exitDone {
				t.Fatalf("restore said %+v", got)
			}
			if got := breakwater(t, "", append(at, "fsck")...); got.code != exitDone || !strings.Contains(got.out, " 0 flaws") {
				t.Errorf("fsck said %+v", got)
			}
			if got := breakwater(t, "", append(at, "restore", file)...); got.code != exitCouldNot {
				t.Errorf("a second restore said %+v", got)
			}
		})
	}
}
