package store

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
)

var (
	accountTable = table{"account", "id, name, display, organisation, source, grants, secret, disabled, created, version"}
	sessionTable = table{"session", "token, user_id, created, expires"}
)

func accountRow(a *access.Account) []any {
	return []any{&a.ID, &a.Name, &a.Display, &a.Organisation, &a.Source, jsonText{&a.Grants}, &a.Secret,
		yesNo{&a.Disabled}, instant{&a.Created}, &a.Version}
}

func sessionRow(s *access.Session) []any {
	return []any{digest{&s.Token}, &s.User, instant{&s.Created}, instant{&s.Expires}}
}

// Account implements [staff.Tx].
func (tx *Tx) Account(ctx context.Context, id party.UserID) (access.Account, error) {
	return tx.OneAccount(ctx, id)
}

// AddAccount implements [staff.Tx].
func (tx *Tx) AddAccount(ctx context.Context, a access.Account) error {
	result, err := tx.q.exec(ctx, accountTable.insert(1)+" ON CONFLICT (name) DO NOTHING", accountRow(&a)...)
	if err != nil {
		return fmt.Errorf("store account %s: %w", a.ID, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return fault.New(fault.Conflict, "there is an account of that name already")
	}
	return nil
}

// SaveAccount implements [staff.Tx].
func (tx *Tx) SaveAccount(ctx context.Context, a access.Account) error {
	return save(ctx, tx.q, accountTable, accountRow(&a), "account", a.ID, a.Version)
}

// EndSessions implements [staff.Tx].
func (tx *Tx) EndSessions(ctx context.Context, user party.UserID) error {
	if _, err := tx.q.exec(ctx, "DELETE FROM session WHERE user_id = $1", user); err != nil {
		return fmt.Errorf("end the sessions of %s: %w", user, err)
	}
	return nil
}

// OneAccount implements [staff.Store].
func (v view) OneAccount(ctx context.Context, id party.UserID) (access.Account, error) {
	return one(ctx, v.q, accountTable, accountRow, "account", id)
}

// AccountByName implements [staff.Store].
func (v view) AccountByName(ctx context.Context, name string) (access.Account, error) {
	a, ok, err := first(ctx, v.q, accountRow, accountTable.get()+"WHERE name = $1", name)
	if err != nil {
		return a, fmt.Errorf("read an account by its name: %w", err)
	}
	if !ok {
		return a, fault.New(fault.NotFound, "there is no account of that name")
	}
	return a, nil
}

var accountsByTime = paged[access.Account]{accountTable, accountRow, newestFirst, bySeq[access.Account]}

// Accounts implements [staff.Store]: the newest first.
func (v view) Accounts(ctx context.Context, p command.Paging) (command.Page[access.Account], error) {
	at, more, err := readCursor(p.After, accountsByTime.by())
	if err != nil {
		return command.Page[access.Account]{}, err
	}
	var c conditions
	c.add("seq > 0")
	if more {
		c.add("seq < $?", at.Seq)
	}
	return accountsByTime.page(ctx, v.q, c, pageSize(p))
}

// AddSession implements [staff.Store]. It sweeps the sessions that are over.
func (db *DB) AddSession(ctx context.Context, s access.Session) error {
	return db.write(ctx, func(tx *Tx) error {
		if _, err := tx.q.exec(ctx, "DELETE FROM session WHERE expires <= $1", s.Created.UnixMicro()); err != nil {
			return fmt.Errorf("sweep the sessions that are over: %w", err)
		}
		if _, err := tx.q.exec(ctx, sessionTable.insert(1), sessionRow(&s)...); err != nil {
			return fmt.Errorf("store a session: %w", err)
		}
		return nil
	})
}

// SessionAccount implements [staff.Store].
func (v view) SessionAccount(ctx context.Context, token [32]byte, at time.Time) (access.Session, access.Account, error) {
	s, ok, err := first(ctx, v.q, sessionRow, sessionTable.get()+"WHERE token = $1 AND expires > $2", digest{&token}, at.UnixMicro())
	if err != nil {
		return s, access.Account{}, fmt.Errorf("read a session: %w", err)
	}
	if !ok {
		return s, access.Account{}, fault.New(fault.NotFound, "there is no such session")
	}
	a, err := v.OneAccount(ctx, s.User)
	return s, a, err
}

// ExtendSession implements [staff.Store].
func (db *DB) ExtendSession(ctx context.Context, token [32]byte, expires time.Time) error {
	return db.write(ctx, func(tx *Tx) error {
		if _, err := tx.q.exec(ctx, "UPDATE session SET expires = $2 WHERE token = $1", digest{&token}, instant{&expires}); err != nil {
			return fmt.Errorf("extend a session: %w", err)
		}
		return nil
	})
}

// EndSession implements [staff.Store].
func (db *DB) EndSession(ctx context.Context, token [32]byte) error {
	return db.write(ctx, func(tx *Tx) error {
		if _, err := tx.q.exec(ctx, "DELETE FROM session WHERE token = $1", digest{&token}); err != nil {
			return fmt.Errorf("end a session: %w", err)
		}
		return nil
	})
}
