package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/science/aberration"
)

// weeksFile writes a short series whose last count stands out.
func weeksFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "weeks.csv")
	text := "date,count\n2020-06-01,4\n2020-06-08,6\n2020-06-15,5\n2020-06-22,5\n2020-06-29,4\n2020-07-06,6\n2020-07-13,5\n2020-07-20,30\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDetectFindsTheCountThatStandsOut(t *testing.T) {
	path := weeksFile(t)
	rows := answers[aberration.Row](t, breakwater(t, "", "detect", "--method", "ears-c1", "--json", path))
	last := rows[len(rows)-1]
	if len(rows) != 8 || !last.Alarm || last.T != 8 || last.Date.String() != "2020-07-20" {
		t.Errorf("last of %d rows is %+v, want an alarm on 2020-07-20", len(rows), last)
	}
	if rows[0].Alarm || rows[0].Abstained == "" {
		t.Errorf("first row is %+v, want an abstention", rows[0])
	}
	if got := breakwater(t, "", "detect", "--method", "ears-c1", path); !strings.Contains(got.out, "ALARM") {
		t.Errorf("the table has no alarm:\n%s", got.out)
	}
}

func TestDetectTakesShortFlagsAsParameters(t *testing.T) {
	path := weeksFile(t)
	long := breakwater(t, "", "detect", "--method", "ears-c1", "--params", `{"baseline":4,"alpha":0.01}`, "--json", path)
	short := breakwater(t, "", "detect", "--method", "ears-c1", "--baseline", "4", "--alpha", "0.01", "--json", path)
	if long.out != short.out || long.code != exitDone {
		t.Errorf("short flags said %+v, --params said %+v", short, long)
	}
}

func TestDetectJudgesTheSumWhereNoStreamIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wide.csv")
	if err := os.WriteFile(path, []byte("t,north,south\n1,1,2\n2,3,4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := breakwater(t, "", "detect", "--method", "ears-c1", "--json", path)
	if rows := answers[aberration.Row](t, got); len(rows) != 2 || *rows[1].Observed != 7 || !strings.Contains(got.err, "the sum of 2 streams") {
		t.Errorf("said %+v, want 3 and 7, and that they are sums", got)
	}
}

func TestDetectRefusesWhatItCannotUse(t *testing.T) {
	path := weeksFile(t)
	for name, args := range map[string][]string{
		"an unknown method":       {"--method", "oracle", path},
		"parameters of no object": {"--params", "[", path},
		"an unknown parameter":    {"--params", `{"nonsense":1}`, path},
		"an unknown stream":       {"--unit", "deaths", path},
		"rows past the end":       {"--from", "5", "--to", "99", path},
		"a file that is not":      {path + ".none"},
	} {
		t.Run(name, func(t *testing.T) {
			got := breakwater(t, "", append([]string{"detect"}, args...)...)
			if got.code != exitCouldNot || got.err == "" || got.out != "" {
				t.Errorf("detect %v said %+v, want exit code 2 and a reason", args, got)
			}
		})
	}
}
