// Package report shows the results of scenarios: lines for a terminal, CSV for
// other tools, and one self-contained HTML page with pictures.
//
// In goes a scenario.Result; out come text and bytes that depend on nothing
// else, so that the same run gives the same report.
package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/scenario"
)

// Rows is the table of a summary: a header, then one row a metric with a cell
// for every arm. Arms after the first also show their paired difference.
func Rows(r *scenario.Result) (header []string, rows [][]string) {
	summary := r.Summary()
	header = []string{"outcome", "unit"}
	for _, s := range summary {
		header = append(header, s.Arm)
	}
	for i, m := range summary[0].Metrics {
		row := []string{m.Name, m.Unit}
		for k, s := range summary {
			row = append(row, cell(s.Metrics[i], k > 0))
		}
		rows = append(rows, row)
	}
	return header, rows
}

func cell(m scenario.Metric, change bool) string {
	text := fmt.Sprintf("%s (%s to %s)", short(m.Mean), short(m.Low), short(m.High))
	if !change {
		return text
	}
	if m.Change == (scenario.Band{}) {
		return text + ", no difference"
	}
	return text + fmt.Sprintf(", %s (%s to %s)", signed(m.Change.Mean), signed(m.Change.Low), signed(m.Change.High))
}

// short gives a number three significant digits, and no more decimals than
// that asks for.
func short(v float64) string {
	switch a := max(v, -v); {
	case a == 0:
		return "0"
	case a >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case a >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

func signed(v float64) string {
	if v > 0 {
		return "+" + short(v)
	}
	return short(v)
}

var blocks = []rune(" ▁▂▃▄▅▆▇█")

// Spark draws values as one line of blocks, at most width wide, by means of
// neighbouring values. The highest block is the given top.
func Spark(values []float64, width int, top float64) string {
	if len(values) == 0 || width < 1 || top <= 0 {
		return ""
	}
	width = min(width, len(values))
	var b strings.Builder
	for i := range width {
		from, to := i*len(values)/width, (i+1)*len(values)/width
		mean := 0.0
		for _, v := range values[from:to] {
			mean += v / float64(to-from)
		}
		level := int(mean / top * float64(len(blocks)-1))
		if level == 0 && mean > 0 {
			level = 1
		}
		b.WriteRune(blocks[min(max(level, 0), len(blocks)-1)])
	}
	return b.String()
}

// Curves are the lines of a terminal: for each pathogen the mean daily
// infections of every arm, on one scale.
func Curves(r *scenario.Result, width int) []string {
	var lines []string
	for i, name := range r.Pathogens {
		top, means := 0.0, make([][]float64, len(r.Arms))
		for k, arm := range r.Arms {
			for _, b := range scenario.Daily(arm, infections(i)) {
				means[k] = append(means[k], b.Mean)
				top = max(top, b.Mean)
			}
		}
		lines = append(lines, fmt.Sprintf("%s: infections a day, up to %s", name, short(top)))
		for k, arm := range r.Arms {
			lines = append(lines, fmt.Sprintf("  %s  %s", Spark(means[k], width, top), arm.Name))
		}
	}
	return lines
}

func infections(path int) func(*scenario.Run) []int32 {
	return func(r *scenario.Run) []int32 { return r.Tracks[path].Infected }
}

// WriteCSV writes one row for every arm, seed, pathogen and day.
func WriteCSV(w io.Writer, r *scenario.Result) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"arm", "seed", "pathogen", "day", "date", "infected", "confirmed", "admitted", "in_hospital", "died",
		"kept_in", "swabs", "visits_wanted", "visits_made"}); err != nil {
		return err
	}
	for _, arm := range r.Arms {
		for i := range arm.Runs {
			if err := writeRun(out, r, arm.Name, &arm.Runs[i]); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func writeRun(out *csv.Writer, r *scenario.Result, arm string, run *scenario.Run) error {
	for p, t := range run.Tracks {
		for day := range t.Infected {
			row := []string{plain(arm), strconv.FormatUint(run.Seed, 10), plain(r.Pathogens[p]), strconv.Itoa(day), r.Scenario.Date(day).String()}
			for _, list := range [][]int32{t.Infected, t.Positive, t.Admitted, t.InHospital, t.Died, run.Held, run.Tests, run.Wanted, run.Made} {
				if list == nil {
					row = append(row, "")
					continue
				}
				row = append(row, strconv.Itoa(int(list[day])))
			}
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// plain keeps a name that starts like a formula from being one in a
// spreadsheet.
func plain(name string) string {
	if strings.ContainsAny(name[:min(1, len(name))], "=+-@\t\r") {
		return "'" + name
	}
	return name
}

// lost sums a ledger by fate: the visits that were not made, by their cause.
func lost(r *scenario.Run) map[string]int64 {
	out := map[string]int64{}
	for _, row := range r.Ledger {
		for f, n := range row {
			if fate := spread.Fate(f); n > 0 && fate != spread.Made {
				out[fate.String()] += n
			}
		}
	}
	return out
}
