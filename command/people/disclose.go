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

// Inquiry is what every question to the visits says: for which case it is asked,
// what for, and about whom.
type Inquiry struct {
	// Event is the confirmed occurrence for which it is asked.
	Event   detect.EventID
	Purpose trust.Purpose
	// Why is the officer's reason, sealed in the journal.
	Why    string
	People []trace.Token
	Window trace.Window
}

// wrong lists what is wrong with an inquiry, taken alone.
func (q Inquiry) wrong() (wrong []fault.Place) {
	say := func(field, problem string) { wrong = append(wrong, fault.Place{Field: field, Problem: problem}) }
	if q.Event == "" {
		say("event", "is missing: people are disclosed for a confirmed case only")
	}
	if !slices.Contains(trust.Purposes(), q.Purpose) {
		say("purpose", "must be contact_tracing, source_search or notification")
	}
	if len(q.People) > mostSought {
		say("people", fmt.Sprintf("must be at most %d", mostSought))
	}
	if q.Window.Length() == 0 {
		say("until", "must be after from")
	}
	return wrong
}

// Question asks who was exposed.
type Question struct {
	Inquiry // its people are those whose contacts are sought
	// Site, without any people, is the one whose visitors are sought.
	Site trace.Token
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
	wrong := q.wrong()
	say := func(field, problem string) { wrong = append(wrong, fault.Place{Field: field, Problem: problem}) }
	if (len(q.People) == 0) == (q.Site == trace.Token{}) {
		say("people", "must be given, or site, and not both")
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
	site := ""
	if len(q.People) == 0 {
		site = q.Site.String()
	}
	var contacts []trace.Contact
	made, lost := d.disclose(ctx, who, asked{Inquiry: q.Inquiry, site: site, check: q.check, search: func(ctx context.Context) (answer, error) {
		var err error
		contacts, err = d.search(ctx, q)
		return answer{found: len(contacts), people: len(contacts)}, err
	}})
	if made.ID == "" {
		return made, nil, lost
	}
	return made, contacts, lost
}

// asked is a question on its way through the rule of disclosures.
type asked struct {
	Inquiry
	site   string
	check  func() error
	search func(ctx context.Context) (answer, error)
}

// answer counts what a search found, and the people among it.
type answer struct{ found, people int }

// disclose checks the grounds, searches, and journals that it did. Without a
// disclosure made, nothing may be told; an error beside one is about damage.
func (d *Desk) disclose(ctx context.Context, who access.Actor, q asked) (made trust.Disclosure, lost error) {
	if err := who.Check(access.DiscloseVisits, nil); err != nil {
		return made, err
	}
	if err := q.check(); err != nil {
		return made, err
	}
	event, err := d.ground(ctx, who, q.Inquiry)
	if err != nil {
		return made, err
	}
	declaration, err := d.declared(ctx, event.Area)
	if err != nil {
		return made, err
	}
	found, lost := q.search(ctx)
	if lost != nil && (found.found == 0 || ctx.Err() != nil || fault.KindOf(lost) != fault.Internal) {
		return made, lost
	}
	act := command.Act{Who: who, Right: access.DiscloseVisits, Name: "visits.disclose", Area: event.Area, Why: q.Why}
	made, err = command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (trust.Disclosure, error) {
		id, err := s.NewID()
		if err != nil {
			return trust.Disclosure{}, err
		}
		made := trust.Disclosure{ID: trust.DisclosureID(id), By: who.User, At: s.At, Case: trace.Ref{Kind: detect.EventKind, ID: string(event.ID)},
			Area: event.Area, Purpose: q.Purpose, Declaration: declaration, From: q.Window.From.Time(), Until: q.Window.Until.Time(),
			Sought: len(q.People), Site: q.site, People: found.people, Version: 1}
		s.Because(detect.EventKind, string(event.ID))
		s.Wrote(trust.DisclosureKind, id, made)
		return made, tx.AddDisclosure(ctx, made)
	})
	if err != nil {
		return trust.Disclosure{}, err
	}
	return made, lost
}

// confirmed are the streams of people whom a laboratory found positive.
var confirmed = []counts.Stream{counts.ConfirmedLocal, counts.ConfirmedImported, counts.Asymptomatic}

// incubation is how many days before an event began its first case may have been
// confirmed.
const incubation = 14

// ground returns the event on which a question rests, or says why it is none.
func (d *Desk) ground(ctx context.Context, who access.Actor, q Inquiry) (detect.Event, error) {
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
