package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// visitsDeclareCommand proposes a declaration, or puts one into effect where there
// is no command.
type visitsDeclareCommand struct {
	Area    string   `placeholder:"CODE" help:"The area; without it the whole city."`
	Days    int      `default:"30" help:"How many days it lasts once it is approved, at most 30 (${default})."`
	Basis   string   `required:"" help:"The law and article on which it stands."`
	Officer string   `xor:"who" required:"" placeholder:"USER" help:"The first of two who approve, with the right visit.declare there. The password is read from the terminal or the standard input."`
	Why     string   `help:"The officer's reason; it is sealed in the journal."`
	By      []string `xor:"who" required:"" placeholder:"USER@ORGANISATION" help:"Only where there are no records of a command: both who approve, two people of different organisations."`
}

// Help implements kong's help.
func (visitsDeclareCommand) Help() string {
	return `A declaration needs two officers of different organisations. One declares, the other approves with
breakwater visits move; until then heads are counted only. It lapses by itself.`
}

// Run implements the sub-command. With records of a command it may run beside a
// server.
func (d *visitsDeclareCommand) Run(ctx context.Context, c *call) error {
	cfg, err := c.config()
	switch {
	case err != nil:
		return err
	case cfg.recorded() && len(d.By) > 0:
		return fault.New(fault.Conflict, "there are records of a command here: its officers declare; name the first of two with --officer")
	case cfg.recorded():
		return c.withApp(ctx, func(a *app) error { return d.first(ctx, c, a) })
	case len(d.By) == 0:
		return fault.New(fault.Conflict, "there are no records of a command here, and so no officers: name with --by who approves")
	}
	return c.withVisits(ctx, func(v *visits) error { return d.alone(c, v) })
}

func (d *visitsDeclareCommand) terms(city city) trust.Terms {
	t := trust.Terms{Area: place.Code(d.Area), Modules: []trust.Module{trust.CheckIns}, Basis: d.Basis, Days: d.Days}
	if t.Area == "" {
		t.Area = city.Root
	}
	return t
}

func (d *visitsDeclareCommand) first(ctx context.Context, c *call, a *app) error {
	officer, err := c.officer(ctx, a, d.Officer)
	if err != nil {
		return err
	}
	proposed, err := a.declarations().Declare(ctx, officer, people.DeclareIn{Terms: d.terms(a.city), Why: d.Why})
	if err != nil {
		return err
	}
	return c.printDeclared(proposed, a.city.Location)
}

// alone puts a declaration into effect for a log of visits that stands alone. It
// names who approved, as whoever has the files says.
func (d *visitsDeclareCommand) alone(c *call, v *visits) error {
	terms := d.terms(v.city)
	if _, err := v.city.Areas.Lineage(terms.Area); err != nil {
		return err
	}
	approvals, err := d.approvals(c.now().UTC().Truncate(time.Microsecond))
	if err != nil {
		return err
	}
	id, err := drawID(c.random)
	if err != nil {
		return err
	}
	proposed, err := trust.Propose(trust.DeclarationID(id.String()), terms, approvals[0])
	if err != nil {
		return err
	}
	inForce, err := proposed.Approve(approvals[1])
	if err != nil {
		return err
	}
	if err := v.declared.Add(inForce); err != nil {
		return err
	}
	return c.printDeclared(inForce, v.city.Location)
}

func (d *visitsDeclareCommand) approvals(at time.Time) ([]trust.Approval, error) {
	wrong := func(problem string) error {
		return fault.At("the approvals cannot be read", fault.Place{Field: "--by", Problem: problem})
	}
	if len(d.By) != 2 {
		return nil, wrong("must be given twice")
	}
	approvals := make([]trust.Approval, len(d.By))
	for i, text := range d.By {
		user, organisation, ok := strings.Cut(text, "@")
		if !ok {
			return nil, wrong("must have the form user@organisation")
		}
		approvals[i] = trust.Approval{By: party.UserID(user), Organisation: party.OrganisationCode(organisation), At: at}
	}
	return approvals, nil
}

// visitsMoveCommand approves, declines or ends a declaration.
type visitsMoveCommand struct {
	ID      string `arg:"" help:"The declaration."`
	Step    string `arg:"" enum:"approve,decline,end" help:"approve as the second of two, decline, or end before its time."`
	Officer string `required:"" placeholder:"USER" help:"Who does, with the right visit.declare there. The password is read from the terminal or the standard input."`
	Why     string `help:"The officer's reason, without which nothing is declined or ended; it is sealed in the journal."`
}

// Run implements the sub-command. It may run beside a server, which sees the
// change within seconds.
func (m *visitsMoveCommand) Run(ctx context.Context, c *call) error {
	return c.withApp(ctx, func(a *app) error {
		officer, err := c.officer(ctx, a, m.Officer)
		if err != nil {
			return err
		}
		d, err := a.declarations().Move(ctx, officer, trust.DeclarationID(m.ID), people.MoveIn{Step: trust.DeclarationStep(m.Step), Why: m.Why})
		if err != nil {
			return err
		}
		return c.printDeclared(d, a.city.Location)
	})
}

func (c *call) printDeclared(d trust.Declaration, zone *time.Location) error {
	if c.asJSON {
		return c.printJSON(d)
	}
	var err error
	switch d.State {
	case trust.Proposed:
		_, err = fmt.Fprintf(c.out, "proposed for %s, and not in force yet: an officer of another organisation approves it with\n  breakwater visits move %s approve --officer USER\n", d.Area, d.ID)
	case trust.InForce:
		_, err = fmt.Fprintf(c.out, "visits are collected in %s until %s\n", d.Area, d.Until.In(zone).Format(time.RFC3339))
	default:
		_, err = fmt.Fprintf(c.out, "the declaration for %s is %s\n", d.Area, d.State)
	}
	return err
}

// visitsDeclarationsCommand lists declarations.
type visitsDeclarationsCommand struct{}

// Run implements the sub-command.
func (visitsDeclarationsCommand) Run(ctx context.Context, c *call) error {
	cfg, err := c.config()
	if err != nil {
		return err
	}
	if !cfg.recorded() {
		return c.withVisits(ctx, func(v *visits) error {
			all := v.declared.All()
			slices.Reverse(all)
			return c.printDeclarations(all, v.city.Location, func(id party.UserID) string { return string(id) })
		})
	}
	return c.withApp(ctx, func(a *app) error {
		all, err := everyPage(ctx, func(ctx context.Context, p command.Paging) (command.Page[trust.Declaration], error) {
			return a.declarations().Declarations(ctx, a.reader(), p)
		})
		if err != nil {
			return err
		}
		name, err := a.names(ctx)
		if err != nil {
			return err
		}
		return c.printDeclarations(all, a.city.Location, name)
	})
}

func (c *call) printDeclarations(all []trust.Declaration, zone *time.Location, name func(party.UserID) string) error {
	if c.asJSON {
		return printLines(c, all)
	}
	at := func(x time.Time) string {
		if x.IsZero() {
			return ""
		}
		return x.In(zone).Format("2006-01-02 15:04")
	}
	t := newTable("id", "area", "state", "from", "until", "approved by", "basis")
	for _, d := range all {
		by := make([]string, len(d.Approvals))
		for i, x := range d.Approvals {
			by[i] = fmt.Sprintf("%s@%s", name(x.By), x.Organisation)
		}
		t.row(d.ID, d.Area, d.State, at(d.From), at(d.Until), strings.Join(by, ", "), d.Basis)
	}
	return t.print(c.out)
}

// drawID draws a random UUID.
func drawID(random io.Reader) (id trace.Token, err error) {
	_, err = io.ReadFull(random, id[:])
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id, err
}
