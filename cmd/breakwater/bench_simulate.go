package main

import (
	"fmt"
	"runtime"
	"syscall"
	"time"

	"github.com/breakwater-eoc/breakwater/bench/simulation"
)

// benchSimulateCommand measures the transmission engine.
type benchSimulateCommand struct {
	People  int    `default:"1000000" placeholder:"N" help:"People (${default})."`
	Days    int    `default:"100" placeholder:"D" help:"Days (${default})."`
	Mode    string `default:"epidemic" enum:"epidemic,activity" help:"epidemic, or activity with visits and spending (${default})."`
	Threads int    `default:"1" placeholder:"T" help:"Threads (${default}); the hash does not depend on them."`
	Seed    uint64 `default:"1" placeholder:"S" help:"Seed (${default})."`
	Scaling bool   `help:"Measure a quarter, half and all of the people, each with three amounts of infection."`
}

// simulators that a reader may know. They are not run here; what they did on a
// like machine is in docs/performance.md with its circumstances.
var simulators = []string{"OpenABM-Covid19", "Covasim", "CovidSim"}

// absentPeer is a peer that cannot be measured on this machine.
type absentPeer struct {
	Name   string `json:"name"`
	Absent string `json:"absent"`
}

// simulationReport is what is printed.
type simulationReport struct {
	simulation.Figure
	Scaling []simulation.Figure `json:"scaling,omitempty"`
	Peers   []absentPeer        `json:"peers"`
	Machine string              `json:"machine"`
}

// Run implements the sub-command.
func (b *benchSimulateCommand) Run(c *call) error {
	size := simulation.Size{People: b.People, Days: b.Days, Threads: b.Threads, Seed: b.Seed, Mode: simulation.Mode(b.Mode)}
	meter := simulation.Meter{CPU: processorTime, Peak: peakMemory}
	r := simulationReport{Machine: fmt.Sprintf("%s/%s, %d processors, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())}
	for _, name := range simulators {
		r.Peers = append(r.Peers, absentPeer{name, "not installed; see docs/performance.md"})
	}
	var err error
	if r.Figure, err = simulation.Run(size, meter); err != nil {
		return err
	}
	if b.Scaling {
		bar := c.progress("measuring")
		r.Scaling, err = simulation.Scaling(size, meter, bar.set)
		bar.end()
		if err != nil {
			return err
		}
	}
	if c.asJSON {
		return c.printJSON(r)
	}
	t := newTable("people", "days", "infections", "CPU s", "million agent-days a CPU s", "bytes a person", "hash")
	for _, f := range append([]simulation.Figure{r.Figure}, r.Scaling...) {
		t.row(f.People, f.Days, f.Infections, fmt.Sprintf("%.2f", f.RunSeconds), fmt.Sprintf("%.1f", f.AgentDaysPerCPUSecond/1e6),
			fmt.Sprintf("%.0f", f.BytesPerPerson), f.OutputHash)
	}
	return t.print(c.out)
}

// processorTime is what this process has used on all threads.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMemory is the highest resident memory of this process in bytes.
func peakMemory() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return u.Maxrss * 1024
}
