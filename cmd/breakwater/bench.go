package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/breakwater-eoc/breakwater/bench/detection"
	"github.com/breakwater-eoc/breakwater/fault"
)

// benchCommand measures.
type benchCommand struct {
	Acts        benchActs            `cmd:"" help:"Journalled acts a second, with many callers at once."`
	Lists       benchLists           `cmd:"" help:"How long lists take for an officer of a street."`
	Corrections benchCorrections     `cmd:"" help:"What it takes to judge anew what one corrected count bears on."`
	Course      benchCourse          `cmd:"" help:"How long the course of an epidemic that is reported late takes to be told."`
	Detect      benchDetectCommand   `cmd:"" help:"Score every detector on a benchmark folder, at matched false alarms."`
	Checkin     benchCheckinCommand  `cmd:"" help:"Measure check-ins over HTTP, durable, beside the same server without a store."`
	Visits      benchVisitsCommand   `cmd:"" help:"Measure the visit log beside PostgreSQL: ingest, size, exposure search."`
	SpeedDetect benchSpeedCommand    `cmd:"" help:"Time every detector."`
	Simulate    benchSimulateCommand `cmd:"" help:"Agent-days a processor second of the transmission engine."`
}

// benchDetectCommand scores detectors.
type benchDetectCommand struct {
	Bench  string   `placeholder:"DIR" help:"Folder with bench_base_* and bench_over_* files; without it, a simulated set."`
	Method []string `placeholder:"NAME" help:"Only these methods."`
	Seed   uint64   `default:"1" help:"Seed of a simulated set (${default})."`
	Rounds int      `default:"2" placeholder:"N" help:"Base series for each scenario of a simulated set (${default})."`
}

// Run implements the sub-command.
func (b *benchDetectCommand) Run(c *call) error {
	methods, err := b.methods()
	if err != nil {
		return err
	}
	if b.Rounds < 1 || b.Rounds > 100 {
		return fault.New(fault.Invalid, "--rounds must lie between 1 and 100, got %d", b.Rounds)
	}
	var set detection.Set
	if b.Bench == "" {
		set = detection.Generate(b.Rounds, b.Seed)
	} else if set, err = detection.Load(os.DirFS(b.Bench)); err != nil {
		return err
	}
	bar := c.progress("scoring")
	report := detection.Score(set, methods, bar.set)
	bar.end()
	if c.asJSON {
		return c.printJSON(report)
	}
	fmt.Fprintf(c.out, "%d series, %d outbreaks; share of outbreaks found at 1, 2 and 5 %% of false alarms\n", report.Bases, report.Overlays)
	t := newTable("method", "POD 1%", "POD 2%", "POD 5%", "weeks 1%", "AUC", "delay", "nominal 1% is")
	for _, m := range methods {
		r := report.Methods[m.Name]
		realised := "-"
		if v, ok := r.Realised["1"]; ok {
			realised = fmt.Sprintf("%.2f%%", 100*v)
		}
		t.row(m.Name, fmt.Sprintf("%.3f", r.POD["1"]), fmt.Sprintf("%.3f", r.POD["2"]), fmt.Sprintf("%.3f", r.POD["5"]),
			fmt.Sprintf("%.3f", r.Sens["1"]), fmt.Sprintf("%.3f", r.AUC), fmt.Sprintf("%.2f", r.Delay), realised)
	}
	return t.print(c.out)
}

func (b *benchDetectCommand) methods() ([]detection.Method, error) {
	all, err := detection.Methods()
	if err != nil || len(b.Method) == 0 {
		return all, err
	}
	var chosen []detection.Method
	for _, name := range b.Method {
		i := slices.IndexFunc(all, func(m detection.Method) bool { return m.Name == name })
		if i < 0 {
			return nil, fault.New(fault.NotFound, "no method of the benchmark is called %q", name)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

// benchSpeedCommand times detectors.
type benchSpeedCommand struct {
	Seed   uint64        `default:"1" help:"Seed of the simulated series (${default})."`
	Least  time.Duration `default:"300ms" help:"Least time for each method (${default})."`
	Series int           `default:"10000" placeholder:"N" help:"How many series of ten years get one new week (${default})."`
}

// speedReport is the answer of the speed benchmark.
type speedReport struct {
	Methods map[string]detection.Pace `json:"methods"`
	Many    manySeries                `json:"one_new_week"`
	Peers   []speedPeer               `json:"peers"`
	Machine string                    `json:"machine"`
	Seed    uint64                    `json:"seed"`
}

type manySeries struct {
	Series  int     `json:"series"`
	Seconds float64 `json:"seconds"`
	Alarms  int     `json:"alarms"`
	Threads int     `json:"threads"`
}

// speedPeer is a reference implementation in the same run.
type speedPeer struct {
	Name     string  `json:"name"`
	Method   string  `json:"method"`
	PerPoint float64 `json:"ns_per_point,omitempty"`
	Ratio    float64 `json:"ratio,omitempty"`
	Absent   string  `json:"absent,omitempty"`
}

// Run implements the sub-command.
func (b *benchSpeedCommand) Run(ctx context.Context, c *call) error {
	const most = 1_000_000
	if b.Series < 1 || b.Series > most || b.Least < 0 || b.Least > time.Minute {
		return fault.New(fault.Invalid, "--series must lie between 1 and %d, --least between 0 and a minute", most)
	}
	pace, err := detection.Speed(c.now, b.Least, b.Seed)
	if err != nil {
		return err
	}
	took, alarms := detection.ManySeries(c.now, b.Series, b.Seed)
	r := speedReport{Methods: pace, Seed: b.Seed, Machine: machine(),
		Many: manySeries{b.Series, took.Seconds(), alarms, runtime.GOMAXPROCS(0)}}
	r.Peers = surveillance(ctx, b.Seed, pace)
	if c.asJSON {
		return c.printJSON(r)
	}
	t := newTable("method", "microseconds a point")
	for _, name := range slices.Sorted(maps.Keys(pace)) {
		t.row(name, fmt.Sprintf("%.1f", pace[name].PerPoint/1000))
	}
	if err := t.print(c.out); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%d series of ten years, one new week: %.2f s on %d threads\n", b.Series, took.Seconds(), r.Many.Threads)
	for _, p := range r.Peers {
		if p.Absent != "" {
			fmt.Fprintf(c.out, "%s: %s\n", p.Name, p.Absent)
			continue
		}
		fmt.Fprintf(c.out, "%s, %s: %.0f times as long\n", p.Name, p.Method, p.Ratio)
	}
	return nil
}

// peerScript times two methods of R surveillance on counts from its input, in
// processor time.
const peerScript = `suppressPackageStartupMessages(library(surveillance))
x <- scan(file("stdin"), quiet = TRUE)
s <- sts(x, frequency = 52)
r <- (length(x) - 19):length(x)
used <- function(f) { t <- proc.time(); f(); sum((proc.time() - t)[1:2]) / length(r) * 1e9 }
flexible <- used(function() farringtonFlexible(s, list(range = r, noPeriods = 10, pastWeeksNotIncluded = 26,
  pThresholdTrend = 1, thresholdMethod = "nbPlugin", limit54 = c(0, 4), glmWarnings = FALSE)))
c1 <- used(function() for (i in 1:50) earsC(s, list(range = r, method = "C1"))) / 50
cat(sprintf('{"farrington-flexible":%f,"ears-c1":%f}', flexible, c1))`

// surveillance runs the reference where it is installed.
func surveillance(ctx context.Context, seed uint64, pace map[string]detection.Pace) []speedPeer {
	const name = "R surveillance"
	path, err := exec.LookPath("Rscript")
	if err != nil {
		return []speedPeer{{Name: name, Absent: "not installed"}}
	}
	ctx, stop := context.WithTimeout(ctx, 5*time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, path, "-e", peerScript)
	cmd.Stdin = strings.NewReader(strings.Trim(fmt.Sprint(detection.TenYears(seed, 0).Counts), "[]"))
	out, err := cmd.Output()
	var took map[string]float64
	if err != nil || json.Unmarshal(out, &took) != nil {
		return []speedPeer{{Name: name, Absent: "R is there, but the package did not run"}}
	}
	var peers []speedPeer
	for _, method := range slices.Sorted(maps.Keys(took)) {
		peers = append(peers, speedPeer{Name: name, Method: method, PerPoint: took[method], Ratio: took[method] / pace[method].PerPoint})
	}
	return peers
}
