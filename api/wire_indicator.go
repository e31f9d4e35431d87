package api

import (
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
)

// Indicator is a standing question that is put to a stream.
type Indicator struct {
	ID       string         `json:"id"`
	Names    Text           `json:"names"`
	Stream   string         `json:"stream"`
	Areas    []string       `json:"areas" enum:"city,district,street,community,grid" doc:"The kinds of areas that it judges."`
	Strata   []string       `json:"strata" doc:"The parts of an area's counts that it judges, each on its own; one empty text for the whole."`
	Detector string         `json:"detector"`
	Params   map[string]any `json:"params"`
	Every    int            `json:"every" enum:"1,7" doc:"Days between two counts."`
	Group    string         `json:"group" enum:"city,district,street" doc:"The kind of area within which its findings are one signal."`
	Cost     float64        `json:"cost" doc:"Cost of a false alarm, as a share of what a missed outbreak costs."`
	Harm     int            `json:"harm" doc:"What a true signal can mean, 1 to 5."`
}

func wireIndicator(ind detect.Indicator) Indicator {
	w := Indicator{ID: ind.ID, Names: wireText(ind.Names), Stream: string(ind.Stream), Areas: names(ind.Areas), Strata: names(ind.Strata()), Detector: ind.Detector,
		Params: ind.Params, Every: ind.Every, Group: string(ind.Group), Cost: ind.Cost, Harm: ind.Harm}
	if w.Params == nil {
		w.Params = map[string]any{}
	}
	return w
}

// Voice is an indicator with when it spoke and when it last had data.
type Voice struct {
	Indicator
	Spoke    *Spoke    `json:"spoke,omitempty" doc:"Its latest finding; absent where it never spoke."`
	Findings int       `json:"findings" doc:"Areas and days that it found in the last 28 days."`
	Signals  int       `json:"signals" doc:"Signals that hold them."`
	Data     *DataCame `json:"data,omitempty" doc:"What last came of its stream; absent where nothing did in 120 days."`
}

// Spoke is a finding and the signal that holds it.
type Spoke struct {
	Day      civil.Day `json:"day" format:"date"`
	Area     string    `json:"area"`
	Observed float64   `json:"observed"`
	Signal   string    `json:"signal"`
}

// DataCame says when data last came.
type DataCame struct {
	Day      civil.Day `json:"day" format:"date" doc:"The last day that is known."`
	Recorded time.Time `json:"recorded" doc:"When anything was last taken in."`
}

func wireVoice(v watch.Voice) Voice {
	w := Voice{Indicator: wireIndicator(v.Indicator), Findings: v.Findings, Signals: v.Signals}
	if v.Last != nil {
		w.Spoke = &Spoke{Day: v.Last.Day, Area: string(v.Last.Area), Observed: v.Last.Observed, Signal: string(v.Signal)}
	}
	if v.Data != nil {
		w.Data = &DataCame{Day: v.Data.Day, Recorded: v.Data.Recorded.UTC()}
	}
	return w
}

// Verdicts are the days of an area as an indicator judged them.
type Verdicts struct {
	Indicator Indicator    `json:"indicator"`
	Area      string       `json:"area"`
	Stratum   string       `json:"stratum,omitempty" doc:"The part of the area's counts that was judged; absent for the whole."`
	AsOf      time.Time    `json:"as_of"`
	Days      []VerdictDay `json:"days"`
	Signals   []RaisedBy   `json:"signals" doc:"Under which the indicator has a finding on these days in the area; the newest first."`
}

// VerdictDay is one day: what was said when it could first be judged, and what
// is said on what is known now.
type VerdictDay struct {
	Day    civil.Day `json:"day" format:"date"`
	Judged time.Time `json:"judged" doc:"The end of the day, or of the day on which it was first told about."`
	Then   Verdict   `json:"then"`
	Now    *Verdict  `json:"now,omitempty" doc:"Absent where it is the same."`
}

// Verdict is what an indicator says of a count.
type Verdict struct {
	Count         *int64   `json:"count,omitempty" doc:"Absent when nobody had reported."`
	Expected      *float64 `json:"expected,omitempty"`
	Bound         *float64 `json:"bound,omitempty" doc:"The largest count that would still be usual."`
	PValue        *float64 `json:"p_value,omitempty"`
	Alarm         bool     `json:"alarm"`
	Reconstructed bool     `json:"reconstructed"`
	Abstained     string   `json:"abstained,omitempty" enum:"unreported,short,flat,rare,unfit,unusable" doc:"Why the day was not judged; absent where it was."`
	Why           string   `json:"why,omitempty" doc:"The same in the detector's own words."`
}

// RaisedBy is a signal that an indicator raised or extended.
type RaisedBy struct {
	ID     string      `json:"id"`
	State  string      `json:"state" enum:"raised,verified,discarded,snoozed"`
	Area   string      `json:"area"`
	First  civil.Day   `json:"first" format:"date"`
	Last   civil.Day   `json:"last" format:"date"`
	Raised time.Time   `json:"raised"`
	Days   []civil.Day `json:"days" doc:"On which the indicator found something in the area, the earliest first."`
}

func wireVerdicts(v watch.Verdicts) Verdicts {
	return Verdicts{Indicator: wireIndicator(v.Indicator), Area: string(v.Query.Area), Stratum: string(v.Query.Stratum), AsOf: v.Query.AsOf.UTC(), Days: convert(v.Days, wireVerdictDay),
		Signals: convert(v.Signals, func(s detect.Signal) RaisedBy {
			w := RaisedBy{ID: string(s.ID), State: string(s.State), Area: string(s.Area), First: s.First, Last: s.Last, Raised: s.Raised.UTC(), Days: []civil.Day{}}
			for _, e := range s.Evidence {
				if e.Indicator == v.Indicator.ID && e.Area == v.Query.Area && e.Stratum == v.Query.Stratum {
					w.Days = append(w.Days, e.Day)
				}
			}
			slices.Sort(w.Days)
			return w
		})}
}

func wireVerdictDay(j detect.Judgement) VerdictDay {
	d := VerdictDay{Day: j.Then.Day, Judged: j.At.UTC(), Then: wireVerdict(j.Then)}
	if !j.Now.Same(j.Then) {
		now := wireVerdict(j.Now)
		d.Now = &now
	}
	return d
}

func wireVerdict(v detect.Verdict) Verdict {
	return Verdict{Count: v.Count, Expected: v.Expected, Bound: v.Bound, PValue: v.PValue, Alarm: v.Alarm, Reconstructed: v.Reconstructed,
		Abstained: string(v.Cause), Why: v.Why}
}
