package trial

import (
	"math"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/counts"
)

// Waves finds the rises of a stream in hindsight, which needs no detector: in
// the centred mean over a week (three counts of a weekly stream) every way from
// a low to a high of at least twice as much and at least four counts more. A
// wave begins on the day after the last on which the mean was under a fifth of
// the way up, and ends at its high. The labels know the future; nothing that is
// judged by them may.
func Waves(points []counts.Point, every int) []Outbreak {
	const times, least, rising = 2.0, 4.0, 0.2
	days, mean := smooth(points, every)
	var waves []Outbreak
	for _, turn := range turns(mean, times) {
		low, high := mean[turn.low], mean[turn.high]
		if high < times*low || high-low < least {
			continue
		}
		first := turn.low
		for i := turn.low; i <= turn.high; i++ {
			if mean[i] <= low+rising*(high-low) {
				first = i
			}
		}
		waves = append(waves, Outbreak{First: days[min(first+1, turn.high)], Last: days[turn.high]})
	}
	return waves
}

// smooth returns the centred means of a stream, and their days.
func smooth(points []counts.Point, every int) ([]civil.Day, []float64) {
	half := civil.Day(3)
	if every > 1 {
		half = civil.Day(every)
	}
	var days []civil.Day
	var means []float64
	for i, p := range points {
		sum, n := 0.0, 0
		for j := i; j >= 0 && points[j].Day >= p.Day-half; j-- {
			sum, n = sum+float64(points[j].Count), n+1
		}
		for j := i + 1; j < len(points) && points[j].Day <= p.Day+half; j++ {
			sum, n = sum+float64(points[j].Count), n+1
		}
		days, means = append(days, p.Day), append(means, sum/float64(n))
	}
	return days, means
}

// turn is a low and the high that follows it.
type turn struct{ low, high int }

// turns finds lows and highs that lie a factor apart from their neighbours; a
// value under one counts as one, so that zeros have turns too.
func turns(mean []float64, factor float64) []turn {
	var all []turn
	low, high, up := 0, 0, false
	for i, m := range mean {
		m = math.Max(m, 1)
		switch {
		case !up && m < math.Max(mean[low], 1):
			low = i
		case !up && m >= factor*math.Max(mean[low], 1):
			up, high = true, i
		case up && m > math.Max(mean[high], 1):
			high = i
		case up && m*factor <= math.Max(mean[high], 1):
			all = append(all, turn{low, high})
			up, low = false, i
		}
		if !up && m <= math.Max(mean[low], 1) {
			low = i // the last of equal lows is where a rise begins
		}
	}
	if up {
		all = append(all, turn{low, high})
	}
	return all
}
