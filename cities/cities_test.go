package cities_test

import (
	"testing"

	"github.com/breakwater-eoc/breakwater/cities"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

func dalian(t *testing.T) place.Municipality {
	t.Helper()
	m, err := place.LoadCity(cities.Dalian())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTheDistrictsOfDalianAreThoseOf2020AndHaveATileEach(t *testing.T) {
	m := dalian(t)
	if m.Timezone != "Asia/Shanghai" || m.Root != "210200" {
		t.Errorf("city is %s in %s", m.Root, m.Timezone)
	}
	districts := m.Areas.Children(m.Root)
	if len(districts) != 10 {
		t.Errorf("got %d districts, want 10", len(districts))
	}
	for _, d := range districts {
		if d.Kind != place.District || d.TileX < 0 || d.Lat == 0 || d.Basis != place.Stated {
			t.Errorf("district %s: kind %s, tile %d, latitude %g, basis %s", d.Code, d.Kind, d.TileX, d.Lat, d.Basis)
		}
	}
}

func TestThePeopleOfTheDistrictsAreThoseOfTheCityWithinRounding(t *testing.T) {
	m := dalian(t)
	sum := 0
	for _, d := range m.Areas.Children(m.Root) {
		sum += d.Population
		if d.PopulationBasis != place.Reconstructed {
			t.Errorf("the population of %s is called %s", d.Code, d.PopulationBasis)
		}
	}
	const rounding = 10_000
	if city := m.Areas.Root().Population; sum < city-rounding || sum > city+rounding {
		t.Errorf("districts hold %d people, the city %d", sum, city)
	}
}

func TestPlacesWithoutAnOfficialCodeSaySo(t *testing.T) {
	for _, a := range dalian(t).Areas.Areas() {
		official := len(a.Code) == 6
		if official != (a.Basis == place.Stated) {
			t.Errorf("area %s has basis %s", a.Code, a.Basis)
		}
	}
}

func TestEveryDistrictOfDalianHasPostsThatAnswerForIt(t *testing.T) {
	m := dalian(t)
	register, err := party.LoadRegister(cities.Dalian(), m.Areas)
	if err != nil {
		t.Fatal(err)
	}
	answers := map[place.Code]map[party.Answerable]bool{}
	for _, p := range register.Posts {
		if answers[p.Area] == nil {
			answers[p.Area] = map[party.Answerable]bool{}
		}
		answers[p.Area][p.Party] = true
	}
	for _, d := range append(m.Areas.Children(m.Root), m.Areas.Root()) {
		if !answers[d.Code][party.OfPlace] || !answers[d.Code][party.OfDepartment] {
			t.Errorf("%s is answered for by %v", d.Code, answers[d.Code])
		}
	}
}

func TestTheSourcesOfDalianAreKnownToTheProgram(t *testing.T) {
	known := func(s string) bool { return counts.Known(counts.Stream(s)) }
	sources, err := observe.LoadSources(cities.Dalian(), dalian(t).Areas, known)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[observe.SourceKind]bool{}
	for _, s := range sources {
		kinds[s.Kind] = true
	}
	for _, k := range []observe.SourceKind{observe.HealthCommission, observe.Reconstruction, observe.Clinic, observe.School, observe.Pharmacy, observe.Resident} {
		if !kinds[k] {
			t.Errorf("there is no source of kind %s", k)
		}
	}
}
