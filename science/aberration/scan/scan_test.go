package scan_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/aberration/scan"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// line is n places in a row.
func line(n int) []scan.Point {
	points := make([]scan.Point, n)
	for i := range points {
		points[i].X = float64(i)
	}
	return points
}

// full is a table of one value.
func full(times, places int, v float64) [][]float64 {
	t := make([][]float64, times)
	for i := range t {
		t[i] = make([]float64, places)
		for j := range t[i] {
			t[i][j] = v
		}
	}
	return t
}

func TestEveryModelFindsThePlantedCluster(t *testing.T) {
	counts := full(6, 8, 5)
	for d := 4; d < 6; d++ {
		counts[d][2], counts[d][3] = 20, 20
	}
	table := scan.Table{Counts: counts, Baseline: full(6, 8, 5), Population: full(6, 8, 1000), Size: 10}
	for _, m := range []scan.Model{scan.PopulationPoisson, scan.ExpectationPoisson, scan.ExpectationNegBinomial, scan.Permutation, scan.Binomial} {
		t.Run(string(m), func(t *testing.T) {
			got, err := scan.Scan(table, scan.Nearest(line(8), 4), scan.Settings{Model: m, Simulations: 99, Stream: stat.NewStream(1, "test")})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(got[0].Zone, scan.Zone{2, 3}); d != "" || got[0].Duration != 2 {
				t.Errorf("best cluster %v over %d, want places 2 and 3 over 2", got[0].Zone, got[0].Duration)
			}
			if got[0].PValue > 0.02 || got[0].Gumbel > 0.02 {
				t.Errorf("p = %g, by Gumbel %g, want both small", got[0].PValue, got[0].Gumbel)
			}
		})
	}
}

func TestPValuesAreHonestWithoutACluster(t *testing.T) {
	stream := stat.NewStream(4, "null")
	zones := scan.Nearest(line(10), 3)
	const trials = 200
	small := 0
	for i := range uint64(trials) {
		counts := full(4, 10, 0)
		for _, row := range counts {
			for j := range row {
				row[j] = float64(stream.Poisson(3))
			}
		}
		got, err := scan.Scan(scan.Table{Counts: counts, Baseline: full(4, 10, 3)}, zones,
			scan.Settings{Model: scan.ExpectationPoisson, Simulations: 39, Stream: stat.NewStream(5, "null", i)})
		if err != nil {
			t.Fatal(err)
		}
		if len(got) > 0 && got[0].PValue <= 0.05 {
			small++
		}
	}
	if share := float64(small) / trials; math.Abs(share-0.05) > 0.05 {
		t.Errorf("p <= 0.05 in a share of %.3f of scans without a cluster", share)
	}
}

func TestDistinctClustersShareNoPlace(t *testing.T) {
	got := scan.Distinct([]scan.Cluster{{Zone: scan.Zone{1, 2}, Score: 9}, {Zone: scan.Zone{2, 3}, Score: 8}, {Zone: scan.Zone{4}, Score: 7}})
	if len(got) != 2 || got[1].Score != 7 {
		t.Errorf("kept %+v, want the first and the last", got)
	}
}

func TestZones(t *testing.T) {
	near := scan.Nearest(line(3), 2)
	if d := cmp.Diff(near, []scan.Zone{{0}, {0, 1}, {1}, {2}, {1, 2}}); d != "" {
		t.Errorf("nearest zones: got -, want +:\n%s", d)
	}
	share, err := scan.WithinShare(line(3), []float64{1, 1, 8}, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(share, []scan.Zone{{0}, {0, 1}, {1}}); d != "" {
		t.Errorf("zones within half the population: got -, want +:\n%s", d)
	}
	flexible, err := scan.Flexible(line(3), [][]int{{1}, {2}, {}}, 3)
	if err != nil {
		t.Fatal(err)
	}
	if len(flexible) != 6 { // all but {0, 2}, which is not connected
		t.Errorf("%d flexible zones %v, want 6", len(flexible), flexible)
	}
}

func TestScanRefusesTablesThatDoNotFit(t *testing.T) {
	zones := scan.Nearest(line(2), 2)
	good := full(2, 2, 1)
	for name, tc := range map[string]struct {
		table scan.Table
		zones []scan.Zone
		model scan.Model
	}{
		"no counts":             {scan.Table{}, zones, scan.Permutation},
		"a ragged table":        {scan.Table{Counts: [][]float64{{1, 2}, {1}}}, zones, scan.Permutation},
		"a negative count":      {scan.Table{Counts: full(2, 2, -1)}, zones, scan.Permutation},
		"a missing count":       {scan.Table{Counts: full(2, 2, math.NaN())}, zones, scan.Permutation},
		"a zone outside":        {scan.Table{Counts: good}, []scan.Zone{{5}}, scan.Permutation},
		"no baseline":           {scan.Table{Counts: good}, zones, scan.ExpectationPoisson},
		"a baseline of nothing": {scan.Table{Counts: good, Baseline: full(2, 2, 0)}, zones, scan.PopulationPoisson},
		"no size":               {scan.Table{Counts: good, Baseline: good}, zones, scan.ExpectationNegBinomial},
		"a model that is none":  {scan.Table{Counts: good, Baseline: good}, zones, "oracle"},
	} {
		if _, err := scan.Scan(tc.table, tc.zones, scan.Settings{Model: tc.model}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: error %v, want invalid", name, err)
		}
	}
	if _, err := scan.Flexible(line(2), [][]int{{7}, {}}, 2); !fault.Is(err, fault.Invalid) {
		t.Errorf("a neighbour outside: error %v, want invalid", err)
	}
}

func TestNothingIsNoCluster(t *testing.T) {
	got, err := scan.Scan(scan.Table{Counts: full(3, 3, 0), Baseline: full(3, 3, 1)}, scan.Nearest(line(3), 3),
		scan.Settings{Model: scan.ExpectationPoisson, Simulations: 9})
	if err != nil || len(got) != 0 {
		t.Errorf("%d clusters and error %v, want none", len(got), err)
	}
}
