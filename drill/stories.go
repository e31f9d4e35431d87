package drill

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed stories/*.drill
var stories embed.FS

// Stories returns the stories that come with the program, by name.
func Stories() (map[string]Story, error) {
	names, err := fs.Glob(stories, "stories/*.drill")
	if err != nil {
		return nil, fmt.Errorf("list the stories: %w", err)
	}
	all := map[string]Story{}
	for _, name := range names {
		text, err := stories.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read story %s: %w", name, err)
		}
		s, err := Parse(string(text))
		if err != nil {
			return nil, fmt.Errorf("story %s: %w", name, err)
		}
		all[strings.TrimSuffix(path.Base(name), ".drill")] = s
	}
	return all, nil
}
