package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/cities"
	"github.com/breakwater-eoc/breakwater/detect"
)

func TestTheShippedCityHoldsTogether(t *testing.T) {
	got := breakwater(t, "", "--json", "city", "check")
	var h holding
	if err := json.Unmarshal([]byte(got.out), &h); err != nil || got.code != exitDone {
		t.Fatalf("said %+v: %v", got, err)
	}
	own := 0
	for _, ind := range h.Indicators {
		if ind.Origin != detect.OfProgram {
			own++
		}
	}
	if h.City != "dalian" || h.Areas < 11 || h.Replays == 0 || own == 0 {
		t.Errorf("Dalian is said to hold %+v", h)
	}
	if got := breakwater(t, "", "city", "check"); got.code != exitDone || !strings.Contains(got.out, "goods-positive") {
		t.Errorf("for people it said %+v", got)
	}
}

// ownCity copies Dalian's folder and writes a file of indicators into it.
func ownCity(t *testing.T, indicators string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "city")
	if err := os.CopyFS(dir, cities.Dalian()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "indicators.yaml")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	write(t, file, indicators)
	return dir
}

func TestTheServerRefusesWhatTheCheckRefusesWithTheSameWords(t *testing.T) {
	dir := ownCity(t, "- {id: x, names: {zh: a, en: a, ja: a, ko: a}, stream: confirmed.local, areas: [city], detector: oracle, harm: 9}\n")
	check := breakwater(t, "", "city", "check", dir)
	if check.code != exitFoundWrong {
		t.Fatalf("exit %d, said %s%s", check.code, check.out, check.err)
	}
	serve := breakwater(t, "", "--city", dir, "--data", t.TempDir(), "serve", "--listen", "127.0.0.1:0")
	if serve.code != exitCouldNot {
		t.Fatalf("the server started on it: %+v", serve)
	}
	for _, want := range []string{`indicators.yaml, indicator 1 "x", detector: no method is called "oracle"`, `indicators.yaml, indicator 1 "x", harm: must be 1 to 5`} {
		if !strings.Contains(check.out, want) || !strings.Contains(serve.err, want) {
			t.Errorf("%q is not said by both:\n%s\n%s", want, check.out, serve.err)
		}
	}
	asked := breakwater(t, "", "--json", "city", "check", dir)
	var said struct{ Places []string }
	if err := json.Unmarshal([]byte(asked.out), &said); err != nil || len(said.Places) != 2 {
		t.Errorf("for machines it said %s: %v", asked.out, err)
	}
}

func TestACityDoesWithoutAnIndicator(t *testing.T) {
	got := breakwater(t, "", "--json", "city", "check", ownCity(t, "- {id: wastewater-rise, off: true}\n"))
	var h holding
	if err := json.Unmarshal([]byte(got.out), &h); err != nil || got.code != exitDone {
		t.Fatalf("said %+v: %v", got, err)
	}
	if len(h.Off) != 1 || h.Off[0] != "wastewater-rise" {
		t.Errorf("off are %v", h.Off)
	}
}
