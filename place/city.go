package place

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
	_ "time/tzdata" // a city's midnight must not depend on the machine's files

	"github.com/goccy/go-yaml"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/table"
	"github.com/breakwater-eoc/breakwater/words"
)

// The files of a city folder that this package reads.
const (
	profileFile    = "city.yaml"
	areasFile      = "areas.csv"
	boundariesFile = "boundaries.geojson"
)

// Note is something that every reader of the city's figures must know, such as
// that a split is a reconstruction.
type Note struct {
	ID   string     `yaml:"id" json:"id"`
	Text words.Text `yaml:"text" json:"text"`
}

// Municipality is a city as its folder describes it.
type Municipality struct {
	ID    string
	Names words.Text
	// Timezone is an IANA name; Location is the same, whose midnight ends a day.
	Timezone string
	Location *time.Location
	Root     Code
	Notes    []Note
	Areas    *Tree
	// Boundaries is nil when the folder has none; maps are then schematic.
	Boundaries *Boundaries
}

// profile is city.yaml.
type profile struct {
	ID       string     `yaml:"id"`
	Names    words.Text `yaml:"names"`
	Timezone string     `yaml:"timezone"`
	Root     Code       `yaml:"root"`
	Notes    []Note     `yaml:"notes"`
}

// LoadCity reads a city folder: city.yaml, areas.csv and, if there is one,
// boundaries.geojson. The fault is Invalid and names file, line and column of
// everything that is wrong.
func LoadCity(folder fs.FS) (Municipality, error) {
	m, err := loadProfile(folder)
	if err != nil {
		return m, err
	}
	if m.Areas, err = loadAreas(folder); err != nil {
		return m, err
	}
	if got := m.Areas.Root().Code; got != m.Root {
		return m, fault.At("the city cannot be loaded", fault.Place{Field: profileFile + " root",
			Problem: fmt.Sprintf("is %q, and the city of %s is %q", m.Root, areasFile, got)})
	}
	m.Boundaries, err = loadBoundaries(folder, m.Areas)
	return m, err
}

func loadProfile(folder fs.FS) (Municipality, error) {
	text, err := readFile(folder, profileFile)
	if err != nil {
		return Municipality{}, err
	}
	var p profile
	if err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(&p); err != nil {
		return Municipality{}, fault.New(fault.Invalid, "%s is not readable: %s", profileFile, yaml.FormatError(err, false, false))
	}
	m := Municipality{ID: p.ID, Names: p.Names, Timezone: p.Timezone, Root: p.Root, Notes: p.Notes}
	wrong := p.check()
	if m.Location, err = time.LoadLocation(p.Timezone); err != nil || p.Timezone == "" {
		wrong = append(wrong, fault.Place{Field: profileFile + " timezone", Problem: "is not an IANA time zone"})
	}
	return m, fault.At("the city cannot be loaded", wrong...)
}

func (p profile) check() []fault.Place {
	var wrong []fault.Place
	if p.ID == "" {
		wrong = append(wrong, fault.Place{Field: profileFile + " id", Problem: "must not be empty"})
	}
	if missing := p.Names.Missing(); len(missing) > 0 {
		wrong = append(wrong, fault.Place{Field: profileFile + " names", Problem: fmt.Sprintf("are missing in %v", missing)})
	}
	for i, n := range p.Notes {
		if missing := n.Text.Missing(); n.ID == "" || len(missing) > 0 {
			wrong = append(wrong, fault.Place{Field: fmt.Sprintf("%s notes[%d]", profileFile, i), Problem: fmt.Sprintf("needs an id and a text; missing in %v", missing)})
		}
	}
	return wrong
}

// mostFile is the largest file of a city folder that is read at once.
const mostFile = 64 << 20

func readFile(folder fs.FS, name string) ([]byte, error) {
	f, err := folder.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.Invalid, "the city folder has no %s", name)
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(text) > mostFile {
		return nil, fault.New(fault.Invalid, "%s is larger than %d bytes", name, mostFile)
	}
	return text, nil
}

// areaColumns are the columns of areas.csv, in the order in which it is kept.
var areaColumns = []string{"code", "parent", "kind", "zh", "en", "ja", "ko", "population", "population_basis",
	"setting", "lat", "lon", "tile_x", "tile_y", "basis"}

func loadAreas(folder fs.FS) (*Tree, error) {
	var areas []Area
	var rows []table.Row
	err := table.File(folder, areasFile, areaColumns, func(r table.Row) {
		areas, rows = append(areas, readArea(r)), append(rows, r)
	})
	if err != nil {
		return nil, err
	}
	return newTree(areas, func(i int, field, problem string) fault.Place { return rows[i].Place(field, problem) })
}

func readArea(r table.Row) Area {
	return Area{
		Code: Code(r.Needed("code")), Parent: Code(r.Text("parent")),
		Kind:            table.OneOf(r, "kind", ranks...),
		Names:           words.Text{Zh: r.Needed("zh"), En: r.Needed("en"), Ja: r.Needed("ja"), Ko: r.Needed("ko")},
		Population:      int(r.Int("population", 0, 100_000_000)),
		PopulationBasis: table.OneOf(r, "population_basis", Stated, Reconstructed),
		Setting:         table.OneOf(r, "setting", Urban, Fringe, Rural),
		Lat:             r.Real("lat", -90, 90), Lon: r.Real("lon", -180, 180),
		TileX: int(r.Int("tile_x", -1, 99)), TileY: int(r.Int("tile_y", -1, 99)),
		Basis: table.OneOf(r, "basis", Stated, Reconstructed),
	}
}
