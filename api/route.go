package api

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/fault"
)

// server is the house with its routes.
type server struct {
	House
	mux      *http.ServeMux
	huma     huma.API
	doors    []door
	notices  *allowance // of the public form, by address
	document func() ([]byte, error)
}

// entry says who may come through a door at all.
type entry int

const (
	byRight  entry = iota // a session whose user has the door's right somewhere
	signedIn              // any session
	anybody               // no session is asked for
)

// deed says what a request does.
type deed int

const (
	reads deed = iota
	// changes needs the session's CSRF token.
	changes
	// acts needs an idempotency key as well: the request can be sent twice.
	acts
)

// door is one route: the one registration from which mux, right, OpenAPI
// document and TypeScript types come.
type door struct {
	method, path string
	name         string // of the operation, as clients call it
	entry        entry
	right        access.Right   // for byRight
	or           []access.Right // any of which does as well
	deed         deed
	group        string // heading in the document
	summary      string
	most         int64 // bytes of a body; 0 for the usual limit
	room         *room // for all bodies under way; nil when there is no need
}

// mostBody is the usual limit of a request's body, in bytes.
const mostBody = 64 << 10

// visitor is who came through a door.
type visitor struct {
	staffVisitor
	key     string // idempotency key, for acts
	address string
	// loopback is true when the browser runs on this machine.
	loopback bool
}

type visitorKey struct{}

// answer is a JSON answer with status 200.
type answer[T any] struct{ Body T }

// open registers a route whose answer is one JSON value.
func open[In, Out any](s *server, d door, handle func(context.Context, visitor, *In) (Out, error)) {
	openRaw(s, d, func(ctx context.Context, v visitor, in *In) (*answer[Out], error) {
		out, err := handle(ctx, v, in)
		return &answer[Out]{out}, err
	})
}

// openRaw registers a route whose answer has headers or a status of its own.
func openRaw[In, Out any](s *server, d door, handle func(context.Context, visitor, *In) (*Out, error)) {
	s.doors = append(s.doors, d)
	huma.Register(s.huma, s.operation(d), func(ctx context.Context, in *In) (*Out, error) {
		v, _ := ctx.Value(visitorKey{}).(visitor)
		out, err := handle(ctx, v, in)
		if err != nil {
			return nil, s.problem(ctx, d, err)
		}
		return out, nil
	})
}

// operation describes a door to huma.
func (s *server) operation(d door) huma.Operation {
	op := huma.Operation{Method: d.method, Path: d.path, OperationID: d.name, Summary: d.summary, Tags: []string{d.group},
		MaxBodyBytes: d.most, RejectUnknownQueryParameters: true,
		Middlewares: huma.Middlewares{s.admit(d)},
		Responses:   map[string]*huma.Response{"default": s.problemResponse()},
		Extensions:  map[string]any{"x-right": d.rightName()},
	}
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = mostBody
	}
	if d.entry != anybody {
		op.Security = []map[string][]string{{"session": {}}}
		if d.deed != reads {
			op.Security[0]["csrf"] = []string{}
		}
	}
	if d.deed == acts {
		least, most := leastKey, mostKey
		op.Parameters = append(op.Parameters, &huma.Param{Name: keyHeader, In: "header", Required: true,
			Description: "A fresh random text for each thing that is to be done; sending a request again with the same key does nothing twice.",
			Schema:      &huma.Schema{Type: huma.TypeString, MinLength: &least, MaxLength: &most}})
	}
	return op
}

// allows says whether an actor may come through the door at all; the use case
// checks the right in the record's area.
func (d door) allows(who access.Actor) error {
	if slices.ContainsFunc(d.or, who.Can) {
		return nil
	}
	return who.Check(d.right, nil)
}

// rightName says in the document who may use the route.
func (d door) rightName() string {
	switch d.entry {
	case anybody:
		return "none"
	case signedIn:
		return "session"
	}
	return strings.Join(names(append([]access.Right{d.right}, d.or...)), " or ")
}

func (s *server) problemResponse() *huma.Response {
	schema := s.huma.OpenAPI().Components.Schemas.Schema(typeOf[Problem](), true, "")
	return &huma.Response{Description: "It was not carried out.",
		Content: map[string]*huma.MediaType{problemType: {Schema: schema}}}
}

// admit lets a request through its door, or answers why not: first who it is,
// then the right, then that the request is the user's own (CSRF), then the key.
func (s *server) admit(d door) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		r, _ := humago.Unwrap(ctx)
		v := visitor{address: s.addressOf(r), key: ctx.Header(keyHeader), loopback: loopback(r)}
		if err := s.check(d, r, &v); err != nil {
			_, w := humago.Unwrap(ctx)
			writeProblem(w, s.problem(ctx.Context(), d, err))
			return
		}
		if d.room != nil {
			leave, ok := d.room.take(r, d.most)
			if !ok {
				_, w := humago.Unwrap(ctx)
				writeProblem(w, s.problem(ctx.Context(), d, busy()))
				return
			}
			defer leave()
		}
		next(huma.WithValue(ctx, visitorKey{}, v))
	}
}

func (s *server) check(d door, r *http.Request, v *visitor) error {
	if d.entry != anybody {
		if err := s.identify(r, v); err != nil {
			return err
		}
		if d.entry == byRight {
			if err := d.allows(v.actor); err != nil {
				return err
			}
		}
		if d.deed != reads && !sameText(r.Header.Get(csrfHeader), v.csrf) {
			return fault.New(fault.Forbidden, "the request does not carry the token of its session; reload the page")
		}
	}
	if d.deed == acts && !keyForm.MatchString(v.key) {
		return fault.At("the request needs an idempotency key", fault.Place{Field: keyHeader,
			Problem: "must have 8 to 100 letters, digits, dots, colons, hyphens or underscores"})
	}
	return nil
}

const (
	keyHeader         = "Idempotency-Key"
	csrfHeader        = "X-CSRF"
	leastKey, mostKey = 8, 100
)

var keyForm = regexp.MustCompile(`^[A-Za-z0-9._:-]{8,100}$`)

// List is one page of a list; next is empty on the last page.
type List[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next" doc:"Cursor for the after parameter; empty on the last page."`
}

// whole is a list of one page.
func whole[T any](items []T) List[T] { return List[T]{Items: items} }

// indented gives a document as it stands in a golden file.
func indented(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var sorted any // through maps, so that keys stand in one order
	if err := json.Unmarshal(raw, &sorted); err != nil {
		return nil, err
	}
	out, err := json.MarshalIndent(sorted, "", "  ")
	return append(out, '\n'), err
}
