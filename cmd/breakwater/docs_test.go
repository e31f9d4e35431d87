package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
)

// -update writes docs/commands.md: go test ./cmd/breakwater -run Docs -update
var update = flag.Bool("update", false, "write docs/commands.md anew")

func TestDocsNameEverySubCommandAndSetting(t *testing.T) {
	var line commandLine
	parser, err := newParser(&line, world{out: &bytes.Buffer{}, err: &bytes.Buffer{}}, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("# Sub-commands and settings\n\n" +
		"Made from the program by `go test ./cmd/breakwater -run Docs -update`. `breakwater COMMAND --help` says the same.\n" +
		"Every flag can be given in the environment, in capitals after `BREAKWATER_`: `--database` is `BREAKWATER_DATABASE`.\n" +
		"Exit codes: 0 done, 1 found something wrong, 2 could not run.\n\n## Settings of every sub-command\n\n")
	writeFlags(&b, parser.Model.Flags)
	for _, command := range parser.Model.Leaves(true) {
		fmt.Fprintf(&b, "## breakwater %s\n\n%s\n\n", command.Path(), strings.TrimSpace(command.Help+"\n\n"+command.Detail))
		for _, arg := range command.Positional {
			fmt.Fprintf(&b, "- `%s`: %s\n", arg.Summary(), arg.Help)
		}
		writeFlags(&b, command.Flags)
		if len(command.Positional) > 0 && len(command.Flags) == 0 {
			b.WriteByte('\n')
		}
	}
	const file = "../../docs/commands.md"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("docs/commands.md differs from the program (-docs +program); run go test ./cmd/breakwater -run Docs -update\n%s", diff)
	}
}

func writeFlags(b *strings.Builder, flags []*kong.Flag) {
	wrote := false
	for _, f := range flags {
		if f.Name == "help" || f.Hidden {
			continue
		}
		name := "--" + f.Name
		if !f.IsBool() {
			name += "=" + f.FormatPlaceHolder()
		}
		fmt.Fprintf(b, "- `%s`: %s\n", name, f.Help)
		wrote = true
	}
	if wrote {
		b.WriteByte('\n')
	}
}
