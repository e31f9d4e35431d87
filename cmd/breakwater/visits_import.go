package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
)

// visitsImportCommand takes in a file of visits.
type visitsImportCommand struct {
	File     string `arg:"" type:"existingfile" help:"Table with the columns id, site, person, enter, leave and, if wanted, act, of, day, open, entrance, party; or a CBOR batch."`
	CBOR     bool   `help:"The file is a CBOR batch."`
	Preview  bool   `xor:"how" help:"Load nothing; say what is wrong."`
	GoodOnly bool   `xor:"how" help:"Load the good rows although others are bad."`
	Keep     int    `default:"21" placeholder:"DAYS" help:"How many days are kept, today included; older rows are refused (${default})."`
}

// admit is how a record of the file becomes an observation.
type admit func(venue.Sent) (venue.Observation, error)

// importReceipt says what an import did.
type importReceipt struct {
	Rows     int            `json:"rows"`
	Outcomes map[string]int `json:"outcomes"`
	Refused  []fault.Place  `json:"refused,omitempty"`
}

// importBatch is how many visits are stored at a time.
const importBatch = 10_000

// Run implements the sub-command: it reads the file once to find every bad row,
// and once more to store the good ones.
func (i *visitsImportCommand) Run(ctx context.Context, c *call) error {
	return c.withVisits(ctx, func(v *visits) error {
		admission, now := v.admission(v.city.Areas.Lineage, i.Keep), c.now()
		take := func(s venue.Sent) (venue.Observation, error) { return admission.Admit(s, now) }
		r := importReceipt{Outcomes: map[string]int{}}
		var err error
		r.Rows, err = i.eachRecord(take, func(venue.Observation) error { return ctx.Err() })
		r.Refused = fault.PlacesOf(err)
		if err != nil && len(r.Refused) == 0 {
			return err
		}
		if !i.Preview && (i.GoodOnly || len(r.Refused) == 0) {
			if err := i.store(ctx, c, v, take, &r); err != nil {
				return err
			}
		}
		return c.printImport(r)
	})
}

func (i *visitsImportCommand) store(ctx context.Context, c *call, v *visits, take admit, r *importReceipt) error {
	bar := c.progress("import")
	defer bar.end()
	var batch []venue.Observation
	done := 0
	flush := func() error {
		outcomes, err := v.log.Append(ctx, batch)
		if err != nil {
			return fmt.Errorf("store visits (%d are stored; sending the file again adds nothing twice): %w", done, err)
		}
		for k, o := range outcomes {
			r.Outcomes[batch[k].Became(o).String()]++
		}
		done += len(batch)
		batch = batch[:0]
		bar.set(done, r.Rows)
		return nil
	}
	_, err := i.eachRecord(take, func(o venue.Observation) error {
		if batch = append(batch, o); len(batch) < importBatch {
			return nil
		}
		return flush()
	})
	if err != nil && len(fault.PlacesOf(err)) == 0 {
		return err
	}
	return flush()
}

// eachRecord calls yield with every good record of the file and gives their
// number; an Invalid error names the bad ones.
func (i *visitsImportCommand) eachRecord(admit admit, yield func(venue.Observation) error) (int, error) {
	f, err := os.Open(i.File)
	if err != nil {
		return 0, fmt.Errorf("open the file of visits: %w", err)
	}
	defer f.Close()
	good := 0
	var wrong []fault.Place
	take := func(line int, s venue.Sent) error {
		o, err := admit(s)
		switch {
		case fault.Is(err, fault.Invalid):
			wrong = append(wrong, fault.Place{Line: line, Problem: fault.Message(err)})
			return nil
		case err != nil:
			return err
		}
		good++
		return yield(o)
	}
	if i.CBOR {
		err = eachCBOR(f, take)
	} else {
		err = venue.DecodeCSV(f, take)
	}
	if places := fault.PlacesOf(err); len(places) > 0 {
		wrong, err = append(wrong, places...), nil
	}
	return good, errors.Join(err, fault.At("the file holds visits that are wrong", wrong...))
}

// mostCBOR bounds a CBOR batch in bytes.
const mostCBOR = 64 << 20

func eachCBOR(r io.Reader, yield func(line int, s venue.Sent) error) error {
	b, err := io.ReadAll(io.LimitReader(r, mostCBOR+1))
	if err != nil {
		return fmt.Errorf("read the file of visits: %w", err)
	}
	if len(b) > mostCBOR {
		return fault.New(fault.Invalid, "the batch is larger than %d bytes", mostCBOR)
	}
	batch, err := venue.DecodeCBOR(b)
	if err != nil {
		return err
	}
	for n, s := range batch {
		if err := yield(n+1, s); err != nil {
			return err
		}
	}
	return nil
}

func (c *call) printImport(r importReceipt) error {
	if c.asJSON {
		if err := c.printJSON(r); err != nil {
			return err
		}
	} else {
		for _, p := range r.Refused {
			fmt.Fprintln(c.out, "refused:", p)
		}
		fmt.Fprintf(c.out, "%d good rows, %d refused", r.Rows, len(r.Refused))
		for o := venue.Stored; o <= venue.Counted; o++ {
			if n := r.Outcomes[o.String()]; n > 0 {
				fmt.Fprintf(c.out, ", %d %s", n, o)
			}
		}
		fmt.Fprintln(c.out)
	}
	if len(r.Refused) > 0 {
		return errFoundWrong
	}
	return nil
}
