package spread_test

import (
	"math"
	"testing"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

func TestCountedReproductionIsThatOfTheory(t *testing.T) {
	city, err := people.Build(people.Mixed(100000), 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	p := severe("plain")
	p.Dispersion, p.Silent, p.Susceptibility = 0, 1, pathogen.Flat(1)
	p.Symptomatic, p.Season = pathogen.Flat(0), pathogen.Season{}
	p.Load = pathogen.Load{}
	p.Admission, p.Critical, p.Death = pathogen.Flat(0), pathogen.Flat(0), pathogen.Flat(0)
	p.Rate = 2.2 / p.Infectious.Mean / 10
	cfg := spread.Config{City: city, Pathogens: []pathogen.Pathogen{p}, Workers: 1,
		Layers: []spread.Layer{spread.Simple("all", spread.Crowd, 10, 1)}}
	got, err := spread.Reproduce(cfg, 0)
	if err != nil || math.Abs(got.R-2.2) > 0.05 {
		t.Errorf("R = %.3f of %d cases, %v; want 2.2", got.R, got.Cases, err)
	}
}

func TestCalibrationReachesR0(t *testing.T) {
	cfg := town(t)
	p := pathogen.InfluenzaA()
	cfg.Pathogens = []pathogen.Pathogen{p}
	rate, err := spread.Calibrate(cfg, 0)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Pathogens[0].Rate, cfg.Seed = rate, 99
	got, err := spread.Reproduce(cfg, 0)
	if err != nil || math.Abs(got.R-p.R0) > 0.06*p.R0 {
		t.Errorf("R = %.3f of %d cases at rate %.4f, want %v; %v", got.R, got.Cases, rate, p.R0, err)
	}
}

func TestCalibrationRefusesACityWithoutContacts(t *testing.T) {
	cfg := town(t)
	cfg.Layers = []spread.Layer{spread.Simple("none", spread.Crowd, 0, 1)}
	cfg.Pathogens[0].R0 = 2
	if _, err := spread.Calibrate(cfg, 0); fault.KindOf(err) != fault.Invalid {
		t.Errorf("got %v, want an invalid fault", err)
	}
}
