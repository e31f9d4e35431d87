package trial

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Setting is one point of the trade-off: what a threshold costs and gives.
type Setting struct {
	Threshold float64 `json:"threshold"`
	Mark
	// FalseMonth are the false findings a month of one area, Share those of the
	// outbreaks that were found, Delay their median delay in days.
	FalseMonth float64  `json:"false_a_month"`
	Share      float64  `json:"found_share"`
	Delay      *float64 `json:"median_delay_days"`
	// Loss is what the setting loses a month in one area, in missed outbreaks.
	Loss float64 `json:"loss"`
	// Present is the setting that the indicator has, Best the one with the
	// least loss; of equals the strictest.
	Present bool `json:"present"`
	Best    bool `json:"best"`
}

// Weights make one number of a trade-off.
type Weights struct {
	// Cost of a false finding as a share of that of a missed outbreak.
	Cost float64
	// Rate is how many outbreaks a month one area has.
	Rate float64
}

// worthless is the delay in days after which finding an outbreak helps no more
// than missing it.
const worthless = 14

// Case is a history with the outbreaks that are to be found in it.
type Case struct {
	History
	Outbreaks []Outbreak
	// Window is when evenings are looked at. Quiet days are counted in it only
	// if Counted says so: a copy with an added outbreak tells nothing new of them.
	Window  civil.Window
	Counted bool
}

// Tune tries every threshold worth trying, and the present one, on the cases.
// The fault is Invalid for an indicator without a threshold. progress may be
// nil.
func Tune(ind detect.Indicator, cases []Case, weights Weights, zone *time.Location, progress func(done, total int)) ([]Setting, error) {
	threshold, err := ind.Threshold()
	if err != nil {
		return nil, err
	}
	values := slices.Clone(threshold.Values)
	present, set := ind.Setting()
	if set && !slices.Contains(values, present) {
		values = append(values, present)
		rising := threshold.Values[0] < threshold.Values[len(threshold.Values)-1]
		slices.SortFunc(values, func(a, b float64) int {
			if (a < b) == rising {
				return -1
			}
			return 1
		})
	}
	var curve []Setting
	for i, value := range values {
		at, err := ind.At(value)
		if err != nil {
			return nil, fmt.Errorf("set %s of %s to %g: %w", threshold.Name, ind.ID, value, err)
		}
		var m Mark
		for j, c := range cases {
			one := Judge(Findings(at, c.History, c.Window, zone), c.Outbreaks, c.Window)
			if !c.Counted {
				one.False, one.Quiet = 0, 0
			}
			m = m.Add(one)
			if progress != nil {
				progress(i*len(cases)+j+1, len(values)*len(cases))
			}
		}
		curve = append(curve, m.setting(value, set && value == present, weights))
	}
	best := slices.MinFunc(curve, func(a, b Setting) int {
		if a.Loss < b.Loss {
			return -1
		}
		if a.Loss > b.Loss {
			return 1
		}
		return 0
	})
	for i := range curve {
		curve[i].Best = curve[i].Threshold == best.Threshold
	}
	return curve, nil
}

func (m Mark) setting(value float64, present bool, w Weights) Setting {
	s := Setting{Threshold: value, Mark: m, FalseMonth: m.FalseMonth(), Share: m.Share(), Present: present}
	if delay, ok := m.Delay(); ok {
		s.Delay = &delay
	}
	gained := 0.0
	for _, d := range m.Delays {
		gained += math.Max(0, 1-float64(max(d, 0))/worthless)
	}
	missed := 0.0
	if m.Outbreaks > 0 {
		missed = 1 - gained/float64(m.Outbreaks)
	}
	s.Loss = w.Cost*s.FalseMonth + w.Rate*missed
	return s
}

// shape is how the cases of an added outbreak fall on its days: an incubation
// log-normal about three days (Sartwell 1950), cut after nine.
var shape = [...]float64{0.06, 0.17, 0.22, 0.19, 0.14, 0.09, 0.06, 0.04, 0.03}

// Inject makes copies of a history with one outbreak each, of so many times the
// usual count of a day in all, and at least three cases, on days drawn from the
// window. A day on which nothing was told gets nothing. There are none for a
// history without a count in the window.
func Inject(h History, w civil.Window, strength float64, copies int, rng *stat.Stream) []Case {
	usual, days := 0.0, map[civil.Day]bool{}
	cell := map[civil.Day]counts.Version{}
	for _, v := range h.Versions {
		if !w.Holds(v.Day) {
			continue
		}
		if _, ok := cell[v.Day]; !ok {
			cell[v.Day] = v
		}
		usual += float64(v.Count)
		days[v.Day] = true
	}
	if len(days) == 0 || w.Days() <= len(shape) {
		return nil
	}
	people := max(3, int(math.Round(strength*usual/float64(len(days)))))
	var all []Case
	for range copies {
		first := w.First + civil.Day(rng.IntN(w.Days()-len(shape)))
		all = append(all, Case{History: h.with(cell, first, people, rng), Outbreaks: []Outbreak{{first, first + civil.Day(len(shape)) - 1}},
			Window: civil.Window{First: first, Last: min(first+civil.Day(len(shape))+2, w.Last)}})
	}
	return all
}

// with returns a copy to whose days people are added, each day's to all
// versions of one area and source: they were ill whenever it was told.
func (h History) with(cell map[civil.Day]counts.Version, first civil.Day, people int, rng *stat.Stream) History {
	more := map[civil.Day]int64{}
	for range people {
		u, day := rng.Float64(), 0
		for ; day < len(shape)-1 && u >= shape[day]; day++ {
			u -= shape[day]
		}
		more[first+civil.Day(day)]++
	}
	type origin struct {
		area   place.Code
		source observe.SourceID
	}
	h.Versions = slices.Clone(h.Versions)
	for i, v := range h.Versions {
		c, ok := cell[v.Day]
		if ok && (origin{v.Area, v.Source}) == (origin{c.Area, c.Source}) {
			h.Versions[i].Count += more[v.Day]
		}
	}
	return h
}
