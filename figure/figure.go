// Package figure is the catalogue of named questions about the records:
// "cases.confirmed.new", "directives.overdue".
//
// A stage declares a figure once; the store (one SQL text) or the science (one
// call) answers it. Plan triggers, level rules, completion queries, screens
// and bulletins ask the catalogue and never the tables, so that one word means
// one number everywhere.
package figure

import (
	"context"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// Name names a figure, in dotted lower-case words from the wide to the narrow.
type Name string

// Unit is what a figure counts.
type Unit string

// The units.
const (
	People     Unit = "people"
	Days       Unit = "days"
	Share      Unit = "share" // 0 to 1, with numerator and denominator
	Samples    Unit = "samples"
	Reports    Unit = "reports"
	Records    Unit = "records"
	Clusters   Unit = "clusters"
	Consigns   Unit = "consignments"
	PerHundred Unit = "per_100000"
)

// Figure declares one question.
type Figure struct {
	Name Name `json:"name"`
	Unit Unit `json:"unit"`
	// Method says in words how the number is made; it is a key of the text table.
	Method string `json:"method"`
	// Windowed is true when the question is about a window of days, false when
	// it is about the state at a time.
	Windowed bool `json:"windowed"`
	// Argument names the figure's own parameter ("stream"), empty for none.
	Argument string `json:"argument,omitempty"`
	// Least is the smallest count that may be published; 0 for no limit. Below
	// it a published answer is absent, not zero.
	Least int `json:"least"`
}

// Query is one asking of a figure.
type Query struct {
	Area place.Code `json:"area"`
	// Window holds the days asked about; its last day is "today" for figures
	// that are about a state.
	Window civil.Window `json:"window"`
	// AsOf is the latest recording time that may be used. It must be set.
	AsOf time.Time `json:"as_of"`
	// Status is actual, exercise or test; the three never mix.
	Status string `json:"status"`
	// Argument is the value of the figure's own parameter.
	Argument string `json:"argument,omitempty"`
}

// Answer is a number with what explains it.
type Answer struct {
	Figure Name    `json:"figure"`
	Query  Query   `json:"query"`
	Value  float64 `json:"value"`
	Unit   Unit    `json:"unit"`
	// Numerator and Denominator are set for shares and rates.
	Numerator   *float64 `json:"numerator,omitempty"`
	Denominator *float64 `json:"denominator,omitempty"`
	// Absent says why there is no number; Value is then 0 and means nothing.
	Absent string `json:"absent,omitempty"`
	// Reconstructed is true when any source row is our reconstruction.
	Reconstructed bool `json:"reconstructed,omitempty"`
	// Sources names the rows under the number, the newest first, at most
	// [MostSources]; SourceCount says how many there are in all.
	Sources     []trace.Ref `json:"sources,omitempty"`
	SourceCount int         `json:"source_count"`
}

// MostSources is how many source rows an answer names.
const MostSources = 50

// Ask answers one figure.
type Ask func(ctx context.Context, q Query) (Answer, error)

// Catalogue holds the figures that can be asked.
type Catalogue struct {
	figures map[Name]Figure
	asks    map[Name]Ask
}

// New makes a catalogue of declared figures and their answers. Every figure
// needs an answer and every answer a figure; the error names those without.
func New(figures []Figure, asks map[Name]Ask) (*Catalogue, error) {
	c := &Catalogue{figures: map[Name]Figure{}, asks: asks}
	for _, f := range figures {
		if _, twice := c.figures[f.Name]; twice {
			return nil, fault.New(fault.Internal, "figure %s is declared twice", f.Name)
		}
		if asks[f.Name] == nil {
			return nil, fault.New(fault.Internal, "figure %s has no answer", f.Name)
		}
		c.figures[f.Name] = f
	}
	for name := range asks {
		if _, ok := c.figures[name]; !ok {
			return nil, fault.New(fault.Internal, "an answer is given for %s, which no stage declares", name)
		}
	}
	return c, nil
}

// Figures lists the declared figures by name.
func (c *Catalogue) Figures() []Figure {
	all := make([]Figure, 0, len(c.figures))
	for _, f := range c.figures {
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b Figure) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return all
}

// Figure returns a declaration. The fault is NotFound.
func (c *Catalogue) Figure(name Name) (Figure, error) {
	f, ok := c.figures[name]
	if !ok {
		return Figure{}, fault.New(fault.NotFound, "there is no figure %q; see the list of figures", name)
	}
	return f, nil
}

// Ask answers a figure. Faults: NotFound for an unknown name, Invalid for a
// query that lacks what the figure needs.
func (c *Catalogue) Ask(ctx context.Context, name Name, q Query) (Answer, error) {
	f, err := c.Figure(name)
	if err != nil {
		return Answer{}, err
	}
	var wrong []fault.Place
	if q.AsOf.IsZero() {
		wrong = append(wrong, fault.Place{Field: "as_of", Problem: "must be set"})
	}
	if q.Area == "" {
		wrong = append(wrong, fault.Place{Field: "area", Problem: "must be set"})
	}
	if q.Window.Days() == 0 {
		wrong = append(wrong, fault.Place{Field: "window", Problem: "must hold at least one day"})
	}
	if f.Argument != "" && q.Argument == "" {
		wrong = append(wrong, fault.Place{Field: f.Argument, Problem: "must be set for this figure"})
	}
	if err := fault.At("the figure "+string(name)+" cannot be asked", wrong...); err != nil {
		return Answer{}, err
	}
	a, err := c.asks[name](ctx, q)
	if err != nil {
		return Answer{}, err
	}
	a.Figure, a.Query, a.Unit = name, q, f.Unit
	return a, nil
}

// Published returns the answer as it may leave the command: a count of people
// below the figure's least is absent.
func (f Figure) Published(a Answer) Answer {
	if f.Least > 0 && a.Absent == "" && a.Value > 0 && a.Value < float64(f.Least) {
		a.Value, a.Numerator, a.Sources, a.SourceCount = 0, nil, nil, 0
		a.Absent = "below the smallest count that may be published"
	}
	return a
}
