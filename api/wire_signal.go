package api

import (
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
)

// Evidence is one finding under a signal.
type Evidence struct {
	Indicator string    `json:"indicator"`
	Stream    string    `json:"stream"`
	Area      string    `json:"area"`
	Stratum   string    `json:"stratum,omitempty" doc:"The part of the area's counts that was judged, such as setting:rural or source-kind:clinic; absent for the whole."`
	Day       civil.Day `json:"day" format:"date"`
	Observed  float64   `json:"observed"`
	Expected  *float64  `json:"expected,omitempty"`
	Bound     *float64  `json:"bound,omitempty" doc:"The value that had to be exceeded."`
	Score     float64   `json:"score" doc:"1 at the bound, more above it."`
	Quiet     int       `json:"quiet,omitempty" doc:"Days without a case before, for first-case findings."`
	Basis     string    `json:"basis" enum:"stated,reconstructed"`
	Subject   string    `json:"subject,omitempty" doc:"The source or post whose vigilance is in question."`
	Of        int       `json:"of,omitempty" doc:"How many days, reports, checks or orders of it were judged."`
	Withdrawn bool      `json:"withdrawn,omitempty" doc:"What is known now would not raise it. Told where one signal is asked for."`
	Batches   []string  `json:"batches"`
}

func wireEvidence(e detect.Evidence) Evidence {
	return Evidence{Indicator: e.Indicator, Stream: e.Stream, Area: string(e.Area), Stratum: string(e.Stratum), Day: e.Day,
		Observed: e.Observed, Expected: e.Expected, Bound: e.Bound, Score: e.Score, Quiet: e.Quiet, Subject: e.Subject, Of: e.Of,
		Basis: string(e.Basis), Batches: append([]string{}, e.Batches...)}
}

// Signal is reported data that may mean acute risk and is not yet verified.
type Signal struct {
	ID       string     `json:"id"`
	Route    string     `json:"route" enum:"ibs,ebs" doc:"Structured counts, or ad-hoc information."`
	Status   string     `json:"status" enum:"actual,exercise,test"`
	Group    string     `json:"group"`
	Stream   string     `json:"stream" doc:"The stream, or the topic of a notice."`
	Area     string     `json:"area"`
	First    civil.Day  `json:"first" format:"date"`
	Last     civil.Day  `json:"last" format:"date"`
	Evidence []Evidence `json:"evidence"`
	Notices  []string   `json:"notices"`
	Rank     float64    `json:"rank"`
	Day      civil.Day  `json:"day" format:"date" doc:"The inbox day."`
	Team     string     `json:"team,omitempty" doc:"The area of the team in whose inbox it stands; the city's unless said."`
	Shown    bool       `json:"shown" doc:"Whether it was within the team's budget of that day."`
	State    string     `json:"state" enum:"raised,verified,discarded,snoozed"`
	Snooze   *Snooze    `json:"snooze,omitempty" doc:"Set while it sleeps."`
	Raised   time.Time  `json:"raised"`
	Changed  time.Time  `json:"changed"`
	By       string     `json:"by,omitempty" doc:"Who triaged it."`
	Event    string     `json:"event,omitempty"`
	// Moves and NoticeTexts are for the reader who asked for this one signal.
	Moves       []string `json:"moves" doc:"What the reader may make of it now."`
	NoticeTexts []string `json:"notice_texts,omitempty" doc:"The words of its notices, for those who triage."`
}

// Snooze says until when a signal sleeps, and how strong it was when it was put
// to sleep.
type Snooze struct {
	Until   civil.Day `json:"until" format:"date" doc:"The day on which it wakes."`
	Score   float64   `json:"score" doc:"The highest score among its findings."`
	Places  int       `json:"places"`
	Notices int       `json:"notices"`
}

func wireSnooze(s *detect.Snooze) *Snooze {
	if s == nil {
		return nil
	}
	w := Snooze(*s)
	return &w
}

func wireSignal(s detect.Signal) Signal {
	return Signal{ID: string(s.ID), Route: string(s.Route), Status: string(s.Status), Group: s.Group, Stream: s.Stream,
		Area: string(s.Area), First: s.First, Last: s.Last, Evidence: convert(s.Evidence, wireEvidence),
		Notices: append([]string{}, s.Notices...), Rank: s.Rank, Day: s.Day, Team: string(s.Team), Shown: s.Shown, State: string(s.State), Snooze: wireSnooze(s.Snooze),
		Raised: s.Raised.UTC(), Changed: s.Changed.UTC(), By: string(s.By), Event: string(s.Event), Moves: []string{}}
}

// Event is a verified signal.
type Event struct {
	ID     string     `json:"id"`
	Signal string     `json:"signal"`
	Status string     `json:"status" enum:"actual,exercise,test"`
	Hazard string     `json:"hazard"`
	Area   string     `json:"area"`
	Began  civil.Day  `json:"began" format:"date"`
	Opened time.Time  `json:"opened"`
	By     string     `json:"by"`
	Closed *time.Time `json:"closed,omitempty"`
}

func wireEvent(e detect.Event) Event {
	return Event{ID: string(e.ID), Signal: string(e.Signal), Status: string(e.Status), Hazard: e.Hazard,
		Area: string(e.Area), Began: e.Began, Opened: e.Opened.UTC(), By: string(e.By), Closed: utc(e.Closed)}
}

// Inbox is what a team has to look at on a day, and how much was left out.
type Inbox struct {
	Day     civil.Day `json:"day" format:"date"`
	Budget  int       `json:"budget" doc:"How many signals the teams are shown a day, all together."`
	Shown   []Signal  `json:"shown"`
	LeftOut []Signal  `json:"left_out" doc:"Beyond the budget, and not hidden."`
	Teams   []TeamDay `json:"teams" doc:"The teams that the reader has to do with, the city's first."`
}

// TeamDay is what the inbox of one team held on a day.
type TeamDay struct {
	Area    string `json:"area" doc:"The area that the team triages, as far as no smaller one has a team."`
	Budget  int    `json:"budget" doc:"How many signals the team is shown a day."`
	Shown   int    `json:"shown"`
	LeftOut int    `json:"left_out"`
}

func wireTeamDay(t watch.TeamDay) TeamDay {
	return TeamDay{Area: string(t.Area), Budget: t.Budget, Shown: t.Shown, LeftOut: t.LeftOut}
}

func wireInbox(box watch.Inbox, signal func(detect.Signal) Signal) Inbox {
	return Inbox{Day: box.Day, Budget: box.Budget, Shown: convert(box.Shown, signal), LeftOut: convert(box.LeftOut, signal),
		Teams: convert(box.Teams, wireTeamDay)}
}

// NoticeReceipt names a notice that was taken in, and the signal it raised.
type NoticeReceipt struct {
	ID     string `json:"id"`
	Signal string `json:"signal,omitempty"`
}

// PublicForm is what the public page needs to show its form.
type PublicForm struct {
	City   Text       `json:"city"`
	Topics []string   `json:"topics" doc:"Keys; their texts are in the text table."`
	Areas  []FormArea `json:"areas"`
	Most   int        `json:"most" doc:"The longest text, in bytes."`
}

// FormArea is one area of a choice.
type FormArea struct {
	Code   string `json:"code"`
	Parent string `json:"parent,omitempty"`
	Names  Text   `json:"names"`
}
