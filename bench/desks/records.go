package desks

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

// The synthetic city: as many districts, streets and communities as a port of
// six million has.
const (
	districts   = 10
	streets     = 16 // of each district
	communities = 4  // of each street
)

// Root is the synthetic city itself.
const Root place.Code = "990000"

// Areas lists the areas of the synthetic city, each after the one that it
// lies in.
func Areas() []place.Area {
	areas := []place.Area{area(Root, "", place.City)}
	for d := range districts {
		district := place.Code(fmt.Sprintf("9900%02d", d+1))
		areas = append(areas, area(district, Root, place.District))
		for s := range streets {
			street := place.Code(fmt.Sprintf("%s%03d", district, s+1))
			areas = append(areas, area(street, district, place.Street))
			for c := range communities {
				areas = append(areas, area(place.Code(fmt.Sprintf("%s%03d", street, c+1)), street, place.Community))
			}
		}
	}
	return areas
}

func area(code, parent place.Code, kind place.Kind) place.Area {
	name := string(code)
	return place.Area{Code: code, Parent: parent, Kind: kind, Names: words.Text{Zh: name, En: name, Ja: name, Ko: name},
		Setting: place.Urban, TileX: -1, TileY: -1, Basis: place.Reconstructed}
}

// Days is how many days the synthetic records lie over.
const Days = 365

// Generator makes synthetic records. The same seed makes the same records.
type Generator struct {
	random *rand.Rand
	areas  []place.Area
	until  time.Time
	made   int
}

// NewGenerator makes records of the [Days] days before an instant.
func NewGenerator(seed uint64, until time.Time) *Generator {
	return &Generator{random: rand.New(rand.NewPCG(seed, 1)), areas: Areas(), until: until.UTC().Truncate(time.Microsecond)}
}

// id gives identifiers in the form of the program's own, in the order of making.
func (g *Generator) id() string {
	g.made++
	return fmt.Sprintf("0190%04x-%04x-7000-8000-%012x", g.made>>16, g.made&0xffff, g.random.Uint64()&0xffffffffffff)
}

// at gives the instant of the n-th of so many records, spread over the days.
func (g *Generator) at(n, of int) time.Time {
	span := Days * 24 * time.Hour
	return g.until.Add(-span + span*time.Duration(n)/time.Duration(max(of, 1))).Truncate(time.Microsecond)
}

// area picks any area below the districts.
func (g *Generator) area() place.Code {
	for {
		if a := g.areas[g.random.IntN(len(g.areas))]; a.Kind != place.City && a.Kind != place.District {
			return a.Code
		}
	}
}

// Signal makes the n-th of so many signals. One in twenty still waits.
func (g *Generator) Signal(n, of int) detect.Signal {
	at := g.at(n, of)
	day := civil.DayOf(at, time.UTC)
	where, expected := g.area(), g.random.Float64()
	s := detect.Signal{ID: detect.SignalID(g.id()), Route: detect.IBS, Status: observe.Actual,
		Group: detect.GroupOf(string(counts.FeverVisits), where, observe.Actual), Stream: string(counts.FeverVisits), Area: where,
		First: day, Last: day, Rank: float64(g.random.IntN(10_000)) / 1000, Day: day, Shown: n%40 == 0,
		State: detect.Raised, Raised: at, Changed: at, Version: 1,
		Evidence: []detect.Evidence{{Indicator: "fever-c2", Stream: string(counts.FeverVisits), Area: where, Day: day, Observed: 9,
			Expected: &expected, Score: 1.5, Basis: place.Stated, Batches: []string{g.id(), g.id()}}}}
	if g.random.IntN(20) > 0 {
		s.State, s.Changed, s.By, s.Version = detect.Discarded, at.Add(time.Hour), access.System, 2
	}
	return s
}

// Directive makes the n-th of so many directives. One in twenty is open, in
// any of the states that are.
func (g *Generator) Directive(n, of int) direct.Directive {
	at := g.at(n, of)
	title := words.Text{Zh: "对重点区域人员开展核酸检测", En: "Test the people of the area concerned",
		Ja: "対象区域の住民にPCR検査を行う", Ko: "해당 지역 주민 유전자 검사 실시"}
	where := g.area()
	post := party.PostCode(where) + "-duty"
	d := direct.Directive{ID: direct.DirectiveID(g.id()), Status: observe.Actual, Proposal: decide.ProposalID(g.id()),
		Event: detect.EventID(g.id()), Pack: decide.PackRef{ID: "cn-risk-2020a", Version: 1, Digest: "synthetic"},
		Template: "first-ring-testing", Measure: "mass_testing", Title: title, Area: where, Addressee: post, Held: post,
		Authority: "cn-risk-2020a", Due: at.Add(time.Duration(12+g.random.IntN(60)) * time.Hour), AckBy: at.Add(2 * time.Hour),
		Completion: &direct.Completion{Figure: "samples.taken", Target: 1000},
		State:      direct.Closed, Issued: at, Changed: at.Add(time.Hour), By: access.System, Version: 4}
	if g.random.IntN(20) == 0 {
		open := []direct.State{direct.Issued, direct.Acknowledged, direct.Reported, direct.Verified}
		d.State = open[g.random.IntN(len(open))]
	}
	return d
}
