package api

import (
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

// Text is one text in the four languages.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en"`
	Ja string `json:"ja"`
	Ko string `json:"ko"`
}

func wireText(t words.Text) Text { return Text(t) }

// Area is one area of the city.
type Area struct {
	Code       string  `json:"code"`
	Parent     string  `json:"parent,omitempty"`
	Kind       string  `json:"kind" enum:"city,district,street,community,grid"`
	Names      Text    `json:"names"`
	Population int     `json:"population" doc:"Residents; 0 when unknown."`
	Setting    string  `json:"setting" enum:"urban,fringe,rural"`
	Lat        float64 `json:"lat" doc:"WGS-84 degrees of the centre; both 0 when unknown."`
	Lon        float64 `json:"lon"`
	TileX      int     `json:"tile_x" doc:"Place on the schematic map; -1 for an area without a tile."`
	TileY      int     `json:"tile_y"`
	Basis      string  `json:"basis" enum:"stated,reconstructed"`
}

func wireArea(a place.Area) Area {
	return Area{Code: string(a.Code), Parent: string(a.Parent), Kind: string(a.Kind), Names: wireText(a.Names),
		Population: a.Population, Setting: string(a.Setting), Lat: a.Lat, Lon: a.Lon,
		TileX: a.TileX, TileY: a.TileY, Basis: string(a.Basis)}
}

// Organisation is a body to which posts and accounts belong.
type Organisation struct {
	Code  string `json:"code"`
	Names Text   `json:"names"`
	Area  string `json:"area"`
}

func wireOrganisation(o party.Organisation) Organisation {
	return Organisation{Code: string(o.Code), Names: wireText(o.Names), Area: string(o.Area)}
}

// Post is an office that directives are addressed to.
type Post struct {
	Code         string `json:"code"`
	Names        Text   `json:"names"`
	Organisation string `json:"organisation"`
	Area         string `json:"area"`
	Party        string `json:"party" enum:"place,department,unit,individual"`
	Next         string `json:"next,omitempty" doc:"The post to which an unanswered directive escalates."`
}

func wirePost(p party.Post) Post {
	return Post{Code: string(p.Code), Names: wireText(p.Names), Organisation: string(p.Organisation),
		Area: string(p.Area), Party: string(p.Party), Next: string(p.Next)}
}

// Source is a body that reports.
type Source struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind" enum:"health_commission,clinic,laboratory,school,pharmacy,customs,hotline,resident,reconstruction"`
	Names   Text     `json:"names"`
	Area    string   `json:"area"`
	Streams []string `json:"streams" doc:"What it is expected to report every day, zero included."`
	DueHour int      `json:"due_hour" doc:"Local hour of the next day by which a day's report is on time."`
}

func wireSource(s observe.Source) Source {
	return Source{ID: string(s.ID), Kind: string(s.Kind), Names: wireText(s.Names), Area: string(s.Area),
		Streams: append([]string{}, s.Streams...), DueHour: s.DueHour}
}

// Stream is something that is counted.
type Stream struct {
	ID    string `json:"id"`
	Names Text   `json:"names"`
	Unit  string `json:"unit" enum:"people,samples,visits,packs"`
}

func wireStream(s counts.Stream) Stream {
	return Stream{ID: string(s), Names: wireText(s.Names()), Unit: string(s.Unit())}
}

// Note is something that every reader of the city's figures must know.
type Note struct {
	ID   string `json:"id"`
	Text Text   `json:"text"`
}

func wireNote(n place.Note) Note { return Note{ID: n.ID, Text: wireText(n.Text)} }

// CityFacts is what a client has to know about the city once.
type CityFacts struct {
	ID            string         `json:"id"`
	Names         Text           `json:"names"`
	Timezone      string         `json:"timezone" doc:"IANA name; its midnight ends a day."`
	Root          string         `json:"root" doc:"Code of the area that is the whole city."`
	HasBoundaries bool           `json:"has_boundaries" doc:"Whether GET /v1/city/boundaries has a map."`
	Areas         []Area         `json:"areas"`
	Organisations []Organisation `json:"organisations"`
	Posts         []Post         `json:"posts"`
	Sources       []Source       `json:"sources"`
	Streams       []Stream       `json:"streams"`
	Indicators    []Indicator    `json:"indicators" doc:"The standing questions that are put to the streams every day."`
	Notes         []Note         `json:"notes" doc:"What has to be said about the data wherever they are shown."`
}

func wireCity(c City, indicators []detect.Indicator) CityFacts {
	return CityFacts{ID: c.ID, Names: wireText(c.Names), Timezone: c.Zone.String(), Root: string(c.Root),
		HasBoundaries: len(c.Boundaries) > 0,
		Areas:         convert(c.Areas, wireArea), Organisations: convert(c.Organisations, wireOrganisation),
		Posts: convert(c.Posts, wirePost), Sources: convert(c.Sources, wireSource),
		Streams: convert(counts.Streams(), wireStream), Indicators: convert(indicators, wireIndicator), Notes: convert(c.Notes, wireNote)}
}

// Clock is the clock that the records go by.
type Clock struct {
	Mode  string     `json:"mode" enum:"live,replay"`
	Now   time.Time  `json:"now"`
	Day   civil.Day  `json:"day" format:"date" doc:"The city's day."`
	Speed float64    `json:"speed" doc:"Seconds of the clock a second; 1 when live, 0 when it stands."`
	Until *time.Time `json:"until,omitempty" doc:"The end of the replay."`
}

func wireClock(c ClockState) Clock {
	return Clock{Mode: string(c.Mode), Now: c.Now.UTC(), Day: c.Day, Speed: c.Speed, Until: utc(c.Until)}
}

// convert applies a conversion to every item; the list is never null.
func convert[From, To any](items []From, to func(From) To) []To {
	out := make([]To, len(items))
	for i, item := range items {
		out[i] = to(item)
	}
	return out
}

// names turns a list of named strings into plain ones; the list is never null.
func names[S ~string](items []S) []string {
	return convert(items, func(s S) string { return string(s) })
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}
