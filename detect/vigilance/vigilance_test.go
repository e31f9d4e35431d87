package vigilance_test

import (
	"math"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect/vigilance"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

var monday = civil.MustDay("2020-06-01")

func due(d civil.Day) time.Time { return (d + 1).At(10, 0, time.UTC) }

// source makes the days of a source: '#' came in time, 'l' came five hours
// late, '.' did not come.
func source(marks string) []vigilance.Day {
	var days []vigilance.Day
	for i, m := range marks {
		d := vigilance.Day{Day: monday + civil.Day(i), Due: due(monday + civil.Day(i))}
		switch m {
		case '#':
			d.Came = d.Due.Add(-time.Hour)
		case 'l':
			d.Came = d.Due.Add(5 * time.Hour)
		}
		days = append(days, d)
	}
	return days
}

func times(n int, mark string) string {
	all := ""
	for range n {
		all += mark
	}
	return all
}

// after is an instant well after the last day was due.
func after(days []vigilance.Day) time.Time { return days[len(days)-1].Due.Add(time.Minute) }

func TestASilentSourceIsToldByItsOwnRhythm(t *testing.T) {
	week := "#####.." // shut at the weekend
	for _, tc := range []struct {
		name, marks string
		of          int
		want        vigilance.Abstention
	}{
		{"a daily source that misses two days", times(28, "#") + "..", 2, vigilance.None},
		{"a daily source that misses one", times(28, "#") + ".", 0, vigilance.Steady},
		{"a source that often misses has to miss more", times(8, "###.") + "..", 0, vigilance.Steady},
		{"and is told in the end", times(8, "###.") + times(9, "."), 10, vigilance.None},
		{"a source that is shut at weekends is not silent then", times(8, week), 0, vigilance.Steady},
		{"nor on the Monday after, at once", times(8, week) + ".", 0, vigilance.Steady},
		{"but on the Tuesday", times(8, week) + "..", 2, vigilance.None},
		{"a source that never reported is absent, not silent", times(60, "."), 0, vigilance.TooThin},
		{"a source of one week is not known yet", times(7, "#") + "....", 0, vigilance.TooThin},
		{"days before the first report are no misses", times(40, ".") + times(20, "#") + "...", 3, vigilance.None},
		{"a source that came back", times(28, "#") + "....#", 0, vigilance.Steady},
	} {
		t.Run(tc.name, func(t *testing.T) {
			days := source(tc.marks)
			l, why := vigilance.Silent(days, after(days))
			if why != tc.want || l.Of != tc.of {
				t.Errorf("lapse %+v, %q; want %d days and %q", l, why, tc.of, tc.want)
			}
			if why == vigilance.None && l.Score() < 1 {
				t.Errorf("score %v of what is told, want at least 1", l.Score())
			}
		})
	}
}

func TestASourceThatIsAlwaysLateIsWaitedFor(t *testing.T) {
	days := source(times(28, "l") + "..")
	now := days[len(days)-1].Due.Add(4 * time.Hour) // it usually comes an hour later
	if _, why := vigilance.Silent(days, now); why != vigilance.Steady {
		t.Errorf("%q before its usual hour, want steady", why)
	}
	if l, why := vigilance.Silent(days, now.Add(2*time.Hour)); why != vigilance.None || l.Of != 2 {
		t.Errorf("%+v, %q after it, want two days", l, why)
	}
}

func TestFewerAndLaterReportsAreTold(t *testing.T) {
	steady := source(times(70, "#"))
	if _, why := vigilance.Fewer(steady, after(steady)); why != vigilance.Steady {
		t.Errorf("fewer: %q of a steady source", why)
	}
	if _, why := vigilance.Later(steady); why != vigilance.Steady {
		t.Errorf("later: %q of a steady source", why)
	}
	tired := source(times(56, "#") + times(7, "#."))
	if l, why := vigilance.Fewer(tired, after(tired)); why != vigilance.None || l.Seen != 7 || l.Of != 14 || math.Abs(l.Expected-14) > 0.5 {
		t.Errorf("fewer: %+v, %q; want 7 of 14", l, why)
	}
	slow := source(times(56, "#") + times(7, "l#"))
	if l, why := vigilance.Later(slow); why != vigilance.None || l.Seen != 7 || l.Of != 14 {
		t.Errorf("later: %+v, %q; want 7 of 14 in time", l, why)
	}
	young := source(times(20, "#"))
	if _, why := vigilance.Fewer(young, after(young)); why != vigilance.TooThin {
		t.Errorf("fewer: %q of a young source", why)
	}
}

func TestMoreMissedIsNeverLessUnlikely(t *testing.T) {
	last := 1.0
	for k := 2; k < 30; k++ {
		days := source(times(56, "#") + times(k, "."))
		l, why := vigilance.Silent(days, after(days))
		if why != vigilance.None || l.P >= last || !(l.P >= 0) {
			t.Fatalf("%d days missed: P %v after %v, %q", k, l.P, last, why)
		}
		last = l.P
	}
}

// TestSteadySourcesAreRarelyAskedAbout states the false alarms that docs/methods/vigilance.md quotes.
func TestSteadySourcesAreRarelyAskedAbout(t *testing.T) {
	const sources, year = 100, 365
	for _, tc := range []struct {
		name  string
		keeps float64
		most  float64 // told a source and year
	}{
		{"nearly always", 0.98, 0.25}, {"mostly", 0.9, 0.35}, {"often", 0.75, 0.35},
	} {
		t.Run(tc.name, func(t *testing.T) {
			draw := stat.NewStream(1, "vigilance "+tc.name)
			told := 0
			for range sources {
				marks := make([]byte, year+vigilance.Past+vigilance.Lately)
				for i := range marks {
					marks[i] = '.'
					if draw.Float64() < tc.keeps {
						marks[i] = '#'
					}
				}
				days := source(string(marks))
				was := false
				for end := vigilance.Past + vigilance.Lately; end <= len(days); end++ {
					window := days[end-vigilance.Past-vigilance.Lately : end]
					_, silent := vigilance.Silent(window, after(window))
					_, fewer := vigilance.Fewer(window, after(window))
					is := silent == vigilance.None || fewer == vigilance.None
					if is && !was {
						told++
					}
					was = is
				}
			}
			rate := float64(told) / sources
			t.Logf("%.2f a source and year", rate)
			if rate > tc.most {
				t.Errorf("%.2f told a source and year, want at most %.2f", rate, tc.most)
			}
		})
	}
}

// checks makes one day of checks after another.
func checks(days int, made, found int64) []vigilance.Check {
	var all []vigilance.Check
	for i := range days {
		all = append(all, vigilance.Check{Day: monday + civil.Day(i), Made: made, Found: found})
	}
	return all
}

func TestChecksWithoutFindings(t *testing.T) {
	const days = vigilance.ChecksPast + vigilance.ChecksLately
	last := monday + days - 1
	found := checks(days, 50, 1)
	if _, why := vigilance.FindLess(found, last); why != vigilance.Steady {
		t.Errorf("%q of steady checks", why)
	}
	for i := vigilance.ChecksPast; i < days; i++ {
		found[i].Found = 0
	}
	l, why := vigilance.FindLess(found, last)
	if why != vigilance.None || l.Seen != 0 || l.Of != 50*vigilance.ChecksLately || math.Abs(l.Expected-28) > 1 {
		t.Errorf("%+v, %q; want none of about 28", l, why)
	}
	if _, why := vigilance.FindLess(checks(days, 50, 0), last); why != vigilance.TooThin {
		t.Errorf("%q of checks that never found anything", why)
	}
	stopped := found[:vigilance.ChecksPast]
	if _, why := vigilance.FindLess(stopped, last); why != vigilance.TooThin {
		t.Errorf("%q of checks that are not made any more; a silence, not a lapse in finding", why)
	}
}

func answers(minutes ...int) []vigilance.Answer {
	var all []vigilance.Answer
	for i, m := range minutes {
		all = append(all, vigilance.Answer{Issued: monday.At(8, 0, time.UTC).Add(time.Duration(i) * 24 * time.Hour), Took: time.Duration(m) * time.Minute})
	}
	return all
}

func TestASlowerPostIsTold(t *testing.T) {
	usual := []int{20, 35, 15, 40, 25, 30, 20, 45, 30, 25, 35, 20}
	for _, tc := range []struct {
		name string
		late []int
		want vigilance.Abstention
	}{
		{"hours instead of minutes", []int{120, 90, 240, 180, 200}, vigilance.None},
		{"as before", []int{25, 30, 40, 20, 35}, vigilance.Steady},
		{"slower, but by minutes", []int{46, 47, 48, 46, 50}, vigilance.None},
		{"all the same to the minute", []int{45, 45, 45, 45, 45}, vigilance.None},
		{"faster", []int{5, 5, 5, 5, 5}, vigilance.Steady},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l, why := vigilance.AnswerSlower(answers(append(append([]int{}, usual...), tc.late...)...), time.UTC)
			if why != tc.want {
				t.Errorf("%+v, %q; want %q", l, why, tc.want)
			}
			if why == vigilance.None && (l.Of != 5 || l.Seen <= l.Expected) {
				t.Errorf("%+v, want five orders that took longer", l)
			}
		})
	}
	if _, why := vigilance.AnswerSlower(answers(20, 20, 20, 300, 300, 300, 300, 300), time.UTC); why != vigilance.TooThin {
		t.Errorf("%q of eight orders", why)
	}
	same := answers(30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30)
	if _, why := vigilance.AnswerSlower(same, time.UTC); why != vigilance.Steady {
		t.Errorf("%q of a post that never changes", why)
	}
}

func TestScoreGrowsWithHowUnlikely(t *testing.T) {
	for _, tc := range []struct{ p, want float64 }{{vigilance.Alpha, 1}, {vigilance.Alpha * vigilance.Alpha, 2}, {0, 20}} {
		if got := (vigilance.Lapse{P: tc.p}).Score(); math.Abs(got-tc.want) > 1e-9 {
			t.Errorf("score of %v = %v, want %v", tc.p, got, tc.want)
		}
	}
}
