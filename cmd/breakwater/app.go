package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/api"
	"github.com/breakwater-eoc/breakwater/cities"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/picture"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/command/round"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/pack"
	"github.com/breakwater-eoc/breakwater/pack/shipped"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// config is what an app is made of. [call.config] fills it from the settings;
// replays and drills change clock and identifiers.
type config struct {
	address string // of the database
	keys    string // folder of the keys
	city    fs.FS
	// now is the clock that records go by, wall the one on the wall.
	now, wall func() time.Time
	// ids feeds identifiers, secrets everything that must not be guessed.
	ids, secrets io.Reader
	cost         staff.Cost
	// budget is how many signals the inbox of the city's team shows a day.
	budget int
	// pack is the id of the rule pack that proposes.
	pack string
	// announce is told of every act after its commit; nil for nobody.
	announce func(journal.Entry)
}

// The defaults of what the settings leave open.
const (
	databaseFile = "breakwater.db"
	keysFolder   = "keys"
)

// config makes the configuration of a live city from the settings.
func (c *call) config() (config, error) {
	s := c.settings
	cfg := config{address: s.Database, keys: s.Keys, city: s.cityFolder(), now: c.now, wall: c.now,
		ids: c.random, secrets: c.random, cost: staff.UsualCost(), budget: s.Budget, pack: s.Pack}
	if cfg.address == "" {
		cfg.address = filepath.Join(s.Data, databaseFile)
	}
	if cfg.keys == "" {
		cfg.keys = filepath.Join(s.Data, keysFolder)
	}
	if s.Database != "" {
		return cfg, nil // its folder is not ours to make
	}
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return cfg, fmt.Errorf("make the data folder: %w", err)
	}
	return cfg, nil
}

// cityFolder is the folder of the settings' city.
func (s Settings) cityFolder() fs.FS {
	if s.City != "" {
		return os.DirFS(s.City)
	}
	return cities.Dalian()
}

// app is the whole program below the command line, wired together.
type app struct {
	config  config
	city    city
	db      *store.DB
	center  *command.Center
	figures *figure.Catalogue
	packs   []*pack.Pack
	watch   *watch.Desk
	picture *picture.Desk
	plan    *plan.Desk
	order   *order.Desk
	staff   *staff.Desk
	audit   *audit.Desk
	rounds  *round.Rounds
}

// openApp opens the records of the settings' city for a live sub-command.
func (c *call) openApp(ctx context.Context) (*app, error) {
	cfg, err := c.config()
	if err != nil {
		return nil, err
	}
	return open(ctx, cfg)
}

// withApp runs fn over the opened records, and links what it wrote.
func (c *call) withApp(ctx context.Context, fn func(*app) error) (err error) {
	a, err := c.openApp(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := fn(a); err != nil {
		return err
	}
	_, err = a.audit.Link(ctx)
	return err
}

// open wires an app. Close it to release the database.
func open(ctx context.Context, cfg config) (*app, error) {
	a := &app{config: cfg}
	var err error
	if a.city, err = loadCity(cfg.city); err != nil {
		return nil, fmt.Errorf("load the city: %w", err)
	}
	ring, err := trust.OpenKeyRing(disk.OS{}, cfg.keys, cfg.secrets)
	if err != nil {
		return nil, err
	}
	if a.db, err = store.Open(ctx, cfg.address); err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	a.center = &command.Center{Now: cfg.now, City: a.city.Location, Random: cfg.ids, Lineage: a.city.Areas.Lineage,
		Sealer: &sealer{ring: ring, random: cfg.secrets}, Announce: cfg.announce}
	if err := a.wire(ctx); err != nil {
		return nil, errors.Join(err, a.db.Close())
	}
	return a, nil
}

// wire makes figures, packs and desks over the opened database.
func (a *app) wire(ctx context.Context) error {
	areas := a.city.Areas.Areas()
	if err := a.db.PutAreas(ctx, areas); err != nil {
		return fmt.Errorf("store the city's areas: %w", err)
	}
	declared := slices.Concat(counts.Figures(), detect.Figures(), decide.Figures(), direct.Figures())
	var err error
	a.figures, err = figure.New(declared, a.db.Asks(store.Expected{Sources: a.city.sources, Posts: a.city.Posts, City: a.city.Location}))
	if err != nil {
		return err
	}
	if a.packs, err = pack.LoadAll(shipped.Packs, declared); err != nil {
		return fmt.Errorf("load the rule packs: %w", err)
	}
	sources := map[observe.SourceID]observe.Source{}
	for _, s := range a.city.sources {
		sources[s.ID] = s
	}
	root := a.city.Root
	a.watch = &watch.Desk{Center: a.center, Write: store.Writer[watch.Tx](a.db), Store: a.db, Indicators: a.city.indicators,
		Areas: areas, City: root, Sources: sources, Budget: a.config.budget, Teams: a.city.teams}
	a.picture = &picture.Desk{Center: a.center, Store: a.db, Areas: areas}
	a.plan = &plan.Desk{Center: a.center, Write: store.Writer[plan.Tx](a.db), Store: a.db, Figures: a.figures,
		Packs: a.packs, Active: a.config.pack, Areas: areas, City: root}
	a.order = &order.Desk{Center: a.center, Write: store.Writer[order.Tx](a.db), Store: a.db, Figures: a.figures,
		Packs: a.packs, Posts: a.city.Posts, Areas: areas, City: root}
	a.staff = staff.NewDesk(a.center, store.Writer[staff.Tx](a.db), a.db,
		staff.AddressBook{City: root, Organisations: a.city.Organisations, Sources: sources},
		staff.World{Wall: a.config.wall, Random: a.config.secrets, Cost: a.config.cost})
	a.audit = &audit.Desk{Center: a.center, Store: a.db, Records: a.db}
	a.rounds = &round.Rounds{Center: a.center, Watch: a.watch, Plan: a.plan, Order: a.order, Link: a.audit.Link,
		Statuses: observe.Statuses()}
	_, err = a.plan.Pack(a.config.pack)
	return err
}

// Close releases the database; acts that are under way end first.
func (a *app) Close() error { return a.db.Close() }

// operator is who acts from the command line: the program, in whose name
// nobody but the keeper of the machine can speak.
func (a *app) operator() access.Actor { return access.TheProgram(a.city.Root) }

// reader is who reads from the command line: the keeper of the machine can
// read the database anyway.
func (a *app) reader() access.Actor {
	return access.Actor{User: access.System, Grants: []access.Grant{{Role: access.Auditor, Area: a.city.Root}}}
}

// house is the app as the HTTP interface sees it.
func (a *app) house(clock api.Clockwork, hub *api.Hub) api.House {
	return api.House{Center: a.center, City: a.city.facts(), Watch: a.watch, Picture: a.picture, Plan: a.plan, Order: a.order, Staff: a.staff,
		Audit: a.audit, Figures: a.figures, Clock: clock, Hub: hub, Wall: a.config.wall}
}

// sealer seals texts under the keys of their class.
type sealer struct {
	ring   trust.KeyRing
	random io.Reader
	mu     sync.Mutex // guards random
}

// Seal implements command.Sealer.
func (s *sealer) Seal(class, record string, text []byte) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key, err := s.ring.Current(trust.Class(class))
	if err != nil {
		return nil, err
	}
	return trust.Seal(key, record, text, s.random)
}

// Open implements command.Sealer. A key that was destroyed is a text that is
// gone.
func (s *sealer) Open(_, record string, sealed []byte) ([]byte, error) {
	text, err := trust.Open(s.ring, record, sealed)
	if fault.Is(err, fault.Conflict) {
		return nil, fault.New(fault.NotFound, "the text was forgotten: its key is destroyed")
	}
	return text, err
}
