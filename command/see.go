package command

import (
	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// See returns nil if the actor may read a record that lies in an area. A
// record out of the reader's sight is NotFound, as one that is not there: to
// say "forbidden" would say that it exists.
func (c *Center) See(who access.Actor, right access.Right, area place.Code, kind trace.Kind, id string) error {
	lineage, err := c.Lineage(area)
	if err != nil {
		return err
	}
	if who.Check(right, lineage) != nil {
		return fault.New(fault.NotFound, "there is no %s %s", kind, id)
	}
	return nil
}
