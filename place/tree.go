package place

import (
	"fmt"
	"slices"

	"github.com/breakwater-eoc/breakwater/fault"
)

// ranks lists the kinds from the widest to the smallest.
var ranks = []Kind{City, District, Street, Community, Grid}

// Kinds lists the ranks of areas from the widest to the smallest.
func Kinds() []Kind { return slices.Clone(ranks) }

// Tree is the areas of one city. It is made once and not changed.
type Tree struct {
	areas    []Area // parents before children, in the order in which they were given
	at       map[Code]int
	children map[Code][]Code
}

// NewTree puts areas together. The fault is Invalid and names every area that
// does not fit: a code twice, a parent that is not there or not wider, no city
// or two, a name missing, two areas on one tile.
func NewTree(areas []Area) (*Tree, error) {
	return newTree(areas, func(i int, field, problem string) fault.Place {
		return fault.Place{Field: fmt.Sprintf("area %q %s", areas[i].Code, field), Problem: problem}
	})
}

// where names a value of the i-th area given.
type where func(i int, field, problem string) fault.Place

func newTree(areas []Area, at where) (*Tree, error) {
	t := &Tree{at: map[Code]int{}, children: map[Code][]Code{}}
	wrong := codes(areas, at)
	wrong = append(wrong, parents(areas, at)...)
	wrong = append(wrong, faces(areas, at)...)
	if err := fault.At("the areas do not make a city", wrong...); err != nil {
		return nil, err
	}
	for _, a := range areas {
		if a.Parent != "" {
			t.children[a.Parent] = append(t.children[a.Parent], a.Code)
		}
	}
	root := slices.IndexFunc(areas, func(a Area) bool { return a.Kind == City })
	given := map[Code]Area{}
	for _, a := range areas {
		given[a.Code] = a
	}
	t.add(areas[root].Code, given)
	return t, nil
}

// add lays out an area and everything within it.
func (t *Tree) add(c Code, given map[Code]Area) {
	t.at[c] = len(t.areas)
	t.areas = append(t.areas, given[c])
	for _, child := range t.children[c] {
		t.add(child, given)
	}
}

// codes checks that every area has a code of its own, and that there is one city.
func codes(areas []Area, at where) []fault.Place {
	var wrong []fault.Place
	first := map[Code]bool{}
	cities := 0
	for i, a := range areas {
		if a.Code == "" {
			wrong = append(wrong, at(i, "code", "must not be empty"))
		}
		if first[a.Code] {
			wrong = append(wrong, at(i, "code", fmt.Sprintf("%q stands twice", a.Code)))
		}
		first[a.Code] = true
		if a.Kind != City {
			continue
		}
		if cities++; cities > 1 {
			wrong = append(wrong, at(i, "kind", "a folder holds one city, and this is another"))
		}
	}
	if cities == 0 {
		wrong = append(wrong, fault.Place{Field: "kind", Problem: "there is no area of kind city"})
	}
	return wrong
}

// parents checks that every area lies in a wider one. Since every step up must
// widen, no area that passes can lie within itself.
func parents(areas []Area, at where) []fault.Place {
	kind := map[Code]Kind{}
	up := map[Code]Code{}
	for _, a := range areas {
		kind[a.Code], up[a.Code] = a.Kind, a.Parent
	}
	var wrong []fault.Place
	for i, a := range areas {
		wider, known := kind[a.Parent]
		problem := ""
		switch {
		case a.Kind == City && a.Parent != "":
			problem = "a city lies in nothing"
		case a.Kind == City:
			continue
		case a.Parent == "":
			problem = "must not be empty: only a city lies in nothing"
		case !known:
			problem = fmt.Sprintf("there is no area %q", a.Parent)
		case within(a.Code, up):
			problem = fmt.Sprintf("area %q lies within itself", a.Code)
		case slices.Index(ranks, wider) >= slices.Index(ranks, a.Kind):
			problem = fmt.Sprintf("a %s cannot lie in a %s", a.Kind, wider)
		default:
			continue
		}
		wrong = append(wrong, at(i, "parent", problem))
	}
	return wrong
}

// within reports whether the way up from an area comes back to it.
func within(c Code, up map[Code]Code) bool {
	seen := map[Code]bool{}
	for at := up[c]; at != "" && !seen[at]; at = up[at] {
		if at == c {
			return true
		}
		seen[at] = true
	}
	return false
}

// faces checks what screens show of an area: its names and its tile.
func faces(areas []Area, at where) []fault.Place {
	var wrong []fault.Place
	tiles := map[[2]int]Code{}
	for i, a := range areas {
		for _, l := range a.Names.Missing() {
			wrong = append(wrong, at(i, string(l), "must not be empty"))
		}
		if !slices.Contains(ranks, a.Kind) {
			wrong = append(wrong, at(i, "kind", fmt.Sprintf("must be one of %v", ranks)))
		}
		if (a.TileX < 0) != (a.TileY < 0) {
			wrong = append(wrong, at(i, "tile_x", "tile_x and tile_y must both be given or both be -1"))
		}
		if a.TileX < 0 || a.TileY < 0 {
			continue
		}
		tile := [2]int{a.TileX, a.TileY}
		if other, taken := tiles[tile]; taken {
			wrong = append(wrong, at(i, "tile_x", fmt.Sprintf("tile %d, %d is that of area %q", a.TileX, a.TileY, other)))
		}
		tiles[tile] = a.Code
	}
	return wrong
}

// Root returns the city.
func (t *Tree) Root() Area { return t.areas[0] }

// Areas returns every area, each after the one that it lies in.
func (t *Tree) Areas() []Area { return slices.Clone(t.areas) }

// ByCode returns an area. The fault is NotFound.
func (t *Tree) ByCode(c Code) (Area, error) {
	i, ok := t.at[c]
	if !ok {
		return Area{}, fault.New(fault.NotFound, "the city has no area %q", c)
	}
	return t.areas[i], nil
}

// Lineage returns an area and all areas that it lies in, the smallest first.
// The fault is NotFound.
func (t *Tree) Lineage(c Code) ([]Code, error) {
	a, err := t.ByCode(c)
	if err != nil {
		return nil, err
	}
	line := []Code{a.Code}
	for a.Parent != "" {
		a = t.areas[t.at[a.Parent]]
		line = append(line, a.Code)
	}
	return line, nil
}

// Holds reports whether an area is another or lies within it. It is false for
// areas that the city does not have.
func (t *Tree) Holds(outer, inner Code) bool {
	line, err := t.Lineage(inner)
	return err == nil && slices.Contains(line, outer)
}

// Within returns an area and all areas within it, each after the one that it
// lies in; nothing for an area that the city does not have.
func (t *Tree) Within(c Code) []Area {
	i, ok := t.at[c]
	if !ok {
		return nil
	}
	end := i + 1
	for end < len(t.areas) && t.Holds(c, t.areas[end].Code) {
		end++
	}
	return slices.Clone(t.areas[i:end])
}

// Children returns the areas that lie directly in an area.
func (t *Tree) Children(c Code) []Area {
	var list []Area
	for _, child := range t.children[c] {
		list = append(list, t.areas[t.at[child]])
	}
	return list
}
