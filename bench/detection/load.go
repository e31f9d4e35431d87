package detection

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/breakwater-eoc/breakwater/fault"
)

// Load reads a benchmark folder: every file whose name begins with bench_base_
// (columns scenario, rep, counts) and bench_over_ (scenario, rep, cases),
// compressed or not. The error is Invalid and names file, line and column.
func Load(folder fs.FS) (Set, error) {
	var set Set
	known := map[[2]int]int{}
	err := eachRow(folder, "bench_base_", func(r row) error {
		b := Base{Scenario: r.number("scenario"), Rep: r.number("rep")}
		for _, field := range strings.Fields(r.text("counts")) {
			v, err := strconv.ParseFloat(field, 64)
			if err != nil || !(v >= 0) || v > 1e9 {
				return r.problem("counts", "holds something else than counts")
			}
			b.Counts = append(b.Counts, v)
		}
		if len(b.Counts) != weeks {
			return r.problem("counts", fmt.Sprintf("has %d counts, wanted %d", len(b.Counts), weeks))
		}
		known[[2]int{b.Scenario, b.Rep}] = len(set.Bases)
		set.Bases = append(set.Bases, b)
		return nil
	})
	if err != nil {
		return Set{}, err
	}
	err = eachRow(folder, "bench_over_", func(r row) error {
		base, ok := known[[2]int{r.number("scenario"), r.number("rep")}]
		if !ok {
			return r.problem("rep", "belongs to no base series")
		}
		cases := map[int]float64{}
		for _, field := range strings.Fields(r.text("cases")) {
			var t int
			var n float64
			if _, err := fmt.Sscanf(field, "%d:%g", &t, &n); err != nil || t < firstJudged || t > weeks || !(n > 0) {
				return r.problem("cases", "must be of the form week:count, in the judged weeks")
			}
			cases[t-1] += n
		}
		set.overlay(base, cases)
		return nil
	})
	if err != nil {
		return Set{}, err
	}
	if len(set.Bases) == 0 || len(set.Overlays) == 0 {
		return Set{}, fault.New(fault.Invalid, "the folder has no bench_base_ or no bench_over_ file with rows")
	}
	return set, nil
}

// row is one line of a table, by column.
type row struct {
	file    string
	line    int
	columns []string
	fields  []string
}

func (r row) text(column string) string {
	if i := slices.Index(r.columns, column); i >= 0 {
		return r.fields[i]
	}
	return ""
}

// number is the whole number of a column, -1 where there is none.
func (r row) number(column string) int {
	n, err := strconv.Atoi(r.text(column))
	if err != nil {
		return -1
	}
	return n
}

func (r row) problem(column, text string) error {
	return fault.At("the benchmark file "+r.file+" cannot be used",
		fault.Place{Line: r.line, Column: slices.Index(r.columns, column) + 1, Field: column, Problem: text})
}

// eachRow reads every file with a prefix, in the order of their names.
func eachRow(folder fs.FS, prefix string, use func(row) error) error {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return fault.New(fault.NotFound, "the benchmark folder cannot be read")
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasPrefix(e.Name(), prefix) {
			continue
		}
		if err := readRows(folder, e.Name(), use); err != nil {
			return err
		}
	}
	return nil
}

func readRows(folder fs.FS, name string, use func(row) error) error {
	f, err := folder.Open(name)
	if err != nil {
		return fault.New(fault.NotFound, "the benchmark file %s cannot be opened", name)
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		zipped, err := gzip.NewReader(f)
		if err != nil {
			return fault.New(fault.Invalid, "the benchmark file %s is not compressed as its name says", name)
		}
		in = zipped
	}
	const most = 200 << 20 // bytes, against a small file that unpacks to a huge one
	reader := csv.NewReader(io.LimitReader(in, most))
	header, err := reader.Read()
	if err != nil {
		return fault.New(fault.Invalid, "the benchmark file %s has no header", name)
	}
	for line := 2; ; line++ {
		fields, err := reader.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fault.New(fault.Invalid, "line %d of the benchmark file %s cannot be read", line, name)
		}
		if err := use(row{name, line, header, fields}); err != nil {
			return err
		}
	}
}
