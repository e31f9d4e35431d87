package breakwater

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/words"
)

// Sub-commands and settings are compared with docs/commands.md in
// cmd/breakwater, routes with docs/api.md in api; here are figures and states.

// -update writes the pages anew: go test . -run Docs -update
var update = flag.Bool("update", false, "write docs/figures.md and docs/states.md anew")

func TestDocsNameEveryFigure(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Figures\n\nMade from the declarations by `go test . -run Docs -update`. Rules, completion queries, screens and\n" +
		"bulletins ask these questions and never the tables, so that one word means one number everywhere.\n" +
		"`breakwater figure NAME --area CODE --as-of TIME` answers one, with the rows under it.\n\n" +
		"| figure | unit | about | how the number is made |\n|---|---|---|---|\n")
	all := slices.Concat(counts.Figures(), detect.Figures(), decide.Figures(), direct.Figures())
	slices.SortFunc(all, func(a, b figure.Figure) int { return strings.Compare(string(a.Name), string(b.Name)) })
	for _, f := range all {
		about := "a time"
		if f.Windowed {
			about = "a window of days"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", f.Name, f.Unit, about, words.T(f.Method).En)
	}
	compare(t, "docs/figures.md", b.String())
}

func TestDocsNameEveryState(t *testing.T) {
	var b strings.Builder
	b.WriteString("# States\n\nMade from the tables of moves by `go test . -run Docs -update`. Every other move is a conflict.\n")
	at := time.Date(2020, 7, 22, 0, 0, 0, 0, time.UTC)
	writeStates(&b, "Signal", detect.States(), func(from, to detect.State) bool {
		s := detect.Signal{State: from}
		return s.Move(to, "", at) == nil
	})
	writeStates(&b, "Proposal", decide.ProposalStates(), func(from, to decide.ProposalState) bool {
		p := decide.Proposal{State: from}
		return p.Move(to) == nil
	})
	writeStates(&b, "Directive", direct.States(), func(from, to direct.State) bool {
		d := direct.Directive{State: from}
		return d.Move(to, "", at) == nil
	})
	writeStates(&b, "Day of visits", venue.DayStates(), func(from, to venue.DayState) bool {
		var err error
		if r := (venue.DayRecord{State: from}); to == venue.Destroyed {
			_, err = r.Destroy(trust.Certificate{}, at)
		} else {
			_, err = r.Seal(trust.Inventory{}, at)
		}
		return err == nil
	})
	writeStates(&b, "Declaration", trust.DeclarationStates(), func(from, to trust.DeclarationState) bool {
		was := trust.Declaration{State: from, Until: at.Add(time.Hour), Approvals: []trust.Approval{{By: "first", Organisation: "one", At: at}},
			Terms: trust.Terms{Area: "city", Modules: trust.Modules(), Basis: "law", Days: 1}}
		for _, step := range trust.DeclarationSteps() {
			if d, err := was.Move(step, trust.Approval{By: "second", Organisation: "two", At: at}); err == nil && d.State == to {
				return true
			}
		}
		return false
	})
	b.WriteString("\n## Steps of a directive\n\n| step | from | to | right | needs a reason |\n|---|---|---|---|---|\n")
	for _, step := range direct.Steps() {
		rule, err := step.Rule()
		if err != nil {
			t.Fatal(err)
		}
		var from []string
		for _, s := range direct.States() {
			if slices.Contains(direct.Directive{State: s}.Open(), step) {
				from = append(from, string(s))
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | `%s` | %t |\n", step, strings.Join(from, ", "), rule.To, rule.Right, rule.WhyNeeded)
	}
	compare(t, "docs/states.md", b.String())
}

func writeStates[S ~string](b *strings.Builder, record string, states []S, can func(from, to S) bool) {
	fmt.Fprintf(b, "\n## %s\n\n| state | may become |\n|---|---|\n", record)
	for _, from := range states {
		var to []string
		for _, s := range states {
			if can(from, s) {
				to = append(to, string(s))
			}
		}
		end := strings.Join(to, ", ")
		if end == "" {
			end = "nothing: it ends here"
		}
		fmt.Fprintf(b, "| %s | %s |\n", from, end)
	}
}

func TestDocsNameEveryRoute(t *testing.T) {
	text, err := os.ReadFile("api/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct{} `json:"paths"`
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	for path, methods := range doc.Paths {
		for method := range methods {
			if route := strings.ToUpper(method) + " " + path; !strings.Contains(string(page), "`"+route+"`") {
				t.Errorf("docs/api.md does not name %s", route)
			}
		}
	}
}

func compare(t *testing.T, file, got string) {
	t.Helper()
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
		t.Errorf("%s differs from the program (-docs +program); run go test . -run Docs -update\n%s", file, diff)
	}
}
