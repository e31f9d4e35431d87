package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/detect"
)

func TestTheScoreboardScoresAStory(t *testing.T) {
	dir := t.TempDir()
	if got := breakwater(t, "", "drill", "run", "scores", "--data", dir); got.code != exitDone {
		t.Fatalf("the story: %+v", got)
	}
	data := []string{"--data", filepath.Join(dir, "drills", "scores"), "--to", "2020-09-20"}
	got := breakwater(t, "", append([]string{"scoreboard", "--json"}, data...)...)
	if got.code != exitDone {
		t.Fatalf("said %+v", got)
	}
	lines := map[string]detect.Line{}
	for _, text := range strings.Split(strings.TrimSpace(got.out), "\n") {
		var l scoreJSON
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		lines[l.Of+" "+l.Line.Name] = l.Line
	}
	all := lines["all "]
	if len(lines) != 5 || all.Signals != 2 || all.Precision != (detect.Ratio{Of: 2, Count: 1}) || all.Recall != (detect.Ratio{Of: 2, Count: 1}) {
		t.Errorf("scored %+v", lines)
	}
	if l := lines["indicator goods-positive"]; l.Precision != (detect.Ratio{Of: 1}) || l.Delay != nil {
		t.Errorf("the parcels: %+v", l)
	}
	if got := breakwater(t, "", append([]string{"scoreboard"}, data...)...); got.code != exitDone || !strings.Contains(got.out, "0.50 (1/2)") {
		t.Errorf("for people it says %+v", got)
	}
	for _, from := range []string{"2020-09-21", "2001-01-01", "soon"} {
		if got := breakwater(t, "", append([]string{"scoreboard", "--from", from}, data...)...); got.code != exitCouldNot {
			t.Errorf("from %s: %+v, want a refusal", from, got)
		}
	}
}
