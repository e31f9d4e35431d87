package scratchpg_test

import (
	"errors"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/breakwater-eoc/breakwater/store/scratchpg"
)

func TestServerTakesSettingsAndLeavesNothing(t *testing.T) {
	parent, err := os.MkdirTemp("", "bw") // a test's own folder has too long a name for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(parent) })
	if err := os.Chmod(parent, 0o777); err != nil {
		t.Fatal(err)
	}
	server, err := scratchpg.Launch(t.Context(), parent, append(scratchpg.Fast(), "work_mem=7MB")...)
	if errors.Is(err, scratchpg.ErrNoBinaries) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), server.DSN("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	var got string
	if err := conn.QueryRow(t.Context(), "SHOW work_mem").Scan(&got); err != nil || got != "7MB" {
		t.Errorf("work_mem is %q, %v, want 7MB", got, err)
	}
	if err := server.Stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
	if err := server.Stop(); err != nil {
		t.Errorf("stop twice: %v", err)
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestBadSettingIsNamed(t *testing.T) {
	_, err := scratchpg.Launch(t.Context(), "", "work_mem")
	if err == nil {
		t.Fatal("a setting without a value was taken")
	}
}
