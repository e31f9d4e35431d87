package api

import (
	"context"
	"net/http"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/notices"
	"github.com/breakwater-eoc/breakwater/place"
)

func (s *server) noticeRoutes() {
	const group = "notices"
	open(s, door{method: "POST", path: "/v1/notices", name: "reportNotice", right: access.WriteNotice, deed: acts, group: group,
		summary: "Report in one's own words that something is unusual. It joins the same triage as the detectors' signals."}, s.reportNotice)
	open(s, door{method: "GET", path: "/v1/public/form", name: "getPublicForm", entry: anybody, group: group,
		summary: "What the public form needs."}, s.getPublicForm)
	open(s, door{method: "POST", path: "/v1/public/notices", name: "reportPublicNotice", entry: anybody, deed: acts, group: group,
		summary: "Report as a resident, without an account. Attempts are limited by address; nothing about the sender is kept."}, s.reportPublicNotice)
}

// NoticeForm is a report in the words of who makes it.
type NoticeForm struct {
	Topic  string `json:"topic" enum:"illness_cluster,unusual_death,absence_cluster,goods_or_cold_chain,unsafe_place,other"`
	Area   string `json:"area" maxLength:"40"`
	People int    `json:"people" minimum:"0" maximum:"1000000" doc:"How many are affected; 0 when not known."`
	Text   string `json:"text" minLength:"1" maxLength:"4000"`
}

func (s *server) reportNotice(ctx context.Context, v visitor, in *struct {
	Body struct {
		NoticeForm
		Status string `json:"status,omitempty" enum:"actual,exercise,test" default:"actual"`
	}
}) (NoticeReceipt, error) {
	b := in.Body
	id, err := s.Watch.Notice(ctx, v.actor, watch.NoticeIn{Source: observe.SourceID(v.actor.Source), Status: observe.Status(b.Status),
		Topic: notices.Topic(b.Topic), Area: place.Code(b.Area), People: b.People, Text: b.Text, Key: v.key})
	return NoticeReceipt{ID: string(id)}, err
}

// publicNotices is how many notices one address may send within an hour. A
// family behind one address can report more than once; a machine cannot flood.
const publicNotices = 10

// residentSource is the source of what residents report, in every city.
const residentSource observe.SourceID = "residents"

func (s *server) reportPublicNotice(ctx context.Context, v visitor, in *struct{ Body NoticeForm }) (NoticeReceipt, error) {
	if !s.notices.take(v.address, s.Wall()) {
		return NoticeReceipt{}, newProblem(http.StatusTooManyRequests, fault.Conflict, "many reports came from this connection; try again in an hour, or call the hotline")
	}
	b := in.Body
	id, err := s.Watch.Notice(ctx, access.TheProgram(s.City.Root), watch.NoticeIn{Source: residentSource, Status: observe.Actual,
		Topic: notices.Topic(b.Topic), Area: place.Code(b.Area), People: b.People, Text: b.Text, Key: "public:" + v.key})
	return NoticeReceipt{ID: string(id)}, err
}

func (s *server) getPublicForm(context.Context, visitor, *struct{}) (PublicForm, error) {
	form := PublicForm{City: wireText(s.City.Names), Topics: names(notices.Topics()), Areas: []FormArea{}, Most: notices.MostText}
	for _, a := range s.City.Areas {
		form.Areas = append(form.Areas, FormArea{Code: string(a.Code), Parent: string(a.Parent), Names: wireText(a.Names)})
	}
	return form, nil
}

func (s *server) signalRoutes() {
	const group = "signals"
	open(s, door{method: "GET", path: "/v1/inbox", name: "getInbox", right: access.ReadSignals, group: group,
		summary: "The signals of a day within each team's budget, the highest rank first, and those beyond it."}, s.getInbox)
	open(s, door{method: "GET", path: "/v1/signals", name: "listSignals", right: access.ReadSignals, group: group,
		summary: "Signals, the newest or the highest rank first."}, s.listSignals)
	open(s, door{method: "GET", path: "/v1/signals/{id}", name: "getSignal", right: access.ReadSignals, group: group,
		summary: "One signal, with what the reader may make of it."}, s.getSignal)
	open(s, door{method: "POST", path: "/v1/signals/{id}/verify", name: "verifySignal", right: access.TriageSignal, deed: acts, group: group,
		summary: "Judge a signal true: it becomes an event."}, s.verifySignal)
	open(s, door{method: "POST", path: "/v1/signals/{id}/discard", name: "discardSignal", right: access.TriageSignal, deed: acts, group: group,
		summary: "Put a signal aside; it can be verified later."}, s.discardSignal)
	open(s, door{method: "POST", path: "/v1/signals/{id}/snooze", name: "snoozeSignal", right: access.TriageSignal, deed: acts, group: group,
		summary: "Let a signal sleep until a day. It wakes earlier when what is found is materially stronger."}, s.snoozeSignal)
	open(s, door{method: "POST", path: "/v1/signals/{id}/wake", name: "wakeSignal", right: access.TriageSignal, deed: acts, group: group,
		summary: "Wake a sleeping signal before its day."}, s.wakeSignal)
	open(s, door{method: "GET", path: "/v1/events", name: "listEvents", right: access.ReadSignals, group: group,
		summary: "Verified signals."}, s.listEvents)
}

func (s *server) getInbox(ctx context.Context, v visitor, in *struct {
	StatusQuery
	Day string `query:"day" format:"date" doc:"The city's day unless said."`
}) (Inbox, error) {
	day, err := dayOr(in.Day, "day", s.today())
	if err != nil {
		return Inbox{}, err
	}
	box, err := s.Watch.Inbox(ctx, v.actor, day, in.status())
	return wireInbox(box, s.signalFor(v)), err
}

func (s *server) listSignals(ctx context.Context, v visitor, in *struct {
	StatusQuery
	PageQuery
	State []string `query:"state" enum:"raised,verified,discarded,snoozed"`
	Area  string   `query:"area" maxLength:"40" doc:"This area and all within it."`
	Day   string   `query:"day" format:"date" doc:"Of the inbox of this day only."`
	Order string   `query:"order" enum:"time,rank" default:"time"`
}) (List[Signal], error) {
	f := watch.SignalFilter{States: states[detect.State](in.State), Area: place.Code(in.Area), Status: in.status(), ByRank: in.Order == "rank"}
	if in.Day != "" {
		day, err := dayOr(in.Day, "day", 0)
		if err != nil {
			return List[Signal]{}, err
		}
		f.Day = &day
	}
	page, err := s.Watch.Signals(ctx, v.actor, f, in.paging())
	return listed(page, s.signalFor(v)), err
}

// states turns plain names into a stage's states; huma has checked them.
func states[S ~string](plain []string) []S {
	return convert(plain, func(p string) S { return S(p) })
}

// signalFor converts signals with the moves that the reader may make. A move is
// possible when the domain would take it and the reader has the right there.
func (s *server) signalFor(v visitor) func(detect.Signal) Signal {
	return func(sig detect.Signal) Signal {
		w := wireSignal(sig)
		lineage, err := s.Center.Lineage(sig.Area)
		if err != nil || v.actor.Check(access.TriageSignal, lineage) != nil {
			return w
		}
		for _, to := range detect.States() {
			if trial := sig; trial.Move(to, v.actor.User, sig.Changed) == nil {
				w.Moves = append(w.Moves, string(to))
			}
		}
		return w
	}
}

// ByID names one record.
type ByID struct {
	ID string `path:"id" maxLength:"40"`
}

func (s *server) getSignal(ctx context.Context, v visitor, in *ByID) (Signal, error) {
	sig, err := s.Watch.Signal(ctx, v.actor, detect.SignalID(in.ID))
	if err != nil {
		return Signal{}, err
	}
	w := s.signalFor(v)(sig)
	stands, err := s.Watch.Stands(ctx, sig)
	if err != nil {
		return w, err
	}
	for i := range w.Evidence {
		w.Evidence[i].Withdrawn = !stands[i]
	}
	if len(sig.Notices) == 0 {
		return w, nil
	}
	w.NoticeTexts, err = s.Watch.Words(ctx, v.actor, sig)
	if fault.Is(err, fault.Forbidden) {
		return w, nil // who may not triage sees the signal without the words
	}
	return w, err
}

// Reason is why somebody decides something.
type Reason struct {
	Why string `json:"why" maxLength:"2000"`
}

func (s *server) verifySignal(ctx context.Context, v visitor, in *struct {
	ByID
	Body struct {
		Hazard string `json:"hazard" enum:"covid-19,influenza,rsv,mycoplasma,unknown-respiratory,other,surveillance-gap"`
		Reason
	}
}) (Event, error) {
	e, err := s.Watch.Verify(ctx, v.actor, detect.SignalID(in.ID), watch.VerifyIn{Hazard: in.Body.Hazard, Why: in.Body.Why, Key: v.key})
	return wireEvent(e), err
}

func (s *server) discardSignal(ctx context.Context, v visitor, in *struct {
	ByID
	Body Reason
}) (Signal, error) {
	sig, err := s.Watch.Discard(ctx, v.actor, detect.SignalID(in.ID), in.Body.Why, v.key)
	return s.signalFor(v)(sig), err
}

func (s *server) snoozeSignal(ctx context.Context, v visitor, in *struct {
	ByID
	Body struct {
		Until string `json:"until" format:"date" doc:"The day on which it wakes: from tomorrow to 28 days ahead."`
		Reason
	}
}) (Signal, error) {
	until, err := dayOr(in.Body.Until, "until", 0)
	if err != nil {
		return Signal{}, err
	}
	sig, err := s.Watch.Snooze(ctx, v.actor, detect.SignalID(in.ID), watch.SnoozeIn{Until: until, Why: in.Body.Why, Key: v.key})
	return s.signalFor(v)(sig), err
}

func (s *server) wakeSignal(ctx context.Context, v visitor, in *struct {
	ByID
	Body Reason
}) (Signal, error) {
	sig, err := s.Watch.Wake(ctx, v.actor, detect.SignalID(in.ID), in.Body.Why, v.key)
	return s.signalFor(v)(sig), err
}

func (s *server) listEvents(ctx context.Context, v visitor, in *StatusQuery) (List[Event], error) {
	events, err := s.Watch.Events(ctx, v.actor, in.status())
	return whole(convert(events, wireEvent)), err
}
