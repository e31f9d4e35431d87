// Package breakwater has no code: its tests keep the whole repository to its
// own rules.
package breakwater

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/breakwater-eoc/breakwater"

// floor is one storey of the house. A package imports lower floors; within a
// floor, only what is listed above it. An entry stands for its folder and all
// below it, unless a longer entry names them; what one entry stands for may
// import within itself.
type floor struct {
	name    string
	entries []string
}

var house = []floor{
	{"0: words everybody uses", []string{"fault", "civil", "table", "words", "place", "party"}},
	{"1: pure science, and what every stage leans on", []string{
		"science/stat", "science/series", "science/aberration", "science/renewal", "science/freedom", "science/trace", "science/spread",
		"access", "journal", "trust", "credential", "figure", "pack"}},
	{"2: observe, what comes in", []string{"observe", "observe/counts", "observe/notices", "observe/cases", "observe/ports",
		"observe/coldchain", "observe/venue", "observe/workforce"}},
	{"3: from sign to closure", []string{"detect", "decide", "direct", "recovery", "exchange"}},
	{"4: where stages meet", []string{"command", "command/watch", "command/picture", "command/plan", "command/order", "command/people", "command/gates",
		"command/goods", "command/revive", "command/voice", "command/staff", "command/audit", "command/round", "drill", "simulate", "bench"}},
	{"5: adapters", []string{"store", "api", "intake", "courier", "web", "cities"}},
	{"6: the program", []string{"cmd"}},
}

// adapters may not import each other; nor may what is under observe/.
const adapters = 5

// locate returns the floor and the place on it of a package, by its folder
// below the root; ok is false for one that has no place in the house.
func locate(folder string) (level, index int, entry string, ok bool) {
	for l, f := range house {
		for i, e := range f.entries {
			if (folder == e || strings.HasPrefix(folder, e+"/")) && len(e) > len(entry) {
				level, index, entry, ok = l, i, e, true
			}
		}
	}
	return level, index, entry, ok
}

// forbidden says why a package may not import another; empty if it may.
func forbidden(from, to string) string {
	fl, fi, fe, ok := locate(from)
	if !ok {
		return from + " has no place in the house; give it one in arch_test.go and in the design"
	}
	tl, ti, te, ok := locate(to)
	switch {
	case !ok:
		return to + " has no place in the house; give it one in arch_test.go and in the design"
	case fe == te:
		return ""
	case tl > fl:
		return "floor " + house[fl].name + " may not know floor " + house[tl].name + ": what is below must stand without what is above"
	case tl < fl:
		return ""
	case fl == adapters:
		return "one adapter may not know another: each must be replaceable by itself"
	case strings.HasPrefix(fe, "observe/") && strings.HasPrefix(te, "observe/"):
		return "observe packages do not know each other's records: what joins them is science/trace"
	case ti > fi:
		return "within a floor only packages listed above may be imported: otherwise the order in which one reads them is lost"
	}
	return ""
}

func TestPackagesKnowOnlyWhatStandsBelowThem(t *testing.T) {
	eachFile(t, func(name string, file *ast.File, _ *token.FileSet) {
		from := path.Dir(name)
		for _, i := range file.Imports {
			to, own := strings.CutPrefix(importPath(t, i), module+"/")
			if !own {
				continue
			}
			if why := forbidden(from, to); why != "" {
				t.Errorf("%s imports %s: %s", name, to, why)
			}
		}
	})
}

// outward are packages of the standard library through which a program reaches
// the outside; below the adapters they are refused.
var outward = []string{"os", "os/exec", "net", "net/http", "database/sql", "log", "syscall"}

// outwardAllowed lists the exceptions and why.
var outwardAllowed = map[string]string{
	"trust/disk": "it is the file system behind an interface, the one that keys stand on",
}

func TestThePureFloorsDoNotReachOutside(t *testing.T) {
	eachFile(t, func(name string, file *ast.File, _ *token.FileSet) {
		folder := path.Dir(name)
		level, _, _, _ := locate(folder)
		if level >= adapters || outwardAllowed[folder] != "" {
			return
		}
		for _, i := range file.Imports {
			if p := importPath(t, i); slices.Contains(outward, p) {
				t.Errorf("%s imports %s: floors below the adapters take values and give values; files, networks and databases are handed to them behind interfaces", name, p)
			}
		}
	})
}

// worldly are the functions that read the clock, the environment or the
// machine's randomness. Only cmd may call them.
var worldly = map[string][]string{
	"time":         {"Now", "Since", "Until"},
	"os":           {"Getenv", "LookupEnv", "Environ", "ExpandEnv"},
	"math/rand":    {"Int", "Intn", "Int63", "Int31n", "Float64", "Perm", "Shuffle", "Seed", "Read"},
	"math/rand/v2": {"Int", "IntN", "Int64", "Int64N", "Uint64", "Uint64N", "Float64", "Perm", "Shuffle", "N"},
	"crypto/rand":  {"Read", "Reader", "Text", "Int"},
}

// worldlyAllowed lists the exceptions and why.
var worldlyAllowed = map[string]string{
	"store/scratchpg": "it starts a throw-away server for tests and benches, whose place is told by the environment",
	"store/pgtest":    "it is a part of tests, which are told by the environment whether PostgreSQL may be missing",
}

func TestOnlyTheProgramReadsClockEnvironmentAndRandomness(t *testing.T) {
	eachFile(t, func(name string, file *ast.File, fset *token.FileSet) {
		folder := path.Dir(name)
		if strings.HasPrefix(folder, "cmd/") || worldlyAllowed[folder] != "" {
			return
		}
		packages := map[string]string{} // local name to path
		for _, i := range file.Imports {
			p := importPath(t, i)
			local := strings.TrimSuffix(path.Base(p), "/v2")
			if p == "math/rand/v2" {
				local = "rand"
			}
			if i.Name != nil {
				local = i.Name.Name
			}
			packages[local] = p
		}
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && slices.Contains(worldly[packages[x.Name]], s.Sel.Name) {
				t.Errorf("%s uses %s.%s: time and randomness are parameters, so that the same code runs live, in replay and simulated; only cmd reads them",
					fset.Position(s.Pos()), x.Name, s.Sel.Name)
			}
			return true
		})
	})
}

func TestNothingHappensBeforeMain(t *testing.T) {
	eachFile(t, func(name string, file *ast.File, fset *token.FileSet) {
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s declares init: nothing registers itself; what a program consists of stands in cmd", fset.Position(f.Pos()))
			}
		}
	})
}

// shapeless are package names that say nothing about what is inside.
var shapeless = []string{"util", "utils", "common", "helper", "helpers", "base", "misc", "impl", "dto", "manager", "types"}

func TestPackageNamesSayWhatIsInside(t *testing.T) {
	eachFile(t, func(name string, file *ast.File, _ *token.FileSet) {
		if slices.Contains(shapeless, file.Name.Name) {
			t.Errorf("%s is of package %s: a package is named by a word of the field", name, file.Name.Name)
		}
	})
}

// eachFile calls fn for every Go file of the repository that is not a test, by
// its path below the root.
func eachFile(t *testing.T, fn func(name string, file *ast.File, fset *token.FileSet)) {
	t.Helper()
	fset := token.NewFileSet()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		fn(filepath.ToSlash(name), file, fset)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func importPath(t *testing.T, i *ast.ImportSpec) string {
	t.Helper()
	p, err := strconv.Unquote(i.Path.Value)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestTheArchitectureTestSeesWhatIsForbidden(t *testing.T) {
	for _, c := range []struct{ from, to, why string }{
		{"civil", "access", "what is below must stand without what is above"},
		{"observe/counts", "observe/notices", "do not know each other's records"},
		{"store", "api", "one adapter may not know another"},
		{"detect", "decide", "listed above"},
		{"helpers", "fault", "has no place"},
	} {
		if got := forbidden(c.from, c.to); !strings.Contains(got, c.why) {
			t.Errorf("%s importing %s: got %q, want it to say %q", c.from, c.to, got, c.why)
		}
	}
	for _, c := range [][2]string{{"decide", "detect"}, {"command/round", "command/watch"}, {"cmd/breakwater", "store"}, {"science/spread/people", "science/spread/pathogen"}} {
		if why := forbidden(c[0], c[1]); why != "" {
			t.Errorf("%s may import %s, but: %s", c[0], c[1], why)
		}
	}
}
