//go:build console

package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var built embed.FS

// Pages returns the built console.
func Pages() fs.FS { return below(built, "dist") }
