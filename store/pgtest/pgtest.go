// Package pgtest gives tests a PostgreSQL database of their own.
//
// In: a test. Out: the connection string of a fresh, empty database (encoding
// UTF-8, locale C), dropped when the test ends. All tests of a binary share
// one throw-away server, which is started by the first that asks and stopped
// by [Main].
//
// Where PostgreSQL is not installed, tests are skipped and say so; with CI or
// BREAKWATER_SHARED_REQUIRED in the environment its absence is a failure.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/breakwater-eoc/breakwater/store/scratchpg"
)

// shared is the server of the test binary.
var shared struct {
	sync.Mutex
	server *scratchpg.Server
	err    error
}

// Start returns the connection string of a fresh database.
func Start(tb testing.TB) string {
	tb.Helper()
	server, err := launched()
	if errors.Is(err, scratchpg.ErrNoBinaries) && !required() {
		tb.Skipf("SKIPPED WITHOUT PROOF: %v", err)
	}
	if err != nil {
		tb.Fatalf("start PostgreSQL: %v", err)
	}
	name, err := server.CreateDatabase(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := server.DropDatabase(context.Background(), name); err != nil {
			tb.Error(err)
		}
	})
	return server.DSN(name)
}

// Main runs the tests of a binary, stops the server if one was started, and
// exits. Call it from TestMain. A binary that dies without it leaves no server
// behind either, but does not wait for its end.
func Main(m *testing.M) {
	code := m.Run()
	shared.Lock()
	defer shared.Unlock()
	if shared.server != nil {
		if err := shared.server.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, "stop PostgreSQL:", err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

func launched() (*scratchpg.Server, error) {
	shared.Lock()
	defer shared.Unlock()
	if shared.server == nil && shared.err == nil {
		shared.server, shared.err = scratchpg.Launch(context.Background(), "", scratchpg.Fast()...)
	}
	return shared.server, shared.err
}

func required() bool {
	return os.Getenv("CI") != "" || os.Getenv("BREAKWATER_SHARED_REQUIRED") != ""
}
