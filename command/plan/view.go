package plan

import (
	"context"
	"fmt"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/fault"
)

// Proposals lists the proposals that the reader may see; the filter's Within
// is the reader's own areas, whatever it holds.
func (d *Desk) Proposals(ctx context.Context, who access.Actor, f ProposalFilter, p command.Paging) (command.Page[decide.Proposal], error) {
	if err := who.Check(access.ReadProposals, nil); err != nil {
		return command.Page[decide.Proposal]{}, err
	}
	f.Within = who.Areas(access.ReadProposals)
	return d.Store.Proposals(ctx, f, p)
}

// Proposal returns one proposal; NotFound for one out of sight.
func (d *Desk) Proposal(ctx context.Context, who access.Actor, id decide.ProposalID) (decide.Proposal, error) {
	p, err := d.Store.OneProposal(ctx, id)
	if err != nil {
		return p, err
	}
	return p, d.Center.See(who, access.ReadProposals, p.Area, decide.ProposalKind, string(id))
}

// Why opens the reason of a proposal's decision, for a reader who may see the
// proposal; it is empty without one, and once its key is destroyed.
func (d *Desk) Why(p decide.Proposal) (string, error) {
	if len(p.Why) == 0 {
		return "", nil
	}
	why, err := d.Center.Sealer.Open(command.WhyClass, string(p.ID), p.Why)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) {
		return "", nil // forgotten, as it should be
	}
	if err != nil {
		return "", fmt.Errorf("open the reason of proposal %s: %w", p.ID, err)
	}
	return string(why), nil
}
