package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/api"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/drill"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
)

// demoCommand shows the program at work on an outbreak of the city's past.
type demoCommand struct {
	Listen string  `default:"127.0.0.1:8080" placeholder:"ADDRESS" help:"Loopback address and port to listen on (${default})."`
	Replay string  `default:"dalian-2020-07" placeholder:"NAME" help:"The outbreak (${default})."`
	Speed  float64 `placeholder:"N" help:"Let the days come in by themselves: seconds of the clock a second. Without it, the console moves the clock."`
}

// Help implements kong's help.
func (demoCommand) Help() string {
	return `The quiet weeks are in and the first case is about to come. The sign-ins are printed; their
passwords are known to everybody, so that the demonstration listens on the loopback interface only.

The records stay in the folder demo of the data folder, where each run begins anew. With --database
they go there; it must be empty.`
}

// Run implements the sub-command.
func (d *demoCommand) Run(ctx context.Context, c *call) (err error) {
	if d.Speed < 0 || d.Speed > mostSpeed {
		return fault.New(fault.Invalid, "--speed must lie between 0 and %d", mostSpeed)
	}
	l, err := loopback(d.Listen)
	if err != nil {
		return err
	}
	defer l.Close()
	cfg, err := c.config()
	if err != nil {
		return err
	}
	hub := api.NewHub()
	wake := make(chan struct{}, 1)
	cfg.announce = func(e journal.Entry) {
		hub.Announce(e)
		if e.Actor != access.System {
			nudge(wake)
		}
	}
	s, err := c.demonstration(ctx, cfg, d.Replay)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.app.Close()) }()
	clock := &movedClock{stage: s, hub: hub, speed: d.Speed}
	clock.replay = drill.NewReplay(s.desks, s.series, nil, func(time.Time) { hub.Tick(clock.State()) })
	if err := c.untilDemo(ctx, s, clock.replay); err != nil {
		return err
	}
	return d.show(ctx, c, l, clock, wake)
}

// demonstration opens the records of a demonstration.
func (c *call) demonstration(ctx context.Context, cfg config, name string) (stage, error) {
	played, err := c.readCourses(cfg)
	if err != nil {
		return stage{}, err
	}
	if played.course, err = drill.FindCourse(played.courses, name); err != nil {
		return stage{}, err
	}
	if err := c.afresh(&cfg, demoFolder, name); err != nil {
		return stage{}, err
	}
	return played.start(ctx, cfg)
}

// untilDemo lets in what was told before the demonstration begins, and puts
// the posts on duty.
func (c *call) untilDemo(ctx context.Context, s stage, r *drill.Replay) error {
	begin := s.past.course.Demo.In(s.desks.Center.City)
	first := civil.DayOf(begin, s.desks.Center.City)
	bar := c.progress("letting the quiet weeks in")
	err := r.Quiet(ctx, first-1, bar.set)
	bar.end()
	if err != nil {
		return err
	}
	days := civil.Window{First: first, Last: r.Days().Last}
	if err := drill.Roster(ctx, s.desks, s.past.demo, s.people, days, s.people[s.past.course.Staff.Duty]); err != nil {
		return err
	}
	return r.Advance(ctx, begin)
}

// show serves the console until the context ends.
func (d *demoCommand) show(ctx context.Context, c *call, l net.Listener, clock *movedClock, wake <-chan struct{}) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	log := c.logger()
	house := clock.stage.app.house(clock, clock.hub)
	house.Demonstration = clock.stage.signIns()
	var running sync.WaitGroup
	defer running.Wait()
	defer stop()
	running.Go(func() { clock.run(ctx, wake, func(err error) { log.Error("move the clock", "error", err) }) })
	c.welcome(l.Addr(), house.Demonstration)
	return serve(ctx, l, house, log)
}

// signIns are the people whom a visitor may be.
func (s stage) signIns() []api.DemoSignIn {
	var list []api.DemoSignIn
	for _, u := range s.past.demo.Users {
		list = append(list, api.DemoSignIn{Name: u.Name, Password: u.Password, Display: u.Display, Role: string(u.Grants[0].Role)})
	}
	return list
}

func (c *call) welcome(at net.Addr, people []api.DemoSignIn) {
	fmt.Fprintf(c.out, "Breakwater shows itself on http://%s/\n\n", at)
	t := newTable("name", "password", "who")
	for _, p := range people {
		t.row(p.Name, p.Password, p.Display)
	}
	_ = t.print(c.out) // a terminal that is gone ends the program by itself
	fmt.Fprintln(c.out, "\nStop it with Ctrl-C.")
}

// loopback listens where only this machine can come.
func loopback(address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fault.New(fault.Invalid, "--listen needs an address and a port, such as 127.0.0.1:8080")
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fault.New(fault.Forbidden, "the demonstration has passwords that everybody knows; it listens on the loopback interface only")
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return l, nil
}

// The pace of a clock that moves by itself.
const (
	beat      = 250 * time.Millisecond
	mostSpeed = 86400 // a day a second
)

// movedClock is the clock of a demonstration: visitors move it, or it runs.
type movedClock struct {
	stage  stage
	hub    *api.Hub
	replay *drill.Replay

	mu    sync.Mutex
	speed float64 // seconds of the clock a second; 0 when it stands
}

// State implements api.Clockwork.
func (m *movedClock) State() api.ClockState {
	m.mu.Lock()
	defer m.mu.Unlock()
	now, until := m.stage.desks.Center.Time(), m.replay.Until()
	s := api.ClockState{Mode: api.Replay, Now: now, Day: civil.DayOf(now, m.stage.desks.Center.City), Speed: m.speed, Until: &until}
	if !now.Before(until) {
		s.Speed = 0
	}
	return s
}

// Move implements api.Clockwork.
func (m *movedClock) Move(ctx context.Context, who access.Actor, move api.ClockMove) (api.ClockState, error) {
	if err := who.Check(access.RunClock, nil); err != nil {
		return api.ClockState{}, err
	}
	now := m.stage.desks.Center.Time()
	var err error
	switch move.Action {
	case api.StepHour:
		err = m.replay.Advance(ctx, now.Add(time.Hour))
	case api.StepDay:
		err = m.replay.Advance(ctx, now.Add(24*time.Hour))
	case api.Play:
		m.setSpeed(min(max(move.Speed, 1), mostSpeed))
	case api.Pause:
		m.setSpeed(0)
	default:
		err = fault.At("the clock cannot be moved", fault.Place{Field: "action", Problem: "is none of step_hour, step_day, play, pause"})
	}
	if err != nil {
		return api.ClockState{}, err
	}
	state := m.State()
	m.hub.Tick(state)
	return state, nil
}

func (m *movedClock) setSpeed(speed float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.speed = speed
}

// run moves a clock that plays, and makes a round whenever somebody acted,
// until the context ends.
func (m *movedClock) run(ctx context.Context, wake <-chan struct{}, failed func(error)) {
	beats := time.NewTicker(beat)
	defer beats.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-wake:
			err = m.replay.Round(ctx)
		case <-beats.C:
			speed := m.State().Speed
			if speed == 0 {
				continue
			}
			step := time.Duration(speed * float64(beat))
			err = m.replay.Advance(ctx, m.stage.desks.Center.Time().Add(step))
		}
		if err != nil && ctx.Err() == nil {
			failed(err)
		}
	}
}
