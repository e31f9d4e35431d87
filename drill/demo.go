package drill

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

// Demo is the people of a demonstration: who can sign in, and who holds which
// post. The passwords are for everybody to read; a live city never uses them.
type Demo struct {
	Users  []DemoUser  `yaml:"users"`
	Shifts []DemoShift `yaml:"shifts"`
}

// DemoUser is one sign-in of a demonstration.
type DemoUser struct {
	Name         string                 `yaml:"name"`
	Password     string                 `yaml:"password"`
	Display      string                 `yaml:"display"`
	Organisation party.OrganisationCode `yaml:"organisation"`
	Source       string                 `yaml:"source"`
	Grants       []DemoGrant            `yaml:"grants"`
}

// DemoGrant is a role in an area.
type DemoGrant struct {
	Role access.Role `yaml:"role"`
	Area place.Code  `yaml:"area"`
}

// DemoShift says that a user holds a post for the whole demonstration.
type DemoShift struct {
	Post party.PostCode `yaml:"post"`
	User string         `yaml:"user"`
}

// demoFile is the file of a city folder that names them.
const demoFile = "demo.yaml"

// LoadDemo reads demo.yaml of a city folder. The fault is Invalid.
func LoadDemo(folder fs.FS) (Demo, error) {
	var d Demo
	text, err := fs.ReadFile(folder, demoFile)
	if err != nil {
		return d, fault.New(fault.Invalid, "the city folder has no %s", demoFile)
	}
	if err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(&d); err != nil {
		return d, fault.New(fault.Invalid, "%s is not readable: %s", demoFile, yaml.FormatError(err, false, false))
	}
	var wrong []fault.Place
	named := map[string]bool{}
	for _, u := range d.Users {
		named[u.Name] = true
	}
	for i, s := range d.Shifts {
		if !named[s.User] {
			wrong = append(wrong, fault.Place{Field: fmt.Sprintf("%s shifts[%d]", demoFile, i), Problem: fmt.Sprintf("there is no user %q", s.User)})
		}
	}
	return d, fault.At("the demonstration cannot be used", wrong...)
}

// People are actors by the name that they sign in with.
type People map[string]access.Actor

// Enlist makes the accounts of a demonstration, in the name of the program.
func Enlist(ctx context.Context, desks Desks, d Demo) (People, error) {
	people := People{}
	for _, u := range d.Users {
		in := staff.NewAccount{Name: u.Name, Display: u.Display, Organisation: u.Organisation, Source: u.Source, Password: u.Password}
		for _, g := range u.Grants {
			area, err := desks.Areas.ByCode(g.Area)
			if err != nil {
				return nil, fmt.Errorf("grant of %s: %w", u.Name, err)
			}
			in.Grants = append(in.Grants, access.Grant{Role: g.Role, Area: area.Code})
		}
		a, err := desks.Staff.Create(ctx, desks.program(), in)
		if err != nil {
			return nil, fmt.Errorf("make the account %q: %w", u.Name, err)
		}
		people[u.Name] = a.Actor()
	}
	return people, nil
}

// Roster puts the posts of a demonstration on duty, day by day, from midnight
// of the first to midnight after the last. who must have the right to do so.
func Roster(ctx context.Context, desks Desks, d Demo, people People, w civil.Window, who access.Actor) error {
	for _, s := range d.Shifts {
		for day := w.First; day <= w.Last; day++ {
			from := day.At(0, 0, desks.Center.City)
			_, err := desks.Order.AddShift(ctx, who, order.ShiftIn{Post: s.Post, User: people[s.User].User, From: from.UTC(), Until: from.Add(24 * time.Hour).UTC()})
			if err != nil {
				return fmt.Errorf("put %s on duty at %s on %s: %w", s.User, s.Post, day, err)
			}
		}
	}
	return nil
}
