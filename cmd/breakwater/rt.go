package main

import (
	"fmt"
	"math"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/renewal"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// renewalInput are the cases and the serial interval of a renewal equation.
type renewalInput struct {
	Series    string  `arg:"" name:"series.csv" help:"Daily cases: one column, or the columns local and imported."`
	Unit      string  `placeholder:"COLUMN" help:"Column of the cases."`
	MeanSI    float64 `name:"mean-si" default:"4.7" placeholder:"DAYS" help:"Mean serial interval (${default})."`
	StdSI     float64 `name:"std-si" default:"2.9" placeholder:"DAYS" help:"Its standard deviation (${default})."`
	StdMeanSI float64 `name:"std-mean-si" placeholder:"DAYS" help:"Standard deviation of the mean, where it is not known for certain."`
	StdStdSI  float64 `name:"std-std-si" placeholder:"DAYS" help:"Standard deviation of the standard deviation."`
	SI        string  `name:"si" placeholder:"FILE" help:"Table with the serial interval from day 0, in the column prob."`
	Draws     int     `default:"500" placeholder:"N" help:"Serial intervals drawn where it is uncertain (${default})."`
	Seed      uint64  `default:"1" help:"Seed of the draws (${default})."`
}

// rtCommand estimates the reproduction number from daily cases.
type rtCommand struct {
	renewalInput
	Window int `default:"7" placeholder:"DAYS" help:"Days of a window (${default})."`
}

// rtRow is one window, rows counted from 1.
type rtRow struct {
	First    int        `json:"t_start"`
	Last     int        `json:"t_end"`
	Date     *civil.Day `json:"date,omitempty"`
	Mean     *float64   `json:"mean"`
	SD       *float64   `json:"std"`
	Low      *float64   `json:"q025"`
	Median   *float64   `json:"median"`
	High     *float64   `json:"q975"`
	AboveOne *float64   `json:"above_one"`
	// The last day itself, not the mean of the window.
	Now     *float64 `json:"now"`
	NowLow  *float64 `json:"now_q025"`
	NowHigh *float64 `json:"now_q975"`
}

// Run implements the sub-command.
func (r *rtCommand) Run(c *call) error {
	in, days, err := r.incidence()
	if err != nil {
		return err
	}
	intervals, err := r.intervals(len(in.Local))
	if err != nil {
		return err
	}
	estimates, err := renewal.CoriUncertain(in, intervals, renewal.Windows(len(in.Local), r.Window), renewal.WidePrior)
	if err != nil {
		return err
	}
	if len(estimates) == 0 {
		return fault.New(fault.Invalid, "%d days are too few for windows of %d days", len(in.Local), r.Window)
	}
	tracked, err := renewal.Track(in, intervals[len(intervals)/2])
	if err != nil {
		return err
	}
	rows := make([]rtRow, len(estimates))
	for i, e := range estimates {
		rows[i] = rtRow{First: e.Span.First + 1, Last: e.Span.Last + 1, Mean: known(e.Mean()), SD: known(e.SD()),
			Low: known(e.Quantile(0.025)), Median: known(e.Quantile(0.5)), High: known(e.Quantile(0.975)), AboveOne: known(1 - e.Below(1))}
		now := tracked[e.Span.Last]
		rows[i].Now, rows[i].NowLow, rows[i].NowHigh = known(now.Mean()), known(now.Quantile(0.025)), known(now.Quantile(0.975))
		if days != nil {
			rows[i].Date = &days[e.Span.Last]
		}
	}
	if c.asJSON {
		return printLines(c, rows)
	}
	return printRt(c, rows)
}

func printRt(c *call, rows []rtRow) error {
	means := make([]float64, len(rows))
	t := newTable("days", "until", "mean", "2.5 %", "97.5 %", "above 1", "last day", "2.5 %", "97.5 %")
	const newest = 30
	for i, r := range rows {
		if r.Mean != nil {
			means[i] = *r.Mean
		}
		if i < len(rows)-newest {
			continue
		}
		date := ""
		if r.Date != nil {
			date = r.Date.String()
		}
		t.row(fmt.Sprintf("%d-%d", r.First, r.Last), date, number(r.Mean, 2), number(r.Low, 2), number(r.High, 2), number(r.AboveOne, 2),
			number(r.Now, 2), number(r.NowLow, 2), number(r.NowHigh, 2))
	}
	fmt.Fprint(c.out, sketch(means, make([]bool, len(means))))
	return t.print(c.out)
}

// known is nil for a value that does not exist.
func known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// incidence reads local and imported cases, or one column of unknown origin.
func (r *renewalInput) incidence() (renewal.Incidence, []civil.Day, error) {
	table, err := readTable(r.Series)
	if err != nil {
		return renewal.Incidence{}, nil, err
	}
	local, err := table.Series("local")
	if err != nil || r.Unit != "" {
		s, err := table.Series(r.Unit)
		return renewal.Single(s.Counts), s.Days, err
	}
	imported, err := table.Series("imported")
	if err != nil {
		return renewal.Incidence{}, nil, err
	}
	if len(local.Counts) > 0 { // whoever came first came from elsewhere
		imported.Counts[0] += local.Counts[0]
		local.Counts[0] = 0
	}
	return renewal.Incidence{Local: local.Counts, Imported: imported.Counts}, local.Days, nil
}

// intervals is the serial interval, or many where it is uncertain.
func (r *renewalInput) intervals(days int) ([]renewal.Delay, error) {
	if r.SI != "" {
		table, err := readTable(r.SI)
		if err != nil {
			return nil, err
		}
		s, err := table.Series("prob")
		return []renewal.Delay{s.Counts}, err
	}
	if r.StdMeanSI > 0 || r.StdStdSI > 0 {
		within := func(mean, sd, least float64) renewal.Limited {
			return renewal.Limited{Mean: mean, SD: sd, Low: math.Max(least, mean-2*sd), High: mean + 2*sd}
		}
		u := renewal.Uncertain{Mean: within(r.MeanSI, r.StdMeanSI, 1.01), SD: within(r.StdSI, r.StdStdSI, 0.1)}
		return u.Draw(r.Draws, max(days, 2), stat.NewStream(r.Seed, "serial intervals"))
	}
	d, err := renewal.SerialInterval(r.MeanSI, r.StdSI, max(days, 2))
	return []renewal.Delay{d}, err
}
