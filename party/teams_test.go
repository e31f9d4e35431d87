package party_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
)

func TestTeamsAreRead(t *testing.T) {
	got, err := party.LoadTeams(fstest.MapFS{"teams.csv": {Data: []byte("area,budget\n1,7\n")}}, town(t))
	if diff := cmp.Diff([]party.Team{{Area: "1", Budget: 7}}, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	if none, err := party.LoadTeams(fstest.MapFS{}, town(t)); err != nil || len(none) != 0 {
		t.Errorf("a city without the file has %v, %v", none, err)
	}
}

func TestTeamsNameEveryBadRow(t *testing.T) {
	for _, tc := range []struct{ name, rows, want string }{
		{"an area that there is not", "9,3\n", `line 2, column 1 (teams.csv area): the city has no area "9"`},
		{"a budget of nothing", "1,0\n", `line 2, column 2 (teams.csv budget)`},
		{"a second team of an area", "1,3\n1,4\n", `line 3, column 1 (teams.csv area): "1" has a team already`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := party.LoadTeams(fstest.MapFS{"teams.csv": {Data: []byte("area,budget\n" + tc.rows)}}, town(t))
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error = %v, want invalid with %q", err, tc.want)
			}
		})
	}
}
