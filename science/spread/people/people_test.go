package people_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

func build(t *testing.T, d people.Description, seed uint64, workers int) *people.City {
	t.Helper()
	c, err := people.Build(d, seed, workers)
	if err != nil {
		t.Fatalf("build: %v", err)
	}
	return c
}

func TestTheSameCityAtAnyNumberOfWorkers(t *testing.T) {
	d := people.Typical(20000)
	one, four := build(t, d, 5, 1), build(t, d, 5, 4)
	if diff := cmp.Diff(one, four); diff != "" {
		t.Errorf("1 and 4 workers differ:\n%s", diff)
	}
	other := build(t, d, 6, 1)
	if cmp.Equal(one.Age, other.Age) && cmp.Equal(one.Team, other.Team) {
		t.Error("another seed gave the same people")
	}
}

func TestHouseholdsAreRunsWithAHead(t *testing.T) {
	c := build(t, people.Typical(30000), 1, 2)
	homes, headless := 0, 0
	for p := uint32(0); int(p) < c.People(); {
		first, size := c.Home(p)
		if first != p || size < 1 {
			t.Fatalf("person %d starts a household but Home gives %d, %d", p, first, size)
		}
		grown := false
		for k := range uint32(size) {
			if f, n := c.Home(p + k); f != p || n != size {
				t.Fatalf("person %d is in household %d of %d, want %d of %d", p+k, f, n, p, size)
			}
			grown = grown || c.Age[p+k] >= 20
		}
		if !grown {
			headless++
		}
		homes++
		p += uint32(size)
	}
	if headless > 0 {
		t.Errorf("%d of %d households have no grown-up", headless, homes)
	}
	if mean := float64(c.People()) / float64(homes); math.Abs(mean-2.69) > 0.06 {
		t.Errorf("mean household = %.3f, want 2.69", mean)
	}
}

func TestAgesFollowTheDescription(t *testing.T) {
	d := people.Typical(60000)
	c := build(t, d, 2, 2)
	sum := 0.0
	for _, b := range d.Ages {
		sum += b.Share
	}
	for _, b := range d.Ages {
		n := 0
		for _, a := range c.Age {
			if int(a) >= b.From && int(a) <= b.To {
				n++
			}
		}
		got, want := float64(n)/60000, b.Share/sum
		if math.Abs(got-want) > 0.003 {
			t.Errorf("ages %d-%d: share %.4f, want %.4f", b.From, b.To, got, want)
		}
	}
}

func TestEveryMemberOfATeamPointsBackToIt(t *testing.T) {
	c := build(t, people.Typical(30000), 3, 2)
	seen := map[uint32]bool{}
	for team := range len(c.TeamStart) - 1 {
		for _, p := range c.Members[c.TeamStart[team]:c.TeamStart[team+1]] {
			if c.Team[p] != uint32(team) || seen[p] {
				t.Fatalf("person %d is listed in team %d, has %d, seen before: %v", p, team, c.Team[p], seen[p])
			}
			seen[p] = true
		}
	}
	for p := range c.Team {
		if c.Team[p] != people.None && !seen[uint32(p)] {
			t.Fatalf("person %d has team %d but is in none", p, c.Team[p])
		}
		if c.Age[p] >= 6 && c.Age[p] <= 17 && c.Team[p] != people.None && c.KindOf(c.Team[p]) != people.School {
			t.Fatalf("person %d aged %d works", p, c.Age[p])
		}
	}
	dock, n := c.PostNamed("dock"), 0
	for _, code := range c.Post {
		if code == dock {
			n++
		}
	}
	if n != 120 {
		t.Errorf("dock workers = %d, want 120 (4 in 1,000)", n)
	}
}

func TestSitesAreCountedByClassAndArea(t *testing.T) {
	c := build(t, people.Typical(100000), 3, 2)
	if got := c.Sites(); got < 1000 {
		t.Errorf("sites = %d, want over 1,000", got)
	}
	for class := range c.Classes {
		from, to := c.SitesOf(class)
		if from >= to {
			t.Errorf("class %s has no site", c.Classes[class].Name)
		}
		for area := range c.Areas() {
			a, b := c.SitesIn(class, area)
			for s := a; s < b; s++ {
				if c.ClassOf(s) != class || c.AreaOfSite(s) != area {
					t.Fatalf("site %d is class %d area %d, want %d, %d", s, c.ClassOf(s), c.AreaOfSite(s), class, area)
				}
			}
		}
	}
}

func TestImpossibleCitiesAreRefused(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*people.Description)
	}{
		{"nobody", func(d *people.Description) { d.People = 0 }},
		{"more than the largest", func(d *people.Description) { d.People = people.Largest + 1 }},
		{"no ages", func(d *people.Description) { d.Ages = nil }},
		{"children only", func(d *people.Description) { d.Ages = []people.AgeBand{{From: 0, To: 9, Share: 1}} }},
		{"ages the wrong way round", func(d *people.Description) { d.Ages[0] = people.AgeBand{From: 9, To: 2, Share: 1} }},
		{"two areas of one name", func(d *people.Description) { d.Areas[1].Name = d.Areas[0].Name }},
		{"no household size", func(d *people.Description) { d.Households = []float64{0, 0} }},
		{"a share that is not a number", func(d *people.Description) { d.Areas[0].Share = math.NaN() }},
		{"a class of nobody", func(d *people.Description) { d.Schooling[0].Class = 0 }},
		{"employment above everybody", func(d *people.Description) { d.Work[0].Employed = 2 }},
		{"a site without room", func(d *people.Description) { d.Sites[0].Capacity = 0 }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := people.Typical(1000)
			tc.spoil(&d)
			if _, err := people.Build(d, 1, 1); err == nil || fault.KindOf(err) != fault.Invalid {
				t.Errorf("got %v, want an invalid fault", err)
			}
		})
	}
}

func BenchmarkBuildMillion(b *testing.B) {
	for range b.N {
		if _, err := people.Build(people.Typical(1_000_000), 1, 2); err != nil {
			b.Fatal(err)
		}
	}
}
