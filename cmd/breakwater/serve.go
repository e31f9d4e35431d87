package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"sync"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/api"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/web"
)

// serveCommand runs the server of a live city.
type serveCommand struct {
	Listen  string `default:"127.0.0.1:8080" placeholder:"ADDRESS" help:"Address and port to listen on (${default})."`
	TLSCert string `placeholder:"FILE" help:"Certificate for TLS; without it the server speaks plain HTTP, for this machine or behind a proxy."`
	TLSKey  string `placeholder:"FILE" help:"Private key of the certificate."`
	Proxy   bool   `help:"Take the client's address from X-Forwarded-For, as a reverse proxy sets it."`
	retentionFlags
}

// Run implements the sub-command.
func (s *serveCommand) Run(ctx context.Context, c *call) (err error) {
	spareForDisk()
	hub := api.NewHub()
	wake := make(chan struct{}, 1)
	cfg, err := c.config()
	if err != nil {
		return err
	}
	cfg.announce = func(e journal.Entry) {
		hub.Announce(e)
		if e.Actor != access.System {
			nudge(wake) // what people do may change what the rules say
		}
	}
	l, err := s.listener()
	if err != nil {
		return err
	}
	defer l.Close()
	a, err := open(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	log := c.logger()
	visits, err := c.openVisits(ctx)
	if err != nil {
		return err
	}
	defer visits.close()
	signers, err := s.signers(c, visits)
	if err != nil {
		return err
	}
	days := visits.desk(a, s.KeepVisits)
	a.audit.Ledgers = []audit.Ledger{days.Check}
	if err := days.Look(ctx); err != nil {
		return err
	}
	house := a.house(liveClock{a}, hub)
	house.Visits, house.People = visits.gate(days.Collects, s.KeepVisits), days
	if s.Proxy {
		house.Behind = api.ReverseProxy
	}
	ctx, stop := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer stop()
	running.Go(func() { a.keepRounds(ctx, wake, log) })
	running.Go(func() { keepDays(ctx, days, signers, log) })
	running.Go(func() { keepDeclarations(ctx, days, log) })
	running.Go(func() {
		hub.Follow(ctx, a.db, chainBeat, func(err error) { log.Error("follow the chain", "error", err) })
	})
	fmt.Fprintf(c.err, "breakwater serves %s on %s\n", a.city.Names.En, l.Addr())
	return serve(ctx, l, house, log)
}

func (s *serveCommand) listener() (net.Listener, error) {
	if (s.TLSCert == "") != (s.TLSKey == "") {
		return nil, fault.New(fault.Invalid, "--tls-cert and --tls-key go together")
	}
	l, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", s.Listen, err)
	}
	if s.TLSCert == "" {
		return l, nil
	}
	pair, err := tls.LoadX509KeyPair(s.TLSCert, s.TLSKey)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("load the certificate: %w", err), l.Close())
	}
	return tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}), nil
}

// processors is how many the program may use, as it was started.
var processors = runtime.GOMAXPROCS(0)

// spareForDisk lets goroutines run on all processors while one of them waits for
// a sync: in Go's scheduler a goroutine in a system call keeps its place for a
// while, and a server that syncs all the time would be a processor short.
func spareForDisk() { runtime.GOMAXPROCS(processors + 1) }

// The beats of a live server.
const (
	// chainBeat is how soon entries are linked, and the acts of other nodes and
	// processes seen.
	chainBeat = 2 * time.Second
	// roundBeat is how often a round is made although nobody did anything.
	roundBeat = time.Minute
	// grace is how long requests under way may take when the server stops.
	grace = 10 * time.Second
)

// keepRounds makes the rounds of a live city until the context ends: at every
// beat, and soon after somebody acted. A round that fails is logged, and made
// up for by the next.
func (a *app) keepRounds(ctx context.Context, wake <-chan struct{}, log *slog.Logger) {
	rounds, chain := time.NewTicker(roundBeat), time.NewTicker(chainBeat)
	defer rounds.Stop()
	defer chain.Stop()
	for {
		if _, err := a.rounds.Make(ctx); err != nil && ctx.Err() == nil {
			log.Error("round", "error", err)
		}
		for waiting := true; waiting; {
			select {
			case <-ctx.Done():
				return
			case <-rounds.C:
				waiting = false
			case <-wake:
				waiting = false
			case <-chain.C:
				if _, err := a.audit.Link(ctx); err != nil && ctx.Err() == nil {
					log.Error("link the journal", "error", err)
				}
			}
		}
	}
}

// nudge wakes who waits, without waiting itself.
func nudge(wake chan<- struct{}) {
	select {
	case wake <- struct{}{}:
	default: // it is awake already
	}
}

// serve answers requests until the context ends, then lets those under way finish.
func serve(ctx context.Context, l net.Listener, house api.House, log *slog.Logger) error {
	house.Log, house.Pages = log, web.Pages()
	server := &http.Server{Handler: api.New(house), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	house.Hub.Close() // streams would never end by themselves
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		return errors.Join(fmt.Errorf("stop serving: %w", err), server.Close())
	}
	return nil
}

// logger writes one JSON object a line to the standard error.
func (c *call) logger() *slog.Logger { return slog.New(slog.NewJSONHandler(c.err, nil)) }

// liveClock is the clock of a live city: nobody can move it.
type liveClock struct{ app *app }

// State implements api.Clockwork.
func (l liveClock) State() api.ClockState {
	now := l.app.center.Time()
	return api.ClockState{Mode: api.Live, Now: now, Day: civil.DayOf(now, l.app.center.City), Speed: 1}
}

// Move implements api.Clockwork.
func (l liveClock) Move(context.Context, access.Actor, api.ClockMove) (api.ClockState, error) {
	return api.ClockState{}, fault.New(fault.Conflict, "the clock of a live city cannot be moved")
}
