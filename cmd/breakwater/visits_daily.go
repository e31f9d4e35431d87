package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/fault"
)

// retentionFlags say how a server keeps to the retention of visits.
type retentionFlags struct {
	KeepVisits   int    `default:"21" placeholder:"DAYS" help:"How many days of visits are kept, today included (${default})."`
	PurgeBy      string `placeholder:"USER" help:"Who orders that days past that are destroyed; with --purge-witness they are, every hour."`
	PurgeWitness string `placeholder:"USER" help:"Who witnesses it: another person. Both sign the certificate."`
}

// signers opens the keys of those whom the flags name; nil where nobody is, and
// then what is too old is only told.
func (f retentionFlags) signers(c *call, v *visits) (*people.Signers, error) {
	if f.KeepVisits < 1 {
		return nil, fault.New(fault.Invalid, "--keep-visits must be at least 1 day")
	}
	if (f.PurgeBy == "") != (f.PurgeWitness == "") || f.PurgeBy != "" && f.PurgeBy == f.PurgeWitness {
		return nil, fault.New(fault.Invalid, "--purge-by and --purge-witness go together, and are two people")
	}
	if f.PurgeBy == "" {
		return nil, nil
	}
	return v.signers(c, f.PurgeBy, f.PurgeWitness)
}

// signers opens the signing keys of who orders a destruction and who witnesses
// it.
func (v *visits) signers(c *call, by, witness string) (*people.Signers, error) {
	orders, err := v.signer(c, by)
	if err != nil {
		return nil, err
	}
	witnesses, err := v.signer(c, witness)
	return &people.Signers{By: orders, Witness: witnesses}, err
}

// keepDeclarations learns at every beat which declarations are in force, whoever
// approved or ended them and on which node, until the context ends.
func keepDeclarations(ctx context.Context, desk *people.Desk, log *slog.Logger) {
	beats := time.NewTicker(chainBeat)
	defer beats.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beats.C:
		}
		if err := desk.Look(ctx); err != nil && ctx.Err() == nil {
			log.Error("learn the declarations in force", "error", err)
		}
	}
}

// keepDays makes rounds over the days of visits, at once and at every beat,
// until the context ends. What fails is logged with its causes; the desk tells
// whoever is on duty, and the next round tries again.
func keepDays(ctx context.Context, desk *people.Desk, by *people.Signers, log *slog.Logger) {
	beats := time.NewTicker(people.Beat)
	defer beats.Stop()
	for {
		if err := desk.Retain(ctx, by); err != nil && ctx.Err() == nil {
			log.Error("keep to the retention of visits", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-beats.C:
		}
	}
}
