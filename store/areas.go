package store

import (
	"context"
	"fmt"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
)

var areaTable = table{"area", "code, parent, kind, names, population, setting, lat, lon, tile_x, tile_y, basis"}

func areaRow(a *place.Area) []any {
	return []any{&a.Code, &a.Parent, &a.Kind, jsonText{&a.Names}, &a.Population, &a.Setting,
		&a.Lat, &a.Lon, &a.TileX, &a.TileY, &a.Basis}
}

// PutAreas stores the areas of the city, by which lists are narrowed to what a
// reader may see. Areas that are stored already are replaced; none is ever
// removed, because records name them. The fault is Invalid for a parent that is
// not among the areas, or an area that lies within itself.
func (db *DB) PutAreas(ctx context.Context, areas []place.Area) error {
	closure, err := closureOf(areas)
	if err != nil {
		return err
	}
	return db.write(ctx, func(tx *Tx) error {
		for _, a := range areas {
			if _, err := tx.q.exec(ctx, "DELETE FROM area WHERE code = $1", a.Code); err != nil {
				return fmt.Errorf("replace area %s: %w", a.Code, err)
			}
			if err := add(ctx, tx.q, areaTable, areaRow(&a), "area", a.Code); err != nil {
				return err
			}
			if _, err := tx.q.exec(ctx, "DELETE FROM area_closure WHERE area = $1", a.Code); err != nil {
				return fmt.Errorf("replace the place of area %s: %w", a.Code, err)
			}
			for _, within := range closure[a.Code] {
				if _, err := tx.q.exec(ctx, "INSERT INTO area_closure (within, area) VALUES ($1, $2)", within, a.Code); err != nil {
					return fmt.Errorf("place area %s: %w", a.Code, err)
				}
			}
		}
		return nil
	})
}

// closureOf lists for every area itself and all areas that it lies in.
func closureOf(areas []place.Area) (map[place.Code][]place.Code, error) {
	parent := map[place.Code]place.Code{}
	for _, a := range areas {
		parent[a.Code] = a.Parent
	}
	closure := map[place.Code][]place.Code{}
	for _, a := range areas {
		for at := a.Code; at != ""; at = parent[at] {
			if _, known := parent[at]; !known {
				return nil, fault.New(fault.Invalid, "area %s lies in %s, which is no area of the city", a.Code, at)
			}
			if closure[a.Code] = append(closure[a.Code], at); len(closure[a.Code]) > len(areas) {
				return nil, fault.New(fault.Invalid, "area %s lies within itself", a.Code)
			}
		}
	}
	return closure, nil
}
