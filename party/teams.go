package party

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/table"
)

// Team is who triages what is found in an area and everything within it, as far
// as no smaller area has a team of its own: the accounts that hold the right to
// triage there.
type Team struct {
	Area place.Code `json:"area"`
	// Budget is how many signals a day the team can verify.
	Budget int `json:"budget"`
}

const teamsFile = "teams.csv"

// MostBudget is the largest budget of a team; nobody verifies more in a day.
const MostBudget = 1000

// LoadTeams reads teams.csv of a city folder, with the columns area and budget;
// nothing for a city without one, which has the one team of the whole city. The
// fault is Invalid and names every bad row.
func LoadTeams(folder fs.FS, areas *place.Tree) ([]Team, error) {
	if _, err := fs.Stat(folder, teamsFile); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var teams []Team
	seen := map[place.Code]bool{}
	err := table.File(folder, teamsFile, []string{"area", "budget"}, func(row table.Row) {
		t := Team{Area: area(row, areas), Budget: int(row.Int("budget", 1, MostBudget))}
		if seen[t.Area] {
			row.Wrong("area", fmt.Sprintf("%q has a team already", t.Area))
		}
		seen[t.Area] = true
		teams = append(teams, t)
	})
	return teams, err
}
