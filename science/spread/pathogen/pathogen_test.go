package pathogen_test

import (
	"math"
	"testing"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

func TestEveryShippedPathogenIsValid(t *testing.T) {
	for _, p := range pathogen.Catalogue() {
		if err := p.Validate(); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
}

func TestImpossiblePathogensAreRefused(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*pathogen.Pathogen)
	}{
		{"a name is missing", func(p *pathogen.Pathogen) { p.Name = "" }},
		{"a negative latent time", func(p *pathogen.Pathogen) { p.Latent.Mean = -1 }},
		{"a rate that is not a number", func(p *pathogen.Pathogen) { p.Rate = math.NaN() }},
		{"death likelier than intensive care", func(p *pathogen.Pathogen) { p.Death = pathogen.Flat(0.5) }},
		{"ages that fall", func(p *pathogen.Pathogen) { p.Susceptibility = pathogen.ByAge{{10, 1}, {5, 1}} }},
		{"a test that is more than certain", func(p *pathogen.Pathogen) { p.PCR[2].Value = 1.2 }},
		{"protection above 1", func(p *pathogen.Pathogen) { p.Immunity.Protection = []float64{1.1} }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := pathogen.Ancestral()
			tc.spoil(&p)
			if err := p.Validate(); fault.KindOf(err) != fault.Invalid || err == nil {
				t.Errorf("got %v, want an invalid fault", err)
			}
		})
	}
}

func TestDurationsHaveTheirMeanAndSpread(t *testing.T) {
	const n = 200000
	for _, d := range []pathogen.Dist{
		pathogen.Always(3),
		{Form: pathogen.Exponential, Mean: 3, SD: 3},
		{Form: pathogen.Gamma, Mean: 4, SD: 1.5},
		{Form: pathogen.Gamma, Mean: 1, SD: 1.5},
		{Form: pathogen.LogNormal, Mean: 6.6, SD: 4.9},
	} {
		s := stat.NewStream(3, d.Form.String())
		sampler := d.Sampler()
		var sum, squares float64
		for range n {
			x := sampler.Sample(&s)
			sum += x
			squares += x * x
		}
		mean := sum / n
		sd := math.Sqrt(squares/n - mean*mean)
		if math.Abs(mean-d.Mean) > 0.02*d.Mean || math.Abs(sd-d.SD) > 0.05*d.SD+1e-6 {
			t.Errorf("%s: mean %.3f sd %.3f, want %.3f and %.3f", d.Form, mean, sd, d.Mean, d.SD)
		}
	}
}

func TestLoadAveragesToOneOverItsCourse(t *testing.T) {
	l := pathogen.Load{Share: 0.3, Ratio: 2}
	early, late := l.Levels()
	if got := 0.3*early + 0.7*late; math.Abs(got-1) > 1e-12 {
		t.Errorf("mean load = %v, want 1", got)
	}
}

func TestImmunityIsCompleteAtFirst(t *testing.T) {
	m := pathogen.Immunity{Protection: []float64{0.5}, HalfLife: 100, Full: 60}
	for _, tc := range []struct {
		count int
		days  float64
		want  float64
	}{{0, 10, 0}, {1, 0, 1}, {1, 59.9, 1}, {1, 100, 0.25}} {
		if got := m.At(tc.count, tc.days); math.Abs(got-tc.want) > 1e-12 {
			t.Errorf("protection after %d infections and %v d = %v, want %v", tc.count, tc.days, got, tc.want)
		}
	}
}

func TestImmunityWanesByHalves(t *testing.T) {
	m := pathogen.Immunity{Protection: []float64{0.8, 0.9}, HalfLife: 100}
	for _, tc := range []struct {
		count int
		days  float64
		want  float64
	}{{0, 0, 0}, {1, 0, 0.8}, {1, 100, 0.4}, {2, 200, 0.225}, {7, 0, 0.9}} {
		if got := m.At(tc.count, tc.days); math.Abs(got-tc.want) > 1e-12 {
			t.Errorf("protection after %d infections and %v d = %v, want %v", tc.count, tc.days, got, tc.want)
		}
	}
}
