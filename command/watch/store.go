// Package watch takes in what comes and looks for what is unusual in it:
// counts and notices in, signals out, triage of signals into events.
package watch

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/notices"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

// Tx is what an act of this package writes with.
type Tx interface {
	command.Recorder
	// Standing returns the standing observations of a source and status in a window.
	Standing(ctx context.Context, source observe.SourceID, status observe.Status, w civil.Window) ([]counts.Observation, error)
	AddBatch(ctx context.Context, b counts.Batch, rows []counts.Observation) error
	AddNotice(ctx context.Context, n notices.Notice) error
	// Signal returns a signal; the fault is NotFound.
	Signal(ctx context.Context, id detect.SignalID) (detect.Signal, error)
	// SignalsOfGroup returns the signals of a group and status that hold any day of
	// a window, and those that sleep and began before its end, the newest first.
	SignalsOfGroup(ctx context.Context, group string, status observe.Status, w civil.Window) ([]detect.Signal, error)
	// ShownOn returns the signals that the inbox of a day shows.
	ShownOn(ctx context.Context, day civil.Day, status observe.Status) ([]detect.Signal, error)
	AddSignal(ctx context.Context, s detect.Signal) error
	// SaveSignal stores a changed signal. The stored version must be the one
	// before s.Version; otherwise somebody else was faster, and the fault is Conflict.
	SaveSignal(ctx context.Context, s detect.Signal) error
	AddEvent(ctx context.Context, e detect.Event) error
	// Event returns an event; the fault is NotFound.
	Event(ctx context.Context, id detect.EventID) (detect.Event, error)
	// Outcomes returns what was recorded about a signal, the latest first.
	Outcomes(ctx context.Context, signal detect.SignalID) ([]detect.Outcome, error)
	AddOutcome(ctx context.Context, o detect.Outcome) error
	// Missed returns a missed outbreak, and whether no later record supersedes it;
	// the fault is NotFound.
	Missed(ctx context.Context, id detect.MissedID) (m detect.Missed, stands bool, err error)
	AddMissed(ctx context.Context, m detect.Missed) error
}

// SeriesQuery asks for the days of one stream in one area. An area's day is
// the area's own observations if it has any, otherwise the sum over the
// topmost areas within it that have some. Days without any are left out.
type SeriesQuery struct {
	Stream counts.Stream
	Area   place.Code
	Window civil.Window
	AsOf   time.Time
	Status observe.Status
	// Sources narrows to what these said; all where it is empty.
	Sources []observe.SourceID
}

// SignalFilter narrows a list of signals; zero fields do not narrow.
type SignalFilter struct {
	// Within lists the areas that the reader may see, with all within them.
	// An empty list shows nothing.
	Within []place.Code
	States []detect.State
	Area   place.Code // this area and all within it
	Day    *civil.Day // the inbox day
	Status observe.Status
	// ByRank orders by rank instead of by time, the highest first.
	ByRank bool
}

// Quality is how a source kept its duty to report over a window.
type Quality struct {
	Source observe.SourceID `json:"source"`
	// Expected is how many stream-days were due, Reported how many came, and
	// OnTime how many of them came by the source's hour.
	Expected int `json:"expected"`
	Reported int `json:"reported"`
	OnTime   int `json:"on_time"`
	// Last is the last day for which anything came; nil if nothing did.
	Last *civil.Day `json:"last,omitempty"`
}

// LastData is what last came of a stream: the last day that is known, and when
// anything was last recorded about a day of the window that was asked about.
type LastData struct {
	Stream   counts.Stream
	Day      civil.Day
	Recorded time.Time
}

// FirstReport is when a source first said something of a stream and day.
type FirstReport struct {
	Source   observe.SourceID
	Stream   string
	Day      civil.Day
	Reported time.Time
}

// Answered is how a directive was answered by the post it was given to.
type Answered struct {
	Directive direct.DirectiveID
	Post      party.PostCode
	Area      place.Code
	Issued    time.Time
	// Acknowledged is nil while nobody has acknowledged it.
	Acknowledged *time.Time
}

// Store is what this package reads.
type Store interface {
	Series(ctx context.Context, q SeriesQuery) ([]counts.Point, error)
	// OwnSeries returns, for every area within that of the query, the days for
	// which the area itself has observations. [counts.Rollup] makes every area's
	// series of them; together they answer what Series answers, for all areas in
	// one reading.
	OwnSeries(ctx context.Context, q SeriesQuery) (map[place.Code][]counts.Point, error)
	// UncorrectedSeries is OwnSeries without the corrections that were recorded at
	// an instant or later.
	UncorrectedSeries(ctx context.Context, q SeriesQuery, since time.Time) (map[place.Code][]counts.Point, error)
	// News returns what was recorded at an instant or later about the days of a
	// window, one for each stream and area, in order of the streams.
	News(ctx context.Context, since time.Time, w civil.Window, status observe.Status) ([]News, error)
	// SeriesVersions returns every version of the observations of a stream in an
	// area and all within it, of the days of the window, recorded by the as-of; the
	// earliest recorded first.
	SeriesVersions(ctx context.Context, q SeriesQuery) ([]counts.Version, error)
	// LastData returns for each stream the last day of a window of which anything
	// is known in some areas and all within them.
	LastData(ctx context.Context, within []place.Code, status observe.Status, w civil.Window) ([]LastData, error)
	// SignalsOfStream returns the signals of a stream, in all areas, that hold any
	// day of a window; the newest first.
	SignalsOfStream(ctx context.Context, stream string, status observe.Status, w civil.Window) ([]detect.Signal, error)
	// SignalsSince returns the signals of some areas, with all within them, that
	// hold a day or a later one.
	SignalsSince(ctx context.Context, within []place.Code, status observe.Status, day civil.Day) ([]detect.Signal, error)
	// LastOfIndicator returns the signal with the latest last day, among those of a
	// stream in some areas and all within them, that an indicator has a finding
	// under; ok is false if there is none.
	LastOfIndicator(ctx context.Context, within []place.Code, status observe.Status, stream, indicator string) (s detect.Signal, ok bool, err error)
	Observations(ctx context.Context, batch counts.BatchID) ([]counts.Observation, error)
	Batch(ctx context.Context, id counts.BatchID) (counts.Batch, error)
	// Standing returns the standing observations of a source and status in a window.
	Standing(ctx context.Context, source observe.SourceID, status observe.Status, w civil.Window) ([]counts.Observation, error)
	// History returns every version of the observations of a day, the newest first.
	History(ctx context.Context, stream counts.Stream, area place.Code, day civil.Day, status observe.Status) ([]counts.Observation, error)
	Signals(ctx context.Context, f SignalFilter, p command.Paging) (command.Page[detect.Signal], error)
	OneSignal(ctx context.Context, id detect.SignalID) (detect.Signal, error)
	OneEvent(ctx context.Context, id detect.EventID) (detect.Event, error)
	Events(ctx context.Context, within []place.Code, status observe.Status) ([]detect.Event, error)
	// Outcomes returns what was recorded about a signal, the latest first.
	Outcomes(ctx context.Context, signal detect.SignalID) ([]detect.Outcome, error)
	// SignalsRaised returns the signals of some areas, with all within them, that
	// were raised at from or later and before until, in order of their raising.
	SignalsRaised(ctx context.Context, within []place.Code, status observe.Status, from, until time.Time) ([]detect.Signal, error)
	// OutcomesOf returns the standing outcomes of the same signals.
	OutcomesOf(ctx context.Context, within []place.Code, status observe.Status, from, until time.Time) ([]detect.Outcome, error)
	// MissedOutbreaks returns the standing records of outbreaks that began in a
	// window and that no signal announced, the latest first.
	MissedOutbreaks(ctx context.Context, within []place.Code, status observe.Status, w civil.Window) ([]detect.Missed, error)
	OneNotice(ctx context.Context, id notices.ID) (notices.Notice, error)
	// FirstReports returns, for the sources and the days of a window, when each
	// stream and day was first told about, as far as it was known at an instant.
	FirstReports(ctx context.Context, sources []observe.Source, status observe.Status, w civil.Window, asOf time.Time) ([]FirstReport, error)
	// Answers returns the directives issued since an instant that were not
	// withdrawn unanswered, in order of their issue.
	Answers(ctx context.Context, status observe.Status, since time.Time) ([]Answered, error)
	ReportQuality(ctx context.Context, sources []observe.Source, w civil.Window, asOf time.Time, city *time.Location) ([]Quality, error)
}
