package counts_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

const csvHeader = "stream,area,day,count\n"

func number(n int64) *int64 { return &n }

func TestCSVIsReadWhateverTheOrderOfItsColumns(t *testing.T) {
	text := "\ufeffcount,day,denominator,area,stream,reported_at,basis\r\n" +
		"3,2020-07-22,90,210203,fever.visits,2020-07-22T21:00:00+08:00,reconstructed\r\n" +
		"0,2020-07-23,,210203,fever.visits,,\r\n"
	got, err := counts.DecodeCSV(strings.NewReader(text), counts.PerDay)
	if err != nil {
		t.Fatal(err)
	}
	want := counts.File{Rows: []counts.Row{
		{Stream: counts.FeverVisits, Area: "210203", Day: civil.MustDay("2020-07-22"), Count: 3, Denominator: number(90),
			Reported: time.Date(2020, 7, 22, 13, 0, 0, 0, time.UTC), Basis: place.Reconstructed, Line: 2},
		{Stream: counts.FeverVisits, Area: "210203", Day: civil.MustDay("2020-07-23"), Line: 3},
	}}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got - want +\n%s", diff)
	}
}

func TestJSONHoldsTheSameAsCSV(t *testing.T) {
	text := `{"rows": [
  {"stream": "fever.visits", "area": "210203", "day": "2020-07-22", "count": 3, "denominator": 90, "reported_at": "2020-07-22T21:00:00+08:00"},
  {"day": "2020-07-23", "count": 0, "stream": "fever.visits", "area": "210203", "basis": "stated"}
]}`
	got, err := counts.DecodeJSON(strings.NewReader(text), counts.PerDay)
	if err != nil {
		t.Fatal(err)
	}
	want := counts.File{Rows: []counts.Row{
		{Stream: counts.FeverVisits, Area: "210203", Day: civil.MustDay("2020-07-22"), Count: 3, Denominator: number(90),
			Reported: time.Date(2020, 7, 22, 13, 0, 0, 0, time.UTC), Line: 2},
		{Stream: counts.FeverVisits, Area: "210203", Day: civil.MustDay("2020-07-23"), Basis: place.Stated, Line: 3},
	}}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got - want +\n%s", diff)
	}
}

func TestEveryBadRowOfACSVIsNamedAndTheGoodOnesAreKept(t *testing.T) {
	const good = "fever.visits,210203,2020-07-22,3\n"
	for _, tc := range []struct {
		name, row, want string
	}{
		{"no day", "fever.visits,210203,22.07.2020,3\n", `line 2, column 3 (day): "22.07.2020" is not a day of the form YYYY-MM-DD`},
		{"no number", "fever.visits,210203,2020-07-22,three\n", `line 2, column 4 (count): "three" is not a whole number`},
		{"a fraction", "fever.visits,210203,2020-07-22,1.5\n", `line 2, column 4 (count): "1.5" is not a whole number`},
		{"a negative count", "fever.visits,210203,2020-07-22,-1\n", "line 2, column 4 (count): must lie between 0 and"},
		{"no count at all", "fever.visits,210203,2020-07-22,\n", `line 2, column 4 (count): "" is not a whole number`},
		{"an empty area", "fever.visits, ,2020-07-22,1\n", "line 2, column 2 (area): must not be empty"},
		{"a cell too many", "fever.visits,210203,2020-07-22,1,2\n", "line 2: has 5 cells, and the header 4"},
		{"a quotation mark out of place", "fever\"visits,210203,2020-07-22,1\n", "line 2, column 6: is not a row of a table"},
		{"bytes that are no text", "fever.visits,21\xff,2020-07-22,1\n", "line 2, column 2 (area): is not UTF-8 text"},
		{"a zero byte", "fever.visits,21\x00,2020-07-22,1\n", "line 2, column 2 (area): holds a zero byte"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := counts.DecodeCSV(strings.NewReader(csvHeader+tc.row+good), counts.PerDay)
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Rows) != 1 || len(got.Problems) != 1 || !strings.Contains(got.Problems[0].String(), tc.want) {
				t.Errorf("got %d rows and %v, want 1 and %q", len(got.Rows), got.Problems, tc.want)
			}
		})
	}
}

func TestEveryBadRowOfJSONIsNamedAndTheGoodOnesAreKept(t *testing.T) {
	const good = `{"stream":"fever.visits","area":"210203","day":"2020-07-22","count":3}`
	for _, tc := range []struct {
		name, row, want string
	}{
		{"no day", `{"stream":"fever.visits","area":"1","day":"22.07.2020","count":3}`, `(/rows/0): "22.07.2020" is not a day`},
		{"no number", `{"stream":"fever.visits","area":"1","day":"2020-07-22","count":"3"}`, "(/rows/0): count cannot be a string"},
		{"a fraction", `{"stream":"fever.visits","area":"1","day":"2020-07-22","count":1.5}`, "(/rows/0): count cannot be a number 1.5"},
		{"a negative count", `{"stream":"fever.visits","area":"1","day":"2020-07-22","count":-1}`, "(/rows/0/count): must lie between"},
		{"no count", `{"stream":"fever.visits","area":"1","day":"2020-07-22"}`, "(/rows/0/count): must be set"},
		{"no area", `{"stream":"fever.visits","day":"2020-07-22","count":1}`, "(/rows/0/area): must not be empty"},
		{"an unknown field", `{"stream":"fever.visits","area":"1","day":"2020-07-22","count":1,"sum":2}`, "unknown field"},
		{"another basis", `{"stream":"fever.visits","area":"1","day":"2020-07-22","count":1,"basis":"guess"}`, "(/rows/0/basis): must be"},
		{"no object", `7`, "(/rows/0):"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := counts.DecodeJSON(strings.NewReader(`{"rows":[`+"\n"+tc.row+",\n"+good+"]}"), counts.PerDay)
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Rows) != 1 || len(got.Problems) != 1 || !strings.Contains(got.Problems[0].String(), tc.want) || got.Problems[0].Line != 2 {
				t.Errorf("got %d rows and %v, want 1 and, on line 2, %q", len(got.Rows), got.Problems, tc.want)
			}
		})
	}
}

func TestAFileThatIsNoneIsRefusedAsAWhole(t *testing.T) {
	csv := func(s string) error { _, err := counts.DecodeCSV(strings.NewReader(s), counts.PerDay); return err }
	js := func(s string) error { _, err := counts.DecodeJSON(strings.NewReader(s), counts.PerDay); return err }
	for _, tc := range []struct {
		name string
		err  error
		want string
	}{
		{"an empty CSV", csv(""), "the table is empty"},
		{"a CSV without a column", csv("stream,area,day\n"), "(count): is missing in the header"},
		{"a CSV with a strange column", csv("stream,area,day,count,colour\n"), "column 5 (colour): is not a column"},
		{"a CSV with a column twice", csv("stream,area,day,count,count\n"), "stands twice"},
		{"UTF-16", csv("\xff\xfes\x00"), "is UTF-16"},
		{"an empty JSON", js(""), "ends too early"},
		{"a list", js("[]"), "stands where { is expected"},
		{"an unknown field", js(`{"sums":[]}`), "stands where rows is expected"},
		{"something after it", js(`{"rows":[]} 7`), "something follows"},
		{"a broken end", js("{\"rows\":[\n{\"stream\":"), "line 2"},
		{"broken text", js(`{"rows":[{]}`), "line 1, column 10"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if !fault.Is(tc.err, fault.Invalid) || !strings.Contains(fmt.Sprint(tc.err), tc.want) {
				t.Errorf("got %v, want it to say %q", tc.err, tc.want)
			}
		})
	}
}

func TestAFileOfAnotherKindIsGivenUp(t *testing.T) {
	_, err := counts.DecodeCSV(strings.NewReader(csvHeader+strings.Repeat("x\n", 5000)), counts.PerDay)
	if !fault.Is(err, fault.Invalid) || len(fault.PlacesOf(err)) != 1000 {
		t.Errorf("got %d places, want 1000", len(fault.PlacesOf(err)))
	}
}

func TestTotalsBecomeDailyCountsWithTheirGlitches(t *testing.T) {
	text := csvHeader +
		"confirmed.local,1,2020-02-04,2\n" +
		"confirmed.local,1,2020-02-06,0\n" + // falls, after a gap
		"confirmed.local,1,2020-02-07,3\n" +
		"confirmed.local,2,2020-02-04,0\n" +
		"confirmed.local,2,2020-02-07,5\n" // a gap
	got, err := counts.DecodeCSV(strings.NewReader(text), counts.Cumulative)
	if err != nil {
		t.Fatal(err)
	}
	var daily []int64
	for _, r := range got.Rows {
		daily = append(daily, r.Count)
	}
	if want := []int64{2, -2, 3, 0, 5}; !cmp.Equal(daily, want) {
		t.Errorf("daily counts are %v, want %v", daily, want)
	}
	var said []string
	for _, g := range got.Glitches {
		said = append(said, fmt.Sprint(g.Area, " ", g.Day, " ", g.Problem))
	}
	want := []string{
		"1 2020-02-04 the totals begin at 2; all of it stands on this day",
		"1 2020-02-06 the total falls from 2 to 0; the correction of -2 stands as it came",
		"2 2020-02-07 no totals for 2 days before; the 5 since then stand on this day",
	}
	if diff := cmp.Diff(said, want); diff != "" {
		t.Errorf("got - want +\n%s", diff)
	}
}

func TestATotalHasNoDenominator(t *testing.T) {
	got, err := counts.DecodeCSV(strings.NewReader("stream,area,day,count,denominator\nfever.visits,1,2020-02-04,2,9\n"), counts.Cumulative)
	if err != nil || len(got.Problems) != 1 || len(got.Rows) != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestEveryKnownStreamHasNamesAndAUnit(t *testing.T) {
	for _, s := range counts.Streams() {
		if s.Unit() == "" || s.Names().En == "stream."+string(s) {
			t.Errorf("stream %s: unit %q, names %v", s, s.Unit(), s.Names())
		}
	}
}

func FuzzDecodeCSV(f *testing.F) {
	f.Add([]byte(csvHeader+"fever.visits,210203,2020-07-22,3\n"), true)
	f.Add([]byte("\ufeffday,count,area,stream,denominator\r\n2020-07-22,1,\"a\nb\",x,\r\n\"\n"), false)
	f.Fuzz(func(t *testing.T, text []byte, totals bool) {
		checkFile(t, totals, func(form counts.Form) (counts.File, error) {
			return counts.DecodeCSV(strings.NewReader(string(text)), form)
		})
	})
}

func FuzzDecodeJSON(f *testing.F) {
	f.Add([]byte(`{"rows":[{"stream":"fever.visits","area":"1","day":"2020-07-22","count":3}]}`), false)
	f.Add([]byte(`{"rows":[{"count":1e3},{"day":7},null,[],{"reported_at":"x"}]}`), true)
	f.Fuzz(func(t *testing.T, text []byte, totals bool) {
		checkFile(t, totals, func(form counts.Form) (counts.File, error) {
			return counts.DecodeJSON(strings.NewReader(string(text)), form)
		})
	})
}

// checkFile asserts what holds for every input: a fault is Invalid, a row is
// whole, and only a glitch is negative.
func checkFile(t *testing.T, totals bool, decode func(counts.Form) (counts.File, error)) {
	t.Helper()
	form := counts.PerDay
	if totals {
		form = counts.Cumulative
	}
	got, err := decode(form)
	if err != nil {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("fault is %v, want invalid", err)
		}
		return
	}
	odd := map[string]bool{}
	for _, g := range got.Glitches {
		odd[fmt.Sprint(g.Stream, g.Area, g.Day)] = true
	}
	for _, r := range got.Rows {
		if r.Stream == "" || r.Area == "" || r.Line == 0 || r.Count < 0 && !odd[fmt.Sprint(r.Stream, r.Area, r.Day)] {
			t.Errorf("row %+v passed", r)
		}
	}
}
