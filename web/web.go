// Package web holds the console, embedded into the program.
//
// With the build tag "console", which `make build` sets after it has built the
// pages, [Pages] returns the console. Without it the program builds with
// nothing but Go, and Pages returns one page that says how to build it.
package web

import (
	"embed"
	"io/fs"
)

func below(files embed.FS, folder string) fs.FS {
	sub, err := fs.Sub(files, folder)
	if err != nil {
		panic(err) // the names are valid paths
	}
	return sub
}
