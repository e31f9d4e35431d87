package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/breakwater-eoc/breakwater/science/spread/scenario"
)

//go:embed report.html
var pageText string

// page is what the template shows.
type page struct {
	Result  *scenario.Result
	Header  []string
	Rows    [][]string
	Charts  []chart
	Losses  [][]string
	Sectors [][]string
	Arms    []string
}

// chart is one picture: a band and a line for each arm.
type chart struct {
	Title  string
	Top    string
	First  string
	Last   string
	Series []series
}

type series struct {
	Name  string
	Class string
	Line  string // points of an SVG polyline
	Band  string // points of an SVG polygon
}

const (
	chartWidth  = 720.0
	chartHeight = 200.0
)

// WriteHTML writes the page. It loads nothing from anywhere.
func WriteHTML(w io.Writer, r *scenario.Result) error {
	t, err := template.New("report").Parse(pageText)
	if err != nil {
		return fmt.Errorf("read the report's template: %w", err)
	}
	p := page{Result: r}
	p.Header, p.Rows = Rows(r)
	for _, a := range r.Arms {
		p.Arms = append(p.Arms, a.Name)
	}
	for i, name := range r.Pathogens {
		p.Charts = append(p.Charts,
			draw(r, name+": infections a day", infections(i)),
			draw(r, name+": people in hospital", func(run *scenario.Run) []int32 { return run.Tracks[i].InHospital }))
	}
	p.Charts = append(p.Charts, draw(r, "people kept in", func(run *scenario.Run) []int32 { return run.Held }))
	if r.Classes != nil {
		p.Charts = append(p.Charts, draw(r, "visits made a day", func(run *scenario.Run) []int32 { return run.Made }))
		p.Losses, p.Sectors = losses(r), sectors(r)
	}
	return t.Execute(w, p)
}

// draw makes one chart of all arms on one scale.
func draw(r *scenario.Result, title string, of func(*scenario.Run) []int32) chart {
	c := chart{Title: title, First: r.Scenario.Date(0).String(), Last: r.Scenario.Date(r.Scenario.Days - 1).String()}
	top := 0.0
	var bands [][]scenario.Band
	for _, arm := range r.Arms {
		daily := scenario.Daily(arm, of)
		for _, b := range daily {
			top = max(top, b.High, b.Mean)
		}
		bands = append(bands, daily)
	}
	c.Top = short(top)
	for k, arm := range r.Arms {
		line := func(pick func(scenario.Band) float64) []string {
			var points []string
			for day, b := range bands[k] {
				x := chartWidth * float64(day) / float64(max(len(bands[k])-1, 1))
				points = append(points, fmt.Sprintf("%.1f,%.1f", x, chartHeight*(1-pick(b)/max(top, 1e-9))))
			}
			return points
		}
		high, low := line(func(b scenario.Band) float64 { return b.High }), line(func(b scenario.Band) float64 { return b.Low })
		slices.Reverse(low)
		c.Series = append(c.Series, series{
			Name: arm.Name, Class: fmt.Sprintf("c%d", k%8),
			Line: strings.Join(line(func(b scenario.Band) float64 { return b.Mean }), " "),
			Band: strings.Join(append(high, low...), " "),
		})
	}
	return c
}

// losses lists visits not made as wanted, by cause, as means over seeds.
func losses(r *scenario.Result) [][]string {
	causes := map[string]bool{}
	sums := make([]map[string]float64, len(r.Arms))
	for k, arm := range r.Arms {
		sums[k] = map[string]float64{}
		for i := range arm.Runs {
			for cause, n := range lost(&arm.Runs[i]) {
				causes[cause] = true
				sums[k][cause] += float64(n) / float64(len(arm.Runs))
			}
		}
	}
	var names []string
	for cause := range causes {
		names = append(names, cause)
	}
	slices.Sort(names)
	var rows [][]string
	for _, cause := range names {
		row := []string{cause}
		for k := range r.Arms {
			row = append(row, short(sums[k][cause]))
		}
		rows = append(rows, row)
	}
	return rows
}

// sectors lists the value that work did not add, as means over seeds, in yuan
// per person of the city.
func sectors(r *scenario.Result) [][]string {
	var rows [][]string
	for i, name := range r.Sectors {
		row := []string{name}
		for _, arm := range r.Arms {
			sum := 0.0
			for k := range arm.Runs {
				_, lost := arm.Runs[k].Earned(i)
				sum += float64(lost) / 100 / float64(len(arm.Runs)) / float64(r.Scenario.People)
			}
			row = append(row, short(sum))
		}
		rows = append(rows, row)
	}
	return rows
}
