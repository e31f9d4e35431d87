package place_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb/geojson"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

// area builds a valid area; the city when it has no parent.
func area(code, parent place.Code, kind place.Kind) place.Area {
	return place.Area{Code: code, Parent: parent, Kind: kind, Names: words.Text{Zh: "一", En: "one", Ja: "一", Ko: "일"},
		Setting: place.Urban, TileX: -1, TileY: -1, Basis: place.Stated, PopulationBasis: place.Stated}
}

func small() []place.Area {
	return []place.Area{
		area("street", "east", place.Street), // before its parent: order is free
		area("city", "", place.City),
		area("east", "city", place.District),
		area("west", "city", place.District),
		area("corner", "street", place.Community),
	}
}

func tree(t *testing.T) *place.Tree {
	t.Helper()
	tr, err := place.NewTree(small())
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func codes(areas []place.Area) []place.Code {
	var list []place.Code
	for _, a := range areas {
		list = append(list, a.Code)
	}
	return list
}

func TestTreeAnswersWhatLiesInWhat(t *testing.T) {
	tr := tree(t)
	if got, want := codes(tr.Areas()), []place.Code{"city", "east", "street", "corner", "west"}; !cmp.Equal(got, want) {
		t.Errorf("areas are %v, want %v", got, want)
	}
	line, err := tr.Lineage("corner")
	if want := []place.Code{"corner", "street", "east", "city"}; err != nil || !cmp.Equal(line, want) {
		t.Errorf("lineage is %v (%v), want %v", line, err, want)
	}
	if got, want := codes(tr.Within("east")), []place.Code{"east", "street", "corner"}; !cmp.Equal(got, want) {
		t.Errorf("within east lie %v, want %v", got, want)
	}
	if got, want := codes(tr.Children("city")), []place.Code{"east", "west"}; !cmp.Equal(got, want) {
		t.Errorf("children of the city are %v, want %v", got, want)
	}
	if !tr.Holds("city", "corner") || tr.Holds("west", "corner") || tr.Holds("city", "moon") {
		t.Error("Holds does not follow the lineage")
	}
	if _, err := tr.ByCode("moon"); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown area gives %v, want not found", err)
	}
	if got := tr.Within("moon"); got != nil {
		t.Errorf("within an unknown area lie %v", got)
	}
}

func TestTreeRefusesAreasThatDoNotFit(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func([]place.Area) []place.Area
		want   string
	}{
		{"a code twice", func(a []place.Area) []place.Area { return append(a, a[3]) }, "stands twice"},
		{"no city", func(a []place.Area) []place.Area { return append(a[:1], a[2:]...) }, "no area of kind city"},
		{"two cities", func(a []place.Area) []place.Area { return append(a, area("other", "", place.City)) }, "this is another"},
		{"a parent that is not there", func(a []place.Area) []place.Area { a[0].Parent = "moon"; return a }, `no area "moon"`},
		{"a district without a city", func(a []place.Area) []place.Area { a[2].Parent = ""; return a }, "only a city lies in nothing"},
		{"a city in a district", func(a []place.Area) []place.Area { a[1].Parent = "east"; return a }, "a city lies in nothing"},
		{"a circle", func(a []place.Area) []place.Area { a[2].Parent = "corner"; return a }, "lies within itself"},
		{"a district in a street", func(a []place.Area) []place.Area { a[3].Parent = "street"; return a }, "a district cannot lie in a street"},
		{"a name missing", func(a []place.Area) []place.Area { a[0].Names.Ko = ""; return a }, "ko: must not be empty"},
		{"half a tile", func(a []place.Area) []place.Area { a[2].TileX = 1; return a }, "both"},
		{"two on one tile", func(a []place.Area) []place.Area {
			a[2].TileX, a[2].TileY, a[3].TileX, a[3].TileY = 1, 2, 1, 2
			return a
		}, `is that of area "east"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := place.NewTree(tc.change(small()))
			if !fault.Is(err, fault.Invalid) || !strings.Contains(fmt.Sprint(err), tc.want) {
				t.Errorf("got %v, want it to say %q", err, tc.want)
			}
		})
	}
}

const profile = `{id: town, names: {zh: 镇, en: Town, ja: 町, ko: 읍}, timezone: Asia/Tokyo, root: "1", notes: []}`

const header = "code,parent,kind,zh,en,ja,ko,population,population_basis,setting,lat,lon,tile_x,tile_y,basis\n"

const townRow = "1,,city,镇,Town,町,읍,1000,stated,urban,35.5,139.5,-1,-1,stated\n"

func folder(files ...string) fstest.MapFS {
	m := fstest.MapFS{"city.yaml": {Data: []byte(profile)}, "areas.csv": {Data: []byte(header + townRow)}}
	for i := 0; i < len(files); i += 2 {
		m[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return m
}

func TestLoadCityReadsAFolder(t *testing.T) {
	m, err := place.LoadCity(folder())
	if err != nil {
		t.Fatal(err)
	}
	if m.ID != "town" || m.Location.String() != "Asia/Tokyo" || m.Areas.Root().Population != 1000 || m.Boundaries != nil {
		t.Errorf("loaded %+v", m)
	}
}

const square = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"1"},"geometry":{"type":"Polygon","coordinates":[[[139,35],[140,35],[140,36],[139,36],[139,35]]]}}]}`

func TestLoadCityReadsBoundariesIfThereAreAny(t *testing.T) {
	m, err := place.LoadCity(folder("boundaries.geojson", square))
	if err != nil {
		t.Fatal(err)
	}
	if !m.Boundaries.Holds("1", 35.2, 139.9) || m.Boundaries.Holds("1", 34.9, 139.9) || m.Boundaries.Holds("2", 35.2, 139.9) {
		t.Error("the outline does not hold what lies in it")
	}
}

func TestLoadCityNamesWhatIsWrong(t *testing.T) {
	for _, tc := range []struct {
		name, file, text, want string
	}{
		{"a bad cell by file, line and column", "areas.csv", header + "1,,city,镇,Town,町,읍,many,stated,urban,35,139,-1,-1,stated\n", `line 2, column 8 (areas.csv population): "many" is not a whole number`},
		{"an area out of place", "areas.csv", header + townRow + "2,9,district,镇,Town,町,읍,1,stated,urban,35,139,-1,-1,stated\n", `line 3, column 2 (areas.csv parent): there is no area "9"`},
		{"an unknown column", "areas.csv", "code,colour\n", "line 1, column 2 (areas.csv colour): is not a column"},
		{"an unknown setting of city.yaml", "city.yaml", profile[:len(profile)-1] + ", colour: red}", "colour"},
		{"no time zone", "city.yaml", strings.Replace(profile, "Asia/Tokyo", "Nowhere/Town", 1), "not an IANA time zone"},
		{"another root", "city.yaml", strings.Replace(profile, `"1"`, `"2"`, 1), `is "2", and the city of areas.csv is "1"`},
		{"boundaries that are no GeoJSON", "boundaries.geojson", "{}", "no GeoJSON FeatureCollection"},
		{"a boundary of another area", "boundaries.geojson", strings.Replace(square, `"code":"1"`, `"adcode":7`, 1), `area "7": is not in areas.csv`},
		{"a boundary elsewhere", "boundaries.geojson", strings.ReplaceAll(square, "35]", "35.7]"), "does not hold the centre"},
		{"a ring that is open", "boundaries.geojson", strings.Replace(square, ",[139,35]]]", "]]", 1), "not closed"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := place.LoadCity(folder(tc.file, tc.text))
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want it to say %q", err, tc.want)
			}
		})
	}
	if _, err := place.LoadCity(fstest.MapFS{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("an empty folder gives %v, want invalid", err)
	}
}

func FuzzBoundaries(f *testing.F) {
	f.Add([]byte(square))
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":null,"geometry":null}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := place.ParseBoundaries(text)
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("fault is %v, want invalid", err)
		}
		if err == nil {
			b.Holds("1", 35, 139)
		}
	})
}

// TestSharedGeoDalian judges boundary files of the form that Chinese map
// services give: each feature's own centre must lie inside its polygon.
func TestSharedGeoDalian(t *testing.T) {
	root := filepath.Join(shared(t), "standards", "geo-dalian")
	var files []string
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".geojson") {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("no boundary files found: %v", err)
	}
	passed, total := 0, 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, n := centresInside(t, text)
		passed, total = passed+p, total+n
	}
	fmt.Printf("shared standards/geo-dalian: %d/%d\n", passed, total)
	if passed != total || total == 0 {
		t.Errorf("%d of %d centres lie inside their polygon", passed, total)
	}
}

func centresInside(t *testing.T, text []byte) (passed, total int) {
	t.Helper()
	b, err := place.ParseBoundaries(text)
	if err != nil {
		t.Error(err)
		return 0, 1
	}
	fc, err := geojson.UnmarshalFeatureCollection(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fc.Features {
		total++
		centre, ok := f.Properties["center"].([]any)
		if !ok || len(centre) != 2 {
			t.Errorf("feature %v has no centre", f.Properties["adcode"])
			continue
		}
		lon, lat := centre[0].(float64), centre[1].(float64)
		if b.Holds(place.Code(fmt.Sprintf("%.0f", f.Properties["adcode"])), lat, lon) {
			passed++
		} else {
			t.Errorf("the centre of %v lies outside its polygon", f.Properties["adcode"])
		}
	}
	return passed, total
}

// shared returns the folder of third-party test material; without it the test
// is skipped, or fails when the material is required.
func shared(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("BREAKWATER_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared")
	}
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("BREAKWATER_SHARED_REQUIRED") == "1" {
			t.Fatal("the shared test material is required and not there")
		}
		t.Skip("SKIPPED WITHOUT PROOF: the shared test material is not there")
	}
	return dir
}
