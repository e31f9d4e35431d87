package watch

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/detect/vigilance"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// checked are the streams that count what checks found, of as many as their
// denominator says.
var checked = []counts.Stream{counts.GoodsPositive}

// answersKept is how far back the answers of a post are looked at.
const answersKept = 180 * 24 * time.Hour

// Vigil asks of everybody who watches whether they still do, as it is known
// now: sources that report, checks that find, posts that acknowledge. A lapse
// is a signal in the same inbox. A second vigil of the same facts does nothing.
func (d *Desk) Vigil(ctx context.Context, status observe.Status) ([]detect.Signal, error) {
	var all []candidate
	for _, look := range []func(context.Context, observe.Status) ([]candidate, error){d.lapsedSources, d.lapsedChecks, d.lapsedPosts} {
		found, err := look(ctx, status)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	for i := range all {
		all[i].group = detect.GroupOfSubject(all[i].stream, all[i].found[0].Subject, status)
	}
	return d.raiseAll(ctx, all, status)
}

// lapse makes a candidate of what somebody let slip.
func lapse(l vigilance.Lapse, subject string, area place.Code) candidate {
	expected := l.Expected
	return candidate{stream: string(l.Watch), stakes: detect.Stakes{Harm: l.Watch.Harm()}, found: []detect.Evidence{{
		Indicator: string(l.Watch), Stream: string(l.Watch), Area: area, Day: l.Since, Observed: l.Seen, Expected: &expected,
		Score: l.Score(), Basis: place.Stated, Subject: subject, Of: l.Of}}}
}

// lapsedSources judges the sources that are expected to report every day.
func (d *Desk) lapsedSources(ctx context.Context, status observe.Status) ([]candidate, error) {
	now := d.Center.Time()
	sources := slices.DeleteFunc(slices.SortedFunc(maps.Values(d.Sources), bySource), func(s observe.Source) bool { return len(s.Streams) == 0 })
	window := civil.Trailing(civil.DayOf(now, d.Center.City), vigilance.Past+2*vigilance.Lately)
	reports, err := d.Store.FirstReports(ctx, sources, status, window, now)
	if err != nil {
		return nil, err
	}
	var found []candidate
	for _, s := range sources {
		days := sourceDays(s, reports, window, now, d.Center.City)
		l, why := vigilance.Silent(days, now)
		if why != vigilance.None {
			l, why = vigilance.Fewer(days, now)
		}
		if why != vigilance.None {
			l, why = vigilance.Later(days)
		}
		if why == vigilance.None {
			found = append(found, lapse(l, string(s.ID), s.Area))
		}
	}
	return found, nil
}

func bySource(a, b observe.Source) int {
	if a.ID < b.ID {
		return -1
	}
	return 1
}

// sourceDays lays out the days of a window on which a source was due by now. A
// day has come when anything came that the source is expected to report.
func sourceDays(s observe.Source, reports []FirstReport, w civil.Window, now time.Time, city *time.Location) []vigilance.Day {
	came := map[civil.Day]time.Time{}
	for _, r := range reports {
		if r.Source != s.ID || !slices.Contains(s.Streams, r.Stream) {
			continue
		}
		if at, ok := came[r.Day]; !ok || r.Reported.Before(at) {
			came[r.Day] = r.Reported
		}
	}
	var days []vigilance.Day
	for day := w.First; day <= w.Last && !s.Due(day, city).After(now); day++ {
		days = append(days, vigilance.Day{Day: day, Due: s.Due(day, city), Came: came[day]})
	}
	return days
}

// lapsedChecks judges the checks of each area that has its own.
func (d *Desk) lapsedChecks(ctx context.Context, status observe.Status) ([]candidate, error) {
	now := d.Center.Time()
	last := civil.DayOf(now, d.Center.City) - 1
	window := civil.Trailing(last, vigilance.ChecksPast+vigilance.ChecksLately)
	var found []candidate
	for _, stream := range checked {
		own, err := d.Store.OwnSeries(ctx, SeriesQuery{Stream: stream, Area: d.City, Window: window, AsOf: now, Status: status})
		if err != nil {
			return nil, fmt.Errorf("read the checks of %s: %w", stream, err)
		}
		for _, area := range slices.Sorted(maps.Keys(own)) {
			l, why := vigilance.FindLess(checksOf(own[area]), last)
			if why != vigilance.None {
				continue
			}
			c := lapse(l, string(stream)+"@"+string(area), area)
			c.found[0].Batches = lastBatches(own[area])
			found = append(found, c)
		}
	}
	return found, nil
}

func checksOf(points []counts.Point) []vigilance.Check {
	var checks []vigilance.Check
	for _, p := range points {
		if p.Denominator != nil {
			checks = append(checks, vigilance.Check{Day: p.Day, Made: *p.Denominator, Found: p.Count})
		}
	}
	return checks
}

func lastBatches(points []counts.Point) []string {
	if len(points) == 0 {
		return nil
	}
	return points[len(points)-1].Batches
}

// lapsedPosts judges how soon posts acknowledge what they are told to do. A
// directive that waits counts as long as it has waited.
func (d *Desk) lapsedPosts(ctx context.Context, status observe.Status) ([]candidate, error) {
	now := d.Center.Time()
	answered, err := d.Store.Answers(ctx, status, now.Add(-answersKept))
	if err != nil {
		return nil, err
	}
	byPost := map[party.PostCode][]Answered{}
	for _, a := range answered {
		byPost[a.Post] = append(byPost[a.Post], a)
	}
	var found []candidate
	for _, post := range slices.Sorted(maps.Keys(byPost)) {
		l, why := vigilance.AnswerSlower(answersOf(byPost[post], now), d.Center.City)
		if why != vigilance.None {
			continue
		}
		late := byPost[post][len(byPost[post])-vigilance.AnswersLately:]
		area, err := d.holdingAnswers(late)
		if err != nil {
			return nil, err
		}
		c := lapse(l, string(post), area)
		for _, a := range late {
			c.because = append(c.because, trace.Ref{Kind: direct.DirectiveKind, ID: string(a.Directive)})
		}
		found = append(found, c)
	}
	return found, nil
}

func answersOf(answered []Answered, now time.Time) []vigilance.Answer {
	var answers []vigilance.Answer
	for _, a := range answered {
		until := now
		if a.Acknowledged != nil {
			until = *a.Acknowledged
		}
		answers = append(answers, vigilance.Answer{Issued: a.Issued, Took: until.Sub(a.Issued)})
	}
	return answers
}

// holdingAnswers returns the smallest area that holds those of some directives.
func (d *Desk) holdingAnswers(answered []Answered) (place.Code, error) {
	found := make([]detect.Evidence, len(answered))
	for i, a := range answered {
		found[i].Area = a.Area
	}
	return d.holding(found)
}
