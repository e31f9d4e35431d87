package civil_test

import (
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
)

func TestParseDay(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		ok       bool
	}{
		{"an ordinary day", "2020-07-22", true},
		{"a leap day", "2020-02-29", true},
		{"the first day that four digits write", "0001-01-01", true},
		{"the last day that four digits write", "9999-12-31", true},
		{"a day before 1970", "1861-11-01", true},
		{"a leap day in an ordinary year", "2019-02-29", false},
		{"a month that is none", "2020-13-01", false},
		{"no leading zero", "2020-7-22", false},
		{"with a time", "2020-07-22T00:00:00Z", false},
		{"white space around it", " 2020-07-22", false},
		{"nothing", "", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, err := civil.ParseDay(tc.in)
			if (err == nil) != tc.ok {
				t.Fatalf("ParseDay(%q) error = %v, want ok = %v", tc.in, err, tc.ok)
			}
			if err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("error is %v, want invalid", fault.KindOf(err))
			}
			if err == nil && d.String() != tc.in {
				t.Errorf("String() = %q, want %q", d.String(), tc.in)
			}
		})
	}
	if got := civil.MustDay("0001-01-01"); got != civil.MinDay {
		t.Errorf("0001-01-01 is day %d, MinDay says %d", got, civil.MinDay)
	}
	if got := civil.MustDay("9999-12-31"); got != civil.MaxDay {
		t.Errorf("9999-12-31 is day %d, MaxDay says %d", got, civil.MaxDay)
	}
}

func TestDayOfUsesTheCitysMidnight(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	at := time.Date(2020, 7, 22, 16, 30, 0, 0, time.UTC)
	if got, want := civil.DayOf(at, shanghai).String(), "2020-07-23"; got != want {
		t.Errorf("DayOf = %s, want %s", got, want)
	}
}

func TestWeek(t *testing.T) {
	for day, want := range map[string]string{
		"2020-07-22": "2020-W30", "2021-01-03": "2020-W53", "2021-01-04": "2021-W01", "2018-12-31": "2019-W01",
	} {
		w := civil.MustDay(day).Week()
		if w.String() != want {
			t.Errorf("week of %s = %s, want %s", day, w, want)
		}
		if d := civil.MustDay(day); !(civil.Window{First: w.First(), Last: w.First() + 6}).Holds(d) {
			t.Errorf("week %s from %s does not hold %s", w, w.First(), day)
		}
	}
}

func TestWindow(t *testing.T) {
	w := civil.Trailing(civil.MustDay("2020-07-14"), 14)
	if got, want := w.String(), "2020-07-01..2020-07-14"; got != want {
		t.Errorf("Trailing = %s, want %s", got, want)
	}
	if got := w.Days(); got != 14 {
		t.Errorf("Days() = %d, want 14", got)
	}
	if got := civil.Trailing(5, 0).Days(); got != 0 {
		t.Errorf("a window of no days has %d", got)
	}
	if w.Holds(civil.MustDay("2020-07-15")) || !w.Holds(civil.MustDay("2020-07-01")) {
		t.Error("Holds must include the first day and exclude the one after the last")
	}
}

func FuzzParseDay(f *testing.F) {
	f.Add("2020-07-22")
	f.Add("0000-00-00")
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := civil.ParseDay(s); err == nil && d.String() != s {
			t.Errorf("ParseDay(%q) gives %s", s, d)
		}
	})
}
