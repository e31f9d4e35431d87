// Package people builds the residents of a city from a short description.
//
// In: how many people, their ages, household sizes, schooling, work, posts and
// sites. Out: a City, held column by column (about 11 bytes a person): age,
// household, class or work team, post, and the sites by class and area. The
// same description and seed give the same city on any number of threads; ten
// million people take seconds.
//
// Persons are numbered so that households, communities (about 3,000 people)
// and areas are runs of neighbouring numbers; so a household needs two bytes
// a person and an area none.
package people

import (
	"fmt"

	"github.com/breakwater-eoc/breakwater/fault"
)

// Community is the number of neighbours who share schools and a local site.
const Community = 3000

// Largest population that a Description may ask for.
const Largest = 50_000_000

// Description is a city in a page. Shares need not add up to 1; only their
// proportions count.
type Description struct {
	People     int // residents, at least 1
	Guests     int // visitors in the city at any time; each leaves and makes room for another
	Areas      []Area
	Ages       []AgeBand
	Households []float64 // share of households with 1, 2, 3 ... people
	Families   Families
	Schooling  []Stage
	Work       []WorkBand
	Companies  Companies
	Posts      []Post
	Sectors    []Sector // of the economy; empty is one for all work
	Sites      []SiteClass
}

// Area is one district of the city.
type Area struct {
	Name  string
	Share float64 // of the residents
}

// AgeBand is a share of the residents aged From to To, both included.
type AgeBand struct {
	From, To int
	Share    float64
}

// Families says how ages come together in a household.
type Families uint8

const (
	// Related households have a grown-up head, mostly a partner of the same
	// generation, then children, then others.
	Related Families = iota
	// Unrelated households mix ages at random, as some models assume.
	Unrelated
)

// Stage is one stage of schooling: the share of an age band that attends, in
// classes of a size.
type Stage struct {
	Name     string
	From, To int // years, both included
	Enrolled float64
	Class    int
	School   int // pupils in a school; 0 means one school for each community
}

// WorkBand is the share of an age band that works, of those not in schooling.
type WorkBand struct {
	From, To int
	Employed float64
}

// Companies are lognormal in size and are divided into teams.
type Companies struct {
	Mean, SD float64 // people
	Team     int     // people, at most
	Local    float64 // share of workers whose company is in their own area
}

// Post is a kind of work that rules treat apart, such as docks.
type Post struct {
	Name        string
	PerThousand float64 // residents
	Team        int
	Sector      string // of the economy; empty is the first
}

// Sector is a part of the economy.
type Sector struct {
	Name  string
	Share float64 // relative number of those who work in ordinary companies
	Value float64 // added value of a day's work of one person, in yuan
}

// SiteClass is a kind of place open to the public and how people use it.
type SiteClass struct {
	Name        string
	PerThousand float64 // sites per thousand residents
	Capacity    int     // people at once
	Child       float64 // visits a week by residents under 18
	Adult       float64 // and by those of 18 to 64
	Elder       float64 // and from 65
	Guest       float64 // and by visitors to the city
	Hours       float64 // mean stay
	Near        float64 // share of visits that stay in one's own area
	Price       float64 // spent at a visit, in yuan
	Contact     float64 // contacts an hour of stay when full
	Holiday     float64 // factor on visits in festivals
	Sector      string  // of the economy; empty is the first
	Staff       int     // people who work at a site, in two turns of duty
	Post        string  // whose people are the staff instead, when the city has it
}

// Typical describes a city of n people: ages as in China's census of 2020,
// households of 2.7 people, classes, teams of nine, a port's posts and the
// common classes of sites.
func Typical(n int) Description {
	return Description{
		People: n,
		Areas:  []Area{{"harbour", 0.15}, {"old town", 0.30}, {"new town", 0.35}, {"hills", 0.20}},
		Ages: []AgeBand{{0, 4, 5.5}, {5, 9, 6.4}, {10, 14, 6.0}, {15, 19, 5.2}, {20, 24, 5.3},
			{25, 29, 6.5}, {30, 34, 8.8}, {35, 39, 7.0}, {40, 44, 6.6}, {45, 49, 8.1}, {50, 54, 8.6},
			{55, 59, 7.2}, {60, 64, 5.2}, {65, 69, 5.2}, {70, 74, 3.5}, {75, 79, 2.2}, {80, 95, 2.5}},
		Households: []float64{0.22, 0.29, 0.23, 0.14, 0.08, 0.04},
		Schooling: []Stage{
			{Name: "kindergarten", From: 3, To: 5, Enrolled: 0.85, Class: 25},
			{Name: "school", From: 6, To: 17, Enrolled: 0.97, Class: 38},
			{Name: "university", From: 18, To: 21, Enrolled: 0.5, Class: 30, School: 2000},
		},
		Work:      []WorkBand{{18, 21, 0.7}, {22, 59, 0.8}, {60, 64, 0.35}, {65, 70, 0.12}},
		Companies: Companies{Mean: 28, SD: 60, Team: 9, Local: 0.6},
		Posts: []Post{{"dock", 4, 12, "port"}, {"cold store", 2, 10, "port"}, {"gate", 1.5, 10, "port"}, {"clinic", 6, 10, "health"},
			{"market", 4, 8, "trade"}, {"off-list handler", 2, 6, "port"}},
		Sectors: []Sector{{"manufacturing", 25, 560}, {"trade", 12, 360}, {"food and lodging", 4, 170}, {"transport", 4, 330},
			{"port", 2, 450}, {"construction", 14, 340}, {"leisure", 1, 250}, {"health", 4, 380}, {"education", 7, 370},
			{"finance and offices", 12, 900}, {"public and other services", 15, 330}},
		Sites: []SiteClass{
			{"shop", 6, 25, 1.5, 4.2, 4.0, 3, 0.4, 0.85, 45, 12, 1.2, "trade", 2, ""},
			{"restaurant", 4, 45, 0.8, 2.2, 0.9, 10, 1.0, 0.7, 55, 12, 1.5, "food and lodging", 4, ""},
			{"market hall", 0.10, 250, 0.3, 1.2, 3.0, 1, 0.6, 0.9, 60, 24, 1.2, "trade", 10, "market"},
			{"transport", 0.25, 220, 2.0, 5.0, 2.2, 8, 0.5, 0.3, 4, 24, 1.1, "transport", 8, ""},
			{"leisure", 0.5, 70, 0.7, 0.8, 0.6, 2, 1.6, 0.5, 70, 15, 1.6, "leisure", 4, ""},
			{"scenic spot", 0.02, 1500, 0.1, 0.1, 0.15, 7, 2.5, 0.1, 120, 18, 6, "leisure", 40, ""},
			{"clinic", 0.12, 90, 0.15, 0.12, 0.35, 0.1, 1.2, 0.8, 180, 18, 0.5, "health", 20, "clinic"},
			{"hotel", 0.06, 180, 0, 0.02, 0, 7, 9, 0.2, 320, 3, 2, "food and lodging", 30, ""},
		},
	}
}

// Mixed describes n people who live alone, without schools, work or sites: the
// homogeneous population that theory is about.
func Mixed(n int) Description {
	return Description{People: n, Ages: []AgeBand{{30, 30, 1}}, Households: []float64{1}}
}

// Validate refuses a city that cannot be built, and names the field.
func (d *Description) Validate() error {
	if d.People < 1 || d.People > Largest {
		return fault.New(fault.Invalid, "people: %d is not from 1 to %d", d.People, Largest)
	}
	if d.Guests < 0 || d.Guests > d.People {
		return fault.New(fault.Invalid, "guests: %d is not from 0 to the number of people", d.Guests)
	}
	for _, check := range []func() error{d.checkAges, d.checkAreas, d.checkHouseholds, d.checkSchooling, d.checkWork, d.checkSites} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (d *Description) checkAges() error {
	if len(d.Ages) == 0 {
		return fault.New(fault.Invalid, "ages: at least one band is needed")
	}
	sum, grown := 0.0, 0.0
	for i, b := range d.Ages {
		if b.From < 0 || b.To > 110 || b.From > b.To || !(b.Share >= 0 && b.Share < 1e9) {
			return fault.New(fault.Invalid, "ages[%d]: from %d to %d with share %v is no band of ages", i, b.From, b.To, b.Share)
		}
		sum += b.Share
		if b.To >= adult {
			grown += b.Share
		}
	}
	if sum <= 0 {
		return fault.New(fault.Invalid, "ages: all shares are 0")
	}
	if d.Families == Related && grown == 0 {
		return fault.New(fault.Invalid, "ages: nobody is %d or older to head a household", adult)
	}
	return nil
}

func (d *Description) checkAreas() error {
	if len(d.Areas) > 1000 {
		return fault.New(fault.Invalid, "areas: %d is more than 1000", len(d.Areas))
	}
	seen := map[string]bool{}
	for i, a := range d.Areas {
		if a.Name == "" || seen[a.Name] {
			return fault.New(fault.Invalid, "areas[%d]: name %q is empty or used twice", i, a.Name)
		}
		if !(a.Share > 0 && a.Share < 1e9) {
			return fault.New(fault.Invalid, "areas[%d]: share %v must be above 0", i, a.Share)
		}
		seen[a.Name] = true
	}
	return nil
}

func (d *Description) checkHouseholds() error {
	if len(d.Households) == 0 || len(d.Households) > 60 {
		return fault.New(fault.Invalid, "households: from 1 to 60 sizes are needed, not %d", len(d.Households))
	}
	sum := 0.0
	for i, s := range d.Households {
		if !(s >= 0 && s < 1e9) {
			return fault.New(fault.Invalid, "households[%d]: share %v must not be negative", i, s)
		}
		sum += s
	}
	if sum <= 0 {
		return fault.New(fault.Invalid, "households: all shares are 0")
	}
	return nil
}

func (d *Description) checkSchooling() error {
	for i, s := range d.Schooling {
		if s.From > s.To || s.From < 0 || !share(s.Enrolled) || s.Class < 2 || s.Class > 1000 || s.School < 0 {
			return fault.New(fault.Invalid, "schooling[%d]: needs from <= to, enrolled from 0 to 1 and a class of 2 to 1000", i)
		}
	}
	return nil
}

func (d *Description) checkWork() error {
	for i, w := range d.Work {
		if w.From > w.To || w.From < 0 || !share(w.Employed) {
			return fault.New(fault.Invalid, "work[%d]: needs from <= to and employed from 0 to 1", i)
		}
	}
	if err := d.checkSectors(); err != nil {
		return err
	}
	c := d.Companies
	if len(d.Work) > 0 && (!(c.Mean >= 1 && c.Mean <= 1e5) || !(c.SD >= 0 && c.SD <= 1e6) || c.Team < 2 || c.Team > 1000 || !share(c.Local)) {
		return fault.New(fault.Invalid, "companies: need a mean of at least 1, a team of 2 to 1000 and local from 0 to 1")
	}
	for i, p := range d.Posts {
		if p.Name == "" || !(p.PerThousand >= 0 && p.PerThousand <= 500) || p.Team < 2 || len(d.Posts) > 200 {
			return fault.New(fault.Invalid, "posts[%d]: needs a name, per thousand from 0 to 500 and a team of at least 2", i)
		}
	}
	return nil
}

// checkSectors refuses shares and values that cannot be, and names of sectors
// that are not there.
func (d *Description) checkSectors() error {
	sum, seen := 0.0, map[string]bool{"": true}
	for i, s := range d.Sectors {
		if seen[s.Name] || len(d.Sectors) > 60 {
			return fault.New(fault.Invalid, "sectors[%d]: name %q is empty or used twice, or there are more than 60", i, s.Name)
		}
		if !(s.Share >= 0 && s.Share < 1e9) || !(s.Value >= 0 && s.Value <= 1e6) {
			return fault.New(fault.Invalid, "sectors[%d]: share %v and value %v must not be negative", i, s.Share, s.Value)
		}
		sum += s.Share
		seen[s.Name] = true
	}
	if len(d.Sectors) > 0 && sum == 0 {
		return fault.New(fault.Invalid, "sectors: all shares are 0")
	}
	for i, p := range d.Posts {
		if !seen[p.Sector] {
			return fault.New(fault.Invalid, "posts[%d]: there is no sector %q", i, p.Sector)
		}
	}
	for i, c := range d.Sites {
		if !seen[c.Sector] {
			return fault.New(fault.Invalid, "sites[%d]: there is no sector %q", i, c.Sector)
		}
	}
	return nil
}

func (d *Description) checkSites() error {
	if len(d.Sites) > 60 {
		return fault.New(fault.Invalid, "sites: %d classes are more than 60", len(d.Sites))
	}
	for i, s := range d.Sites {
		if err := s.validate(); err != nil {
			return fmt.Errorf("sites[%d]: %w", i, err)
		}
	}
	return nil
}

func (s SiteClass) validate() error {
	if s.Name == "" || s.Capacity < 1 || s.Capacity > 1e6 || s.Staff < 0 || s.Staff > 10000 {
		return fault.New(fault.Invalid, "needs a name, a capacity from 1 to 1000000 and a staff from 0 to 10000")
	}
	for _, v := range []float64{s.Child, s.Adult, s.Elder, s.Guest, s.Contact, s.Holiday} {
		if !(v >= 0 && v <= 100) {
			return fault.New(fault.Invalid, "visits, contacts and factors are from 0 to 100, not %v", v)
		}
	}
	if !(s.PerThousand > 0 && s.PerThousand <= 1000) || !(s.Hours > 0 && s.Hours <= 24) || !share(s.Near) || !(s.Price >= 0 && s.Price <= 1e6) {
		return fault.New(fault.Invalid, "needs per thousand above 0, hours from 0 to 24, near from 0 to 1 and a price that is not negative")
	}
	return nil
}

func share(v float64) bool { return v >= 0 && v <= 1 }
