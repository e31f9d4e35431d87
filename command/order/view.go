package order

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/direct"
)

// Directives lists the directives that the reader may see; the filter's Within
// is the reader's own areas, whatever it holds.
func (d *Desk) Directives(ctx context.Context, who access.Actor, f DirectiveFilter, p command.Paging) (command.Page[direct.Directive], error) {
	if err := who.Check(access.ReadDirectives, nil); err != nil {
		return command.Page[direct.Directive]{}, err
	}
	f.Within = who.Areas(access.ReadDirectives)
	return d.Store.Directives(ctx, f, p)
}

// Directive returns one directive; NotFound for one out of sight.
func (d *Desk) Directive(ctx context.Context, who access.Actor, id direct.DirectiveID) (direct.Directive, error) {
	order, err := d.Store.OneDirective(ctx, id)
	if err != nil {
		return order, err
	}
	return order, d.Center.See(who, access.ReadDirectives, order.Area, direct.DirectiveKind, string(id))
}

// OnDuty returns the shifts that cover an instant, of the posts of all areas:
// who answers for what is no secret within the command.
func (d *Desk) OnDuty(ctx context.Context, who access.Actor, at time.Time) ([]direct.Shift, error) {
	if err := who.Check(access.ReadDuty, nil); err != nil {
		return nil, err
	}
	return d.Store.OnDuty(ctx, at)
}
