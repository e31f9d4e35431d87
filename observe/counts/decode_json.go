package counts

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/table"
)

// wireRow is one row of counts in JSON; its fields are the columns of the CSV form.
type wireRow struct {
	Stream      Stream      `json:"stream"`
	Area        place.Code  `json:"area"`
	Day         *civil.Day  `json:"day"`
	Count       *int64      `json:"count"`
	Denominator *int64      `json:"denominator"`
	Reported    *time.Time  `json:"reported_at"`
	Basis       place.Basis `json:"basis"`
}

// DecodeJSON reads counts from {"rows": [{"stream": ..., "area": ..., "day":
// ..., "count": ...}, ...]} with the fields of [DecodeCSV]. Unknown fields and
// anything after the object are refused. The fault is Invalid when the file as
// a whole cannot be read; bad rows are in the answer, by line and column of
// their beginning.
func DecodeJSON(r io.Reader, form Form) (File, error) {
	lines := &lineCounter{in: &io.LimitedReader{R: r, N: MostBytes + 1}}
	d := json.NewDecoder(lines)
	d.DisallowUnknownFields()
	rows, problems, err := readRows(d, lines, form)
	if lines.in.N <= 0 {
		return File{}, fault.New(fault.Invalid, "the file is larger than %d bytes", MostBytes)
	}
	if err != nil {
		return File{}, err
	}
	return decoded(rows, problems, form), nil
}

func readRows(d *json.Decoder, lines *lineCounter, form Form) (rows []Row, problems []fault.Place, err error) {
	for _, want := range []json.Token{json.Delim('{'), "rows", json.Delim('[')} {
		if err := expect(d, lines, want); err != nil {
			return nil, nil, err
		}
	}
	for i := 0; d.More(); i++ {
		if i == MostRows {
			return nil, nil, fault.New(fault.Invalid, "the file has more than %d rows", MostRows)
		}
		var w wireRow
		err := d.Decode(&w)
		line, column := lines.at(d.InputOffset() - 1) // where the row ends
		place := fault.Place{Line: line, Column: column, Field: fmt.Sprintf("/rows/%d", i)}
		if broken(err) {
			return nil, nil, unreadable(lines, d, err)
		}
		bad := w.problems(err, place, form)
		if problems = append(problems, bad...); len(problems) >= table.MostProblems {
			return nil, nil, fault.At("the counts cannot be read", problems...)
		}
		if len(bad) == 0 {
			rows = append(rows, w.row(line))
		}
	}
	for _, want := range []json.Token{json.Delim(']'), json.Delim('}')} {
		if err := expect(d, lines, want); err != nil {
			return nil, nil, err
		}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, nil, unreadable(lines, d, errors.New("something follows the object"))
	}
	return rows, problems, nil
}

// expect reads one token that must stand there.
func expect(d *json.Decoder, lines *lineCounter, want json.Token) error {
	got, err := d.Token()
	if err != nil {
		return unreadable(lines, d, err)
	}
	if got != want {
		return unreadable(lines, d, fmt.Errorf(`%v stands where %v is expected; the form is {"rows": [...]}`, got, want))
	}
	return nil
}

// broken tells an error after which nothing more can be read from one of a
// single row.
func broken(err error) bool {
	var syntax *json.SyntaxError
	return errors.As(err, &syntax) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

func unreadable(lines *lineCounter, d *json.Decoder, err error) error {
	problem := err.Error()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		problem = "the text ends too early"
	}
	line, column := lines.at(d.InputOffset()) // where the value begins that is broken
	return fault.At("the counts are no JSON of the expected form", fault.Place{Line: line, Column: column, Problem: clip(problem)})
}

// problems names what is wrong with a row, given the error of its decoding.
func (w wireRow) problems(err error, at fault.Place, form Form) []fault.Place {
	var bad []fault.Place
	note := func(field, problem string) {
		p := at
		p.Field, p.Problem = at.Field+field, problem
		bad = append(bad, p)
	}
	if err != nil {
		note("", rowProblem(err))
		return bad
	}
	if w.Stream == "" {
		note("/stream", "must not be empty")
	}
	if w.Area == "" {
		note("/area", "must not be empty")
	}
	if w.Day == nil {
		note("/day", "must be set")
	}
	if w.Count == nil {
		note("/count", "must be set; zero is a count")
	}
	if outside(w.Count) {
		note("/count", fmt.Sprintf("must lie between 0 and %d", int64(mostCount)))
	}
	if outside(w.Denominator) {
		note("/denominator", fmt.Sprintf("must lie between 0 and %d", int64(mostCount)))
	}
	if w.Denominator != nil && form == Cumulative {
		note("/denominator", noDenominator)
	}
	if w.Basis != "" && !slices.Contains([]place.Basis{place.Stated, place.Reconstructed}, w.Basis) {
		note("/basis", "must be stated or reconstructed")
	}
	return bad
}

func outside(n *int64) bool { return n != nil && (*n < 0 || *n > mostCount) }

func rowProblem(err error) string {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Sprintf("%s cannot be a %s", kind.Field, clip(kind.Value))
	}
	if fault.Is(err, fault.Invalid) {
		return fault.Message(err)
	}
	return clip(err.Error())
}

func (w wireRow) row(line int) Row {
	r := Row{Stream: w.Stream, Area: w.Area, Day: *w.Day, Count: *w.Count, Denominator: w.Denominator, Basis: w.Basis, Line: line}
	if w.Reported != nil {
		r.Reported = w.Reported.UTC()
	}
	return r
}

// lineCounter remembers where lines begin, so that an offset can be named by
// line and column.
type lineCounter struct {
	in     *io.LimitedReader
	read   int64
	starts []int64 // offsets of the second line and those after it
}

func (l *lineCounter) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	for i, c := range p[:n] {
		if c == '\n' {
			l.starts = append(l.starts, l.read+int64(i)+1)
		}
	}
	l.read += int64(n)
	return n, err
}

// at gives line and column, both from 1, of an offset.
func (l *lineCounter) at(offset int64) (line, column int) {
	i := sort.Search(len(l.starts), func(i int) bool { return l.starts[i] > offset })
	if i == 0 {
		return 1, int(offset) + 1
	}
	return i + 1, int(offset-l.starts[i-1]) + 1
}
