package golden

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/science/series"
)

// file is a golden file; the outputs of its cases differ by algorithm.
type file struct {
	Algorithm string
	Cases     []json.RawMessage
	Traces    []json.RawMessage
}

// judges hold, by algorithm, what compares one case with our own result.
var judges = map[string]func(data folder, raw json.RawMessage) (*comparison, error){
	"earsC":   judgeDetector(ears),
	"nowcast": judgeNowcast,
	"prospective space-time scan (all windows end at the last row)": judgeSpaceTime,
	"kulldorff spatial scan":       judgeSpatial,
	"discr_si":                     judgeSerialInterval,
	"backprojNP":                   judgeBackProjection,
	"estimate_R / wallinga_teunis": judgeEpiEstim,
	"bayes":                        judgeDetector(paper("bayes")),
	"rki":                          judgeDetector(paper("rki")),
	"outbreakP":                    judgeDetector(paper("outbreakp")),
	"cusum":                        judgeCUSUM,
	"glrpois/glrnb":                judgeGLR,
	"farringtonFlexible":           judgeFlexible,
	"farringtonFlexible-trace":     judgeTrace,
	"farrington (classic)":         judgeDetector(paper("farrington")),
}

// folder is where the shared data lie.
type folder string

// shared returns the folder of shared data, or skips the test without it.
func shared(t *testing.T) folder {
	t.Helper()
	root := os.Getenv("BREAKWATER_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(root, "data", "golden")); err != nil {
		if os.Getenv("BREAKWATER_SHARED_REQUIRED") == "1" {
			t.Fatal("the shared data are required and not there; set BREAKWATER_SHARED")
		}
		t.Skip("the shared data are not there; set BREAKWATER_SHARED to judge by them")
	}
	return folder(filepath.Join(root, "data"))
}

func TestSharedGolden(t *testing.T) {
	data := shared(t)
	err := filepath.WalkDir(filepath.Join(string(data), "golden"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".json") {
			return err
		}
		t.Run(d.Name(), func(t *testing.T) { judgeFile(t, data, path) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func judgeFile(t *testing.T, data folder, path string) {
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var f file
	if err := json.Unmarshal(raw, &f); err != nil {
		t.Fatalf("read golden file: %v", err)
	}
	cases := append(f.Cases, f.Traces...)
	passed := 0
	judge := judges[f.Algorithm]
	if judge == nil {
		t.Errorf("no judge for algorithm %q", f.Algorithm)
	}
	if len(cases) == 0 {
		t.Error("the file has no cases")
	}
	for i, c := range cases {
		if judge == nil {
			break
		}
		result, err := judge(data, c)
		switch {
		case err != nil:
			t.Errorf("case %d %s: %v", i, nameOf(c), err)
		case result.compared == 0:
			t.Errorf("case %d %s: nothing was compared", i, nameOf(c))
		case len(result.wrong) > 0:
			t.Errorf("case %d %s: %d of %d values differ:\n  %s", i, nameOf(c), result.differ, result.compared, strings.Join(result.wrong, "\n  "))
		default:
			passed++
		}
	}
	fmt.Printf("shared golden/%s: %d/%d\n", filepath.Base(path), passed, len(cases))
}

func nameOf(raw json.RawMessage) string {
	var c struct{ ID string }
	if json.Unmarshal(raw, &c) != nil {
		return ""
	}
	return c.ID
}

// read loads a table of the shared data.
func (f folder) read(name string) (*series.Table, error) {
	in, err := os.Open(filepath.Join(string(f), filepath.FromSlash(name)))
	if err != nil {
		return nil, fmt.Errorf("open series: %w", err)
	}
	defer in.Close()
	return series.ReadCSV(in)
}
