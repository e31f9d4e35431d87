package detect

import (
	"cmp"
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// Gap is how many days may lie between two findings of the same signal. It is
// one incubation period's median and a reporting delay: findings further apart
// are told apart.
const Gap = 7

// GroupOf names the group of a finding: one stream, one part of the city and
// one status are the same signal as long as the days follow each other.
func GroupOf(stream string, part place.Code, status observe.Status) string {
	return stream + "|" + string(part) + "|" + string(status)
}

// GroupOfSubject names the group of a finding about a source or a post: one
// watch, one subject and one status.
func GroupOfSubject(stream, subject string, status observe.Status) string {
	return stream + "|" + subject + "|" + string(status)
}

// Joins reports whether a finding of a day belongs to the signal: the group's
// newest, not discarded, and no further away than Gap. One that sleeps takes in
// what comes until it wakes, however late: who put it to sleep asked not to be
// told of the same again.
func (s Signal) Joins(day civil.Day) bool {
	if s.State == Snoozed {
		return day >= s.First-Gap
	}
	return s.State != Discarded && day <= s.Last+Gap && day >= s.First-Gap
}

// Extend adds findings to the signal and reports whether there was any that it
// did not hold yet. The area becomes the one given: the smallest that holds
// all findings. Findings do not change what was decided about the signal: once
// it is verified, a corrected count does not replace the one it was verified on.
func (s *Signal) Extend(found []Evidence, area place.Code, at Stakes) bool {
	fresh := false
	for _, e := range found {
		if i := slices.IndexFunc(s.Evidence, e.same); i >= 0 {
			if s.Evidence[i].Observed == e.Observed && s.Evidence[i].Of == e.Of || s.State == Verified && e.Subject == "" {
				continue
			}
			e.Found = s.Evidence[i].Found
			s.Evidence[i] = e // a corrected count: the newer finding stands
		} else {
			s.Evidence = append(s.Evidence, e)
		}
		fresh = true
		s.First, s.Last = min(s.First, e.Day), max(s.Last, e.Day)
	}
	if fresh {
		s.Area = area
		s.Rank = Rank(s.Evidence, at)
		s.Version++
	}
	return fresh
}

// same reports whether two findings answer the same question: of an area, a
// stratum and a day, or of a source or post, whose lapse is judged anew every day.
func (e Evidence) same(o Evidence) bool {
	if o.Indicator != e.Indicator || o.Subject != e.Subject {
		return false
	}
	return e.Subject != "" || o.Area == e.Area && o.Stratum == e.Stratum && o.Day == e.Day
}

// Equals reports whether two findings answer the same question with the same count.
func (e Evidence) Equals(o Evidence) bool { return e.same(o) && e.Observed == o.Observed }

// Stakes are what is to be won and lost by looking at a signal of a stream.
type Stakes struct {
	// Harm is what a true signal can mean, 1 to 5.
	Harm int
	// Costs are those of a false alarm of each indicator, by its id, as shares of
	// what a missed outbreak costs. One that is not here has the usual cost, 0.02.
	Costs map[string]float64
}

func (s Stakes) cost(indicator string) float64 {
	if c := s.Costs[indicator]; c > 0 {
		return c
	}
	return usualCost
}

// StakesOf returns the stakes of a stream: the most harm that any of its
// indicators says, 1 where there is none, and the cost of each.
func StakesOf(stream counts.Stream, indicators []Indicator) Stakes {
	at := Stakes{Harm: 1, Costs: map[string]float64{}}
	for _, ind := range indicators {
		if ind.Stream == stream {
			at.Harm = max(at.Harm, ind.Harm)
			at.Costs[ind.ID] = ind.Cost
		}
	}
	return at
}

// Rank orders an inbox by what is lost when a signal is not looked at, over
// what is lost when it is looked at in vain:
//
//	rank = harm * max over the findings of (strength * 0.02 / cost) * spread
//
// It is the rule of two actions (Berger, Statistical Decision Theory, 1985,
// 4.4.3): with odds o that the signal is true, putting it aside loses o * harm
// and looking at it the cost, so that the signals to be looked at first are
// those of the largest o * harm / cost. The strength 1 + log2(score) stands for
// the odds, on a logarithmic scale, so that a large series does not drown a
// small one; the spread adds a tenth for each further place. At the usual cost,
// 0.02, rank is harm * strength * spread. It grows with harm, score, findings
// and places, and falls with cost.
func Rank(found []Evidence, at Stakes) float64 {
	worst := 0.0
	places := map[place.Code]bool{}
	for _, e := range found {
		strength := 1 + math.Log2(max(e.Score, 1))
		worst = max(worst, strength*usualCost/at.cost(e.Indicator))
		places[e.Area] = true
	}
	spread := 1 + 0.1*float64(max(len(places)-1, 0))
	return round(float64(at.Harm)*worst*spread, 3)
}

// NoticeRank ranks an event-based signal by the people said to be affected and
// the number of notices that say so.
func NoticeRank(people, notices, harm int) float64 {
	return round(float64(harm)*(1+math.Log2(float64(1+people)))*(1+0.1*float64(max(notices-1, 0))), 3)
}

// round keeps ranks readable, and equal on machines whose logarithms differ in
// the last digit.
func round(x float64, digits int) float64 {
	p := math.Pow10(digits)
	return math.Round(x*p) / p
}

// Admit decides whether a new signal is shown on its day. Within the budget it
// is. Beyond it, it is shown only if it outranks a shown signal that nobody has
// triaged yet, which is returned to be left out in its place.
func Admit(rank float64, shown []Signal, budget int) (admit bool, out *Signal) {
	if len(shown) < budget {
		return true, nil
	}
	var open []Signal
	for _, s := range shown {
		if s.State == Raised {
			open = append(open, s)
		}
	}
	if len(open) == 0 {
		return false, nil
	}
	lowest := slices.MinFunc(open, func(a, b Signal) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(b.ID, a.ID))
	})
	if lowest.Rank >= rank {
		return false, nil
	}
	return true, &lowest
}
