package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// scenarioFile writes a scenario that runs in a moment.
func scenarioFile(t *testing.T, change ...string) string {
	t.Helper()
	const text = `title: small
people: 2000
days: 15
runs: 2
start: 2026-11-01
pathogens:
  - {name: influenza a, rate: 0.1, seeds: 30}
arms:
  - name: nothing
  - name: masks
    measures:
      - day: 3
        masks: {coverage: 0.8, source: 0.6, wearer: 0.4}
`
	path := filepath.Join(t.TempDir(), "small.yaml")
	if err := os.WriteFile(path, []byte(strings.NewReplacer(change...).Replace(text)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSimulateRunsAScenario(t *testing.T) {
	path := scenarioFile(t)
	csv, html := filepath.Join(t.TempDir(), "out.csv"), filepath.Join(t.TempDir(), "out.html")
	got := breakwater(t, "", "simulate", path, "--csv", csv, "--html", html)
	if got.code != exitDone || !strings.Contains(got.out, "influenza a: infections") || !strings.Contains(got.out, "masks") {
		t.Errorf("simulate said %+v", got)
	}
	for _, file := range []string{csv, html} {
		if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), "masks") {
			t.Errorf("%s does not name the arm: %v", filepath.Base(file), err)
		}
	}
	asJSON := breakwater(t, "", "simulate", path, "--json", "--people", "1000", "--runs", "1", "--threads", "2")
	var result struct {
		Arms    []struct{ Runs []struct{ Seed int } }
		Summary []struct{ Arm string }
	}
	if err := json.Unmarshal([]byte(asJSON.out), &result); err != nil || len(result.Arms) != 2 || len(result.Arms[0].Runs) != 1 || len(result.Summary) != 2 {
		t.Errorf("JSON is %+v of %.200q: %v", result, asJSON.out, err)
	}
}

func TestSimulateSaysWhereAScenarioIsWrong(t *testing.T) {
	got := breakwater(t, "", "simulate", scenarioFile(t, "coverage: 0.8", "coverage: 8"))
	if got.code != exitCouldNot || !strings.Contains(got.err, "line 12") {
		t.Errorf("simulate said %+v, want exit 2 and the line", got)
	}
	for name, args := range map[string][]string{
		"no scenario":        {"simulate"},
		"a file that is not": {"simulate", "nowhere.yaml"},
	} {
		if got := breakwater(t, "", args...); got.code != exitCouldNot {
			t.Errorf("%s: %+v, want exit 2", name, got)
		}
	}
}

func TestBenchSimulatePrintsOneObject(t *testing.T) {
	var hashes []string
	for _, threads := range []string{"1", "2"} {
		got := breakwater(t, "", "bench", "simulate", "--people", "3000", "--days", "20", "--threads", threads, "--json")
		var f struct {
			Hash string  `json:"output_hash"`
			Mode string  `json:"mode"`
			Size float64 `json:"bytes_per_person"`
		}
		if err := json.Unmarshal([]byte(got.out), &f); err != nil || got.code != exitDone || f.Hash == "" || f.Mode != "epidemic" {
			t.Fatalf("bench said %+v: %v", got, err)
		}
		hashes = append(hashes, f.Hash)
	}
	if hashes[0] != hashes[1] {
		t.Errorf("hashes %v differ by threads", hashes)
	}
}
