package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

func (s *server) figureRoutes() {
	const group = "figures"
	open(s, door{method: "GET", path: "/v1/figures", name: "listFigures", right: access.ReadFigures, group: group,
		summary: "The questions that the records can answer."}, s.listFigures)
	open(s, door{method: "GET", path: "/v1/figures/{name}", name: "askFigure", right: access.ReadFigures, group: group,
		summary: "The answer of one figure with the rows under it, as it was known at a time."}, s.askFigure)
	open(s, door{method: "GET", path: "/v1/chain/{kind}/{id}", name: "getChain", right: access.ReadFigures, group: group,
		summary: "The evidence behind a record, back to the observations."}, s.getChain)
	open(s, door{method: "GET", path: "/v1/timeline", name: "getTimeline", right: access.ReadFigures, group: group,
		summary: "What the real command of the city did, beside what was done here."}, s.getTimeline)
}

func (s *server) listFigures(context.Context, visitor, *struct{}) (List[Figure], error) {
	return whole(convert(s.Figures.Figures(), wireFigure)), nil
}

func (s *server) askFigure(ctx context.Context, v visitor, in *struct {
	Name string `path:"name" maxLength:"60"`
	StatusQuery
	Area     string    `query:"area" maxLength:"40" doc:"The reader's widest area unless said."`
	From     string    `query:"from" format:"date" doc:"13 days before the last unless said; ignored for a state."`
	To       string    `query:"to" format:"date" doc:"The city's day unless said."`
	AsOf     time.Time `query:"as_of" doc:"The latest recording time that may be used; now unless said."`
	Argument string    `query:"argument" maxLength:"60"`
}) (Answer, error) {
	f, err := s.Figures.Figure(figure.Name(in.Name))
	if err != nil {
		return Answer{}, err
	}
	q := figure.Query{AsOf: in.AsOf.UTC(), Status: in.Status, Argument: in.Argument}
	if in.AsOf.IsZero() {
		q.AsOf = s.Center.Time()
	}
	if q.Area, err = s.areaOf(v, in.Area, access.ReadFigures); err != nil {
		return Answer{}, err
	}
	if q.Window.Last, err = dayOr(in.To, "to", s.today()); err != nil {
		return Answer{}, err
	}
	first := q.Window.Last
	if f.Windowed {
		first -= 13
	}
	if q.Window.First, err = dayOr(in.From, "from", first); err != nil {
		return Answer{}, err
	}
	a, err := s.Figures.Ask(ctx, f.Name, q)
	return wireAnswer(a), err
}

func (s *server) getChain(ctx context.Context, v visitor, in *struct {
	Kind string `path:"kind" enum:"directive,proposal,level,event,signal,notice,batch"`
	ID   string `path:"id" maxLength:"40"`
}) (Chain, error) {
	chain, err := s.Audit.Chain(ctx, v.actor, trace.Ref{Kind: trace.Kind(in.Kind), ID: in.ID})
	return Chain{Steps: convert(chain.Steps, wireStep)}, err
}

func (s *server) getTimeline(ctx context.Context, v visitor, in *struct {
	From string `query:"from" format:"date" doc:"30 days before the last unless said."`
	To   string `query:"to" format:"date" doc:"The city's day unless said."`
}) (List[Moment], error) {
	w, err := s.window(in.From, in.To, 30)
	if err != nil {
		return List[Moment]{}, err
	}
	own, err := s.Audit.Moments(ctx, v.actor, w.First.At(0, 0, s.Center.City), (w.Last+1).At(0, 0, s.Center.City))
	if err != nil {
		return List[Moment]{}, err
	}
	moments := convert(own, s.ownMoment)
	for _, h := range s.City.History {
		if w.Holds(h.Day) && h.Day <= s.today() { // a replay never looks ahead
			text := wireText(h.What)
			moments = append(moments, Moment{At: h.Day.At(0, 0, s.Center.City).UTC(), Day: h.Day, Kind: "history", Theme: h.Theme, What: &text, Where: string(h.Where)})
		}
	}
	slices.SortStableFunc(moments, func(a, b Moment) int { return a.At.Compare(b.At) })
	return whole(moments), nil
}

func (s *server) ownMoment(l audit.Linked) Moment {
	ref := wireRef(l.Entry.Subject)
	return Moment{At: l.Entry.At.UTC(), Day: civil.DayOf(l.Entry.At, s.Center.City), Kind: "own", Act: l.Entry.Act,
		Where: string(l.Entry.Area), Ref: &ref}
}

// window reads an optional window of days that ends today unless said.
func (s *server) window(from, to string, back civil.Day) (w civil.Window, err error) {
	if w.Last, err = dayOr(to, "to", s.today()); err != nil {
		return w, err
	}
	if w.First, err = dayOr(from, "from", w.Last-back); err != nil {
		return w, err
	}
	if w.Days() == 0 {
		return w, fault.At("the request cannot be read", fault.Place{Field: "from", Problem: "must not lie after to"})
	}
	return w, nil
}

func (s *server) journalRoutes() {
	const group = "journal"
	open(s, door{method: "GET", path: "/v1/journal", name: "listEntries", right: access.ReadJournal, group: group,
		summary: "Who did what, the newest first."}, s.listEntries)
	open(s, door{method: "GET", path: "/v1/journal/{id}", name: "getEntry", right: access.ReadJournal, group: group,
		summary: "One entry with its reason."}, s.getEntry)
	open(s, door{method: "POST", path: "/v1/fsck", name: "checkRecords", right: access.CheckAll, deed: changes, group: group,
		summary: "Compare every record with what was journalled, and verify the chain. Nothing is written."}, s.checkRecords)
}

func (s *server) listEntries(ctx context.Context, v visitor, in *struct {
	PageQuery
	Actor   string `query:"actor" maxLength:"40"`
	Act     string `query:"act" maxLength:"60" doc:"The whole name, or a prefix that ends with a dot."`
	Subject string `query:"subject" maxLength:"80" doc:"kind/id"`
	From    string `query:"from" format:"date"`
	To      string `query:"to" format:"date"`
}) (List[Entry], error) {
	f := audit.EntryFilter{Actor: party.UserID(in.Actor), Act: in.Act}
	if in.Subject != "" {
		kind, id, ok := strings.Cut(in.Subject, "/")
		if !ok {
			return List[Entry]{}, fault.At("the request cannot be read", fault.Place{Field: "subject", Problem: "must have the form kind/id"})
		}
		f.Subject = trace.Ref{Kind: trace.Kind(kind), ID: id}
	}
	if in.From != "" || in.To != "" {
		w, err := s.window(in.From, in.To, 30)
		if err != nil {
			return List[Entry]{}, err
		}
		f.From, f.Until = w.First.At(0, 0, s.Center.City), (w.Last+1).At(0, 0, s.Center.City)
	}
	page, err := s.Audit.Entries(ctx, v.actor, f, in.paging())
	return listed(page, wireEntry), err
}

func (s *server) getEntry(ctx context.Context, v visitor, in *ByID) (Entry, error) {
	l, err := s.Audit.Entry(ctx, v.actor, journal.EntryID(in.ID))
	if err != nil {
		return Entry{}, err
	}
	w := wireEntry(l)
	w.Why, err = s.Audit.Why(l.Entry)
	return w, err
}

func (s *server) checkRecords(ctx context.Context, _ visitor, _ *struct{}) (Fsck, error) {
	r, err := s.Audit.Fsck(ctx, func(int, int) {})
	return Fsck{Records: r.Records, Entries: r.Entries, Linked: r.Head.Seq, Head: r.Head.Head.String(), Flaws: convert(r.Flaws, wireFlaw)}, err
}

func (s *server) clockRoutes() {
	const group = "clock"
	open(s, door{method: "GET", path: "/v1/clock", name: "getClock", right: access.ReadPlaces, group: group,
		summary: "The clock that the records go by."}, s.getClock)
	open(s, door{method: "POST", path: "/v1/clock", name: "moveClock", right: access.RunClock, deed: changes, group: group,
		summary: "Move the clock of a replay. A live clock cannot be moved."}, s.moveClock)
}

func (s *server) getClock(context.Context, visitor, *struct{}) (Clock, error) {
	return wireClock(s.Clock.State()), nil
}

func (s *server) moveClock(ctx context.Context, v visitor, in *struct {
	Body struct {
		Action string  `json:"action" enum:"step_hour,step_day,play,pause"`
		Speed  float64 `json:"speed,omitempty" minimum:"0" maximum:"86400" doc:"For play: seconds of the clock a second."`
	}
}) (Clock, error) {
	state, err := s.Clock.Move(ctx, v.actor, ClockMove{Action: ClockAction(in.Body.Action), Speed: in.Body.Speed})
	return wireClock(state), err
}
