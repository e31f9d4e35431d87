package api

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

func (s *server) proposalRoutes() {
	const group = "proposals"
	open(s, door{method: "GET", path: "/v1/proposals", name: "listProposals", right: access.ReadProposals, group: group,
		summary: "Proposals, the newest first."}, s.listProposals)
	open(s, door{method: "POST", path: "/v1/proposals", name: "askProposal", right: access.DecideProposal, deed: acts, group: group,
		summary: "Ask the rule about an area now, to accept or override what it says."}, s.askProposal)
	open(s, door{method: "GET", path: "/v1/proposals/{id}", name: "getProposal", right: access.ReadProposals, group: group,
		summary: "One proposal with its rule in words and the reason of the decision."}, s.getProposal)
	open(s, door{method: "POST", path: "/v1/proposals/{id}/accept", name: "acceptProposal", right: access.DecideProposal, deed: acts, group: group,
		summary: "Decide as the rule proposes."}, s.acceptProposal)
	open(s, door{method: "POST", path: "/v1/proposals/{id}/override", name: "overrideProposal", right: access.DecideProposal, deed: acts, group: group,
		summary: "Decide otherwise than the rule proposes, with a reason."}, s.overrideProposal)
	open(s, door{method: "POST", path: "/v1/proposals/{id}/second", name: "secondProposal", right: access.SecondDecision, deed: acts, group: group,
		summary: "Approve or decline, as a second officer of another organisation, a level that restricts persons."}, s.secondProposal)
	open(s, door{method: "GET", path: "/v1/levels", name: "listLevels", right: access.ReadProposals, group: group,
		summary: "The levels of areas as they stood at an instant."}, s.listLevels)
}

func (s *server) listProposals(ctx context.Context, v visitor, in *struct {
	StatusQuery
	PageQuery
	State []string `query:"state" enum:"open,seconding,accepted,overridden,declined,lapsed"`
	Area  string   `query:"area" maxLength:"40" doc:"This area and all within it."`
	Event string   `query:"event" maxLength:"40"`
}) (List[Proposal], error) {
	page, err := s.Plan.Proposals(ctx, v.actor, plan.ProposalFilter{States: states[decide.ProposalState](in.State),
		Area: place.Code(in.Area), Event: detect.EventID(in.Event), Status: in.status()}, in.paging())
	return listed(page, s.proposalFor(v)), err
}

// The moves of a proposal, as clients name them.
const (
	moveAccept   = "accept"
	moveOverride = "override"
	moveSecond   = "second"
)

// proposalFor converts proposals with their rule in words and the moves that
// the reader may make.
func (s *server) proposalFor(v visitor) func(decide.Proposal) Proposal {
	return func(p decide.Proposal) Proposal {
		w := wireProposal(p)
		if rules, err := s.Plan.Pack(p.Pack.ID); err == nil {
			if rule, ok := rules.Rule(p.Rule); ok {
				text := wireText(rule.Wording)
				w.Wording = &text
			}
			level := p.Level
			if p.Decided != "" {
				level = p.Decided
			}
			def, _ := rules.Level(string(level))
			w.NeedsSecond = def.RestrictsPersons
		}
		lineage, err := s.Center.Lineage(p.Area)
		if err != nil {
			return w
		}
		switch {
		case p.State == decide.Open && v.actor.Check(access.DecideProposal, lineage) == nil:
			if p.Level != decide.Judgement {
				w.Moves = append(w.Moves, moveAccept)
			}
			w.Moves = append(w.Moves, moveOverride)
		case p.State == decide.Seconding && v.actor.Check(access.SecondDecision, lineage) == nil &&
			v.actor.User != p.By && v.actor.Organisation != p.ByOrg:
			w.Moves = append(w.Moves, moveSecond)
		}
		return w
	}
}

func (s *server) getProposal(ctx context.Context, v visitor, in *ByID) (Proposal, error) {
	p, err := s.Plan.Proposal(ctx, v.actor, decide.ProposalID(in.ID))
	if err != nil {
		return Proposal{}, err
	}
	w := s.proposalFor(v)(p)
	w.Why, err = s.Plan.Why(p)
	return w, err
}

func (s *server) askProposal(ctx context.Context, v visitor, in *struct {
	Body struct {
		Event string `json:"event" maxLength:"40"`
		Area  string `json:"area" maxLength:"40"`
		Reason
	}
}) (Proposal, error) {
	p, err := s.Plan.Ask(ctx, v.actor, detect.EventID(in.Body.Event), place.Code(in.Body.Area), in.Body.Why, v.key)
	return s.proposalFor(v)(p), err
}

func (s *server) acceptProposal(ctx context.Context, v visitor, in *struct {
	ByID
	Body struct {
		Why string `json:"why,omitempty" maxLength:"2000"`
	}
}) (Proposal, error) {
	p, err := s.Plan.Accept(ctx, v.actor, decide.ProposalID(in.ID), in.Body.Why, v.key)
	return s.proposalFor(v)(p), err
}

func (s *server) overrideProposal(ctx context.Context, v visitor, in *struct {
	ByID
	Body struct {
		Level string `json:"level" maxLength:"40" doc:"One of the levels of the pack."`
		Area  string `json:"area,omitempty" maxLength:"40" doc:"The proposal's area, or a smaller one within it."`
		Reason
	}
}) (Proposal, error) {
	p, err := s.Plan.Override(ctx, v.actor, decide.ProposalID(in.ID), plan.OverrideIn{Level: decide.Level(in.Body.Level),
		Area: place.Code(in.Body.Area), Why: in.Body.Why, Key: v.key})
	return s.proposalFor(v)(p), err
}

func (s *server) secondProposal(ctx context.Context, v visitor, in *struct {
	ByID
	Body struct {
		Consent string `json:"consent" enum:"approve,decline"`
		Why     string `json:"why,omitempty" maxLength:"2000" doc:"Needed to decline."`
	}
}) (Proposal, error) {
	p, err := s.Plan.Second(ctx, v.actor, decide.ProposalID(in.ID), plan.SecondIn{Consent: plan.Consent(in.Body.Consent), Why: in.Body.Why, Key: v.key})
	return s.proposalFor(v)(p), err
}

func (s *server) listLevels(ctx context.Context, v visitor, in *struct {
	StatusQuery
	At time.Time `query:"at" doc:"Now unless said."`
}) (List[AreaLevel], error) {
	at := in.At.UTC()
	if in.At.IsZero() {
		at = s.Center.Time()
	}
	levels, err := s.Plan.Levels(ctx, v.actor, at, in.status())
	return whole(convert(levels, wireLevel)), err
}

func (s *server) packRoutes() {
	const group = "packs"
	open(s, door{method: "GET", path: "/v1/packs", name: "listPacks", right: access.ReadPacks, group: group,
		summary: "The rule packs that can be asked."}, s.listPacks)
	open(s, door{method: "GET", path: "/v1/packs/{id}", name: "getPack", right: access.ReadPacks, group: group,
		summary: "One pack: levels, rules and templates, with their wording and sources."}, s.getPack)
	open(s, door{method: "POST", path: "/v1/packs/{id}/dry-run", name: "dryRunPack", right: access.ReadPacks, deed: changes, group: group,
		summary: "What a pack would change now. Nothing is written."}, s.dryRunPack)
}

func (s *server) listPacks(context.Context, visitor, *struct{}) (List[Pack], error) {
	return whole(convert(s.Plan.Packs, s.packFor)), nil
}

func (s *server) getPack(_ context.Context, _ visitor, in *ByID) (Pack, error) {
	p, err := s.Plan.Pack(in.ID)
	if err != nil {
		return Pack{}, err
	}
	return s.packFor(p), nil
}

func (s *server) dryRunPack(ctx context.Context, v visitor, in *struct {
	ByID
	StatusQuery
	Body struct {
		Day *civil.Day `json:"day,omitempty" format:"date" doc:"The city's day unless said."`
	}
}) (Changes, error) {
	day := s.today()
	if in.Body.Day != nil {
		day = *in.Body.Day
	}
	changes, err := s.Plan.DryRun(ctx, v.actor, in.ID, day, observe.Status(in.Status))
	return Changes{Pack: in.ID, Day: day, Changes: convert(changes, wireChange)}, err
}
