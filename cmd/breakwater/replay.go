package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/drill"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// replayCommand lets an outbreak of the city's past come in again, day by day.
type replayCommand struct {
	Name string `arg:"" optional:"" help:"The replay, such as dalian-2020-07; without it, all are listed."`
}

// Help implements kong's help.
func (replayCommand) Help() string {
	return `The published counts come in day by day; nothing looks ahead. A scripted staff verifies
the signals of local cases, accepts every proposal two hours after it was made, overrides where the
real command did, issues what the rule pack offers, and sees to it.

The records stay in the folder replays of the data folder, where each run begins anew. With
--database they go there; it must be empty. fsck checks either afterwards.`
}

// Run implements the sub-command.
func (r *replayCommand) Run(ctx context.Context, c *call) (err error) {
	cfg, err := c.config()
	if err != nil {
		return err
	}
	played, err := c.readCourses(cfg)
	if err != nil {
		return err
	}
	if r.Name == "" {
		return c.listCourses(played.courses)
	}
	if played.course, err = drill.FindCourse(played.courses, r.Name); err != nil {
		return err
	}
	if err := c.afresh(&cfg, replaysFolder, r.Name); err != nil {
		return err
	}
	s, err := played.start(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.app.Close()) }()
	days, err := c.replay(ctx, s)
	if err != nil {
		return err
	}
	return c.printDays(days)
}

// past is what a city folder says of its outbreaks.
type past struct {
	city    place.Municipality
	courses []drill.Course
	demo    drill.Demo
	course  drill.Course // the one that is played
}

func (c *call) readCourses(cfg config) (past, error) {
	var p past
	var err error
	if p.city, err = place.LoadCity(cfg.city); err != nil {
		return p, err
	}
	if p.courses, err = drill.LoadCourses(cfg.city, p.city.Areas); err != nil {
		return p, err
	}
	p.demo, err = drill.LoadDemo(cfg.city)
	return p, err
}

func (c *call) listCourses(courses []drill.Course) error {
	t := newTable("replay", "title")
	for _, course := range courses {
		if c.asJSON {
			if err := c.printJSON(map[string]any{"name": course.Name, "title": course.Title}); err != nil {
				return err
			}
		}
		t.row(course.Name, course.Title.En)
	}
	if c.asJSON {
		return nil
	}
	return t.print(c.out)
}

// The folders of the data folder that hold the records of plays, a folder each.
const (
	demoFolder    = "demo"
	replaysFolder = "replays"
	drillsFolder  = "drills"
)

var playFolders = []string{demoFolder, replaysFolder, drillsFolder}

// afresh gives a play records of its own: a folder within the data folder that
// is emptied before each run, unless a database was named.
func (c *call) afresh(cfg *config, kind, name string) error {
	if c.settings.Database != "" {
		return nil
	}
	dir := filepath.Join(c.settings.Data, kind, name)
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("empty the folder of the %s before: %w", kind, err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the folder of the %s: %w", kind, err)
	}
	cfg.address, cfg.keys = filepath.Join(dir, databaseFile), filepath.Join(dir, keysFolder)
	fmt.Fprintf(c.err, "records: %s\n", cfg.address)
	return nil
}

// stage is an app whose clock is moved, with the people of the demonstration.
type stage struct {
	app    *app
	desks  drill.Desks
	people drill.People
	past   past
	series drill.Series
}

// start opens the records of a play and makes its people, before the series begins.
func (p past) start(ctx context.Context, cfg config) (stage, error) {
	s := stage{past: p}
	var err error
	if s.series, err = drill.LoadSeries(cfg.city, p.course.Series, p.city); err != nil {
		return s, err
	}
	begin := s.series.First.At(0, 0, p.city.Location)
	if s.app, s.desks, err = openPlay(ctx, cfg, p.course.Name, begin); err != nil {
		return s, err
	}
	if s.people, err = drill.Enlist(ctx, s.desks, p.demo); err != nil {
		return s, errors.Join(err, s.app.Close())
	}
	return s, nil
}

// openPlay opens an app on empty records under a clock of its own. Identifiers
// come from a stream that the name of the play seeds.
func openPlay(ctx context.Context, cfg config, name string, begin time.Time) (*app, drill.Desks, error) {
	clock := drill.NewClock(begin)
	ids := stat.NewStream(1, name)
	cfg.now, cfg.ids = clock.Now, &ids
	a, err := open(ctx, cfg)
	if err != nil {
		return nil, drill.Desks{}, err
	}
	if err := a.mustBeEmpty(ctx); err != nil {
		return nil, drill.Desks{}, errors.Join(err, a.Close())
	}
	rounds := *a.rounds
	return a, drill.Desks{Center: a.center, Clock: clock, City: a.city.Root, Areas: a.city.Areas, Watch: a.watch, Plan: a.plan,
		Order: a.order, Staff: a.staff, Audit: a.audit, Rounds: &rounds, Figures: a.figures}, nil
}

func (a *app) mustBeEmpty(ctx context.Context) error {
	everything := access.Actor{Grants: []access.Grant{{Role: access.Auditor, Area: a.city.Root}}}
	page, err := a.audit.Entries(ctx, everything, audit.EntryFilter{}, command.Paging{Limit: 1})
	if err != nil {
		return fmt.Errorf("look whether the database is empty: %w", err)
	}
	if len(page.Items) > 0 {
		return fault.New(fault.Conflict, "the database holds records; this needs an empty one")
	}
	return nil
}

// replay plays a whole series and returns the days that the course shows.
func (c *call) replay(ctx context.Context, s stage) ([]drill.Day, error) {
	s.desks.Rounds.Statuses = []observe.Status{observe.Actual}
	staff := s.past.course.NewStaff(s.desks, s.people)
	r := drill.NewReplay(s.desks, s.series, staff.Work, nil)
	bar := c.progress("quiet weeks")
	err := r.Quiet(ctx, s.past.course.Shown-1, bar.set)
	bar.end()
	if err != nil {
		return nil, err
	}
	bar = c.progress("replaying  ")
	defer bar.end()
	var days []drill.Day
	total := int(r.Days().Last-s.past.course.Shown) + 1
	for day := s.past.course.Shown; day <= r.Days().Last; day++ {
		if err := r.Advance(ctx, day.At(23, 59, s.desks.Center.City)); err != nil {
			return nil, err
		}
		sum, err := drill.Summary(ctx, s.desks, day)
		if err != nil {
			return nil, err
		}
		days = append(days, sum)
		bar.set(len(days), total)
	}
	return days, r.Round(ctx)
}

// printDays prints the table that closes a replay, or one object a day.
func (c *call) printDays(days []drill.Day) error {
	t := newTable("day", "new", "cumulative", "signals", "other", "proposed", "decided", "open", "closed")
	for _, d := range days {
		if c.asJSON {
			if err := c.printJSON(d); err != nil {
				return err
			}
		}
		t.row(d.Date, d.New, d.Cumulative, d.Signals, d.OtherSignals, levels(d.Proposed), levels(d.Decided), d.Directives.Open, d.Directives.Closed)
	}
	if c.asJSON {
		return nil
	}
	return t.print(c.out)
}

// levels writes levels by area; "!" marks one that was decided otherwise than proposed.
func levels(placed []drill.Placed) string {
	var list []string
	for _, p := range placed {
		mark := ""
		if p.Overridden {
			mark = "!"
		}
		list = append(list, fmt.Sprintf("%s %s%s", p.Area, p.Level, mark))
	}
	return strings.Join(list, ", ")
}
