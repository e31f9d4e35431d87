package drill

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
)

// onSignal finds who acts and on which signal.
func (r *runner) onSignal(ctx context.Context, l Line) (access.Actor, detect.Signal, error) {
	who, err := r.by(l)
	if err != nil {
		return who, detect.Signal{}, err
	}
	s, err := newest(r.signals(ctx, l))
	return who, s, err
}

func (r *runner) snoozeSignal(ctx context.Context, l Line) error {
	who, s, err := r.onSignal(ctx, l)
	if err != nil {
		return err
	}
	_, err = r.desks.Watch.Snooze(ctx, who, s.ID, watch.SnoozeIn{Until: l.dayOf("until"), Why: l.Settings["why"], Key: r.key()})
	return err
}

func (r *runner) wakeSignal(ctx context.Context, l Line) error {
	who, s, err := r.onSignal(ctx, l)
	if err != nil {
		return err
	}
	_, err = r.desks.Watch.Wake(ctx, who, s.ID, l.Settings["why"], r.key())
	return err
}

// outcome records what a signal turned out to be. An outbreak is the signal's
// own event or, for one that has none, the newest event of the area that the
// line names as the event's. It corrects the outcome that stands, unless it is
// said to be told anew.
func (r *runner) outcome(ctx context.Context, l Line) error {
	who, s, err := r.onSignal(ctx, l)
	if err != nil {
		return err
	}
	in := watch.OutcomeIn{Truth: detect.Truth(l.Words["truth"]), Began: l.dayOf("began"), Why: l.Settings["why"], Key: r.key()}
	if in.Truth == detect.Outbreak {
		in.Event = s.Event
		if area, ok := l.Settings["event"]; ok {
			events, err := r.desks.Watch.Store.Events(ctx, r.everywhere(), r.status)
			e, err := newest(matching(events, func(e detect.Event) bool { return string(e.Area) == area }), err)
			if err != nil {
				return err
			}
			in.Event = e.ID
		}
	}
	if l.Settings["anew"] != "yes" {
		before, err := r.desks.Watch.Store.Outcomes(ctx, s.ID)
		if err != nil {
			return err
		}
		if len(before) > 0 {
			in.Supersedes = before[0].ID
		}
	}
	_, err = r.desks.Watch.RecordOutcome(ctx, who, s.ID, in)
	return err
}

func (r *runner) missed(ctx context.Context, l Line) error {
	who, err := r.by(l)
	if err != nil {
		return err
	}
	_, err = r.desks.Watch.RecordMissed(ctx, who, watch.MissedIn{Status: r.status, Hazard: l.Words["hazard"], Area: l.area(),
		Began: l.dayOf("began"), Why: l.Settings["why"], Key: r.key()})
	return err
}

// scored is how many days a score looks back unless a line says otherwise.
const scored = 90

func (r *runner) expectScore(ctx context.Context, l Line) error {
	window := civil.Trailing(r.today(), int(l.number("days", scored)))
	board, err := r.desks.Watch.Scores(ctx, r.everywhere(), r.status, window)
	if err != nil {
		return err
	}
	line := board.All
	if name, ok := l.Settings["indicator"]; ok {
		i := slices.IndexFunc(board.Indicators, func(of detect.Line) bool { return of.Name == name })
		if i < 0 {
			return fault.New(fault.NotFound, "%s spoke in no signal", name)
		}
		line = board.Indicators[i]
	}
	delay := "none"
	if line.Delay != nil {
		delay = strconv.FormatFloat(*line.Delay, 'f', -1, 64)
	}
	for key, is := range map[string]string{"signals": strconv.Itoa(line.Signals), "undecided": strconv.Itoa(line.Undecided),
		"precision": of(line.Precision), "recall": of(line.Recall), "delay": delay} {
		if !fits(l, key, is) {
			return fmt.Errorf("%s is %s", key, is)
		}
	}
	return nil
}

// of writes a share as what it was made of: "3/4".
func of(r detect.Ratio) string { return fmt.Sprintf("%d/%d", r.Count, r.Of) }

// dayOf is the day of a setting, or 0; parsing has checked it.
func (l Line) dayOf(key string) civil.Day {
	d, err := civil.ParseDay(l.Settings[key])
	if err != nil {
		return 0
	}
	return d
}
