package watch

import (
	"fmt"
	"slices"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

// TeamDay is what the inbox of one team held on a day, as far as the reader may
// see it.
type TeamDay struct {
	party.Team
	Shown   int
	LeftOut int
}

// teamOf returns the team that triages what is found in an area: that of the
// smallest area around it which has one, and the city's where none has.
func (d *Desk) teamOf(area place.Code) (party.Team, error) {
	lineage, err := d.Center.Lineage(area)
	if err != nil {
		return party.Team{}, fmt.Errorf("find the team of %s: %w", area, err)
	}
	for _, around := range lineage {
		if i := slices.IndexFunc(d.Teams, func(t party.Team) bool { return t.Area == around }); i >= 0 {
			return d.Teams[i], nil
		}
	}
	return d.cityTeam(), nil
}

// cityTeam is the team of the whole city. The city's files may give it a budget
// of its own; it has that of the settings otherwise.
func (d *Desk) cityTeam() party.Team {
	if i := slices.IndexFunc(d.Teams, func(t party.Team) bool { return t.Area == d.City }); i >= 0 {
		return d.Teams[i]
	}
	return party.Team{Area: d.City, Budget: d.Budget}
}

// AllTeams returns the city's team and those of parts of the city, in the order
// of the city's files.
func (d *Desk) AllTeams() []party.Team {
	teams := []party.Team{d.cityTeam()}
	for _, t := range d.Teams {
		if t.Area != d.City {
			teams = append(teams, t)
		}
	}
	return teams
}

// inboxOf returns the signals, of those shown on a day, that stand in the inbox
// of a team. What was stored before there were teams stands in the city's.
func (d *Desk) inboxOf(t party.Team, shown []detect.Signal) []detect.Signal {
	return slices.DeleteFunc(slices.Clone(shown), func(s detect.Signal) bool { return d.StandsIn(s) != t.Area })
}

// StandsIn returns the area of the team in whose inbox a signal stands.
func (d *Desk) StandsIn(s detect.Signal) place.Code {
	if s.Team == "" {
		return d.City
	}
	return s.Team
}

// teamDays counts the signals of a day for every team that the reader has to do
// with: those within the reader's areas, and those that answer for these areas.
// The city's stands first, the others in the order of the city's files.
func (d *Desk) teamDays(who access.Actor, in Inbox) ([]TeamDay, error) {
	own := who.Areas(access.ReadSignals)
	answers := map[place.Code]bool{}
	for _, area := range own {
		t, err := d.teamOf(area)
		if err != nil {
			return nil, err
		}
		answers[t.Area] = true
	}
	var days []TeamDay
	for _, t := range d.AllTeams() {
		lineage, err := d.Center.Lineage(t.Area)
		if err != nil {
			return nil, fmt.Errorf("find where the team of %s is: %w", t.Area, err)
		}
		day := TeamDay{Team: t, Shown: len(d.inboxOf(t, in.Shown)), LeftOut: len(d.inboxOf(t, in.LeftOut))}
		within := slices.ContainsFunc(own, func(c place.Code) bool { return slices.Contains(lineage, c) })
		if within || answers[t.Area] || day.Shown+day.LeftOut > 0 {
			days = append(days, day)
		}
	}
	return days, nil
}
