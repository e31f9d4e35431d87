package api

import (
	"maps"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/notices"
)

// Entry is one act in the journal. It holds ids, never names.
type Entry struct {
	ID      string    `json:"id"`
	At      time.Time `json:"at"`
	Actor   string    `json:"actor"`
	Act     string    `json:"act"`
	Area    string    `json:"area,omitempty"`
	Subject Ref       `json:"subject"`
	Because []Ref     `json:"because" doc:"The records that the act rests on, the nearest first."`
	Touches []Touch   `json:"touches" doc:"The records that it wrote."`
	Hash    string    `json:"hash"`
	Link    *Link     `json:"link,omitempty" doc:"Its place in the chain; absent until the chainer took it up."`
	Why     string    `json:"why,omitempty" doc:"The reason, for those who may read it."`
}

// Touch is a record that an act wrote, and its digest afterwards.
type Touch struct {
	Ref    Ref    `json:"ref"`
	Digest string `json:"digest"`
}

// Link is the place of an entry in the chain.
type Link struct {
	Seq  int64  `json:"seq"`
	Head string `json:"head"`
}

func wireEntry(l audit.Linked) Entry {
	e := Entry{ID: string(l.Entry.ID), At: l.Entry.At.UTC(), Actor: string(l.Entry.Actor), Act: l.Entry.Act, Area: string(l.Entry.Area),
		Subject: wireRef(l.Entry.Subject), Because: convert(l.Entry.Because, wireRef),
		Touches: convert(l.Entry.Touches, wireTouch), Hash: l.Entry.Hash().String()}
	if l.Link != nil {
		e.Link = &Link{Seq: l.Link.Seq, Head: l.Link.Head.String()}
	}
	return e
}

func wireTouch(t journal.Touch) Touch { return Touch{Ref: wireRef(t.Ref), Digest: t.Digest.String()} }

// Chain is the way from a record back to the counts under it, in order.
type Chain struct {
	Steps []Step `json:"steps"`
}

// Step is one record of a chain. Exactly one of its records is there.
type Step struct {
	Ref     Ref        `json:"ref"`
	At      time.Time  `json:"at"`
	Actor   string     `json:"actor,omitempty"`
	Act     string     `json:"act,omitempty" doc:"The act that brought the record to this step."`
	Summary Said       `json:"summary"`
	Entries []Entry    `json:"entries" doc:"The journal entries that wrote the record."`
	Why     string     `json:"why,omitempty"`
	Record  StepRecord `json:"record"`
}

// StepRecord is the record of a step: exactly one field is set.
type StepRecord struct {
	Directive    *Directive    `json:"directive,omitempty"`
	Proposal     *Proposal     `json:"proposal,omitempty"`
	Level        *AreaLevel    `json:"level,omitempty"`
	Event        *Event        `json:"event,omitempty"`
	Signal       *Signal       `json:"signal,omitempty"`
	Notice       *Notice       `json:"notice,omitempty"`
	Batch        *Batch        `json:"batch,omitempty"`
	Observations []Observation `json:"observations,omitempty"`
}

func wireStep(s audit.Step) Step {
	return Step{Ref: wireRef(s.Ref), At: s.At.UTC(), Actor: string(s.Actor), Act: s.Act, Summary: wireSaid(s.Summary),
		Entries: convert(s.Entries, wireEntry), Why: s.Why, Record: wireRecord(s.Record)}
}

// wireRecord puts a record into the field of its kind.
func wireRecord(record any) (out StepRecord) {
	switch r := record.(type) {
	case direct.Directive:
		w := wireDirective(r)
		out.Directive = &w
	case decide.Proposal:
		w := wireProposal(r)
		out.Proposal = &w
	case decide.AreaLevel:
		w := wireLevel(r)
		out.Level = &w
	case detect.Event:
		w := wireEvent(r)
		out.Event = &w
	case detect.Signal:
		w := wireSignal(r)
		out.Signal = &w
	case notices.Notice:
		w := wireNotice(r)
		out.Notice = &w
	case counts.Batch:
		w := wireBatch(r, nil)
		out.Batch = &w
	case []counts.Observation:
		out.Observations = convert(r, wireObservation)
	}
	return out
}

// Said is a sentence of the text table: its key, and what goes into it.
type Said struct {
	Key  string            `json:"key"`
	Args map[string]string `json:"args"`
}

func wireSaid(s audit.Said) Said {
	args := map[string]string{}
	maps.Copy(args, s.Args)
	return Said{Key: s.Key, Args: args}
}

// Notice is an event-based report without its words.
type Notice struct {
	ID       string    `json:"id"`
	Source   string    `json:"source"`
	Topic    string    `json:"topic"`
	People   int       `json:"people"`
	Area     string    `json:"area"`
	Status   string    `json:"status" enum:"actual,exercise,test"`
	Recorded time.Time `json:"recorded"`
}

func wireNotice(n notices.Notice) Notice {
	return Notice{ID: string(n.ID), Source: string(n.Header.Source), Topic: string(n.Topic), People: n.People,
		Area: string(n.Header.Area), Status: string(n.Header.Status), Recorded: n.Header.Recorded.UTC()}
}

// Fsck is what a check of journal and records found.
type Fsck struct {
	Records int    `json:"records"`
	Entries int    `json:"entries"`
	Linked  int64  `json:"linked"`
	Head    string `json:"head" doc:"The head of the chain that was verified."`
	Flaws   []Flaw `json:"flaws"`
}

// Flaw is one thing that a check found broken.
type Flaw struct {
	Kind    string `json:"kind" enum:"tampered,missing,orphan,unlinked,dangling"`
	Ref     Ref    `json:"ref"`
	Seq     int64  `json:"seq,omitempty"`
	Problem string `json:"problem"`
}

func wireFlaw(f journal.Flaw) Flaw {
	return Flaw{Kind: string(f.Kind), Ref: wireRef(f.Ref), Seq: f.Seq, Problem: f.Problem}
}

// Moment is one thing on the time line: what the real command did, or what was
// done here.
type Moment struct {
	At    time.Time `json:"at"`
	Day   civil.Day `json:"day" format:"date"`
	Kind  string    `json:"kind" enum:"history,own"`
	Theme string    `json:"theme,omitempty" doc:"case, finding, goods or command, for history."`
	What  *Text     `json:"what,omitempty" doc:"In words, for history."`
	Act   string    `json:"act,omitempty" doc:"The act, for what was done here."`
	Where string    `json:"where,omitempty"`
	Ref   *Ref      `json:"ref,omitempty"`
}
