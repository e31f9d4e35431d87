package words

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/table"
)

//go:embed table/*.csv
var files embed.FS

// Table is texts by key.
type Table map[string]Text

// shipped reads the tables of the program once; they are part of the build.
var shipped = sync.OnceValues(func() (Table, error) { return Load(files, "table") })

// Shipped returns the tables of the program. The fault is Invalid and names
// every row that is wrong.
func Shipped() (Table, error) { return shipped() }

// T returns a text of the program. An unknown key comes back as the text
// itself in every language, so that a page shows where one is missing; the
// tests let no such key through.
func T(key string) Text {
	if t, err := shipped(); err == nil {
		if text, ok := t[key]; ok {
			return text
		}
	}
	return Text{Zh: key, En: key, Ja: key, Ko: key}
}

// placeholder is a value to be filled in: "{area}".
var placeholder = regexp.MustCompile(`\{[a-z][a-zA-Z0-9_]*\}`)

// With fills values into the placeholders of a text: "{area}" takes that of
// "area". A placeholder without a value stays as it is.
func (t Text) With(values map[string]string) Text {
	pairs := make([]string, 0, 2*len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		pairs = append(pairs, "{"+name+"}", values[name])
	}
	r := strings.NewReplacer(pairs...)
	return Text{Zh: r.Replace(t.Zh), En: r.Replace(t.En), Ja: r.Replace(t.Ja), Ko: r.Replace(t.Ko)}
}

// keyForm is what a key looks like: dotted words from the wide to the narrow.
var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-zA-Z0-9_-]+)+$`)

// Load reads every table (*.csv) of a folder: the columns key, zh, en, ja, ko.
// The fault is Invalid and names, by file, line and column, every key that is
// malformed or stands twice, every empty text, and every text whose
// placeholders are not those of the other languages.
func Load(folder fs.FS, dir string) (Table, error) {
	names, err := fs.Glob(folder, path.Join(dir, "*.csv"))
	if err != nil {
		return nil, fmt.Errorf("list the tables of texts: %w", err)
	}
	t := Table{}
	first := map[string]string{}
	var wrong []fault.Place
	for _, name := range names {
		err := table.File(folder, name, []string{"key", "zh", "en", "ja", "ko"}, func(r table.Row) { t.add(r, path.Base(name), first) })
		if err != nil && len(fault.PlacesOf(err)) == 0 {
			return nil, err
		}
		wrong = append(wrong, fault.PlacesOf(err)...)
	}
	return t, fault.At("the texts cannot be used", wrong...)
}

// add takes up a row; first says in which file each key stood before.
func (t Table) add(row table.Row, file string, first map[string]string) {
	key := row.Text("key")
	switch other, twice := first[key]; {
	case !keyForm.MatchString(key):
		row.Wrong("key", "is not a key: dotted words of letters, digits, - and _")
	case twice:
		row.Wrong("key", fmt.Sprintf("%q stands in %s already", key, other))
	}
	first[key] = file
	t[key] = readText(row)
}

// readText reads the four texts of a row and compares their placeholders.
func readText(row table.Row) Text {
	text := Text{Zh: row.Needed("zh"), En: row.Needed("en"), Ja: row.Needed("ja"), Ko: row.Needed("ko")}
	want := placeholders(text.En)
	for _, l := range Langs() {
		if got := placeholders(text.In(l)); text.In(l) != "" && !slices.Equal(got, want) {
			row.Wrong(string(l), fmt.Sprintf("has the placeholders %v, and the English text %v", got, want))
		}
	}
	return text
}

// placeholders lists those of a text, each once.
func placeholders(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}
