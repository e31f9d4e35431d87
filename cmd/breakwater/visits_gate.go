package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// The limits at the gate of visits. The busiest minute of a city of seven
// million is some 3,500 check-ins a second over all sites.
const (
	// siteRate and siteBurst bound what one site may send, by the second and at
	// once: a stadium's gates open for more than a burst of ten minutes.
	siteRate, siteBurst = 100, 60_000
	// gateQueue is how many batches may wait for the disk.
	gateQueue = 4096
	// keepVisits is how many days of visits are kept, today included.
	keepVisits = 21
)

// gate makes the gate at which visits come in. There is no register of sites
// yet: a declaration covers them when it covers the whole city.
func (v *visits) gate(lineage command.Lineage, keep int) *venue.Gate {
	return venue.NewGate(venue.Gate{Admission: v.admission(lineage, keep), Log: v.log, Limits: venue.NewSiteLimits(siteRate, siteBurst)}, gateQueue)
}

// admission is the rule by which visits are collected, from wherever they come.
func (v *visits) admission(lineage command.Lineage, keep int) venue.Admission {
	return venue.Admission{Desk: venue.Desk{Keys: v.keys, Zone: v.city.Location}, Keep: keep,
		Declared: func(_ venue.SiteID, at time.Time) bool { return v.collects(lineage, at) }}
}

// collects reports whether a declaration lets visits be collected under
// pseudonyms in the city at an instant.
func (v *visits) collects(lineage command.Lineage, at time.Time) bool {
	within := func(inner, outer place.Code) bool {
		areas, err := lineage(inner)
		return err == nil && slices.Contains(areas, outer)
	}
	return v.declared.Covers(trust.CheckIns, v.city.Root, at, within)
}

// visitsDeclareCommand puts a declaration into effect.
type visitsDeclareCommand struct {
	Area  string   `placeholder:"CODE" help:"The area; without it the whole city."`
	Days  int      `default:"30" help:"How many days it lasts, at most 30 (${default})."`
	Basis string   `required:"" help:"The law and article on which it stands."`
	By    []string `required:"" placeholder:"USER@ORGANISATION" help:"Who approves; two people of different organisations."`
}

// Run implements the sub-command.
func (d *visitsDeclareCommand) Run(ctx context.Context, c *call) error {
	return c.withVisits(ctx, func(v *visits) error {
		now := c.now().UTC().Truncate(time.Microsecond)
		declaration := trust.Declaration{Area: v.city.Root, Modules: []trust.Module{trust.CheckIns}, Basis: d.Basis,
			From: now, Until: now.AddDate(0, 0, d.Days)}
		if d.Area != "" {
			declaration.Area = place.Code(d.Area)
		}
		for _, text := range d.By {
			user, organisation, ok := strings.Cut(text, "@")
			if !ok {
				return fault.At("the approval cannot be read", fault.Place{Field: "--by", Problem: "must have the form user@organisation"})
			}
			declaration.Approvals = append(declaration.Approvals,
				trust.Approval{By: party.UserID(user), Organisation: party.OrganisationCode(organisation), At: now})
		}
		id, err := drawID(c.random)
		if err != nil {
			return err
		}
		declaration.ID = trust.DeclarationID(id.String())
		if err := v.declared.Add(declaration); err != nil {
			return err
		}
		if c.asJSON {
			return c.printJSON(declaration)
		}
		_, err = fmt.Fprintf(c.out, "visits are collected in %s until %s\n", declaration.Area, declaration.Until.In(v.city.Location).Format(time.RFC3339))
		return err
	})
}

// drawID draws a random UUID.
func drawID(random io.Reader) (id trace.Token, err error) {
	_, err = io.ReadFull(random, id[:])
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id, err
}
