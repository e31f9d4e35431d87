package api

import (
	"context"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

func (s *server) scoreRoutes() {
	const group = "signals"
	open(s, door{method: "GET", path: "/v1/signals/{id}/outcomes", name: "listOutcomes", right: access.ReadSignals, group: group,
		summary: "What a signal turned out to be: the standing record first, then those that it superseded."}, s.listOutcomes)
	open(s, door{method: "POST", path: "/v1/signals/{id}/outcomes", name: "recordOutcome", right: access.TriageSignal, deed: acts, group: group,
		summary: "Record what a signal turned out to be. A correction names the record that it supersedes."}, s.recordOutcome)
	open(s, door{method: "GET", path: "/v1/missed", name: "listMissed", right: access.ReadSignals, group: group,
		summary: "Outbreaks that no signal announced."}, s.listMissed)
	open(s, door{method: "POST", path: "/v1/missed", name: "recordMissed", right: access.TriageSignal, deed: acts, group: group,
		summary: "Record an outbreak that no signal announced, or correct or withdraw such a record."}, s.recordMissed)
	open(s, door{method: "GET", path: "/v1/scoreboard", name: "getScoreboard", right: access.ReadSignals, group: group,
		summary: "Precision, recall and delay of each indicator and detector over a window."}, s.getScoreboard)
}

func (s *server) listOutcomes(ctx context.Context, v visitor, in *ByID) (List[Outcome], error) {
	all, err := s.Watch.Outcomes(ctx, v.actor, detect.SignalID(in.ID))
	return whole(convert(all, wireOutcome)), err
}

func (s *server) recordOutcome(ctx context.Context, v visitor, in *struct {
	ByID
	Body struct {
		Truth      string `json:"truth" enum:"outbreak,harmless,data_error,undecided"`
		Event      string `json:"event,omitempty" maxLength:"40" doc:"The event that an outbreak was; signals of one outbreak name the same."`
		Began      string `json:"began,omitempty" format:"date" doc:"The day of the outbreak's first onset."`
		Supersedes string `json:"supersedes,omitempty" maxLength:"40" doc:"The outcome that stands and that this one corrects."`
		Reason
	}
}) (Outcome, error) {
	b := in.Body
	began, err := dayOr(b.Began, "began", 0)
	if err != nil {
		return Outcome{}, err
	}
	o, err := s.Watch.RecordOutcome(ctx, v.actor, detect.SignalID(in.ID), watch.OutcomeIn{Truth: detect.Truth(b.Truth), Event: detect.EventID(b.Event),
		Began: began, Supersedes: detect.OutcomeID(b.Supersedes), Why: b.Why, Key: v.key})
	return wireOutcome(o), err
}

// scoredDays is how many days a scoreboard looks back unless it is told: a
// season and the one before it.
const scoredDays = 365

// ScoredQuery names the days that are scored.
type ScoredQuery struct {
	StatusQuery
	From string `query:"from" format:"date" doc:"A year before to unless said."`
	To   string `query:"to" format:"date" doc:"The city's day unless said."`
}

func (q ScoredQuery) window(today civil.Day) (w civil.Window, err error) {
	if w.Last, err = dayOr(q.To, "to", today); err != nil {
		return w, err
	}
	w.First, err = dayOr(q.From, "from", w.Last-scoredDays+1)
	return w, err
}

func (s *server) listMissed(ctx context.Context, v visitor, in *ScoredQuery) (List[Missed], error) {
	w, err := in.window(s.today())
	if err != nil {
		return List[Missed]{}, err
	}
	all, err := s.Watch.Missed(ctx, v.actor, in.status(), w)
	return whole(convert(all, wireMissed)), err
}

func (s *server) recordMissed(ctx context.Context, v visitor, in *struct {
	Body struct {
		Status     string `json:"status,omitempty" enum:"actual,exercise,test" default:"actual"`
		Hazard     string `json:"hazard" enum:"covid-19,influenza,rsv,mycoplasma,unknown-respiratory,other"`
		Area       string `json:"area" maxLength:"40"`
		Began      string `json:"began" format:"date" doc:"The day of the first onset."`
		Supersedes string `json:"supersedes,omitempty" maxLength:"40" doc:"The record that this one corrects."`
		Withdrawn  bool   `json:"withdrawn,omitempty" doc:"There was no such outbreak."`
		Reason
	}
}) (Missed, error) {
	b := in.Body
	began, err := dayOr(b.Began, "began", 0)
	if err != nil {
		return Missed{}, err
	}
	m, err := s.Watch.RecordMissed(ctx, v.actor, watch.MissedIn{Status: observe.Status(b.Status), Hazard: b.Hazard, Area: place.Code(b.Area),
		Began: began, Supersedes: detect.MissedID(b.Supersedes), Withdrawn: b.Withdrawn, Why: b.Why, Key: v.key})
	return wireMissed(m), err
}

func (s *server) getScoreboard(ctx context.Context, v visitor, in *ScoredQuery) (Scoreboard, error) {
	w, err := in.window(s.today())
	if err != nil {
		return Scoreboard{}, err
	}
	b, err := s.Watch.Scoreboard(ctx, v.actor, in.status(), w)
	return wireScoreboard(b), err
}
