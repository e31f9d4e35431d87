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
	mean    float64
	max     int // slots of outgoing edges
	n       uint32
	half    uint32   // bits of one half of the Feistel block
	members []uint32 // people of the layer's ages; nil when that is everybody
	rank    []uint32
}

func newGraph(city *people.City, l Layer, key stat.Stream) *graph {
	g := &graph{key: key, mean: l.Contacts, n: uint32(city.Residents())}
	if l.From > 0 || (l.To > 0 && l.To < 128) {
		g.rank = make([]uint32, city.People())
		for p, a := range city.Age {
			g.rank[p] = Nobody
			if p < city.Residents() && int(a) >= l.From && (l.To == 0 || int(a) < l.To) {
				g.rank[p] = uint32(len(g.members))
				g.members = append(g.members, uint32(p))
			}
		}
		g.n = uint32(len(g.members))
	}
	g.max = int(math.Ceil(l.Contacts/2+2.5*math.Sqrt(l.Contacts))) + 1
	for g.half = 1; uint64(1)<<(2*g.half) < uint64(g.n); g.half++ {
	}
	return g
}

// slots is the number of places to look for a friend: each outgoing edge of
// one's own and each of others'.
func (g *graph) slots() float64 { return float64(2 * g.max) }

// friend draws a slot and returns who is there, Nobody when it is empty.
func (g *graph) friend(person uint32, s *stat.Stream) uint32 {
	i := person
	if g.rank != nil {
		i = g.rank[person]
	}
	slot := s.IntN(2 * g.max)
	k := uint64(slot >> 1)
	var j uint32
	if slot&1 == 0 {
		if int(k) >= g.out(i) {
			return Nobody
		}
		j = g.permute(i, k)
	} else {
		j = g.invert(i, k)
		if int(k) >= g.out(j) {
			return Nobody
		}
	}
	if j == i {
		return Nobody
	}
	if g.members != nil {
		return g.members[j]
	}
	return j
}

// out is the number of outgoing edges of the person of a rank.
func (g *graph) out(i uint32) int {
	s := g.key.With(1, uint64(i))
	return min(int(math.RoundToEven(float64(s.Poisson(g.mean))/2)), g.max)
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
	i := person
	if g.rank != nil {
		i = g.rank[person]
	}
	if i >= g.n {
		return nil
	}
	var list []uint32
	add := func(j uint32) {
		if j == i {
			return
		}
		if g.members != nil {
			j = g.members[j]
		}
		list = append(list, j)
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
