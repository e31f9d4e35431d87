// Package simulation measures the transmission engine: agent-days a processor
// second, memory a person, and how cost follows infections rather than people.
//
// In: sizes, a seed, and a Meter that tells processor time and memory. Out:
// figures that print as one JSON object.
package simulation

import (
	"fmt"
	"runtime"
	"time"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// Mode is what is simulated.
type Mode string

// The modes.
const (
	Epidemic Mode = "epidemic" // contacts by layers
	Activity Mode = "activity" // visits to sites too, each logged, priced and sorted by site
)

// Meter tells what the process has used.
type Meter struct {
	CPU  func() time.Duration // processor time, all threads
	Peak func() int64         // highest resident memory, bytes
}

// Size is what to run.
type Size struct {
	People  int     `json:"people"`
	Days    int     `json:"days"`
	Threads int     `json:"threads"`
	Seed    uint64  `json:"seed"`
	Mode    Mode    `json:"mode"`
	R0      float64 `json:"r0"`
}

// Figure is what one run used.
type Figure struct {
	Size
	AgentDaysPerCPUSecond float64 `json:"agent_days_per_cpu_s"`
	// BytesPerPerson is the live memory of city and world after the run.
	BytesPerPerson float64 `json:"bytes_per_person"`
	BuildSeconds   float64 `json:"build_s"` // processor seconds to build the city
	RunSeconds     float64 `json:"run_cpu_s"`
	PeakRSS        float64 `json:"peak_rss_mb"` // of the process so far
	Infections     int     `json:"infections"`
	Visits         int     `json:"visits"`
	OutputHash     string  `json:"output_hash"`
}

// Run measures one size: an ancestral coronavirus that enters with one person
// in 5,000 and is not held back.
func Run(s Size, m Meter) (Figure, error) {
	f := Figure{Size: s}
	if s.Mode != Epidemic && s.Mode != Activity {
		return f, fault.New(fault.Invalid, "mode is epidemic or activity, not %q", s.Mode)
	}
	if s.Days < 1 || s.Days > 5000 || s.Threads < 1 || s.Threads > 1024 {
		return f, fault.New(fault.Invalid, "days are from 1 to 5000 and threads from 1 to 1024")
	}
	before := live()
	begun := m.CPU()
	city, err := people.Build(people.Typical(s.People), s.Seed, s.Threads)
	if err != nil {
		return f, err
	}
	f.BuildSeconds = (m.CPU() - begun).Seconds()
	w, err := world(s, city)
	if err != nil {
		return f, err
	}
	w.Seed(max(s.People/5000, 1), 0)
	begun = m.CPU()
	for range s.Days {
		d := w.Step()
		f.Infections += d.Pathogens[0].Infected
		f.Visits += d.Visits.Made()
	}
	f.RunSeconds = (m.CPU() - begun).Seconds()
	f.AgentDaysPerCPUSecond = float64(s.People) * float64(s.Days) / max(f.RunSeconds, 1e-9)
	f.BytesPerPerson = float64(live()-before) / float64(s.People)
	f.PeakRSS = float64(m.Peak()) / (1 << 20)
	f.OutputHash = fmt.Sprintf("%016x", w.Fingerprint())
	return f, nil
}

func world(s Size, city *people.City) (*spread.World, error) {
	p := pathogen.Ancestral()
	if s.R0 > 0 {
		p.Rate *= s.R0 / p.R0
	}
	cfg := spread.Config{City: city, Pathogens: []pathogen.Pathogen{p}, Layers: spread.CityLayers(), Seed: s.Seed, Workers: s.Threads, Quiet: true}
	if s.Mode == Activity {
		a := spread.DefaultActivity()
		cfg.Activity, cfg.Layers = &a, spread.ActivityLayers()
	}
	return spread.New(cfg)
}

// live is the memory that is still reachable.
func live() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// Scaling measures how cost follows people and infections: each size with no
// spread, with half and with all of it.
func Scaling(s Size, m Meter, progress func(done, total int)) ([]Figure, error) {
	var out []Figure
	sizes := []int{s.People / 4, s.People / 2, s.People}
	levels := []float64{0.01, 1.3, 2.9}
	for _, n := range sizes {
		for _, r0 := range levels {
			one := s
			one.People, one.R0 = n, r0
			f, err := Run(one, m)
			if err != nil {
				return out, err
			}
			out = append(out, f)
			progress(len(out), len(sizes)*len(levels))
		}
	}
	return out, nil
}
