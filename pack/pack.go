// Package pack holds rules as data: thresholds, levels, measures, directive
// templates and wording of one revision of a rule, with its effective dates and
// source.
//
// In: a folder with pack.yaml. Out: a checked [Pack] whose conditions are typed
// CEL expressions over the figures catalogue, so that a rule can be read by
// officials, run dry on live data and replayed on history before anybody
// switches it on.
package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/goccy/go-yaml"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

// Pack is one revision of a rule.
type Pack struct {
	ID      string     `yaml:"id" json:"id"`
	Version int        `yaml:"version" json:"version"`
	Names   words.Text `yaml:"names" json:"names"`
	Summary words.Text `yaml:"summary" json:"summary"`
	// From and Until are the days on which the rule was in force; Until is
	// empty while it is.
	From   civil.Day  `yaml:"from" json:"from"`
	Until  *civil.Day `yaml:"until" json:"until,omitempty"`
	Source Source     `yaml:"source" json:"source"`
	// Unit is the rank of the areas that the rule speaks of.
	Unit place.Kind `yaml:"unit" json:"unit"`
	// Levels stand lowest first.
	Levels []Level `yaml:"levels" json:"levels"`
	Inputs []Input `yaml:"inputs" json:"inputs"`
	// Rules are tried in order; the first that holds gives the level.
	Rules []Rule `yaml:"rules" json:"rules"`
	// ReviewDays and ExpireDays run the clock of a level: when the step-down is
	// asked for, and when the level ends by itself.
	ReviewDays int        `yaml:"review_days" json:"review_days"`
	ExpireDays int        `yaml:"expire_days" json:"expire_days"`
	Templates  []Template `yaml:"templates" json:"templates"`

	// Digest is the SHA-256 of the pack's text, in hexadecimal.
	Digest string `yaml:"-" json:"digest"`
}

// Source says where a rule was published.
type Source struct {
	Title  string `yaml:"title" json:"title"`
	Issuer string `yaml:"issuer" json:"issuer"`
	// Confidence is stated, derived or practice: how sure the parameters are.
	Confidence string `yaml:"confidence" json:"confidence"`
}

// Level is one level of areas.
type Level struct {
	Level   string     `yaml:"level" json:"level"`
	Names   words.Text `yaml:"names" json:"names"`
	Wording words.Text `yaml:"wording" json:"wording"`
	// RestrictsPersons makes the level need two approvers of different organisations.
	RestrictsPersons bool `yaml:"restricts_persons" json:"restricts_persons"`
}

// Input is a figure under the name that the rules use for it.
type Input struct {
	Name   string      `yaml:"name" json:"name"`
	Figure figure.Name `yaml:"figure" json:"figure"`
	// Days is the length of the window that ends on the day of the question;
	// 1 for a figure about a state.
	Days     int        `yaml:"days" json:"days"`
	Argument string     `yaml:"argument" json:"argument,omitempty"`
	Names    words.Text `yaml:"names" json:"names"`
}

// Judgement in place of a rule's level leaves the level to the officer.
const Judgement = "judgement"

// Rule gives a level when its condition holds.
type Rule struct {
	ID      string     `yaml:"id" json:"id"`
	Level   string     `yaml:"level" json:"level"`
	When    string     `yaml:"when" json:"when"` // a CEL expression over the inputs, of type bool
	Wording words.Text `yaml:"wording" json:"wording"`

	holds condition
}

// Template is a directive to be filled in.
type Template struct {
	ID      string     `yaml:"id" json:"id"`
	Measure string     `yaml:"measure" json:"measure"`
	Title   words.Text `yaml:"title" json:"title"`
	// Levels are those for which the template is offered.
	Levels []string `yaml:"levels" json:"levels"`
	// Party is who of an area answers for it.
	Party party.Answerable `yaml:"party" json:"party"`
	// AckHours and DueHours count from the issue.
	AckHours   int         `yaml:"ack_hours" json:"ack_hours"`
	DueHours   int         `yaml:"due_hours" json:"due_hours"`
	Authority  string      `yaml:"authority" json:"authority"`
	Completion *Completion `yaml:"completion" json:"completion,omitempty"`
}

// Completion is when a directive is done: a figure, from the day of issue on,
// reaches a target.
type Completion struct {
	Figure   figure.Name `yaml:"figure" json:"figure"`
	Argument string      `yaml:"argument" json:"argument,omitempty"`
	Target   float64     `yaml:"target" json:"target"`
	// OfPopulation makes the target a share of the area's residents.
	OfPopulation bool `yaml:"of_population" json:"of_population,omitempty"`
}

// Load reads a pack from a folder and checks it whole against the figures that
// can be asked. The fault is Invalid and names everything that is wrong.
func Load(folder fs.FS, figures []figure.Figure) (*Pack, error) {
	text, err := fs.ReadFile(folder, "pack.yaml")
	if err != nil {
		return nil, fault.New(fault.Invalid, "the folder holds no readable pack.yaml")
	}
	return Parse(text, figures)
}

// Parse reads a pack from the text of its pack.yaml.
func Parse(text []byte, figures []figure.Figure) (*Pack, error) {
	var p Pack
	if err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(&p); err != nil {
		return nil, fault.New(fault.Invalid, "the pack is not readable: %s", yaml.FormatError(err, false, false))
	}
	sum := sha256.Sum256(text)
	p.Digest = hex.EncodeToString(sum[:])
	c := checker{pack: &p, units: map[figure.Name]figure.Figure{}}
	for _, f := range figures {
		c.units[f.Name] = f
	}
	c.head()
	c.levels()
	c.rules()
	c.templates()
	if err := fault.At(fmt.Sprintf("the pack %q cannot be used", p.ID), c.wrong...); err != nil {
		return nil, err
	}
	return &p, nil
}

// LoadAll reads every pack of a folder of packs.
func LoadAll(packs fs.FS, figures []figure.Figure) ([]*Pack, error) {
	entries, err := fs.ReadDir(packs, ".")
	if err != nil {
		return nil, fmt.Errorf("list the packs: %w", err)
	}
	var all []*Pack
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		sub, err := fs.Sub(packs, path.Clean(e.Name()))
		if err != nil {
			return nil, fmt.Errorf("open pack %s: %w", e.Name(), err)
		}
		p, err := Load(sub, figures)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// Level returns a level's definition; ok is false for one that the pack lacks.
func (p *Pack) Level(level string) (l Level, ok bool) {
	i := p.Height(level)
	if i < 0 {
		return Level{}, false
	}
	return p.Levels[i], true
}

// Height returns the place of a level from the lowest, counted from 0, and -1
// for one that the pack lacks.
func (p *Pack) Height(level string) int {
	return slices.IndexFunc(p.Levels, func(l Level) bool { return l.Level == level })
}

// Lowest returns the level of an area of which nothing else is known.
func (p *Pack) Lowest() string { return p.Levels[0].Level }

// Template returns a template; the fault is NotFound.
func (p *Pack) Template(id string) (Template, error) {
	i := slices.IndexFunc(p.Templates, func(t Template) bool { return t.ID == id })
	if i < 0 {
		return Template{}, fault.New(fault.NotFound, "pack %s has no template %q", p.ID, id)
	}
	return p.Templates[i], nil
}

// Rule returns a rule by its id; ok is false for one that the pack lacks.
func (p *Pack) Rule(id string) (r Rule, ok bool) {
	i := slices.IndexFunc(p.Rules, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return Rule{}, false
	}
	return p.Rules[i], true
}
