package trace

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/fault"
)

// Suspect is a case whose infection is looked for, and when it must have
// happened.
type Suspect struct {
	Who    Token
	Window Window
}

// Crowd tells how busy places are.
type Crowd interface {
	// Visits counts the stays at a place that meet a window.
	Visits(ctx context.Context, place Token, w Window) (int, error)
	// Whole counts all stays that meet a window, anywhere, and the places that
	// had any.
	Whole(ctx context.Context, w Window) (stays, places int, err error)
}

// Shared is a place and time at which several cases were.
type Shared struct {
	Place Token
	Window
	Cases  int // different cases that were there
	Visits int // stays of anybody
	// Expected is how many of the cases would be there by chance, given how busy
	// it was and how often each case goes out.
	Expected float64
	// P is the probability that at least so many would be there by chance.
	P float64
	// Adjusted is P corrected for the number of places and times among which the
	// search could have found one (Šidák 1967).
	Adjusted float64
}

// Backward looks for the places and times that cases share beyond chance, the
// least likely first. Time is cut into bins of the given length; a bin counts
// when at least two cases were there in it, each within its own window.
//
// By chance means: each of a case's stays falls on a place and bin with the
// probability that any stay of the whole crowd does. Then a case with n stays
// is there with probability 1-(1-b/B)^n, b being the visits there and B all
// stays, and the number of cases follows a Poisson binomial distribution, whose
// upper tail is P (computed exactly; Hong 2013, section 2.1). Stays of people
// who live near each other are more alike than this, so P orders leads; it does
// not prove a source. The errors of source and crowd come with what could be read.
func Backward(ctx context.Context, s Source, crowd Crowd, cases []Suspect, bin Instant) ([]Shared, error) {
	if bin <= 0 {
		return nil, fault.New(fault.Invalid, "the length of a bin must be above 0")
	}
	if len(cases) < 2 {
		return nil, fault.New(fault.Invalid, "a search for what cases share needs at least two")
	}
	found, outings, span, lost := gather(ctx, s, cases, bin)
	maps.DeleteFunc(found, func(_ spot, who map[int]bool) bool { return len(who) < 2 })
	if len(found) == 0 || ctx.Err() != nil {
		return nil, lost
	}
	all, places, err := crowd.Whole(ctx, span)
	if err != nil {
		lost = errors.Join(lost, fmt.Errorf("count the whole crowd: %w", err))
	}
	tests := float64(places) * math.Ceil(float64(span.Length())/float64(bin))
	var shared []Shared
	for where, who := range found {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		w := Window{From: where.bin * bin, Until: (where.bin + 1) * bin}
		visits, err := crowd.Visits(ctx, where.place, w)
		if err != nil {
			lost = errors.Join(lost, fmt.Errorf("count the visits of a place: %w", err))
		}
		x := Shared{Place: where.place, Window: w, Cases: len(who), Visits: visits}
		x.judge(outings, float64(visits)/float64(max(all, visits, 1)), tests)
		shared = append(shared, x)
	}
	slices.SortFunc(shared, func(a, b Shared) int {
		return cmp.Or(cmp.Compare(a.P, b.P), cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.From, b.From), bytes.Compare(a.Place[:], b.Place[:]))
	})
	return shared, lost
}

// spot is a place and a bin of time.
type spot struct {
	place Token
	bin   Instant
}

// gather finds where the cases were, how many stays each had, and the time that
// their windows span.
func gather(ctx context.Context, s Source, cases []Suspect, bin Instant) (found map[spot]map[int]bool, outings []int, span Window, lost error) {
	found, outings = map[spot]map[int]bool{}, make([]int, len(cases))
	span = cases[0].Window
	for i, c := range cases {
		span = Window{From: min(span.From, c.Window.From), Until: max(span.Until, c.Window.Until)}
		stays, err := s.OfPerson(ctx, c.Who, c.Window)
		if err != nil {
			lost = errors.Join(lost, fmt.Errorf("find the stays of a case: %w", err))
		}
		outings[i] = len(stays)
		for _, stay := range stays {
			inside := stay.Overlap(c.Window)
			for b := floorDiv(inside.From, bin); b*bin < inside.Until; b++ {
				at := spot{stay.Place, b}
				if found[at] == nil {
					found[at] = map[int]bool{}
				}
				found[at][i] = true
			}
		}
	}
	return found, outings, span, lost
}

// judge fills in what chance would do with a share of the crowd.
func (x *Shared) judge(outings []int, share, tests float64) {
	chances := make([]float64, len(outings))
	for i, n := range outings {
		chances[i] = -math.Expm1(float64(n) * math.Log1p(-min(share, 1)))
		x.Expected += chances[i]
	}
	x.P = atLeast(x.Cases, chances)
	x.Adjusted = -math.Expm1(max(1, tests) * math.Log1p(-x.P))
}

// atLeast gives the probability that k or more of independent events happen. It
// sums the upper tail, so that small probabilities keep their precision.
func atLeast(k int, chances []float64) float64 {
	p := make([]float64, len(chances)+1) // p[j]: exactly j so far
	p[0] = 1
	for i, c := range chances {
		for j := i + 1; j > 0; j-- {
			p[j] = p[j]*(1-c) + p[j-1]*c
		}
		p[0] *= 1 - c
	}
	tail := 0.0
	for j := len(p) - 1; j >= k; j-- {
		tail += p[j]
	}
	return min(tail, 1)
}

func floorDiv(a, b Instant) Instant {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
