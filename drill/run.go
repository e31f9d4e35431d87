package drill

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

// Outcome is how a story ended.
type Outcome struct {
	Title string
	// Lines is how many statements came true; Total how many there are.
	Lines, Total int
	// Failed is the statement at which the story did not go as told; nil when
	// it went as told to the end.
	Failed *fault.Place
}

// Stage is where a story plays: empty desks, the people of a demonstration,
// and the course whose counts "replay" lets come in.
type Stage struct {
	Desks  Desks
	People People
	Series Series
	Course Course
}

// Run plays a story to its end or to the first statement that does not come
// true, and then checks every record against the journal: a story that leaves
// a broken record has failed. The clock must stand at or before the story's
// beginning.
func Run(ctx context.Context, stage Stage, s Story) (Outcome, error) {
	r := &runner{stage: stage, desks: stage.Desks}
	r.enter(observe.Actual)
	out := Outcome{Title: s.Title, Total: len(s.Lines)}
	for _, l := range s.Lines {
		if err := r.run(ctx, l); err != nil {
			if ctx.Err() != nil {
				return out, ctx.Err()
			}
			out.Failed = &fault.Place{Line: l.Number, Field: l.Text, Problem: err.Error()}
			return out, nil
		}
		out.Lines++
	}
	return out, r.sound(ctx, &out)
}

// runner plays one story.
type runner struct {
	stage  Stage
	desks  Desks
	status observe.Status
	worlds []observe.Status // those that the story has been in
	replay *Replay
	staff  *Staff
	// last is the act that "again" repeats, and acts how many there were: an act
	// and its repetition share one idempotency key.
	last Line
	acts int
}

// statement carries out one line.
type statement func(r *runner, ctx context.Context, l Line) error

// statements says what each verb of the grammar does.
func statements() map[string]statement {
	return map[string]statement{
		"story": nothing, "world": (*runner).world, "pack": (*runner).pack, "on": (*runner).on, "scan": (*runner).scan,
		"replay quiet until": (*runner).replayQuiet, "replay until": (*runner).replayUntil, "staff": (*runner).hire,
		"report counts": (*runner).reportCounts, "report daily": (*runner).reportDaily, "report notice": (*runner).reportNotice,
		"verify signal": (*runner).verifySignal, "discard signal": (*runner).discardSignal,
		"snooze signal": (*runner).snoozeSignal, "wake signal": (*runner).wakeSignal, "outcome": (*runner).outcome, "missed": (*runner).missed,
		"ask proposal": (*runner).ask, "accept proposal": (*runner).accept, "override proposal": (*runner).override,
		"approve proposal": (*runner).second, "decline proposal": (*runner).second,
		"direct": (*runner).direct, "acknowledge": (*runner).step, "report done": (*runner).step, "verify done": (*runner).step,
		"return": (*runner).step, "close": (*runner).step, "withdraw": (*runner).step, "shift": (*runner).shift,
		"again": (*runner).again, refusal: (*runner).refused,
		"expect signal": (*runner).expectSignal, "expect score": (*runner).expectScore, "expect event": (*runner).expectEvent, "expect proposal": (*runner).expectProposal,
		"expect level": (*runner).expectLevel, "expect directive": (*runner).expectDirective, "expect figure": (*runner).expectFigure,
		"expect reconstructed": (*runner).expectReconstructed, "expect entries": (*runner).expectEntries, "expect on duty": (*runner).expectOnDuty,
	}
}

func (r *runner) run(ctx context.Context, l Line) error {
	do, ok := statements()[l.Verb]
	if !ok {
		return fault.New(fault.Internal, "nothing carries out %q", l.Verb)
	}
	if grammar[l.Verb].act {
		r.acts++
		r.last = l
	}
	return do(r, ctx, l)
}

func nothing(*runner, context.Context, Line) error { return nil }

// sound checks every record against the journal.
func (r *runner) sound(ctx context.Context, out *Outcome) error {
	if _, err := r.desks.Audit.Link(ctx); err != nil {
		return fmt.Errorf("link the journal: %w", err)
	}
	report, err := r.desks.Audit.Fsck(ctx, func(int, int) {})
	if err != nil {
		return fmt.Errorf("check the records: %w", err)
	}
	if len(report.Flaws) > 0 {
		f := report.Flaws[0]
		out.Failed = &fault.Place{Field: "fsck", Problem: fmt.Sprintf("%d flaws, the first: %s %s: %s", len(report.Flaws), f.Kind, f.Ref, f.Problem)}
	}
	return nil
}

func (r *runner) world(_ context.Context, l Line) error {
	r.enter(observe.Status(l.Words["status"]))
	return nil
}

// enter goes on in a world. Rounds are made in those that the story has been in.
func (r *runner) enter(world observe.Status) {
	r.status = world
	if !slices.Contains(r.worlds, world) {
		r.worlds = append(r.worlds, world)
	}
	r.desks.Rounds.Statuses = r.worlds
}

func (r *runner) pack(_ context.Context, l Line) error {
	if _, err := r.desks.Plan.Pack(l.Words["id"]); err != nil {
		return err
	}
	r.desks.Plan.Active = l.Words["id"]
	return nil
}

// on moves the clock; what time alone does happens with the next scan.
func (r *runner) on(_ context.Context, l Line) error {
	at := l.instant(r.desks.Center.City)
	if at.Before(r.desks.Clock.Now()) {
		return fault.New(fault.Conflict, "it is %s already", r.desks.Clock.Now().In(r.desks.Center.City).Format(localForm))
	}
	r.desks.Clock.Set(at)
	return nil
}

func (r *runner) scan(ctx context.Context, _ Line) error { return r.desks.round(ctx) }

// again repeats the last act under the same idempotency key.
func (r *runner) again(ctx context.Context, _ Line) error {
	if r.acts == 0 {
		return fault.New(fault.Conflict, "nothing was done yet that could be done again")
	}
	return statements()[r.last.Verb](r, ctx, r.last)
}

// refused carries out an act that must be refused.
func (r *runner) refused(ctx context.Context, l Line) error {
	r.acts++
	err := statements()[l.Refused.Verb](r, ctx, *l.Refused)
	if err == nil {
		return errors.New("it was not refused")
	}
	if got := fault.KindOf(err); got != l.Kind {
		return fmt.Errorf("it was refused as %s and not as %s: %w", got, l.Kind, err)
	}
	return nil
}

// key makes acts idempotent.
func (r *runner) key() string { return "act " + strconv.Itoa(r.acts) }

// by returns who acts; the program when nobody is named.
func (r *runner) by(l Line) (access.Actor, error) {
	name, ok := l.Settings["by"]
	if !ok {
		return r.desks.program(), nil
	}
	return r.person(name)
}

func (r *runner) person(name string) (access.Actor, error) {
	who, ok := r.stage.People[name]
	if !ok {
		return who, fault.New(fault.Internal, "the story names %q, who is nobody of the demonstration", name)
	}
	return who, nil
}

// number reads a setting that parsing has checked, or gives another.
func (l Line) number(key string, otherwise int64) int64 {
	if n, err := strconv.ParseInt(l.Settings[key], 10, 64); err == nil {
		return n
	}
	return otherwise
}

func (l Line) real(key string) float64 {
	x, err := strconv.ParseFloat(l.Settings[key], 64)
	if err != nil {
		return 0
	}
	return x
}

func (l Line) area() place.Code { return place.Code(l.Settings["area"]) }

// day is the day that a line names, or today.
func (r *runner) day(l Line) civil.Day {
	if d, err := civil.ParseDay(l.Settings["day"]); err == nil {
		return d
	}
	return civil.DayOf(r.desks.Center.Time(), r.desks.Center.City)
}

func (r *runner) today() civil.Day { return civil.DayOf(r.desks.Center.Time(), r.desks.Center.City) }

func (r *runner) everywhere() []place.Code { return []place.Code{r.desks.City} }

func (r *runner) hire(_ context.Context, l Line) error {
	r.staff = r.stage.Course.NewStaff(r.desks, r.stage.People)
	for key, into := range map[string]*access.Actor{"commander": &r.staff.Commander, "epidemiologist": &r.staff.Epidemiologist, "duty": &r.staff.Duty} {
		who, err := r.person(l.Settings[key])
		if err != nil {
			return err
		}
		*into = who
	}
	return nil
}

// play returns the replay of the story, which begins when it is first asked for.
func (r *runner) play() *Replay {
	if r.replay == nil {
		r.replay = NewReplay(r.desks, r.stage.Series, func(ctx context.Context) (bool, error) {
			if r.staff == nil {
				return false, nil
			}
			return r.staff.Work(ctx)
		}, nil)
	}
	return r.replay
}

func (r *runner) replayQuiet(ctx context.Context, l Line) error {
	return r.play().Quiet(ctx, civil.MustDay(l.Words["day"]), func(int, int) {})
}

func (r *runner) replayUntil(ctx context.Context, l Line) error {
	return r.play().Advance(ctx, l.instant(r.desks.Center.City))
}

func (r *runner) hours(l Line) time.Duration { return time.Duration(l.number("hours", 0)) * time.Hour }

func post(l Line) party.PostCode { return party.PostCode(l.Words["post"]) }
