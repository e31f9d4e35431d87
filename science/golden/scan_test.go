package golden

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/aberration/scan"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// cluster is a cluster of the space-time goldens.
type cluster struct {
	Zone     []int `json:"zone"`
	MLC      []int `json:"zone_1based"`
	Duration int
	Score    value
	Relative *float64 `json:"relative_risk"`
	In       *float64 `json:"relrisk_in"`
	Out      *float64 `json:"relrisk_out"`
}

type spaceTimeCase struct {
	Algorithm scan.Model
	K         int `json:"knn_k"`
	Zones     int `json:"n_zones"`
	Times     int `json:"n_times"`
	MLC       cluster
	P         float64   `json:"mc_p"`
	Top       []cluster `json:"top15"`
	Series    string
	Geo       string
	Years     string
	Rows      string
}

func judgeSpaceTime(data folder, raw json.RawMessage) (*comparison, error) {
	var c spaceTimeCase
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	table, points, err := c.load(data)
	if err != nil {
		return nil, err
	}
	zones := scan.Nearest(points, c.K)
	got, err := scan.Scan(table, zones, scan.Settings{Model: c.Algorithm, Simulations: 99, Stream: stat.NewStream(1, "golden")})
	if err != nil {
		return nil, err
	}
	result := new(comparison)
	result.same("zones", 0, len(zones), c.Zones)
	result.same("times", 0, len(table.Counts), c.Times)
	c.MLC.Zone = c.MLC.MLC
	for i, want := range append([]cluster{c.MLC}, c.Top...) {
		rank := max(0, i-1)
		result.close("score", rank, got[rank].Score, want.Score, renewalTolerance)
		if !hasCluster(got, want) {
			result.miss("no cluster of rank %d has zone %v and duration %d", rank, want.Zone, want.Duration)
		}
	}
	best := got[slices.IndexFunc(got, c.MLC.is)]
	for name, pair := range map[string]struct {
		want *float64
		got  float64
	}{"relative risk": {c.MLC.Relative, best.Inside}, "inside": {c.MLC.In, best.Inside}, "outside": {c.MLC.Out, best.Outside}} {
		if pair.want != nil {
			result.close(name, 0, pair.got, value{pair.want}, renewalTolerance)
		}
	}
	result.near("p", 0, got[0].PValue, value{&c.P}, monteCarlo(c.P, 99), 0)
	return result, nil
}

// monteCarlo is four standard errors of the difference of two simulated p
// values.
func monteCarlo(p float64, n int) float64 {
	return 4*math.Sqrt(2*p*(1-p)/float64(n)) + 1/float64(n)
}

func (c cluster) is(got scan.Cluster) bool {
	return got.Duration == c.Duration && slices.Equal(got.Zone, sorted(c.Zone))
}

// hasCluster looks for a cluster among those of its score: equal scores have
// no order.
func hasCluster(got []scan.Cluster, want cluster) bool {
	return slices.ContainsFunc(got, func(g scan.Cluster) bool {
		return want.is(g) && math.Abs(g.Score-*want.Score.float64) < 1e-9*math.Abs(g.Score)
	})
}

// sorted turns places counted from 1 into a zone.
func sorted(places []int) []int {
	z := make([]int, len(places))
	for i, p := range places {
		z[i] = p - 1
	}
	slices.Sort(z)
	return z
}

// load reads counts, baseline and points from files of three shapes.
func (c spaceTimeCase) load(data folder) (scan.Table, []scan.Point, error) {
	counts, err := data.records(c.Series)
	if err != nil {
		return scan.Table{}, nil, err
	}
	switch {
	case len(counts.of("county")) > 0:
		return c.counties(data, counts)
	case len(counts.of("zip")) > 0:
		return c.zips(data, counts)
	}
	return c.wide(data, counts)
}

// counties has one row a year and place.
func (c spaceTimeCase) counties(data folder, in records) (t scan.Table, points []scan.Point, err error) {
	geo, err := data.records("series/NM_counties.csv")
	if err != nil {
		return t, nil, err
	}
	var first, last int
	if _, err := fmt.Sscanf(c.Years, "%d-%d", &first, &last); err != nil {
		return t, nil, fmt.Errorf("read years: %w", err)
	}
	names := geo.of("county")
	for range last - first + 1 {
		t.Counts, t.Baseline = append(t.Counts, make([]float64, len(names))), append(t.Baseline, make([]float64, len(names)))
	}
	years, cases, people := in.numbers("year"), in.numbers("count"), in.numbers("population")
	var before, peopleBefore float64
	for i, name := range in.of("county") {
		year, place := int(years[i]), slices.Index(names, name)
		if year < first {
			before += cases[i]
			peopleBefore += people[i]
		} else if year <= last {
			t.Counts[year-first][place] += cases[i]
			t.Baseline[year-first][place] += people[i]
		}
	}
	for _, row := range t.Baseline {
		scale := before / peopleBefore
		if c.Algorithm == scan.PopulationPoisson {
			// The reference expects as many cases of each year, whatever its
			// population.
			scale = 0
			for _, v := range row {
				scale += v
			}
			scale = 1 / scale
		}
		for j := range row {
			row[j] *= scale
		}
	}
	return t, geo.points("lon", "lat"), nil
}

// zips has one row a place and day with cases.
func (c spaceTimeCase) zips(data folder, in records) (t scan.Table, points []scan.Point, err error) {
	geo, err := data.records(c.Geo)
	if err != nil {
		return t, nil, err
	}
	var days []civil.Day
	for _, s := range in.of("date") {
		d, err := civil.ParseDay(s)
		if err != nil {
			return t, nil, err
		}
		days = append(days, d)
	}
	var length int
	if _, err := fmt.Sscanf(c.Rows, "last %d days", &length); err != nil {
		return t, nil, fmt.Errorf("read rows: %w", err)
	}
	first := slices.Max(days) - civil.Day(length) + 1
	names, cases := geo.of("zip"), in.numbers("cases")
	for range length {
		t.Counts = append(t.Counts, make([]float64, len(names)))
	}
	for i, zip := range in.of("zip") {
		if place := slices.Index(names, zip); place >= 0 && days[i] >= first {
			t.Counts[days[i]-first][place] += cases[i]
		}
	}
	return t, geo.points("lon", "lat"), nil
}

// wide has one row a time and one column a place.
func (c spaceTimeCase) wide(data folder, in records) (t scan.Table, points []scan.Point, err error) {
	geo, err := data.records(c.Geo)
	if err != nil {
		return t, nil, err
	}
	var first, last int
	if _, err := fmt.Sscanf(c.Rows, "t=%d..%d", &first, &last); err != nil {
		return t, nil, fmt.Errorf("read rows: %w", err)
	}
	units := geo.of("unit")
	for i := first - 1; i < last; i++ {
		row := make([]float64, len(units))
		for j, unit := range units {
			row[j] = in.numbers(unit)[i]
		}
		t.Counts = append(t.Counts, row)
		t.Baseline = append(t.Baseline, geo.numbers("population"))
	}
	return t, geo.points("x", "y"), nil
}

type spatialCluster struct {
	Places   []int `json:"location_ids_1based"`
	People   value `json:"population"`
	Cases    value
	Expected value
	SMR      value
	LLR      value
	P        float64 `json:"mc_p"`
}

func judgeSpatial(data folder, raw json.RawMessage) (*comparison, error) {
	var c struct {
		Series      string
		Share       float64 `json:"pop_upper_bound"`
		Model       string
		Simulations int            `json:"nsim"`
		Likely      spatialCluster `json:"most_likely"`
		Secondary   []spatialCluster
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	in, err := data.records(c.Series)
	if err != nil {
		return nil, err
	}
	people := in.numbers("population")
	zones, err := scan.WithinShare(in.points("x_km", "y_km"), people, c.Share)
	if err != nil {
		return nil, err
	}
	expected, model := people, scan.Binomial
	if c.Model == "poisson" {
		model = scan.PopulationPoisson
		if stratified := in.numbers("expected_stratified"); len(stratified) > 0 {
			expected = stratified
		}
	}
	got, err := scan.Scan(scan.Table{Counts: [][]float64{in.numbers("cases")}, Baseline: [][]float64{expected}, Population: [][]float64{people}},
		zones, scan.Settings{Mode: aberration.Compat, Model: model, Simulations: c.Simulations, Stream: stat.NewStream(1, "golden")})
	if err != nil {
		return nil, err
	}
	got = scan.Distinct(got)
	result := new(comparison)
	for i, want := range append([]spatialCluster{c.Likely}, c.Secondary...) {
		g := got[i]
		result.same("zone", i, fmt.Sprint(g.Zone), fmt.Sprint(scan.Zone(sorted(want.Places))))
		result.close("cases", i, g.Observed, want.Cases, glmTolerance)
		result.close("expected", i, g.Expected, want.Expected, glmTolerance)
		result.close("llr", i, g.Score, want.LLR, glmTolerance)
		if want.SMR.float64 != nil {
			result.close("smr", i, g.Inside, want.SMR, glmTolerance)
			var held float64
			for _, p := range g.Zone {
				held += people[p]
			}
			result.close("population", i, held, want.People, glmTolerance)
		}
		result.near("p", i, g.PValue, value{&want.P}, monteCarlo(want.P, c.Simulations), 0)
	}
	return result, nil
}

// records is a CSV file by column.
type records struct {
	header []string
	rows   [][]string
}

func (f folder) records(name string) (records, error) {
	in, err := os.Open(filepath.Join(string(f), filepath.FromSlash(name)))
	if err != nil {
		return records{}, fmt.Errorf("open table: %w", err)
	}
	defer in.Close()
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil || len(rows) == 0 {
		return records{}, fmt.Errorf("read table: %w", err)
	}
	return records{rows[0], rows[1:]}, nil
}

// of returns a column, nil where there is none.
func (r records) of(name string) []string {
	i := slices.Index(r.header, name)
	if i < 0 {
		return nil
	}
	out := make([]string, len(r.rows))
	for j, row := range r.rows {
		out[j] = strings.TrimSpace(row[i])
	}
	return out
}

func (r records) numbers(name string) []float64 {
	var out []float64
	for _, s := range r.of(name) {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			v = math.NaN()
		}
		out = append(out, v)
	}
	return out
}

func (r records) points(x, y string) []scan.Point {
	xs, ys := r.numbers(x), r.numbers(y)
	points := make([]scan.Point, len(xs))
	for i := range points {
		points[i] = scan.Point{X: xs[i], Y: ys[i]}
	}
	return points
}
