package picture

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/science/renewal"
	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// CourseQuery asks how a course goes on.
type CourseQuery struct {
	Query
	// Mean and SD of the serial interval, in days.
	Mean, SD float64
	// Ahead is how many days to come are drawn, 1 to 28.
	Ahead int
	// Earlier is how many days before the last are asked again what they said
	// then, 0 to 14.
	Earlier int
	Seed    uint64
}

// Course is the answer.
type Course struct {
	Query CourseQuery
	// Growth is the reporting triangle of the newest days.
	Growth  counts.Growth
	Longest int
	Days    []CourseDay
	// Nowcast is empty where too few days were followed as they were reported.
	Nowcast []renewal.Nowcast
	Earlier []Vintage
	// Kept says how the earlier nowcasts did, by what is known now.
	Kept Kept
	// Reproduction has a value for every day of Days.
	Reproduction []Reproduction
	Ahead        []renewal.Coming
	// Reconstructed is true where any day shown is our reconstruction.
	Reconstructed bool
}

// CourseDay is one day as it is known; Count is nil where nobody reported.
type CourseDay struct {
	Day   civil.Day
	Count *int64
}

// Vintage is what the nowcast of an earlier day said on that day.
type Vintage struct {
	AsOf    time.Time
	Nowcast []renewal.Nowcast
}

// Kept compares earlier nowcasts with what is known now of days that have had
// time for all their reports.
type Kept struct {
	// Days were compared; in Inside of them the interval held what is known now.
	Days, Inside int
	// Error is the mean distance of the nowcast from what is known now,
	// Uncorrected that of what had come in.
	Error, Uncorrected float64
}

// Reproduction is the reproduction number of a day; NaN where nobody infectious
// was about.
type Reproduction struct {
	Day             civil.Day
	Mean, Low, High float64
	// The same as a mean over the week that ends with the day.
	WeekMean, WeekLow, WeekHigh float64
}

// What a course is made of, in days.
const (
	courseDays    = 84 // that the estimates learn from
	shownDays     = 42 // that are told
	longestDelay  = 14 // of a report; later ones count as this
	leastFollowed = 8  // days of events that were followed as reports came in
	leastActive   = 5  // since the first case, for a reproduction number and a forecast
	mostEarlier   = 14
	week          = 7
)

func (q CourseQuery) check() error {
	var wrong []fault.Place
	if !(q.Mean > 1 && q.Mean <= 30) {
		wrong = append(wrong, fault.Place{Field: "interval_mean", Problem: "must be above 1 and at most 30 days"})
	}
	if !(q.SD > 0 && q.SD <= 30) {
		wrong = append(wrong, fault.Place{Field: "interval_sd", Problem: "must be above 0 and at most 30 days"})
	}
	if q.Ahead < 1 || q.Ahead > 28 {
		wrong = append(wrong, fault.Place{Field: "ahead", Problem: "must lie between 1 and 28"})
	}
	if q.Earlier < 0 || q.Earlier > mostEarlier {
		wrong = append(wrong, fault.Place{Field: "earlier", Problem: fmt.Sprintf("must lie between 0 and %d", mostEarlier)})
	}
	return fault.At("the course cannot be told", wrong...)
}

// Course tells how a stream in an area goes on: what the newest days will have
// when their reports are in, what was said of them on earlier days, the
// reproduction number, and the days to come. The course ends with the last day
// that had ended by the as-of time. An earlier nowcast is that of the same hour
// of its day: it rests on what was recorded by then and on nothing later.
func (d *Desk) Course(ctx context.Context, who access.Actor, q CourseQuery) (Course, error) {
	if err := q.check(); err != nil {
		return Course{}, err
	}
	q.Query = q.upToDay(d.Center.City)
	q.Day = counts.LastEnded(q.AsOf, d.Center.City)
	versions, w, err := d.versions(ctx, who, q.Query, courseDays)
	if err != nil {
		return Course{}, err
	}
	c := Course{Query: q, Longest: longestDelay}
	c.Growth = counts.Grow(d.Areas, q.Area, versions, w.First, longestDelay, q.AsOf, d.Center.City)
	if err := d.nowcasts(&c); err != nil {
		return Course{}, err
	}
	now := counts.AsKnown(d.Areas, versions, q.AsOf)[q.Area]
	c.compare(now)
	return c, c.estimate(w, now)
}

// nowcasts fills in what is said of the days that wait for reports, and what was
// said at the same hour of earlier days, the newest first, without those days
// that had nothing to say. They are worked out side by side.
func (d *Desk) nowcasts(c *Course) error {
	all, errs := make([]Vintage, 1+c.Query.Earlier), make([]error, 1+c.Query.Earlier)
	var wait sync.WaitGroup
	for i := range all {
		all[i].AsOf = c.Query.AsOf.In(d.Center.City).AddDate(0, 0, -i)
		wait.Go(func() { all[i].Nowcast, errs[i] = d.nowcast(c.Query, c.Growth.Earlier(i)) })
	}
	wait.Wait()
	c.Nowcast = all[0].Nowcast
	c.Earlier = slices.DeleteFunc(all[1:], func(v Vintage) bool { return len(v.Nowcast) == 0 })
	return errors.Join(errs...)
}

// upToDay makes the last day and the as-of time agree: a course of a day rests
// on what was recorded by its end.
func (q Query) upToDay(city *time.Location) Query {
	end := (q.Day + 1).At(0, 0, city).Add(-time.Microsecond).UTC()
	if q.AsOf.After(end) {
		q.AsOf = end
	}
	return q
}

// nowcast estimates the days that wait for reports; none where too few days were
// followed as their reports came in.
func (d *Desk) nowcast(q CourseQuery, g counts.Growth) ([]renewal.Nowcast, error) {
	tr, ok := triangle(g)
	if !ok {
		return nil, nil
	}
	return d.said.recall(q.Seed, tr, func() ([]renewal.Nowcast, error) {
		p := renewal.DefaultAdapt()
		p.Stream = stat.NewStream(q.Seed, "course")
		got, err := renewal.Adapt(tr, p)
		if err != nil {
			return nil, fmt.Errorf("nowcast %s on %s: %w", q.Stream, tr.Now, err)
		}
		return slices.Clone(got[max(0, len(got)-tr.Longest()):]), nil
	})
}

// triangle makes the reporting triangle of the days that were followed: from the
// first one that was told about before the longest delay had passed, as what is
// loaded later shows no delays. Where a count was later corrected downwards,
// only the reports that still stand are counted. A day that nobody reported has
// none.
func triangle(g counts.Growth) (series.Triangle, bool) {
	first := 0
	for first < len(g.Known) && !followed(g.Known[first]) {
		first++
	}
	days := len(g.Known) - first
	if days < leastFollowed {
		return series.Triangle{}, false
	}
	longest := min(longestDelay, days/2)
	tr := series.Triangle{First: g.First + civil.Day(first), Now: g.First + civil.Day(len(g.Known)-1), Counts: make([][]float64, days)}
	for i := range tr.Counts {
		tr.Counts[i] = standing(g.Known[first+i], longest)
	}
	return tr, true
}

// followed reports whether anything was known of a day before its last delay.
func followed(known []*int64) bool {
	for d := 0; d < min(len(known), longestDelay); d++ {
		if known[d] != nil {
			return true
		}
	}
	return false
}

// standing is what came in at each delay of what stands in the end; NaN for a
// delay that lies ahead. Later delays count as the longest.
func standing(known []*int64, longest int) []float64 {
	row := make([]float64, longest+1)
	for d := range row {
		if d >= len(known) {
			row[d] = math.NaN()
		}
	}
	upTo := make([]float64, len(known))
	least := math.Inf(1)
	for d := len(known) - 1; d >= 0; d-- {
		n := 0.0
		if known[d] != nil {
			n = float64(*known[d])
		}
		least = math.Min(least, n)
		upTo[d] = least
	}
	before := 0.0
	for d, n := range upTo {
		row[min(d, longest)] += n - before
		before = n
	}
	return row
}

// compare holds earlier nowcasts against what is known now.
func (c *Course) compare(now []counts.Point) {
	known := map[civil.Day]float64{}
	for _, p := range now {
		known[p.Day] = float64(p.Count)
	}
	today := c.Query.Day
	for _, v := range c.Earlier {
		for _, n := range v.Nowcast {
			truth, ok := known[n.Day]
			if !ok || n.Day > today-week {
				continue
			}
			c.Kept.Days++
			if n.Low <= truth && truth <= n.High {
				c.Kept.Inside++
			}
			c.Kept.Error += math.Abs(n.Median - truth)
			c.Kept.Uncorrected += math.Abs(n.Seen - truth)
		}
	}
	if c.Kept.Days > 0 {
		c.Kept.Error /= float64(c.Kept.Days)
		c.Kept.Uncorrected /= float64(c.Kept.Days)
	}
}

// active is the part of a window from the first case on: the quiet before it
// infects nobody. It is empty where there is no case.
func active(w civil.Window, now []counts.Point) civil.Window {
	for _, p := range now {
		if p.Count > 0 && w.Holds(p.Day) {
			return civil.Window{First: p.Day, Last: w.Last}
		}
	}
	return civil.Window{First: w.Last + 1, Last: w.Last}
}

// pasts are versions of the days of a window as they may be: draws of the
// nowcast, or the counts as they are known where there is none.
func (c *Course) pasts(w civil.Window, now []counts.Point) []renewal.Incidence {
	const draws = 8
	base := make([]float64, w.Days())
	for _, p := range now {
		if w.Holds(p.Day) {
			base[p.Day-w.First] = float64(p.Count)
		}
	}
	if len(c.Nowcast) == 0 {
		return []renewal.Incidence{renewal.Single(base)}
	}
	out := make([]renewal.Incidence, draws)
	for i := range out {
		cases := slices.Clone(base)
		for _, n := range c.Nowcast {
			if n.Draws != nil && w.Holds(n.Day) {
				cases[n.Day-w.First] = n.Draws[i*len(n.Draws)/draws]
			}
		}
		out[i] = renewal.Single(cases)
	}
	return out
}

// estimate fills in days, reproduction number and the days to come.
func (c *Course) estimate(w civil.Window, now []counts.Point) error {
	known := map[civil.Day]counts.Point{}
	for _, p := range now {
		known[p.Day] = p
	}
	shown := civil.Trailing(w.Last, shownDays)
	for day := shown.First; day <= shown.Last; day++ {
		at := CourseDay{Day: day}
		if p, ok := known[day]; ok {
			at.Count = &p.Count
			c.Reconstructed = c.Reconstructed || p.Reconstructed
		}
		c.Days = append(c.Days, at)
	}
	at := active(w, now)
	if at.Days() < leastActive {
		c.Reproduction = unknown(shown)
		return nil
	}
	interval, err := renewal.SerialInterval(c.Query.Mean, c.Query.SD, courseDays)
	if err != nil {
		return err
	}
	pasts := c.pasts(at, now)
	if err := c.reproduce(pasts, interval, at, shown); err != nil {
		return err
	}
	c.Ahead, err = renewal.Forecast(pasts, interval, renewal.ForecastParams{Days: c.Query.Ahead, Draws: 2000,
		Stream: stat.NewStream(c.Query.Seed, "course ahead")})
	return err
}

// unknown is a reproduction number that nothing is known of.
func unknown(shown civil.Window) []Reproduction {
	nan := math.NaN()
	var out []Reproduction
	for day := shown.First; day <= shown.Last; day++ {
		out = append(out, Reproduction{Day: day, Mean: nan, Low: nan, High: nan, WeekMean: nan, WeekLow: nan, WeekHigh: nan})
	}
	return out
}

// reproduce estimates the reproduction number over all pasts, which begin with
// the first day of the window.
func (c *Course) reproduce(pasts []renewal.Incidence, interval renewal.Delay, w, shown civil.Window) error {
	var tracks [][]renewal.Tracked
	var weeks [][]renewal.Estimate
	for _, past := range pasts {
		t, err := renewal.Track(past, interval)
		if err != nil {
			return err
		}
		e, err := renewal.Cori(past, interval, renewal.Windows(w.Days(), week), renewal.WidePrior)
		if err != nil {
			return err
		}
		tracks, weeks = append(tracks, t), append(weeks, e)
	}
	// Fewer infectious cases than this, each weighted by how infectious it is on
	// the day, say nothing about anybody.
	const least = 0.05
	lambda := renewal.Infectiousness(pasts[0], interval)
	tracked, windows := renewal.MixTracked(tracks), renewal.MixEstimates(weeks)
	c.Reproduction = unknown(shown)
	for j := range c.Reproduction {
		r := &c.Reproduction[j]
		i := int(r.Day - w.First)
		if i < 1 || !(lambda[i] >= least) {
			continue
		}
		r.Mean, r.Low, r.High = tracked[i].Mean(), tracked[i].Quantile(0.025), tracked[i].Quantile(0.975)
		if i >= week {
			e := windows[i-week]
			r.WeekMean, r.WeekLow, r.WeekHigh = e.Mean(), e.Quantile(0.025), e.Quantile(0.975)
		}
	}
	return nil
}
