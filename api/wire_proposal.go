package api

import (
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// PackRef names the version of a pack that a decision rests on.
type PackRef struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	Digest  string `json:"digest"`
}

// Ref names one record of any stage.
type Ref struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

func wireRef(r trace.Ref) Ref { return Ref{Kind: string(r.Kind), ID: r.ID} }

// Answer is the number that a figure gives, with what explains it.
type Answer struct {
	Figure        string    `json:"figure"`
	Area          string    `json:"area"`
	From          civil.Day `json:"from" format:"date"`
	To            civil.Day `json:"to" format:"date"`
	AsOf          time.Time `json:"as_of"`
	Status        string    `json:"status" enum:"actual,exercise,test"`
	Argument      string    `json:"argument,omitempty"`
	Value         float64   `json:"value"`
	Unit          string    `json:"unit" enum:"people,days,share,samples,reports,records,clusters,consignments,per_100000"`
	Numerator     *float64  `json:"numerator,omitempty"`
	Denominator   *float64  `json:"denominator,omitempty"`
	Absent        string    `json:"absent,omitempty" doc:"Why there is no number; value then means nothing."`
	Reconstructed bool      `json:"reconstructed" doc:"True when any row under it is our reconstruction."`
	Sources       []Ref     `json:"sources" doc:"The rows under the number, the newest first."`
	SourceCount   int       `json:"source_count"`
}

func wireAnswer(a figure.Answer) Answer {
	return Answer{Figure: string(a.Figure), Area: string(a.Query.Area), From: a.Query.Window.First, To: a.Query.Window.Last,
		AsOf: a.Query.AsOf.UTC(), Status: a.Query.Status, Argument: a.Query.Argument, Value: a.Value, Unit: string(a.Unit),
		Numerator: a.Numerator, Denominator: a.Denominator, Absent: a.Absent, Reconstructed: a.Reconstructed,
		Sources: convert(a.Sources, wireRef), SourceCount: a.SourceCount}
}

// Figure declares one question that the records can answer.
type Figure struct {
	Name     string `json:"name"`
	Unit     string `json:"unit" enum:"people,days,share,samples,reports,records,clusters,consignments,per_100000"`
	Method   string `json:"method" doc:"Key of the text that says how the number is made."`
	Windowed bool   `json:"windowed" doc:"True when it is about a window of days, false when about a time."`
	Argument string `json:"argument,omitempty" doc:"Name of its own parameter."`
	Least    int    `json:"least" doc:"The smallest count that may be published; 0 for no limit."`
}

func wireFigure(f figure.Figure) Figure {
	return Figure{Name: string(f.Name), Unit: string(f.Unit), Method: f.Method, Windowed: f.Windowed, Argument: f.Argument, Least: f.Least}
}

// Input is one figure that a rule used.
type Input struct {
	Name   string `json:"name" doc:"The name that the rule uses."`
	Answer Answer `json:"answer"`
}

func wireInput(i decide.Input) Input { return Input{Name: i.Name, Answer: wireAnswer(i.Answer)} }

// Proposal is what the rules say an area's level should be, and what an
// officer made of it.
type Proposal struct {
	ID          string     `json:"id"`
	Status      string     `json:"status" enum:"actual,exercise,test"`
	Event       string     `json:"event"`
	Area        string     `json:"area"`
	Pack        PackRef    `json:"pack"`
	Rule        string     `json:"rule"`
	Current     string     `json:"current" enum:"low,medium,high"`
	Level       string     `json:"level" enum:"low,medium,high,judgement" doc:"judgement where the pack leaves it to the officer."`
	Inputs      []Input    `json:"inputs"`
	Day         civil.Day  `json:"day" format:"date" doc:"The last day of the figures."`
	Made        time.Time  `json:"made"`
	State       string     `json:"state" enum:"open,seconding,accepted,overridden,declined,lapsed"`
	Decided     string     `json:"decided,omitempty" enum:"low,medium,high"`
	DecidedArea string     `json:"decided_area,omitempty"`
	By          string     `json:"by,omitempty"`
	ByOrg       string     `json:"by_org,omitempty"`
	At          *time.Time `json:"at,omitempty"`
	Second      string     `json:"second,omitempty"`
	Seconded    *time.Time `json:"seconded,omitempty"`
	// What follows is for the reader who asked for this one proposal.
	Why         string   `json:"why,omitempty" doc:"The reason of the decision; absent once its key is destroyed."`
	Wording     *Text    `json:"wording,omitempty" doc:"The rule in words."`
	NeedsSecond bool     `json:"needs_second" doc:"Whether the decided or proposed level needs a second approver."`
	Moves       []string `json:"moves" doc:"What the reader may do now: accept, override, second."`
}

func wireProposal(p decide.Proposal) Proposal {
	return Proposal{ID: string(p.ID), Status: string(p.Status), Event: string(p.Event), Area: string(p.Area), Pack: PackRef(p.Pack),
		Rule: p.Rule, Current: string(p.Current), Level: string(p.Level), Inputs: convert(p.Inputs, wireInput), Day: p.Day,
		Made: p.Made.UTC(), State: string(p.State), Decided: string(p.Decided), DecidedArea: string(p.DecidedArea),
		By: string(p.By), ByOrg: string(p.ByOrg), At: utc(p.At), Second: string(p.Second), Seconded: utc(p.Seconded), Moves: []string{}}
}

// AreaLevel is the level of an area over a time.
type AreaLevel struct {
	ID       string     `json:"id"`
	Status   string     `json:"status" enum:"actual,exercise,test"`
	Area     string     `json:"area"`
	Level    string     `json:"level" enum:"low,medium,high"`
	Proposal string     `json:"proposal"`
	Pack     PackRef    `json:"pack"`
	From     time.Time  `json:"from"`
	Review   civil.Day  `json:"review" format:"date" doc:"The day on which the step-down clock asks again."`
	Expires  civil.Day  `json:"expires" format:"date" doc:"The day on which it ends by itself unless renewed."`
	Until    *time.Time `json:"until,omitempty" doc:"When it ended; absent while it stands."`
}

func wireLevel(l decide.AreaLevel) AreaLevel {
	return AreaLevel{ID: string(l.ID), Status: string(l.Status), Area: string(l.Area), Level: string(l.Level),
		Proposal: string(l.Proposal), Pack: PackRef(l.Pack), From: l.From.UTC(), Review: l.Review, Expires: l.Expires, Until: utc(l.Until)}
}
