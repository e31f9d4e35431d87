package vigilance

import (
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Check is one day of checks in a place: how many were made and how many found
// something.
type Check struct {
	Day         civil.Day
	Made, Found int64
}

// The days of checks that are judged, and those that they are compared with.
const (
	ChecksLately = 28
	ChecksPast   = 84
)

// leastFound is how many findings the past must have before fewer mean anything.
const leastFound = 5

// FindLess judges checks that go on but find less than they did. Findings are
// taken as Poisson with a rate a check that is known from f findings in C
// checks under Jeffreys' prior, so that those of c checks are negative binomial
// with size f+1/2 and mean c (f+1/2) / C (Gelman et al. 2013, section 2.6). The
// checks must be in order of their days; last is the last day that is judged.
//
// It cannot tell lax checks from a season in which there is less to find. The
// signal asks somebody to look.
func FindLess(checks []Check, last civil.Day) (Lapse, Abstention) {
	const lately, past = ChecksLately, ChecksPast
	now := civil.Window{First: last - lately + 1, Last: last}
	before := civil.Window{First: now.First - past, Last: now.First - 1}
	c, x := sum(checks, now)
	all, f := sum(checks, before)
	if f < leastFound || c == 0 {
		return Lapse{}, TooThin
	}
	size := float64(f) + 0.5
	mean := float64(c) * size / float64(all)
	return told(Lapse{Watch: Findings, Since: now.First, Of: int(c), Seen: float64(x), Expected: mean,
		P: 1 - stat.NegBinomialUpper(float64(x)+1, mean, size)})
}

func sum(checks []Check, w civil.Window) (made, found int64) {
	for _, c := range checks {
		if w.Holds(c.Day) {
			made += c.Made
			found += c.Found
		}
	}
	return made, found
}

// Answer is one order to a post: when it was issued and how long it took to be
// acknowledged, or has taken by now.
type Answer struct {
	Issued time.Time
	Took   time.Duration
}

// How many orders are judged, and how many before them they are compared with.
const (
	AnswersLately = 5
	AnswersPast   = 30
)

const (
	leastAnswers = 10
	// slower is how much longer the median must be, so that seconds are not told.
	slower = 1.5
)

// AnswerSlower judges the last five orders of a post against up to thirty before
// them by the exact rank-sum test. The orders must be in order of their issue;
// city tells the day on which the first of the five was issued.
func AnswerSlower(answers []Answer, city *time.Location) (Lapse, Abstention) {
	cut := len(answers) - AnswersLately
	if cut < leastAnswers {
		return Lapse{}, TooThin
	}
	late, early := hours(answers[cut:]), hours(answers[max(cut-AnswersPast, 0):cut])
	l := Lapse{Watch: Acknowledgement, Since: civil.DayOf(answers[cut].Issued, city), Of: AnswersLately,
		Seen: median(late), Expected: median(early), P: rankSumUpper(late, early)}
	if l.Seen < slower*l.Expected {
		return Lapse{}, Steady
	}
	return told(l)
}

func hours(answers []Answer) []float64 {
	took := make([]float64, len(answers))
	for i, a := range answers {
		took[i] = a.Took.Hours()
	}
	return took
}
