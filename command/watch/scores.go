package watch

import (
	"context"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// Scoreboard is how well outbreaks were announced, in all, by each indicator
// and by each detector.
type Scoreboard struct {
	Window     civil.Window
	All        detect.Line
	Indicators []detect.Line
	Detectors  []detect.Line
	Missed     int
}

// NoticeTeller is the name under which a scoreboard counts what people reported
// in their own words.
const NoticeTeller = "notice"

// Scoreboard scores the signals that were raised in a window, in the reader's
// areas, against what they turned out to be, and against the outbreaks that
// began in the window and were missed. Signals about those who watch are not
// scored: they are about no outbreak.
func (d *Desk) Scoreboard(ctx context.Context, who access.Actor, status observe.Status, w civil.Window) (Scoreboard, error) {
	if err := d.judgeable(who, w); err != nil {
		return Scoreboard{}, err
	}
	return d.Scores(ctx, who.Areas(access.ReadSignals), status, w)
}

// Scores is the scoreboard of some areas, for whoever runs the program.
func (d *Desk) Scores(ctx context.Context, within []place.Code, status observe.Status, w civil.Window) (Scoreboard, error) {
	board, city := Scoreboard{Window: w}, d.Center.City
	from, until := w.First.At(0, 0, city).UTC(), (w.Last+1).At(0, 0, city).UTC()
	signals, err := d.Store.SignalsRaised(ctx, within, status, from, until)
	if err != nil {
		return board, err
	}
	outcomes, err := d.Store.OutcomesOf(ctx, within, status, from, until)
	if err != nil {
		return board, err
	}
	missed, err := d.Store.MissedOutbreaks(ctx, within, status, w)
	if err != nil {
		return board, err
	}
	of := map[detect.SignalID]detect.Outcome{}
	for _, o := range outcomes {
		of[o.Signal] = o
	}
	detector := map[string]string{}
	for _, ind := range d.Indicators {
		detector[ind.ID] = ind.Detector
	}
	var byIndicator, byDetector []detect.Judged
	for _, s := range signals {
		if s.AboutWatchers() {
			continue
		}
		o := of[s.ID]
		j := detect.Judged{Signal: s.ID, Truth: o.Truth, Event: o.Event, Began: o.Began, Told: d.told(s)}
		byIndicator = append(byIndicator, j)
		j.Told = earliest(j.Told, detector)
		byDetector = append(byDetector, j)
	}
	lines := detect.Scores(byIndicator, len(missed))
	board.All, board.Indicators = lines[0], lines[1:]
	board.Detectors = detect.Scores(byDetector, len(missed))[1:]
	board.Missed = len(missed)
	return board, nil
}

// told says on which day each indicator first spoke in a signal. Findings from
// before their time was kept count from the signal's raising, or from their own
// day where that is later.
func (d *Desk) told(s detect.Signal) map[string]civil.Day {
	raised := civil.DayOf(s.Raised, d.Center.City)
	told := map[string]civil.Day{}
	if len(s.Notices) > 0 {
		told[NoticeTeller] = raised
	}
	for _, e := range s.Evidence {
		day := max(raised, e.Day)
		if !e.Found.IsZero() {
			day = civil.DayOf(e.Found, d.Center.City)
		}
		if had, ok := told[e.Indicator]; !ok || day < had {
			told[e.Indicator] = day
		}
	}
	return told
}

// earliest gives, for each name that others stand for, the earliest of their
// days. A name that stands for nothing keeps its own.
func earliest(told map[string]civil.Day, standsFor map[string]string) map[string]civil.Day {
	days := map[string]civil.Day{}
	for name, day := range told {
		if of, ok := standsFor[name]; ok {
			name = of
		}
		if had, ok := days[name]; !ok || day < had {
			days[name] = day
		}
	}
	return days
}
