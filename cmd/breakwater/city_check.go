package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/drill"
	"github.com/breakwater-eoc/breakwater/fault"
)

// cityCommand works with the folder of a city.
type cityCommand struct {
	Check cityCheckCommand `cmd:"" help:"Read a city's folder as the server would, and name everything that is wrong in it."`
}

// cityCheckCommand reads a folder and opens no records.
type cityCheckCommand struct {
	Dir string `arg:"" optional:"" help:"Folder of the city; that of the settings unless given."`
}

// Help implements kong's help.
func (cityCheckCommand) Help() string {
	return `Files are read in the order of docs/cities.md; the first that is wrong is told with all its bad rows or
entries, and the exit code is 1. The server refuses to start on the same folder with the same words.`
}

// asking is one of a city's standing questions and where it comes from.
type asking struct {
	ID       string        `json:"id"`
	Stream   string        `json:"stream"`
	Detector string        `json:"detector"`
	Origin   detect.Origin `json:"origin"`
}

// holding is what a city's folder holds.
type holding struct {
	City          string   `json:"city"`
	Areas         int      `json:"areas"`
	Organisations int      `json:"organisations"`
	Posts         int      `json:"posts"`
	Teams         int      `json:"teams"`
	Sources       int      `json:"sources"`
	History       int      `json:"history"`
	Replays       int      `json:"replays"`
	Indicators    []asking `json:"indicators"`
	// Off are the program's indicators that the city does without.
	Off []string `json:"off"`
}

// Run implements the sub-command.
func (k *cityCheckCommand) Run(c *call) error {
	folder := c.settings.cityFolder()
	if k.Dir != "" {
		folder = os.DirFS(k.Dir)
	}
	held, err := checkCity(folder)
	if fault.Is(err, fault.Invalid) {
		return errors.Join(errFoundWrong, c.printWrong(err))
	}
	if err != nil {
		return err
	}
	return c.printHolding(held)
}

func checkCity(folder fs.FS) (holding, error) {
	m, err := loadCity(folder)
	if err != nil {
		return holding{}, err
	}
	courses, err := drill.LoadCourses(folder, m.Areas)
	if err != nil {
		return holding{}, err
	}
	h := holding{City: m.ID, Areas: len(m.Areas.Areas()), Organisations: len(m.Organisations), Posts: len(m.Posts),
		Teams: len(m.teams), Sources: len(m.sources), History: len(m.history), Replays: len(courses), Off: []string{}}
	shipped, err := detect.Shipped()
	if err != nil {
		return h, err
	}
	for _, ind := range m.indicators {
		h.Indicators = append(h.Indicators, asking{ID: ind.ID, Stream: string(ind.Stream), Detector: ind.Detector, Origin: ind.Origin})
	}
	for _, id := range ids(shipped) {
		if !slices.Contains(ids(m.indicators), id) {
			h.Off = append(h.Off, id)
		}
	}
	return h, nil
}

// printWrong names each place that is wrong on a line of its own.
func (c *call) printWrong(err error) error {
	places := fault.PlacesOf(err)
	if c.asJSON {
		problems := make([]string, 0, len(places))
		for _, p := range places {
			problems = append(problems, p.String())
		}
		return c.printJSON(map[string]any{"wrong": fault.Message(err), "places": problems})
	}
	if _, err := fmt.Fprintln(c.out, fault.Message(err)); err != nil {
		return err
	}
	for _, p := range places {
		if _, err := fmt.Fprintln(c.out, "  ", p); err != nil {
			return err
		}
	}
	return nil
}

func (c *call) printHolding(h holding) error {
	if c.asJSON {
		return c.printJSON(h)
	}
	if _, err := fmt.Fprintf(c.out, "%s holds together: %d areas, %d organisations, %d posts, %d teams of its own, %d sources, %d entries of history, %d replays\n",
		h.City, h.Areas, h.Organisations, h.Posts, h.Teams, h.Sources, h.History, h.Replays); err != nil {
		return err
	}
	t := newTable("indicator", "stream", "detector", "origin")
	for _, ind := range h.Indicators {
		t.row(ind.ID, ind.Stream, ind.Detector, ind.Origin)
	}
	for _, id := range h.Off {
		t.row(id, "", "", "off")
	}
	return t.print(c.out)
}
