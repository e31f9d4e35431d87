package figure_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
)

func seven(context.Context, figure.Query) (figure.Answer, error) { return figure.Answer{Value: 7}, nil }

// query is a valid question.
func query() figure.Query {
	return figure.Query{Area: "210200", Window: civil.Trailing(civil.MustDay("2020-07-22"), 14), AsOf: time.Unix(1, 0), Status: "actual"}
}

func TestTheCatalogueIsComplete(t *testing.T) {
	people := figure.Figure{Name: "cases.new", Unit: figure.People}
	for _, tc := range []struct {
		name    string
		figures []figure.Figure
		asks    map[figure.Name]figure.Ask
		want    string
	}{
		{"a figure without an answer", []figure.Figure{people}, nil, "has no answer"},
		{"an answer without a figure", nil, map[figure.Name]figure.Ask{"cases.new": seven}, "no stage declares"},
		{"a figure declared twice", []figure.Figure{people, people}, map[figure.Name]figure.Ask{"cases.new": seven}, "twice"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := figure.New(tc.figures, tc.asks); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error = %v, want %q", err, tc.want)
			}
		})
	}
}

func TestAsking(t *testing.T) {
	c, err := figure.New([]figure.Figure{{Name: "cases.new", Unit: figure.People}, {Name: "by.kind", Unit: figure.People, Argument: "kind"}},
		map[figure.Name]figure.Ask{"cases.new": seven, "by.kind": seven})
	if err != nil {
		t.Fatal(err)
	}
	a, err := c.Ask(context.Background(), "cases.new", query())
	if err != nil || a.Value != 7 || a.Unit != figure.People || a.Figure != "cases.new" || a.Query != query() {
		t.Errorf("answer = %+v, %v", a, err)
	}
	for _, tc := range []struct {
		name   string
		figure figure.Name
		change func(*figure.Query)
		kind   fault.Kind
		want   string
	}{
		{"a figure that is none", "cases.old", func(*figure.Query) {}, fault.NotFound, "cases.old"},
		{"no as-of", "cases.new", func(q *figure.Query) { q.AsOf = time.Time{} }, fault.Invalid, "as_of"},
		{"no area", "cases.new", func(q *figure.Query) { q.Area = "" }, fault.Invalid, "area"},
		{"an empty window", "cases.new", func(q *figure.Query) { q.Window.Last = q.Window.First - 1 }, fault.Invalid, "window"},
		{"a missing argument", "by.kind", func(*figure.Query) {}, fault.Invalid, "kind"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			q := query()
			tc.change(&q)
			if _, err := c.Ask(context.Background(), tc.figure, q); !fault.Is(err, tc.kind) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error = %v, want %v with %q", err, tc.kind, tc.want)
			}
		})
	}
}

func TestSmallCountsAreNotPublished(t *testing.T) {
	f := figure.Figure{Least: 5}
	for value, absent := range map[float64]bool{0: false, 1: true, 4: true, 5: false} {
		a := f.Published(figure.Answer{Value: value, SourceCount: 3})
		if got := a.Absent != ""; got != absent {
			t.Errorf("published %v: absent = %v, want %v", value, got, absent)
		}
		if absent && (a.Value != 0 || a.SourceCount != 0) {
			t.Errorf("an absent answer still says %v from %d sources", a.Value, a.SourceCount)
		}
	}
}
