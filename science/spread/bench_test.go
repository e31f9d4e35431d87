package spread_test

import (
	"testing"

	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// The two modes of the budget: a hundred days of an epidemic that runs through
// its peak in a structured city.
func BenchmarkEpidemic(b *testing.B) { benchmark(b, nil, spread.CityLayers()) }
func BenchmarkActivity(b *testing.B) {
	a := spread.DefaultActivity()
	benchmark(b, &a, spread.ActivityLayers())
}

func benchmark(b *testing.B, activity *spread.Activity, layers []spread.Layer) {
	const n, days = 1_000_000, 100
	city, err := people.Build(people.Typical(n), 1, 1)
	if err != nil {
		b.Fatal(err)
	}
	p := pathogen.Ancestral()
	for range b.N {
		w, err := spread.New(spread.Config{City: city, Pathogens: []pathogen.Pathogen{p}, Layers: layers, Seed: 1, Workers: 1, Quiet: true, Activity: activity})
		if err != nil {
			b.Fatal(err)
		}
		w.Seed(200, 0)
		infected := 0
		for range days {
			infected += w.Step().Pathogens[0].Infected
		}
		b.ReportMetric(float64(infected)/n, "attack")
	}
	b.ReportMetric(float64(n*days)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Magentdays/s")
}
