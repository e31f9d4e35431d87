// Package table reads comma-separated tables strictly: the texts of the
// program, the areas of a city, the counts of a hospital.
//
// In: a stream of bytes and the columns that it must have. Out: one row at a
// time, whose cells are read by name; whatever is wrong is collected with line
// and column, so that one reading names every bad row and none is skipped in
// silence. The order of the columns is free; a header is required.
package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/breakwater-eoc/breakwater/fault"
)

// Layout says what a table must look like, and how large it may be.
type Layout struct {
	// Name stands before the column in every problem, "areas.csv"; it may be empty.
	Name string
	// Need are the columns that must be there; May are those that can be.
	// Any other column is refused, because a misspelt one would be lost.
	Need, May []string
	// MostBytes and MostRows bound the input; 0 stands for the defaults.
	MostBytes int64
	MostRows  int
}

// The default bounds of a table.
const (
	DefaultBytes = 16 << 20
	DefaultRows  = 200_000
)

// MostProblems is how many problems are collected before a table is given up:
// a file of another kind would otherwise name every one of its lines.
const MostProblems = 1000

// mostCell is the longest cell, in bytes.
const mostCell = 10_000

// Reader reads one table.
type Reader struct {
	layout   Layout
	csv      *csv.Reader
	limit    *io.LimitedReader
	header   []string
	at       map[string]int
	rows     int
	problems []fault.Place
}

// NewReader reads the header. The fault is Invalid when it is not the one that
// the layout asks for, or when the input is no UTF-8 text.
func NewReader(r io.Reader, layout Layout) (*Reader, error) {
	if layout.MostBytes == 0 {
		layout.MostBytes = DefaultBytes
	}
	if layout.MostRows == 0 {
		layout.MostRows = DefaultRows
	}
	t := &Reader{layout: layout, limit: &io.LimitedReader{R: r, N: layout.MostBytes + 1}, at: map[string]int{}}
	text := bufio.NewReader(t.limit)
	if err := skipMark(text); err != nil {
		return nil, err
	}
	t.csv = csv.NewReader(text)
	header, err := t.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, fault.At("the table is empty", fault.Place{Line: 1, Field: layout.Name, Problem: "a header is expected"})
	}
	if err != nil {
		return nil, t.unreadable(err)
	}
	return t, t.learn(header)
}

// skipMark steps over a byte order mark and refuses UTF-16, which spreadsheets
// call "Unicode text".
func skipMark(r *bufio.Reader) error {
	start, err := r.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the start of the table: %w", err)
	}
	if bytes.HasPrefix(start, []byte{0xff, 0xfe}) || bytes.HasPrefix(start, []byte{0xfe, 0xff}) {
		return fault.At("the table cannot be read", fault.Place{Line: 1, Problem: "is UTF-16; save it as UTF-8"})
	}
	if bytes.Equal(start, []byte("\ufeff")) {
		_, err = r.Discard(3)
		return err
	}
	return nil
}

func (t *Reader) learn(header []string) error {
	var wrong []fault.Place
	for i, name := range header {
		name = strings.TrimSpace(name)
		at := fault.Place{Line: 1, Column: i + 1, Field: t.field(clip(name))}
		switch _, twice := t.at[name]; {
		case twice:
			at.Problem = "stands twice in the header"
		case !slices.Contains(t.layout.Need, name) && !slices.Contains(t.layout.May, name):
			at.Problem = fmt.Sprintf("is not a column of this table; it has %s", strings.Join(slices.Concat(t.layout.Need, t.layout.May), ", "))
		default:
			t.at[name] = i
			continue
		}
		wrong = append(wrong, at)
	}
	for _, name := range t.layout.Need {
		if _, ok := t.at[name]; !ok {
			wrong = append(wrong, fault.Place{Line: 1, Field: t.field(name), Problem: "is missing in the header"})
		}
	}
	t.header = header
	return fault.At("the header of the table is wrong", wrong...)
}

// Next returns the next row that has the right number of cells; rows that do
// not are noted as problems. The error is io.EOF at the end, and Invalid when
// the table is too large or too broken to go on.
func (t *Reader) Next() (Row, error) {
	for {
		if len(t.problems) >= MostProblems {
			return Row{}, t.Fault()
		}
		cells, err := t.csv.Read()
		if t.limit.N <= 0 {
			return Row{}, fault.New(fault.Invalid, "the table is larger than %d bytes", t.layout.MostBytes)
		}
		if errors.Is(err, io.EOF) {
			return Row{}, io.EOF
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			t.note(t.broken(bad, cells))
			continue
		}
		if err != nil {
			return Row{}, fmt.Errorf("read the table: %w", err)
		}
		if t.rows++; t.rows > t.layout.MostRows {
			return Row{}, fault.New(fault.Invalid, "the table has more than %d rows", t.layout.MostRows)
		}
		line, _ := t.csv.FieldPos(0)
		row := Row{Line: line, cells: cells, from: t}
		if t.legible(row) {
			return row, nil
		}
	}
}

// legible notes cells that are no text.
func (t *Reader) legible(row Row) bool {
	ok := true
	for i, cell := range row.cells {
		problem := ""
		switch {
		case len(cell) > mostCell:
			problem = fmt.Sprintf("has more than %d bytes", mostCell)
		case !utf8.ValidString(cell):
			problem = "is not UTF-8 text"
		case strings.ContainsRune(cell, 0):
			problem = "holds a zero byte"
		default:
			continue
		}
		ok = false
		t.note(fault.Place{Line: row.Line, Column: i + 1, Field: t.field(t.header[i]), Problem: problem})
	}
	return ok
}

func (t *Reader) broken(bad *csv.ParseError, cells []string) fault.Place {
	if errors.Is(bad, csv.ErrFieldCount) {
		return fault.Place{Line: bad.Line, Field: t.layout.Name, Problem: fmt.Sprintf("has %d cells, and the header %d", len(cells), len(t.header))}
	}
	return fault.Place{Line: bad.Line, Column: bad.Column, Field: t.layout.Name, Problem: "is not a row of a table: a quotation mark is out of place"}
}

func (t *Reader) unreadable(err error) error {
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return fault.At("the table cannot be read", t.broken(bad, nil))
	}
	return fmt.Errorf("read the header of the table: %w", err)
}

func (t *Reader) note(p fault.Place) { t.problems = append(t.problems, p) }

func (t *Reader) field(column string) string {
	if t.layout.Name == "" {
		return column
	}
	return t.layout.Name + " " + column
}

// Problems returns what was wrong so far.
func (t *Reader) Problems() []fault.Place { return t.problems }

// Fault returns all problems as one Invalid fault; nil if there were none.
func (t *Reader) Fault() error {
	what := "the table"
	if t.layout.Name != "" {
		what = t.layout.Name
	}
	return fault.At(what+" cannot be used", t.problems...)
}

// Row is one row of a table.
type Row struct {
	Line  int
	cells []string
	from  *Reader
}

// Text returns a cell without surrounding blanks; empty when the table has no
// such column.
func (r Row) Text(column string) string {
	i, ok := r.from.at[column]
	if !ok {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// Needed returns a cell that must not be empty.
func (r Row) Needed(column string) string {
	s := r.Text(column)
	if s == "" {
		r.Wrong(column, "must not be empty")
	}
	return s
}

// Int reads a whole number within bounds, written in plain digits.
func (r Row) Int(column string, least, most int64) int64 {
	n, err := strconv.ParseInt(r.Text(column), 10, 64)
	switch {
	case err != nil:
		r.Wrong(column, fmt.Sprintf("%q is not a whole number", clip(r.Text(column))))
	case n < least || n > most:
		r.Wrong(column, fmt.Sprintf("must lie between %d and %d", least, most))
	default:
		return n
	}
	return 0
}

// Real reads a decimal number within bounds.
func (r Row) Real(column string, least, most float64) float64 {
	x, err := strconv.ParseFloat(r.Text(column), 64)
	switch {
	case err != nil || x != x:
		r.Wrong(column, fmt.Sprintf("%q is not a number", clip(r.Text(column))))
	case x < least || x > most:
		r.Wrong(column, fmt.Sprintf("must lie between %g and %g", least, most))
	default:
		return x
	}
	return 0
}

// OneOf reads one of a list of words; it returns the zero word for any other.
func OneOf[T ~string](r Row, column string, words ...T) T {
	w := T(r.Text(column))
	if slices.Contains(words, w) {
		return w
	}
	r.Wrong(column, fmt.Sprintf("%q is none of %v", clip(string(w)), words))
	return ""
}

// As reads a cell by a parser whose fault says what is wrong with it.
func As[T any](r Row, column string, parse func(string) (T, error)) T {
	v, err := parse(r.Text(column))
	if err != nil {
		r.Wrong(column, fault.Message(err))
	}
	return v
}

// Wrong notes that a cell of the row is wrong.
func (r Row) Wrong(column, problem string) { r.from.note(r.Place(column, problem)) }

// Place names a cell of the row, for problems that show only when all rows
// were read.
func (r Row) Place(column, problem string) fault.Place {
	p := fault.Place{Line: r.Line, Field: r.from.field(column), Problem: problem}
	if i, ok := r.from.at[column]; ok {
		p.Column = i + 1
	}
	return p
}

// clip keeps a message short when the input is not.
func clip(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}
