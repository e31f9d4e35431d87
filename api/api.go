// Package api is the HTTP face of Breakwater: its routes, its OpenAPI
// document, its sessions and its live events.
//
// In: requests. Out: JSON, problem documents (RFC 9457) and a stream of
// server-sent events. One registration per route ([door]) gives the mux, the
// right that is needed, the OpenAPI document and, through it, the TypeScript
// types of the console; they cannot drift. The types on the wire live here and
// are made from the domain's by hand, once (the wire_ files).
//
// Nothing is decided here: a handler reads its input, calls one use case, and
// puts the answer into words.
package api

import (
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/command/picture"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

// House is all that the routes call upon.
type House struct {
	Center  *command.Center
	City    City
	Watch   *watch.Desk
	Picture *picture.Desk
	Plan    *plan.Desk
	Order   *order.Desk
	Staff   *staff.Desk
	Audit   *audit.Desk
	Figures *figure.Catalogue
	// Visits takes in who was where; nil where none are taken.
	Visits *venue.Gate
	// People keeps the days of visits and discloses exposures; nil where none are kept.
	People *people.Desk
	Clock  Clockwork
	Hub    *Hub
	// Demonstration lists the sign-ins that the door offers; empty everywhere but
	// in the demonstration, which listens on the loopback interface only.
	Demonstration []DemoSignIn
	// Pages are the files of the console; a path that is none of them gets index.html.
	Pages fs.FS
	// Behind is true when a reverse proxy of the same machine or network passes
	// the client's address in X-Forwarded-For.
	Behind Proxy
	Log    *slog.Logger
	// Wall is the clock on the wall, which differs from the Center's in a
	// replay: limits of attempts and the request log go by it.
	Wall func() time.Time
}

// Proxy says whether requests come through a reverse proxy.
type Proxy string

// The two ways in which requests come.
const (
	Direct       Proxy = "direct"
	ReverseProxy Proxy = "proxy"
)

// City is what the routes say about the city.
type City struct {
	ID            string
	Names         words.Text
	Lang          words.Lang // offered first
	Zone          *time.Location
	Root          place.Code
	Areas         []place.Area
	Boundaries    []byte // GeoJSON; empty without a map
	Organisations []party.Organisation
	Posts         []party.Post
	Sources       []observe.Source
	Notes         []place.Note // what has to be said about the data wherever they are shown
	History       []Happened
}

// Happened is one thing that the real command of the city did.
type Happened struct {
	Day   civil.Day
	Theme string // case, finding, goods, command
	What  words.Text
	Where place.Code // empty for the whole city
}

// New returns the handler of everything that the server answers.
func New(h House) http.Handler {
	s := newServer(h)
	return s.outermost(s.mux)
}

// OpenAPI returns the OpenAPI 3.1 document of the routes as indented JSON.
func OpenAPI() ([]byte, error) { return newServer(House{}).document() }
