package direct

import "github.com/breakwater-eoc/breakwater/figure"

// Figures lists the questions that directives and the duty roster can answer.
func Figures() []figure.Figure {
	return []figure.Figure{
		{Name: "directives.open", Unit: figure.Records, Method: "figure.directives.open"},
		{Name: "directives.overdue", Unit: figure.Records, Method: "figure.directives.overdue"},
		{Name: "directives.closed", Unit: figure.Records, Method: "figure.directives.closed", Windowed: true},
		{Name: "duty.covered", Unit: figure.Share, Method: "figure.duty.covered"},
	}
}
