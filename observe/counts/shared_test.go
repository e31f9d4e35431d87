package counts_test

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// totalColumns are the columns of daily files that hold totals up to a day.
var totalColumns = []string{"confirmed", "cured", "released", "dead", "deceased"}

// TestSharedSurveillance converts every file of daily totals by place
// ("*daily*.csv") to counts of each day, and compares with the totals: adding
// the counts up again must give every total back, and the glitches must be
// exactly the days on which a total fell, began above zero, or leapt over days.
func TestSharedSurveillance(t *testing.T) {
	root := filepath.Join(shared(t), "standards", "surveillance")
	found := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(d.Name(), "daily") || !strings.HasSuffix(d.Name(), ".csv") {
			return err
		}
		found++
		passed, total := judgeFile(t, path)
		name, _ := filepath.Rel(root, path)
		fmt.Printf("shared standards/surveillance/%s: %d/%d\n", filepath.ToSlash(name), passed, total)
		if passed != total || total == 0 {
			t.Errorf("%s: %d of %d series", name, passed, total)
		}
		return nil
	})
	if err != nil || found == 0 {
		t.Fatalf("%d files of daily totals found: %v", found, err)
	}
}

// judgeFile returns how many of a file's series (place and column) convert.
func judgeFile(t *testing.T, path string) (passed, total int) {
	t.Helper()
	for _, s := range readTotals(t, path) {
		total++
		if problem := judgeSeries(s); problem != "" {
			t.Errorf("%s, %s %s: %s", filepath.Base(path), s[0].Area, s[0].Stream, problem)
			continue
		}
		passed++
	}
	return passed, total
}

func judgeSeries(totals []counts.Row) string {
	daily, glitches := counts.FromCumulative(totals)
	odd := map[civil.Day]bool{}
	for _, g := range glitches {
		odd[g.Day] = true
	}
	sum, last := int64(0), counts.Row{}
	for i, want := range totals {
		sum += daily[i].Count
		if sum != want.Count {
			return fmt.Sprintf("the counts up to %s sum to %d, and the total is %d", want.Day, sum, want.Count)
		}
		first := i == 0
		expected := want.Count < last.Count || first && want.Count > 0 || !first && want.Day-last.Day > 1 && want.Count > last.Count
		if odd[want.Day] != expected {
			return fmt.Sprintf("%s is called odd: %v, want %v", want.Day, odd[want.Day], expected)
		}
		last = want
	}
	return ""
}

// readTotals reads every series of a file, each in the order of its days.
func readTotals(t *testing.T, path string) [][]counts.Row {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	header := records[0]
	series := map[string][]counts.Row{}
	for i, record := range records[1:] {
		day, err := civil.ParseDay(record[slices.Index(header, "date")])
		if err != nil {
			t.Fatal(err)
		}
		for k, name := range header {
			if !slices.Contains(totalColumns, name) {
				continue
			}
			n, err := strconv.ParseInt(record[k], 10, 64)
			if err != nil {
				t.Fatalf("line %d: %v", i+2, err)
			}
			where := placeOf(header, record)
			key := where + "|" + name
			series[key] = append(series[key], counts.Row{Stream: counts.Stream(name), Area: place.Code(where), Day: day, Count: n, Line: i + 2})
		}
	}
	var all [][]counts.Row
	for _, s := range series {
		slices.SortStableFunc(s, func(a, b counts.Row) int { return int(a.Day - b.Day) })
		all = append(all, s)
	}
	return all
}

// placeOf names the place of a record by the columns that say where.
func placeOf(header, record []string) string {
	var where []string
	for i, name := range header {
		if slices.Contains([]string{"countryCode", "provinceCode", "province", "cityCode", "city"}, name) {
			where = append(where, record[i])
		}
	}
	return strings.Join(where, "/")
}

// TestSharedSurveillanceKnownGlitchesOfDalian names the corrections that the
// record of Dalian is known for.
func TestSharedSurveillanceKnownGlitchesOfDalian(t *testing.T) {
	root := filepath.Join(shared(t), "standards", "surveillance")
	files, err := filepath.Glob(filepath.Join(root, "dalian-liaoning-daily*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no file of Dalian found: %v", err)
	}
	for _, tc := range []struct {
		column, day string
		count       int64
	}{
		{"cured", "2020-02-06", -2}, // 2 > 0
		{"cured", "2020-02-07", 3},  // 0 > 3
		{"confirmed", "2020-04-02", 1},
		{"confirmed", "2020-04-07", -2}, // withdrawn again, with one more
	} {
		for _, s := range readTotals(t, files[0]) {
			if string(s[0].Stream) != tc.column || !strings.Contains(string(s[0].Area), "/210200/") {
				continue
			}
			daily, glitches := counts.FromCumulative(s)
			i := slices.IndexFunc(daily, func(r counts.Row) bool { return r.Day.String() == tc.day })
			if i < 0 || daily[i].Count != tc.count {
				t.Errorf("%s of %s: got %+v, want %d", tc.column, tc.day, daily[max(i, 0)], tc.count)
			}
			named := slices.ContainsFunc(glitches, func(g counts.Glitch) bool { return g.Day.String() == tc.day })
			if named != (tc.count < 0) {
				t.Errorf("%s of %s is called a glitch: %v", tc.column, tc.day, named)
			}
		}
	}
}

// shared returns the folder of third-party test material; without it the test
// is skipped, or fails when the material is required.
func shared(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("BREAKWATER_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("BREAKWATER_SHARED_REQUIRED") == "1" {
			t.Fatal("the shared test material is required and not there")
		}
		t.Skip("SKIPPED WITHOUT PROOF: the shared test material is not there")
	}
	return dir
}
