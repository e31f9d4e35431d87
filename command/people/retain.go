package people

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/venue"
)

// Beat is how often a round over the days is made. An hour after a day was over
// it is sealed, and no day outlives its time by more.
const Beat = time.Hour

// TroubleKind says what is wrong with the days of visits.
type TroubleKind string

// The kinds of troubles.
const (
	Overdue     TroubleKind = "overdue"     // older than the retention, and can still be read
	Undestroyed TroubleKind = "undestroyed" // their time is up, and they could not be destroyed
	Unsealed    TroubleKind = "unsealed"    // over, and they could not be sealed or journalled
	Unproved    TroubleKind = "unproved"    // certificates do not verify, or could not be journalled
	Unchecked   TroubleKind = "unchecked"   // nobody could look
)

// TroubleKinds lists the kinds of troubles, the gravest first.
func TroubleKinds() []TroubleKind {
	return []TroubleKind{Overdue, Undestroyed, Unsealed, Unproved, Unchecked}
}

// Trouble is something about the days of visits that whoever is on duty must
// know. It goes away by itself once it is mended.
type Trouble struct {
	Kind TroubleKind
	// Days are those that it is about, the oldest first; none when it is about all.
	Days  []civil.Day
	Since time.Time // the round that saw it first
}

// Retain makes one round over the days: it seals those that are over, destroys
// those whose time is up where there are signers, journals both, destroys again
// what came back of a destroyed day, and looks that nothing older can be read. A
// day that fails does not keep the others from it. What is wrong is a trouble
// until a later round finds it mended; the error says the same with its causes.
func (d *Desk) Retain(ctx context.Context, by *Signers) error {
	d.days.Lock()
	defer d.days.Unlock()
	r := &round{desk: d, by: by, found: map[TroubleKind][]civil.Day{}}
	r.today, r.first = d.today()
	r.make(ctx)
	if ctx.Err() == nil { // a server that stops has not found anything
		d.tell(r.found)
	}
	return errors.Join(r.causes...)
}

// round is one round over the days.
type round struct {
	desk         *Desk
	by           *Signers
	today, first civil.Day
	found        map[TroubleKind][]civil.Day
	causes       []error
}

func (r *round) fail(kind TroubleKind, err error, days ...civil.Day) {
	r.found[kind] = append(r.found[kind], days...)
	r.causes = append(r.causes, err)
}

func (r *round) make(ctx context.Context) {
	days, err := r.desk.left(ctx)
	if err != nil {
		r.fail(Unchecked, err)
		return
	}
	records, err := r.desk.records(ctx)
	if err != nil {
		r.fail(Unchecked, err)
		return
	}
	if err := r.desk.journalCertificates(ctx); err != nil {
		r.fail(Unproved, err)
	}
	days = r.buryAgain(ctx, days, records)
	for _, day := range days {
		switch {
		case day < r.first && r.by != nil:
			if _, err := r.desk.destroy(ctx, day, *r.by); err != nil {
				r.fail(Undestroyed, fmt.Errorf("destroy the visits of %s: %w", day, err), day)
			}
		case day >= r.first && day < r.today:
			if err := r.seal(ctx, day, records[day]); err != nil {
				r.fail(Unsealed, fmt.Errorf("seal the visits of %s: %w", day, err), day)
			}
		}
	}
	r.look(ctx)
}

// left lists the days of which there are visits or a key, the oldest first. A
// key without visits is left by check-ins that were not stored in the end.
func (d *Desk) left(ctx context.Context) ([]civil.Day, error) {
	stored, err := d.Visits.Log.Days(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the days of visits: %w", err)
	}
	held, err := d.Visits.Keys.Days()
	if err != nil {
		return nil, fmt.Errorf("list the keys of days: %w", err)
	}
	days := slices.Concat(stored, held)
	slices.Sort(days)
	return slices.Compact(days), nil
}

// buryAgain destroys what came back of days that are destroyed on record, as an
// old copy of keys and files may bring it, and gives the days that remain.
func (r *round) buryAgain(ctx context.Context, days []civil.Day, records map[civil.Day]venue.DayRecord) []civil.Day {
	var remain []civil.Day
	for _, day := range days {
		if records[day].State != venue.Destroyed {
			remain = append(remain, day)
			continue
		}
		if err := r.desk.Visits.Log.Forget(ctx, day); err != nil {
			r.fail(Undestroyed, fmt.Errorf("destroy again what came back of the visits of %s: %w", day, err), day)
		}
	}
	return remain
}

// seal seals a day unless it is on record as it stands.
func (r *round) seal(ctx context.Context, day civil.Day, was venue.DayRecord) error {
	if settled, err := r.desk.Visits.Log.Settled(ctx, day); err != nil || settled && was.State == venue.Sealed {
		return err
	}
	_, err := r.desk.seal(ctx, day)
	return err
}

// look checks that nothing older than the retention can be read.
func (r *round) look(ctx context.Context) {
	left, err := venue.Remaining(ctx, r.desk.Visits.Log, r.desk.Visits.Keys, r.first)
	if err != nil {
		r.fail(Unchecked, err)
		return
	}
	if len(left) > 0 {
		r.fail(Overdue, venue.Outlived(left), left.Days()...)
	}
}

// tell replaces the troubles by those of a round; what was known before keeps
// the instant at which it began.
func (d *Desk) tell(found map[TroubleKind][]civil.Day) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.Center.Time()
	var troubles []Trouble
	for _, kind := range TroubleKinds() {
		days, is := found[kind]
		if !is {
			continue
		}
		t := Trouble{Kind: kind, Days: days, Since: now}
		if i := slices.IndexFunc(d.troubles, func(was Trouble) bool { return was.Kind == kind }); i >= 0 {
			t.Since = d.troubles[i].Since
		}
		troubles = append(troubles, t)
	}
	d.troubles, d.looked = troubles, now
}

// Troubles tells what is wrong, the gravest first, to those who see the inbox.
// Rounds that are not made any more are a trouble of their own.
func (d *Desk) Troubles(who access.Actor) ([]Trouble, error) {
	if err := who.Check(access.ReadSignals, nil); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.Center.Time()
	if d.looked.IsZero() {
		d.looked = now
	}
	troubles := slices.Clone(d.troubles)
	late := now.Sub(d.looked) > 2*Beat
	if late && !slices.ContainsFunc(troubles, func(t Trouble) bool { return t.Kind == Unchecked }) {
		troubles = append(troubles, Trouble{Kind: Unchecked, Since: d.looked})
	}
	return troubles, nil
}
