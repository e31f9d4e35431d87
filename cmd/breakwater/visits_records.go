package main

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// desk makes the desk of the visits over the command's records.
func (v *visits) desk(a *app, keep int) *people.Desk {
	return &people.Desk{Center: a.center, Write: store.Writer[people.Tx](a.db), Store: a.db, City: a.city.Root, Keep: keep,
		Visits: people.Visits{Log: v.log, Keys: v.keys, Ledger: v.ledger, Known: v.known}}
}

// declarations is the desk of the visits for what needs the records only, so that
// it may be used while a server has the visits open.
func (a *app) declarations() *people.Desk {
	return &people.Desk{Center: a.center, Write: store.Writer[people.Tx](a.db), Store: a.db, City: a.city.Root}
}

// collects gives the rule by which visits are collected now: the declarations of
// the command or, where there is none, those of the log that stands alone.
func (v *visits) collects(ctx context.Context, a *app) (func(at time.Time) bool, error) {
	if a != nil {
		desk := a.declarations()
		return desk.Collects, desk.Look(ctx)
	}
	within := func(inner, outer place.Code) bool {
		lineage, err := v.city.Areas.Lineage(inner)
		return err == nil && slices.Contains(lineage, outer)
	}
	return func(at time.Time) bool {
		_, ok := trust.Covering(v.declared.All(), trust.CheckIns, v.city.Root, at, within)
		return ok
	}, nil
}

// known gives the public keys by which certificates are verified.
func (v *visits) known(names ...party.UserID) (map[party.UserID]ed25519.PublicKey, error) {
	return trust.PublicKeys(disk.OS{}, filepath.Join(v.keyDir, signersFolder), names...)
}

// withRecords opens the visits and the command's records. Where there are no
// records the app is nil: visits can be kept without a command, and then
// nothing is journalled.
func (c *call) withRecords(ctx context.Context, fn func(*visits, *app) error) error {
	return c.withVisits(ctx, func(v *visits) error {
		cfg, err := c.config()
		if err != nil {
			return err
		}
		if !cfg.recorded() {
			return fn(v, nil)
		}
		return c.withApp(ctx, func(a *app) error { return fn(v, a) })
	})
}

// recorded reports whether there are records of a command.
func (cfg config) recorded() bool {
	if strings.HasPrefix(cfg.address, "postgres") {
		return true
	}
	_, err := os.Stat(cfg.address)
	return err == nil
}

// notJournalled tells that an act upon a day left no entry.
func (c *call) notJournalled() {
	fmt.Fprintln(c.err, "not journalled: there are no records of a command here; the first round of breakwater serve journals it")
}
