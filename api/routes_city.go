package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

func (s *server) cityRoutes() {
	const group = "city"
	open(s, door{method: "GET", path: "/v1/city", name: "getCity", right: access.ReadPlaces, group: group,
		summary: "What a client has to know about the city once."}, s.getCity)
	openRaw(s, door{method: "GET", path: "/v1/city/boundaries", name: "getBoundaries", right: access.ReadPlaces, group: group,
		summary: "The boundaries of the areas as GeoJSON, where the city has them."}, s.getBoundaries)
	open(s, door{method: "GET", path: "/v1/situation", name: "getSituation", right: access.ReadFigures, group: group,
		summary: "Levels, main figures and open work of the reader's area."}, s.getSituation)
}

func (s *server) getCity(context.Context, visitor, *struct{}) (CityFacts, error) {
	return wireCity(s.City, s.Watch.Indicators), nil
}

type geoAnswer struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func (s *server) getBoundaries(context.Context, visitor, *struct{}) (*geoAnswer, error) {
	if len(s.City.Boundaries) == 0 {
		return nil, fault.New(fault.NotFound, "this city has no map of boundaries; draw the schematic one")
	}
	return &geoAnswer{"application/geo+json", s.City.Boundaries}, nil
}

// StatusQuery asks for records that are real, of an exercise, or of a test.
type StatusQuery struct {
	Status string `query:"status" enum:"actual,exercise,test" default:"actual" doc:"Records of different status never mix."`
}

func (q StatusQuery) status() observe.Status { return observe.Status(q.Status) }

// PageQuery asks for one page of a list.
type PageQuery struct {
	After string `query:"after" maxLength:"300" doc:"Cursor of the page before."`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (q PageQuery) paging() command.Paging { return command.Paging{After: q.After, Limit: q.Limit} }

// listed makes a page of wire values.
func listed[From, To any](page command.Page[From], to func(From) To) List[To] {
	return List[To]{Items: convert(page.Items, to), Next: page.Next}
}

// today is the city's day.
func (s *server) today() civil.Day { return civil.DayOf(s.Center.Time(), s.Center.City) }

// dayOr reads an optional day of a query.
func dayOr(text, field string, otherwise civil.Day) (civil.Day, error) {
	if text == "" {
		return otherwise, nil
	}
	day, err := civil.ParseDay(text)
	if err != nil {
		return 0, fault.At("the request cannot be read", fault.Place{Field: field, Problem: fault.Message(err)})
	}
	return day, nil
}

// Situation is the state of the reader's area at a glance.
type Situation struct {
	Area    string      `json:"area"`
	Day     civil.Day   `json:"day" format:"date"`
	Levels  []AreaLevel `json:"levels"`
	Figures []Answer    `json:"figures"`
	Counts  OpenWork    `json:"counts"`
}

// OpenWork counts what waits for somebody.
type OpenWork struct {
	SignalsOpen       int `json:"signals_open"`
	ProposalsOpen     int `json:"proposals_open"`
	DirectivesOpen    int `json:"directives_open"`
	DirectivesOverdue int `json:"directives_overdue"`
}

// situationFigures are the main figures, with the days that each looks back on.
var situationFigures = []struct {
	name figure.Name
	days int
}{
	{"cases.confirmed.new", 1},
	{"cases.confirmed.new", 14},
	{"cases.confirmed.total", 1},
	{"cases.days_since_last", 1},
	{"cases.imported.new", 14},
	{"cases.asymptomatic.new", 14},
	{"goods.positive.new", 14},
	{"samples.taken", 7},
	{"contacts.traced", 14},
	{"reports.completeness", 7},
	{"reports.on_time", 7},
	{"duty.covered", 1},
}

func (s *server) getSituation(ctx context.Context, v visitor, in *struct {
	StatusQuery
	Area string `query:"area" maxLength:"40" doc:"The reader's widest area unless said."`
}) (Situation, error) {
	area, err := s.areaOf(v, in.Area, access.ReadFigures)
	if err != nil {
		return Situation{}, err
	}
	out := Situation{Area: string(area), Day: s.today(), Levels: []AreaLevel{}, Figures: []Answer{}}
	if v.actor.Can(access.ReadProposals) {
		levels, err := s.Plan.Levels(ctx, v.actor, s.Center.Time(), in.status())
		if err != nil {
			return Situation{}, err
		}
		out.Levels = convert(levels, wireLevel)
	}
	for _, f := range situationFigures {
		a, err := s.ask(ctx, f.name, area, f.days, in.status())
		if err != nil {
			return Situation{}, err
		}
		out.Figures = append(out.Figures, wireAnswer(a))
	}
	for name, count := range map[figure.Name]*int{"signals.open": &out.Counts.SignalsOpen, "proposals.open": &out.Counts.ProposalsOpen,
		"directives.open": &out.Counts.DirectivesOpen, "directives.overdue": &out.Counts.DirectivesOverdue} {
		a, err := s.ask(ctx, name, area, 1, in.status())
		if err != nil {
			return Situation{}, err
		}
		*count = int(a.Value)
	}
	return out, nil
}

func (s *server) ask(ctx context.Context, name figure.Name, area place.Code, days int, status observe.Status) (figure.Answer, error) {
	return s.Figures.Ask(ctx, name, figure.Query{Area: area, Window: civil.Trailing(s.today(), days), AsOf: s.Center.Time(), Status: string(status)})
}

// areaOf returns the area that a reader asks about, by default the first that
// the right covers, and checks the right there.
func (s *server) areaOf(v visitor, asked string, right access.Right) (place.Code, error) {
	area := place.Code(asked)
	if area == "" {
		return v.actor.Areas(right)[0], nil // the door has seen that there is one
	}
	lineage, err := s.Center.Lineage(area)
	if err != nil {
		return "", err
	}
	return area, v.actor.Check(right, lineage)
}

// plainRoutes are those that are no part of the JSON interface.
func (s *server) plainRoutes() {
	open(s, door{method: "GET", path: "/healthz", name: "health", entry: anybody, group: "plain",
		summary: "Whether the server and its store answer."}, s.health)
	openRaw(s, door{method: "GET", path: "/openapi.json", name: "openapi", entry: anybody, group: "plain",
		summary: "This document."}, s.openapi)
	if s.Pages != nil {
		s.mux.Handle("/", pages(s.Pages))
	}
	s.mux.HandleFunc("/v1/", func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, problemOf(fault.New(fault.NotFound, "there is no such route for this method; see /openapi.json")))
	})
}

// Health says that the server answers.
type Health struct {
	OK bool `json:"ok"`
}

func (s *server) health(ctx context.Context, _ visitor, _ *struct{}) (Health, error) {
	if err := s.Staff.Ready(ctx); err != nil {
		return Health{}, err
	}
	return Health{OK: true}, nil
}

type documentAnswer struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func (s *server) openapi(context.Context, visitor, *struct{}) (*documentAnswer, error) {
	doc, err := s.document()
	return &documentAnswer{"application/openapi+json", doc}, err
}

var _ huma.StatusError = (*Problem)(nil)
