// Package scenario reads simulations from YAML and runs their arms.
//
// In go the bytes of a scenario: a city, pathogens, ways in, and arms that
// differ in their measures. Out come, for every arm and seed, daily counts,
// visits and spending, from which Summary makes paired comparisons. All arms
// of a seed share the city, the introductions and every random number, so that
// equal arms differ by exactly nothing.
//
// A scenario that is impossible or contradicts itself is refused with the line
// and the reason. See docs/methods/scenarios.md for every key.
package scenario

import (
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
)

// Scenario is a decoded and checked file. Fields are the keys of the file.
type Scenario struct {
	Title    string `yaml:"title" json:"title"`
	Question string `yaml:"question" json:"question"`
	People   int    `yaml:"people" json:"people"`
	Days     int    `yaml:"days" json:"days"`
	Seed     uint64 `yaml:"seed" json:"seed"`
	Runs     int    `yaml:"runs" json:"runs"`
	// Start is the calendar day of day 0.
	Start Date `yaml:"start" json:"start"`

	City      City      `yaml:"city" json:"-"`
	Activity  *Activity `yaml:"activity" json:"-"`
	Fear      *Fear     `yaml:"fear" json:"-"`
	Holidays  []Dates   `yaml:"holidays" json:"-"`
	Festivals []Dates   `yaml:"festivals" json:"-"`

	Pathogens     []Pathogen     `yaml:"pathogens" json:"-"`
	Cross         []Cross        `yaml:"cross" json:"-"`
	Imports       []Import       `yaml:"imports" json:"-"`
	Introductions []Introduction `yaml:"introductions" json:"-"`

	Measures []Measure `yaml:"measures" json:"-"` // in every arm
	Arms     []Arm     `yaml:"arms" json:"-"`
}

// City changes parts of people.Typical.
type City struct {
	Guests     int         `yaml:"guests"` // visitors, in every 1,000 residents
	Areas      []Area      `yaml:"areas"`
	Ages       []AgeBand   `yaml:"ages"`
	Households []float64   `yaml:"households"`
	Posts      []Post      `yaml:"posts"`
	Sectors    []Sector    `yaml:"sectors"`
	Sites      []SiteClass `yaml:"sites"`
}

// Area is people.Area.
type Area struct {
	Name  string  `yaml:"name"`
	Share float64 `yaml:"share"`
}

// AgeBand is people.AgeBand.
type AgeBand struct {
	From  int     `yaml:"from"`
	To    int     `yaml:"to"`
	Share float64 `yaml:"share"`
}

// Post is people.Post.
type Post struct {
	Name        string  `yaml:"name"`
	PerThousand float64 `yaml:"per_thousand"`
	Team        int     `yaml:"team"`
	Sector      string  `yaml:"sector"`
}

// Sector is people.Sector.
type Sector struct {
	Name  string  `yaml:"name"`
	Share float64 `yaml:"share"`
	Value float64 `yaml:"value"`
}

// SiteClass is people.SiteClass.
type SiteClass struct {
	Name        string  `yaml:"name"`
	PerThousand float64 `yaml:"per_thousand"`
	Capacity    int     `yaml:"capacity"`
	Child       float64 `yaml:"child"`
	Adult       float64 `yaml:"adult"`
	Elder       float64 `yaml:"elder"`
	Guest       float64 `yaml:"guest"`
	Hours       float64 `yaml:"hours"`
	Near        float64 `yaml:"near"`
	Price       float64 `yaml:"price"`
	Contact     float64 `yaml:"contact"`
	Holiday     float64 `yaml:"holiday"`
	Sector      string  `yaml:"sector"`
	Staff       int     `yaml:"staff"`
	Post        string  `yaml:"post"`
}

// Activity is spread.Activity.
type Activity struct {
	Weight float64 `yaml:"weight"`
	Ill    float64 `yaml:"ill"`
	Keep   int     `yaml:"keep"`
	Stay   int     `yaml:"stay"`
}

// Fear is spread.Fear.
type Fear struct {
	Elasticity float64 `yaml:"elasticity"`
	Bound      float64 `yaml:"bound"`
}

// Dates is a run of calendar days, both ends included.
type Dates struct {
	From Date `yaml:"from"`
	To   Date `yaml:"to"`
}

// Date is a civil.Day whose place in the file is told when it does not exist.
type Date struct{ civil.Day }

// UnmarshalYAML reads YYYY-MM-DD.
func (d *Date) UnmarshalYAML(n ast.Node) error {
	day, err := civil.ParseDay(strings.TrimSpace(n.String()))
	if err != nil {
		return &yaml.SyntaxError{Message: fault.Message(err), Token: n.GetToken()}
	}
	d.Day = day
	return nil
}

// Pathogen takes a pathogen from the catalogue and may change it.
type Pathogen struct {
	Name       string   `yaml:"name"`
	As         string   `yaml:"as"` // another name for it, such as that of a variant
	R0         *float64 `yaml:"r0"`
	Rate       *float64 `yaml:"rate"` // instead of r0, without calibration
	Dispersion *float64 `yaml:"dispersion"`
	Seeds      int      `yaml:"seeds"`       // people infected on day 0
	Immune     float64  `yaml:"immune"`      // share of people infected before
	ImmuneDays float64  `yaml:"immune_days"` // at most so many days before
}

// Cross is the share of the protection left by one pathogen that holds against
// another.
type Cross struct {
	From    string  `yaml:"from"`
	Against string  `yaml:"against"`
	Share   float64 `yaml:"share"`
}

// Import is spread.Route.
type Import struct {
	Name     string  `yaml:"name"`
	Pathogen string  `yaml:"pathogen"`
	PerDay   float64 `yaml:"per_day"`
	Post     string  `yaml:"post"`
	Ago      float64 `yaml:"ago"`
	From     int     `yaml:"from"`
	To       int     `yaml:"to"`
}

// Introduction infects some people of a post, or any residents, on a day.
type Introduction struct {
	Day      int     `yaml:"day"`
	Pathogen string  `yaml:"pathogen"`
	Post     string  `yaml:"post"`
	Count    int     `yaml:"count"`
	Ago      float64 `yaml:"ago"`
}

// Arm is one course of action.
type Arm struct {
	Name     string    `yaml:"name"`
	Measures []Measure `yaml:"measures"`
}

// Measure is what changes on the morning of a day. Parts that it does not name
// stay as they are; Lift first takes all measures back.
type Measure struct {
	Day         int                `yaml:"day"`
	Lift        bool               `yaml:"lift"`
	Contacts    map[string]float64 `yaml:"contacts"` // by layer
	Areas       map[string]float64 `yaml:"areas"`
	Masks       *Masks             `yaml:"masks"`
	Testing     *Testing           `yaml:"testing"`
	Tracing     *Tracing           `yaml:"tracing"`
	Vaccination *Vaccination       `yaml:"vaccination"`
	Sites       *Sites             `yaml:"sites"`
	Sectors     map[string]float64 `yaml:"sectors"` // openness
	Imports     map[string]float64 `yaml:"imports"` // by name
}

// Masks is spread.Masks.
type Masks struct {
	Coverage float64 `yaml:"coverage"`
	Source   float64 `yaml:"source"`
	Wearer   float64 `yaml:"wearer"`
}

// Testing is spread.Testing.
type Testing struct {
	Capacity    int         `yaml:"capacity"`
	Specificity float64     `yaml:"specificity"`
	Delay       float64     `yaml:"delay"`
	Isolation   int         `yaml:"isolation"`
	Compliance  float64     `yaml:"compliance"`
	Programmes  []Programme `yaml:"programmes"`
}

// Programme is spread.Programme.
type Programme struct {
	Name       string   `yaml:"name"`
	Post       string   `yaml:"post"`
	Every      int      `yaml:"every"`
	Attendance float64  `yaml:"attendance"`
	Wait       float64  `yaml:"wait"`
	Assay      string   `yaml:"assay"`
	Pool       int      `yaml:"pool"`
	Finds      []string `yaml:"finds"`
}

// Tracing is spread.Tracing.
type Tracing struct {
	Household  float64 `yaml:"household"`
	Group      float64 `yaml:"group"`
	Friends    float64 `yaml:"friends"`
	Sites      float64 `yaml:"sites"`
	Days       int     `yaml:"days"`
	Delay      int     `yaml:"delay"`
	Capacity   int     `yaml:"capacity"`
	Compliance float64 `yaml:"compliance"`
	Quarantine int     `yaml:"quarantine"`
}

// Vaccination is spread.Vaccination.
type Vaccination struct {
	Pathogen  string  `yaml:"pathogen"`
	PerDay    int     `yaml:"per_day"`
	FromAge   int     `yaml:"from_age"`
	Uptake    float64 `yaml:"uptake"`
	Infection float64 `yaml:"infection"`
	Severity  float64 `yaml:"severity"`
	HalfLife  float64 `yaml:"half_life"`
	Delay     float64 `yaml:"delay"`
}

// Sites is spread.SiteRules. Default holds for classes that are not named.
type Sites struct {
	Default *Rule           `yaml:"default"`
	Classes map[string]Rule `yaml:"classes"`
	Closed  []string        `yaml:"closed"` // areas
}

// Rule is spread.ClassRule.
type Rule struct {
	Admit    *float64 `yaml:"admit"` // missing is 1
	Load     float64  `yaml:"load"`
	Redirect bool     `yaml:"redirect"`
}

// Date is the calendar day of a day of the run.
func (s *Scenario) Date(day int) civil.Day { return s.Start.Day + civil.Day(day) }
