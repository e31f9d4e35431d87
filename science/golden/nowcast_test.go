package golden

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/science/renewal"
	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

type nowcastCase struct {
	Now     civil.Day
	D       int
	M       *int
	Method  renewal.Method
	Reading string `json:"m_interpretation"`
	Control struct {
		Range         []civil.Day `json:"dRange"`
		Alpha         float64
		Samples       int      `json:"nSamples"`
		Most          int      `json:"N.tInf.max"`
		Concentration float64  `json:"gd.prior.kappa"`
		Mean          *float64 `json:"mean.lambda"`
		Variance      *float64 `json:"var.lambda"`
	}
	Series    string
	Date      []civil.Day
	Observed  []value
	Predicted []value
	Low       []value `json:"pi_lower"`
	High      []value `json:"pi_upper"`
	Truth     []value
	Exactly   []value   `json:"n_x"`
	Within    []value   `json:"N_x"`
	CDF       []value   `json:"delayCDF"`
	First     civil.Day `json:"triangle_t0"`
	Triangle  [][]value `json:"triangle"`
	Tolerance string
}

func judgeNowcast(data folder, raw json.RawMessage) (*comparison, error) {
	var c nowcastCase
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	pairs, err := data.pairs(c.Series)
	if err != nil {
		return nil, err
	}
	tr, err := series.NewTriangle(pairs, c.Control.Range[0], c.Now, c.D)
	if err != nil {
		return nil, err
	}
	p := renewal.DefaultNowcast()
	p.Mode, p.Alpha, p.Most, p.Concentration, p.Draws = renewal.Compat, c.Control.Alpha, c.Control.Most, c.Control.Concentration, c.Control.Samples
	p.ByReport = c.Reading == "lawless1994"
	p.Stream = stat.NewStream(1, "golden")
	if c.M != nil {
		p.Window = *c.M
	}
	if c.Control.Mean != nil {
		p.PriorMean, p.PriorVariance = *c.Control.Mean, *c.Control.Variance
	}
	got, err := renewal.NowcastTriangle(tr, c.Method, p)
	if err != nil {
		return nil, err
	}
	result := new(comparison)
	absolute, relative := 0.0, 0.0
	if c.Method == renewal.Truncated || c.Method == renewal.Untruncated {
		absolute, relative = 2, 0.03 // both sides are Monte Carlo
	}
	truth := map[civil.Day]float64{}
	for _, pair := range pairs {
		truth[pair.Event]++
	}
	for i, day := range c.Date {
		n := got[day-tr.First]
		result.near("observed", i, n.Seen, c.Observed[i], 0, 0)
		result.near("truth", i, truth[day], c.Truth[i], 0, 0)
		result.near("predicted", i, n.Median, c.Predicted[i], absolute, relative)
		result.near("lower", i, n.Low, c.Low[i], absolute, relative)
		result.near("upper", i, n.High, c.High[i], absolute, relative)
	}
	for i, row := range c.Triangle {
		for d, want := range row {
			result.close("triangle", i, tr.Counts[i][d], want, 0)
		}
	}
	return result, c.compareDelays(result, tr, p)
}

// compareDelays compares what the delays are learnt from, and their
// distribution function.
func (c nowcastCase) compareDelays(result *comparison, tr series.Triangle, p renewal.NowcastParams) error {
	exactly, within, err := renewal.DelayCounts(tr, p)
	if err != nil {
		return err
	}
	for x := range c.Exactly {
		result.close("n.x", x, exactly[x], c.Exactly[x], 0)
		result.close("N.x", x, within[x], c.Within[x], 0)
	}
	if len(c.CDF) == 0 {
		return nil
	}
	cdf, err := renewal.ReportedShare(tr, c.Method, p)
	if err != nil {
		return err
	}
	for x, want := range c.CDF {
		result.close("delay distribution", x, cdf[min(x, len(cdf)-1)], want, glmTolerance)
	}
	return nil
}

// near compares within an absolute or relative distance, whichever is wider.
func (c *comparison) near(what string, at int, got float64, want value, absolute, relative float64) {
	if want.float64 == nil {
		c.close(what, at, got, want, 0)
		return
	}
	c.compared++
	if w := *want.float64; !(math.Abs(got-w) <= math.Max(absolute, relative*math.Abs(w))) {
		c.miss("%s at %d = %g, want %g", what, at, got, w)
	}
}

// pairs reads a line list of two date columns.
func (f folder) pairs(name string) ([]series.Pair, error) {
	in, err := os.Open(filepath.Join(string(f), filepath.FromSlash(name)))
	if err != nil {
		return nil, fmt.Errorf("open line list: %w", err)
	}
	defer in.Close()
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read line list: %w", err)
	}
	event, report := slices.Index(rows[0], "dHosp"), slices.Index(rows[0], "dReport")
	if event < 0 || report < 0 {
		return nil, fmt.Errorf("line list %s has columns %v", name, rows[0])
	}
	pairs, _, err := series.ReadPairs(rows[1:], event, report)
	return pairs, err
}
