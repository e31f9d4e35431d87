package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// said is what a use of the program printed, and how it ended.
type said struct {
	code     int
	out, err string
}

// breakwater runs the program in a test: a fixed clock, no terminal, input as given.
func breakwater(t *testing.T, input string, args ...string) said {
	t.Helper()
	return breakwaterUntil(t.Context(), t, input, args...)
}

func breakwaterUntil(ctx context.Context, t *testing.T, input string, args ...string) said {
	t.Helper()
	var out, errs bytes.Buffer
	in := bufio.NewReader(strings.NewReader(input))
	w := world{in: in, out: &out, err: &errs,
		now:      func() time.Time { return time.Date(2020, 7, 22, 1, 0, 0, 0, time.UTC) },
		random:   rand.NewChaCha8(sha256.Sum256([]byte(strings.Join(args, "\n") + input))), // another for each use
		password: func(string) (string, error) { return readLine(in) },
	}
	code := run(ctx, w, args)
	return said{code, out.String(), errs.String()}
}

func TestVersionPrintsForPeopleAndMachines(t *testing.T) {
	if got := breakwater(t, "", "version"); got.code != exitDone || !strings.HasPrefix(got.out, "breakwater ") {
		t.Errorf("version said %+v", got)
	}
	got := breakwater(t, "", "version", "--json")
	var b build
	if err := json.Unmarshal([]byte(got.out), &b); err != nil || b.Go == "" {
		t.Errorf("version --json said %+v: %v", got, err)
	}
}

func TestACommandLineThatCannotBeReadExitsWith2(t *testing.T) {
	for _, args := range [][]string{{}, {"nonsense"}, {"version", "--nonsense"}} {
		if got := breakwater(t, "", args...); got.code != exitCouldNot || got.err == "" {
			t.Errorf("breakwater %v said %+v, want exit code 2 and a reason", args, got)
		}
	}
}

func TestHelpExitsWith0(t *testing.T) {
	if got := breakwater(t, "", "--help"); got.code != exitDone || !strings.Contains(got.out, "version") {
		t.Errorf("--help said %+v", got)
	}
}

func TestATableAlignsWideCharacters(t *testing.T) {
	rows := newTable("area", "new")
	rows.row("大连湾", 3)
	rows.row("Zhongshan", 12)
	var b bytes.Buffer
	if err := rows.print(&b); err != nil {
		t.Fatal(err)
	}
	want := "area       new\n大连湾     3\nZhongshan  12\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}
