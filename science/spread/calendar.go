package spread

import "github.com/breakwater-eoc/breakwater/fault"

// Calendar places days in the year and the week. The zero value starts on a
// Monday, 1 January, and has no holidays.
type Calendar struct {
	YearDay   int    // day of the year of day 0, from 0
	Weekday   int    // of day 0, Monday is 0
	Holidays  []Span // school holidays
	Festivals []Span // days off work for nearly all
}

// Span is a run of days, From to To, To excluded.
type Span struct{ From, To int }

func (c Calendar) validate() error {
	if c.YearDay < 0 || c.YearDay > 366 || c.Weekday < 0 || c.Weekday > 6 {
		return fault.New(fault.Invalid, "calendar: day of year %d or weekday %d does not exist", c.YearDay, c.Weekday)
	}
	for _, list := range [][]Span{c.Holidays, c.Festivals} {
		for _, s := range list {
			if s.From >= s.To {
				return fault.New(fault.Invalid, "calendar: the days from %d to %d are none", s.From, s.To)
			}
		}
	}
	return nil
}

// Rest reports whether nearly all have the day off.
func (c Calendar) Rest(day int) bool {
	return (day+c.Weekday)%7 >= 5 || covers(c.Festivals, day)
}

// Holiday reports whether schools are closed for holidays.
func (c Calendar) Holiday(day int) bool { return covers(c.Holidays, day) }

// Festival reports whether a day belongs to a festival.
func (c Calendar) Festival(day int) bool { return covers(c.Festivals, day) }

func covers(spans []Span, day int) bool {
	for _, s := range spans {
		if day >= s.From && day < s.To {
			return true
		}
	}
	return false
}

// factor is what a day does to a layer.
func (c Calendar) factor(l *layer, day int) float64 {
	switch {
	case c.Rest(day):
		return l.Weekend
	case c.Holiday(day):
		return l.Holiday
	}
	return 1
}
