package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/drill"
	"github.com/breakwater-eoc/breakwater/fault"
)

// drillCommand works with stories.
type drillCommand struct {
	Run  drillRunCommand  `cmd:"" help:"Play stories and say where they do not go as told."`
	List drillListCommand `cmd:"" help:"List the stories that come with the program."`

	Unattended drillUnattendedCommand `cmd:"" help:"Watch over a synthetic city for two months with nobody at the desks."`
}

// drillListCommand lists the shipped stories.
type drillListCommand struct{}

// Run implements the sub-command.
func (drillListCommand) Run(c *call) error {
	all, err := drill.Stories()
	if err != nil {
		return err
	}
	t := newTable("story", "title")
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if c.asJSON {
			if err := c.printJSON(map[string]any{"name": name, "title": all[name].Title, "lines": len(all[name].Lines)}); err != nil {
				return err
			}
		}
		t.row(name, all[name].Title)
	}
	if c.asJSON {
		return nil
	}
	return t.print(c.out)
}

// drillRunCommand plays stories.
type drillRunCommand struct {
	Stories []string `arg:"" optional:"" help:"Names of shipped stories, or files; without any, all that are shipped."`
}

// Help implements kong's help.
func (drillRunCommand) Help() string {
	return `Every story plays on records of its own, in the folder drills of the data folder, and ends with
a check of all records against the journal. With --database a single story plays there; it must be empty.`
}

// Run implements the sub-command. A story that did not go as told is something
// wrong: exit code 1.
func (d *drillRunCommand) Run(ctx context.Context, c *call) error {
	stories, err := d.read()
	if err != nil {
		return err
	}
	if c.settings.Database != "" && len(stories) != 1 {
		return fault.New(fault.Invalid, "--database takes one story")
	}
	failed := false
	for _, name := range slices.Sorted(maps.Keys(stories)) {
		out, err := c.playStory(ctx, name, stories[name])
		if err != nil {
			return fmt.Errorf("story %s: %w", name, err)
		}
		if err := c.printOutcome(name, out); err != nil {
			return err
		}
		failed = failed || out.Failed != nil
	}
	if failed {
		return errFoundWrong
	}
	return nil
}

// mostStory is the largest file of a story, in bytes.
const mostStory = 1 << 20

// read returns the stories that were asked for, by name.
func (d *drillRunCommand) read() (map[string]drill.Story, error) {
	shipped, err := drill.Stories()
	if err != nil || len(d.Stories) == 0 {
		return shipped, err
	}
	chosen := map[string]drill.Story{}
	for _, name := range d.Stories {
		if s, ok := shipped[name]; ok {
			chosen[name] = s
			continue
		}
		if chosen[name], err = readStory(name); err != nil {
			return nil, err
		}
	}
	return chosen, nil
}

func readStory(name string) (s drill.Story, err error) {
	f, err := os.Open(name)
	if err != nil {
		return s, fmt.Errorf("%q is no shipped story; read it as a file: %w", name, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostStory+1))
	if err != nil {
		return s, fmt.Errorf("read the story: %w", err)
	}
	if len(text) > mostStory {
		return s, fault.New(fault.Invalid, "the story is larger than %d bytes", mostStory)
	}
	return drill.Parse(string(text))
}

// playStory plays one story on records of its own.
func (c *call) playStory(ctx context.Context, name string, s drill.Story) (out drill.Outcome, err error) {
	cfg, err := c.config()
	if err != nil {
		return out, err
	}
	cfg.cost = staff.Cost{Time: 1, Memory: 64, Threads: 1} // nobody signs in to a story
	played, err := c.readCourses(cfg)
	if err != nil {
		return out, err
	}
	if len(played.courses) > 0 {
		played.course = played.courses[0]
	}
	if err := c.afresh(&cfg, drillsFolder, fileName(name)); err != nil {
		return out, err
	}
	begin := s.Begins(played.city.Location).Add(-time.Hour)
	a, desks, err := openPlay(ctx, cfg, name, begin)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	stage := drill.Stage{Desks: desks, Course: played.course}
	if stage.Series, err = drill.LoadSeries(cfg.city, played.course.Series, played.city); err != nil {
		return out, err
	}
	if stage.People, err = drill.Enlist(ctx, desks, played.demo); err != nil {
		return out, err
	}
	return drill.Run(ctx, stage, s)
}

// fileName makes a folder's name of a story's name or path.
func fileName(name string) string {
	b := []byte(name)
	for i, c := range b {
		if c == '/' || c == '\\' || c == '.' {
			b[i] = '_'
		}
	}
	return string(b)
}

func (c *call) printOutcome(name string, out drill.Outcome) error {
	if c.asJSON {
		row := map[string]any{"story": name, "title": out.Title, "lines": out.Lines, "total": out.Total, "ok": out.Failed == nil}
		if f := out.Failed; f != nil {
			row["line"], row["statement"], row["problem"] = f.Line, f.Field, f.Problem
		}
		return c.printJSON(row)
	}
	if f := out.Failed; f != nil {
		_, err := fmt.Fprintf(c.out, "FAILED  %s: %s\n        line %d: %s\n        %s\n", name, out.Title, f.Line, f.Field, f.Problem)
		return err
	}
	_, err := fmt.Fprintf(c.out, "as told %s: %s (%d statements)\n", name, out.Title, out.Total)
	return err
}
