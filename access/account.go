package access

import (
	"time"

	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// AccountKind is the kind of records that accounts are, as references name them.
const AccountKind trace.Kind = "account"

// System is the account under which the program itself acts: the clock that
// marks a directive overdue, the detector that raises a signal.
const System party.UserID = "00000000-0000-7000-8000-000000000000"

// TheProgram is the actor under whose name the program itself acts in a city.
func TheProgram(city place.Code) Actor {
	return Actor{User: System, Grants: []Grant{{Role: Program, Area: city}}}
}

// Account is a person who can sign in.
type Account struct {
	ID           party.UserID           `json:"id"`
	Name         string                 `json:"name"` // for signing in; lower case
	Display      string                 `json:"display"`
	Organisation party.OrganisationCode `json:"organisation"`
	Source       string                 `json:"source,omitempty"` // of a reporter
	Grants       []Grant                `json:"grants"`
	// Secret is the argon2id digest of the password in its encoded form.
	Secret   string    `json:"secret"`
	Disabled bool      `json:"disabled"`
	Created  time.Time `json:"created"`
	Version  int       `json:"version"`
}

// Actor is what the account may do.
func (a Account) Actor() Actor {
	return Actor{User: a.ID, Organisation: a.Organisation, Grants: a.Grants, Source: a.Source}
}

// Session is a signed-in browser. Only the digest of its token is kept.
type Session struct {
	Token   [32]byte // SHA-256 of the token in the cookie
	User    party.UserID
	Created time.Time
	Expires time.Time
}
