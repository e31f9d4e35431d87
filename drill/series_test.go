package drill_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/breakwater-eoc/breakwater/drill"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

func town(t *testing.T) place.Municipality {
	t.Helper()
	tree, err := place.NewTree([]place.Area{{Code: "1", Kind: place.City, Names: words.Text{Zh: "镇", En: "Town", Ja: "町", Ko: "읍"}, TileX: -1, TileY: -1}})
	if err != nil {
		t.Fatal(err)
	}
	return place.Municipality{Areas: tree, Location: time.UTC, Root: "1"}
}

const seriesHeader = "source,stream,area,day,count,basis,published,origin\n"

func load(t *testing.T, rows string) (drill.Series, error) {
	t.Helper()
	return drill.LoadSeries(fstest.MapFS{"series/x.csv": {Data: []byte(seriesHeader + rows)}}, "x", town(t))
}

func TestASeriesIsToldInTheOrderInWhichItWasPublished(t *testing.T) {
	s, err := load(t, "customs,goods.positive,1,2020-07-03,4,stated,2020-07-10,notice\n"+
		"board,confirmed.local,1,2020-07-05,0,stated,,bulletin\n")
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, f := range s.Facts {
		told = append(told, fmt.Sprint(f.Source, " ", f.Row.Day, " ", f.Told.Format("2006-01-02T15:04")))
	}
	want := "[board 2020-07-05 2020-07-05T21:00 customs 2020-07-03 2020-07-10T21:00]"
	if got := fmt.Sprint(told); got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	if s.First.String() != "2020-07-03" || s.Last.String() != "2020-07-05" {
		t.Errorf("covers %s to %s", s.First, s.Last)
	}
}

func TestASeriesNamesEveryBadRow(t *testing.T) {
	const good = "board,confirmed.local,1,2020-07-05,0,stated,,bulletin\n"
	for _, tc := range []struct{ name, rows, want string }{
		{"a day twice", good + good, "line 3, column 4 (x.csv day): stream, area and day stand on an earlier line"},
		{"an unknown stream", "board,sneezes,1,2020-07-05,0,stated,,\n", "column 2 (x.csv stream): is none of the known streams"},
		{"told before it happened", "board,confirmed.local,1,2020-07-05,0,stated,2020-07-04,\n", "lies before the day"},
		{"without a basis", "board,confirmed.local,1,2020-07-05,0,,,\n", `column 6 (x.csv basis): "" is none of`},
		{"nothing at all", "", "the series x has no counts"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := load(t, tc.rows)
			if !fault.Is(err, fault.Invalid) || !strings.Contains(fmt.Sprint(err), tc.want) {
				t.Errorf("got %v, want it to say %q", err, tc.want)
			}
		})
	}
}
