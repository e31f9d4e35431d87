// Package counts takes in series of counts: syndromic, laboratory, wastewater,
// pharmacy, absence, and the daily figures of a health commission.
//
// In: CSV and JSON files, and single daily reports. Out: observations that
// supersede each other, and the series as it was known at any time.
package counts

import (
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// Stream names what is counted, e.g. "confirmed.local" (see [Streams]).
type Stream string

// The streams that the first loop knows.
const (
	ConfirmedLocal    Stream = "confirmed.local"
	ConfirmedImported Stream = "confirmed.imported"
	Asymptomatic      Stream = "asymptomatic.local"
	GoodsPositive     Stream = "goods.positive"
	SamplesTaken      Stream = "samples.taken"
	ContactsTraced    Stream = "contacts.traced"
	FeverVisits       Stream = "fever.visits"
	Antipyretics      Stream = "antipyretic.sales"
	SchoolAbsence     Stream = "school.absence"
	Admissions        Stream = "hospital.admissions"
	// Wastewater is the load of the virus in a catchment's water, per person.
	Wastewater Stream = "wastewater.load"
)

// Known reports whether a stream is one that the program has a meaning for.
func Known(s Stream) bool { return slices.Contains(Streams(), s) }

// Streams lists the known streams.
func Streams() []Stream {
	return []Stream{ConfirmedLocal, ConfirmedImported, Asymptomatic, GoodsPositive, SamplesTaken, ContactsTraced,
		FeverVisits, Antipyretics, SchoolAbsence, Admissions, Wastewater}
}

// ID names an observation.
type ID string

// BatchID names one act of taking in observations.
type BatchID string

// Observation is one count of one stream, for one area and day, by one source.
// The latest recorded observation of the same stream, area, day, source and
// status stands; earlier ones stay readable by an earlier as-of.
type Observation struct {
	ID          ID               `json:"id"`
	Batch       BatchID          `json:"batch"`
	Stream      Stream           `json:"stream"`
	Area        place.Code       `json:"area"`
	Day         civil.Day        `json:"day"`
	Count       int64            `json:"count"`
	Denominator *int64           `json:"denominator,omitempty"`
	Source      observe.SourceID `json:"source"`
	Status      observe.Status   `json:"status"`
	Basis       place.Basis      `json:"basis"`
	// Reported is when the source said it; Recorded when Breakwater took it in.
	Reported time.Time `json:"reported"`
	Recorded time.Time `json:"recorded"`
	// Supersedes is the observation that this one corrects; empty for the first.
	Supersedes ID `json:"supersedes,omitempty"`
}

// Batch is one act of taking in observations: a file, a request, a daily form.
type Batch struct {
	ID       BatchID          `json:"id"`
	Source   observe.SourceID `json:"source"`
	Status   observe.Status   `json:"status"`
	Recorded time.Time        `json:"recorded"`
	Rows     int              `json:"rows"`
	// Glitches are oddities that were kept and reported, not refused.
	Glitches []Glitch `json:"glitches,omitempty"`
}

// Glitch is an oddity of a series that was loaded as it stood.
type Glitch struct {
	Stream  Stream     `json:"stream"`
	Area    place.Code `json:"area"`
	Day     civil.Day  `json:"day"`
	Problem string     `json:"problem"`
}

// Row is one line of an import before it becomes an observation.
type Row struct {
	Stream      Stream
	Area        place.Code
	Day         civil.Day
	Count       int64
	Denominator *int64
	Reported    time.Time // zero: the time of the import
	Basis       place.Basis
	Line        int // of the input, from 1; 0 where there are no lines
}

// Point is one day of a series, as it was known.
type Point struct {
	Day           civil.Day `json:"day"`
	Count         int64     `json:"count"`
	Denominator   *int64    `json:"denominator,omitempty"`
	Reconstructed bool      `json:"reconstructed,omitempty"`
	Batches       []string  `json:"batches,omitempty"` // of the observations under it
}
