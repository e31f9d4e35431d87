package api

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"
)

func TestDocsNameEveryRoute(t *testing.T) {
	got := routesDocument(newServer(House{}))
	const file = "../docs/api.md"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("docs/api.md differs from the routes (-docs +routes); run go test ./api -run 'OpenAPI|Docs' -update\n%s", diff)
	}
}

func routesDocument(s *server) string {
	var b strings.Builder
	b.WriteString(`# The HTTP interface

Made from the routes by ` + "`go test ./api -run 'OpenAPI|Docs' -update`" + `. A running server gives the whole OpenAPI 3.1
document at ` + "`/openapi.json`" + `; it is also the file ` + "`api/openapi.json`" + `.

- Sign in with ` + "`POST /v1/session`" + `; the session is the cookie ` + "`breakwater`" + `. Send the answer's ` + "`csrf`" + ` as
  ` + "`X-CSRF`" + ` with everything that is not a GET.
- What acts needs an ` + "`Idempotency-Key`" + `: sent twice with the same key, it is done once and answered twice.
- Times are RFC 3339 in UTC, days YYYY-MM-DD in the city's time. Lists go page by page: ` + "`?after=&limit=`" + `.
- A refusal is ` + "`application/problem+json`" + ` (RFC 9457) with ` + "`kind`" + ` (internal, invalid, not_found, conflict,
  forbidden) and ` + "`places`" + `, the spots of the input that are wrong.
- ` + "`?status=`" + ` asks for actual records, an exercise's or a test's; they never mix.
`)
	doors := slices.Clone(s.doors)
	slices.SortStableFunc(doors, func(a, b door) int { return strings.Compare(a.group, b.group) })
	group := ""
	for _, d := range doors {
		if d.group != group {
			group = d.group
			fmt.Fprintf(&b, "\n## %s\n\n| route | right | what it does | parameters |\n|---|---|---|---|\n", strings.ToUpper(group[:1])+group[1:])
		}
		fmt.Fprintf(&b, "| `%s %s` | %s | %s | %s |\n", d.method, d.path, d.rightName(), d.summary, s.parameters(d))
	}
	return b.String()
}

// parameters lists what a route takes in its query, and the fields of its body.
func (s *server) parameters(d door) string {
	item := s.huma.OpenAPI().Paths[d.path]
	op := map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "DELETE": item.Delete}[d.method]
	var names []string
	for _, p := range op.Parameters {
		if p.In == "query" {
			names = append(names, "`"+p.Name+"`")
		}
	}
	if op.RequestBody == nil {
		return strings.Join(names, " ")
	}
	if media := op.RequestBody.Content["application/json"]; media != nil {
		schema := media.Schema
		if schema.Items != nil { // a batch: the fields of one of it
			schema = schema.Items
		}
		body := s.huma.OpenAPI().Components.Schemas.SchemaFromRef(schema.Ref)
		var fields []string
		for field := range body.Properties {
			fields = append(fields, field)
		}
		slices.Sort(fields)
		names = append(names, "body: `"+strings.Join(fields, "` `")+"`")
	}
	return strings.Join(names, " ")
}
