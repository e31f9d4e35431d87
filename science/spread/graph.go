package spread

import (
	"math"

	"github.com/breakwater-eoc/breakwater/science/spread/people"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// graph is a fixed random graph without memory. Person i has out_i outgoing
// edges, the k-th to the image of i under the k-th of a family of random
// permutations; edges work both ways. With out_i half of a Poisson number, as
// in Covasim, degrees have the asked mean. A permutation is a Feistel network
// on the rank of the person among those of the layer's ages (Luby and Rackoff
// 1988), walked until it falls inside the range, so its inverse is as cheap.
type graph struct {
	key     stat.Stream
	chances []float64 // cumulative probabilities of 0, 1, ... outgoing edges
	max     int       // most outgoing edges
	n       uint32
	half    uint32   // bits of one half of the Feistel block
	members []uint32 // people of the layer's ages, when they are few
	rank    []uint32
	ages    []uint8   // of the city, when people of other ages are few and are passed over
	takes   [128]bool // ages that take part
}

func newGraph(city *people.City, l Layer, key stat.Stream) *graph {
	g := &graph{key: key, n: uint32(city.Residents())}
	for age := range g.takes {
		g.takes[age] = age >= l.From && (l.To == 0 || age < l.To)
	}
	taking := 0
	for _, age := range city.Age[:g.n] {
		if g.takes[age] {
			taking++
		}
	}
	mean := l.Contacts
	switch {
	case taking == int(g.n):
	case 2*taking > int(g.n):
		// An edge to somebody who takes no part is none, so there are more.
		mean *= float64(g.n) / float64(taking)
		g.ages = city.Age
	default:
		g.number(city)
	}
	g.chances = halfPoisson(mean)
	g.max = len(g.chances)
	for g.half = 1; uint64(1)<<(2*g.half) < uint64(g.n); g.half++ {
	}
	return g
}

// number gives those who take part numbers of their own.
func (g *graph) number(city *people.City) {
	g.rank = make([]uint32, city.People())
	for p, age := range city.Age {
		g.rank[p] = Nobody
		if p < city.Residents() && g.takes[age] {
			g.rank[p] = uint32(len(g.members))
			g.members = append(g.members, uint32(p))
		}
	}
	g.n = uint32(len(g.members))
}

// halfPoisson is the cumulative distribution of half a Poisson number, rounded
// to even at the halves; the last value stands for itself and all above.
func halfPoisson(mean float64) []float64 {
	most := int(math.Ceil(mean/2+2*math.Sqrt(mean))) + 1
	cum := make([]float64, most)
	p, n := math.Exp(-mean), 0
	for k := range cum {
		if k > 0 {
			cum[k] = cum[k-1]
		}
		for ; math.RoundToEven(float64(n)/2) == float64(k); n++ {
			cum[k] += p
			p *= mean / float64(n+1)
		}
	}
	return cum
}

// places is the number of places to look for a friend of a person: the
// outgoing edges of the person, and one for each that others may have.
func (g *graph) places(person uint32) int { return g.out(g.rankOf(person)) + g.max }

func (g *graph) rankOf(person uint32) uint32 {
	if g.rank != nil {
		return g.rank[person]
	}
	return person
}

// friend draws a place and returns who is there, Nobody when it is empty.
func (g *graph) friend(person uint32, s *stat.Stream) uint32 {
	i := g.rankOf(person)
	out := g.out(i)
	var j uint32
	if place := s.IntN(out + g.max); place < out {
		j = g.permute(i, uint64(place))
	} else {
		k := place - out
		j = g.invert(i, uint64(k))
		if k >= g.out(j) {
			return Nobody
		}
	}
	return g.friendOf(i, j)
}

// friendOf is the person of the rank at the other end of an edge; Nobody when
// the edge is none.
func (g *graph) friendOf(i, j uint32) uint32 {
	switch {
	case j == i || g.ages != nil && !g.takes[g.ages[j]]:
		return Nobody
	case g.members != nil:
		return g.members[j]
	}
	return j
}

// out is the number of outgoing edges of the person of a rank.
func (g *graph) out(i uint32) int {
	u := stat.Unit(g.key.With(1).At(uint64(i)))
	n := 0
	for n < g.max && u >= g.chances[n] {
		n++
	}
	return n
}

const feistelRounds = 4

func (g *graph) permute(i uint32, k uint64) uint32 {
	mask := uint32(1)<<g.half - 1
	for {
		l, r := i>>g.half, i&mask
		for round := range uint64(feistelRounds) {
			l, r = r, l^g.round(k, round, r)&mask
		}
		if i = l<<g.half | r; i < g.n {
			return i
		}
	}
}

func (g *graph) invert(i uint32, k uint64) uint32 {
	mask := uint32(1)<<g.half - 1
	for {
		l, r := i>>g.half, i&mask
		for round := feistelRounds - 1; round >= 0; round-- {
			l, r = r^g.round(k, uint64(round), l)&mask, l
		}
		if i = l<<g.half | r; i < g.n {
			return i
		}
	}
}

func (g *graph) round(k, round uint64, half uint32) uint32 {
	return uint32(g.key.At(k<<40|round<<34|uint64(half)) >> 32)
}

// friends lists everybody whom a person knows through the graph, for tracing.
func (g *graph) friends(person uint32) []uint32 {
	i := g.rankOf(person)
	if i >= g.n {
		return nil
	}
	var list []uint32
	add := func(j uint32) {
		if friend := g.friendOf(i, j); friend != Nobody {
			list = append(list, friend)
		}
	}
	for k := range g.max {
		if k < g.out(i) {
			add(g.permute(i, uint64(k)))
		}
		if j := g.invert(i, uint64(k)); k < g.out(j) {
			add(j)
		}
	}
	return list
}
