package api

import (
	"context"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/party"
)

func (s *server) userRoutes() {
	const group = "users"
	open(s, door{method: "GET", path: "/v1/people", name: "listPeople", entry: signedIn, group: group,
		summary: "The names that stand for the ids in records, for everybody who is signed in."}, s.listPeople)
	open(s, door{method: "GET", path: "/v1/users", name: "listUsers", right: access.ManageUsers, group: group,
		summary: "The accounts."}, s.listUsers)
	open(s, door{method: "POST", path: "/v1/users", name: "addUser", right: access.ManageUsers, deed: acts, group: group,
		summary: "Make an account."}, s.addUser)
	open(s, door{method: "POST", path: "/v1/users/{id}/grants", name: "setGrants", right: access.ManageUsers, deed: acts, group: group,
		summary: "Set what an account may do. Its sessions end."}, s.setGrants)
	open(s, door{method: "POST", path: "/v1/users/{id}/password", name: "setPassword", right: access.ManageUsers, deed: acts, group: group,
		summary: "Set the password of an account. Its sessions end."}, s.setPassword)
	open(s, door{method: "POST", path: "/v1/users/{id}/disable", name: "disableUser", right: access.ManageUsers, deed: acts, group: group,
		summary: "Close an account. Its sessions end; what it did stays on record."}, s.disableUser)
}

func (s *server) listPeople(ctx context.Context, _ visitor, in *PageQuery) (List[Person], error) {
	page, err := s.Staff.People(ctx, in.paging())
	return listed(page, wirePerson), err
}

func (s *server) listUsers(ctx context.Context, v visitor, in *PageQuery) (List[User], error) {
	page, err := s.Staff.Accounts(ctx, v.actor, in.paging())
	return listed(page, wireUser), err
}

func (s *server) addUser(ctx context.Context, v visitor, in *struct {
	Body struct {
		Name         string  `json:"name" maxLength:"100"`
		Display      string  `json:"display" maxLength:"100"`
		Organisation string  `json:"organisation" maxLength:"60"`
		Source       string  `json:"source,omitempty" maxLength:"60" doc:"For a reporter: the one source to report for."`
		Grants       []Grant `json:"grants" maxItems:"50"`
		Password     string  `json:"password" maxLength:"1000"`
	}
}) (User, error) {
	b := in.Body
	a, err := s.Staff.Create(ctx, v.actor, staff.NewAccount{Name: b.Name, Display: b.Display, Organisation: party.OrganisationCode(b.Organisation),
		Source: b.Source, Grants: convert(b.Grants, Grant.domain), Password: b.Password, Key: v.key})
	return wireUser(a), err
}

func (s *server) setGrants(ctx context.Context, v visitor, in *struct {
	ByID
	Body struct {
		Grants []Grant `json:"grants" maxItems:"50"`
		Reason
	}
}) (User, error) {
	a, err := s.Staff.SetGrants(ctx, v.actor, party.UserID(in.ID), staff.GrantsIn{Grants: convert(in.Body.Grants, Grant.domain), Why: in.Body.Why, Key: v.key})
	return wireUser(a), err
}

func (s *server) setPassword(ctx context.Context, v visitor, in *struct {
	ByID
	Body struct {
		Password string `json:"password" maxLength:"1000"`
	}
}) (User, error) {
	a, err := s.Staff.SetPassword(ctx, v.actor, party.UserID(in.ID), in.Body.Password, v.key)
	return wireUser(a), err
}

func (s *server) disableUser(ctx context.Context, v visitor, in *struct {
	ByID
	Body Reason
}) (User, error) {
	a, err := s.Staff.Disable(ctx, v.actor, party.UserID(in.ID), in.Body.Why, v.key)
	return wireUser(a), err
}
