package scenario

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// The bounds of a scenario, which keep its results in memory.
const (
	maxBytes = 1 << 20
	maxDays  = 1500
	maxRuns  = 1000
	maxArms  = 20
	maxCells = 4_000_000 // runs times arms times days times pathogens
)

//go:embed shipped/*.yaml
var shippedFiles embed.FS

// Shipped lists the names of the scenarios that come with the program.
func Shipped() []string {
	entries, err := fs.ReadDir(shippedFiles, "shipped")
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return names
}

// Open reads a shipped scenario by its name. Change has the meaning of Decode.
func Open(name string, change func(*Scenario)) (*Scenario, error) {
	text, err := shippedFiles.ReadFile("shipped/" + name + ".yaml")
	if err != nil {
		return nil, fault.New(fault.NotFound, "no scenario is called %q; there are %s", name, strings.Join(Shipped(), ", "))
	}
	return Decode(text, change)
}

// Decode reads a scenario, lets the caller change it (nil for no change), and
// checks all of it. An Invalid fault names lines and columns.
func Decode(text []byte, change func(*Scenario)) (*Scenario, error) {
	if len(text) > maxBytes {
		return nil, fault.New(fault.Invalid, "a scenario has at most %d bytes, not %d", maxBytes, len(text))
	}
	s := &Scenario{People: 100_000, Days: 180, Seed: 1, Runs: 5}
	file, err := read(text, s)
	if err != nil {
		return nil, err
	}
	if change != nil {
		change(s)
	}
	c := checker{file: file}
	c.check(s)
	return s, fault.At("the scenario cannot be used", c.places...)
}

// read fills a scenario from YAML. The library panics on some malformed text,
// which is bad input like any other.
func read(text []byte, s *Scenario) (file *ast.File, err error) {
	defer func() {
		if recover() != nil {
			err = located(errors.New("malformed"))
		}
	}()
	if err := plainTokens(text); err != nil {
		return nil, err
	}
	if file, err = parser.ParseBytes(text, 0); err != nil {
		return nil, located(err)
	}
	if err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(s); err != nil {
		return nil, located(err)
	}
	return file, nil
}

// plainTokens refuses anchors and aliases, which could make a small file huge,
// tags, and nesting that no scenario needs.
func plainTokens(text []byte) error {
	depth := 0
	for _, t := range lexer.Tokenize(string(text)) {
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType, token.TagType:
			return fault.At("the scenario cannot be read", place(t, "anchors, aliases, merge keys and tags are not allowed"))
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		}
		if depth > 20 || t.Position != nil && t.Position.IndentNum > 200 {
			return fault.At("the scenario cannot be read", place(t, "is nested too deeply"))
		}
	}
	return nil
}

// located turns an error of the YAML reader into a fault with its place.
func located(err error) error {
	var y yaml.Error
	if errors.As(err, &y) {
		return fault.At("the scenario cannot be read", place(y.GetToken(), y.GetMessage()))
	}
	return fault.At("the scenario cannot be read", fault.Place{Field: "file", Problem: "is not YAML of a scenario"})
}

func place(t *token.Token, problem string) fault.Place {
	p := fault.Place{Field: "file", Problem: problem}
	if t != nil && t.Position != nil {
		p.Line, p.Column = t.Position.Line, t.Position.Column
	}
	return p
}

// checker collects what is wrong, each with the place of its key.
type checker struct {
	file   *ast.File
	places []fault.Place
}

// wrong notes a problem of a path such as arms[1].measures[0]. Where the file
// does not have the path, the place is that of the nearest key above.
func (c *checker) wrong(path, format string, args ...any) {
	p := fault.Place{Field: path, Problem: fmt.Sprintf(format, args...)}
	for at := path; at != ""; at = parent(at) {
		if n := c.node(at); n != nil && n.GetToken() != nil && n.GetToken().Position != nil {
			p.Line, p.Column = n.GetToken().Position.Line, n.GetToken().Position.Column
			break
		}
	}
	c.places = append(c.places, p)
}

// failed notes an error of a lower package.
func (c *checker) failed(path string, err error) {
	if err != nil {
		c.wrong(path, "%s", err.Error())
	}
}

func (c *checker) node(path string) ast.Node {
	p, err := yaml.PathString("$." + path)
	if err != nil {
		return nil
	}
	n, err := p.FilterFile(c.file)
	if err != nil {
		return nil
	}
	return n
}

func parent(path string) string {
	i := strings.LastIndexAny(path, ".[")
	return path[:max(i, 0)]
}

func (c *checker) check(s *Scenario) {
	c.bound("people", s.People, 100, people.Largest)
	c.bound("city.guests", s.City.Guests, 0, 1000)
	c.bound("days", s.Days, 1, maxDays)
	c.bound("runs", s.Runs, 1, maxRuns)
	c.bound("pathogens", len(s.Pathogens), 1, 8)
	c.bound("arms", len(s.Arms), 1, maxArms)
	if s.Runs*len(s.Arms)*s.Days*len(s.Pathogens) > maxCells {
		c.wrong("runs", "runs times arms times days times pathogens is over %d", maxCells)
	}
	names := map[string]bool{}
	for i, a := range s.Arms {
		if a.Name == "" || names[a.Name] {
			c.wrong(fmt.Sprintf("arms[%d]", i), "its name %q is empty or used twice", a.Name)
		}
		names[a.Name] = true
	}
	for i, p := range s.Pathogens {
		c.checkPathogen(fmt.Sprintf("pathogens[%d]", i), p, s.People)
	}
	if len(c.places) > 0 {
		return
	}
	c.tryOut(s)
}

func (c *checker) bound(path string, v, low, high int) {
	if v < low || v > high {
		c.wrong(path, "%d is not from %d to %d", v, low, high)
	}
}

func (c *checker) checkPathogen(path string, p Pathogen, n int) {
	if _, ok := catalogued(p.Name); !ok {
		c.wrong(path, "the catalogue has no pathogen %q; it has %s", p.Name, strings.Join(catalogueNames(), ", "))
	}
	if p.R0 != nil && p.Rate != nil {
		c.wrong(path, "r0 and rate exclude each other")
	}
	if p.R0 != nil && !(*p.R0 > 0 && *p.R0 <= 20) {
		c.wrong(path+".r0", "%v is not above 0 and at most 20", *p.R0)
	}
	if !(p.Immune >= 0 && p.Immune <= 1) || !(p.ImmuneDays >= 0 && p.ImmuneDays <= 1000) {
		c.wrong(path, "immune is from 0 to 1 and immune_days from 0 to 1000")
	}
	if p.Seeds < 0 || p.Seeds > n {
		c.wrong(path+".seeds", "%d is not from 0 to the number of people", p.Seeds)
	}
}
