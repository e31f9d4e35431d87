package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/picture"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/detect/trial"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/stat"
	"github.com/breakwater-eoc/breakwater/table"
)

// indicatorTuneCommand shows what each threshold of an indicator costs and gives.
type indicatorTuneCommand struct {
	ID       string  `arg:"" help:"The indicator."`
	From     string  `placeholder:"DAY" help:"First evening that is looked at; 180 days before the last unless said."`
	To       string  `placeholder:"DAY" help:"Last evening; the last day of which anything is known unless said."`
	Labels   string  `placeholder:"FILE" help:"Known outbreaks, a table of area, first, last; without it the verified signals of the stream, and where there are none, outbreaks are added."`
	Strength float64 `default:"4" placeholder:"X" help:"Size of an added outbreak, in usual days of its place (${default})."`
	Copies   int     `default:"5" placeholder:"N" help:"How many outbreaks are added for each area, each in a copy of its own (${default})."`
	Cost     float64 `placeholder:"X" help:"Cost of a false finding as a share of that of a missed outbreak, instead of the indicator's."`
	Rate     float64 `default:"0.1" placeholder:"X" help:"Outbreaks that an area is taken to have in a month (${default})."`
	Seed     uint64  `default:"1" help:"Seed of the added outbreaks (${default})."`
	Status   string  `default:"actual" enum:"actual,exercise,test" help:"actual, exercise or test (${default})."`
}

// Help implements kong's help.
func (indicatorTuneCommand) Help() string {
	return `Puts the indicator to the stored history with every threshold worth trying. Each evening knows what
was recorded by then and nothing later. Every threshold's line says how many days a month of one area
are called unusual outside the known outbreaks, which share of the outbreaks is found, and how many
days after their beginning. The least loss is marked: cost x false findings a month + rate x (1 - what
the outbreaks found are worth, which falls from 1 on their first day to 0 after two weeks).

Nothing is changed: write the threshold that you choose into the indicators yourself.`
}

// tuning is the answer.
type tuning struct {
	Indicator string          `json:"indicator"`
	Threshold string          `json:"parameter"`
	Window    civil.Window    `json:"window"`
	Areas     int             `json:"areas"`
	Against   string          `json:"against"` // labels, verified signals, or added outbreaks
	Cost      float64         `json:"cost"`
	Rate      float64         `json:"rate"`
	Curve     []trial.Setting `json:"curve"`
}

// Run implements the sub-command.
func (t *indicatorTuneCommand) Run(ctx context.Context, c *call) error {
	if t.Strength <= 0 || t.Copies < 1 || t.Copies > 1000 || t.Rate < 0 || t.Cost < 0 {
		return fault.New(fault.Invalid, "--strength must be above 0, --copies 1 to 1000, --rate and --cost not negative")
	}
	return c.withApp(ctx, func(a *app) error {
		i := slices.IndexFunc(a.watch.Indicators, func(ind detect.Indicator) bool { return ind.ID == t.ID })
		if i < 0 {
			return fault.New(fault.NotFound, "there is no indicator %q; there are %s", t.ID, strings.Join(ids(a.watch.Indicators), ", "))
		}
		ind := a.watch.Indicators[i]
		threshold, err := ind.Threshold()
		if err != nil {
			return err
		}
		answer := tuning{Indicator: ind.ID, Threshold: threshold.Name, Cost: ind.Cost, Rate: t.Rate}
		if t.Cost > 0 {
			answer.Cost = t.Cost
		}
		cases, err := t.cases(ctx, a, ind, &answer)
		if err != nil {
			return err
		}
		bar := c.progress("tuning")
		answer.Curve, err = trial.Tune(ind, cases, trial.Weights{Cost: answer.Cost, Rate: t.Rate}, a.city.Location, bar.set)
		bar.end()
		if err != nil {
			return err
		}
		return c.printTuning(answer)
	})
}

func ids(all []detect.Indicator) []string {
	var names []string
	for _, ind := range all {
		names = append(names, ind.ID)
	}
	return names
}

// cases reads the history of every area that the indicator is about, and the
// outbreaks in it.
func (t *indicatorTuneCommand) cases(ctx context.Context, a *app, ind detect.Indicator, answer *tuning) ([]trial.Case, error) {
	histories, err := t.histories(ctx, a, ind, answer)
	if err != nil {
		return nil, err
	}
	known, err := t.known(ctx, a, ind, answer)
	if err != nil {
		return nil, err
	}
	var cases []trial.Case
	rng := stat.NewStream(t.Seed, "added outbreaks")
	for _, h := range histories {
		one := trial.Case{History: h, Window: answer.Window, Counted: true}
		for _, o := range known {
			if a.city.Areas.Holds(o.area, h.Area) || a.city.Areas.Holds(h.Area, o.area) {
				one.Outbreaks = append(one.Outbreaks, o.Outbreak)
			}
		}
		cases = append(cases, one)
		if len(known) == 0 {
			cases = append(cases, trial.Inject(h, answer.Window, t.Strength, t.Copies, &rng)...)
		}
	}
	return cases, nil
}

func (t *indicatorTuneCommand) histories(ctx context.Context, a *app, ind detect.Indicator, answer *tuning) ([]trial.History, error) {
	const usualDays = 180
	status := observe.Status(t.Status)
	last, err := t.day(t.To, civil.DayOf(a.center.Time(), a.center.City))
	if err != nil {
		return nil, err
	}
	q := picture.Query{Stream: ind.Stream, Area: a.city.Root, Day: last, AsOf: a.center.Time(), Status: status}
	versions, err := a.db.Versions(ctx, q, civil.Window{First: 0, Last: last})
	if err != nil {
		return nil, err
	}
	if len(versions) == 0 {
		return nil, fault.New(fault.NotFound, "nothing is recorded of %s up to %s", ind.Stream, last)
	}
	if t.To == "" {
		last = civil.DayOf(versions[len(versions)-1].Recorded, a.center.City)
	}
	first, err := t.day(t.From, last-usualDays+1)
	if err != nil {
		return nil, err
	}
	if first > last {
		return nil, fault.At("the history cannot be looked at", fault.Place{Field: "--from", Problem: "lies after the last day"})
	}
	answer.Window = civil.Window{First: first, Last: last}
	areas := a.city.Areas.Areas()
	var all []trial.History
	for _, area := range areas {
		if !slices.Contains(ind.Areas, area.Kind) {
			continue
		}
		h := trial.History{Area: area.Code, Areas: within(areas, a.city.Areas, area.Code)}
		for _, v := range versions {
			if a.city.Areas.Holds(area.Code, v.Area) {
				h.Versions = append(h.Versions, v)
			}
		}
		if len(h.Versions) > 0 {
			all = append(all, h)
		}
	}
	answer.Areas = len(all)
	return all, nil
}

func within(areas []place.Area, tree *place.Tree, outer place.Code) []place.Area {
	var inner []place.Area
	for _, a := range areas {
		if tree.Holds(outer, a.Code) {
			inner = append(inner, a)
		}
	}
	return inner
}

func (t *indicatorTuneCommand) day(text string, otherwise civil.Day) (civil.Day, error) {
	if text == "" {
		return otherwise, nil
	}
	d, err := civil.ParseDay(text)
	if err != nil {
		return d, fault.At("the history cannot be looked at", fault.Place{Field: "--from, --to", Problem: "must be days like 2020-07-22"})
	}
	return d, nil
}

// somewhere is a known outbreak and its place.
type somewhere struct {
	trial.Outbreak
	area place.Code
}

// known returns the labelled outbreaks, or the verified signals of the stream;
// none means that outbreaks are to be added.
func (t *indicatorTuneCommand) known(ctx context.Context, a *app, ind detect.Indicator, answer *tuning) ([]somewhere, error) {
	var all []somewhere
	if t.Labels != "" {
		answer.Against = "labels"
		err := readLabels(t.Labels, a.city.Areas, func(o somewhere) { all = append(all, o) })
		if err == nil && len(all) == 0 {
			err = fault.New(fault.Invalid, "%s names no outbreak", t.Labels)
		}
		return all, err
	}
	answer.Against = "verified signals"
	paging := command.Paging{Limit: 200}
	for {
		page, err := a.db.Signals(ctx, watch.SignalFilter{Within: []place.Code{a.city.Root}, Status: observe.Status(t.Status),
			States: []detect.State{detect.Verified}}, paging)
		if err != nil {
			return nil, fmt.Errorf("read the verified signals: %w", err)
		}
		for _, s := range page.Items {
			if s.Stream == string(ind.Stream) && s.Last >= answer.Window.First && s.First <= answer.Window.Last {
				all = append(all, somewhere{trial.Outbreak{First: s.First, Last: s.Last}, s.Area})
			}
		}
		if paging.After = page.Next; page.Next == "" {
			break
		}
	}
	if len(all) == 0 {
		answer.Against = fmt.Sprintf("added outbreaks of %g usual days", t.Strength)
	}
	return all, nil
}

func readLabels(file string, areas *place.Tree, take func(somewhere)) error {
	if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("read the labels: %w", err)
	}
	return table.File(os.DirFS(filepath.Dir(file)), filepath.Base(file), []string{"area", "first", "last"}, func(r table.Row) {
		o := somewhere{trial.Outbreak{First: table.As(r, "first", civil.ParseDay), Last: table.As(r, "last", civil.ParseDay)},
			table.As(r, "area", func(s string) (place.Code, error) {
				a, err := areas.ByCode(place.Code(s))
				return a.Code, err
			})}
		if o.Last < o.First {
			r.Wrong("last", "lies before first")
		}
		take(o)
	})
}

func (c *call) printTuning(t tuning) error {
	if c.asJSON {
		return c.printJSON(t)
	}
	if _, err := fmt.Fprintf(c.out, "%s against %s, %s to %s, %d areas; a false finding costs %g of a missed outbreak\n",
		t.Indicator, t.Against, t.Window.First, t.Window.Last, t.Areas, t.Cost); err != nil {
		return err
	}
	rows := newTable(t.Threshold, "false a month", "found", "of", "share", "", "median delay", "loss", "")
	for _, s := range t.Curve {
		delay, mark := "-", ""
		if s.Delay != nil {
			delay = fmt.Sprintf("%g", *s.Delay)
		}
		if s.Present {
			mark = "present "
		}
		if s.Best {
			mark += "least loss"
		}
		const wide = 20
		rows.row(s.Threshold, fmt.Sprintf("%.3f", s.FalseMonth), s.Found, s.Outbreaks, fmt.Sprintf("%.2f", s.Share),
			strings.Repeat("#", int(s.Share*wide+0.5)), delay, fmt.Sprintf("%.4f", s.Loss), mark)
	}
	return rows.print(c.out)
}
