package storetest

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store"
)

// places are the areas that the records of the lists lie in.
var places = []place.Code{City, East, West, Harbour, Hill, Quay}

// lies reports whether an area lies in one of others.
func lies(area place.Code, within []place.Code) bool {
	tree, err := place.NewTree(Areas())
	if err != nil {
		panic(err)
	}
	return slices.ContainsFunc(within, func(outer place.Code) bool { return tree.Holds(outer, area) })
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// pages reads a list to its end, a few rows at a time, and returns the ids.
func pages[T any](t *testing.T, read func(p command.Paging) (command.Page[T], error), id func(T) string) []string {
	t.Helper()
	var all []string
	for p := (command.Paging{Limit: 7}); ; {
		page, err := read(p)
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Items) > p.Limit {
			t.Fatalf("a page of %d holds %d", p.Limit, len(page.Items))
		}
		for _, item := range page.Items {
			all = append(all, id(item))
		}
		if p.After = page.Next; page.Next == "" {
			return all
		}
	}
}

// scopes are what readers of a list may see.
var scopes = [][]place.Code{{City}, {East}, {Harbour}, {Quay}, {Quay, West}, {East, Harbour}, {Elsewhere}, nil}

func TestSignalsAreListedAsFiltered(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		r := rand.New(rand.NewPCG(1, 2))
		var all []detect.Signal
		for n := range 120 {
			s := aSignal(n)
			s.Area, s.State, s.Status = pick(r, places), pick(r, detect.States()), pick(r, observe.Statuses())
			s.Rank, s.Day = float64(r.IntN(5)), day+civil.Day(r.IntN(3))
			all = append(all, s)
		}
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			for _, s := range all {
				if err := tx.AddSignal(ctx, s); err != nil {
					return err
				}
			}
			return nil
		})
		for _, within := range scopes {
			for _, f := range []watch.SignalFilter{
				{Status: observe.Actual},
				{Status: observe.Actual, ByRank: true},
				{States: []detect.State{detect.Raised, detect.Discarded}},
				{Status: observe.Actual, States: []detect.State{detect.Raised}, ByRank: true},
				{Status: observe.Actual, States: []detect.State{detect.Snoozed}},
				{Status: observe.Exercise, Area: East, States: []detect.State{detect.Verified}},
				{Status: observe.Actual, Area: Quay},
				{Status: observe.Actual, Day: ptr(day), ByRank: true},
			} {
				f.Within = within
				got := pages(t, func(p command.Paging) (command.Page[detect.Signal], error) { return db.Signals(t.Context(), f, p) },
					func(s detect.Signal) string { return string(s.ID) })
				if diff := gocmp.Diff(signalsLike(all, f), got); diff != "" {
					t.Errorf("filter %+v (-want +got):\n%s", f, diff)
				}
			}
		}
	})
}

// signalsLike is the plain meaning of a filter.
func signalsLike(all []detect.Signal, f watch.SignalFilter) (ids []string) {
	kept := slices.Clone(all)
	slices.Reverse(kept)
	if f.ByRank {
		slices.SortStableFunc(kept, func(a, b detect.Signal) int { return cmp.Compare(b.Rank, a.Rank) })
	}
	for _, s := range kept {
		if lies(s.Area, f.Within) && (f.Area == "" || lies(s.Area, []place.Code{f.Area})) && (f.Status == "" || s.Status == f.Status) &&
			(len(f.States) == 0 || slices.Contains(f.States, s.State)) && (f.Day == nil || s.Day == *f.Day) {
			ids = append(ids, string(s.ID))
		}
	}
	return ids
}

func TestDirectivesAreListedAsFiltered(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		r := rand.New(rand.NewPCG(3, 4))
		var all []direct.Directive
		for n := range 120 {
			d := aDirective(n, decide.Proposal{Status: pick(r, observe.Statuses()), Event: pick(r, []detect.EventID{"e1", "e2"})})
			d.Area, d.State, d.Held = pick(r, places), pick(r, direct.States()), pick(r, expected().Posts).Code
			d.Due = morning.Add(time.Duration(r.IntN(10)) * time.Hour)
			all = append(all, d)
		}
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			for _, d := range all {
				if err := tx.AddDirective(ctx, d); err != nil {
					return err
				}
			}
			return nil
		})
		for _, within := range scopes {
			for _, f := range []order.DirectiveFilter{
				{Status: observe.Actual},
				{Status: observe.Actual, ByDue: true, States: []direct.State{direct.Issued, direct.Acknowledged, direct.Reported}},
				{ByDue: true, States: []direct.State{direct.Issued, direct.Closed}},
				{Status: observe.Actual, Post: "hill-duty", Event: "e1"},
				{Status: observe.Test, Area: Harbour, ByDue: true},
			} {
				f.Within = within
				got := pages(t, func(p command.Paging) (command.Page[direct.Directive], error) {
					return db.Directives(t.Context(), f, p)
				},
					func(d direct.Directive) string { return string(d.ID) })
				if diff := gocmp.Diff(directivesLike(all, f), got); diff != "" {
					t.Errorf("filter %+v (-want +got):\n%s", f, diff)
				}
			}
		}
	})
}

func directivesLike(all []direct.Directive, f order.DirectiveFilter) (ids []string) {
	kept := slices.Clone(all)
	if f.ByDue {
		slices.SortStableFunc(kept, func(a, b direct.Directive) int { return a.Due.Compare(b.Due) })
	} else {
		slices.Reverse(kept)
	}
	for _, d := range kept {
		if lies(d.Area, f.Within) && (f.Area == "" || lies(d.Area, []place.Code{f.Area})) && (f.Status == "" || d.Status == f.Status) &&
			(len(f.States) == 0 || slices.Contains(f.States, d.State)) && (f.Post == "" || d.Held == f.Post) && (f.Event == "" || d.Event == f.Event) {
			ids = append(ids, string(d.ID))
		}
	}
	return ids
}

func TestProposalsAndLevelsAreListed(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		open, decided := aProposal(1, detect.Event{ID: "e1", Status: observe.Actual}), aProposal(2, detect.Event{ID: "e2", Status: observe.Actual})
		decided.State, decided.Area = decide.Accepted, West
		standing, ended := aLevel(3, open), aLevel(4, open)
		ended.Area, ended.Until = West, ptr(morning.Add(time.Hour))
		event, closed := anEvent(5, aSignal(1)), anEvent(6, aSignal(1))
		closed.Closed, closed.Area = ptr(morning), West
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			for _, err := range []error{tx.AddProposal(ctx, open), tx.AddProposal(ctx, decided), tx.AddLevel(ctx, standing), tx.AddLevel(ctx, ended),
				tx.AddEvent(ctx, event), tx.AddEvent(ctx, closed)} {
				if err != nil {
					return err
				}
			}
			got, ok, err := tx.OpenProposal(ctx, East, observe.Actual)
			if !ok {
				t.Error("the open proposal is not found")
			}
			same(t, "open proposal", got, err, open)
			if _, ok, err := tx.OpenProposal(ctx, West, observe.Actual); ok || err != nil {
				t.Errorf("a decided proposal is open: %v", err)
			}
			level, ok, err := tx.StandingLevel(ctx, East, observe.Actual)
			if !ok {
				t.Error("the standing level is not found")
			}
			same(t, "standing level", level, err, standing)
			if _, ok, err := tx.StandingLevel(ctx, West, observe.Actual); ok || err != nil {
				t.Errorf("an ended level stands: %v", err)
			}
			return nil
		})
		for _, tc := range []struct {
			filter plan.ProposalFilter
			want   []decide.Proposal
		}{
			{plan.ProposalFilter{Within: []place.Code{City}}, []decide.Proposal{decided, open}},
			{plan.ProposalFilter{Within: []place.Code{City}, Event: "e1"}, []decide.Proposal{open}},
			{plan.ProposalFilter{Within: []place.Code{West}}, []decide.Proposal{decided}},
			{plan.ProposalFilter{Within: []place.Code{City}, States: []decide.ProposalState{decide.Open}, Area: East, Status: observe.Actual}, []decide.Proposal{open}},
			{plan.ProposalFilter{Within: []place.Code{City}, Status: observe.Test}, []decide.Proposal{}},
		} {
			page, err := db.Proposals(ctx, tc.filter, command.Paging{})
			same(t, fmt.Sprintf("proposals of %+v", tc.filter), page.Items, err, tc.want)
		}
		before, err := db.Levels(ctx, []place.Code{City}, morning.Add(-time.Second), observe.Actual)
		same(t, "levels before", before, err, nil)
		during, err := db.Levels(ctx, []place.Code{City}, morning, observe.Actual)
		same(t, "levels then", during, err, []decide.AreaLevel{standing, ended})
		after, err := db.Levels(ctx, []place.Code{City}, morning.Add(time.Hour), observe.Actual)
		same(t, "levels after", after, err, []decide.AreaLevel{standing})
		due, err := db.LevelsToReview(ctx, day+14, observe.Actual)
		same(t, "levels to review", due, err, []decide.AreaLevel{standing})
		early, err := db.LevelsToReview(ctx, day+13, observe.Actual)
		same(t, "levels to review a day early", early, err, nil)
		events, err := db.Events(ctx, []place.Code{City}, observe.Actual)
		same(t, "events", events, err, []detect.Event{closed, event})
		openEvents, err := db.OpenEvents(ctx, observe.Actual)
		same(t, "open events", openEvents, err, []detect.Event{event})
	})
}

func TestPendingDirectives(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		p := decide.Proposal{Status: observe.Actual}
		build := func(n int, change func(*direct.Directive)) direct.Directive {
			d := aDirective(n, p)
			d.State, d.Reminded, d.Completion = direct.Acknowledged, ptr(morning), nil
			change(&d)
			return d
		}
		pending := []direct.Directive{
			build(1, func(d *direct.Directive) { d.State = direct.Issued }),
			build(2, func(d *direct.Directive) { d.Reminded = nil }),
			build(3, func(d *direct.Directive) { d.Completion = &direct.Completion{Target: 1} }),
			build(4, func(d *direct.Directive) { d.Completion = &direct.Completion{Target: 1, Met: ptr(morning)} }),
			build(5, func(d *direct.Directive) { d.Due = morning }),
		}
		idle := []direct.Directive{
			build(6, func(*direct.Directive) {}),
			build(7, func(d *direct.Directive) { d.Due, d.Overdue = morning, ptr(morning) }),
			build(8, func(d *direct.Directive) { d.State, d.Reminded = direct.Closed, nil }),
			build(9, func(d *direct.Directive) { d.State, d.Reminded = direct.Withdrawn, nil }),
			build(10, func(d *direct.Directive) {
				d.State, d.Completion = direct.Verified, &direct.Completion{Target: 1, Met: ptr(morning)}
			}),
		}
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			for _, d := range append(slices.Clone(pending), idle...) {
				if err := tx.AddDirective(ctx, d); err != nil {
					return err
				}
			}
			return nil
		})
		got, err := db.Pending(t.Context(), morning)
		slices.SortFunc(got, func(a, b direct.Directive) int { return cmp.Compare(a.ID, b.ID) })
		same(t, "pending", got, err, pending)
	})
}

func TestShifts(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		first, next := aShift(1), aShift(2)
		next.From, next.Until = first.Until, first.Until.Add(8*time.Hour)
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.AddShift(ctx, next); err != nil {
				return err
			}
			if err := tx.AddShift(ctx, first); err != nil {
				return err
			}
			got, err := tx.ShiftsOver(ctx, first.Post, first.Until.Add(-time.Hour), first.Until)
			same(t, "shifts that overlap the last hour", got, err, []direct.Shift{first})
			return nil
		})
		handover, err := db.OnDuty(ctx, first.Until)
		same(t, "on duty at the handover", handover, err, []direct.Shift{next})
		all, err := db.Shifts(ctx, first.From, next.Until)
		same(t, "shifts", all, err, []direct.Shift{first, next})
	})
}

func TestACursorOfAnotherListIsInvalid(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			for n := range 3 {
				if err := tx.AddSignal(ctx, aSignal(n)); err != nil {
					return err
				}
			}
			return nil
		})
		f := watch.SignalFilter{Within: []place.Code{City}, ByRank: true}
		page, err := db.Signals(t.Context(), f, command.Paging{Limit: 1})
		if err != nil || page.Next == "" {
			t.Fatalf("first page: next %q, %v", page.Next, err)
		}
		f.ByRank = false
		for name, after := range map[string]string{"of another order": page.Next, "of no list": "!", "cut short": page.Next[:5]} {
			if _, err := db.Signals(t.Context(), f, command.Paging{After: after}); !fault.Is(err, fault.Invalid) {
				t.Errorf("a cursor %s: got %v, want invalid", name, err)
			}
		}
	})
}

func TestAccountsArePaged(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		var want []string
		act(t, db, func(ctx context.Context, tx *store.Tx) error {
			for n := range 20 {
				a := anAccount(n, fmt.Sprintf("user%d", n))
				want = append([]string{string(a.ID)}, want...)
				if err := tx.AddAccount(ctx, a); err != nil {
					return err
				}
			}
			return nil
		})
		got := pages(t, func(p command.Paging) (command.Page[access.Account], error) { return db.Accounts(t.Context(), p) },
			func(a access.Account) string { return string(a.ID) })
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("accounts (-want +got):\n%s", diff)
		}
	})
}
