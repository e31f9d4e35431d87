package counts

import (
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/table"
)

// Form says what the counts of a file are.
type Form string

// The forms.
const (
	PerDay     Form = ""           // each count is that of its day
	Cumulative Form = "cumulative" // each count is the total up to its day
)

// The bounds of one file of counts.
const (
	MostBytes = 64 << 20
	MostRows  = 500_000
)

// mostCount is the largest count: more people than have ever lived, and small
// enough that sums cannot overflow.
const mostCount = 1_000_000_000_000

// noDenominator refuses the denominator of a total.
const noDenominator = "a total up to a day has no denominator of that day"

// File is what a file of counts held.
type File struct {
	Rows []Row
	// Problems are the rows that cannot be read, by line and column.
	Problems []fault.Place
	// Glitches are the oddities that the conversion of totals kept.
	Glitches []Glitch
}

// decoded completes a file once its rows were read.
func decoded(rows []Row, problems []fault.Place, form Form) File {
	f := File{Rows: rows, Problems: problems}
	if form == Cumulative {
		f.Rows, f.Glitches = FromCumulative(rows)
	}
	return f
}

// DecodeCSV reads counts from CSV (RFC 4180, UTF-8). Columns, in any order:
// stream, area, day (YYYY-MM-DD), count; and if wanted denominator,
// reported_at (RFC 3339) and basis (stated or reconstructed). The fault is
// Invalid when the file as a whole cannot be read; bad rows are in the answer.
func DecodeCSV(r io.Reader, form Form) (File, error) {
	in, err := table.NewReader(r, table.Layout{
		Need:      []string{"stream", "area", "day", "count"},
		May:       []string{"denominator", "reported_at", "basis"},
		MostBytes: MostBytes, MostRows: MostRows,
	})
	if err != nil {
		return File{}, err
	}
	var rows []Row
	for {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			return decoded(rows, in.Problems(), form), nil
		}
		if err != nil {
			return File{}, err
		}
		before := len(in.Problems())
		r := readRow(row, form)
		if len(in.Problems()) == before {
			rows = append(rows, r)
		}
	}
}

func readRow(row table.Row, form Form) Row {
	r := Row{Line: row.Line, Stream: Stream(row.Needed("stream")), Area: place.Code(row.Needed("area")),
		Day: table.As(row, "day", civil.ParseDay), Count: row.Int("count", 0, mostCount)}
	if row.Text("denominator") != "" {
		n := row.Int("denominator", 0, mostCount)
		r.Denominator = &n
		if form == Cumulative {
			row.Wrong("denominator", noDenominator)
		}
	}
	if row.Text("reported_at") != "" {
		r.Reported = table.As(row, "reported_at", parseInstant)
	}
	if row.Text("basis") != "" {
		r.Basis = table.OneOf(row, "basis", place.Stated, place.Reconstructed)
	}
	return r
}

// parseInstant reads RFC 3339, within the years that days can have.
func parseInstant(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}, fault.New(fault.Invalid, "%s is not an instant like 2020-07-22T21:00:00+08:00", strconv.Quote(clip(s)))
	}
	return t.UTC(), nil
}

// clip keeps a message short when the input is not.
func clip(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	return s[:most] + "..."
}
