package trace

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/fault"
)

// Rule says what counts as having met: one stay of each at the same place that
// overlap for at least AtLeast, which must be above 0.
type Rule struct{ AtLeast Instant }

func (r Rule) check() error {
	if r.AtLeast <= 0 {
		return fault.New(fault.Invalid, "the least time together must be above 0")
	}
	return nil
}

// Contact is somebody who met one of those asked about.
type Contact struct {
	Who Token
	// Via is whom they met: for the longest time, if several.
	Via Token
	// Generation is 1 for those who met a seed, 2 for those who met them later.
	Generation int
	Meetings   int
	// Total is the time together over all meetings, and Longest the place and
	// time of the longest one; First is when the first began.
	Total   Instant
	First   Instant
	Place   Token
	Longest Window
}

// Exposed finds everybody who met one of the people in a window, by the rule,
// ranked by time together. The people themselves are left out. An error of the
// source comes with what could be read.
func Exposed(ctx context.Context, s Source, people []Token, w Window, r Rule) ([]Contact, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	t := newTally(people)
	err := t.meet(ctx, s, people, func(Token) Window { return w }, r, 1)
	return t.ranked(), err
}

// ExposedAt finds everybody who was at a place for at least the rule's time
// within a window, ranked by that time. More than most people (0 for no bound)
// are a Conflict, and are not gathered.
func ExposedAt(ctx context.Context, s Source, place Token, w Window, r Rule, most int) ([]Contact, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	t := newTally(nil)
	if most > 0 {
		t.most = most
	}
	err := s.AtPlace(ctx, place, w, func(stay Stay) bool {
		t.add(stay, Stay{Place: place, Window: w}, r, 1)
		return !t.over()
	})
	if t.over() {
		return nil, fault.New(fault.Conflict, "more than %d people were at the place; narrow the window or the rule", most)
	}
	return t.ranked(), err
}

// Forward bounds a search over generations.
type Forward struct {
	Rule
	// Depth is how many generations to follow, at least 1.
	Depth int
	// Latent is how long after a meeting somebody cannot yet pass the infection
	// on (0 follows every later meeting).
	Latent Instant
	// Most bounds the people found; a search that would pass it is a Conflict
	// and gives the generations that are complete.
	Most int
}

// Generations follows contacts forward: whom the people met, whom those met
// after that, and so on. Each person appears once, in the first generation that
// reaches them. The first error of the source comes with what could be read.
func Generations(ctx context.Context, s Source, people []Token, w Window, f Forward) ([]Contact, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	if f.Depth < 1 {
		return nil, fault.New(fault.Invalid, "a search must follow at least one generation")
	}
	known := newTally(people)
	if f.Most > 0 {
		known.most = f.Most
	}
	next := people
	starts := map[Token]Window{}
	for _, p := range people {
		starts[p] = w
	}
	var found []Contact
	var lost error
	for g := 1; g <= f.Depth && len(next) > 0 && ctx.Err() == nil; g++ {
		t := &tally{index: maps.Clone(known.index), most: known.most - len(found)}
		if err := t.meet(ctx, s, next, func(p Token) Window { return starts[p] }, f.Rule, g); err != nil && lost == nil {
			lost = fmt.Errorf("follow generation %d: %w", g, err)
		}
		if t.over() {
			return found, fault.New(fault.Conflict, "generation %d would bring more than %d people; narrow the window or the rule", g, f.Most)
		}
		next = next[:0:0]
		for _, c := range t.ranked() {
			known.index[c.Who] = leftOut
			starts[c.Who] = Window{From: c.First + f.Latent, Until: w.Until}
			next = append(next, c.Who)
			found = append(found, c)
		}
	}
	return found, lost
}

// tally gathers contacts.
type tally struct {
	index    map[Token]int32 // the place of each contact; leftOut for who is none
	contacts []Contact
	most     int // contacts, beyond which no more are gathered
}

// leftOut marks people who are not contacts, whomever they met.
const leftOut = -1

// over reports whether there are more contacts than may be.
func (t *tally) over() bool { return len(t.contacts) > t.most }

func newTally(people []Token) *tally {
	t := &tally{index: make(map[Token]int32, len(people)), most: math.MaxInt}
	for _, p := range people {
		t.index[p] = leftOut
	}
	return t
}

// meet adds everybody who met one of the people in that person's window. What
// the source cannot read does not end it; the first such error is given.
func (t *tally) meet(ctx context.Context, s Source, people []Token, window func(Token) Window, r Rule, generation int) error {
	var lost error
	note := func(err error, doing string) {
		if err != nil && lost == nil {
			lost = fmt.Errorf("%s: %w", doing, err)
		}
	}
	for _, p := range people {
		stays, err := s.OfPerson(ctx, p, window(p))
		note(err, "find the stays of a person")
		for _, own := range stays {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			own.Window = own.Overlap(window(p))
			if own.Length() < r.AtLeast {
				continue
			}
			// Whoever was there long enough was there during this part of it.
			core := Window{
				From:  min(own.From+r.AtLeast-1, own.Until-r.AtLeast),
				Until: max(own.Until-r.AtLeast+1, own.From+r.AtLeast),
			}
			note(s.AtPlace(ctx, own.Place, core, func(other Stay) bool {
				t.add(other, own, r, generation)
				return !t.over()
			}), "find who was there")
			if t.over() {
				return lost
			}
		}
	}
	return lost
}

// add counts a meeting of two stays if it is long enough.
func (t *tally) add(other, own Stay, r Rule, generation int) {
	together := other.Overlap(own.Window)
	length := together.Length()
	if length < r.AtLeast {
		return
	}
	i, ok := t.index[other.Who]
	if i == leftOut {
		return
	}
	if !ok {
		i = int32(len(t.contacts))
		t.index[other.Who] = i
		t.contacts = append(t.contacts, Contact{Who: other.Who, Generation: generation, First: together.From})
	}
	c := &t.contacts[i]
	c.Meetings++
	c.Total += length
	c.First = min(c.First, together.From)
	if length > c.Longest.Length() || length == c.Longest.Length() && together.From < c.Longest.From {
		c.Longest, c.Place, c.Via = together, own.Place, own.Who
	}
}

// ranked gives the contacts by time together, the longest first. What orders them
// is sorted by itself: a contact is large to move.
func (t *tally) ranked() []Contact {
	type rank struct {
		total    Instant
		meetings int32
		place    int32
	}
	ranks := make([]rank, len(t.contacts))
	for i := range t.contacts {
		c := &t.contacts[i]
		ranks[i] = rank{c.Total, int32(c.Meetings), int32(i)}
	}
	slices.SortFunc(ranks, func(a, b rank) int {
		switch {
		case a.total != b.total:
			return cmp.Compare(b.total, a.total)
		case a.meetings != b.meetings:
			return cmp.Compare(b.meetings, a.meetings)
		}
		return bytes.Compare(t.contacts[a.place].Who[:], t.contacts[b.place].Who[:])
	})
	out := make([]Contact, len(ranks))
	for at, r := range ranks {
		out[at] = t.contacts[r.place]
	}
	return out
}
