package detect

import (
	"encoding/json"
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/words"
)

// The detectors that are rules of thumb rather than statistics.
const (
	// FirstAfterQuiet finds a first count after a number of days without any.
	FirstAfterQuiet = "first-after-quiet"
	// Any finds every count above zero.
	Any = "any"
)

// Indicator is a standing question that is put to a stream every day.
type Indicator struct {
	ID     string        `yaml:"id" json:"id"`
	Names  words.Text    `yaml:"names" json:"names"`
	Stream counts.Stream `yaml:"stream" json:"stream"`
	Areas  []place.Kind  `yaml:"areas" json:"areas"`
	// By tells the stream apart further, and Only names the strata that are
	// judged; all of them where it is empty.
	By       Stratification `yaml:"by" json:"by,omitempty"`
	Only     []string       `yaml:"only" json:"only,omitempty"`
	Detector string         `yaml:"detector" json:"detector"`
	Params   map[string]any `yaml:"params" json:"params"`
	// Every is how many days lie between two counts of the stream: 1, or 7 for a
	// stream that is counted by the week. 0 is 1.
	Every int `yaml:"every" json:"every,omitempty"`
	// Group is the rank of area within which findings are the same signal: city,
	// the default, or a smaller one for complaints that are local until shown
	// otherwise. All indicators of a stream must agree.
	Group place.Kind `yaml:"group" json:"group"`
	// Cost of a false alarm, as a share of what a missed outbreak costs; 0 is
	// 0.02: fifty false alarms for one outbreak found in time. It weighs in the
	// rank and in tuning.
	Cost float64 `yaml:"cost" json:"cost"`
	// Harm is what a true signal can mean, 1 to 5; it weighs in the rank.
	Harm int `yaml:"harm" json:"harm"`
	// Origin says who asks; files do not set it.
	Origin Origin `yaml:"-" json:"origin"`

	judge judge
}

// Origin says where an indicator comes from.
type Origin string

// The origins.
const (
	OfProgram Origin = "program"
	OfCity    Origin = "city"
	// Replaced is a city's own in place of the program's of the same id.
	Replaced Origin = "replaced"
)

// judge looks at the last day of a run of days without gaps (NaN where nothing
// is known) and says whether it is unusual.
type judge func(s series.Series) Verdict

func newJudge(detector string, params map[string]any) (judge, error) {
	switch detector {
	case FirstAfterQuiet:
		quiet, ok := params["quiet"].(uint64)
		if !ok || quiet < 1 || quiet > 365 || len(params) != 1 {
			return nil, fault.New(fault.Invalid, "first-after-quiet takes quiet: 1 to 365 days")
		}
		return firstAfterQuiet(int(quiet)), nil
	case Any:
		if len(params) != 0 {
			return nil, fault.New(fault.Invalid, "any takes no parameters")
		}
		return anyAtAll, nil
	}
	text, err := json.Marshal(params)
	if err != nil {
		return nil, fault.New(fault.Invalid, "the parameters cannot be written as JSON")
	}
	method, err := aberration.ByName(detector, text, aberration.Correct)
	if err != nil {
		return nil, err
	}
	if detector == learning {
		young := aberration.C1(aberration.EARSParams{MinSigma: 1, Alpha: youngLevel})
		return statistical(standingIn(method, young)), nil
	}
	return statistical(method), nil
}

// learning is the detector that has to learn a stream before it can judge it;
// youngLevel is the error at which C1 stands in for it until then, strict since
// seven counts say little of how a stream varies.
const (
	learning   = "combined"
	youngLevel = 0.0001
)

// standingIn puts a place to a second detector where the first abstains.
func standingIn(first, second aberration.Detector) aberration.Detector {
	return func(s series.Series, at []int) []aberration.Verdict {
		verdicts := first(s, at)
		for i, v := range verdicts {
			if v.Abstained != "" {
				verdicts[i] = second(s, []int{v.T})[0]
			}
		}
		return verdicts
	}
}

// firstAfterQuiet alarms on a count above zero when none of the days before
// it, as far as they were reported, had one. A day that nobody reported does
// not contradict the quiet: silence of a source must not hide a first case.
func firstAfterQuiet(quiet int) judge {
	return func(s series.Series) Verdict {
		last := len(s.Counts) - 1
		today := s.Counts[last]
		before := s.Counts[max(0, last-quiet):last]
		if slices.ContainsFunc(before, func(c float64) bool { return c > 0 }) {
			return Verdict{}
		}
		bound := 0.0
		v := Verdict{Bound: &bound, Expected: &bound, Alarm: today > 0}
		if v.Alarm {
			v.Score, v.Quiet = 1+today, quietDays(s.Counts[:last])
		}
		return v
	}
}

// quietDays counts the days back to the last count above zero that were
// reported as zero.
func quietDays(before []float64) int {
	quiet := 0
	for _, c := range slices.Backward(before) {
		if c > 0 {
			break
		}
		if c == 0 {
			quiet++
		}
	}
	return quiet
}

func anyAtAll(s series.Series) Verdict {
	today := s.Counts[len(s.Counts)-1]
	bound := 0.0
	return Verdict{Bound: &bound, Score: max(today, 0), Alarm: today > 0}
}

func statistical(method aberration.Detector) judge {
	return func(s series.Series) Verdict {
		v := method(s, []int{len(s.Counts) - 1})[0]
		out := Verdict{Expected: known(v.Expected), Bound: known(v.Bound), PValue: known(v.PValue), Alarm: v.Alarm}
		if v.Abstained != "" {
			out.Cause, out.Why = v.Cause, v.Abstained
		}
		if v.Alarm {
			out.Score = 1 + v.Observed
		}
		if v.Alarm && v.Bound > 0 {
			out.Score = v.Observed / v.Bound
		}
		return out
	}
}

// known returns nil for NaN, which records do not hold.
func known(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// Lookback is how many days before a day the indicators of daily streams need.
const Lookback = 120

const (
	week = 7
	// lookbackWeeks is how many weeks those of weekly streams need: seven years,
	// since a week is compared with the same season of earlier years.
	lookbackWeeks = 364
)

// Reach is how many days before a day the indicator needs.
func (ind Indicator) Reach() int {
	if ind.Every == week {
		return week * lookbackWeeks
	}
	return Lookback
}

// fill lays the points of a window on days that are a number of days apart and
// end with the last of the window, from the first known one on; NaN where
// nothing is known. Points on other days are of another rhythm and left out.
func fill(points []counts.Point, w civil.Window, every int) series.Series {
	s := series.Series{Step: series.Daily}
	if every == week {
		s.Step = series.Weekly
	}
	apart := civil.Day(every)
	known := map[civil.Day]int64{}
	from := w.Last + apart
	for _, p := range points {
		if w.Holds(p.Day) && (w.Last-p.Day)%apart == 0 {
			known[p.Day] = p.Count
			from = min(from, p.Day)
		}
	}
	for d := from; d <= w.Last; d += apart {
		count := math.NaN()
		if c, ok := known[d]; ok {
			count = float64(c)
		}
		s.Days, s.Counts = append(s.Days, d), append(s.Counts, count)
	}
	return s
}
