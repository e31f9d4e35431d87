package main

import (
	"context"
	cryptorand "crypto/rand"
	"encoding/gob"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/observe/venue/venuetest"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
	"github.com/breakwater-eoc/breakwater/store/visitlog"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// visitKills is how many times the keeper of visits is killed: a slice, or the
// whole proof.
func visitKills() int {
	if os.Getenv("BREAKWATER_PROVE") != "" {
		return 1000
	}
	return 8
}

// keeperFolder is the environment variable that makes the test program a keeper
// of visits in that folder: the process that is killed.
const keeperFolder = "BREAKWATER_TEST_KEEPER"

// TestMain runs the tests, or is a keeper.
func TestMain(m *testing.M) {
	if data := os.Getenv(keeperFolder); data != "" {
		if err := keep(data, os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "keep visits:", err)
			os.Exit(1)
		}
		return
	}
	pgtest.Main(m)
}

// task is what the keeper is asked to do; reply says what came of it.
type task struct {
	Number int
	Kind   string // "append", "seal" or "forget"
	Batch  []venue.Observation
	Day    civil.Day
}

type reply struct {
	Number   int
	Outcomes []venue.Outcome
	Err      string
}

// keep does the tasks that come in, all at the same time, and answers each when
// it is done. Its tables are tiny, so that runs are written and merged all the
// time. It returns when nothing more comes, which a killed process never sees.
func keep(data string, in io.Reader, out io.Writer) error {
	p, err := openPurger(data)
	if err != nil {
		return err
	}
	log, err := p.open(visitlog.Options{FlushAt: 150, MergeAt: 3, MergeTo: 1500})
	if err != nil {
		return err
	}
	tasks, answers := gob.NewDecoder(in), gob.NewEncoder(out)
	var mu sync.Mutex // of answers
	var busy sync.WaitGroup
	for {
		var t task
		if err := tasks.Decode(&t); err != nil {
			busy.Wait()
			return log.Close()
		}
		busy.Go(func() {
			a := reply{Number: t.Number}
			var err error
			if a.Outcomes, err = p.do(log, t); err != nil {
				a.Err = err.Error()
			}
			mu.Lock()
			defer mu.Unlock()
			_ = answers.Encode(a) // nobody may be listening any more
		})
	}
}

// purger holds what appending and forgetting need beside the log.
type purger struct {
	data        string
	keys        *trust.DayKeys
	ledger      *trust.Ledger
	by, witness trust.Signer
}

func openPurger(data string) (p *purger, err error) {
	p = &purger{data: data}
	if p.keys, err = trust.OpenDayKeys(disk.OS{}, filepath.Join(data, keysFolder, dayKeysFolder), cryptorand.Reader); err != nil {
		return nil, err
	}
	if p.ledger, err = trust.OpenLedger(disk.OS{}, filepath.Join(data, certificatesFolder)); err != nil {
		return nil, err
	}
	signers := filepath.Join(data, keysFolder, signersFolder)
	if p.by, err = trust.OpenSigner(disk.OS{}, signers, "li", cryptorand.Reader); err != nil {
		return nil, err
	}
	p.witness, err = trust.OpenSigner(disk.OS{}, signers, "wang", cryptorand.Reader)
	return p, err
}

func (p *purger) open(options visitlog.Options) (*visitlog.Log, error) {
	return visitlog.Open(disk.OS{}, filepath.Join(p.data, visitsFolder), p.keys, cryptorand.Reader, options)
}

func (p *purger) do(log *visitlog.Log, t task) ([]venue.Outcome, error) {
	switch t.Kind {
	case "append":
		return log.Append(context.Background(), t.Batch)
	case "seal":
		return nil, log.Seal(t.Day)
	}
	at := time.Date(2020, 8, 30, 1, 0, 0, 0, time.UTC)
	_, err := venue.Purge(context.Background(), log, p.ledger, t.Day, at, p.by, p.witness)
	return nil, err
}

// certified tells that a task is refused because the killed process had finished
// it: the day has its certificate, and only the answer was lost.
func (p *purger) certified(t task, err error) bool {
	issued, readErr := p.ledger.Certificates()
	return t.Kind == "forget" && fault.Is(err, fault.Conflict) && readErr == nil &&
		slices.ContainsFunc(issued, func(c trust.Certificate) bool { return c.Day == t.Day })
}

// TestProveKillsOfTheVisitsLoseNothingAcknowledged kills a process (SIGKILL) at
// random moments while it takes visits in, amends, writes and merges runs, seals
// days and forgets them. After every kill `breakwater visits verify` must be
// clean; what was in doubt is sent again; and then every day must hold exactly
// what was acknowledged, once.
func TestProveKillsOfTheVisitsLoseNothingAcknowledged(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes and kills them")
	}
	s := &visitStory{t: t, data: t.TempDir(), random: rand.New(rand.NewPCG(20200722, 2)), model: venuetest.NewModel(), first: venuetest.First}
	hit := map[string]int{}
	for range visitKills() {
		for _, kind := range s.sendUntilKilled() {
			hit[kind]++
		}
		s.check()
	}
	t.Logf("%d kills, during %v; %d visits and changes acknowledged, %d days forgotten", visitKills(), hit, s.serial, s.first-venuetest.First)
	for _, kind := range []string{"append", "seal", "forget"} {
		if visitKills() >= 1000 && hit[kind] == 0 {
			t.Errorf("no kill came during %s", kind)
		}
	}
	if hit["append"] == 0 {
		t.Error("no kill came while visits were taken in")
	}
}

// visitStory knows what was sent, and what must be there.
type visitStory struct {
	t        *testing.T
	data     string
	random   *rand.Rand
	model    *venuetest.Model
	first    civil.Day                    // the days before it are forgotten
	sent     [senders][]venue.Observation // check-ins acknowledged, by who sent them
	serial   uint64                       // of observations
	doubtful []task                       // sent, and not answered
}

// senders is how many send at the same time. Each amends its own visits only, so
// that their order does not matter.
const senders = 4

// sendUntilKilled starts a keeper, sends it rounds of tasks, kills it after a
// random while, and gives the kinds of task that were not answered.
func (s *visitStory) sendUntilKilled() (during []string) {
	s.t.Helper()
	keeper := exec.CommandContext(s.t.Context(), os.Args[0])
	keeper.Env = append(os.Environ(), keeperFolder+"="+s.data)
	in, err := keeper.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	out, err := keeper.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := keeper.Start(); err != nil {
		s.t.Fatal(err)
	}
	tasks, answers := gob.NewEncoder(in), gob.NewDecoder(out)
	s.round(tasks, answers, s.appends()) // from its answer on, the process is at work
	kill := time.AfterFunc(time.Duration(s.random.IntN(80_000))*time.Microsecond, func() { _ = keeper.Process.Kill() })
	defer kill.Stop()
	for len(s.doubtful) == 0 {
		s.round(tasks, answers, s.tasks())
	}
	_ = keeper.Wait() // it was killed
	for _, d := range s.doubtful {
		during = append(during, d.Kind)
	}
	return during
}

// tasks makes the next round.
func (s *visitStory) tasks() []task {
	switch s.random.IntN(25) {
	case 0:
		return []task{{Kind: "forget", Day: s.first}}
	case 1, 2, 3, 4:
		return append(s.appends(), task{Kind: "seal", Day: s.day()})
	}
	return s.appends()
}

func (s *visitStory) day() civil.Day { return s.first + civil.Day(s.random.IntN(3)) }

func (s *visitStory) appends() []task {
	tasks := make([]task, senders)
	for who := range tasks {
		tasks[who] = task{Kind: "append", Batch: s.batch(who)}
	}
	return tasks
}

// batch makes new visits, changes to earlier ones, and some sent before.
func (s *visitStory) batch(who int) []venue.Observation {
	batch := make([]venue.Observation, 1+s.random.IntN(40))
	for i := range batch {
		s.serial++
		day := s.day()
		enter := trace.Instant(day)*24*trace.Hour + trace.Instant(s.random.IntN(20*60))*trace.Minute
		o := venue.Observation{Act: venue.CheckIn, Visit: venue.Visit{
			ID: venuetest.Number(s.serial), Site: venuetest.Number(1 + uint64(s.random.IntN(5))), Day: day,
			Who: venuetest.Number(1 + uint64(s.random.IntN(9))), Party: 1, Enter: enter,
			Leave: enter + trace.Instant(s.random.IntN(300))*trace.Minute,
		}}
		if n := len(s.sent[who]); n > 0 && s.random.IntN(3) == 0 {
			of := s.sent[who][s.random.IntN(n)]
			o.Act, o.Of, o.Day, o.Enter = venue.Act(2+s.random.IntN(3)), of.ID, of.Day, of.Enter
			o.Leave = of.Enter + trace.Instant(s.random.IntN(300))*trace.Minute
			if s.random.IntN(6) == 0 {
				o = of
			}
		}
		batch[i] = o
	}
	return batch
}

// round sends tasks and takes in the answers. Tasks without one, because the
// keeper died, are doubtful.
func (s *visitStory) round(out *gob.Encoder, in *gob.Decoder, tasks []task) {
	s.t.Helper()
	for i := range tasks {
		tasks[i].Number = i
		if out.Encode(tasks[i]) != nil {
			break // it is dead
		}
	}
	answered := make([]bool, len(tasks))
	for range tasks {
		var a reply
		if in.Decode(&a) != nil {
			break
		}
		if a.Err != "" {
			s.t.Fatalf("%s on a sound disk: %s", tasks[a.Number].Kind, a.Err)
		}
		answered[a.Number] = true
		if want := s.acknowledge(tasks[a.Number]); !slices.Equal(a.Outcomes, want) {
			s.t.Fatalf("outcomes are %v, want %v", a.Outcomes, want)
		}
	}
	for i, done := range answered {
		if !done {
			s.doubtful = append(s.doubtful, tasks[i])
		}
	}
}

// acknowledge notes what must be there from now on, and what the answer must be.
func (s *visitStory) acknowledge(t task) []venue.Outcome {
	switch t.Kind {
	case "append":
		who := t.Number
		for _, o := range t.Batch {
			if o.Act == venue.CheckIn {
				s.sent[who] = append(s.sent[who], o)
			}
		}
		return s.model.Append(t.Batch)
	case "forget":
		s.model.Forget(t.Day)
		s.first++
		for who := range s.sent {
			s.sent[who] = slices.DeleteFunc(s.sent[who], func(o venue.Observation) bool { return o.Day < s.first })
		}
	}
	return nil
}

// check compares what the killed process left with what it acknowledged.
func (s *visitStory) check() {
	s.t.Helper()
	if got := breakwater(s.t, "", "--data", s.data, "visits", "verify"); got.code != exitDone || !strings.Contains(got.out, "clean") {
		s.t.Fatalf("visits verify after a kill during %v said %+v", s.doubtful, got)
	}
	p, err := openPurger(s.data)
	if err != nil {
		s.t.Fatal(err)
	}
	log, err := p.open(visitlog.Options{FlushAt: 150, MergeAt: 3, MergeTo: 1500})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, d := range s.doubtful {
		if _, err := p.do(log, d); err != nil && !p.certified(d, err) {
			s.t.Fatalf("%s again: %v", d.Kind, err)
		}
		s.acknowledge(d)
	}
	s.doubtful = nil
	days, err := log.Days(s.t.Context())
	if err != nil || len(days) > 0 && days[0] < s.first {
		s.t.Fatalf("days are %v: %v; those before %s are forgotten", days, err, s.first)
	}
	for day := s.first; day < s.first+3; day++ {
		s.compare(log, day)
	}
	if err := log.Close(); err != nil {
		s.t.Fatal(err)
	}
}

func (s *visitStory) compare(log *visitlog.Log, day civil.Day) {
	s.t.Helper()
	got, want := map[venue.ObservationID]venue.Visit{}, map[venue.ObservationID]venue.Visit{}
	err := log.EachVisit(s.t.Context(), day, func(v venue.Visit) bool {
		if _, twice := got[v.ID]; twice {
			s.t.Errorf("visit %s is there twice", v.ID)
		}
		got[v.ID] = v
		return true
	})
	for _, v := range s.model.Visits(day) {
		want[v.ID] = v
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		s.t.Fatalf("day %s after a kill: %v (-want +got):\n%s", day, err, diff)
	}
}
