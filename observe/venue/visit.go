// Package venue is about sites that are open to the public: who checked in, how
// many are inside, who met whom.
//
// In: check-ins, check-outs, corrections and withdrawals, each an observation
// with an id of its own. Out: visits under the pseudonym of their day, kept in
// a [Log], and the co-presence that exposure search asks for ([Presence]).
package venue

import (
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// SiteID names a site; it is a UUID.
type SiteID [16]byte

// String gives the id as a UUID.
func (s SiteID) String() string { return trace.Token(s).String() }

// ObservationID names an observation; it is a UUID that its sender drew, so
// that sending it again changes nothing. A visit goes by the id of its
// check-in.
type ObservationID [16]byte

// String gives the id as a UUID.
func (o ObservationID) String() string { return trace.Token(o).String() }

// Nobody is the pseudonym of a visit that was only counted. No person has it.
var Nobody trust.Pseudonym

// LongestStay is how long one visit may last. Whoever stays longer is a guest
// or a resident, and is registered as such, a visit a day.
const LongestStay = 24 * trace.Hour

// Visit is one stay of one party at one site.
type Visit struct {
	ID   ObservationID
	Site SiteID
	// Day is the day of Enter in the city, under whose key Who was made.
	Day civil.Day
	Who trust.Pseudonym
	// Enter and Leave bound the stay. While it is Open nobody has checked out,
	// and Leave is the automatic leave of the site's class.
	Enter, Leave trace.Instant
	Open         bool
	Entrance     uint16
	Party        uint8 // people who came in together, at least 1
}

// Window gives the time of the stay.
func (v Visit) Window() trace.Window { return trace.Window{From: v.Enter, Until: v.Leave} }

// Presence is what exposure search needs of a visit: who, when, how many.
type Presence struct {
	Day          civil.Day
	Who          trust.Pseudonym
	Enter, Leave trace.Instant
	Party        uint8
}

// Window gives the time of the stay.
func (p Presence) Window() trace.Window { return trace.Window{From: p.Enter, Until: p.Leave} }

// Act says what an observation does.
type Act uint8

// The acts.
const (
	CheckIn  Act = iota + 1 // makes the visit whose id is the observation's
	CheckOut                // sets Leave of the visit Of
	Correct                 // sets Site, Enter, Leave, Entrance and Party of the visit Of
	Withdraw                // removes the visit Of: it never took place
)

// Observation is one record of the log. A check-in is the visit itself. The
// other acts name the visit they amend in Of and its day in Visit.Day; what
// they do not set they ignore.
type Observation struct {
	Act Act
	Of  ObservationID
	Visit
}

// Amended gives the visit as it stands after an amendment, or an Invalid error
// when the times cannot be.
func (o Observation) Amended(v Visit) (Visit, error) {
	switch o.Act {
	case CheckOut:
		v.Leave, v.Open = o.Leave, false
	case Correct:
		v.Site, v.Enter, v.Leave, v.Open = o.Site, o.Enter, o.Leave, o.Open
		v.Entrance, v.Party = o.Entrance, o.Party
	}
	return v, checkTimes(v)
}

// Check reports the first thing that is wrong with an observation taken alone,
// as an Invalid error for its sender.
func (o Observation) Check() error {
	if o.ID == (ObservationID{}) {
		return fault.New(fault.Invalid, "the observation has no id")
	}
	if o.Act != CheckIn && o.Of == (ObservationID{}) {
		return fault.New(fault.Invalid, "the observation does not say which visit it is about")
	}
	switch o.Act {
	case CheckIn, Correct:
		return checkVisit(o.Visit)
	case CheckOut:
		return checkDay(o.Day, o.Leave, LongestStay)
	case Withdraw:
		return nil
	}
	return fault.New(fault.Invalid, "act %d does not exist", o.Act)
}

func checkVisit(v Visit) error {
	if v.Site == (SiteID{}) {
		return fault.New(fault.Invalid, "the visit has no site")
	}
	if v.Party == 0 {
		return fault.New(fault.Invalid, "the party must be at least 1")
	}
	if err := checkDay(v.Day, v.Enter, 0); err != nil {
		return err
	}
	return checkTimes(v)
}

func checkTimes(v Visit) error {
	switch stay := v.Leave - v.Enter; {
	case stay < 0:
		return fault.New(fault.Invalid, "the visit ends before it begins")
	case stay > LongestStay:
		return fault.New(fault.Invalid, "the visit lasts longer than 24 hours; register a longer stay as a visit a day")
	}
	return checkDay(v.Day, v.Enter, 0)
}

// checkDay refuses instants that no time zone puts on the day, or that come
// longer after it than slack.
func checkDay(day civil.Day, at, slack trace.Instant) error {
	span := DaySpan(day)
	if day < 0 || at < span.From || at >= span.Until+slack {
		return fault.New(fault.Invalid, "the time does not lie on the day %s in any time zone", day)
	}
	return nil
}

// DaySpan gives the widest stretch that a day can be, over all time zones: from
// 14 hours before its start in UTC to 14 hours after its end.
func DaySpan(day civil.Day) trace.Window {
	start := trace.Instant(day) * 24 * trace.Hour
	return trace.Window{From: start - 14*trace.Hour, Until: start + 38*trace.Hour}
}

// DaysOf gives the days on which visits that meet a window may have begun.
func DaysOf(w trace.Window) civil.Window {
	const day = 24 * trace.Hour
	// A visit may begin 38 hours after its day does in UTC and last one day more;
	// the day after the last that is too early is the first.
	floor := func(i trace.Instant) civil.Day { return civil.Day((i - ((i%day)+day)%day) / day) }
	return civil.Window{
		First: floor(w.From - 38*trace.Hour),
		Last:  floor(w.Until - 1 + 14*trace.Hour),
	}
}
