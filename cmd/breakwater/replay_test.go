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
	var said [2]string
	t.Run("databases", func(t *testing.T) {
		t.Run("sqlite", func(t *testing.T) {
			t.Parallel()
			said[0] = replayJuly(t, filepath.Join(t.TempDir(), "replay.db"))
		})
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			said[1] = replayJuly(t, pgtest.Start(t))
		})
	})
	if said[0] != said[1] {
		t.Error("the two databases tell different stories")
	}
}

// replayJuly plays July 2020 in a database and returns what was printed.
func replayJuly(t *testing.T, database string) string {
	t.Helper()
	settings := []string{"--database", database, "--data", t.TempDir()}
	got := breakwater(t, "", append(settings, "replay", "dalian-2020-07", "--json")...)
	if got.code != exitDone {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	checkJuly(t, days(t, got.out))
	if check := breakwater(t, "", append(settings, "fsck")...); check.code != exitDone {
		t.Errorf("fsck said %+v", check)
	}
	again := breakwater(t, "", append(settings, "replay", "dalian-2020-07")...)
	if again.code != exitCouldNot || !strings.Contains(again.err, "needs an empty one") {
		t.Errorf("a second replay into the same database said %+v", again)
	}
	return got.out
}

func checkJuly(t *testing.T, all map[string]drill.Day) {
	t.Helper()
	if len(all) != 45 {
		t.Errorf("%d days, want those from 1 July to 14 August", len(all))
	}
	for date, d := range all {
		if date < "2020-07-22" && (d.Signals > 0 || d.New > 0) {
			t.Errorf("%s is not quiet: %+v", date, d)
		}
	}
	if all["2020-07-22"].Signals+all["2020-07-23"].Signals != 1 {
		t.Errorf("the first case raised %+v", all["2020-07-22"])
	}
	if last := all["2020-08-14"]; last.Cumulative != 92 || last.Directives.Closed == 0 {
		t.Errorf("the last day is %+v", last)
	}
	if all["2020-07-10"].OtherSignals != 1 {
		t.Errorf("the positive goods published on 10 July raised %+v", all["2020-07-10"])
	}
	decided := all["2020-07-25"].Decided
	if len(decided) != 1 || decided[0] != (drill.Placed{Area: "210211-dalianwan", Level: "high", Overridden: true}) {
		t.Errorf("on 25 July was decided %+v", decided)
	}
}

func TestAReplayThatThereIsNotIsNamed(t *testing.T) {
	got := breakwater(t, "", "replay", "atlantis", "--data", t.TempDir())
	if got.code != exitCouldNot || !strings.Contains(got.err, "dalian-2020-07") {
		t.Errorf("said %+v", got)
	}
	if got := breakwater(t, "", "replay", "--json", "--data", t.TempDir()); got.code != exitDone || !strings.Contains(got.out, `"dalian-2020-07"`) {
		t.Errorf("said %+v", got)
	}
}
