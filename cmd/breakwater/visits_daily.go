package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/trust"
)

// retentionFlags say how a server keeps to the retention of visits.
type retentionFlags struct {
	KeepVisits   int    `default:"21" placeholder:"DAYS" help:"How many days of visits are kept, today included (${default})."`
	PurgeBy      string `placeholder:"USER" help:"Who orders that days past that are destroyed; with --purge-witness they are, every hour."`
	PurgeWitness string `placeholder:"USER" help:"Who witnesses it: another person. Both sign the certificate."`
}

// retention is what a server does with days that are over, whoever is at the
// desks: it seals them, destroys those past the retention, and looks that
// nothing older can be read.
type retention struct {
	visits *visits
	keep   int
	now    func() time.Time
	// by and witness sign what is destroyed; purges is false where nobody does,
	// and then what is too old is only told.
	by, witness trust.Signer
	purges      bool
}

// retention opens the signers that the flags name.
func (f retentionFlags) retention(c *call, v *visits) (r retention, err error) {
	if f.KeepVisits < 1 {
		return r, fault.New(fault.Invalid, "--keep-visits must be at least 1 day")
	}
	if (f.PurgeBy == "") != (f.PurgeWitness == "") || f.PurgeBy != "" && f.PurgeBy == f.PurgeWitness {
		return r, fault.New(fault.Invalid, "--purge-by and --purge-witness go together, and are two people")
	}
	r = retention{visits: v, keep: f.KeepVisits, now: c.now, purges: f.PurgeBy != ""}
	if !r.purges {
		return r, nil
	}
	if r.by, err = v.signer(c, f.PurgeBy); err != nil {
		return r, err
	}
	r.witness, err = v.signer(c, f.PurgeWitness)
	return r, err
}

// retentionBeat is how often days are looked at. An hour after a day was over
// it is sealed, and no day outlives its time by more.
const retentionBeat = time.Hour

// keepTo does its work at once and at every beat until the context ends. What
// fails is logged as an error, day by day, and tried again at the next beat.
func (r retention) keepTo(ctx context.Context, log *slog.Logger) {
	beats := time.NewTicker(retentionBeat)
	defer beats.Stop()
	for {
		if err := r.once(ctx); err != nil && ctx.Err() == nil {
			log.Error("keep to the retention of visits", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-beats.C:
		}
	}
}

// once goes through the days. A day that cannot be sealed or destroyed does not
// keep the others from it.
func (r retention) once(ctx context.Context) error {
	today := civil.DayOf(r.now(), r.visits.city.Location)
	first := today - civil.Day(r.keep) + 1
	days, err := r.visits.log.Days(ctx)
	if err != nil {
		return fmt.Errorf("list the days of visits: %w", err)
	}
	var failed []error
	for _, day := range days {
		switch {
		case day < first && r.purges:
			if _, err := venue.Purge(ctx, r.visits.log, r.visits.ledger, day, r.now(), r.by, r.witness); err != nil {
				failed = append(failed, fmt.Errorf("destroy the visits of %s: %w", day, err))
			}
		case day < today && day >= first && r.visits.own != nil:
			if err := r.visits.own.Seal(day); err != nil {
				failed = append(failed, fmt.Errorf("seal the visits of %s: %w", day, err))
			}
		}
	}
	return errors.Join(append(failed, venue.CheckRetention(ctx, r.visits.log, r.visits.keys, first))...)
}
