package table_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/table"
)

var layout = table.Layout{Name: "x.csv", Need: []string{"name", "count"}, May: []string{"kind"}}

// read reads a whole table of names and counts.
func read(t *testing.T, text string, l table.Layout) (rows []string, problems []fault.Place, err error) {
	t.Helper()
	in, err := table.NewReader(strings.NewReader(text), l)
	if err != nil {
		return nil, nil, err
	}
	for {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			return rows, in.Problems(), nil
		}
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, fmt.Sprint(row.Line, row.Needed("name"), row.Int("count", 0, 9), table.OneOf(row, "kind", "", "a", "b")))
	}
}

func TestRowsAreReadByTheNamesOfTheirColumns(t *testing.T) {
	text := "\ufeffkind,count,name\r\na,3, spaced \r\n,4,\"two\nlines\"\r\nb,5,last\r\n"
	rows, problems, err := read(t, text, layout)
	want := []string{"2 spaced 3 a", "3 two\nlines 4 ", "5 last 5 b"}
	for i := range rows {
		rows[i] = strings.TrimSpace(rows[i])
	}
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v, %v", problems, err)
	}
	if got := strings.Join(rows, "|"); !strings.Contains(got, "spaced") || !strings.Contains(got, "two\nlines") || len(rows) != len(want) {
		t.Errorf("got %q", rows)
	}
	if !strings.HasPrefix(rows[2], "5last") {
		t.Errorf("the row after a text of two lines is numbered %q, want line 5", rows[2])
	}
}

func TestAllThatIsWrongIsNamedAtOnce(t *testing.T) {
	_, problems, err := read(t, "name,count,kind\n,12,c\nx,y,a\nz\n", layout)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range problems {
		said = append(said, p.String())
	}
	want := []string{
		"line 2, column 1 (x.csv name): must not be empty",
		"line 2, column 2 (x.csv count): must lie between 0 and 9",
		`line 2, column 3 (x.csv kind): "c" is none of [ a b]`,
		`line 3, column 2 (x.csv count): "y" is not a whole number`,
		"line 4 (x.csv): has 1 cells, and the header 3",
	}
	if diff := cmp.Diff(said, want); diff != "" {
		t.Errorf("got - want +\n%s", diff)
	}
}

func TestATableThatIsTooLargeIsGivenUp(t *testing.T) {
	small := layout
	small.MostRows, small.MostBytes = 2, 1000
	for name, text := range map[string]string{
		"rows":  "name,count\n" + strings.Repeat("a,1\n", 3),
		"bytes": "name,count\n" + strings.Repeat("a", 2000) + ",1\n",
	} {
		if _, _, err := read(t, text, small); !fault.Is(err, fault.Invalid) {
			t.Errorf("too many %s: got %v", name, err)
		}
	}
}

func TestAFileThatIsNotThereIsNamed(t *testing.T) {
	err := table.File(fstest.MapFS{}, "dir/x.csv", layout.Need, func(table.Row) {})
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "dir/x.csv") {
		t.Errorf("got %v", err)
	}
}

func TestNumbersAreBounded(t *testing.T) {
	in, err := table.NewReader(strings.NewReader("x\nNaN\n1e400\n7\n"), table.Layout{Need: []string{"x"}})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		row, err := in.Next()
		if err != nil {
			t.Fatal(err)
		}
		row.Real("x", 0, 5)
	}
	if n := len(in.Problems()); n != 3 {
		t.Errorf("%d problems, want 3: %v", n, in.Problems())
	}
}
