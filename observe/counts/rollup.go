package counts

import (
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/place"
)

// Rollup gives every area its series from the areas' own observations: for each
// day the area's own figure if it has one, otherwise the sum over the topmost
// areas within it that have one. An area's own figure is never added to those
// of its parts. The areas must stand each after the one that it lies in; areas
// without any day are left out.
func Rollup(areas []place.Area, own map[place.Code][]Point) map[place.Code][]Point {
	parts := map[place.Code]map[civil.Day]Point{}
	all := map[place.Code][]Point{}
	for _, a := range slices.Backward(areas) {
		days := parts[a.Code]
		if days == nil {
			days = map[civil.Day]Point{}
		}
		for _, p := range own[a.Code] {
			days[p.Day] = p
		}
		delete(parts, a.Code)
		if len(days) == 0 {
			continue
		}
		all[a.Code] = inOrder(days)
		above := parts[a.Parent]
		if above == nil {
			above = map[civil.Day]Point{}
			parts[a.Parent] = above
		}
		for day, p := range days {
			if sum, ok := above[day]; ok {
				p = sum.Plus(p)
			}
			above[day] = p
		}
	}
	return all
}

func inOrder(days map[civil.Day]Point) []Point {
	points := make([]Point, 0, len(days))
	for _, p := range days {
		points = append(points, p)
	}
	slices.SortFunc(points, func(a, b Point) int { return int(a.Day - b.Day) })
	return points
}

// Plus adds the figures of another area for the same day. The sum has a
// denominator only if both have one, and is reconstructed if either is.
func (p Point) Plus(q Point) Point {
	p.Count += q.Count
	if p.Denominator != nil && q.Denominator != nil {
		sum := *p.Denominator + *q.Denominator
		p.Denominator = &sum
	} else {
		p.Denominator = nil
	}
	p.Reconstructed = p.Reconstructed || q.Reconstructed
	p.Batches = slices.Clone(p.Batches)
	for _, b := range q.Batches {
		if !slices.Contains(p.Batches, b) {
			p.Batches = append(p.Batches, b)
		}
	}
	return p
}
