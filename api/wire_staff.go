package api

import (
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/place"
)

// Grant gives a user a role in an area and everything within it.
type Grant struct {
	Role string `json:"role" enum:"commander,epidemiologist,duty_officer,area_officer,auditor,administrator,reporter"`
	Area string `json:"area"`
}

func wireGrant(g access.Grant) Grant { return Grant{Role: string(g.Role), Area: string(g.Area)} }

func (g Grant) domain() access.Grant {
	return access.Grant{Role: access.Role(g.Role), Area: place.Code(g.Area)}
}

// User is an account.
type User struct {
	ID           string    `json:"id"`
	Name         string    `json:"name" doc:"For signing in; lower case."`
	Display      string    `json:"display"`
	Organisation string    `json:"organisation"`
	Source       string    `json:"source,omitempty" doc:"The one source for which a reporter may enter counts."`
	Grants       []Grant   `json:"grants"`
	Disabled     bool      `json:"disabled"`
	Created      time.Time `json:"created"`
}

func wireUser(a access.Account) User {
	return User{ID: string(a.ID), Name: a.Name, Display: a.Display, Organisation: string(a.Organisation), Source: a.Source,
		Grants: convert(a.Grants, wireGrant), Disabled: a.Disabled, Created: a.Created.UTC()}
}

// Person is how an account is shown beside what it did.
type Person struct {
	ID           string `json:"id"`
	Display      string `json:"display"`
	Organisation string `json:"organisation"`
}

func wirePerson(a access.Account) Person {
	return Person{ID: string(a.ID), Display: a.Display, Organisation: string(a.Organisation)}
}

// DemoSignIn is one of the people whom a visitor of the demonstration may be.
type DemoSignIn struct {
	Name     string `json:"name"`
	Password string `json:"password"`
	Display  string `json:"display"`
	Role     string `json:"role" enum:"commander,epidemiologist,duty_officer,area_officer,auditor,administrator,reporter"`
}

// SignedIn is a session, as its own user sees it.
type SignedIn struct {
	User   User     `json:"user"`
	Rights []string `json:"rights" doc:"What the user may do somewhere."`
	CSRF   string   `json:"csrf" doc:"To be sent as X-CSRF with every request that is not a GET."`
	City   string   `json:"city"`
	Visits bool     `json:"visits" doc:"Whether this server keeps visits."`
	Lang   string   `json:"lang" enum:"zh,en,ja,ko" doc:"The language that the city offers first."`
	Clock  Clock    `json:"clock"`
}
