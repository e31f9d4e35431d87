package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/bench/desks"
)

// measured runs a benchmark under a clock that moves a millisecond with every
// look, and returns its report.
func measured(t *testing.T, args ...string) desks.Report {
	t.Helper()
	var out, errs bytes.Buffer
	var looks atomic.Int64
	w := world{in: strings.NewReader(""), out: &out, err: &errs, random: rand.Reader,
		now: func() time.Time { return time.UnixMilli(1_595_400_000_000 + looks.Add(1)).UTC() }}
	if code := run(t.Context(), w, append([]string{"bench"}, args...)); code != exitDone {
		t.Fatalf("bench %v ended with %d: %s", args, code, &errs)
	}
	var r desks.Report
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatalf("bench %v printed %s: %v", args, &out, err)
	}
	return r
}

func TestBenchPrintsEveryFigureBesideItsPeer(t *testing.T) {
	for name, args := range map[string][]string{
		"acts":        {"acts", "--callers", "3", "--time", "100ms", "--json"},
		"lists":       {"lists", "--signals", "300", "--directives", "300", "--times", "3", "--json"},
		"course":      {"course", "--days", "12", "--times", "1", "--json"},
		"corrections": {"corrections", "--days", "20", "--back", "10", "--times", "1", "--json"},
	} {
		t.Run(name, func(t *testing.T) {
			r := measured(t, args...)
			if r.Bench != name || r.Machine.CPUs == 0 || r.Seed != 1 || len(r.Figures) != 2 {
				t.Fatalf("report %+v", r)
			}
			for i, on := range []string{"SQLite ", "PostgreSQL "} {
				f := r.Figures[i]
				if f.Absent != "" {
					continue
				}
				if !strings.HasPrefix(f.On, on) || f.Value <= 0 || len(f.Peers) == 0 || f.Peers[0].Value <= 0 || f.Peers[0].Version != f.On {
					t.Errorf("figure %+v", f)
				}
			}
		})
	}
}

func TestBenchRefusesSizesThatMeanNothing(t *testing.T) {
	for _, args := range [][]string{{"bench", "acts", "--callers", "0"}, {"bench", "acts", "--time", "0s"}, {"bench", "lists", "--signals", "-1"},
		{"bench", "lists", "--times", "0"}, {"bench", "corrections", "--back", "300"}, {"bench", "corrections", "--times", "0"}, {"bench", "course", "--times", "0"}} {
		if got := breakwater(t, "", args...); got.code != exitCouldNot || got.err == "" {
			t.Errorf("breakwater %v said %+v, want exit code 2 and a reason", args, got)
		}
	}
}
