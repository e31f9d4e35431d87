package decide_test

import (
	"testing"

	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/pack"
)

func TestEveryMoveOfAProposal(t *testing.T) {
	allowed := map[[2]decide.ProposalState]bool{
		{decide.Open, decide.Seconding}: true, {decide.Open, decide.Accepted}: true,
		{decide.Open, decide.Overridden}: true, {decide.Open, decide.Lapsed}: true,
		{decide.Seconding, decide.Accepted}: true, {decide.Seconding, decide.Overridden}: true,
		{decide.Seconding, decide.Declined}: true,
	}
	for _, from := range decide.ProposalStates() {
		for _, to := range decide.ProposalStates() {
			p := decide.Proposal{ID: "p", State: from, Version: 1}
			err := p.Move(to)
			if allowed[[2]decide.ProposalState{from, to}] {
				if err != nil || p.State != to || p.Version != 2 {
					t.Errorf("%s to %s: %v, state %s, version %d", from, to, err, p.State, p.Version)
				}
			} else if !fault.Is(err, fault.Conflict) || p.State != from || p.Version != 1 {
				t.Errorf("%s to %s must be a conflict that changes nothing; got %v", from, to, err)
			}
		}
	}
}

func TestALevelThatRestrictsPersonsNeedsASecond(t *testing.T) {
	rules := &pack.Pack{ID: "x", Levels: []pack.Level{{Level: "low"}, {Level: "medium"}, {Level: "high", RestrictsPersons: true}}}
	p := decide.Proposal{Area: "district", Level: decide.Medium, State: decide.Open}
	for _, tc := range []struct {
		name   string
		choice decide.Choice
		want   decide.ProposalState
	}{
		{"as proposed is accepted", decide.Choice{Level: decide.Medium, Area: "district"}, decide.Accepted},
		{"another level is an override", decide.Choice{Level: decide.Low, Area: "district"}, decide.Overridden},
		{"the same level for a smaller area is an override", decide.Choice{Level: decide.Medium, Area: "street"}, decide.Overridden},
		{"a level that restricts persons waits for a second", decide.Choice{Level: decide.High, Area: "street"}, decide.Seconding},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := p.Next(rules, tc.choice)
			if err != nil || got != tc.want {
				t.Errorf("Next = %s, %v, want %s", got, err, tc.want)
			}
		})
	}
	if _, err := p.Next(rules, decide.Choice{Level: "extreme", Area: "district"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a level that the pack lacks: %v, want invalid", err)
	}
}
