package decide

import "github.com/breakwater-eoc/breakwater/figure"

// Figures lists the questions that proposals can answer.
func Figures() []figure.Figure {
	return []figure.Figure{
		{Name: "proposals.open", Unit: figure.Records, Method: "figure.proposals.open"},
	}
}
