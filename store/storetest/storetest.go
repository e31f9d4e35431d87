// Package storetest gives tests a fresh database of each kind, and is the one
// conformance suite that both kinds must pass (in its tests).
//
// In: a test. Out: an open, empty [store.DB] with a small city in it. A test
// binary that uses [Each] must call [pgtest.Main] from its TestMain.
package storetest

import (
	"path/filepath"
	"testing"

	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
	"github.com/breakwater-eoc/breakwater/words"
)

// Each runs a test on a fresh database of each kind.
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Open(t, pgtest.Start(t))) })
}

// SQLite returns a fresh SQLite database with [Areas] in it.
func SQLite(tb testing.TB) *store.DB {
	tb.Helper()
	return Open(tb, filepath.Join(tb.TempDir(), "breakwater.db"))
}

// Open opens the database at an address, puts [Areas] in it, and closes it when
// the test ends.
func Open(tb testing.TB, address string) *store.DB {
	tb.Helper()
	db, err := store.Open(tb.Context(), address)
	if err != nil {
		tb.Fatalf("open the database: %v", err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Errorf("close the database: %v", err)
		}
	})
	if err := db.PutAreas(tb.Context(), Areas()); err != nil {
		tb.Fatalf("put the areas: %v", err)
	}
	return db
}

// The areas of the small city: two districts, the first with two streets, of
// which the first has a community.
const (
	City      place.Code = "210200"
	East      place.Code = "210211"
	West      place.Code = "210212"
	Harbour   place.Code = "210211001"
	Hill      place.Code = "210211002"
	Quay      place.Code = "210211001001"
	Elsewhere place.Code = "310000" // no area of the city
)

// Areas lists the areas of the small city.
func Areas() []place.Area {
	return []place.Area{
		area(City, "", place.City),
		area(East, City, place.District),
		area(West, City, place.District),
		area(Harbour, East, place.Street),
		area(Hill, East, place.Street),
		area(Quay, Harbour, place.Community),
	}
}

func area(code, parent place.Code, kind place.Kind) place.Area {
	name := string(code)
	return place.Area{Code: code, Parent: parent, Kind: kind, Names: words.Text{Zh: name, En: name, Ja: name, Ko: name},
		Population: 100_000, Setting: place.Urban, Lat: 38.9, Lon: 121.6, TileX: -1, TileY: -1, Basis: place.Reconstructed}
}
