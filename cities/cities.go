// Package cities holds the city folders that come with the program.
//
// A city folder has city.yaml, areas.csv, the registers of organisations,
// posts and sources, and for a replay the history and the series of the city.
// Another city brings a folder of its own; docs/cities.md describes it.
package cities

import (
	"embed"
	"io/fs"
)

//go:embed dalian
var shipped embed.FS

// Dalian returns the folder of the city that the program ships.
func Dalian() fs.FS {
	folder, err := fs.Sub(shipped, "dalian")
	if err != nil {
		panic(err) // the name is a valid path
	}
	return folder
}
