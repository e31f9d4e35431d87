package venue

import (
	"context"
	"errors"
	"fmt"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// Presences answers questions about people, across days, from a log of visits
// and the keys of its days. It resolves pseudonyms: whoever hands one out must
// first have checked that the asker may know.
type Presences struct {
	Log  Log
	Keys *trust.DayKeys
}

var (
	_ trace.Source = Presences{}
	_ trace.Crowd  = Presences{}
)

// OfPerson implements [trace.Source]; the token is a person's number. Days whose
// key is gone are silent.
func (p Presences) OfPerson(ctx context.Context, who trace.Token, w trace.Window) ([]trace.Stay, error) {
	days, err := p.Log.Days(ctx)
	if err != nil {
		return nil, err
	}
	span := DaysOf(w)
	var stays []trace.Stay
	for _, day := range days {
		if !span.Holds(day) {
			continue
		}
		key, ok, keyErr := p.key(day)
		if !ok {
			err = errors.Join(err, keyErr)
			continue
		}
		visits, dayErr := p.Log.ByPerson(ctx, day, key.Pseudonym(trust.Person(who)))
		err = errors.Join(err, dayErr)
		for _, v := range visits {
			if v.Window().Meets(w) {
				stays = append(stays, trace.Stay{Who: who, Place: trace.Token(v.Site), Window: v.Window(), Party: int(v.Party)})
			}
		}
	}
	return stays, err
}

// AtPlace implements [trace.Source]; the token is a site's id.
func (p Presences) AtPlace(ctx context.Context, place trace.Token, w trace.Window, yield func(trace.Stay) bool) error {
	resolvers := map[civil.Day]*trust.Resolver{}
	var keyErr error
	var last *trust.Resolver
	err := p.Log.AtSite(ctx, SiteID(place), w, func(v Presence) bool {
		if v.Who == Nobody {
			return true
		}
		if last == nil || v.Day != last.Day() {
			r, held := resolvers[v.Day]
			if !held {
				key, ok, err := p.key(v.Day)
				if !ok {
					keyErr = errors.Join(keyErr, err)
					return true
				}
				r = key.Resolver()
				resolvers[v.Day] = r
			}
			last = r
		}
		return yield(trace.Stay{Who: trace.Token(last.Person(v.Who)), Place: place, Window: v.Window(), Party: int(v.Party)})
	})
	return errors.Join(err, keyErr)
}

// key gives a day's key; not ok without an error when it was destroyed.
func (p Presences) key(day civil.Day) (key trust.DayKey, ok bool, err error) {
	key, err = p.Keys.Get(day)
	switch {
	case err == nil:
		return key, true, nil
	case fault.Is(err, fault.Conflict):
		return key, false, nil
	}
	return key, false, fmt.Errorf("key of day %s: %w", day, err)
}

// Visits implements [trace.Crowd].
func (p Presences) Visits(ctx context.Context, place trace.Token, w trace.Window) (int, error) {
	n := 0
	err := p.Log.AtSite(ctx, SiteID(place), w, func(Presence) bool {
		n++
		return true
	})
	return n, err
}

// Whole implements [trace.Crowd]. It reads every visit of the days.
func (p Presences) Whole(ctx context.Context, w trace.Window) (stays, places int, err error) {
	days, err := p.Log.Days(ctx)
	if err != nil {
		return 0, 0, err
	}
	span := DaysOf(w)
	seen := map[SiteID]bool{}
	for _, day := range days {
		if !span.Holds(day) {
			continue
		}
		err = errors.Join(err, p.Log.EachVisit(ctx, day, func(v Visit) bool {
			if v.Window().Meets(w) {
				stays++
				seen[v.Site] = true
			}
			return true
		}))
	}
	return stays, len(seen), err
}
