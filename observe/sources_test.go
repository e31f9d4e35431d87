package observe_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

func load(t *testing.T, rows string) ([]observe.Source, error) {
	t.Helper()
	tree, err := place.NewTree([]place.Area{{Code: "1", Kind: place.City, Names: words.Text{Zh: "镇", En: "Town", Ja: "町", Ko: "읍"}, TileX: -1, TileY: -1}})
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{"sources.csv": {Data: []byte("id,kind,zh,en,ja,ko,area,streams,due_hour\n" + rows)}}
	return observe.LoadSources(folder, tree, func(s string) bool { return s == "fever.visits" || s == "school.absence" })
}

func TestSourcesAreRead(t *testing.T) {
	got, err := load(t, "clinic-1,clinic,诊所,Clinic,診療所,진료소,1,fever.visits school.absence,10\nhotline,hotline,热线,Hotline,電話,전화,1,,12\n")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || len(got[0].Streams) != 2 || got[0].DueHour != 10 || len(got[1].Streams) != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestSourcesNameEveryBadRow(t *testing.T) {
	for _, tc := range []struct{ name, row, want string }{
		{"an unknown kind", "a,witch,一,A,一,일,1,,10\n", `column 2 (sources.csv kind): "witch" is none of`},
		{"an unknown area", "a,clinic,一,A,一,일,9,,10\n", `column 7 (sources.csv area): the city has no area "9"`},
		{"an unknown stream", "a,clinic,一,A,一,일,1,sneezes,10\n", `column 8 (sources.csv streams): "sneezes" is unknown or stands twice`},
		{"a stream twice", "a,clinic,一,A,一,일,1,fever.visits fever.visits,10\n", "unknown or stands twice"},
		{"an hour that is none", "a,clinic,一,A,一,일,1,,24\n", "column 9 (sources.csv due_hour): must lie between 0 and 23"},
		{"a source twice", "a,clinic,一,A,一,일,1,,1\na,clinic,一,A,一,일,1,,1\n", `line 3, column 1 (sources.csv id): "a" stands twice`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := load(t, tc.row)
			if !fault.Is(err, fault.Invalid) || !strings.Contains(fmt.Sprint(err), tc.want) {
				t.Errorf("got %v, want it to say %q", err, tc.want)
			}
		})
	}
}
