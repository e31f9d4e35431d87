// Package unattended lets the program watch over a synthetic city for weeks
// without anybody at the desks, and says what it would have shown to whom.
//
// In: a seed and sizes; the desks of the city, on an empty store. Out: for
// every planted outbreak whether and when it was found and whether the budget
// of the inbox ever hid it, and for every day what was raised, shown and left
// out. The city's counts have what counts have: weekdays, noise, reports that
// come late, never, or wrong at first, and a source that falls silent.
package unattended

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Size says how large a city is and for how long it is watched.
type Size struct {
	// Districts, and Streets in each of them.
	Districts, Streets int
	// Before are the days of history that are in when the watch begins, Days
	// those of the watch.
	Before, Days int
	// Outbreaks is how many are planted within the days of the watch.
	Outbreaks int
	// Teams is how many districts triage for themselves, the first ones; Budget
	// is what each of them can verify in a day.
	Teams, Budget int
	Seed          uint64
}

// root is the code of the city.
const root = "999900"

func districtCode(d int) place.Code { return place.Code(fmt.Sprintf("9999%02d", d+1)) }

func streetCode(d, s int) place.Code { return place.Code(fmt.Sprintf("9999%02d-s%02d", d+1, s+1)) }

// reporter is one source: it reports one stream for the areas given.
type reporter struct {
	id     string
	kind   string
	stream counts.Stream
	home   place.Code
	cells  []cell
}

// cell is one series: the usual count of one area and how it varies.
type cell struct {
	area place.Code
	// mean is the count of a usual Wednesday.
	mean float64
	// phi is variance over mean.
	phi float64
	// weekdays multiply the mean, Monday first; 0 is a day without service.
	weekdays [7]float64
}

var (
	clinicDays   = [7]float64{1.25, 1.05, 1, 0.95, 1, 0.75, 0.6}
	pharmacyDays = [7]float64{0.9, 0.9, 1, 1, 1.15, 1.3, 1.2}
	schoolDays   = [7]float64{1.2, 1, 1, 1, 1.1, 0, 0}
	everyDay     = [7]float64{1, 1, 1, 1, 1, 1, 1}
)

// reporters makes the sources of a city: in each district the clinics, the
// schools and the pharmacies report street by street; the health commission
// reports local cases by district, and customs positive goods.
func (z Size) reporters() []reporter {
	rng := stat.NewStream(z.Seed, "unattended city")
	var all []reporter
	health := reporter{id: "health-commission", kind: "health_commission", stream: counts.ConfirmedLocal, home: root}
	for d := range z.Districts {
		home := districtCode(d)
		clinics := reporter{id: fmt.Sprintf("clinics-%02d", d+1), kind: "clinic", stream: counts.FeverVisits, home: home}
		schools := reporter{id: fmt.Sprintf("schools-%02d", d+1), kind: "school", stream: counts.SchoolAbsence, home: home}
		pharmacies := reporter{id: fmt.Sprintf("pharmacies-%02d", d+1), kind: "pharmacy", stream: counts.Antipyretics, home: home}
		for s := range z.Streets {
			people := rng.LogNormal(math.Log(40_000), 0.6) // of the street
			area := streetCode(d, s)
			clinics.cells = append(clinics.cells, cell{area, people / 4000, 1.4, clinicDays})
			schools.cells = append(schools.cells, cell{area, people / 2500, 1.8, schoolDays})
			pharmacies.cells = append(pharmacies.cells, cell{area, people / 1000, 2, pharmacyDays})
		}
		all = append(all, clinics, schools, pharmacies)
		health.cells = append(health.cells, cell{home, 0.004, 1, everyDay})
	}
	customs := reporter{id: "customs", kind: "customs", stream: counts.GoodsPositive, home: root,
		cells: []cell{{root, 0.03, 1, everyDay}}}
	return append(all, health, customs)
}

// Folder returns the files of the city's folder, by name.
func (z Size) Folder() map[string][]byte {
	var areas, sources bytes.Buffer
	areas.WriteString("code,parent,kind,zh,en,ja,ko,population,population_basis,setting,lat,lon,tile_x,tile_y,basis\n")
	area := func(code, parent place.Code, kind, zh, en, ja, ko string, people, x, y int) {
		fmt.Fprintf(&areas, "%s,%s,%s,%s,%s,%s,%s,%d,reconstructed,urban,39,121,%d,%d,reconstructed\n", code, parent, kind, zh, en, ja, ko, people, x, y)
	}
	const people = 40_000
	area(root, "", "city", "试验市", "Trial City", "試験市", "시험시", people*z.Districts*z.Streets, -1, -1)
	for d := range z.Districts {
		n := d + 1
		area(districtCode(d), root, "district", fmt.Sprintf("第%d区", n), fmt.Sprintf("District %d", n), fmt.Sprintf("第%d区", n),
			fmt.Sprintf("제%d구", n), people*z.Streets, d%4, d/4)
	}
	for d := range z.Districts {
		for s := range z.Streets {
			n := fmt.Sprintf("%d-%d", d+1, s+1)
			area(streetCode(d, s), districtCode(d), "street", n+"街道", "Street "+n, n+"街道", n+"가도", people, -1, -1)
		}
	}
	sources.WriteString("id,kind,zh,en,ja,ko,area,streams,due_hour\n")
	for _, r := range z.reporters() {
		fmt.Fprintf(&sources, "%s,%s,%s,%s,%s,%s,%s,%s,12\n", r.id, r.kind, r.id, r.id, r.id, r.id, r.home, r.stream)
	}
	teams := bytes.NewBufferString("area,budget\n")
	for d := range z.Teams {
		fmt.Fprintf(teams, "%s,%d\n", districtCode(d), z.Budget)
	}
	one := func(lines ...string) []byte { return []byte(strings.Join(lines, "\n") + "\n") }
	return map[string][]byte{
		"city.yaml": one("id: trial", "names: {zh: 试验市, en: Trial City, ja: 試験市, ko: 시험시}", "timezone: Asia/Shanghai", `root: "`+root+`"`),
		"areas.csv": areas.Bytes(), "sources.csv": sources.Bytes(), "teams.csv": teams.Bytes(),
		"organisations.csv": one("code,zh,en,ja,ko,area", "command,试验市指挥部,Trial Command,試験市指揮部,시험시 지휘부,"+root),
		"posts.csv":         one("code,zh,en,ja,ko,organisation,area,party,next", "duty,值班岗,Duty post,当直,당직,command,"+root+",place,"),
	}
}

// Check refuses sizes that no city has. The fault is Invalid and names all of them.
func (z Size) Check() error {
	var wrong []fault.Place
	bound := func(field string, v, least, most int) {
		if v < least || v > most {
			wrong = append(wrong, fault.Place{Field: field, Problem: fmt.Sprintf("must be %d to %d", least, most)})
		}
	}
	bound("districts", z.Districts, 2, 40)
	bound("streets", z.Streets, 1, 40)
	bound("history", z.Before, 28, 730)
	bound("days", z.Days, 14, 730)
	bound("teams", z.Teams, 0, z.Districts)
	bound("budget", z.Budget, 1, party.MostBudget)
	bound("outbreaks", z.Outbreaks, 0, (z.Districts-1)*z.Streets)
	return fault.At("such a city cannot be made", wrong...)
}

// Begins is an instant before anything is told.
func (z Size) Begins() time.Time { return firstDay.At(0, 0, time.UTC) }
