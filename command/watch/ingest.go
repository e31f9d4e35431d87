package watch

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// Loading says what to do with a file that has bad rows.
type Loading string

// The ways of loading.
const (
	AllOrNothing Loading = ""          // any bad row refuses the file
	GoodRows     Loading = "good_rows" // load the good rows, report the others
	Preview      Loading = "preview"   // load nothing, report what would happen
)

// Ingest is one file or request of counts.
type Ingest struct {
	Source observe.SourceID
	Status observe.Status
	Rows   []counts.Row
	// Problems are rows that the decoder refused already.
	Problems []fault.Place
	// Glitches are oddities that the decoder kept; only they excuse a negative count.
	Glitches []counts.Glitch
	Loading  Loading
	Why, Key string
}

// Receipt says what became of the rows.
type Receipt struct {
	Batch      counts.BatchID  `json:"batch,omitempty"` // empty when nothing new came
	Loaded     int             `json:"loaded"`          // new observations
	Superseded int             `json:"superseded"`      // of them, corrections of earlier ones
	Unchanged  int             `json:"unchanged"`       // rows that were known as they are
	Rejected   []fault.Place   `json:"rejected,omitempty"`
	Glitches   []counts.Glitch `json:"glitches,omitempty"`
}

// Ingest takes in counts. Sending the same rows again changes nothing; a row
// that differs supersedes what was known. Faults: Invalid with every bad row,
// unless the good ones were asked for; Forbidden for areas or a source that are
// not the actor's.
func (d *Desk) Ingest(ctx context.Context, who access.Actor, in Ingest) (Receipt, error) {
	return d.ingest(ctx, who, access.WriteCounts, in)
}

// Daily takes in one day's counts of the reporter's own source. Zero is a
// report; a stream left out is not.
func (d *Desk) Daily(ctx context.Context, who access.Actor, in Ingest) (Receipt, error) {
	if who.Source == "" || observe.SourceID(who.Source) != in.Source {
		return Receipt{}, fault.New(fault.Forbidden, "this account does not report for that source")
	}
	source, ok := d.Sources[in.Source]
	if !ok {
		return Receipt{}, fault.New(fault.NotFound, "the source of this account is not in the city's list")
	}
	for i, r := range in.Rows {
		if r.Area != source.Area {
			in.Rows[i].Area = source.Area
		}
	}
	return d.ingest(ctx, who, access.ReportDaily, in)
}

func (d *Desk) ingest(ctx context.Context, who access.Actor, right access.Right, in Ingest) (Receipt, error) {
	rows, rejected, err := d.examine(in)
	if err != nil {
		return Receipt{}, err
	}
	if len(rejected) > 0 && in.Loading == AllOrNothing {
		return Receipt{}, fault.At(fmt.Sprintf("%d of the rows are wrong; nothing was loaded", len(rejected)), rejected...)
	}
	receipt := Receipt{Rejected: rejected, Glitches: in.Glitches}
	if len(rows) == 0 {
		return receipt, who.Check(right, nil)
	}
	area, window, err := d.extent(rows)
	if err != nil {
		return Receipt{}, err
	}
	act := command.Act{Who: who, Right: right, Name: "counts.ingest", Area: area, Why: in.Why, Key: in.Key, Input: in}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (Receipt, error) {
		return receipt, d.load(ctx, tx, s, in, rows, window, &receipt)
	})
}

// load compares the rows with what stands and writes the differences.
func (d *Desk) load(ctx context.Context, tx Tx, s *command.Scribe, in Ingest, rows []counts.Row, w civil.Window, receipt *Receipt) error {
	standing, err := tx.Standing(ctx, in.Source, in.Status, w)
	if err != nil {
		return fmt.Errorf("read what stands: %w", err)
	}
	known := map[cell]counts.Observation{}
	for _, o := range standing {
		known[cell{o.Stream, o.Area, o.Day}] = o
	}
	id, err := s.NewID()
	if err != nil {
		return err
	}
	batch := counts.Batch{ID: counts.BatchID(id), Source: in.Source, Status: in.Status, Recorded: s.At, Glitches: in.Glitches}
	var fresh []counts.Observation
	for _, r := range rows {
		old, was := known[cell{r.Stream, r.Area, r.Day}]
		if was && same(old, r) {
			receipt.Unchanged++
			continue
		}
		o := observation(batch, r)
		if was {
			o.Supersedes = old.ID
			receipt.Superseded++
		}
		oid, err := s.NewID()
		if err != nil {
			return err
		}
		o.ID = counts.ID(oid)
		fresh = append(fresh, o)
	}
	receipt.Loaded, batch.Rows = len(fresh), len(fresh)
	if len(fresh) == 0 || in.Loading == Preview {
		s.Nothing()
		return nil
	}
	receipt.Batch = batch.ID
	if err := tx.AddBatch(ctx, batch, fresh); err != nil {
		return fmt.Errorf("store %d observations: %w", len(fresh), err)
	}
	s.Wrote(detect.BatchKind, string(batch.ID), counts.Sealed(batch, fresh))
	return nil
}

// cell is what one observation is about, for one source and status.
type cell struct {
	stream counts.Stream
	area   place.Code
	day    civil.Day
}

func observation(b counts.Batch, r counts.Row) counts.Observation {
	reported := r.Reported
	if reported.IsZero() {
		reported = b.Recorded
	}
	basis := r.Basis
	if basis == "" {
		basis = place.Stated
	}
	return counts.Observation{Batch: b.ID, Stream: r.Stream, Area: r.Area, Day: r.Day, Count: r.Count,
		Denominator: r.Denominator, Source: b.Source, Status: b.Status, Basis: basis,
		Reported: reported.UTC().Truncate(time.Microsecond), Recorded: b.Recorded}
}

func same(o counts.Observation, r counts.Row) bool {
	if o.Count != r.Count || (o.Denominator == nil) != (r.Denominator == nil) {
		return false
	}
	return o.Denominator == nil || *o.Denominator == *r.Denominator
}

// examine separates the rows that can be loaded from those that cannot.
func (d *Desk) examine(in Ingest) (good []counts.Row, bad []fault.Place, err error) {
	if _, ok := d.Sources[in.Source]; !ok {
		return nil, nil, fault.At("the counts cannot be taken in", fault.Place{Field: "source", Problem: "is not in the city's list of sources"})
	}
	if in.Status != observe.Actual && in.Status != observe.Exercise && in.Status != observe.Test {
		return nil, nil, fault.At("the counts cannot be taken in", fault.Place{Field: "status", Problem: "must be actual, exercise or test"})
	}
	areas := map[place.Code]bool{}
	for _, a := range d.Areas {
		areas[a.Code] = true
	}
	odd := map[cell]bool{}
	for _, g := range in.Glitches {
		odd[cell{g.Stream, g.Area, g.Day}] = true
	}
	today := civil.DayOf(d.Center.Time(), d.Center.City)
	first := map[cell]int{}
	bad = append(bad, in.Problems...)
	for _, r := range in.Rows {
		c := cell{r.Stream, r.Area, r.Day}
		problem := fault.Place{Line: r.Line}
		switch line, twice := first[c]; {
		case twice:
			problem.Field, problem.Problem = "day", fmt.Sprintf("stream, area and day stand on line %d already", line)
		case !areas[r.Area]:
			problem.Field, problem.Problem = "area", "is not an area of this city"
		case !counts.Known(r.Stream):
			problem.Field, problem.Problem = "stream", "is none of the known streams"
		case r.Day > today:
			problem.Field, problem.Problem = "day", "lies in the future"
		case r.Count < 0 && !odd[c]:
			problem.Field, problem.Problem = "count", "must not be negative"
		case r.Denominator != nil && *r.Denominator < r.Count:
			problem.Field, problem.Problem = "denominator", "is smaller than the count"
		default:
			first[c] = r.Line
			good = append(good, r)
			continue
		}
		bad = append(bad, problem)
	}
	return good, bad, nil
}

// extent returns the smallest area and window that hold all rows.
func (d *Desk) extent(rows []counts.Row) (place.Code, civil.Window, error) {
	w := civil.Window{First: rows[0].Day, Last: rows[0].Day}
	var area place.Code
	var err error
	for _, r := range rows {
		w.First, w.Last = min(w.First, r.Day), max(w.Last, r.Day)
		if r.Area == area {
			continue
		}
		if area, err = command.Common(d.Center.Lineage, area, r.Area); err != nil {
			return "", w, err
		}
	}
	return area, w, nil
}
