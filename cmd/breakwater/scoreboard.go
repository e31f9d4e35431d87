package main

import (
	"context"
	"fmt"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// scoreboardCommand shows how well outbreaks were announced.
type scoreboardCommand struct {
	From   string `placeholder:"DAY" help:"First day; 364 days before the last unless said."`
	To     string `placeholder:"DAY" help:"Last day; today unless said."`
	Status string `default:"actual" enum:"actual,exercise,test" help:"actual, exercise or test (${default})."`
}

// Help implements kong's help.
func (scoreboardCommand) Help() string {
	return `Scores the signals that were raised in the window by the outcomes that officers recorded: precision
is the share of outbreaks among the decided signals, recall the share of outbreaks that were announced
among all known, those that were recorded as missed included, delay the median days from the first
onset to the first word. Signals about those who watch are not scored.`
}

// scoreJSON is one line of the scoreboard for machines.
type scoreJSON struct {
	Of   string      `json:"of"` // all, indicator or detector
	From civil.Day   `json:"from"`
	To   civil.Day   `json:"to"`
	Line detect.Line `json:"score"`
}

// Run implements the sub-command.
func (s *scoreboardCommand) Run(ctx context.Context, c *call) error {
	return c.withApp(ctx, func(a *app) error {
		w, err := s.window(civil.DayOf(a.center.Time(), a.center.City))
		if err != nil {
			return err
		}
		board, err := a.watch.Scores(ctx, []place.Code{a.city.Root}, observe.Status(s.Status), w)
		if err != nil {
			return err
		}
		if c.asJSON {
			return printLines(c, scoreLines(board))
		}
		return c.printScoreboard(board)
	})
}

func (s *scoreboardCommand) window(today civil.Day) (w civil.Window, err error) {
	if w.Last, err = dayOr(s.To, today); err != nil {
		return w, err
	}
	if w.First, err = dayOr(s.From, w.Last-364); err != nil {
		return w, err
	}
	if n := w.Days(); n == 0 || n > watch.MostJudged {
		return w, fault.At("the window cannot be judged", fault.Place{Field: "--from", Problem: fmt.Sprintf("the window must hold 1 to %d days", watch.MostJudged)})
	}
	return w, nil
}

func scoreLines(b watch.Scoreboard) []scoreJSON {
	lines := []scoreJSON{{"all", b.Window.First, b.Window.Last, b.All}}
	for _, l := range b.Indicators {
		lines = append(lines, scoreJSON{"indicator", b.Window.First, b.Window.Last, l})
	}
	for _, l := range b.Detectors {
		lines = append(lines, scoreJSON{"detector", b.Window.First, b.Window.Last, l})
	}
	return lines
}

func (c *call) printScoreboard(b watch.Scoreboard) error {
	fmt.Fprintf(c.out, "%s; outbreaks that no signal announced: %d\n", b.Window, b.Missed)
	t := newTable("of", "name", "signals", "undecided", "precision", "recall", "delay, days")
	for _, l := range scoreLines(b) {
		t.row(l.Of, l.Line.Name, l.Line.Signals, l.Line.Undecided, ratio(l.Line.Precision), ratio(l.Line.Recall), number(l.Line.Delay, 1))
	}
	return t.print(c.out)
}

// ratio shows a share with what it was made of, since shares of few say little.
func ratio(r detect.Ratio) string {
	share, ok := r.Share()
	if !ok {
		return "-"
	}
	return fmt.Sprintf("%.2f (%d/%d)", share, r.Count, r.Of)
}
