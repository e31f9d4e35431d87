package main

import (
	"fmt"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/science/renewal"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// forecastCommand draws the cases of the days to come.
type forecastCommand struct {
	renewalInput
	Days    int `default:"7" placeholder:"N" help:"Days ahead, at most 28 (${default})."`
	Futures int `default:"2000" placeholder:"N" help:"Futures that are drawn (${default})."`
}

// forecastRow is one day to come.
type forecastRow struct {
	Ahead  int        `json:"ahead"`
	Date   *civil.Day `json:"date,omitempty"`
	Mean   float64    `json:"mean"`
	Low    float64    `json:"q025"`
	Lower  float64    `json:"q25"`
	Median float64    `json:"median"`
	Upper  float64    `json:"q75"`
	High   float64    `json:"q975"`
}

// Run implements the sub-command.
func (f *forecastCommand) Run(c *call) error {
	in, days, err := f.incidence()
	if err != nil {
		return err
	}
	intervals, err := f.intervals(len(in.Local))
	if err != nil {
		return err
	}
	coming, err := renewal.Forecast([]renewal.Incidence{in}, intervals[len(intervals)/2],
		renewal.ForecastParams{Days: f.Days, Draws: f.Futures, Stream: stat.NewStream(f.Seed, "forecast")})
	if err != nil {
		return err
	}
	rows := make([]forecastRow, len(coming))
	for i, d := range coming {
		rows[i] = forecastRow{Ahead: d.Ahead, Mean: d.Mean, Low: d.Low, Lower: d.LowerQuartile, Median: d.Median, Upper: d.UpperQuartile, High: d.High}
		if len(days) > 0 {
			day := days[len(days)-1] + civil.Day(d.Ahead)
			rows[i].Date = &day
		}
	}
	if c.asJSON {
		return printLines(c, rows)
	}
	t := newTable("day", "date", "expected", "2.5 %", "25 %", "75 %", "97.5 %")
	for _, r := range rows {
		date := ""
		if r.Date != nil {
			date = r.Date.String()
		}
		t.row(fmt.Sprintf("+%d", r.Ahead), date, r.Median, r.Low, r.Lower, r.Upper, r.High)
	}
	seen, marked := make([]float64, 0, len(in.Local)+len(rows)), make([]bool, len(in.Local)+len(rows))
	seen = append(seen, in.Local...)
	for i, r := range rows {
		seen, marked[len(in.Local)+i] = append(seen, r.Median), true
	}
	fmt.Fprint(c.out, sketch(seen, marked))
	return t.print(c.out)
}
