// Package shipped embeds the rule packs that come with the program.
package shipped

import "embed"

// Packs holds one folder a pack.
//
//go:embed */pack.yaml
var Packs embed.FS
