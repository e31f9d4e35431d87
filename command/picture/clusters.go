package picture

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/aberration/scan"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// ClusterQuery asks where cases lie together.
type ClusterQuery struct {
	Query
	// Rank is the kind of area that is scanned.
	Rank  place.Kind
	Model scan.Model
	// Days are the days that are looked at, 7 to 120; Longest is the longest
	// cluster among them, 1 day or more and at most half of them.
	Days, Longest int
	Seed          uint64
}

// ClusterMap is the answer.
type ClusterMap struct {
	Query  ClusterQuery
	Window civil.Window
	// Places are the areas that were scanned.
	Places []PlaceCount
	// Left are areas of the rank that could not be scanned, as their position,
	// or the population that the model needs, is not known.
	Left []place.Code
	// Clusters share no area; the least likely by chance comes first.
	Clusters []Cluster
	// Zones and Simulations say how wide the search was.
	Zones, Simulations int
	Reconstructed      bool
}

// PlaceCount is an area in the days that are looked at.
type PlaceCount struct {
	Area       place.Code
	Population int
	// Observed and Expected are those of the newest Longest days.
	Observed, Expected float64
}

// Cluster is a group of areas with more than was to be expected.
type Cluster struct {
	Areas  []place.Code
	Window civil.Window
	// Observed and Expected are those of the areas in the window.
	Observed, Expected float64
	// Risk is the rate inside over the rate outside; for a model that does not
	// look outside, observed over expected. It is infinite where nothing is
	// observed outside.
	Risk  float64
	Score float64
	// PValue is by rank among simulated scans, Gumbel by the distribution fitted
	// to them, which also tells apart what no simulated scan reached.
	PValue, Gumbel float64
}

// The bounds of a question about clusters.
const (
	leastScanned, mostScanned = 7, 120
	mostClusters              = 5
)

func (q ClusterQuery) check() error {
	var wrong []fault.Place
	if q.Days < leastScanned || q.Days > mostScanned {
		wrong = append(wrong, fault.Place{Field: "days", Problem: fmt.Sprintf("must lie between %d and %d", leastScanned, mostScanned)})
	}
	if q.Longest < 1 || 2*q.Longest > q.Days {
		wrong = append(wrong, fault.Place{Field: "longest", Problem: "must be at least 1 and at most half of the days"})
	}
	if !slices.Contains([]scan.Model{scan.PopulationPoisson, scan.ExpectationPoisson, scan.Permutation}, q.Model) {
		wrong = append(wrong, fault.Place{Field: "model", Problem: fmt.Sprintf("must be %s, %s or %s", scan.PopulationPoisson, scan.ExpectationPoisson, scan.Permutation)})
	}
	if q.Rank == place.City || !slices.Contains(place.Kinds(), q.Rank) {
		wrong = append(wrong, fault.Place{Field: "rank", Problem: "must be district, street, community or grid"})
	}
	return fault.At("the clusters cannot be looked for", wrong...)
}

// Clusters scans the areas of a rank within the query's area for clusters that
// reach up to its day (prospective space-time scan, Kulldorff 2001).
func (d *Desk) Clusters(ctx context.Context, who access.Actor, q ClusterQuery) (ClusterMap, error) {
	if err := q.check(); err != nil {
		return ClusterMap{}, err
	}
	versions, w, err := d.versions(ctx, who, q.Query, q.Days)
	if err != nil {
		return ClusterMap{}, err
	}
	m := ClusterMap{Query: q, Window: w, Places: []PlaceCount{}, Left: []place.Code{}, Clusters: []Cluster{}}
	scanned := d.scanned(&m)
	if len(scanned) < 2 {
		return m, nil
	}
	series := counts.AsKnown(d.Areas, versions, q.AsOf)
	table := m.table(scanned, series)
	zones := scan.Nearest(onPlane(scanned), max(1, min(len(scanned)/2, mostPlaces)))
	if !search(&m, table, zones) {
		return m, nil
	}
	return m, m.scan(table, zones)
}

// scanned lists the areas that can be scanned, and notes those that cannot.
func (d *Desk) scanned(m *ClusterMap) []place.Area {
	inside := map[place.Code]bool{m.Query.Area: true}
	var out []place.Area
	for _, a := range d.Areas {
		if inside[a.Parent] {
			inside[a.Code] = true
		}
		if !inside[a.Code] || a.Kind != m.Query.Rank {
			continue
		}
		known := a.Lat != 0 || a.Lon != 0
		if !known || m.Query.Model == scan.PopulationPoisson && a.Population == 0 {
			m.Left = append(m.Left, a.Code)
			continue
		}
		out = append(out, a)
	}
	return out
}

// onPlane projects the centres to kilometres about their middle, which is
// exact enough for a city (equirectangular projection).
func onPlane(areas []place.Area) []scan.Point {
	var lat float64
	for _, a := range areas {
		lat += a.Lat / float64(len(areas))
	}
	const kmPerDegree = 111.2
	points := make([]scan.Point, len(areas))
	for i, a := range areas {
		points[i] = scan.Point{X: a.Lon * math.Cos(lat*math.Pi/180) * kmPerDegree, Y: a.Lat * kmPerDegree}
	}
	return points
}

// mostPlaces is how many areas a zone holds at most.
const mostPlaces = 25

// table lays the counts out for the scan, and fills in what is known of each
// place. A day that nobody reported counts as none.
func (m *ClusterMap) table(areas []place.Area, series map[place.Code][]counts.Point) scan.Table {
	days := m.Window.Days()
	all := make([][]float64, days)
	for i := range all {
		all[i] = make([]float64, len(areas))
	}
	for j, a := range areas {
		for _, p := range series[a.Code] {
			if m.Window.Holds(p.Day) {
				all[p.Day-m.Window.First][j] = float64(p.Count)
				m.Reconstructed = m.Reconstructed || p.Reconstructed
			}
		}
	}
	t := scan.Table{Counts: all, Baseline: make([][]float64, days)}
	for i := range t.Baseline {
		t.Baseline[i] = make([]float64, len(areas))
		for j, a := range areas {
			t.Baseline[i][j] = float64(a.Population)
		}
	}
	if m.Query.Model == scan.ExpectationPoisson {
		expectPast(&t, m.Query.Longest)
	}
	for _, a := range areas {
		m.Places = append(m.Places, PlaceCount{Area: a.Code, Population: a.Population})
	}
	return t
}

// expectPast keeps the newest days, and expects of each place what it had a day
// on average before them: half a case over all that time where it had none.
func expectPast(t *scan.Table, longest int) {
	before := len(t.Counts) - longest
	mean := make([]float64, len(t.Counts[0]))
	for j := range mean {
		var sum float64
		for _, row := range t.Counts[:before] {
			sum += row[j]
		}
		mean[j] = math.Max(sum, 0.5) / float64(before)
	}
	t.Counts = t.Counts[before:]
	t.Baseline = slices.Repeat([][]float64{mean}, longest)
}

// search sets what each place was to have in the newest days, and how wide the
// search is. It is false where there is no case to look for.
func search(m *ClusterMap, t scan.Table, zones []scan.Zone) bool {
	var cases, baseline float64
	rows := make([]float64, len(t.Counts))
	columns := make([]float64, len(m.Places))
	for i := range t.Counts {
		for j, n := range t.Counts[i] {
			cases += n
			baseline += t.Baseline[i][j]
			rows[i] += n
			columns[j] += n
		}
	}
	for i := len(t.Counts) - m.Query.Longest; i < len(t.Counts); i++ {
		for j := range m.Places {
			p := &m.Places[j]
			p.Observed += t.Counts[i][j]
			switch m.Query.Model {
			case scan.ExpectationPoisson:
				p.Expected += t.Baseline[i][j]
			case scan.Permutation:
				p.Expected += rows[i] * columns[j] / math.Max(cases, 1)
			default:
				p.Expected += cases * t.Baseline[i][j] / baseline
			}
		}
	}
	// A scan costs a step for each place of each zone and day; the simulated ones
	// stay within about two seconds.
	const most, least, steps = 999, 99, 400_000_000
	cost := 1
	for _, z := range zones {
		cost += len(z) * m.Query.Longest
	}
	m.Zones, m.Simulations = len(zones), max(least, min(most, steps/cost))
	return cases > 0
}

// scan fills in the clusters.
func (m *ClusterMap) scan(t scan.Table, zones []scan.Zone) error {
	found, err := scan.Scan(t, zones, scan.Settings{Model: m.Query.Model, Longest: m.Query.Longest,
		Simulations: m.Simulations, Stream: stat.NewStream(m.Query.Seed, "clusters", uint64(m.Query.Day))})
	if err != nil {
		return fmt.Errorf("scan %s on %s: %w", m.Query.Stream, m.Query.Day, err)
	}
	for _, f := range scan.Distinct(found) {
		if len(m.Clusters) == mostClusters {
			break
		}
		c := Cluster{Window: civil.Trailing(m.Window.Last, f.Duration), Observed: f.Observed, Expected: f.Expected,
			Score: f.Score, PValue: f.PValue, Gumbel: f.Gumbel, Risk: f.Observed / f.Expected}
		if f.Outside >= 0 { // not NaN
			c.Risk = f.Inside / f.Outside
		}
		for _, p := range f.Zone {
			c.Areas = append(c.Areas, m.Places[p].Area)
		}
		m.Clusters = append(m.Clusters, c)
	}
	return nil
}
