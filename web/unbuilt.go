//go:build !console

package web

import (
	"embed"
	"io/fs"
)

//go:embed placeholder
var unbuilt embed.FS

// Pages returns the page that says how to build the console.
func Pages() fs.FS { return below(unbuilt, "placeholder") }
