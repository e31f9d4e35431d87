package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/drill"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
)

// days reads the objects that replay --json prints.
func days(t *testing.T, out string) map[string]drill.Day {
	t.Helper()
	all := map[string]drill.Day{}
	for line := range strings.Lines(out) {
		var d drill.Day
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all[d.Date.String()] = d
	}
	return all
}

func TestTheReplayOfJuly2020TellsTheSameStoryOnBothDatabases(t *testing.T) {
	var said []string
	for name, database := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "replay.db"), "postgres": pgtest.Start(t)} {
		got := breakwater(t, "", "replay", "dalian-2020-07", "--json", "--database", database, "--keys", t.TempDir())
		if got.code != exitDone {
			t.Fatalf("%s: exit %d: %s", name, got.code, got.err)
		}
		checkJuly(t, name, days(t, got.out))
		said = append(said, got.out)
		if check := breakwater(t, "", "fsck", "--database", database, "--data", t.TempDir()); check.code != exitDone {
			t.Errorf("%s: fsck said %+v", name, check)
		}
		again := breakwater(t, "", "replay", "dalian-2020-07", "--database", database, "--data", t.TempDir())
		if again.code != exitCouldNot || !strings.Contains(again.err, "needs an empty one") {
			t.Errorf("%s: a second replay into the same database said %+v", name, again)
		}
	}
	if said[0] != said[1] {
		t.Error("the two databases tell different stories")
	}
}

func checkJuly(t *testing.T, name string, all map[string]drill.Day) {
	t.Helper()
	if len(all) != 45 {
		t.Errorf("%s: %d days, want those from 1 July to 14 August", name, len(all))
	}
	for date, d := range all {
		if date < "2020-07-22" && (d.Signals > 0 || d.New > 0) {
			t.Errorf("%s: %s is not quiet: %+v", name, date, d)
		}
	}
	if all["2020-07-22"].Signals+all["2020-07-23"].Signals != 1 {
		t.Errorf("%s: the first case raised %+v", name, all["2020-07-22"])
	}
	if last := all["2020-08-14"]; last.Cumulative != 92 || last.Directives.Closed == 0 {
		t.Errorf("%s: the last day is %+v", name, last)
	}
	if all["2020-07-10"].OtherSignals != 1 {
		t.Errorf("%s: the positive goods published on 10 July raised %+v", name, all["2020-07-10"])
	}
	decided := all["2020-07-25"].Decided
	if len(decided) != 1 || decided[0] != (drill.Placed{Area: "210211-dalianwan", Level: "high", Overridden: true}) {
		t.Errorf("%s: on 25 July was decided %+v", name, decided)
	}
}

func TestAReplayThatThereIsNotIsNamed(t *testing.T) {
	got := breakwater(t, "", "replay", "atlantis", "--data", t.TempDir())
	if got.code != exitCouldNot || !strings.Contains(got.err, "dalian-2020-07") {
		t.Errorf("said %+v", got)
	}
	if got := breakwater(t, "", "replay", "--json"); got.code != exitDone || !strings.Contains(got.out, `"dalian-2020-07"`) {
		t.Errorf("said %+v", got)
	}
}
