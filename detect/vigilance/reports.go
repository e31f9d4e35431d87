package vigilance

import (
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
)

// How much of a source's past is looked at, in days: Past is what it is
// compared with, Lately what is judged for fewer and for late reports.
const (
	Past   = 56
	Lately = 14
)

// leastReports is how many reports a source must have made before its rhythm is
// known: two weeks of daily ones.
const leastReports = 14

// mostPatience bounds how long a source's own lateness is waited for.
const mostPatience = 7 * 24 * time.Hour

// Day is one day of a source: when its report was due, and when it came; the
// zero time if it did not.
type Day struct {
	Day  civil.Day
	Due  time.Time
	Came time.Time
}

func (d Day) came() bool          { return !d.Came.IsZero() }
func (d Day) late() time.Duration { return d.Came.Sub(d.Due) }

// Silent judges a source that stopped. The days are those on which it was due,
// in order, as known at an instant. The chance that a day is reported is that of
// its own past, under Jeffreys' prior; k days missed in a row then have the
// probability
//
//	P = prod_{i=0}^{k-1} (n-r+1/2+i) / (n+1+i)
//
// for r reported of n days before them. Weekdays on which the source reported
// less than half of the time are not counted, in its past nor now: a clinic
// that is shut on Sundays is not silent on Sundays. A day counts as missed once
// the source is later than nine in ten of its reports were, for it may always
// be late.
func Silent(days []Day, now time.Time) (Lapse, Abstention) {
	days = heardBy(days, now)
	run := trailingMissed(days)
	before := days[:len(days)-run]
	due := regular(before)
	missed := slices.DeleteFunc(slices.Clone(days[len(days)-run:]), func(d Day) bool { return !due[d.Day.Weekday()] })
	r, n := kept(lastDays(before, Past), due)
	if r < leastReports {
		return Lapse{}, TooThin
	}
	if len(missed) == 0 {
		return Lapse{}, Steady
	}
	return told(Lapse{Watch: Silence, Since: missed[0].Day, Of: len(missed), Seen: 0,
		Expected: float64(len(missed)) * float64(r) / float64(n), P: betaBinomialLower(0, len(missed), r, n)})
}

// Fewer judges a source that still reports, but on fewer days than it did: the
// last 14 days against the 56 before them, by the beta-binomial of [Silent].
func Fewer(days []Day, now time.Time) (Lapse, Abstention) {
	lately, before := split(heardBy(days, now))
	due := regular(before)
	r, n := kept(before, due)
	x, m := kept(lately, due)
	if r < leastReports || m == 0 {
		return Lapse{}, TooThin
	}
	return told(Lapse{Watch: Reports, Since: lately[0].Day, Of: m, Seen: float64(x),
		Expected: float64(m) * float64(r) / float64(n), P: betaBinomialLower(x, m, r, n)})
}

// Later judges a source whose reports come after the hour at which they are
// due: those of the last 14 days against those of the 56 before them, by the
// beta-binomial of [Silent].
func Later(days []Day) (Lapse, Abstention) {
	lately, before := split(days)
	r, n := onTime(before)
	x, m := onTime(lately)
	if n < leastReports || m == 0 {
		return Lapse{}, TooThin
	}
	return told(Lapse{Watch: Timeliness, Since: lately[0].Day, Of: m, Seen: float64(x),
		Expected: float64(m) * float64(r) / float64(n), P: betaBinomialLower(x, m, r, n)})
}

// heardBy returns the days from the first report on whose reports should have
// come by an instant, by the source's own lateness.
func heardBy(days []Day, now time.Time) []Day {
	first := slices.IndexFunc(days, Day.came)
	if first < 0 {
		return nil
	}
	days = days[first:]
	var late []time.Duration
	for _, d := range lastDays(days, Past) {
		if d.came() {
			late = append(late, max(d.late(), 0))
		}
	}
	patience := time.Duration(0)
	if len(late) > 0 {
		slices.Sort(late)
		patience = min(late[len(late)*9/10], mostPatience)
	}
	last := len(days)
	for last > 0 && !days[last-1].came() && days[last-1].Due.Add(patience).After(now) {
		last--
	}
	return days[:last]
}

func trailingMissed(days []Day) int {
	run := 0
	for _, d := range slices.Backward(days) {
		if d.came() {
			break
		}
		run++
	}
	return run
}

// split cuts off the last days; either part may be empty.
func split(days []Day) (lately, before []Day) {
	cut := max(len(days)-Lately, 0)
	return days[cut:], lastDays(days[:cut], Past)
}

func lastDays(days []Day, n int) []Day { return days[max(len(days)-n, 0):] }

// regular tells the weekdays on which a source reported at least half of the time.
func regular(days []Day) (due [7]bool) {
	var came, all [7]int
	for _, d := range lastDays(days, Past) {
		all[d.Day.Weekday()]++
		if d.came() {
			came[d.Day.Weekday()]++
		}
	}
	for w := range due {
		due[w] = all[w] > 0 && 2*came[w] >= all[w]
	}
	return due
}

func kept(days []Day, due [7]bool) (came, all int) {
	for _, d := range days {
		if !due[d.Day.Weekday()] {
			continue
		}
		all++
		if d.came() {
			came++
		}
	}
	return came, all
}

func onTime(days []Day) (inTime, came int) {
	for _, d := range days {
		if d.came() {
			came++
			if d.late() <= 0 {
				inTime++
			}
		}
	}
	return inTime, came
}
