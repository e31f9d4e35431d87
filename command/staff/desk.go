package staff

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

// AddressBook is what accounts may refer to.
type AddressBook struct {
	City          place.Code
	Organisations []party.Organisation
	Sources       map[observe.SourceID]observe.Source
}

// Desk carries out the use cases of this package. Make it with [NewDesk].
type Desk struct {
	center *command.Center
	write  command.Write[Tx]
	store  Store
	book   AddressBook
	hasher *hasher
	gate   *gate
	// wall is the clock on the wall. Sessions and throttles go by it: a replay
	// that steps a day must not sign everybody out.
	wall   func() time.Time
	random io.Reader
}

// World is what a desk needs of the world beyond the acts' own.
type World struct {
	Wall   func() time.Time
	Random io.Reader // fit for secrets
	Cost   Cost      // of a password; see [UsualCost]
}

// NewDesk makes a desk.
func NewDesk(c *command.Center, write command.Write[Tx], store Store, book AddressBook, w World) *Desk {
	return &Desk{center: c, write: write, store: store, book: book, hasher: newHasher(w.Cost, w.Random),
		gate: newGate(), wall: w.Wall, random: w.Random}
}

// now is the wall clock's instant as records keep it.
func (d *Desk) now() time.Time { return d.wall().UTC().Truncate(time.Microsecond) }

// Ready reports whether accounts can be read at all.
func (d *Desk) Ready(ctx context.Context) error {
	_, err := d.store.Accounts(ctx, command.Paging{Limit: 1})
	return err
}

// People lists accounts for showing names beside ids. Every signed-in user
// may: who acted in office is no secret within the command. The secrets are
// left out.
func (d *Desk) People(ctx context.Context, p command.Paging) (command.Page[access.Account], error) {
	page, err := d.store.Accounts(ctx, p)
	for i := range page.Items {
		page.Items[i] = public(page.Items[i])
	}
	return page, err
}

// Accounts lists the accounts for who manages them, without the secrets.
func (d *Desk) Accounts(ctx context.Context, who access.Actor, p command.Paging) (command.Page[access.Account], error) {
	if err := who.Check(access.ManageUsers, nil); err != nil {
		return command.Page[access.Account]{}, err
	}
	return d.People(ctx, p)
}

// ByName returns the account of a name, without its secret.
func (d *Desk) ByName(ctx context.Context, who access.Actor, name string) (access.Account, error) {
	if err := who.Check(access.ManageUsers, nil); err != nil {
		return access.Account{}, err
	}
	a, err := d.store.AccountByName(ctx, normal(name))
	return public(a), err
}

// NewAccount is an account to be made.
type NewAccount struct {
	Name         string
	Display      string
	Organisation party.OrganisationCode
	Source       string // for a reporter
	Grants       []access.Grant
	Password     string
	Key          string
}

// Create makes an account. Faults: Invalid with every place that is wrong,
// Conflict when the name is taken.
func (d *Desk) Create(ctx context.Context, who access.Actor, in NewAccount) (access.Account, error) {
	in.Name = normal(in.Name)
	if err := d.examine(in); err != nil {
		return access.Account{}, err
	}
	secret, err := d.hasher.digest(ctx, in.Password)
	if err != nil {
		return access.Account{}, err
	}
	in.Password = "" // the act's memory must not help to guess it
	act := command.Act{Who: who, Right: access.ManageUsers, Name: "user.create", Area: d.book.City, Key: in.Key, Input: in}
	return command.Do(ctx, d.center, d.write, act, func(tx Tx, s *command.Scribe) (access.Account, error) {
		id, err := s.NewID()
		if err != nil {
			return access.Account{}, err
		}
		a := access.Account{ID: party.UserID(id), Name: in.Name, Display: in.Display, Organisation: in.Organisation, Source: in.Source,
			Grants: in.Grants, Secret: secret, Created: s.At, Version: 1}
		s.Wrote(access.AccountKind, id, a)
		return public(a), tx.AddAccount(ctx, a)
	})
}

// FirstAdministrator makes the account from which all others can be made, in
// the name of the program. The fault is Conflict when there is an
// administrator already.
func (d *Desk) FirstAdministrator(ctx context.Context, in NewAccount) (access.Account, error) {
	for p := (command.Paging{Limit: 200}); ; {
		page, err := d.store.Accounts(ctx, p)
		if err != nil {
			return access.Account{}, fmt.Errorf("look for an administrator: %w", err)
		}
		for _, a := range page.Items {
			if !a.Disabled && a.Actor().Can(access.ManageUsers) {
				return access.Account{}, fault.New(fault.Conflict, "there is an administrator already, who can make further accounts")
			}
		}
		if page.Next == "" {
			break
		}
		p.After = page.Next
	}
	in.Grants = []access.Grant{{Role: access.Administrator, Area: d.book.City}}
	return d.Create(ctx, access.TheProgram(d.book.City), in)
}

// GrantsIn is what an account may do from now on.
type GrantsIn struct {
	Grants   []access.Grant
	Why, Key string
}

// SetGrants sets what an account may do, with a reason, and ends its sessions.
func (d *Desk) SetGrants(ctx context.Context, who access.Actor, id party.UserID, in GrantsIn) (access.Account, error) {
	if err := fault.At("the account cannot be changed", d.wrongGrants(in.Grants)...); err != nil {
		return access.Account{}, err
	}
	act := command.Act{Who: who, Right: access.ManageUsers, Name: "user.grant", Area: d.book.City, Why: in.Why, WhyNeeded: true,
		Key: in.Key, Input: []any{id, in}}
	return d.change(ctx, act, id, func(a *access.Account) error {
		a.Grants = in.Grants
		return nil
	})
}

// Disable closes an account, with a reason, and ends its sessions.
func (d *Desk) Disable(ctx context.Context, who access.Actor, id party.UserID, why, key string) (access.Account, error) {
	act := command.Act{Who: who, Right: access.ManageUsers, Name: "user.disable", Area: d.book.City, Why: why, WhyNeeded: true,
		Key: key, Input: []any{id, why}}
	return d.change(ctx, act, id, func(a *access.Account) error {
		if a.Disabled {
			return fault.New(fault.Conflict, "the account is disabled already")
		}
		a.Disabled = true
		return nil
	})
}

// SetPassword sets the password of another's account and ends its sessions.
func (d *Desk) SetPassword(ctx context.Context, who access.Actor, id party.UserID, password, key string) (access.Account, error) {
	secret, err := d.secret(ctx, id, password)
	if err != nil {
		return access.Account{}, err
	}
	act := command.Act{Who: who, Right: access.ManageUsers, Name: "user.password", Area: d.book.City, Key: key, Input: id}
	return d.change(ctx, act, id, func(a *access.Account) error {
		a.Secret = secret
		return nil
	})
}

// secret checks a new password of an account and digests it.
func (d *Desk) secret(ctx context.Context, id party.UserID, password string) (string, error) {
	a, err := d.store.OneAccount(ctx, id)
	if err != nil {
		return "", err
	}
	if err := fault.At("the password cannot be used", weak(password, a.Name, a.Display)...); err != nil {
		return "", err
	}
	return d.hasher.digest(ctx, password)
}

// change is one act on one account, after which its sessions are over. Nobody
// changes their own account so: the last administrator would lock the door
// from inside.
func (d *Desk) change(ctx context.Context, act command.Act, id party.UserID, edit func(*access.Account) error) (access.Account, error) {
	return command.Do(ctx, d.center, d.write, act, func(tx Tx, s *command.Scribe) (access.Account, error) {
		if act.Who.User == id && act.Right == access.ManageUsers {
			return access.Account{}, fault.New(fault.Conflict, "ask another administrator to change your own account")
		}
		a, err := tx.Account(ctx, id)
		if err != nil {
			return a, err
		}
		if err := edit(&a); err != nil {
			return a, err
		}
		a.Version++
		s.Wrote(access.AccountKind, string(a.ID), a)
		if err := tx.SaveAccount(ctx, a); err != nil {
			return a, err
		}
		return public(a), tx.EndSessions(ctx, a.ID)
	})
}

// public leaves out what nobody but the door needs.
func public(a access.Account) access.Account {
	a.Secret = ""
	return a
}
