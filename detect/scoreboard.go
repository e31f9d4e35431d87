package detect

import (
	"maps"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
)

// Judged is one signal as a scoreboard sees it.
type Judged struct {
	Signal SignalID
	Truth  Truth
	// Event and Began are the outbreak's; they count only if Truth is Outbreak.
	Event EventID
	Began civil.Day
	// Told is the day on which each detector (or indicator) first spoke in the
	// signal: the day the signal was raised, or a later one for those that joined.
	Told map[string]civil.Day
}

// Ratio is a share that keeps what it was made of.
type Ratio struct {
	Of    int `json:"of"`    // the denominator
	Count int `json:"count"` // the numerator
}

// Share returns the ratio as a number from 0 to 1; ok is false of nothing.
func (r Ratio) Share() (share float64, ok bool) {
	if r.Of == 0 {
		return 0, false
	}
	return float64(r.Count) / float64(r.Of), true
}

// Line is what one detector or indicator achieved.
type Line struct {
	Name    string `json:"name"`
	Signals int    `json:"signals"`
	// Undecided signals are in neither ratio.
	Undecided int `json:"undecided"`
	// Precision is the share of outbreaks among the decided signals that it
	// spoke in (the positive predictive value).
	Precision Ratio `json:"precision"`
	// Recall is the share of all known outbreaks, announced by anybody or
	// missed, that it spoke of (the sensitivity).
	Recall Ratio `json:"recall"`
	// Delay is the median number of days from an outbreak's beginning to its
	// first word, over the outbreaks that it spoke of; nil if there is none. It
	// is negative when it spoke before the first onset.
	Delay *float64 `json:"delay,omitempty"`
}

// Scores scores everybody who spoke in the judged signals, in order of
// their names, and all of them together under the empty name, first. Missed is
// how many outbreaks of the same window no signal announced. Signals that name
// the same event are one outbreak; it began on the earliest day that any of them
// says. (Sensitivity, positive predictive value and timeliness as in: CDC,
// Updated guidelines for evaluating public health surveillance systems, 2001.)
func Scores(judged []Judged, missed int) []Line {
	began := map[EventID]civil.Day{}
	for _, j := range judged {
		if j.Truth != Outbreak {
			continue
		}
		if d, ok := began[j.Event]; !ok || j.Began < d {
			began[j.Event] = j.Began
		}
	}
	names := map[string]bool{}
	for _, j := range judged {
		for name := range j.Told {
			names[name] = true
		}
	}
	lines := []Line{line("", judged, began, missed, Judged.first)}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		lines = append(lines, line(name, judged, began, missed, func(j Judged) (civil.Day, bool) {
			day, ok := j.Told[name]
			return day, ok
		}))
	}
	return lines
}

// first is the day on which anybody first spoke in the signal.
func (j Judged) first() (civil.Day, bool) {
	if len(j.Told) == 0 {
		return 0, false
	}
	return slices.Min(slices.Collect(maps.Values(j.Told))), true
}

func line(name string, judged []Judged, began map[EventID]civil.Day, missed int, told func(Judged) (civil.Day, bool)) Line {
	l := Line{Name: name, Recall: Ratio{Of: len(began) + missed}}
	first := map[EventID]civil.Day{}
	for _, j := range judged {
		day, spoke := told(j)
		if !spoke {
			continue
		}
		l.Signals++
		switch j.Truth {
		case Outbreak:
			l.Precision.Of++
			l.Precision.Count++
			if d, ok := first[j.Event]; !ok || day < d {
				first[j.Event] = day
			}
		case Harmless, DataError:
			l.Precision.Of++
		default:
			l.Undecided++
		}
	}
	l.Recall.Count = len(first)
	var delays []float64
	for event, day := range first {
		delays = append(delays, float64(day-began[event]))
	}
	if len(delays) > 0 {
		m := middle(delays)
		l.Delay = &m
	}
	return l
}

// middle is the median of at least one number; between two it is their mean.
func middle(xs []float64) float64 {
	slices.Sort(xs)
	n := len(xs)
	return (xs[(n-1)/2] + xs[n/2]) / 2
}
