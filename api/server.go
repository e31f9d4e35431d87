package api

import (
	"cmp"
	"context"
	"net"
	"net/http"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/breakwater-eoc/breakwater/fault"
)

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

// newServer registers every route. Without a house it still makes the document.
func newServer(h House) *server {
	s := &server{House: h, mux: http.NewServeMux(), notices: newAllowance(publicNotices)}
	s.huma = humago.New(s.mux, humaConfig())
	s.sessionRoutes()
	s.cityRoutes()
	s.countRoutes()
	s.indicatorRoutes()
	s.reportingRoutes()
	s.pictureRoutes()
	s.noticeRoutes()
	s.signalRoutes()
	s.scoreRoutes()
	s.visitRoutes()
	s.peopleRoutes()
	s.declarationRoutes()
	s.occupancyRoutes()
	s.proposalRoutes()
	s.packRoutes()
	s.directiveRoutes()
	s.dutyRoutes()
	s.figureRoutes()
	s.journalRoutes()
	s.clockRoutes()
	s.eventRoutes()
	s.userRoutes()
	s.plainRoutes()
	doc := s.huma.OpenAPI()
	tidy(doc)
	s.document = func() ([]byte, error) { return indented(doc) }
	return s
}

func humaConfig() huma.Config {
	const schemas = "#/components/schemas/"
	return huma.Config{
		OpenAPI: &huma.OpenAPI{OpenAPI: "3.1.0",
			Info: &huma.Info{Title: "Breakwater", Version: "1",
				Description: "The operations system of a port city's public-health emergency command. " +
					"Times are RFC 3339 in UTC, days YYYY-MM-DD in the city's time. Lists are paged by a cursor."},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry(schemas, huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"session": {Type: "apiKey", In: "cookie", Name: cookieName},
					"csrf":    {Type: "apiKey", In: "header", Name: csrfHeader},
				},
			},
		},
		Formats:       map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{asProblem},
	}
}

// tidy makes the document say what the handlers do: lists are never null, and
// problems have our form, not huma's.
func tidy(doc *huma.OpenAPI) {
	schemas := doc.Components.Schemas.Map()
	delete(schemas, "ErrorModel")
	delete(schemas, "ErrorDetail")
	for _, schema := range schemas {
		neverNull(schema)
	}
}

func neverNull(s *huma.Schema) {
	if s.Type == huma.TypeArray {
		s.Nullable = false
		neverNull(s.Items)
	}
	for _, p := range s.Properties {
		neverNull(p)
	}
}

// outermost wraps everything: recovery, security headers, the request log.
func (s *server) outermost(next http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, problemOf(fault.New(fault.Forbidden, "the request comes from a page of another site")))
	}))
	guarded := origin.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.Wall()
		rec := &recorder{ResponseWriter: w}
		secure(rec.Header(), r)
		defer func() {
			if v := recover(); v != nil {
				s.recovered(rec, r, v)
			}
			s.Log.Info("request", "method", r.Method, "route", cmp.Or(r.Pattern, "none"),
				"status", cmp.Or(rec.status, http.StatusOK), "bytes", rec.bytes, "took", s.Wall().Sub(began))
		}()
		guarded.ServeHTTP(rec, r)
	})
}

// recovered answers a request whose handler panicked, without any detail.
func (s *server) recovered(w *recorder, r *http.Request, v any) {
	if v == http.ErrAbortHandler {
		panic(v) // net/http closes the connection quietly
	}
	s.Log.Error("panic", "route", r.Pattern, "stack", string(debug.Stack()))
	if w.status == 0 {
		writeProblem(w, problemOf(fault.New(fault.Internal, "panic")))
	}
}

// secure sets what browsers must keep to on every page and answer.
func secure(h http.Header, r *http.Request) {
	h.Set("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "+
		"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	if strings.HasPrefix(r.URL.Path, "/v1/") {
		h.Set("Cache-Control", "no-store")
	}
	if !loopback(r) {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// problem makes the answer to an error, and logs what is our own mistake. The
// log names the operation; errors hold no personal data.
func (s *server) problem(ctx context.Context, d door, err error) *Problem {
	p := problemOf(err)
	if p.Status == http.StatusInternalServerError && ctx.Err() == nil {
		s.Log.Error("internal", "operation", d.name, "error", err)
	}
	return p
}

// loopback reports whether the browser asked for this machine by a name that
// cannot lead elsewhere; only then may a cookie travel without TLS.
func loopback(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// addressOf is the client's address, for counting its attempts.
func (s *server) addressOf(r *http.Request) string {
	if s.Behind == ReverseProxy {
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		slices.Reverse(hops)
		if last := strings.TrimSpace(hops[0]); last != "" {
			return last // the proxy's own entry; those before it are the client's word
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// recorder notes what was answered, for the log.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
