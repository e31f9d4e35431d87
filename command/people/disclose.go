package people

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// Question is what an officer asks of the visits, and why.
type Question struct {
	// Event is the confirmed occurrence for which it is asked.
	Event   detect.EventID
	Purpose trust.Purpose
	// Why is the officer's reason, sealed in the journal.
	Why string
	// People are those whose contacts are sought; or Site, with none of them, whose
	// visitors are.
	People []trace.Token
	Site   trace.Token
	Window trace.Window
	// AtLeast is the least time together.
	AtLeast time.Duration
	// Generations is how many generations of contacts to follow, and Most the most
	// people that may come to light.
	Generations, Most int
}

// The bounds of a question.
const (
	mostSought      = 1000
	MostGenerations = 5
	MostDisclosed   = 100_000
)

// check reports everything that is wrong with a question, taken alone.
func (q Question) check() error {
	var wrong []fault.Place
	say := func(field, problem string) { wrong = append(wrong, fault.Place{Field: field, Problem: problem}) }
	if q.Event == "" {
		say("event", "is missing: people are disclosed for a confirmed case only")
	}
	if !slices.Contains(trust.Purposes(), q.Purpose) {
		say("purpose", "must be contact_tracing, source_search or notification")
	}
	if (len(q.People) == 0) == (q.Site == trace.Token{}) {
		say("people", "must be given, or site, and not both")
	}
	if len(q.People) > mostSought {
		say("people", fmt.Sprintf("must be at most %d", mostSought))
	}
	if q.Window.Length() == 0 {
		say("until", "must be after from")
	}
	if q.AtLeast <= 0 {
		say("at_least", "must be above 0")
	}
	if q.Generations < 1 || q.Generations > MostGenerations {
		say("generations", fmt.Sprintf("must be between 1 and %d", MostGenerations))
	}
	if q.Most < 1 || q.Most > MostDisclosed {
		say("most", fmt.Sprintf("must be between 1 and %d", MostDisclosed))
	}
	return fault.At("the question cannot be put to the visits", wrong...)
}

// Disclose finds exposures and resolves the pseudonyms of who was exposed, under
// the rule that a disclosure needs a case: an open event that is actual, with a
// case that a laboratory confirmed; a purpose; an officer with the right in the
// event's area; a declaration of check-ins in force there; and days that are
// still kept. Nobody is named before the disclosure is journalled, with how many
// people it was and without who they are; so is one that finds nobody. An error
// that comes with people says that some visits are damaged: there may be more.
//
// Faults: Invalid for a question that is wrong taken alone or asks for days no
// longer kept, Forbidden without the right, NotFound for an event out of the
// officer's sight, Conflict for one that is no ground, or without a declaration.
func (d *Desk) Disclose(ctx context.Context, who access.Actor, q Question) (trust.Disclosure, []trace.Contact, error) {
	var made trust.Disclosure
	if err := who.Check(access.DiscloseVisits, nil); err != nil {
		return made, nil, err
	}
	if err := q.check(); err != nil {
		return made, nil, err
	}
	event, err := d.ground(ctx, who, q)
	if err != nil {
		return made, nil, err
	}
	declaration, err := d.declared(ctx, event.Area)
	if err != nil {
		return made, nil, err
	}
	contacts, lost := d.search(ctx, q)
	if lost != nil && (len(contacts) == 0 || ctx.Err() != nil || fault.KindOf(lost) != fault.Internal) {
		return made, nil, lost
	}
	act := command.Act{Who: who, Right: access.DiscloseVisits, Name: "visits.disclose", Area: event.Area, Why: q.Why}
	made, err = command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (trust.Disclosure, error) {
		id, err := s.NewID()
		if err != nil {
			return made, err
		}
		made := trust.Disclosure{ID: trust.DisclosureID(id), By: who.User, At: s.At, Case: trace.Ref{Kind: detect.EventKind, ID: string(event.ID)},
			Area: event.Area, Purpose: q.Purpose, Declaration: declaration, From: q.Window.From.Time(), Until: q.Window.Until.Time(),
			Sought: len(q.People), People: len(contacts), Version: 1}
		if len(q.People) == 0 {
			made.Site = q.Site.String()
		}
		s.Because(detect.EventKind, string(event.ID))
		s.Wrote(trust.DisclosureKind, id, made)
		return made, tx.AddDisclosure(ctx, made)
	})
	if err != nil {
		return made, nil, err
	}
	return made, contacts, lost
}

// confirmed are the streams of people whom a laboratory found positive.
var confirmed = []counts.Stream{counts.ConfirmedLocal, counts.ConfirmedImported, counts.Asymptomatic}

// incubation is how many days before an event began its first case may have been
// confirmed.
const incubation = 14

// ground returns the event on which a question rests, or says why it is none.
func (d *Desk) ground(ctx context.Context, who access.Actor, q Question) (detect.Event, error) {
	e, err := d.Store.OneEvent(ctx, q.Event)
	if err != nil {
		return e, err
	}
	if err := d.Center.See(who, access.DiscloseVisits, e.Area, detect.EventKind, string(e.ID)); err != nil {
		return e, err
	}
	today, first := d.today()
	if from := civil.DayOf(q.Window.From.Time(), d.Center.City); from < first {
		return e, fault.At("the question cannot be put to the visits", fault.Place{Field: "from",
			Problem: fmt.Sprintf("lies before %s, the oldest day that is kept", first)})
	}
	switch {
	case e.Status != observe.Actual:
		return e, fault.New(fault.Conflict, "the event is an %s; nobody is disclosed for one", e.Status)
	case e.Hazard == detect.SurveillanceGap:
		return e, fault.New(fault.Conflict, "the event is about those who watch and not about a disease; nobody is disclosed for it")
	case e.Closed != nil:
		return e, fault.New(fault.Conflict, "the event is closed; nobody is disclosed for it any more")
	}
	cases := int64(0)
	for _, stream := range confirmed {
		points, err := d.Store.Series(ctx, watch.SeriesQuery{Stream: stream, Area: e.Area, AsOf: d.Center.Time(), Status: observe.Actual,
			Window: civil.Window{First: e.Began - incubation, Last: today}})
		if err != nil {
			return e, fmt.Errorf("look for the confirmed cases of event %s: %w", e.ID, err)
		}
		for _, p := range points {
			cases += p.Count
		}
	}
	if cases == 0 {
		return e, fault.New(fault.Conflict, "no laboratory has confirmed a case in %s since %s; nobody is disclosed on a suspicion", e.Area, e.Began-incubation)
	}
	return e, nil
}

// declared returns the declaration under which visits may be searched in an
// area now. The fault is Conflict if none is in force.
func (d *Desk) declared(ctx context.Context, area place.Code) (trust.DeclarationID, error) {
	standing, err := d.Store.StandingDeclarations(ctx, d.Center.Time())
	if err != nil {
		return "", err
	}
	in, ok := trust.Covering(standing, trust.CheckIns, area, d.Center.Time(), d.within)
	if !ok {
		return "", fault.New(fault.Conflict, "no declaration of check-ins is in force in %s; the visits that are kept may be searched under a new one", area)
	}
	return in.ID, nil
}

func (d *Desk) search(ctx context.Context, q Question) ([]trace.Contact, error) {
	source := venue.Presences{Log: d.Visits.Log, Keys: d.Visits.Keys}
	rule := trace.Rule{AtLeast: trace.Instant(q.AtLeast.Microseconds())}
	if len(q.People) == 0 {
		return trace.ExposedAt(ctx, source, q.Site, q.Window, rule, q.Most)
	}
	return trace.Generations(ctx, source, q.People, q.Window, trace.Forward{Rule: rule, Depth: q.Generations, Most: q.Most})
}
