package bench

import (
	"encoding/binary"
	"math"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/stat"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// VisitCity makes synthetic visits: people drawn evenly, sites by Zipf's law
// with exponent 0.8 (so the busiest of 50,000 has about 2.5 % of all visits),
// times of day with two peaks, dwell log-normal with a median of 35 minutes and
// a standard deviation of the logarithm of 0.8, at most 10 hours.
type VisitCity struct {
	people int
	seed   uint64
	sites  aliases
	minute []float64 // how often each minute of the day is chosen
	dwell  []trace.Instant
}

// NewVisitCity makes the tables for a number of people and sites.
func NewVisitCity(people, sites int, seed uint64) *VisitCity {
	c := &VisitCity{people: people, seed: seed, minute: make([]float64, 24*60), dwell: make([]trace.Instant, 4096)}
	weights := make([]float64, sites)
	for i := range weights {
		weights[i] = math.Pow(float64(i+1), -0.8)
	}
	c.sites = newAliases(weights)
	for m := range c.minute {
		hour := float64(m) / 60
		c.minute[m] = 0.02 + math.Exp(-(hour-12)*(hour-12)/8) + 0.8*math.Exp(-(hour-19)*(hour-19)/4)
	}
	for i := range c.dwell {
		z := stat.NormalQuantile((float64(i) + 0.5) / float64(len(c.dwell)))
		c.dwell[i] = min(10*trace.Hour, trace.Instant(35*math.Exp(0.8*z)*float64(trace.Minute)))
	}
	return c
}

// aliases draws indices in proportion to their weights: each place of the table
// is one index up to a threshold and another beyond it (Walker 1977, built as
// Vose 1991 does).
type aliases []alias

type alias struct{ below, other uint32 } // below is the threshold, in 2^-32

func newAliases(weights []float64) aliases {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	table, share := make(aliases, len(weights)), make([]float64, len(weights))
	var small, large []int
	for i, w := range weights {
		table[i] = alias{math.MaxUint32, uint32(i)}
		if share[i] = w / total * float64(len(weights)); share[i] < 1 {
			small = append(small, i)
		} else {
			large = append(large, i)
		}
	}
	for len(small) > 0 && len(large) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		table[s] = alias{uint32(share[s] * (1 << 32)), uint32(l)}
		if share[l] -= 1 - share[s]; share[l] < 1 {
			small, large = append(small, l), large[:len(large)-1]
		}
	}
	return table
}

// draw turns 64 random bits into an index.
func (a aliases) draw(x uint64) int {
	place := int(x >> 32 * uint64(len(a)) >> 32)
	if uint32(x) < a[place].below {
		return place
	}
	return int(a[place].other)
}

// Person gives the number of the n-th person.
func (c *VisitCity) Person(n int) (p trust.Person) {
	binary.BigEndian.PutUint64(p[8:], uint64(n)+1)
	return p
}

// Site gives the id of the n-th site, the busiest first.
func (c *VisitCity) Site(n int) (s venue.SiteID) {
	binary.BigEndian.PutUint64(s[:8], (uint64(n)+1)*0x9e3779b97f4a7c15)
	binary.BigEndian.PutUint64(s[8:], uint64(n)+1)
	return s
}

// Day calls yield with the visits of a day in batches, in order of time as
// they would come in. Batches are the caller's to keep until it gives them back
// through spent, from where they are used again.
func (c *VisitCity) Day(key trust.DayKey, visits, batch int, spent <-chan []venue.Observation, yield func([]venue.Observation) bool) {
	rng := stat.NewStream(c.seed, "visits", uint64(key.Day))
	minutes := c.minutes(visits)
	start := trace.Instant(key.Day) * 24 * trace.Hour
	minute, left := 0, minutes[0]
	for from := 0; from < visits; from += batch {
		part := room(spent, min(batch, visits-from))
		for i := range part {
			for left == 0 {
				minute++
				left = minutes[minute]
			}
			left--
			c.draw(&part[i], &rng, key, start+trace.Instant(minute)*trace.Minute)
		}
		if !yield(part) {
			return
		}
	}
}

// minutes gives how many of a day's visits begin in each minute.
func (c *VisitCity) minutes(visits int) []int {
	total := 0.0
	for _, w := range c.minute {
		total += w
	}
	counts, sum, given := make([]int, len(c.minute)), 0.0, 0
	for m, w := range c.minute {
		sum += w
		counts[m] = int(math.Round(sum/total*float64(visits))) - given
		given += counts[m]
	}
	return counts
}

// room gives a batch to fill: one that was given back, or a new one.
func room(spent <-chan []venue.Observation, n int) []venue.Observation {
	select {
	case b := <-spent:
		if cap(b) >= n {
			return b[:n]
		}
	default:
	}
	return make([]venue.Observation, n)
}

// draw fills in a whole check-in, whatever stood in o before.
func (c *VisitCity) draw(o *venue.Observation, rng *stat.Stream, key trust.DayKey, minute trace.Instant) {
	x, y := rng.Uint64(), rng.Uint64()
	enter := minute + trace.Instant(x>>32%60)*trace.Second
	*o = venue.Observation{Act: venue.CheckIn, Visit: venue.Visit{
		Site: c.Site(c.sites.draw(rng.Uint64())), Day: key.Day,
		Who:   key.Pseudonym(c.Person(int(y % uint64(c.people)))),
		Enter: enter, Leave: enter + c.dwell[y>>32%uint64(len(c.dwell))], Party: 1,
	}}
	binary.BigEndian.PutUint64(o.ID[:8], uint64(minute)<<8|x>>56) // as time-ordered UUIDs are
	binary.BigEndian.PutUint64(o.ID[8:], rng.Uint64())
}

// firstDay is the first day of synthetic data.
var firstDay = civil.MustDay("2020-07-22")
