package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/store"
)

// backupCommand copies the records into one file, while the server goes on.
// The keys are not in it: a backup must not bring back what was forgotten.
type backupCommand struct {
	File string `arg:"" help:"SQLite file to make; it must not exist."`
}

// Run implements the sub-command.
func (b *backupCommand) Run(ctx context.Context, c *call) error {
	if _, err := os.Stat(b.File); !errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.Conflict, "the file of the backup exists already, or its folder cannot be read")
	}
	cfg, err := c.config()
	if err != nil {
		return err
	}
	return c.copyRecords(ctx, cfg.address, "sqlite:"+b.File, "backing up")
}

// restoreCommand copies the records of a backup into an empty database of
// either kind.
type restoreCommand struct {
	File string `arg:"" type:"existingfile" help:"File that backup made."`
}

// Run implements the sub-command.
func (r *restoreCommand) Run(ctx context.Context, c *call) error {
	cfg, err := c.config()
	if err != nil {
		return err
	}
	return c.copyRecords(ctx, "sqlite:"+r.File, cfg.address, "restoring")
}

func (c *call) copyRecords(ctx context.Context, from, to, label string) (err error) {
	source, err := store.Open(ctx, from)
	if err != nil {
		return fmt.Errorf("open the records to copy: %w", err)
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := store.Open(ctx, to)
	if err != nil {
		return fmt.Errorf("open the database to copy into: %w", err)
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	rows := 0
	bar := c.progress(label)
	err = source.CopyTo(ctx, target, func(done, total int) {
		rows = done
		bar.set(done, total)
	})
	bar.end()
	if err != nil {
		return err
	}
	if c.asJSON {
		return c.printJSON(map[string]int{"rows": rows})
	}
	_, err = fmt.Fprintf(c.out, "%d rows copied\n", rows)
	return err
}
