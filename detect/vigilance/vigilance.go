// Package vigilance judges those who watch. A network that grows tired reports
// less, reports late, checks without finding what it used to find, and answers
// slowly; each of these is a signal like any other.
//
// In: what a source reported, what checks found, how soon a post acknowledged.
// Out: a lapse with how unlikely it would be had nothing changed, or why there
// is no judgement. Everybody is compared with their own past, never with others.
package vigilance

import (
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
)

// Watch names a question that is put to those who watch. It is the stream of
// the signals that it raises.
type Watch string

// The watches.
const (
	Silence         Watch = "vigilance.silence"         // a source stopped reporting
	Reports         Watch = "vigilance.reports"         // a source reports on fewer days
	Timeliness      Watch = "vigilance.timeliness"      // a source reports late
	Findings        Watch = "vigilance.findings"        // checks find less than they did
	Acknowledgement Watch = "vigilance.acknowledgement" // a post acknowledges more slowly
)

// Watches lists the watches.
func Watches() []Watch { return []Watch{Silence, Reports, Timeliness, Findings, Acknowledgement} }

// Harm is what a true signal of the watch can mean, on the scale of the
// indicators: a source that says nothing can hide anything, the rest is a
// question to ask.
func (w Watch) Harm() int {
	if w == Silence {
		return 2
	}
	return 1
}

// Alpha is how unlikely a lapse must be before it is told. Overlapping days are
// judged every day, so it is far below the usual: a source that keeps its own
// rhythm is asked about less than once in several years.
const Alpha = 0.001

// Rest is how many days a lapse that was discarded is not told again: somebody
// looked, and the days that were judged have to pass first.
const Rest = 28

// mostScore bounds the score of what is all but impossible.
const mostScore = 20

// Lapse is what somebody who watches let slip.
type Lapse struct {
	Watch Watch
	// Since is the first day of what is judged.
	Since civil.Day
	// Of is how many there were to judge: days due, reports, checks, orders.
	Of int
	// Seen is what there was, Expected what there would have been by their own
	// past: reports, reports on time, findings, or the median hours.
	Seen, Expected float64
	// P is the probability of so few, or so slow, had nothing changed.
	P float64
}

// Score is 1 where a lapse is just unlikely enough to be told, and grows with
// the orders of magnitude beyond; at most 20.
func (l Lapse) Score() float64 {
	if l.P <= 0 {
		return mostScore
	}
	return min(math.Log(l.P)/math.Log(Alpha), mostScore)
}

// Abstention says why there is no judgement.
type Abstention string

// The abstentions.
const (
	None    Abstention = ""
	TooThin Abstention = "too little is known of the past"
	Steady  Abstention = "nothing changed"
)

// told returns a lapse that is unlikely enough, and otherwise that there is none.
func told(l Lapse) (Lapse, Abstention) {
	if l.P < Alpha {
		return l, None
	}
	return Lapse{}, Steady
}

// betaBinomialLower is P(X <= x) of m trials whose chance is known from r
// successes in n earlier ones under Jeffreys' prior Beta(1/2, 1/2): the
// posterior predictive beta-binomial (Gelman et al., Bayesian Data Analysis,
// 2013, section 2.4). It is 1 for x >= m.
func betaBinomialLower(x, m, r, n int) float64 {
	a, b := float64(r)+0.5, float64(n-r)+0.5
	sum := 0.0
	for k := 0; k <= min(x, m); k++ {
		sum += math.Exp(logChoose(m, k) + logBeta(float64(k)+a, float64(m-k)+b) - logBeta(a, b))
	}
	return min(sum, 1)
}

func logBeta(a, b float64) float64 {
	return lgamma(a) + lgamma(b) - lgamma(a+b)
}

func logChoose(n, k int) float64 {
	return lgamma(float64(n+1)) - lgamma(float64(k+1)) - lgamma(float64(n-k+1))
}

func lgamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// rankSumUpper is the exact one-sided p value of the rank sum (Wilcoxon 1945;
// with ties, the permutation distribution of the mid-ranks, Lehmann 2006,
// section 1.4): the share of all ways to choose len(late) of the values whose
// ranks add up to at least those of late. Both must have values.
func rankSumUpper(late, early []float64) float64 {
	all := slices.Concat(late, early)
	ranks := doubledRanks(all)
	seen, total := 0, 0
	for i, r := range ranks {
		total += r
		if i < len(late) {
			seen += r
		}
	}
	// ways[k][s] counts the choices of k values whose doubled ranks add up to s.
	ways := make([][]float64, len(late)+1)
	for k := range ways {
		ways[k] = make([]float64, total+1)
	}
	ways[0][0] = 1
	for i, r := range ranks {
		for k := min(i+1, len(late)); k >= 1; k-- {
			for s := total; s >= r; s-- {
				ways[k][s] += ways[k-1][s-r]
			}
		}
	}
	above, every := 0.0, 0.0
	for s, w := range ways[len(late)] {
		every += w
		if s >= seen {
			above += w
		}
	}
	return above / every
}

// doubledRanks returns twice the mid-rank of each value, so that ties stay whole numbers.
func doubledRanks(values []float64) []int {
	ranks := make([]int, len(values))
	for i, v := range values {
		for _, o := range values {
			switch {
			case o < v:
				ranks[i] += 2
			case o == v:
				ranks[i]++
			}
		}
		ranks[i]++
	}
	return ranks
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}
