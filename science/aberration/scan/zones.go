package scan

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/fault"
)

// Zone is a set of places, in rising order.
type Zone []int

// Point is where a place is, in any plane unit.
type Point struct{ X, Y float64 }

// mostZones bounds how many zones are made.
const mostZones = 1_000_000

// Nearest returns the zones of each place with its 0 to k-1 nearest other
// places, each zone once. Places at one distance keep their order.
func Nearest(points []Point, k int) []Zone {
	set := newZoneSet()
	for i := range points {
		near := byDistance(points, i)
		for n := 1; n <= min(k, len(near)); n++ {
			set.add(near[:n])
		}
	}
	return set.zones
}

// WithinShare returns the zones that grow from each place over its nearest
// ones while they hold at most a share of the population, each zone once
// (Kulldorff 1997).
func WithinShare(points []Point, population []float64, share float64) ([]Zone, error) {
	if len(points) != len(population) {
		return nil, fault.New(fault.Invalid, "%d points do not match %d populations", len(points), len(population))
	}
	var total float64
	for _, p := range population {
		total += p
	}
	set := newZoneSet()
	for i := range points {
		near, held := byDistance(points, i), 0.0
		for n, p := range near {
			if held += population[p]; held > share*total {
				break
			}
			set.add(near[:n+1])
		}
	}
	return set.zones, nil
}

// Flexible returns every connected zone that holds a place and only places
// among its k-1 nearest others (Tango and Takahashi 2005). neighbours lists the
// adjacent places of each place. The error is Invalid where a neighbour is none
// of the places, or there would be more than a million zones.
func Flexible(points []Point, neighbours [][]int, k int) ([]Zone, error) {
	if len(points) != len(neighbours) {
		return nil, fault.New(fault.Invalid, "%d points do not match %d lists of neighbours", len(points), len(neighbours))
	}
	for i, list := range neighbours {
		for _, n := range list {
			if n < 0 || n >= len(points) {
				return nil, fault.New(fault.Invalid, "place %d has neighbour %d of %d places", i+1, n+1, len(points))
			}
		}
	}
	set := newZoneSet()
	for i := range points {
		near := byDistance(points, i)
		allowed := near[:min(k, len(near))]
		if !set.grow(Zone{i}, allowed, neighbours) {
			return nil, fault.New(fault.Invalid, "so many places a zone give more than %d zones; take fewer", mostZones)
		}
	}
	return set.zones, nil
}

// byDistance returns all places by distance from place i, itself first.
func byDistance(points []Point, i int) []int {
	order := make([]int, len(points))
	distance := make([]float64, len(points))
	for j, p := range points {
		order[j] = j
		distance[j] = math.Hypot(p.X-points[i].X, p.Y-points[i].Y)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(distance[a], distance[b]) })
	return order
}

// zoneSet keeps zones once, in the order in which they came.
type zoneSet struct {
	zones []Zone
	known map[string]bool
}

func newZoneSet() *zoneSet { return &zoneSet{known: map[string]bool{}} }

// add reports whether the zone is new.
func (s *zoneSet) add(places []int) bool {
	z := slices.Clone(places)
	slices.Sort(z)
	key := make([]byte, 0, 4*len(z))
	for _, p := range z {
		key = binary.LittleEndian.AppendUint32(key, uint32(p))
	}
	if s.known[string(key)] {
		return false
	}
	s.known[string(key)] = true
	s.zones = append(s.zones, z)
	return true
}

// grow adds the zone and every connected larger one within the allowed
// places, breadth first, and reports whether that stayed within bounds.
func (s *zoneSet) grow(start Zone, allowed []int, neighbours [][]int) bool {
	inside := newZoneSet()
	inside.add(start)
	for next := 0; next < len(inside.zones); next++ {
		z := inside.zones[next]
		s.add(z)
		if len(s.zones) > mostZones || len(inside.zones) > mostZones {
			return false
		}
		for _, p := range allowed {
			if slices.Contains(z, p) || !touches(z, p, neighbours) {
				continue
			}
			inside.add(append(slices.Clone(z), p))
		}
	}
	return true
}

// touches reports whether place p is a neighbour of the zone.
func touches(z Zone, p int, neighbours [][]int) bool {
	return slices.ContainsFunc(z, func(q int) bool {
		return slices.Contains(neighbours[q], p) || slices.Contains(neighbours[p], q)
	})
}
