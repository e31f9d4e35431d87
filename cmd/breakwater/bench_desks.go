package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/breakwater-eoc/breakwater/bench/desks"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/bare"
	"github.com/breakwater-eoc/breakwater/store/scratchpg"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// mostCallers is as many as the benchmark's PostgreSQL server has connections for.
const mostCallers = 150

// benchActs measures journalled acts a second on both databases.
type benchActs struct {
	Callers int           `default:"64" help:"Callers at once (${default})."`
	Time    time.Duration `default:"10s" help:"How long each figure and each peer is measured (${default})."`
	Seed    uint64        `default:"1" help:"Seed of the synthetic records (${default})."`
}

// Run implements the sub-command.
func (b *benchActs) Run(ctx context.Context, c *call) error {
	if b.Callers < 1 || b.Callers > mostCallers || b.Time <= 0 {
		return fault.New(fault.Invalid, "--callers must lie between 1 and %d, and --time above 0", mostCallers)
	}
	return c.benchDesks(ctx, desks.Report{Bench: "acts", Unit: "acts/s", Seed: b.Seed}, b.measure)
}

func (b *benchActs) measure(ctx context.Context, c *call, g *ground) (desks.Figure, error) {
	size := fmt.Sprintf("%d callers, %s", b.Callers, b.Time)
	f := desks.Figure{Name: "journalled acts", Size: size}
	peer, err := bare.Open(ctx, g.peer, g.connections(b.Callers))
	if err != nil {
		return f, err
	}
	bareRate, err := desks.Rate(ctx, c.now, b.Callers, b.Time, peer.Insert)
	if err = errors.Join(err, peer.Close()); err != nil {
		return f, err
	}
	f.Peers = []desks.Peer{{Name: "one INSERT, one commit, nothing else", Version: g.version, Size: size, Value: bareRate}}
	f.Value, err = desks.Acts{Desk: g.order, Callers: b.Callers, Time: b.Time, Clock: c.now, Seed: b.Seed}.Run(ctx)
	return f, err
}

// benchLists measures boards and inbox on both databases.
type benchLists struct {
	Signals    int    `default:"300000" help:"Synthetic signals (${default})."`
	Directives int    `default:"300000" help:"Synthetic directives (${default})."`
	Times      int    `default:"200" help:"How often each list is read (${default})."`
	Seed       uint64 `default:"1" help:"Seed of the synthetic records (${default})."`
}

// Run implements the sub-command.
func (b *benchLists) Run(ctx context.Context, c *call) error {
	if b.Signals < 0 || b.Directives < 0 || b.Times < 1 {
		return fault.New(fault.Invalid, "--signals and --directives must not be negative, and --times must be at least 1")
	}
	return c.benchDesks(ctx, desks.Report{Bench: "lists", Unit: "ms, 95th percentile of the slowest list", Seed: b.Seed}, b.measure)
}

func (b *benchLists) measure(ctx context.Context, c *call, g *ground) (desks.Figure, error) {
	size := fmt.Sprintf("%d signals, %d directives, %d reads of each list", b.Signals, b.Directives, b.Times)
	f := desks.Figure{Name: "lists of an officer of a street", Size: size}
	lists := desks.Lists{Watch: g.watch, Order: g.order, Signals: b.Signals, Directives: b.Directives, Clock: c.now, Seed: b.Seed}
	bar := c.progress("filling " + g.version)
	err := lists.Fill(ctx, bar.set)
	bar.end()
	if err != nil {
		return f, err
	}
	if f.Parts, err = lists.Run(ctx, desks.OfStreet, b.Times); err != nil {
		return f, err
	}
	f.Value = desks.Worst(f.Parts)
	wide, err := lists.Run(ctx, desks.OfCity, b.Times)
	f.Peers = []desks.Peer{{Name: "the same lists for an officer of the whole city", Version: g.version, Size: size, Value: desks.Worst(wide)}}
	return f, err
}

// benchDesks measures on each kind of database and prints the report.
func (c *call) benchDesks(ctx context.Context, r desks.Report, measure func(context.Context, *call, *ground) (desks.Figure, error)) (err error) {
	r.Machine = desks.Machine{System: runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.NumCPU(), Go: runtime.Version()}
	folder, err := os.MkdirTemp("", "breakwater-bench")
	if err != nil {
		return fmt.Errorf("make a folder for the benchmark: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	for _, on := range []func(context.Context, *call, string) (*ground, error){onSQLite, onPostgres} {
		f, err := c.benchOn(ctx, folder, on, measure)
		if err != nil {
			return err
		}
		r.Figures = append(r.Figures, f)
	}
	return c.printBench(r)
}

func (c *call) benchOn(ctx context.Context, folder string, on func(context.Context, *call, string) (*ground, error),
	measure func(context.Context, *call, *ground) (desks.Figure, error)) (f desks.Figure, err error) {
	g, err := on(ctx, c, folder)
	if errors.Is(err, scratchpg.ErrNoBinaries) {
		return desks.Figure{On: "PostgreSQL", Absent: err.Error()}, nil
	}
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, g.close()) }()
	f, err = measure(ctx, c, g)
	f.On = g.version
	return f, err
}

// ground is a throw-away database with the desks that are measured on it.
type ground struct {
	version string
	peer    string // address of a second, empty database of the same kind
	db      *store.DB
	server  *scratchpg.Server // nil for SQLite
	watch   *watch.Desk
	order   *order.Desk
}

func onSQLite(ctx context.Context, c *call, folder string) (*ground, error) {
	g := &ground{peer: filepath.Join(folder, "bare.db")}
	return g, g.open(ctx, c, folder, filepath.Join(folder, "breakwater.db"))
}

// onPostgres starts a server that keeps what it answers, unlike those of tests.
func onPostgres(ctx context.Context, c *call, folder string) (*ground, error) {
	server, err := scratchpg.Launch(ctx, "", "shared_buffers=512MB", "max_wal_size=4GB")
	if err != nil {
		return nil, err
	}
	g := &ground{server: server}
	names := [2]string{}
	for i := range names {
		if names[i], err = server.CreateDatabase(ctx); err != nil {
			return nil, errors.Join(err, g.close())
		}
	}
	g.peer = server.DSN(names[1])
	if err := g.open(ctx, c, folder, server.DSN(names[0])); err != nil {
		return nil, errors.Join(err, g.close())
	}
	return g, nil
}

func (g *ground) open(ctx context.Context, c *call, folder, address string) error {
	tree, err := place.NewTree(desks.Areas())
	if err != nil {
		return err
	}
	ring, err := trust.OpenKeyRing(disk.OS{}, filepath.Join(folder, "keys"), c.random)
	if err != nil {
		return err
	}
	if g.db, err = store.Open(ctx, address); err != nil {
		return err
	}
	if err := g.db.PutAreas(ctx, tree.Areas()); err != nil {
		return err
	}
	if g.version, err = g.db.Version(ctx); err != nil {
		return err
	}
	center := &command.Center{Now: c.now, City: time.UTC, Random: c.random, Lineage: tree.Lineage, Sealer: &sealer{ring: ring, random: c.random}}
	g.watch = &watch.Desk{Center: center, Write: store.Writer[watch.Tx](g.db), Store: g.db, Areas: tree.Areas(), City: desks.Root, Budget: 20}
	g.order = &order.Desk{Center: center, Write: store.Writer[order.Tx](g.db), Store: g.db, Areas: tree.Areas(), City: desks.Root}
	return nil
}

// connections is how many connections so many callers get: SQLite has one
// writer, a PostgreSQL server as many as they are.
func (g *ground) connections(callers int) int {
	if g.server == nil {
		return 1
	}
	return callers
}

func (g *ground) close() error {
	var errs []error
	if g.db != nil {
		errs = append(errs, g.db.Close())
	}
	if g.server != nil {
		errs = append(errs, g.server.Stop())
	}
	return errors.Join(errs...)
}

func (c *call) printBench(r desks.Report) error {
	if c.asJSON {
		return c.printJSON(r)
	}
	t := newTable("on", "figure", r.Unit, "size")
	for _, f := range r.Figures {
		if f.Absent != "" {
			t.row(f.On, "absent: "+f.Absent, "", "")
			continue
		}
		t.row(f.On, f.Name, fmt.Sprintf("%.1f", f.Value), f.Size)
		for _, p := range f.Parts {
			t.row("", "- "+p.Name, fmt.Sprintf("%.1f", p.Value), "")
		}
		for _, p := range f.Peers {
			t.row("", "peer: "+p.Name, fmt.Sprintf("%.1f", p.Value), p.Size)
		}
	}
	if err := t.print(c.out); err != nil {
		return err
	}
	_, err := fmt.Fprintf(c.out, "%s, %d CPUs, %s, seed %d\n", r.Machine.System, r.Machine.CPUs, strings.TrimPrefix(r.Machine.Go, "go"), r.Seed)
	return err
}
