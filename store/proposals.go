package store

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

var (
	proposalTable = table{"proposal", "id, status, event, area, pack, rule, current_level, level, inputs, day, made, state, decided, decided_area, by_user, by_org, decided_at, second_user, seconded, why, version"}
	levelTable    = table{"area_level", "id, status, area, level, proposal, pack, from_at, review, expires, until_at, version"}
)

func proposalRow(p *decide.Proposal) []any {
	return []any{&p.ID, &p.Status, &p.Event, &p.Area, jsonText{&p.Pack}, &p.Rule, &p.Current, &p.Level, jsonText{&p.Inputs},
		&p.Day, instant{&p.Made}, &p.State, &p.Decided, &p.DecidedArea, &p.By, &p.ByOrg, maybeInstant{&p.At},
		&p.Second, maybeInstant{&p.Seconded}, &p.Why, &p.Version}
}

func levelRow(l *decide.AreaLevel) []any {
	return []any{&l.ID, &l.Status, &l.Area, &l.Level, &l.Proposal, jsonText{&l.Pack}, instant{&l.From}, &l.Review,
		&l.Expires, maybeInstant{&l.Until}, &l.Version}
}

// Proposal implements [plan.Tx] and [order.Tx].
func (tx *Tx) Proposal(ctx context.Context, id decide.ProposalID) (decide.Proposal, error) {
	return tx.OneProposal(ctx, id)
}

// OpenProposal implements [plan.Tx].
func (tx *Tx) OpenProposal(ctx context.Context, area place.Code, status observe.Status) (decide.Proposal, bool, error) {
	p, ok, err := first(ctx, tx.q, proposalRow, proposalTable.get()+`WHERE area = $1 AND status = $2
		AND state IN ('open', 'seconding') ORDER BY seq DESC LIMIT 1`, area, status)
	if err != nil {
		return p, false, fmt.Errorf("read the open proposal of %s: %w", area, err)
	}
	return p, ok, nil
}

// AddProposal implements [plan.Tx].
func (tx *Tx) AddProposal(ctx context.Context, p decide.Proposal) error {
	tx.stands(decide.ProposalKind, string(p.ID), string(p.State))
	return add(ctx, tx.q, proposalTable, proposalRow(&p), "proposal", p.ID)
}

// SaveProposal implements [plan.Tx].
func (tx *Tx) SaveProposal(ctx context.Context, p decide.Proposal) error {
	tx.stands(decide.ProposalKind, string(p.ID), string(p.State))
	return save(ctx, tx.q, proposalTable, proposalRow(&p), "proposal", p.ID, p.Version)
}

// StandingLevel implements [plan.Tx].
func (tx *Tx) StandingLevel(ctx context.Context, area place.Code, status observe.Status) (decide.AreaLevel, bool, error) {
	l, ok, err := first(ctx, tx.q, levelRow, levelTable.get()+`WHERE area = $1 AND status = $2 AND until_at IS NULL
		ORDER BY seq DESC LIMIT 1`, area, status)
	if err != nil {
		return l, false, fmt.Errorf("read the standing level of %s: %w", area, err)
	}
	return l, ok, nil
}

// AddLevel implements [plan.Tx].
func (tx *Tx) AddLevel(ctx context.Context, l decide.AreaLevel) error {
	return add(ctx, tx.q, levelTable, levelRow(&l), "level", l.ID)
}

// SaveLevel implements [plan.Tx].
func (tx *Tx) SaveLevel(ctx context.Context, l decide.AreaLevel) error {
	return save(ctx, tx.q, levelTable, levelRow(&l), "level", l.ID, l.Version)
}

var proposalsByTime = paged[decide.Proposal]{proposalTable, proposalRow, newestFirst, bySeq[decide.Proposal]}

// Proposals implements [plan.Store].
func (v view) Proposals(ctx context.Context, f plan.ProposalFilter, p command.Paging) (command.Page[decide.Proposal], error) {
	seen, err := v.scope(ctx, f.Within, f.Area)
	if err != nil {
		return command.Page[decide.Proposal]{}, err
	}
	var c conditions
	seen.add(&c)
	if f.Status != "" {
		c.add("status = $?", f.Status)
	}
	if len(f.States) > 0 {
		c.add("state IN each($?)", array(f.States))
	}
	if f.Event != "" {
		c.add("event = $?", f.Event)
	}
	at, more, err := readCursor(p.After, proposalsByTime.by())
	if err != nil {
		return command.Page[decide.Proposal]{}, err
	}
	if more {
		c.add("seq < $?", at.Seq)
	}
	return proposalsByTime.page(ctx, v.q, c, pageSize(p))
}

// OneProposal implements [plan.Store].
func (v view) OneProposal(ctx context.Context, id decide.ProposalID) (decide.Proposal, error) {
	return one(ctx, v.q, proposalTable, proposalRow, "proposal", id)
}

// OneLevel implements [plan.Store].
func (v view) OneLevel(ctx context.Context, id decide.LevelID) (decide.AreaLevel, error) {
	return one(ctx, v.q, levelTable, levelRow, "level", id)
}

// Levels implements [plan.Store]: by area.
func (v view) Levels(ctx context.Context, within []place.Code, at time.Time, status observe.Status) ([]decide.AreaLevel, error) {
	levels, err := list(ctx, v.q, levelRow, levelTable.get()+`WHERE status = $1
		AND area IN (SELECT area FROM area_closure WHERE within IN each($2))
		AND from_at <= $3 AND (until_at IS NULL OR until_at > $3) ORDER BY area, seq`, status, array(within), at.UnixMicro())
	if err != nil {
		return nil, fmt.Errorf("list of levels: %w", err)
	}
	return levels, nil
}

// LevelsToReview implements [plan.Store]: the longest due first.
func (v view) LevelsToReview(ctx context.Context, day civil.Day, status observe.Status) ([]decide.AreaLevel, error) {
	levels, err := list(ctx, v.q, levelRow, levelTable.get()+`WHERE status = $1 AND review <= $2 AND until_at IS NULL
		ORDER BY review, seq`, status, day)
	if err != nil {
		return nil, fmt.Errorf("list of levels to review: %w", err)
	}
	return levels, nil
}
