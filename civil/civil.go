// Package civil holds the calendar of public health: the day, the
// epidemiological week and the window of days, without clock or time zone.
//
// In: text such as "2020-07-22" or an instant with the city's location. Out:
// comparable values with exact arithmetic. Nothing here reads a clock.
package civil

import (
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/fault"
)

// Day is a calendar day, counted in days since 1970-01-01 (which is Day 0).
// Days compare with < and subtract with -.
type Day int32

// The days that four-digit years can write; anything outside is refused by
// [ParseDay], so that text and number always convert both ways.
const (
	MinDay Day = -719162 // 0001-01-01
	MaxDay Day = 2932896 // 9999-12-31
)

// DayOf returns the day of an instant in a location.
func DayOf(t time.Time, loc *time.Location) Day {
	y, m, d := t.In(loc).Date()
	return Date(y, m, d)
}

// Date returns the day of a year, month and day; values outside their usual
// ranges are normalised as by [time.Date].
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDay reads "YYYY-MM-DD" and nothing else. The error is Invalid.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 || len(s) != len(time.DateOnly) {
		return 0, fault.New(fault.Invalid, "%q is not a day of the form YYYY-MM-DD", clip(s))
	}
	sec := t.Unix()
	return Day((sec - mod(sec, 86400)) / 86400), nil
}

// MustDay is ParseDay for literals in code; it panics on a programmer's error.
func MustDay(s string) Day {
	d, err := ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// String gives the day as "YYYY-MM-DD".
func (d Day) String() string { return d.utc().Format(time.DateOnly) }

// At returns the instant of an hour and minute of the day in a location.
func (d Day) At(hour, minute int, loc *time.Location) time.Time {
	y, m, day := d.utc().Date()
	return time.Date(y, m, day, hour, minute, 0, 0, loc)
}

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// Week returns the ISO 8601 week that holds the day; weeks start on Monday.
func (d Day) Week() Week {
	y, w := d.utc().ISOWeek()
	return Week{Year: y, Number: w}
}

func (d Day) utc() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// MarshalText writes the day as "YYYY-MM-DD".
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads "YYYY-MM-DD".
func (d *Day) UnmarshalText(b []byte) error {
	v, err := ParseDay(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Value stores the day as text, the same in every database.
func (d Day) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads the day from the text that Value wrote.
func (d *Day) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("scan day: unexpected %T", src)
}

// Week is an epidemiological week by ISO 8601: Monday to Sunday, week 1 holds
// the year's first Thursday.
type Week struct {
	Year   int
	Number int // 1 to 53
}

// String gives the week as "2020-W30".
func (w Week) String() string { return fmt.Sprintf("%04d-W%02d", w.Year, w.Number) }

// First returns the Monday of the week.
func (w Week) First() Day {
	fourth := Date(w.Year, time.January, 4) // always in week 1
	monday := fourth - Day((int(fourth.Weekday())+6)%7)
	return monday + Day(7*(w.Number-1))
}

// Window is a run of days, both ends included. A window whose Last is before
// its First is empty.
type Window struct{ First, Last Day }

// Trailing returns the window of n days that ends with last. n below 1 gives
// an empty window.
func Trailing(last Day, n int) Window { return Window{First: last - Day(n) + 1, Last: last} }

// Days returns how many days the window holds.
func (w Window) Days() int {
	if w.Last < w.First {
		return 0
	}
	return int(w.Last-w.First) + 1
}

// Holds reports whether the day lies in the window.
func (w Window) Holds(d Day) bool { return w.First <= d && d <= w.Last }

// String gives the window as "2020-07-01..2020-07-14".
func (w Window) String() string { return w.First.String() + ".." + w.Last.String() }

func mod(a, b int64) int64 { return ((a % b) + b) % b }

// clip keeps a message short when the input is not.
func clip(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	return s[:most] + "..."
}
