package counts

import "github.com/breakwater-eoc/breakwater/figure"

// Figures lists the questions that counts can answer. A method is a key of the
// text table.
func Figures() []figure.Figure {
	return []figure.Figure{
		{Name: "cases.confirmed.new", Unit: figure.People, Method: "figure.cases.confirmed.new", Windowed: true},
		{Name: "cases.confirmed.total", Unit: figure.People, Method: "figure.cases.confirmed.total"},
		{Name: "cases.imported.new", Unit: figure.People, Method: "figure.cases.imported.new", Windowed: true},
		{Name: "cases.asymptomatic.new", Unit: figure.People, Method: "figure.cases.asymptomatic.new", Windowed: true},
		{Name: "cases.days_since_last", Unit: figure.Days, Method: "figure.cases.days_since_last"},
		{Name: "cases.clusters", Unit: figure.Clusters, Method: "figure.cases.clusters", Windowed: true},
		{Name: "goods.positive.new", Unit: figure.Consigns, Method: "figure.goods.positive.new", Windowed: true},
		{Name: "samples.taken", Unit: figure.Samples, Method: "figure.samples.taken", Windowed: true},
		{Name: "contacts.traced", Unit: figure.People, Method: "figure.contacts.traced", Windowed: true},
		{Name: "reports.completeness", Unit: figure.Share, Method: "figure.reports.completeness", Windowed: true},
		{Name: "reports.on_time", Unit: figure.Share, Method: "figure.reports.on_time", Windowed: true},
	}
}
