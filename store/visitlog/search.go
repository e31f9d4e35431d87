package visitlog

import (
	"context"
	"errors"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// ByPerson implements [venue.Log].
func (l *Log) ByPerson(ctx context.Context, day civil.Day, who trust.Pseudonym) ([]venue.Visit, error) {
	d, err := l.dayLog(day)
	if err != nil || d == nil {
		return nil, err
	}
	var visits []venue.Visit
	err = d.view.Load().each(
		func(m *memtable, n int, yield func(uint32, *row) bool) bool { return m.eachOf(who, n, yield) },
		func(r *run, yield func(uint32, row) error) error { return r.eachOf(who, yield) },
		func(r *row) bool {
			visits = append(visits, r.visit(day, l.sites))
			return ctx.Err() == nil
		})
	sortVisits(visits)
	return visits, errors.Join(err, ctx.Err())
}

// EachVisit implements [venue.Log].
func (l *Log) EachVisit(ctx context.Context, day civil.Day, yield func(venue.Visit) bool) error {
	d, err := l.dayLog(day)
	if err != nil || d == nil {
		return err
	}
	err = d.view.Load().each(
		func(m *memtable, n int, yield func(uint32, *row) bool) bool { return m.each1(n, yield) },
		(*run).eachRow,
		func(r *row) bool { return yield(r.visit(day, l.sites)) && ctx.Err() == nil })
	return errors.Join(err, ctx.Err())
}

// each calls yield with every row that counts among those which the two
// sources give, until it returns false. Damage does not end it.
func (v *view) each(
	table func(m *memtable, n int, yield func(uint32, *row) bool) bool,
	file func(r *run, yield func(uint32, row) error) error,
	yield func(*row) bool,
) error {
	for _, t := range v.tables() {
		more := table(t.table, t.n, func(i uint32, r *row) bool { return t.dead.has(i) || yield(r) })
		if !more {
			return nil
		}
	}
	damage, ended := v.damage, false
	for _, r := range v.runs {
		err := file(r.run, func(place uint32, x row) error {
			if r.dead.has(place) || yield(&x) {
				return nil
			}
			ended = true
			return errFound
		})
		damage = errors.Join(damage, err)
		if ended {
			break
		}
	}
	return damage
}

// each1 calls yield with the first n rows, one by one.
func (m *memtable) each1(n int, yield func(uint32, *row) bool) bool {
	for i := range uint32(n) {
		if !yield(i, m.row(i)) {
			return false
		}
	}
	return true
}

// AtSite implements [venue.Log].
func (l *Log) AtSite(ctx context.Context, site venue.SiteID, w trace.Window, yield func(venue.Presence) bool) error {
	days, err := l.Days(ctx)
	if err != nil || w.Length() == 0 {
		return err
	}
	span := venue.DaysOf(w)
	for _, day := range days {
		if !span.Holds(day) {
			continue
		}
		d, openErr := l.dayLog(day)
		if openErr != nil || d == nil {
			err = errors.Join(err, openErr)
			continue
		}
		more, dayErr := d.atSite(site, w, func(p venue.Presence) bool { return yield(p) && ctx.Err() == nil })
		err = errors.Join(err, dayErr)
		if !more {
			break
		}
	}
	return errors.Join(err, ctx.Err())
}

// atSite gives one day's part and tells whether more is wanted.
func (d *dayLog) atSite(site venue.SiteID, w trace.Window, yield func(venue.Presence) bool) (more bool, err error) {
	v := d.view.Load()
	number, known := d.log.sites.lookup(site)
	if !known {
		return true, v.damage // no file of this day that was read names the site
	}
	for _, t := range v.tables() {
		more := t.table.eachAt(number, t.n, func(i uint32, r *row) bool {
			return t.dead.has(i) || !r.window().Meets(w) || yield(r.presence(d.day))
		})
		if !more {
			return false, v.damage
		}
	}
	more, err = true, v.damage
	for _, r := range v.runs {
		err = errors.Join(err, r.eachAt(site, w, func(e *entry) error {
			if r.dead.has(e.row) {
				return nil
			}
			p := venue.Presence{Day: d.day, Who: e.who, Enter: e.enter(), Leave: e.leave, Party: e.party}
			if more = yield(p); !more {
				return errFound
			}
			return nil
		}))
		if !more {
			break
		}
	}
	return more, err
}
