package people

import (
	"slices"
	"sort"
)

// None stands for no team, no house, nobody.
const None = ^uint32(0)

// adult is the age from which a person can head a household.
const adult = 20

// City is the people and places of a description. Read it, do not change it:
// many runs may share one City.
type City struct {
	Age      []uint8
	HomePos  []uint8  // place within the household, from 0
	HomeSize []uint8  // people in the household
	Team     []uint32 // class or work team, or None
	Post     []uint8  // 1 + index into Posts, 0 for none

	Members   []uint32 // everybody who has a team, team by team
	TeamStart []uint32 // into Members; one more than there are teams
	TeamHouse []uint32 // school or company of the team
	House     []uint32 // first team of each house; one more than there are houses
	HouseKind []HouseKind
	// HouseSector, of companies, is an index into Sectors. HouseSite is the site
	// whose staff a company is, or None; SiteHouse is the reverse, by site.
	HouseSector []uint8
	HouseSite   []uint32
	SiteHouse   []uint32

	AreaNames []string
	AreaStart []uint32 // first person of each area; one more than there are areas
	Posts     []string

	Sectors     []Sector // at least one
	Classes     []SiteClass
	ClassSector []uint8  // by class, index into Sectors
	SiteStart   []uint32 // first site of each class and area: [class*areas+area]; one more at the end
}

// HouseKind tells schools from companies.
type HouseKind uint8

// The kinds of house.
const (
	School HouseKind = iota
	Company
)

// People is the number of residents and visitors. Visitors are numbered after
// all residents.
func (c *City) People() int { return len(c.Age) }

// Residents is the number of people who live in the city.
func (c *City) Residents() int { return int(c.AreaStart[len(c.AreaStart)-1]) }

// Areas is the number of areas.
func (c *City) Areas() int { return len(c.AreaNames) }

// Home returns the first person and the size of a person's household.
func (c *City) Home(person uint32) (first uint32, size int) {
	return person - uint32(c.HomePos[person]), int(c.HomeSize[person])
}

// TeamOf returns the members of a person's class or team, the person included;
// nil without one.
func (c *City) TeamOf(person uint32) []uint32 {
	t := c.Team[person]
	if t == None {
		return nil
	}
	return c.Members[c.TeamStart[t]:c.TeamStart[t+1]]
}

// HouseOf returns everybody in a person's school or company; nil without one.
func (c *City) HouseOf(person uint32) []uint32 {
	t := c.Team[person]
	if t == None {
		return nil
	}
	return c.membersOf(c.TeamHouse[t])
}

func (c *City) membersOf(house uint32) []uint32 {
	return c.Members[c.TeamStart[c.House[house]]:c.TeamStart[c.House[house+1]]]
}

// KindOf returns the kind of house that a team belongs to.
func (c *City) KindOf(team uint32) HouseKind { return c.HouseKind[c.TeamHouse[team]] }

// Job returns the company that a person works for, and whether there is one.
func (c *City) Job(person uint32) (house uint32, works bool) {
	t := c.Team[person]
	if t == None {
		return None, false
	}
	house = c.TeamHouse[t]
	return house, c.HouseKind[house] == Company
}

// Workplace returns the site whose staff a person belongs to, or None.
func (c *City) Workplace(person uint32) (site uint32) {
	t := c.Team[person]
	if t == None {
		return None
	}
	return c.HouseSite[c.TeamHouse[t]]
}

// StaffOf returns the people who work at a site.
func (c *City) StaffOf(site uint32) []uint32 {
	h := c.SiteHouse[site]
	if h == None {
		return nil
	}
	return c.membersOf(h)
}

// AreaOf returns the area that a person lives in; visitors stay in all areas
// in turn.
func (c *City) AreaOf(person uint32) int {
	if residents := uint32(c.Residents()); person >= residents {
		return int(person-residents) % c.Areas()
	}
	if len(c.AreaStart) == 2 {
		return 0
	}
	return sort.Search(len(c.AreaStart)-1, func(a int) bool { return c.AreaStart[a+1] > person })
}

// Sites is the number of sites.
func (c *City) Sites() int {
	if len(c.SiteStart) == 0 {
		return 0
	}
	return int(c.SiteStart[len(c.SiteStart)-1])
}

// SitesIn returns the half-open range of sites of a class in an area.
func (c *City) SitesIn(class, area int) (from, to uint32) {
	i := class*c.Areas() + area
	return c.SiteStart[i], c.SiteStart[i+1]
}

// SitesOf returns the half-open range of sites of a class in the whole city.
func (c *City) SitesOf(class int) (from, to uint32) {
	i := class * c.Areas()
	return c.SiteStart[i], c.SiteStart[i+c.Areas()]
}

// ClassOf returns the class of a site.
func (c *City) ClassOf(site uint32) int { return c.siteRow(site) / c.Areas() }

// AreaOfSite returns the area in which a site stands.
func (c *City) AreaOfSite(site uint32) int { return c.siteRow(site) % c.Areas() }

func (c *City) siteRow(site uint32) int {
	return sort.Search(len(c.SiteStart)-1, func(i int) bool { return c.SiteStart[i+1] > site })
}

// SectorNamed returns the index of a sector, -1 when there is none.
func (c *City) SectorNamed(name string) int {
	return slices.IndexFunc(c.Sectors, func(s Sector) bool { return s.Name == name })
}

// PostNamed returns the code of a post in Post, 0 when there is none.
func (c *City) PostNamed(name string) uint8 {
	for i, n := range c.Posts {
		if n == name {
			return uint8(i + 1)
		}
	}
	return 0
}

// ClassNamed returns the index of a site class, -1 when there is none.
func (c *City) ClassNamed(name string) int {
	for i := range c.Classes {
		if c.Classes[i].Name == name {
			return i
		}
	}
	return -1
}
