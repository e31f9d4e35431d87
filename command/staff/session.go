package staff

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
)

// How long a session lasts: two hours after it was last used, so that a desk
// left in the evening is closed at night, and never longer than a shift and its
// handover.
const (
	Idle     = 2 * time.Hour
	Absolute = 14 * time.Hour
	// extendEvery keeps reading pages from writing at every request.
	extendEvery = 5 * time.Minute
)

// tokenSize is the size of a session's token, in bytes. Only its SHA-256 is
// stored, so that who reads the database cannot use it.
const tokenSize = 32

// SignIn is an attempt to sign in, with the address that it comes from.
type SignIn struct{ Name, Password, Address string }

// Opened is a session, as it is told to its own browser.
type Opened struct {
	Token   string
	CSRF    string
	Expires time.Time
	Account access.Account // without its secret
}

// SignIn opens a session. Faults: Forbidden for a wrong name or password or a
// disabled account, all with the same words; Conflict after too many failures.
func (d *Desk) SignIn(ctx context.Context, in SignIn) (Opened, error) {
	name, now := normal(in.Name), d.now()
	a, err := d.prove(ctx, name, in.Password, in.Address, now)
	if err != nil {
		return Opened{}, err
	}
	return d.openSession(ctx, a, now)
}

// Prove returns the account, without its secret, of whoever gives its name and
// password, and opens no session: for an act on a command line that somebody
// must answer for. Faults as of [Desk.SignIn].
func (d *Desk) Prove(ctx context.Context, in SignIn) (access.Account, error) {
	a, err := d.prove(ctx, normal(in.Name), in.Password, in.Address, d.now())
	return public(a), err
}

// prove returns the account whose name and password these are.
func (d *Desk) prove(ctx context.Context, name, password, address string, now time.Time) (access.Account, error) {
	if err := d.gate.pass(name, address, now); err != nil {
		return access.Account{}, err
	}
	a, err := d.store.AccountByName(ctx, name)
	if fault.Is(err, fault.NotFound) {
		if err := d.hasher.pretend(ctx, password); err != nil {
			return a, err
		}
		return a, d.refuse(name, address, now)
	}
	if err != nil {
		return a, fmt.Errorf("look up the account: %w", err)
	}
	ok, old, err := d.hasher.matches(ctx, a.Secret, password)
	if err != nil {
		return a, fmt.Errorf("compare the password: %w", err)
	}
	if !ok || a.Disabled {
		return a, d.refuse(name, address, now)
	}
	d.gate.succeeded(name, address)
	if old {
		return a, d.renew(ctx, a.ID, password)
	}
	return a, nil
}

func (d *Desk) refuse(name, address string, now time.Time) error {
	d.gate.failed(name, address, now)
	return fault.New(fault.Forbidden, "the name or the password is wrong")
}

// renew digests a password anew at the present cost.
func (d *Desk) renew(ctx context.Context, id party.UserID, password string) error {
	secret, err := d.hasher.digest(ctx, password)
	if err != nil {
		return err
	}
	act := command.Act{Who: access.TheProgram(d.book.City), Right: access.ManageUsers, Name: "user.renew", Area: d.book.City}
	_, err = d.change(ctx, act, id, func(a *access.Account) error {
		a.Secret = secret
		return nil
	})
	return err
}

func (d *Desk) openSession(ctx context.Context, a access.Account, now time.Time) (Opened, error) {
	raw := make([]byte, tokenSize)
	if _, err := io.ReadFull(d.random, raw); err != nil {
		return Opened{}, fmt.Errorf("draw a session token: %w", err)
	}
	token := base64.RawURLEncoding.EncodeToString(raw)
	s := access.Session{Token: sha256.Sum256([]byte(token)), User: a.ID, Created: now, Expires: now.Add(Idle)}
	if err := d.store.AddSession(ctx, s); err != nil {
		return Opened{}, fmt.Errorf("open a session: %w", err)
	}
	return Opened{Token: token, CSRF: csrfOf(token), Expires: now.Add(Absolute), Account: public(a)}, nil
}

// csrfOf derives the token that writes must carry beside the cookie: another
// site can make a browser send the cookie, but cannot read this.
func csrfOf(token string) string {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("csrf"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// Authenticated is who a session's token stands for.
type Authenticated struct {
	Account access.Account // without its secret
	CSRF    string
}

// Authenticate returns who a token stands for, and keeps the session open. The
// fault is NotFound for a session that is over and for an account that is closed.
func (d *Desk) Authenticate(ctx context.Context, token string) (Authenticated, error) {
	sum, now := sha256.Sum256([]byte(token)), d.now()
	s, a, err := d.store.SessionAccount(ctx, sum, now)
	if err != nil {
		return Authenticated{}, err
	}
	if a.Disabled {
		return Authenticated{}, fault.New(fault.NotFound, "the account is closed")
	}
	if until := earlier(now.Add(Idle), s.Created.Add(Absolute)); until.Sub(s.Expires) > extendEvery {
		if err := d.store.ExtendSession(ctx, sum, until); err != nil {
			return Authenticated{}, fmt.Errorf("keep the session open: %w", err)
		}
	}
	return Authenticated{Account: public(a), CSRF: csrfOf(token)}, nil
}

// Valid returns nil while a token's session is open, without keeping it so: a
// page that only listens does not count as used.
func (d *Desk) Valid(ctx context.Context, token string) error {
	_, a, err := d.store.SessionAccount(ctx, sha256.Sum256([]byte(token)), d.now())
	if err == nil && a.Disabled {
		err = fault.New(fault.NotFound, "the account is closed")
	}
	return err
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// SignOut ends a session.
func (d *Desk) SignOut(ctx context.Context, token string) error {
	return d.store.EndSession(ctx, sha256.Sum256([]byte(token)))
}

// OwnPassword changes the password of who is signed in.
type OwnPassword struct {
	Old, New string
	Address  string
	Key      string
}

// ChangeOwnPassword changes one's own password after the old one was proved,
// ends all sessions and opens a new one. Faults as of [Desk.SignIn], and
// Invalid for a password that is too easy to guess.
func (d *Desk) ChangeOwnPassword(ctx context.Context, who access.Actor, in OwnPassword) (Opened, error) {
	now := d.now()
	a, err := d.store.OneAccount(ctx, who.User)
	if err != nil {
		return Opened{}, err
	}
	if a, err = d.prove(ctx, a.Name, in.Old, in.Address, now); err != nil {
		return Opened{}, err
	}
	secret, err := d.secret(ctx, a.ID, in.New)
	if err != nil {
		return Opened{}, err
	}
	act := command.Act{Who: who, Right: access.KeepOwnAccount, Name: "user.own_password", Key: in.Key, Input: a.ID}
	if len(who.Grants) > 0 {
		act.Area = who.Grants[0].Area
	}
	changed, err := d.change(ctx, act, a.ID, func(a *access.Account) error {
		a.Secret = secret
		return nil
	})
	if err != nil {
		return Opened{}, err
	}
	return d.openSession(ctx, changed, now)
}
