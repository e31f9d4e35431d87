package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

// userCommand keeps the accounts from the command line.
type userCommand struct {
	AddAdmin addAdminCommand    `cmd:"" help:"Make the first administrator, who makes all other accounts."`
	Add      addUserCommand     `cmd:"" help:"Make an account."`
	Grant    grantUserCommand   `cmd:"" help:"Set what an account may do."`
	Password passwordCommand    `cmd:"" help:"Set the password of an account."`
	Disable  disableUserCommand `cmd:"" help:"Close an account; what it did stays on record."`
	List     listUsersCommand   `cmd:"" help:"List the accounts."`
}

// newUser is what every new account needs.
type newUser struct {
	Name         string `arg:"" help:"Name for signing in."`
	Display      string `required:"" help:"Name to show."`
	Organisation string `required:"" help:"Code of the organisation."`
}

func (u newUser) account(c *call) (staff.NewAccount, error) {
	password, err := c.newPassword()
	return staff.NewAccount{Name: u.Name, Display: u.Display, Organisation: party.OrganisationCode(u.Organisation), Password: password}, err
}

// newPassword asks for a password, twice where somebody types it blind.
func (c *call) newPassword() (string, error) {
	first, err := c.password("Password")
	if err != nil || !c.terminal {
		return first, err
	}
	again, err := c.password("The same again")
	if err == nil && again != first {
		err = fault.New(fault.Invalid, "the two passwords differ")
	}
	return first, err
}

type addAdminCommand struct{ newUser }

// Run implements the sub-command.
func (u *addAdminCommand) Run(ctx context.Context, c *call) error {
	return c.withApp(ctx, func(a *app) error {
		in, err := u.account(c)
		if err != nil {
			return err
		}
		made, err := a.staff.FirstAdministrator(ctx, in)
		if err != nil {
			return err
		}
		return c.printUsers(made)
	})
}

type addUserCommand struct {
	newUser
	Grant  []string `required:"" placeholder:"ROLE@AREA" help:"What the account may do, and where; may be repeated."`
	Source string   `help:"For a reporter: the source to report for."`
}

// Run implements the sub-command.
func (u *addUserCommand) Run(ctx context.Context, c *call) error {
	return c.withApp(ctx, func(a *app) error {
		in, err := u.account(c)
		if err != nil {
			return err
		}
		in.Source = u.Source
		if in.Grants, err = grantsOf(u.Grant); err != nil {
			return err
		}
		made, err := a.staff.Create(ctx, a.operator(), in)
		if err != nil {
			return err
		}
		return c.printUsers(made)
	})
}

// grantsOf reads grants of the form role@area.
func grantsOf(texts []string) ([]access.Grant, error) {
	var grants []access.Grant
	for _, text := range texts {
		role, area, ok := strings.Cut(text, "@")
		if !ok {
			return nil, fault.At("the grant cannot be read", fault.Place{Field: "--grant", Problem: "must have the form role@area, like commander@210200"})
		}
		grants = append(grants, access.Grant{Role: access.Role(role), Area: place.Code(area)})
	}
	return grants, nil
}

// changedUser names an account and says why it is changed.
type changedUser struct {
	Name string `arg:"" help:"Name for signing in."`
	Why  string `required:"" help:"The reason, for the journal."`
}

type grantUserCommand struct {
	changedUser
	Grant []string `placeholder:"ROLE@AREA" help:"What the account may do from now on, and where; may be repeated. Without any it may do nothing."`
}

// Run implements the sub-command.
func (u *grantUserCommand) Run(ctx context.Context, c *call) error {
	grants, err := grantsOf(u.Grant)
	if err != nil {
		return err
	}
	return c.withUser(ctx, u.Name, func(a *app, id party.UserID) (access.Account, error) {
		return a.staff.SetGrants(ctx, a.operator(), id, staff.GrantsIn{Grants: grants, Why: u.Why})
	})
}

type disableUserCommand struct{ changedUser }

// Run implements the sub-command.
func (u *disableUserCommand) Run(ctx context.Context, c *call) error {
	return c.withUser(ctx, u.Name, func(a *app, id party.UserID) (access.Account, error) {
		return a.staff.Disable(ctx, a.operator(), id, u.Why, "")
	})
}

type passwordCommand struct {
	Name string `arg:"" help:"Name for signing in."`
}

// Run implements the sub-command.
func (u *passwordCommand) Run(ctx context.Context, c *call) error {
	return c.withUser(ctx, u.Name, func(a *app, id party.UserID) (access.Account, error) {
		password, err := c.newPassword()
		if err != nil {
			return access.Account{}, err
		}
		return a.staff.SetPassword(ctx, a.operator(), id, password, "")
	})
}

type listUsersCommand struct{}

// Run implements the sub-command.
func (listUsersCommand) Run(ctx context.Context, c *call) error {
	return c.withApp(ctx, func(a *app) error {
		all, err := everyPage(ctx, func(ctx context.Context, p command.Paging) (command.Page[access.Account], error) {
			return a.staff.Accounts(ctx, a.operator(), p)
		})
		if err != nil {
			return err
		}
		return c.printUsers(all...)
	})
}

// withUser changes the account of a name and prints it.
func (c *call) withUser(ctx context.Context, name string, change func(*app, party.UserID) (access.Account, error)) error {
	return c.withApp(ctx, func(a *app) error {
		found, err := a.staff.ByName(ctx, a.operator(), name)
		if err != nil {
			return err
		}
		changed, err := change(a, found.ID)
		if err != nil {
			return err
		}
		return c.printUsers(changed)
	})
}

// userRow is an account for machines.
type userRow struct {
	ID           party.UserID           `json:"id"`
	Name         string                 `json:"name"`
	Display      string                 `json:"display"`
	Organisation party.OrganisationCode `json:"organisation"`
	Source       string                 `json:"source,omitempty"`
	Grants       []access.Grant         `json:"grants"`
	Disabled     bool                   `json:"disabled"`
}

func (c *call) printUsers(accounts ...access.Account) error {
	t := newTable("name", "display", "organisation", "grants", "state")
	for _, a := range accounts {
		if c.asJSON {
			row := userRow{a.ID, a.Name, a.Display, a.Organisation, a.Source, a.Grants, a.Disabled}
			if err := c.printJSON(row); err != nil {
				return err
			}
			continue
		}
		var grants []string
		for _, g := range a.Grants {
			grants = append(grants, fmt.Sprintf("%s@%s", g.Role, g.Area))
		}
		state := "open"
		if a.Disabled {
			state = "disabled"
		}
		t.row(a.Name, a.Display, a.Organisation, strings.Join(grants, " "), state)
	}
	if c.asJSON {
		return nil
	}
	return t.print(c.out)
}
