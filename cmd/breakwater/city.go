package main

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/breakwater-eoc/breakwater/api"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/table"
	"github.com/breakwater-eoc/breakwater/words"
)

// city is everything that the folder of a city says.
type city struct {
	place.Municipality
	party.Register
	teams      []party.Team
	sources    []observe.Source
	history    []api.Happened
	indicators []detect.Indicator
}

func loadCity(folder fs.FS) (city, error) {
	var c city
	var err error
	if c.Municipality, err = place.LoadCity(folder); err != nil {
		return c, err
	}
	if c.Register, err = party.LoadRegister(folder, c.Areas); err != nil {
		return c, err
	}
	if c.teams, err = party.LoadTeams(folder, c.Areas); err != nil {
		return c, err
	}
	c.sources, err = observe.LoadSources(folder, c.Areas, func(s string) bool { return counts.Known(counts.Stream(s)) })
	if err != nil {
		return c, err
	}
	if c.indicators, err = detect.ForCity(folder); err != nil {
		return c, err
	}
	c.history, err = loadHistory(folder, c.Areas)
	return c, err
}

// facts is what clients are told of the city.
func (c city) facts() api.City {
	f := api.City{ID: c.ID, Names: c.Names, Lang: words.Zh, Zone: c.Location, Root: c.Root, Areas: c.Areas.Areas(),
		Organisations: c.Organisations, Posts: c.Posts, Sources: c.sources, Notes: slices.Clone(c.Notes), History: c.history}
	if c.Boundaries != nil {
		f.Boundaries = c.Boundaries.GeoJSON
	}
	return f
}

// loadHistory reads the files of the folder history: what the real command of
// the city did, day by day. A city without them has no such line beside its own.
func loadHistory(folder fs.FS, areas *place.Tree) ([]api.Happened, error) {
	names, err := fs.Glob(folder, "history/*.csv")
	if err != nil {
		return nil, fmt.Errorf("list the history: %w", err)
	}
	var all []api.Happened
	for _, name := range names {
		err := table.File(folder, name, []string{"date", "kind", "area", "zh", "en", "ja", "ko"}, func(row table.Row) {
			where := table.As(row, "area", func(code string) (place.Code, error) {
				a, err := areas.ByCode(place.Code(code))
				return a.Code, err
			})
			all = append(all, api.Happened{Day: table.As(row, "date", civil.ParseDay), Theme: row.Needed("kind"), Where: where,
				What: words.Text{Zh: row.Needed("zh"), En: row.Needed("en"), Ja: row.Needed("ja"), Ko: row.Needed("ko")}})
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}
