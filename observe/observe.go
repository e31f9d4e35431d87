// Package observe holds what every received statement of fact has in common:
// a source, two times, a place, and whether it is real.
//
// Facts are corrected by a later record that names the earlier one, never
// overwritten, so that every question can be asked as of an earlier time.
package observe

import (
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

// Status says whether a record is real, as in CAP 1.2. Records of different
// status never mix in a count.
type Status string

// The three statuses.
const (
	Actual   Status = "actual"
	Exercise Status = "exercise"
	Test     Status = "test"
)

// Statuses lists the statuses.
func Statuses() []Status { return []Status{Actual, Exercise, Test} }

// SourceID names a source of observations, e.g. "dalian-health-commission".
type SourceID string

// SourceKind is the sort of body that reports.
type SourceKind string

// The kinds of sources.
const (
	HealthCommission SourceKind = "health_commission"
	Clinic           SourceKind = "clinic"
	Laboratory       SourceKind = "laboratory"
	School           SourceKind = "school"
	Pharmacy         SourceKind = "pharmacy"
	Customs          SourceKind = "customs"
	Hotline          SourceKind = "hotline"
	Resident         SourceKind = "resident"
	// Reconstruction is no body: it is Breakwater's own split of published figures.
	Reconstruction SourceKind = "reconstruction"
)

// Source is a body that reports.
type Source struct {
	ID    SourceID   `json:"id"`
	Kind  SourceKind `json:"kind"`
	Names words.Text `json:"names"`
	Area  place.Code `json:"area"`
	// Streams lists what the source is expected to report every day, zero included.
	Streams []string `json:"streams"`
	// DueHour is the local hour of the next day by which a day's report is on time.
	DueHour int `json:"due_hour"`
}

// Due is when the source's report of a day is due, in the city's time.
func (s Source) Due(day civil.Day, city *time.Location) time.Time {
	return (day + 1).At(s.DueHour, 0, city)
}

// Header is what every report carries.
type Header struct {
	Source SourceID `json:"source"`
	// Occurred is when the fact was true; Recorded when Breakwater learned it.
	Occurred time.Time  `json:"occurred"`
	Recorded time.Time  `json:"recorded"`
	Area     place.Code `json:"area"`
	Status   Status     `json:"status"`
}
