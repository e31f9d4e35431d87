package watch

import (
	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

// Desk carries out the use cases of this package.
type Desk struct {
	Center     *command.Center
	Write      command.Write[Tx]
	Store      Store
	Indicators []detect.Indicator
	// Areas lists the city's areas; City is their root.
	Areas   []place.Area
	City    place.Code
	Sources map[observe.SourceID]observe.Source
	// Budget is how many signals the inbox of the city's team shows a day; the rest
	// is counted, and can be listed. Twenty is what one team can verify in a day.
	Budget int
	// Teams triage parts of the city for themselves, each with its own budget.
	Teams []party.Team
}

func (d *Desk) program() access.Actor { return access.TheProgram(d.City) }
