package people

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Build makes the city of a description. The same description and seed give
// the same city, whatever the number of workers (at least 1).
func Build(d Description, seed uint64, workers int) (*City, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	if len(d.Areas) == 0 {
		d.Areas = []Area{{"city", 1}}
	}
	n := d.People + d.Guests
	c := &City{
		Age:      make([]uint8, n),
		HomePos:  make([]uint8, n),
		HomeSize: make([]uint8, n),
		Team:     make([]uint32, n),
		Post:     make([]uint8, n),
		Classes:  d.Sites,
		Sectors:  d.Sectors,
	}
	for i := range c.Team {
		c.Team[i] = None
	}
	if len(c.Sectors) == 0 {
		c.Sectors = []Sector{{Name: "all work", Share: 1}}
	}
	b := builder{City: c, d: &d, seed: seed}
	b.drawAreas()
	b.lodge()
	b.settle(max(workers, 1))
	b.placeSites()
	b.gather()
	return c, nil
}

type builder struct {
	*City
	d       *Description
	seed    uint64
	blocks  []block    // by community
	workers [][]uint32 // people who work, by area
}

// block is what one community contributes beyond its columns.
type block struct {
	classes [][]uint32 // members of each class of a community's own schools
	houses  []int      // number of classes in each of those schools
	pools   [][]uint32 // by Stage: pupils of schools that serve the whole city
	workers []uint32
}

func (b *builder) drawAreas() {
	sum := 0.0
	for _, a := range b.d.Areas {
		sum += a.Share
	}
	run := 0.0
	b.AreaStart = []uint32{0}
	for _, a := range b.d.Areas {
		run += a.Share
		b.AreaNames = append(b.AreaNames, a.Name)
		b.AreaStart = append(b.AreaStart, uint32(math.Round(float64(b.d.People)*run/sum)))
	}
}

// guestAge stands for the age of all visitors.
const guestAge = 35

// lodge gives visitors their places after the last resident, each alone.
func (b *builder) lodge() {
	for p := b.d.People; p < b.d.People+b.d.Guests; p++ {
		b.Age[p], b.HomeSize[p] = guestAge, 1
	}
}

// settle fills households, ages, classes and employment, community by
// community. Each community draws from its own stream.
func (b *builder) settle(workers int) {
	b.blocks = make([]block, (b.d.People+Community-1)/Community)
	ages := newAgeTable(b.d.Ages)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for i := w; i < len(b.blocks); i += workers {
				b.settleCommunity(i, ages)
			}
		})
	}
	group.Wait()
}

func (b *builder) settleCommunity(i int, ages ageTable) {
	s := stat.NewStream(b.seed, "people", uint64(i))
	from, to := i*Community, min((i+1)*Community, b.d.People)
	homes := b.drawHomes(&s, from, to)
	drawn := ages.sample(&s, to-from)
	if b.d.Families == Unrelated {
		s.Shuffle(len(drawn), func(x, y int) { drawn[x], drawn[y] = drawn[y], drawn[x] })
		copy(b.Age[from:to], drawn)
	} else {
		b.seatFamilies(&s, homes, drawn)
	}
	b.enrol(&s, i, from, to)
}

// drawHomes cuts the community into households and returns the first person of
// each, with the end of the last.
func (b *builder) drawHomes(s *stat.Stream, from, to int) []int {
	var starts []int
	for p := from; p < to; {
		size := min(1+pick(s, b.d.Households), to-p)
		for k := range size {
			b.HomePos[p+k], b.HomeSize[p+k] = uint8(k), uint8(size)
		}
		starts = append(starts, p)
		p += size
	}
	return append(starts, to)
}

// seatFamilies gives every household a grown-up, most larger ones a second of
// the same generation, and spreads children and others over the places left.
func (b *builder) seatFamilies(s *stat.Stream, homes []int, ages []uint8) {
	var children, adults, elders []uint8
	for _, a := range ages {
		switch {
		case a < adult:
			children = append(children, a)
		case a < 60:
			adults = append(adults, a)
		default:
			elders = append(elders, a)
		}
	}
	for _, list := range [][]uint8{children, adults, elders} {
		s.Shuffle(len(list), func(x, y int) { list[x], list[y] = list[y], list[x] })
	}
	grown := generations{&adults, &elders, &children}
	const empty = 255
	for h := 0; h+1 < len(homes); h++ {
		b.Age[homes[h]] = grown.head(s)
		for p := homes[h] + 1; p < homes[h+1]; p++ {
			b.Age[p] = empty
		}
	}
	var places []int
	for h := 0; h+1 < len(homes); h++ {
		size := homes[h+1] - homes[h]
		if size > 1 && s.Bool(0.85) {
			b.Age[homes[h]+1] = grown.partner(b.Age[homes[h]])
		}
		for p := homes[h] + 1; p < homes[h+1]; p++ {
			if b.Age[p] == empty {
				places = append(places, p)
			}
		}
	}
	rest := slices.Concat(children, elders, adults)
	b.seatRest(s, homes, places, rest)
}

// seatRest seats children in households of three and more before smaller ones.
func (b *builder) seatRest(s *stat.Stream, homes, places []int, rest []uint8) {
	s.Shuffle(len(places), func(x, y int) { places[x], places[y] = places[y], places[x] })
	slices.SortStableFunc(places, func(x, y int) int {
		return cmp.Compare(min(b.HomeSize[y], 3), min(b.HomeSize[x], 3))
	})
	for i, p := range places {
		b.Age[p] = rest[i]
	}
}

// generations hands out ages from what is left of each generation.
type generations struct{ adults, elders, children *[]uint8 }

func (g generations) head(s *stat.Stream) uint8 {
	a, e := len(*g.adults), len(*g.elders)
	if a+e == 0 {
		return pop(g.children)
	}
	if s.IntN(a+e) < a {
		return pop(g.adults)
	}
	return pop(g.elders)
}

// partner prefers the generation of the head.
func (g generations) partner(head uint8) uint8 {
	order := []*[]uint8{g.adults, g.elders, g.children}
	if head >= 60 {
		order = []*[]uint8{g.elders, g.adults, g.children}
	}
	for _, list := range order {
		if len(*list) > 0 {
			return pop(list)
		}
	}
	return adult
}

func pop(list *[]uint8) uint8 {
	last := len(*list) - 1
	v := (*list)[last]
	*list = (*list)[:last]
	return v
}

// enrol decides who attends and who works, and forms the community's classes.
func (b *builder) enrol(s *stat.Stream, i, from, to int) {
	out := &b.blocks[i]
	out.pools = make([][]uint32, len(b.d.Schooling))
	pupils := make([][]uint32, len(b.d.Schooling))
	for p := from; p < to; p++ {
		age := int(b.Age[p])
		stage := b.attends(s, age)
		switch {
		case stage >= 0 && b.d.Schooling[stage].School > 0:
			out.pools[stage] = append(out.pools[stage], uint32(p))
		case stage >= 0:
			pupils[stage] = append(pupils[stage], uint32(p))
		case s.Bool(b.employed(age)):
			out.workers = append(out.workers, uint32(p))
		}
	}
	for k, list := range pupils {
		slices.SortStableFunc(list, func(x, y uint32) int { return cmp.Compare(b.Age[x], b.Age[y]) })
		classes := parts(list, b.d.Schooling[k].Class)
		out.classes = append(out.classes, classes...)
		if len(classes) > 0 {
			out.houses = append(out.houses, len(classes))
		}
	}
}

// attends draws the stage of schooling of a person, -1 for none.
func (b *builder) attends(s *stat.Stream, age int) int {
	for k, st := range b.d.Schooling {
		if age >= st.From && age <= st.To && s.Bool(st.Enrolled) {
			return k
		}
	}
	return -1
}

func (b *builder) employed(age int) float64 {
	for _, w := range b.d.Work {
		if age >= w.From && age <= w.To {
			return w.Employed
		}
	}
	return 0
}

// parts cuts a list into equal parts of at most size.
func parts(list []uint32, size int) [][]uint32 {
	if len(list) == 0 {
		return nil
	}
	n := (len(list) + size - 1) / size
	out := make([][]uint32, n)
	for k := range n {
		out[k] = list[k*len(list)/n : (k+1)*len(list)/n]
	}
	return out
}

// pick draws an index by weight.
func pick(s *stat.Stream, weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	u := s.Float64() * sum
	for i, w := range weights {
		if u -= w; u < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// ageTable draws ages by systematic sampling: each community gets nearly the
// described mix, which keeps classes and households feasible.
type ageTable struct {
	ages []uint8
	cum  []float64
}

func newAgeTable(bands []AgeBand) ageTable {
	var t ageTable
	sum := 0.0
	for _, band := range bands {
		for a := band.From; a <= band.To; a++ {
			sum += band.Share / float64(band.To-band.From+1)
			t.ages = append(t.ages, uint8(a))
			t.cum = append(t.cum, sum)
		}
	}
	for i := range t.cum {
		t.cum[i] /= sum
	}
	return t
}

func (t ageTable) sample(s *stat.Stream, n int) []uint8 {
	out := make([]uint8, n)
	start, k := s.Float64(), 0
	for i := range out {
		u := (float64(i) + start) / float64(n)
		for k < len(t.cum)-1 && t.cum[k] <= u {
			k++
		}
		out[i] = t.ages[k]
	}
	return out
}
