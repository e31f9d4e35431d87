// Package place holds the areas of a city (city > district > street >
// community > grid), their codes, people, setting and geometry.
//
// In: a city folder (see [LoadCity]). Out: a tree of areas that answers which
// area lies within which, and the names in four languages.
package place

import "github.com/breakwater-eoc/breakwater/words"

// Code names an area: GB/T 2260 for cities and districts (6 digits), the
// statistical extension for streets (9) and communities (12), or whatever a
// city elsewhere uses. Codes are unique within a city and never re-used.
type Code string

// Kind is the rank of an area.
type Kind string

// The ranks, from the widest to the smallest.
const (
	City      Kind = "city"
	District  Kind = "district"
	Street    Kind = "street"
	Community Kind = "community"
	Grid      Kind = "grid"
)

// Setting says how densely an area is lived in.
type Setting string

// The settings; weak links are looked for by them.
const (
	Urban  Setting = "urban"
	Fringe Setting = "fringe"
	Rural  Setting = "rural"
)

// Basis says whence a figure or a name comes.
type Basis string

// The bases. Reconstructed means that Breakwater's authors split or placed it,
// and every screen that shows it says so.
const (
	Stated        Basis = "stated"
	Reconstructed Basis = "reconstructed"
)

// Area is one area of a city.
type Area struct {
	Code       Code       `json:"code"`
	Parent     Code       `json:"parent,omitempty"`
	Kind       Kind       `json:"kind"`
	Names      words.Text `json:"names"`
	Population int        `json:"population"` // residents; 0 when unknown
	// PopulationBasis says whether the population was published or is our own
	// rounding or split.
	PopulationBasis Basis   `json:"population_basis"`
	Setting         Setting `json:"setting"`
	// Lat and Lon are WGS-84 degrees of the area's centre; both 0 when unknown.
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
	// TileX and TileY place a district on the schematic map, in tiles from the
	// top left corner; both -1 for an area that has no tile of its own.
	TileX int `json:"tile_x"`
	TileY int `json:"tile_y"`
	// Basis is that of code and names: reconstructed where no official code is known.
	Basis Basis `json:"basis"`
}
