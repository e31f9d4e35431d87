package cities_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/cities"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/drill"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

func july(t *testing.T) drill.Series {
	t.Helper()
	s, err := drill.LoadSeries(cities.Dalian(), "2020-07-daily", dalian(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// byDay adds up one stream's counts of a kind of area, by day.
func byDay(s drill.Series, areas *place.Tree, stream counts.Stream, kind place.Kind) map[civil.Day]int64 {
	sums := map[civil.Day]int64{}
	for _, f := range s.Facts {
		if a, err := areas.ByCode(f.Row.Area); err == nil && f.Row.Stream == stream && a.Kind == kind {
			sums[f.Row.Day] += f.Row.Count
		}
	}
	return sums
}

func TestTheDistrictsOfJuly2020SumToTheCityOnEveryDay(t *testing.T) {
	s, areas := july(t), dalian(t).Areas
	for _, stream := range []counts.Stream{counts.ConfirmedLocal, counts.SamplesTaken, counts.ContactsTraced} {
		city, districts := byDay(s, areas, stream, place.City), byDay(s, areas, stream, place.District)
		if diff := cmp.Diff(districts, city); diff != "" || len(city) == 0 {
			t.Errorf("%s: districts - city +\n%s", stream, diff)
		}
	}
}

func TestTheSplitOfJuly2020RespectsWhatIsKnown(t *testing.T) {
	s := july(t)
	on := map[string]int64{}
	total := map[place.Code]int64{}
	totals := map[counts.Stream]int64{}
	for _, f := range s.Facts {
		if f.Row.Stream == counts.ConfirmedLocal {
			on[f.Row.Day.String()+" "+string(f.Row.Area)] = f.Row.Count
			total[f.Row.Area] += f.Row.Count
		}
		if f.Row.Area == "210200" {
			totals[f.Row.Stream] += f.Row.Count
		}
	}
	for _, tc := range []struct {
		what      string
		got, want int64
	}{
		{"the index case of 22 July in Xigang", on["2020-07-22 210203"], 1},
		{"local cases of the city", total["210200"], 92},
		{"samples to 28 July", totals[counts.SamplesTaken], 3_526_000},
		{"contacts traced", totals[counts.ContactsTraced], 572},
		{"positive samples of goods", totals[counts.GoodsPositive], 4},
	} {
		if tc.got != tc.want {
			t.Errorf("%s: %d, want %d", tc.what, tc.got, tc.want)
		}
	}
	if street, district := total["210211-dalianwan"], total["210211"]; street > district || street < 92*2/5 {
		t.Errorf("Dalianwan has %d of the %d of its district: the plant's staff and street were more than two fifths of all", street, district)
	}
}

func TestEverySplitSaysThatItIsReconstructed(t *testing.T) {
	areas := dalian(t).Areas
	for _, f := range july(t).Facts {
		a, err := areas.ByCode(f.Row.Area)
		if err != nil {
			t.Fatal(err)
		}
		known := f.Row.Stream == counts.Asymptomatic // one workshop's finding was published
		if a.Kind != place.City && f.Row.Basis == place.Stated && !known {
			t.Errorf("%s of %s on %s is called stated", f.Row.Stream, f.Row.Area, f.Row.Day)
		}
	}
}

// TestSharedReplayIsTheStatedSeries compares the city's figures with the
// tabulated public reports that they were copied from.
func TestSharedReplayIsTheStatedSeries(t *testing.T) {
	dir := os.Getenv("BREAKWATER_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(dir, "data", "replay", "dalian-2020-07-daily.csv"))
	if err != nil {
		if os.Getenv("BREAKWATER_SHARED_REQUIRED") == "1" {
			t.Fatal("the shared test material is required and not there")
		}
		t.Skip("SKIPPED WITHOUT PROOF: the shared test material is not there")
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[civil.Day]int64{}
	for _, r := range records[1:] {
		n, err := strconv.ParseInt(r[1], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		want[civil.MustDay(r[0])] = n
	}
	got := byDay(july(t), dalian(t).Areas, counts.ConfirmedLocal, place.City)
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got - want +\n%s", diff)
	}
}
