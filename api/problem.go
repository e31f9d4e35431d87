package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/breakwater-eoc/breakwater/fault"
)

// Problem is the answer to a request that was not carried out (RFC 9457), with
// the kind of fault and the places of the input that are wrong.
type Problem struct {
	Title  string         `json:"title" doc:"The kind in words."`
	Status int            `json:"status" doc:"The HTTP status."`
	Kind   string         `json:"kind" enum:"internal,invalid,not_found,conflict,forbidden" doc:"What the caller can do about it."`
	Detail string         `json:"detail" doc:"What went wrong, for the person who asked."`
	Places []ProblemPlace `json:"places" doc:"The places of the input that are wrong."`
}

// ProblemPlace is one spot of the input that is wrong.
type ProblemPlace struct {
	Field   string `json:"field" doc:"The column, parameter or JSON path."`
	Line    int    `json:"line,omitempty" doc:"Line of the input from 1; absent where there are none."`
	Column  int    `json:"column,omitempty" doc:"Column of the input from 1; absent where there are none."`
	Problem string `json:"problem"`
}

// Error implements error.
func (p *Problem) Error() string { return p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

// statuses gives the HTTP status of each kind of fault.
var statuses = map[fault.Kind]int{
	fault.Internal:  http.StatusInternalServerError,
	fault.Invalid:   http.StatusUnprocessableEntity,
	fault.NotFound:  http.StatusNotFound,
	fault.Conflict:  http.StatusConflict,
	fault.Forbidden: http.StatusForbidden,
}

var titles = map[string]string{
	"internal":  "It went wrong on our side.",
	"invalid":   "The request can be corrected and sent again.",
	"not_found": "There is nothing of this name that you may see.",
	"conflict":  "The present state does not allow this.",
	"forbidden": "You do not have the right to do this.",
}

// problemOf makes the answer to an error. The text of an internal one stays here.
func problemOf(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	kind := fault.KindOf(err)
	p = newProblem(statuses[kind], kind, fault.Message(err))
	for _, place := range fault.PlacesOf(err) {
		p.Places = append(p.Places, wirePlace(place))
	}
	return p
}

func newProblem(status int, kind fault.Kind, detail string) *Problem {
	return &Problem{Title: titles[kind.String()], Status: status, Kind: kind.String(), Detail: detail, Places: []ProblemPlace{}}
}

func wirePlace(p fault.Place) ProblemPlace {
	return ProblemPlace{Field: p.Field, Line: p.Line, Column: p.Column, Problem: p.Problem}
}

// asProblem turns what huma says about a request that it refused into our
// form. The refused values are left out: they may be personal.
func asProblem(_ huma.Context, _ string, body any) (any, error) {
	m, ok := body.(*huma.ErrorModel)
	if !ok {
		return body, nil
	}
	kind := fault.Invalid
	detail := m.Detail
	if m.Status >= http.StatusInternalServerError {
		kind, detail = fault.Internal, fault.Message(errors.New(m.Detail))
	}
	p := newProblem(m.Status, kind, detail)
	for _, e := range m.Errors {
		if kind == fault.Internal || e == nil {
			continue
		}
		p.Places = append(p.Places, ProblemPlace{Field: fieldOf(e.Location), Problem: e.Message})
	}
	return p, nil
}

// fieldOf shortens huma's "body.why" and "query.day" to the field itself.
func fieldOf(location string) string {
	where, field, ok := strings.Cut(location, ".")
	if ok && (where == "body" || where == "query" || where == "path" || where == "header") {
		return field
	}
	return location
}

// writeProblem answers a request outside of huma's handlers.
func writeProblem(w http.ResponseWriter, p *Problem) {
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(p.Status)
	if err := json.NewEncoder(w).Encode(p); err != nil {
		return // the client is gone
	}
}
