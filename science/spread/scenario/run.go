package scenario

import (
	"context"
	"fmt"
	"math"
	"sync"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Result is all runs of all arms.
type Result struct {
	Scenario  *Scenario   `json:"scenario"`
	Pathogens []string    `json:"pathogens"`
	Rates     []float64   `json:"rates"` // transmission rates in use
	Classes   []string    `json:"classes,omitempty"`
	Sectors   []string    `json:"sectors,omitempty"`
	Arms      []ArmResult `json:"arms"`
}

// ArmResult is one arm over all seeds.
type ArmResult struct {
	Name string `json:"name"`
	Runs []Run  `json:"runs"`
}

// Run is one arm with one seed.
type Run struct {
	Seed   uint64  `json:"seed"`
	Tracks []Track `json:"tracks"` // by pathogen
	Held   []int32 `json:"held"`   // people kept in, by day
	Tests  []int32 `json:"tests"`
	Wanted []int32 `json:"wanted,omitempty"` // visits, by day
	Made   []int32 `json:"made,omitempty"`
	// Ledger is visits by class and spread.Fate over the whole run.
	Ledger [][]int64 `json:"ledger,omitempty"`
	// Prices of the classes, in hundredths of a yuan; money follows the ledger.
	Prices []int64 `json:"-"`
	// Work is person-days of work that was due, by sector and spread.Duty over
	// the whole run.
	Work [][]int64 `json:"work,omitempty"`
	// Values of a day's work in the sectors, in hundredths of a yuan.
	Values []int64 `json:"-"`
}

// Track is one pathogen by day.
type Track struct {
	Infected   []int32 `json:"infected"`
	Positive   []int32 `json:"positive"`
	Admitted   []int32 `json:"admitted"`
	InHospital []int32 `json:"in_hospital"`
	Died       []int32 `json:"died"`
}

// Spent is the money spent at sites over the run, and Missed what was not
// because visits were not made, in hundredths of a yuan. Their sum is what the
// wanted visits would have brought, exactly.
func (r *Run) Spent() (spent, missed int64) {
	for class, row := range r.Ledger {
		for fate, n := range row {
			if f := spread.Fate(fate); f == spread.Made || f == spread.Redirected {
				spent += n * r.Prices[class]
			} else {
				missed += n * r.Prices[class]
			}
		}
	}
	return spent, missed
}

// Earned is the value that work added in a sector over the run, and Lost what
// it did not because people who were due did not work, in hundredths of a yuan.
// Their sum is what all work that was due would have added, exactly.
func (r *Run) Earned(sector int) (earned, lost int64) {
	for duty, n := range r.Work[sector] {
		if spread.Duty(duty) == spread.Worked {
			earned += n * r.Values[sector]
		} else {
			lost += n * r.Values[sector]
		}
	}
	return earned, lost
}

// NotEarned is what Earned tells as lost, over all sectors.
func (r *Run) NotEarned() int64 {
	total := int64(0)
	for sector := range r.Work {
		_, lost := r.Earned(sector)
		total += lost
	}
	return total
}

// Options say how to run.
type Options struct {
	Workers int // runs at a time
	// Progress, when not nil, is told after every run, one call at a time.
	Progress func(done, total int)
}

// calibrationCity is the number of people in whose contacts rates are found.
const calibrationCity = 60_000

// RunAll carries out every arm with every seed.
func RunAll(ctx context.Context, s *Scenario, o Options) (*Result, error) {
	city, err := people.Build(s.description(s.People), s.Seed, max(o.Workers, 1))
	if err != nil {
		return nil, fmt.Errorf("build the city: %w", err)
	}
	var c checker
	cfg := c.config(s, city)
	if len(c.places) > 0 {
		return nil, fault.At("the scenario cannot be used", c.places...)
	}
	if err := s.calibrate(&cfg); err != nil {
		return nil, err
	}
	out := &Result{Scenario: s}
	for _, p := range cfg.Pathogens {
		out.Pathogens, out.Rates = append(out.Pathogens, p.Name), append(out.Rates, p.Rate)
	}
	if cfg.Activity != nil {
		for _, class := range city.Classes {
			out.Classes = append(out.Classes, class.Name)
		}
		for _, sector := range city.Sectors {
			out.Sectors = append(out.Sectors, sector.Name)
		}
	}
	for _, a := range s.Arms {
		out.Arms = append(out.Arms, ArmResult{Name: a.Name, Runs: make([]Run, s.Runs)})
	}
	return out, s.runArms(ctx, cfg, out, o)
}

// calibrate sets the rates of pathogens whose R0 or contacts are not those of
// the catalogue.
func (s *Scenario) calibrate(cfg *spread.Config) error {
	trial := *cfg
	for i, p := range s.Pathogens {
		if p.Rate != nil || p.R0 == nil && !s.ownCity() {
			continue
		}
		if trial.City == cfg.City {
			city, err := people.Build(s.description(calibrationCity), s.Seed, 1)
			if err != nil {
				return fmt.Errorf("build the city of calibration: %w", err)
			}
			trial.City = city
		}
		rate, err := spread.Calibrate(trial, i)
		if err != nil {
			return err
		}
		cfg.Pathogens[i].Rate = rate
	}
	return nil
}

func (s *Scenario) runArms(ctx context.Context, cfg spread.Config, out *Result, o Options) error {
	total := len(s.Arms) * s.Runs
	jobs := make(chan int)
	errs := make([]error, total)
	var group sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range max(o.Workers, 1) {
		group.Go(func() {
			for job := range jobs {
				arm, run := job%len(s.Arms), job/len(s.Arms)
				out.Arms[arm].Runs[run], errs[job] = s.runOne(ctx, cfg, arm, run)
				mu.Lock()
				done++
				if o.Progress != nil {
					o.Progress(done, total)
				}
				mu.Unlock()
			}
		})
	}
	for job := range total {
		jobs <- job
	}
	close(jobs)
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// runOne runs one arm with one seed.
func (s *Scenario) runOne(ctx context.Context, cfg spread.Config, arm, run int) (Run, error) {
	cfg.Seed = s.Seed + uint64(run)
	w, err := spread.New(cfg)
	if err != nil {
		return Run{}, err
	}
	s.infect(w, cfg)
	r := Run{Seed: cfg.Seed, Tracks: make([]Track, len(cfg.Pathogens))}
	for _, class := range cfg.City.Classes {
		r.Prices = append(r.Prices, int64(math.Round(class.Price*100)))
	}
	for _, sector := range cfg.City.Sectors {
		r.Values = append(r.Values, int64(math.Round(sector.Value*100)))
	}
	for day := range s.Days {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		for _, list := range [][]Measure{s.Measures, s.Arms[arm].Measures} {
			for i := range list {
				if list[i].Day == day {
					if err := list[i].apply(w, cfg); err != nil {
						return r, err
					}
				}
			}
		}
		r.add(w.Step())
	}
	return r, nil
}

// infect places immunity, seeds and introductions.
func (s *Scenario) infect(w *spread.World, cfg spread.Config) {
	for i, p := range s.Pathogens {
		if p.Immune > 0 {
			w.Immunise(i, p.Immune, p.ImmuneDays)
		}
		if p.Seeds > 0 {
			w.Seed(p.Seeds, i)
		}
	}
	for k, in := range s.Introductions {
		stream := stat.NewStream(cfg.Seed, "introduction", uint64(k))
		var staff []uint32
		if post := cfg.City.PostNamed(in.Post); post > 0 {
			for p, code := range cfg.City.Post {
				if code == post {
					staff = append(staff, uint32(p))
				}
			}
		}
		for range in.Count {
			person := uint32(stream.IntN(cfg.City.People()))
			if len(staff) > 0 {
				person = staff[stream.IntN(len(staff))]
			}
			w.Introduce(spread.Introduction{Person: person, Pathogen: named(cfg, in.Pathogen), At: float32(in.Day) + 0.5, Ago: float32(in.Ago)})
		}
	}
}

func (r *Run) add(d *spread.Day) {
	for i, c := range d.Pathogens {
		t := &r.Tracks[i]
		t.Infected = append(t.Infected, int32(c.Infected))
		t.Positive = append(t.Positive, int32(c.Positive))
		t.Admitted = append(t.Admitted, int32(c.Admitted))
		t.InHospital = append(t.InHospital, int32(c.InHospital))
		t.Died = append(t.Died, int32(c.Died))
	}
	r.Held = append(r.Held, int32(d.Held))
	r.Tests = append(r.Tests, int32(d.Tests))
	if d.Visits.ByClass == nil {
		return
	}
	r.Wanted = append(r.Wanted, int32(d.Visits.Wanted()))
	r.Made = append(r.Made, int32(d.Visits.Made()))
	r.Ledger = enter(r.Ledger, d.Visits.ByClass)
	r.Work = enter(r.Work, d.Work)
}

// enter adds a day's ledger to that of a run.
func enter(ledger [][]int64, day [][]int) [][]int64 {
	if ledger == nil {
		ledger = make([][]int64, len(day))
		for i, row := range day {
			ledger[i] = make([]int64, len(row))
		}
	}
	for i, row := range day {
		for k, n := range row {
			ledger[i][k] += int64(n)
		}
	}
	return ledger
}
