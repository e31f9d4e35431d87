package watch

import (
	"context"
	"fmt"
	"slices"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// MostDays is the longest window of a curve and of verdicts, in days.
const MostDays = 1100

// VerdictQuery asks what an indicator said of the days of an area.
type VerdictQuery struct {
	Indicator string
	// Stratum is the one that is asked about; the indicator's first unless said.
	Stratum detect.Stratum
	// SeriesQuery names the area, the days and what may be known; its stream is
	// the indicator's.
	SeriesQuery
}

// Verdicts is the answer.
type Verdicts struct {
	Query     VerdictQuery
	Indicator detect.Indicator
	Days      []detect.Judgement
	// Signals are those under which the indicator has a finding in the area on
	// one of the days, and that the reader may see; the newest first.
	Signals []detect.Signal
}

// Verdicts tells what an indicator said of each day of an area when the day
// could first be judged, and what it says on what is known now. Nothing that
// was recorded after the query's as-of plays a part.
func (d *Desk) Verdicts(ctx context.Context, who access.Actor, q VerdictQuery) (Verdicts, error) {
	k := slices.IndexFunc(d.Indicators, func(ind detect.Indicator) bool { return ind.ID == q.Indicator })
	if k < 0 {
		return Verdicts{}, fault.New(fault.NotFound, "there is no indicator %q", q.Indicator)
	}
	ind := d.Indicators[k]
	q.Stream = ind.Stream
	if err := d.mayRead(who, q.SeriesQuery); err != nil {
		return Verdicts{}, err
	}
	if kind := d.kindOf(q.Area); !slices.Contains(ind.Areas, kind) {
		return Verdicts{}, fault.At("there are no verdicts", fault.Place{Field: "area", Problem: fmt.Sprintf("is a %s, and the indicator judges %v", kind, ind.Areas)})
	}
	if q.Stratum == "" {
		q.Stratum = ind.Strata()[0]
	}
	if !slices.Contains(ind.Strata(), q.Stratum) {
		return Verdicts{}, fault.At("there are no verdicts", fault.Place{Field: "stratum", Problem: fmt.Sprintf("is none of %v", ind.Strata())})
	}
	v := Verdicts{Query: q, Indicator: ind}
	var err error
	if v.Days, err = d.judgements(ctx, ind, q.Stratum, q.SeriesQuery); err != nil {
		return Verdicts{}, err
	}
	v.Signals, err = d.raisedBy(ctx, who, ind, q)
	return v, err
}

// mayRead refuses a series that the reader may not see, and a window that is
// empty or too long.
func (d *Desk) mayRead(who access.Actor, q SeriesQuery) error {
	lineage, err := d.Center.Lineage(q.Area)
	if err != nil {
		return err
	}
	if err := who.Check(access.ReadCounts, lineage); err != nil {
		return err
	}
	if n := q.Window.Days(); n == 0 || n > MostDays {
		return fault.At("the days cannot be shown", fault.Place{Field: "from", Problem: fmt.Sprintf("the window must hold 1 to %d days", MostDays)})
	}
	return nil
}

func (d *Desk) kindOf(area place.Code) place.Kind {
	for _, a := range d.Areas {
		if a.Code == area {
			return a.Kind
		}
	}
	return ""
}

// judgements reads everything that was ever said of the days once, and unfolds it.
func (d *Desk) judgements(ctx context.Context, ind detect.Indicator, s detect.Stratum, q SeriesQuery) ([]detect.Judgement, error) {
	wide := q
	wide.Window.First -= civil.Day(ind.Reach())
	versions, err := d.Store.SeriesVersions(ctx, wide)
	if err != nil {
		return nil, fmt.Errorf("read what was said of %s in %s: %w", q.Stream, q.Area, err)
	}
	versions = slices.DeleteFunc(versions, func(v counts.Version) bool { return !d.inStratum(s, v) })
	return detect.AsJudged(ind, d.Areas, q.Area, versions, q.Window, q.AsOf, d.Center.City), nil
}

// raisedBy returns the signals that an indicator raised or extended in an area.
func (d *Desk) raisedBy(ctx context.Context, who access.Actor, ind detect.Indicator, q VerdictQuery) ([]detect.Signal, error) {
	of, err := d.Store.SignalsOfStream(ctx, string(ind.Stream), q.Status, q.Window)
	if err != nil {
		return nil, fmt.Errorf("read the signals of %s: %w", ind.Stream, err)
	}
	return slices.DeleteFunc(of, func(s detect.Signal) bool {
		lineage, err := d.Center.Lineage(s.Area)
		if err != nil || who.Check(access.ReadSignals, lineage) != nil || s.Raised.After(q.AsOf) {
			return true
		}
		return !slices.ContainsFunc(s.Evidence, func(e detect.Evidence) bool {
			return e.Indicator == ind.ID && e.Area == q.Area && e.Stratum == q.Stratum && q.Window.Holds(e.Day)
		})
	}), nil
}

// Voice is an indicator with when and how often it spoke, and when it last had
// anything to judge.
type Voice struct {
	detect.Indicator
	// Last is its latest finding, and Signal the signal that holds it; nil and
	// empty where it never spoke.
	Last   *detect.Evidence
	Signal detect.SignalID
	// Findings are those of the last [Recent] days, and Signals the signals that
	// hold them.
	Findings, Signals int
	// Data is what last came of its stream; nil where nothing did for as long as
	// the indicator looks back.
	Data *LastData
}

// Voices tells of every indicator when it spoke and when data last came, in
// the areas that the reader may see.
func (d *Desk) Voices(ctx context.Context, who access.Actor, q SeriesQuery) ([]Voice, error) {
	if err := who.Check(access.ReadCounts, nil); err != nil {
		return nil, err
	}
	today := civil.DayOf(q.AsOf, d.Center.City)
	within := who.Areas(access.ReadSignals)
	lately, err := d.Store.SignalsSince(ctx, within, q.Status, today-Recent+1)
	if err != nil {
		return nil, fmt.Errorf("read the signals of the last days: %w", err)
	}
	data, err := d.Store.LastData(ctx, who.Areas(access.ReadCounts), q.Status, civil.Window{First: today - detect.Lookback, Last: today})
	if err != nil {
		return nil, fmt.Errorf("read when data last came: %w", err)
	}
	all := make([]Voice, len(d.Indicators))
	for i, ind := range d.Indicators {
		all[i] = Voice{Indicator: ind}
		all[i].count(lately, today)
		if k := slices.IndexFunc(data, func(l LastData) bool { return l.Stream == ind.Stream }); k >= 0 {
			all[i].Data = &data[k]
		}
		if all[i].Last != nil {
			continue
		}
		s, ok, err := d.Store.LastOfIndicator(ctx, within, q.Status, string(ind.Stream), ind.ID)
		if err != nil {
			return nil, fmt.Errorf("read when %s last spoke: %w", ind.ID, err)
		}
		if ok {
			all[i].note(s)
		}
	}
	return all, nil
}

// count takes up the findings of the last days.
func (v *Voice) count(lately []detect.Signal, today civil.Day) {
	for _, sig := range lately {
		of := 0
		for _, e := range sig.Evidence {
			if e.Indicator == v.ID && e.Day > today-Recent {
				of++
			}
		}
		if of > 0 {
			v.Findings, v.Signals = v.Findings+of, v.Signals+1
			v.note(sig)
		}
	}
}

// note takes up the latest finding of a signal.
func (v *Voice) note(sig detect.Signal) {
	for _, e := range sig.Evidence {
		if e.Indicator == v.ID && (v.Last == nil || e.Day > v.Last.Day) {
			v.Last, v.Signal = &e, sig.ID
		}
	}
}

// Curve is an epidemic curve: the counts of a stream by day, with the verdicts
// of the indicator that judges them.
type Curve struct {
	Query SeriesQuery
	// Indicator is the one whose verdicts are told. It has no id where none judges
	// the stream in such an area; the curve then has the band of EARS C2, which
	// nobody is alarmed by.
	Indicator detect.Indicator
	Days      []detect.Judgement
}

// Curve returns the days of a stream in an area with what was made of them: the
// verdicts of the first daily indicator of the stream that judges areas of this
// rank and has an expectation, as they were given (see [detect.AsJudged]).
func (d *Desk) Curve(ctx context.Context, who access.Actor, q SeriesQuery) (Curve, error) {
	if err := d.mayRead(who, q); err != nil {
		return Curve{}, err
	}
	c := Curve{Query: q, Indicator: d.bandOf(q.Stream, d.kindOf(q.Area))}
	var err error
	c.Days, err = d.judgements(ctx, c.Indicator, "", q)
	return c, err
}

// bandOf chooses the indicator whose band a curve has.
func (d *Desk) bandOf(stream counts.Stream, kind place.Kind) detect.Indicator {
	for _, ind := range d.indicatorsOf(stream) {
		if ind.Every == 1 && ind.By == detect.Whole && ind.Statistical() && slices.Contains(ind.Areas, kind) {
			return ind
		}
	}
	return detect.Yardstick(stream)
}
