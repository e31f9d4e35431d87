package drill

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

// Course is a replay as the city folder describes it: replays.yaml.
type Course struct {
	Name  string     `yaml:"name"`
	Title words.Text `yaml:"title"`
	// Series names the counts: series/NAME.csv.
	Series string `yaml:"series"`
	// Shown is the first day of the table that a replay prints; the days before
	// it are let in without anybody at the desks.
	Shown civil.Day `yaml:"shown"`
	// Demo is when the demonstration begins.
	Demo LocalTime `yaml:"demo"`
	// Staff are users of demo.yaml who work at the desks.
	Staff struct {
		Commander      string `yaml:"commander"`
		Epidemiologist string `yaml:"epidemiologist"`
		Duty           string `yaml:"duty"`
	} `yaml:"staff"`
	Otherwise []struct {
		At    LocalTime    `yaml:"at"`
		Ask   place.Code   `yaml:"ask"`
		In    place.Code   `yaml:"in"`
		Level decide.Level `yaml:"level"`
		Why   string       `yaml:"why"`
	} `yaml:"otherwise"`
}

// LocalTime is an instant in the city's time, without its zone: "2020-07-25T23:00".
type LocalTime string

const localForm = "2006-01-02T15:04"

// In returns the instant in a location; parsing has checked it.
func (l LocalTime) In(city *time.Location) time.Time {
	t, err := time.ParseInLocation(localForm, string(l), city)
	if err != nil {
		panic(err) // LoadCourses lets no other form through
	}
	return t
}

func (l LocalTime) valid() bool {
	_, err := time.Parse(localForm, string(l))
	return err == nil
}

// coursesFile is the file of a city folder that names its replays.
const coursesFile = "replays.yaml"

// LoadCourses reads replays.yaml of a city folder; nothing for a city without
// one. The fault is Invalid.
func LoadCourses(folder fs.FS, areas *place.Tree) ([]Course, error) {
	text, err := fs.ReadFile(folder, coursesFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", coursesFile, err)
	}
	var courses []Course
	if err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(&courses); err != nil {
		return nil, fault.New(fault.Invalid, "%s is not readable: %s", coursesFile, yaml.FormatError(err, false, false))
	}
	var wrong []fault.Place
	for _, c := range courses {
		for _, problem := range c.problems(areas) {
			wrong = append(wrong, fault.Place{Field: fmt.Sprintf("%s %q", coursesFile, c.Name), Problem: problem})
		}
	}
	return courses, fault.At("the replays cannot be used", wrong...)
}

func (c Course) problems(areas *place.Tree) []string {
	var wrong []string
	if c.Name == "" || c.Series == "" || len(c.Title.Missing()) > 0 {
		wrong = append(wrong, "needs a name, a series and a title in four languages")
	}
	if !c.Demo.valid() {
		wrong = append(wrong, "demo is not an instant like 2020-07-22T08:00")
	}
	for i, o := range c.Otherwise {
		if !o.At.valid() {
			wrong = append(wrong, fmt.Sprintf("otherwise[%d]: at is not an instant like 2020-07-25T23:00", i))
		}
		if !areas.Holds(o.Ask, o.In) {
			wrong = append(wrong, fmt.Sprintf("otherwise[%d]: %q does not lie within %q", i, o.In, o.Ask))
		}
	}
	return wrong
}

// FindCourse returns a replay by its name. The fault is NotFound and names
// those that there are.
func FindCourse(courses []Course, name string) (Course, error) {
	i := slices.IndexFunc(courses, func(c Course) bool { return c.Name == name })
	if i >= 0 {
		return courses[i], nil
	}
	var names []string
	for _, c := range courses {
		names = append(names, c.Name)
	}
	return Course{}, fault.New(fault.NotFound, "there is no replay %q; there are %q", name, names)
}

// NewStaff puts the course's people at the desks.
func (c Course) NewStaff(desks Desks, people People) *Staff {
	s := &Staff{Desks: desks, Commander: people[c.Staff.Commander], Epidemiologist: people[c.Staff.Epidemiologist], Duty: people[c.Staff.Duty]}
	for _, o := range c.Otherwise {
		s.Otherwise = append(s.Otherwise, Otherwise{At: o.At.In(desks.Center.City), Ask: o.Ask, In: o.In, Level: o.Level, Why: o.Why})
	}
	return s
}
