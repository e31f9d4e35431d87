package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/text/width"

	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/party"
)

// printJSON prints one value on one line, so that many make JSON lines.
func (c *call) printJSON(v any) error {
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// printLines prints one JSON object a row.
func printLines[T any](c *call, rows []T) error {
	for _, row := range rows {
		if err := c.printJSON(row); err != nil {
			return err
		}
	}
	return nil
}

// everyPage reads a whole list.
func everyPage[T any](ctx context.Context, list func(context.Context, command.Paging) (command.Page[T], error)) ([]T, error) {
	var all []T
	for p := (command.Paging{Limit: 200}); ; {
		page, err := list(ctx, p)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if page.Next == "" {
			return all, nil
		}
		p.After = page.Next
	}
}

// names gives the names by which people sign in, for the ids in records.
func (a *app) names(ctx context.Context) (func(party.UserID) string, error) {
	people, err := everyPage(ctx, a.staff.People)
	if err != nil {
		return nil, err
	}
	byID := map[party.UserID]string{}
	for _, p := range people {
		byID[p.ID] = p.Name
	}
	return func(id party.UserID) string { return cmp.Or(byID[id], string(id)) }, nil
}

// listing is rows of text under a header, printed in aligned columns.
type listing struct {
	header []string
	rows   [][]string
}

func newTable(header ...string) *listing { return &listing{header: header} }

// row adds a row; cells are formatted with %v.
func (t *listing) row(cells ...any) {
	row := make([]string, len(cells))
	for i, cell := range cells {
		row[i] = fmt.Sprint(cell)
	}
	t.rows = append(t.rows, row)
}

// print writes the table. Chinese, Japanese and Korean characters take two
// columns of a terminal, which text/tabwriter does not know.
func (t *listing) print(w io.Writer) error {
	all := append([][]string{t.header}, t.rows...)
	widths := make([]int, len(t.header))
	for _, row := range all {
		for i, cell := range row {
			widths[i] = max(widths[i], columns(cell))
		}
	}
	var b strings.Builder
	for _, row := range all {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			line.WriteString(strings.Repeat(" ", widths[i]-columns(cell)+2))
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// columns is how many columns of a terminal a text takes.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}

// progress is a bar for long work. It is silent unless somebody watches.
type progress struct {
	call  *call
	label string
	last  time.Time
}

func (c *call) progress(label string) *progress { return &progress{call: c, label: label} }

// set redraws the bar, at most ten times a second.
func (p *progress) set(done, total int) {
	if !p.call.terminal || total <= 0 {
		return
	}
	now := p.call.now()
	if done < total && now.Sub(p.last) < 100*time.Millisecond {
		return
	}
	p.last = now
	const wide = 30
	full := min(wide, wide*done/total)
	fmt.Fprintf(p.call.err, "\r%s [%s%s] %d of %d", p.label, strings.Repeat("=", full), strings.Repeat(" ", wide-full), done, total)
}

// end leaves the bar's line.
func (p *progress) end() {
	if p.call.terminal && !p.last.IsZero() {
		fmt.Fprintln(p.call.err)
	}
}
