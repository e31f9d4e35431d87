package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/table"
)

// visitsImportCommand takes in a file of visits.
type visitsImportCommand struct {
	File     string `arg:"" type:"existingfile" help:"Table with the columns id, site, person, enter, leave and, if wanted, act, of, day, open, entrance, party; or a CBOR batch."`
	CBOR     bool   `help:"The file is a CBOR batch."`
	Preview  bool   `xor:"how" help:"Load nothing; say what is wrong."`
	GoodOnly bool   `xor:"how" help:"Load the good rows although others are bad."`
	Keep     int    `default:"21" placeholder:"DAYS" help:"How many days are kept, today included; older rows are refused (${default})."`
}

// importReceipt says what an import did.
type importReceipt struct {
	Rows     int            `json:"rows"`
	Outcomes map[string]int `json:"outcomes"`
	Bad      int            `json:"bad,omitempty"`
	Refused  []fault.Place  `json:"refused,omitempty"` // the first of the bad
}

// importBatch is how many visits are stored at a time.
const importBatch = 10_000

// Run implements the sub-command: it reads the file once to find every bad row,
// and once more to store the good ones.
func (i *visitsImportCommand) Run(ctx context.Context, c *call) error {
	return c.withRecords(ctx, func(v *visits, a *app) error {
		collects, err := v.collects(ctx, a)
		if err != nil {
			return err
		}
		admission, now := v.admission(collects, i.Keep), c.now()
		r := importReceipt{Outcomes: map[string]int{}}
		wrong, err := i.eachRecord(func(s venue.Sent) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			_, err := admission.Check(s, now)
			if err == nil {
				r.Rows++
			}
			return err
		})
		if err != nil {
			return err
		}
		r.Bad, r.Refused = wrong.Count, wrong.Places
		if !i.Preview && (i.GoodOnly || r.Bad == 0) {
			if err := i.store(ctx, c, v, func(s venue.Sent) (venue.Observation, error) {
				checked, err := admission.Check(s, now)
				if err != nil {
					return venue.Observation{}, err
				}
				return admission.Name(checked)
			}, &r); err != nil {
				return err
			}
		}
		return c.printImport(r)
	})
}

func (i *visitsImportCommand) store(ctx context.Context, c *call, v *visits, admit func(venue.Sent) (venue.Observation, error), r *importReceipt) error {
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
	_, err := i.eachRecord(func(s venue.Sent) error {
		o, err := admit(s)
		if err != nil {
			return err
		}
		if batch = append(batch, o); len(batch) < importBatch {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// eachRecord calls take with every record of the file, and gathers those that
// it finds Invalid with those that cannot be read. A table in which too many
// cannot be is given up: it is another kind of file.
func (i *visitsImportCommand) eachRecord(take func(venue.Sent) error) (wrong venue.Wrong, err error) {
	f, err := os.Open(i.File)
	if err != nil {
		return wrong, fmt.Errorf("open the file of visits: %w", err)
	}
	defer f.Close()
	each := func(line int, s venue.Sent) error {
		if err := take(s); err != nil && !wrong.Note(line, err) {
			return err
		}
		return nil
	}
	if i.CBOR {
		err = eachCBOR(f, each)
	} else {
		err = venue.DecodeCSV(f, each)
	}
	unread := fault.PlacesOf(err)
	if len(unread) >= table.MostProblems {
		return wrong, fault.At(fmt.Sprintf("%d rows cannot be read; the rest of the file was not looked at, and nothing was loaded", len(unread)), unread[:10]...)
	}
	if len(unread) > 0 {
		wrong.Count, wrong.Places, err = wrong.Count+len(unread), append(wrong.Places, unread...), nil
		slices.SortStableFunc(wrong.Places, func(a, b fault.Place) int { return cmp.Compare(a.Line, b.Line) })
	}
	return wrong, err
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
		if more := r.Bad - len(r.Refused); more > 0 {
			fmt.Fprintf(c.out, "refused: %d more\n", more)
		}
		fmt.Fprintf(c.out, "%d good rows, %d refused", r.Rows, r.Bad)
		for o := venue.Stored; o <= venue.Counted; o++ {
			if n := r.Outcomes[o.String()]; n > 0 {
				fmt.Fprintf(c.out, ", %d %s", n, o)
			}
		}
		fmt.Fprintln(c.out)
	}
	if r.Bad > 0 {
		return errFoundWrong
	}
	return nil
}
