// Package staff keeps the accounts of the people in office: who they are to
// the program, what they were granted, and their sessions.
package staff

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/party"
)

// Tx is what an act of this package writes with.
type Tx interface {
	command.Recorder
	Account(ctx context.Context, id party.UserID) (access.Account, error)
	// AddAccount stores a new account; Conflict when its name is taken.
	AddAccount(ctx context.Context, a access.Account) error
	// SaveAccount stores a changed account; Conflict if its version moved on.
	SaveAccount(ctx context.Context, a access.Account) error
	// EndSessions closes every session of a user.
	EndSessions(ctx context.Context, user party.UserID) error
}

// Store is what this package reads. Sessions are a ledger of their own: they
// come and go outside acts.
type Store interface {
	AccountByName(ctx context.Context, name string) (access.Account, error)
	OneAccount(ctx context.Context, id party.UserID) (access.Account, error)
	Accounts(ctx context.Context, p command.Paging) (command.Page[access.Account], error)
	AddSession(ctx context.Context, s access.Session) error
	// SessionAccount returns a session that has not expired, and its account;
	// NotFound otherwise.
	SessionAccount(ctx context.Context, token [32]byte, at time.Time) (access.Session, access.Account, error)
	// ExtendSession moves a session's expiry; a session that is gone stays gone.
	ExtendSession(ctx context.Context, token [32]byte, expires time.Time) error
	EndSession(ctx context.Context, token [32]byte) error
}
