package observe

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/table"
	"github.com/breakwater-eoc/breakwater/words"
)

// SourceKinds lists the kinds of sources.
func SourceKinds() []SourceKind {
	return []SourceKind{HealthCommission, Clinic, Laboratory, School, Pharmacy, Customs, Hotline, Resident, Reconstruction}
}

// sourceColumns are the columns of sources.csv.
var sourceColumns = []string{"id", "kind", "zh", "en", "ja", "ko", "area", "streams", "due_hour"}

// LoadSources reads sources.csv of a city folder; its column streams lists,
// with blanks between, what the source owes every day. known says which
// streams the program has a meaning for. The fault is Invalid and names every
// bad row.
func LoadSources(folder fs.FS, areas *place.Tree, known func(stream string) bool) ([]Source, error) {
	var sources []Source
	seen := map[string]bool{}
	err := table.File(folder, "sources.csv", sourceColumns, func(row table.Row) {
		id := row.Needed("id")
		if seen[id] {
			row.Wrong("id", fmt.Sprintf("%q stands twice", id))
		}
		seen[id] = true
		s := Source{ID: SourceID(id), Kind: table.OneOf(row, "kind", SourceKinds()...),
			Names:   words.Text{Zh: row.Needed("zh"), En: row.Needed("en"), Ja: row.Needed("ja"), Ko: row.Needed("ko")},
			Area:    place.Code(row.Needed("area")),
			Streams: strings.Fields(row.Text("streams")),
			DueHour: int(row.Int("due_hour", 0, 23))}
		if _, err := areas.ByCode(s.Area); err != nil {
			row.Wrong("area", fmt.Sprintf("the city has no area %q", s.Area))
		}
		for i, stream := range s.Streams {
			if !known(stream) || slices.Contains(s.Streams[:i], stream) {
				row.Wrong("streams", fmt.Sprintf("%q is unknown or stands twice", stream))
			}
		}
		sources = append(sources, s)
	})
	return sources, err
}
