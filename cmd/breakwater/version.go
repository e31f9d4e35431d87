package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// versionCommand prints which build this is.
type versionCommand struct{}

// Run implements the sub-command.
func (versionCommand) Run(c *call) error {
	b := thisBuild()
	if c.asJSON {
		return c.printJSON(b)
	}
	_, err := fmt.Fprintf(c.out, "breakwater %s (%s, %s)\n", b.Version, b.Revision, b.Go)
	return err
}

// build names a build of the program.
type build struct {
	Version  string `json:"version"`
	Revision string `json:"revision"`
	Go       string `json:"go"`
}

func thisBuild() build {
	b := build{Version: "development", Revision: "unknown revision", Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.Version = v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			b.Revision = s.Value
		}
	}
	return b
}
