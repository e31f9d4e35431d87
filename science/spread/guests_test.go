package spread_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// resort is a town of 10,000 with 1,000 visitors who stay four days.
func resort(t *testing.T) spread.Config {
	t.Helper()
	cfg := town(t)
	d := people.Typical(10000)
	d.Guests = 1000
	city, err := people.Build(d, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	cfg.City = city
	a := spread.DefaultActivity()
	a.Stay, a.Keep = 4, 2
	cfg.Activity, cfg.Layers = &a, spread.ActivityLayers()
	return cfg
}

func TestVisitorsVisitAndTakeTheirInfectionsAway(t *testing.T) {
	cfg := resort(t)
	w := open(t, cfg)
	w.Seed(100, 0)
	arrivals, guests := 0, 0
	for i, d := range record(w, 40) {
		c := d.Pathogens[0]
		if sum := c.Susceptible + c.Infecteds + c.Past + c.Dead; sum != 11000 {
			t.Fatalf("day %d: states add up to %d, want 11,000 at all times", i, sum)
		}
		arrivals += d.Arrivals
		for class, row := range d.Visits.Guests {
			for fate, n := range row {
				guests += n
				if n > d.Visits.ByClass[class][fate] {
					t.Fatalf("day %d: visitors made more visits than all", i)
				}
			}
		}
		for _, e := range d.Events {
			if e.What == spread.Infected && int(e.Person) >= 10000 && e.Layer != spread.AtSite && e.Other != spread.Nobody && cfg.Layers[e.Layer].Kind != spread.Crowd {
				t.Fatalf("a visitor was infected in layer %q", cfg.Layers[e.Layer].Name)
			}
		}
	}
	if arrivals < 7000 || arrivals > 10000 {
		t.Errorf("%d visitors arrived in 40 days, want nearly 250 a day", arrivals)
	}
	if guests < 40*1000 {
		t.Errorf("visitors wanted %d visits, want over one each a day", guests)
	}
}

func TestVisitorsDoNotDependOnThreads(t *testing.T) {
	run := func(workers int) []spread.Day {
		cfg := resort(t)
		cfg.Workers = workers
		cfg.Imports = []spread.Route{{Name: "coaches", Pathogen: "plague", PerDay: 3, Post: spread.Visitors, Ago: 2}}
		return record(open(t, cfg), 30)
	}
	one := run(1)
	if !cmp.Equal(one, run(3)) {
		t.Error("1 and 3 threads differ")
	}
	for _, d := range one {
		for _, e := range d.Events {
			if e.What == spread.Infected && e.Other == spread.Nobody && int(e.Person) < 10000 {
				t.Fatalf("the coaches infected resident %d", e.Person)
			}
		}
	}
}

func TestARouteOfVisitorsNeedsVisitors(t *testing.T) {
	cfg := town(t)
	cfg.Imports = []spread.Route{{Name: "coaches", Pathogen: "plague", PerDay: 3, Post: spread.Visitors}}
	if _, err := spread.New(cfg); err == nil || fault.KindOf(err) != fault.Invalid {
		t.Errorf("got %v, want an invalid fault", err)
	}
}
