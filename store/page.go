package store

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
)

// The sizes of a page.
const (
	usualPage = 50
	mostPage  = 200
)

func pageSize(p command.Paging) int {
	if p.Limit <= 0 {
		return usualPage
	}
	return min(p.Limit, mostPage)
}

// cursor names the last row of a page in the list's order. Callers see it as
// opaque text.
type cursor struct {
	// By is the order; a cursor of one order means nothing in another.
	By   string  `json:"by"`
	Rank float64 `json:"rank,omitempty"`
	Due  int64   `json:"due,omitempty"`
	Seq  int64   `json:"seq"`
}

func (c cursor) String() string {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // numbers that came from the database
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// readCursor reads the cursor of an order; ok is false on the first page.
func readCursor(after, by string) (c cursor, ok bool, err error) {
	if after == "" {
		return c, false, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(after)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil || c.By != by {
		return c, false, fault.At("the page cannot be found", fault.Place{Field: "after", Problem: "is not the next of a page of this list"})
	}
	return c, true, nil
}

// conditions collects what narrows a list, with its parameters numbered in the
// order in which they come.
type conditions struct {
	texts []string
	args  []any
}

// add appends a condition whose parameters are written $?.
func (c *conditions) add(text string, args ...any) {
	for _, a := range args {
		c.args = append(c.args, a)
		text = strings.Replace(text, "$?", fmt.Sprintf("$%d", len(c.args)), 1)
	}
	c.texts = append(c.texts, text)
}

// where gives the conditions: none for what everybody may see, at the first page.
func (c *conditions) where() string {
	if len(c.texts) == 0 {
		return ""
	}
	return "WHERE " + strings.Join(c.texts, " AND ")
}

// numbered is a record with its place in the order of storing.
type numbered[T any] struct {
	seq int64
	of  T
}

// paged is one list: a table, its rows, and the order in which it is shown.
type paged[T any] struct {
	table table
	row   func(*T) []any
	// order is the ORDER BY, which ends with seq so that it is total.
	order string
	// next is the cursor behind a record; of the zero record it tells By.
	next func(T, int64) cursor
}

// by names the order of the list in its cursors.
func (l paged[T]) by() string {
	var zero T
	return l.next(zero, 0).By
}

// page reads one page. The narrow columns that conditions and order need lie
// in indexes, so that only the rows shown are read in full.
func (l paged[T]) page(ctx context.Context, q queries, c conditions, size int) (command.Page[T], error) {
	c.args = append(c.args, size+1)
	text := fmt.Sprintf("SELECT seq, %s FROM %s WHERE seq IN (SELECT seq FROM %s %s ORDER BY %s LIMIT $%d) ORDER BY %s",
		l.table.columns, l.table.name, l.table.name, c.where(), l.order, len(c.args), l.order)
	rows, err := list(ctx, q, func(n *numbered[T]) []any { return append([]any{&n.seq}, l.row(&n.of)...) }, text, c.args...)
	if err != nil {
		return command.Page[T]{}, fmt.Errorf("list of %s: %w", l.table.name, err)
	}
	page := command.Page[T]{Items: []T{}}
	if len(rows) > size {
		rows = rows[:size]
		page.Next = l.next(rows[size-1].of, rows[size-1].seq).String()
	}
	for _, r := range rows {
		page.Items = append(page.Items, r.of)
	}
	return page, nil
}

// newestFirst is the order of most lists.
const newestFirst = "seq DESC"

func bySeq[T any](_ T, seq int64) cursor { return cursor{By: "time", Seq: seq} }

// scope is the areas that a list may show.
type scope struct {
	areas []place.Code
	// wide is true when they are a good part of the city, so that it is faster
	// to walk the list in its order than to collect and sort.
	wide bool
}

// scope returns the areas within those that the reader may see and, unless it
// is empty, within one more.
func (v view) scope(ctx context.Context, within []place.Code, area place.Code) (scope, error) {
	var s scope
	if len(within) == 0 {
		return s, nil
	}
	type counted struct {
		code place.Code
		all  int
	}
	rows, err := list(ctx, v.q, func(c *counted) []any { return []any{&c.code, &c.all} },
		`SELECT DISTINCT c.area, (SELECT count(*) FROM area) FROM area_closure c
		WHERE c.within IN each($1) AND ($2 = '' OR c.area IN (SELECT area FROM area_closure WHERE within = $2))`,
		array(within), area)
	if err != nil {
		return s, fmt.Errorf("read the areas of the list: %w", err)
	}
	for _, r := range rows {
		s.areas = append(s.areas, r.code)
		s.wide = 4*len(rows) > r.all
	}
	return s, nil
}

// holds reports whether an area lies in the scope.
func (s scope) holds(area place.Code) bool { return slices.Contains(s.areas, area) }

// add narrows a list to the scope. Joining a text to nothing keeps both
// databases from entering the list by its area where that would be slow.
func (s scope) add(c *conditions) {
	if s.wide {
		c.add("area || '' IN each($?)", array(s.areas))
		return
	}
	c.add("area IN each($?)", array(s.areas))
}
