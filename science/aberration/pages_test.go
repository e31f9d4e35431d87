package aberration_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/science/aberration"
)

// TestEveryMethodHasAPage looks for each method's name in docs/methods.
func TestEveryMethodHasAPage(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join("..", "..", "docs", "methods", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for _, name := range aberration.Names() {
		if !strings.Contains(all.String(), "`"+name+"`") {
			t.Errorf("no page in docs/methods names %s", name)
		}
	}
}
