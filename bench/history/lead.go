package history

import (
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/detect/trial"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// Result is what one indicator said of one stream.
type Result struct {
	File      string        `json:"file"`
	Place     string        `json:"place"`
	Stream    counts.Stream `json:"stream"`
	Indicator string        `json:"indicator"`
	// Threshold is the indicator's where it was chosen at other places.
	Threshold *float64     `json:"threshold,omitempty"`
	Every     int          `json:"every_days"`
	Window    civil.Window `json:"window"`
	Waves     []Wave       `json:"waves"`
	// Found waves; False findings outside all of them, and those a month.
	Found      int     `json:"found"`
	False      int     `json:"false"`
	FalseMonth float64 `json:"false_a_month"`

	Findings []trial.Finding `json:"-"`
	mark     trial.Mark
}

// Wave is a rise of cases as hindsight shows it, and when the stream spoke.
type Wave struct {
	trial.Outbreak
	// Alarm is the evening of the first finding that belongs to the wave.
	Alarm *civil.Day `json:"alarm,omitempty"`
	// OverCases and OverOnset are by how many days the alarm came before the
	// first on the counts of cases, and before the beginning of the wave;
	// negative when it came later.
	OverCases *int `json:"lead_over_cases,omitempty"`
	OverOnset *int `json:"lead_over_onset,omitempty"`
}

// Before is how many days before the beginning of a wave of cases a finding
// already belongs to it: infections show in water and in complaints before they
// are cases.
const Before = 21

// Replay puts the indicators to every stream of a place. The waves are those of
// the place's counts of cases; where it has none, those of its admissions, or
// of the stream itself.
func Replay(p Place, indicators []detect.Indicator) []Result {
	reference := p.reference()
	waves := slices.DeleteFunc(trial.Waves(reference.final(), reference.Every), func(o trial.Outbreak) bool { return o.First < reference.judged() })
	var all []Result
	for _, s := range p.Streams {
		w, ok := s.window()
		if !ok {
			continue
		}
		for _, ind := range indicators {
			if ind.Stream != s.Stream {
				continue
			}
			ind.Every = s.Every // the question is put in the rhythm of the stream
			r := Result{File: s.File, Place: p.Name, Stream: s.Stream, Indicator: ind.ID, Every: s.Every, Window: w, Waves: []Wave{}}
			r.Findings = slices.DeleteFunc(trial.Findings(ind, s.history(), w, time.UTC), func(f trial.Finding) bool { return f.Day < s.judged() })
			r.judge(waves)
			all = append(all, r)
		}
	}
	overCases(all, reference.Stream)
	return all
}

// reference is the stream whose rises are the truth.
func (p Place) reference() Stream {
	for _, want := range []counts.Stream{counts.ConfirmedLocal, counts.Admissions} {
		if i := slices.IndexFunc(p.Streams, func(s Stream) bool { return s.Stream == want }); i >= 0 {
			return p.Streams[i]
		}
	}
	return p.Streams[0]
}

func (s Stream) history() trial.History {
	return trial.History{Area: whole, Areas: []place.Area{{Code: whole, Kind: place.City}}, Versions: s.Versions}
}

// final returns the stream as it is known in the end.
func (s Stream) final() []counts.Point {
	end := time.Time{}
	for _, v := range s.Versions {
		if v.Recorded.After(end) {
			end = v.Recorded
		}
	}
	return counts.AsKnown(s.history().Areas, s.Versions, end)[whole]
}

// judged is the first day that is: the first of all where the stream begins
// with nothing or little, and 28 days (8 weeks) later where it begins in the
// middle of something whose beginning nobody can know.
func (s Stream) judged() civil.Day {
	const little = 5
	points := s.final()
	if points[0].Count < little {
		return points[0].Day
	}
	return points[0].Day + civil.Day(max(28, 8*s.Every))
}

// window spans the evenings on which anything was told; ok is false for none.
func (s Stream) window() (w civil.Window, ok bool) {
	for i, v := range s.Versions {
		d := civil.DayOf(v.Recorded, time.UTC)
		if i == 0 {
			w = civil.Window{First: d, Last: d}
		}
		w.First, w.Last = min(w.First, d), max(w.Last, d)
	}
	return w, len(s.Versions) > 0
}

// judge finds the first finding of each wave that lies in the window, and
// counts those that belong to none.
func (r *Result) judge(waves []trial.Outbreak) {
	var near []trial.Outbreak
	for _, o := range waves {
		if o.Last < r.Window.First || o.First > r.Window.Last {
			continue
		}
		wide := trial.Outbreak{First: o.First - Before, Last: o.Last}
		near = append(near, wide)
		w := Wave{Outbreak: o}
		for _, f := range r.Findings {
			if f.Day >= wide.First && f.Day <= wide.Last && (w.Alarm == nil || f.Seen < *w.Alarm) {
				seen, lead := f.Seen, int(o.First-f.Seen)
				w.Alarm, w.OverOnset = &seen, &lead
			}
		}
		r.Waves = append(r.Waves, w)
	}
	m := trial.Judge(r.Findings, near, r.Window)
	r.mark, r.Found, r.False, r.FalseMonth = m, m.Found, m.False, m.FalseMonth()
}

// overCases compares every alarm with the first that any indicator raised on
// the reference for the same wave.
func overCases(all []Result, reference counts.Stream) {
	first := map[civil.Day]civil.Day{} // by the beginning of the wave
	for _, r := range all {
		for _, w := range r.Waves {
			if old, ok := first[w.First]; r.Stream == reference && w.Alarm != nil && (!ok || *w.Alarm < old) {
				first[w.First] = *w.Alarm
			}
		}
	}
	for i := range all {
		for j := range all[i].Waves {
			w := &all[i].Waves[j]
			if cases, ok := first[w.First]; ok && w.Alarm != nil {
				lead := int(cases - *w.Alarm)
				w.OverCases = &lead
			}
		}
	}
}
