package place

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"

	"github.com/breakwater-eoc/breakwater/fault"
)

// Boundaries are the outlines of areas, from a city's own GeoJSON (RFC 7946).
type Boundaries struct {
	// GeoJSON is the file as it was given, for maps.
	GeoJSON []byte
	shapes  map[Code]orb.MultiPolygon
}

// ParseBoundaries reads a FeatureCollection of polygons. Each feature names
// its area in the property "code" or, as Chinese sources do, "adcode". The
// fault is Invalid and names every feature that is wrong.
func ParseBoundaries(text []byte) (*Boundaries, error) {
	fc, err := geojson.UnmarshalFeatureCollection(text)
	if err != nil {
		return nil, fault.New(fault.Invalid, "the boundaries are no GeoJSON FeatureCollection")
	}
	b := &Boundaries{GeoJSON: text, shapes: map[Code]orb.MultiPolygon{}}
	var wrong []fault.Place
	for i, f := range fc.Features {
		code := featureCode(f)
		shape, problem := outline(f.Geometry)
		if _, twice := b.shapes[code]; twice {
			problem = fmt.Sprintf("area %q has two features", code)
		}
		if code == "" {
			problem = "has neither code nor adcode"
		}
		if problem != "" {
			wrong = append(wrong, fault.Place{Field: fmt.Sprintf("%s feature %d", boundariesFile, i+1), Problem: problem})
			continue
		}
		b.shapes[code] = shape
	}
	return b, fault.At("the boundaries cannot be used", wrong...)
}

func featureCode(f *geojson.Feature) Code {
	for _, name := range []string{"code", "adcode"} {
		switch v := f.Properties[name].(type) {
		case string:
			return Code(v)
		case float64:
			return Code(fmt.Sprintf("%.0f", v))
		}
	}
	return ""
}

func outline(g orb.Geometry) (shape orb.MultiPolygon, problem string) {
	switch v := g.(type) {
	case orb.Polygon:
		shape = orb.MultiPolygon{v}
	case orb.MultiPolygon:
		shape = v
	default:
		return nil, "is no Polygon or MultiPolygon"
	}
	for _, polygon := range shape {
		if len(polygon) == 0 {
			return nil, "has an empty polygon"
		}
		for _, ring := range polygon {
			if len(ring) < 4 || !ring.Closed() {
				return nil, "has a ring that is not closed"
			}
		}
	}
	return shape, ""
}

// Holds reports whether a point lies in an area. It is false for an area
// without an outline.
func (b *Boundaries) Holds(c Code, lat, lon float64) bool {
	shape, ok := b.shapes[c]
	return ok && planar.MultiPolygonContains(shape, orb.Point{lon, lat})
}

// loadBoundaries returns nil without a fault when the folder has no boundaries.
func loadBoundaries(folder fs.FS, areas *Tree) (*Boundaries, error) {
	if _, err := fs.Stat(folder, boundariesFile); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	text, err := readFile(folder, boundariesFile)
	if err != nil {
		return nil, err
	}
	b, err := ParseBoundaries(text)
	if err != nil {
		return nil, err
	}
	return b, fault.At("the boundaries do not fit the areas", b.misfits(areas)...)
}

// misfits compares outlines and areas: every outline is of an area, and every
// area that gives its centre has it inside its outline.
func (b *Boundaries) misfits(areas *Tree) []fault.Place {
	var wrong []fault.Place
	for code := range b.shapes {
		a, err := areas.ByCode(code)
		at := fault.Place{Field: fmt.Sprintf("%s area %q", boundariesFile, code)}
		switch {
		case err != nil:
			at.Problem = "is not in " + areasFile
		case (a.Lat != 0 || a.Lon != 0) && !b.Holds(code, a.Lat, a.Lon):
			at.Problem = "does not hold the centre that " + areasFile + " gives"
		default:
			continue
		}
		wrong = append(wrong, at)
	}
	return wrong
}
