package api

import (
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
)

// Outcome is what a signal turned out to be.
type Outcome struct {
	ID         string     `json:"id"`
	Signal     string     `json:"signal"`
	Truth      string     `json:"truth" enum:"outbreak,harmless,data_error,undecided"`
	Event      string     `json:"event,omitempty" doc:"The event that an outbreak was."`
	Began      *civil.Day `json:"began,omitempty" format:"date" doc:"The day of the outbreak's first onset."`
	Supersedes string     `json:"supersedes,omitempty"`
	Recorded   time.Time  `json:"recorded"`
	By         string     `json:"by"`
}

func wireOutcome(o detect.Outcome) Outcome {
	w := Outcome{ID: string(o.ID), Signal: string(o.Signal), Truth: string(o.Truth), Event: string(o.Event),
		Supersedes: string(o.Supersedes), Recorded: o.Recorded.UTC(), By: string(o.By)}
	if o.Truth == detect.Outbreak {
		w.Began = &o.Began
	}
	return w
}

// Missed is an outbreak that no signal announced.
type Missed struct {
	ID         string    `json:"id"`
	Status     string    `json:"status" enum:"actual,exercise,test"`
	Hazard     string    `json:"hazard"`
	Area       string    `json:"area"`
	Began      civil.Day `json:"began" format:"date"`
	Supersedes string    `json:"supersedes,omitempty"`
	Withdrawn  bool      `json:"withdrawn,omitempty"`
	Recorded   time.Time `json:"recorded"`
	By         string    `json:"by"`
}

func wireMissed(m detect.Missed) Missed {
	return Missed{ID: string(m.ID), Status: string(m.Status), Hazard: m.Hazard, Area: string(m.Area), Began: m.Began,
		Supersedes: string(m.Supersedes), Withdrawn: m.Withdrawn, Recorded: m.Recorded.UTC(), By: string(m.By)}
}

// Ratio is a share that keeps what it was made of.
type Ratio struct {
	Count int `json:"count"`
	Of    int `json:"of" doc:"0 where there is no share."`
}

// Score is what one indicator or detector achieved.
type Score struct {
	Name      string   `json:"name" doc:"An indicator or a detector; empty for all together; notice for what people reported."`
	Signals   int      `json:"signals" doc:"Signals that it spoke in."`
	Undecided int      `json:"undecided" doc:"Of them, those without a decided outcome; they are in neither share."`
	Precision Ratio    `json:"precision" doc:"Outbreaks among the decided signals."`
	Recall    Ratio    `json:"recall" doc:"Outbreaks announced among all known."`
	Delay     *float64 `json:"delay,omitempty" doc:"Median days from the first onset to its first word; negative before it."`
}

func wireScore(l detect.Line) Score {
	return Score{Name: l.Name, Signals: l.Signals, Undecided: l.Undecided, Precision: Ratio{Count: l.Precision.Count, Of: l.Precision.Of},
		Recall: Ratio{Count: l.Recall.Count, Of: l.Recall.Of}, Delay: l.Delay}
}

// Scoreboard is how well outbreaks were announced.
type Scoreboard struct {
	From       civil.Day `json:"from" format:"date"`
	To         civil.Day `json:"to" format:"date"`
	Missed     int       `json:"missed" doc:"Outbreaks that no signal announced."`
	All        Score     `json:"all"`
	Indicators []Score   `json:"indicators"`
	Detectors  []Score   `json:"detectors"`
}

func wireScoreboard(b watch.Scoreboard) Scoreboard {
	return Scoreboard{From: b.Window.First, To: b.Window.Last, Missed: b.Missed, All: wireScore(b.All),
		Indicators: convert(b.Indicators, wireScore), Detectors: convert(b.Detectors, wireScore)}
}
