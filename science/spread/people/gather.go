package people

import (
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/science/stat"
)

// gather joins what the communities made into teams and houses, then fills the
// schools of the whole city, the posts and the companies.
func (b *builder) gather() {
	b.workers = make([][]uint32, len(b.AreaNames))
	pools := make([][]uint32, len(b.d.Schooling))
	for i := range b.blocks {
		blk := &b.blocks[i]
		next := 0
		for _, n := range blk.houses {
			b.addHouse(School, blk.classes[next:next+n])
			next += n
		}
		for k := range pools {
			pools[k] = append(pools[k], blk.pools[k]...)
		}
		for _, p := range blk.workers {
			a := b.AreaOf(p)
			b.workers[a] = append(b.workers[a], p)
		}
		*blk = block{}
	}
	for k, pool := range pools {
		b.fillSchools(k, pool)
	}
	b.fillPosts()
	b.staffSites()
	b.fillCompanies()
	b.TeamStart = append(b.TeamStart, uint32(len(b.Members)))
	b.House = append(b.House, uint32(len(b.TeamHouse)))
	b.Members = slices.Clip(b.Members)
}

// addHouse adds a school or company with its teams.
func (b *builder) addHouse(kind HouseKind, teams [][]uint32) {
	house := uint32(len(b.House))
	b.House = append(b.House, uint32(len(b.TeamHouse)))
	b.HouseKind = append(b.HouseKind, kind)
	b.HouseSector = append(b.HouseSector, 0)
	b.HouseSite = append(b.HouseSite, None)
	for _, members := range teams {
		team := uint32(len(b.TeamHouse))
		b.TeamStart = append(b.TeamStart, uint32(len(b.Members)))
		b.TeamHouse = append(b.TeamHouse, house)
		b.Members = append(b.Members, members...)
		for _, p := range members {
			b.Team[p] = team
		}
	}
}

func (b *builder) fillSchools(k int, pool []uint32) {
	if len(pool) == 0 {
		return
	}
	s := stat.NewStream(b.seed, "school", uint64(k))
	shuffle(&s, pool)
	st := b.d.Schooling[k]
	for _, school := range parts(pool, st.School) {
		b.addHouse(School, parts(school, st.Class))
	}
}

// fillPosts takes the posts' people out of the workers of all areas, evenly.
func (b *builder) fillPosts() {
	s := stat.NewStream(b.seed, "posts")
	for a := range b.workers {
		shuffle(&s, b.workers[a])
	}
	for code, post := range b.d.Posts {
		b.Posts = append(b.Posts, post.Name)
		var staff []uint32
		for a := range b.workers {
			residents := float64(b.AreaStart[a+1] - b.AreaStart[a])
			n := min(int(math.Round(residents*post.PerThousand/1000)), len(b.workers[a]))
			staff = append(staff, b.workers[a][len(b.workers[a])-n:]...)
			b.workers[a] = b.workers[a][:len(b.workers[a])-n]
		}
		if len(staff) == 0 {
			continue
		}
		for _, p := range staff {
			b.Post[p] = uint8(code + 1)
		}
		sector := b.sectorOf(post.Sector)
		class := slices.IndexFunc(b.Classes, func(c SiteClass) bool { return c.Post == post.Name })
		if class < 0 {
			b.addCompany(sector, parts(staff, post.Team))
			continue
		}
		from, to := b.SitesOf(class)
		b.staff(sector, from, to, parts(staff, (len(staff)+int(to-from)-1)/int(to-from)), post.Team)
	}
}

// staff gives sites in a row their people, a company each, until either ends.
func (b *builder) staff(sector uint8, from, to uint32, people [][]uint32, team int) {
	for k, list := range people {
		if site := from + uint32(k); site < to {
			b.SiteHouse[site] = uint32(len(b.House))
			b.addCompany(sector, parts(list, team))
			b.HouseSite[len(b.HouseSite)-1] = site
		}
	}
}

func (b *builder) addCompany(sector uint8, teams [][]uint32) {
	b.addHouse(Company, teams)
	b.HouseSector[len(b.HouseSector)-1] = sector
}

// staffSites takes the staff of every site out of the workers of its area,
// while there are any. Classes whose staff are a post have theirs.
func (b *builder) staffSites() {
	for class, k := range b.Classes {
		if k.Staff == 0 || b.PostNamed(k.Post) > 0 {
			continue
		}
		for a := range b.workers {
			from, to := b.SitesIn(class, a)
			n := min(int(to-from)*k.Staff, len(b.workers[a]))
			rest := len(b.workers[a]) - n
			b.staff(b.ClassSector[class], from, to, slices.Collect(slices.Chunk(b.workers[a][rest:], k.Staff)), max(b.d.Companies.Team, 2))
			b.workers[a] = b.workers[a][:rest]
		}
	}
}

// sectorOf is the index of a named sector; the first when it has no name.
func (b *builder) sectorOf(name string) uint8 {
	return uint8(max(b.SectorNamed(name), 0))
}

// fillCompanies employs the others: the local share in their own area, the
// rest in companies that draw from the whole city.
func (b *builder) fillCompanies() {
	var commuters []uint32
	for a, list := range b.workers {
		s := stat.NewStream(b.seed, "companies", uint64(a))
		local := int(math.Round(b.d.Companies.Local * float64(len(list))))
		commuters = append(commuters, list[local:]...)
		b.employ(&s, list[:local])
		b.workers[a] = nil
	}
	s := stat.NewStream(b.seed, "commuters")
	shuffle(&s, commuters)
	b.employ(&s, commuters)
}

func (b *builder) employ(s *stat.Stream, list []uint32) {
	m := b.d.Companies.Mean
	v := math.Log1p(b.d.Companies.SD * b.d.Companies.SD / (m * m))
	shares := make([]float64, len(b.Sectors))
	for i, sector := range b.Sectors {
		shares[i] = sector.Share
	}
	for len(list) > 0 {
		size := int(math.Round(s.LogNormal(math.Log(m)-v/2, math.Sqrt(v))))
		size = min(max(size, 2), len(list))
		b.addCompany(uint8(pick(s, shares)), parts(list[:size], b.d.Companies.Team))
		list = list[size:]
	}
}

// placeSites gives each area its share of every class, and the city at least
// one of each.
func (b *builder) placeSites() {
	total := uint32(0)
	b.SiteStart = append(b.SiteStart, 0)
	for _, class := range b.Classes {
		before := total
		for a := range b.AreaNames {
			residents := float64(b.AreaStart[a+1] - b.AreaStart[a])
			total += uint32(math.Round(residents * class.PerThousand / 1000))
			if last := a == len(b.AreaNames)-1; last && total == before {
				total++
			}
			b.SiteStart = append(b.SiteStart, total)
		}
		b.ClassSector = append(b.ClassSector, b.sectorOf(class.Sector))
	}
	b.SiteHouse = slices.Repeat([]uint32{None}, int(total))
}

func shuffle(s *stat.Stream, list []uint32) {
	s.Shuffle(len(list), func(x, y int) { list[x], list[y] = list[y], list[x] })
}
