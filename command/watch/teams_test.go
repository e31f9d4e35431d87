package watch_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/notices"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

// notice reports something of a topic, so that a signal is raised in an area.
func notice(t *testing.T, c *desktest.Command, topic notices.Topic, area place.Code) {
	t.Helper()
	if _, err := c.Watch.Notice(t.Context(), access.TheProgram(storetest.City), watch.NoticeIn{Source: "hotline", Status: observe.Actual,
		Topic: topic, Area: area, People: 1, Text: "seen"}); err != nil {
		t.Fatal(err)
	}
}

func inboxOf(t *testing.T, c *desktest.Command, who access.Actor) watch.Inbox {
	t.Helper()
	in, err := c.Watch.Inbox(t.Context(), who, c.Day(), observe.Actual)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestEachTeamHasItsOwnBudgetAndSeesWhatItLeftOut(t *testing.T) {
	c := open(t)
	c.Watch.Budget = 2
	c.Watch.Teams = []party.Team{{Area: storetest.East, Budget: 1}}
	notice(t, c, notices.Place, storetest.Harbour)
	notice(t, c, notices.Death, storetest.Hill) // displaces the unsafe place: the district verifies one a day
	notice(t, c, notices.Place, storetest.West)
	notice(t, c, notices.Goods, storetest.City)

	city := inboxOf(t, c, epidemiologist)
	want := []watch.TeamDay{{Team: party.Team{Area: storetest.City, Budget: 2}, Shown: 2}, {Team: c.Watch.Teams[0], Shown: 1, LeftOut: 1}}
	if diff := cmp.Diff(want, city.Teams); diff != "" || city.Budget != 3 {
		t.Errorf("the city sees a budget of %d and (-want +got)\n%s", city.Budget, diff)
	}
	if len(city.LeftOut) != 1 || city.LeftOut[0].Area != storetest.Harbour || city.LeftOut[0].Team != storetest.East {
		t.Errorf("what the district left out must be visible to the city: %+v", city.LeftOut)
	}

	east := inboxOf(t, c, desktest.Officer(access.DutyOfficer, storetest.East))
	if diff := cmp.Diff(want[1:], east.Teams); diff != "" || len(east.Shown) != 1 || len(east.LeftOut) != 1 {
		t.Errorf("the district sees %d shown, %d left out and (-want +got)\n%s", len(east.Shown), len(east.LeftOut), diff)
	}
	street := inboxOf(t, c, desktest.Officer(access.AreaOfficer, storetest.Harbour))
	if len(street.Teams) != 1 || street.Teams[0].Area != storetest.East || street.Teams[0].LeftOut != 1 || street.Teams[0].Shown != 0 {
		t.Errorf("a street's officer sees of its district's team what lies in the street: %+v", street.Teams)
	}
	west := inboxOf(t, c, desktest.Officer(access.AreaOfficer, storetest.West))
	if len(west.Teams) != 1 || west.Teams[0].Area != storetest.City || west.Teams[0].Shown != 1 {
		t.Errorf("a district without a team is the city's: %+v", west.Teams)
	}
}

func TestTheCitysFilesGiveTheCitysTeamItsBudget(t *testing.T) {
	c := open(t)
	c.Watch.Teams = []party.Team{{Area: storetest.East, Budget: 4}, {Area: storetest.City, Budget: 9}}
	got := c.Watch.AllTeams()
	if diff := cmp.Diff([]party.Team{{Area: storetest.City, Budget: 9}, {Area: storetest.East, Budget: 4}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestASignalThatOutgrowsADistrictGoesToTheCitysTeam(t *testing.T) {
	for _, tc := range []struct {
		name   string
		budget int
		want   place.Code
	}{
		{"which has room", 5, storetest.City},
		{"which has none, and then it stays where it is seen", 0, storetest.East},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := open(t)
			c.Watch.Budget = tc.budget
			c.Watch.Teams = []party.Team{{Area: storetest.East, Budget: 1}}
			c.Counts(counts.ConfirmedLocal, storetest.Harbour, 1)
			// Findings about the whole city would make it the city's at once.
			for i := range c.Watch.Indicators {
				if c.Watch.Indicators[i].Stream == counts.ConfirmedLocal {
					c.Watch.Indicators[i].Areas = []place.Kind{place.District}
				}
			}
			first := c.Scan()
			if len(first) != 1 || first[0].Team != storetest.East || !first[0].Shown {
				t.Fatalf("the first case of the district is %+v", first)
			}
			c.Pass(24 * time.Hour)
			c.Counts(counts.ConfirmedLocal, storetest.West, 2)
			c.Scan()
			wide, err := c.DB.OneSignal(t.Context(), first[0].ID)
			if err != nil {
				t.Fatal(err)
			}
			if wide.Area != storetest.City || wide.Team != tc.want || !wide.Shown {
				t.Errorf("it spans %s, stands in the inbox of %s, shown %t; want %s", wide.Area, wide.Team, wide.Shown, tc.want)
			}
		})
	}
}

func TestASignalFromBeforeThereWereTeamsIsTheCitys(t *testing.T) {
	c := open(t)
	if got := c.Watch.StandsIn(detect.Signal{}); got != storetest.City {
		t.Errorf("it stands in the inbox of %s", got)
	}
}
