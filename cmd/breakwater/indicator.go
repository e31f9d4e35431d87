package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/breakwater-eoc/breakwater/bench/history"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
)

// indicatorCommand works with the standing questions.
type indicatorCommand struct {
	Replay indicatorReplayCommand `cmd:"" help:"Put the indicators to recorded streams, evening by evening, and measure the lead of each over cases."`
	Tune   indicatorTuneCommand   `cmd:"" help:"Show what each threshold of an indicator costs in false alarms and gives in outbreaks found."`
}

// indicatorReplayCommand replays a folder of streams.
type indicatorReplayCommand struct {
	Dir        string   `arg:"" help:"Folder of tables as surveillance publishes them; all within are read."`
	Indicators string   `placeholder:"FILE" help:"Indicators to put instead of those that come with the program."`
	Only       []string `placeholder:"TEXT" help:"Only places whose name or file holds the text."`
	Matched    float64  `placeholder:"X" help:"Replay each place with the thresholds that give at most so many false findings a month at all the other places."`
}

// Help implements kong's help.
func (indicatorReplayCommand) Help() string {
	return `Reads sewage series (columns sars_cov2_rna, new_cases), weekly counts by location (date,
location, value, with as_of where each was told later), totals by city (confirmed, cured), lists of
cases with their report dates, and tables of a date and counts. What it cannot read it names.

Every evening knows what was told by then. The waves are found in hindsight in the counts of cases; a
finding belongs to a wave from 21 days before its beginning to its peak, and is false otherwise.`
}

// Run implements the sub-command.
func (r *indicatorReplayCommand) Run(c *call) error {
	indicators, err := readIndicators(r.Indicators)
	if err != nil {
		return err
	}
	places, skipped, err := history.Read(os.DirFS(r.Dir))
	if err != nil {
		return fmt.Errorf("read %s: %w", r.Dir, err)
	}
	places = slices.DeleteFunc(places, func(p history.Place) bool { return !r.wanted(p) })
	all, err := r.replay(c, places, indicators)
	if err != nil {
		return err
	}
	if c.asJSON {
		if err := printLines(c, skipped); err != nil {
			return err
		}
		return printLines(c, all)
	}
	for _, s := range skipped {
		fmt.Fprintf(c.err, "%s was left out: %s\n", s.File, s.Why)
	}
	return printLeads(c, all)
}

func (r *indicatorReplayCommand) replay(c *call, places []history.Place, indicators []detect.Indicator) ([]history.Result, error) {
	bar := c.progress("replaying")
	defer bar.end()
	if r.Matched < 0 {
		return nil, fault.New(fault.Invalid, "--matched must not be negative")
	}
	if r.Matched > 0 {
		return history.Matched(places, indicators, r.Matched, bar.set)
	}
	var all []history.Result
	for i, p := range places {
		all = append(all, history.Replay(p, indicators)...)
		bar.set(i+1, len(places))
	}
	return all, nil
}

func (r *indicatorReplayCommand) wanted(p history.Place) bool {
	if len(r.Only) == 0 {
		return true
	}
	return slices.ContainsFunc(r.Only, func(text string) bool {
		return strings.Contains(p.Name, text) ||
			slices.ContainsFunc(p.Streams, func(s history.Stream) bool { return strings.Contains(s.File, text) })
	})
}

// readIndicators reads a file of indicators, or those that are shipped.
func readIndicators(file string) ([]detect.Indicator, error) {
	if file == "" {
		return detect.Shipped()
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the indicators: %w", err)
	}
	return detect.ParseIndicators(text)
}

func printLeads(c *call, all []history.Result) error {
	t := newTable("place", "stream", "indicator", "threshold", "wave", "peak", "alarm", "days before cases", "before onset", "false a month")
	for _, r := range all {
		rate, threshold := fmt.Sprintf("%.2f", r.FalseMonth), ""
		if r.Threshold != nil {
			threshold = fmt.Sprint(*r.Threshold)
		}
		if len(r.Waves) == 0 {
			t.row(r.Place, r.Stream, r.Indicator, threshold, "none", "", "", "", "", rate)
		}
		for _, w := range r.Waves {
			alarm := "-"
			if w.Alarm != nil {
				alarm = w.Alarm.String()
			}
			t.row(r.Place, r.Stream, r.Indicator, threshold, w.First, w.Last, alarm, lead(w.OverCases), lead(w.OverOnset), rate)
		}
	}
	return t.print(c.out)
}

func lead(days *int) string {
	if days == nil {
		return "-"
	}
	return fmt.Sprintf("%+d", *days)
}
