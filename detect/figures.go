package detect

import "github.com/breakwater-eoc/breakwater/figure"

// Figures lists the questions that signals can answer.
func Figures() []figure.Figure {
	return []figure.Figure{
		{Name: "signals.open", Unit: figure.Records, Method: "figure.signals.open"},
		{Name: "signals.asleep", Unit: figure.Records, Method: "figure.signals.asleep"},
		{Name: "signals.left_out", Unit: figure.Records, Method: "figure.signals.left_out", Windowed: true},
	}
}
