package words_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/words"
)

func TestTheShippedTablesAreWhole(t *testing.T) {
	table, err := words.Shipped()
	if err != nil {
		for _, p := range fault.PlacesOf(err) {
			t.Error(p)
		}
		t.Fatal(err)
	}
	if len(table) == 0 {
		t.Error("there are no texts")
	}
}

const head = "key,zh,en,ja,ko\n"

func TestLoadNamesEveryRowThatIsWrong(t *testing.T) {
	for _, tc := range []struct {
		name, text, want string
	}{
		{"an empty text", head + "a.b,一,one,,일\n", "line 2, column 4 (x.csv ja): must not be empty"},
		{"a key twice", head + "a.b,一,one,一,일\na.b,一,one,一,일\n", `line 3, column 1 (x.csv key): "a.b" stands in x.csv already`},
		{"a malformed key", head + "A b,一,one,一,일\n", "is not a key"},
		{"other placeholders", head + "a.b,{n}人,{n} people,{m}人,{n}명\n", "line 2, column 4 (x.csv ja): has the placeholders [{m}], and the English text [{n}]"},
		{"a cell too few", head + "a.b,一,one,一\n", "line 2 (x.csv): has 4 cells, and the header 5"},
		{"a language missing", "key,zh,en,ja\n", "(x.csv ko): is missing in the header"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := words.Load(fstest.MapFS{"x.csv": {Data: []byte(tc.text)}}, ".")
			if !fault.Is(err, fault.Invalid) || !strings.Contains(fmt.Sprint(err), tc.want) {
				t.Errorf("got %v, want it to say %q", err, tc.want)
			}
		})
	}
}

func TestAKeyMayNotStandInTwoFiles(t *testing.T) {
	row := []byte(head + "a.b,一,one,一,일\n")
	_, err := words.Load(fstest.MapFS{"x.csv": {Data: row}, "y.csv": {Data: row}}, ".")
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), `"a.b" stands in x.csv already`) {
		t.Errorf("got %v", err)
	}
}

func TestWithFillsPlaceholders(t *testing.T) {
	text := words.Text{Zh: "{area}有{n}例", En: "{n} cases in {area}", Ja: "{area}で{n}例", Ko: "{area} {n}명"}
	got := text.With(map[string]string{"area": "{n}", "n": "3"})
	if got.En != "3 cases in {n}" || got.Zh != "{n}有3例" {
		t.Errorf("filled %+v", got)
	}
	if again := text.With(nil); again != text {
		t.Errorf("nothing to fill gave %+v", again)
	}
}

func TestAnUnknownKeyShowsItself(t *testing.T) {
	if got := words.T("no.such.key"); got.In(words.Ko) != "no.such.key" {
		t.Errorf("got %+v", got)
	}
}

// use is how a key stands in the code: whole, or as a beginning that a value
// completes.
type use struct {
	file, key string
	begins    bool
}

var (
	// Go: words.T("a.b") and words.T("a." + x), and the method of a figure.
	inGo = regexp.MustCompile(`(?:words\.T\(|Method:\s*)"([^"]+)"(\s*\+)?`)
	// TypeScript: say('a.b') or t('a.b'), and say(` + "`a.${x}`" + `).
	inScript    = regexp.MustCompile(`\b(?:say|t)\(\s*'([^']+)'()`)
	inTemplates = regexp.MustCompile("\\b(?:say|t)\\(\\s*`([^`$]*)(\\$\\{)?")
)

func TestEveryKeyThatTheCodeUsesStandsInATable(t *testing.T) {
	table, err := words.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	uses := scan(t, "..")
	if len(uses) == 0 {
		t.Fatal("no use of a text was found: the search is broken")
	}
	for _, u := range uses {
		_, whole := table[u.key]
		if u.begins {
			whole = someBegin(table, u.key)
		}
		if !whole {
			t.Errorf("%s uses the text %q, which no table has", u.file, u.key)
		}
	}
}

func someBegin(table words.Table, start string) bool {
	for key := range table {
		if strings.HasPrefix(key, start) {
			return true
		}
	}
	return false
}

// scan reads every Go and TypeScript file that is not a test.
func scan(t *testing.T, root string) []use {
	t.Helper()
	var uses []use
	aside := []string{"node_modules", ".git", "dist", "testdata"}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if err == nil && slices.Contains(aside, d.Name()) {
				return fs.SkipDir
			}
			return err
		}
		name := d.Name()
		var forms []*regexp.Regexp
		switch {
		case strings.Contains(name, ".test.") || strings.HasSuffix(name, "_test.go"):
			return nil
		case strings.HasSuffix(name, ".go"):
			forms = []*regexp.Regexp{inGo}
		case strings.HasSuffix(name, ".ts"), strings.HasSuffix(name, ".tsx"):
			forms = []*regexp.Regexp{inScript, inTemplates}
		}
		uses = append(uses, find(t, path, forms)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return uses
}

func find(t *testing.T, path string, forms []*regexp.Regexp) []use {
	t.Helper()
	if len(forms) == 0 {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var uses []use
	for _, form := range forms {
		for _, m := range form.FindAllSubmatch(text, -1) {
			// An address is no key: it holds a dot and no slash or blank.
			key := string(m[1])
			if strings.Contains(key, ".") && !strings.ContainsAny(key, "/ ") {
				uses = append(uses, use{file: path, key: key, begins: len(m[2]) > 0})
			}
		}
	}
	return uses
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(head + "a.b,一,one,一,일\n"))
	f.Add([]byte("\ufeffkey,zh,en,ja,ko\r\na.b,\"一\n二\",{x},一,일\r\n"))
	f.Add([]byte{0xff, 0xfe, 'k', 0})
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, err := words.Load(fstest.MapFS{"x.csv": {Data: text}}, "."); err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("fault is %v, want invalid", err)
		}
	})
}
