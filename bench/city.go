package bench

import (
	"encoding/binary"
	"math"
	"slices"

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
	sites  []uint32 // a table of sites in which each stands as often as it is visited
	minute []uint16 // the same of minutes of the day
	dwell  []trace.Instant
}

// NewVisitCity makes the tables for a number of people and sites.
func NewVisitCity(people, sites int, seed uint64) *VisitCity {
	c := &VisitCity{people: people, seed: seed, dwell: make([]trace.Instant, 4096)}
	weights := make([]float64, sites)
	for i := range weights {
		weights[i] = math.Pow(float64(i+1), -0.8)
	}
	c.sites = spread[uint32](weights, 1<<21)
	day := make([]float64, 24*60)
	for m := range day {
		hour := float64(m) / 60
		day[m] = 0.02 + math.Exp(-(hour-12)*(hour-12)/8) + 0.8*math.Exp(-(hour-19)*(hour-19)/4)
	}
	c.minute = spread[uint16](day, 1<<16)
	for i := range c.dwell {
		z := stat.NormalQuantile((float64(i) + 0.5) / float64(len(c.dwell)))
		c.dwell[i] = min(10*trace.Hour, trace.Instant(35*math.Exp(0.8*z)*float64(trace.Minute)))
	}
	return c
}

// spread lists indices so that each takes a share of n places in proportion to
// its weight.
func spread[T uint16 | uint32](weights []float64, n int) []T {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	out := make([]T, 0, n)
	sum := 0.0
	for i, w := range weights {
		sum += w
		for len(out) < int(math.Round(sum/total*float64(n))) {
			out = append(out, T(i))
		}
	}
	return out
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
// they would come in. Batches are the caller's to keep.
func (c *VisitCity) Day(key trust.DayKey, visits, batch int, yield func([]venue.Observation) bool) {
	rng := stat.NewStream(c.seed, "visits", uint64(key.Day))
	start := trace.Instant(key.Day) * 24 * trace.Hour
	minutes := make([]uint16, visits)
	for i := range minutes {
		minutes[i] = c.minute[rng.Uint64()%uint64(len(c.minute))]
	}
	slices.Sort(minutes)
	for from := 0; from < visits; from += batch {
		part := make([]venue.Observation, min(batch, visits-from))
		for i := range part {
			c.draw(&part[i], &rng, key, start+trace.Instant(minutes[from+i])*trace.Minute)
		}
		if !yield(part) {
			return
		}
	}
}

func (c *VisitCity) draw(o *venue.Observation, rng *stat.Stream, key trust.DayKey, minute trace.Instant) {
	x, y := rng.Uint64(), rng.Uint64()
	o.Act, o.Day, o.Party = venue.CheckIn, key.Day, 1
	binary.BigEndian.PutUint64(o.ID[:8], uint64(minute)<<8|x>>56) // as time-ordered UUIDs are
	binary.BigEndian.PutUint64(o.ID[8:], rng.Uint64())
	o.Site = c.Site(int(c.sites[x%uint64(len(c.sites))]))
	o.Who = key.Pseudonym(c.Person(int(y % uint64(c.people))))
	o.Enter = minute + trace.Instant(x>>32%60)*trace.Second
	o.Leave = o.Enter + c.dwell[y>>32%uint64(len(c.dwell))]
}

// firstDay is the first day of synthetic data.
var firstDay = civil.MustDay("2020-07-22")
