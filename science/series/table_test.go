package series_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/series"
)

func TestReadCSVFindsStreamsAndTimes(t *testing.T) {
	for _, tc := range []struct {
		name, in, unit string
		want           series.Series
	}{
		{"weeks with dates", "date,count\n2020-07-06,3\n2020-07-13,4\n", "",
			series.Series{Step: series.Weekly, Phase: 1, Counts: []float64{3, 4},
				Days: []civil.Day{civil.MustDay("2020-07-06"), civil.MustDay("2020-07-13")}}},
		{"days with dates", "date,a\n2020-07-06,3\n2020-07-07,4\n", "a",
			series.Series{Step: series.Daily, Phase: 1, Counts: []float64{3, 4},
				Days: []civil.Day{civil.MustDay("2020-07-06"), civil.MustDay("2020-07-07")}}},
		{"weeks by their number", "t,year,period,count,state\n1,2001,5,0,0\n2,2001,50,2,1\n", "count",
			series.Series{Step: series.Weekly, Phase: 5, Counts: []float64{0, 2}}},
		{"months by their number", "t,year,period,x\n1,2001,11,0\n2,2001,12,2\n", "x",
			series.Series{Step: series.Monthly, Phase: 11, Counts: []float64{0, 2}}},
		{"a missing count", "count\n1\nNA\n", "",
			series.Series{Step: series.Weekly, Phase: 1, Counts: []float64{1, math.NaN()}}},
		{"all streams together", "t,a,b\n1,2,3\n2,4,5\n", "sum",
			series.Series{Step: series.Weekly, Phase: 1, Counts: []float64{5, 9}}},
		{"a population beside", "count,population\n1,100\n", "count",
			series.Series{Step: series.Weekly, Phase: 1, Counts: []float64{1}, Population: []float64{100}}},
		{"a byte order mark", "\ufeffcount\n1\n", "",
			series.Series{Step: series.Weekly, Phase: 1, Counts: []float64{1}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			table, err := series.ReadCSV(strings.NewReader(tc.in))
			if err != nil {
				t.Fatal(err)
			}
			got, err := table.Series(tc.unit)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(got, tc.want, cmpopts.EquateNaNs()); d != "" {
				t.Errorf("got -, want +:\n%s", d)
			}
		})
	}
}

func TestReadCSVNamesWhatIsWrong(t *testing.T) {
	for _, tc := range []struct {
		name, in, unit, want string
		kind                 fault.Kind
	}{
		{"nothing at all", "", "", "the table is empty", fault.Invalid},
		{"a date that is none", "date,count\n2020-02-30,1\n", "", "line 2, column 1 (date)", fault.Invalid},
		{"a word for a count", "t,count\n1,many\n", "", "line 2, column 2 (count): is not a number", fault.Invalid},
		{"a negative count", "count\n1\n-1\n", "", "line 3, column 1 (count): must not be negative", fault.Invalid},
		{"an infinite count", "count\nInf\n", "", "is not a number", fault.Invalid},
		{"days in falling order", "date,count\n2020-07-13,1\n2020-07-06,1\n", "", "must be later", fault.Invalid},
		{"a column that is not there", "a,b\n1,2\n", "c", "it has a, b", fault.NotFound},
		{"a line that is too short", "a,b\n1\n", "", "line 2", fault.Invalid},
		{"a column twice", "a,a\n1,2\n", "", "stands twice", fault.Invalid},
		{"the state is not a stream", "count,state\n1,1\n", "state", "no stream", fault.NotFound},
		{"a population of none", "count,population\n1,0\n", "count", "must be above 0", fault.Invalid},
		{"a population that is not known", "count,population\n1,NA\n", "count", "must be above 0", fault.Invalid},
	} {
		t.Run(tc.name, func(t *testing.T) {
			table, err := series.ReadCSV(strings.NewReader(tc.in))
			if err == nil {
				_, err = table.Series(tc.unit)
			}
			if err == nil || !strings.Contains(err.Error(), tc.want) || !fault.Is(err, tc.kind) {
				t.Errorf("error = %v, want %v with %q", err, tc.kind, tc.want)
			}
		})
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add("date,count\n2020-07-06,3\n2020-07-13,4\n", "count")
	f.Add("t,year,period,a,b\n1,2001,5,0,NA\n", "sum")
	f.Add("a\n\"1\n", "")
	f.Add("count,population\n1e308,1\n1e308,1\n", "count")
	f.Fuzz(func(t *testing.T, in, unit string) {
		table, err := series.ReadCSV(strings.NewReader(in))
		if err != nil {
			return
		}
		s, err := table.Series(unit)
		if err != nil {
			return
		}
		for i, c := range s.Counts {
			if c < 0 {
				t.Errorf("count %d is %v", i, c)
			}
		}
	})
}

func TestUntilHidesWhatCameLater(t *testing.T) {
	s := series.Series{Step: series.Daily, Days: []civil.Day{1, 2, 3}, Counts: []float64{1, 2, 3}, Population: []float64{9, 9, 9}}
	got := s.Until(2)
	if len(got.Counts) != 2 || len(got.Days) != 2 || len(got.Population) != 2 {
		t.Errorf("Until(2) kept %d counts, %d days, %d populations", len(got.Counts), len(got.Days), len(got.Population))
	}
	if got := s.Until(99); len(got.Counts) != 3 {
		t.Errorf("Until(99) kept %d counts, want all 3", len(got.Counts))
	}
}
