package detection

import (
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/series"
)

// Method is a detector that takes part.
type Method struct {
	Name     string
	Detector aberration.Detector
	// Sequential methods see all judged weeks of a series in one go, as their
	// verdicts depend on where they began.
	Sequential bool
	// Evidence orders verdicts across series: higher is more unusual.
	Evidence func(aberration.Verdict) float64
}

// Result is how a method did, by the share of weeks without outbreak on which
// it alarms, in percent.
type Result struct {
	// POD is the share of outbreaks with an alarm in their weeks, Sens the
	// share of outbreak weeks with one.
	POD  map[string]float64 `json:"pod"`
	Sens map[string]float64 `json:"sens"`
	// AUC is the chance that an outbreak week has more evidence than one
	// without outbreak.
	AUC float64 `json:"auc"`
	// Delay is the mean number of weeks to the first alarm of the outbreaks
	// found at 1 % of false alarms.
	Delay float64 `json:"delay"`
	// Realised is the share of weeks without outbreak with a p value below a
	// nominal 1 or 5 %; it is missing for methods without p value.
	Realised map[string]float64 `json:"realised_fpr,omitempty"`
}

// Report is the answer of the benchmark.
type Report struct {
	Bases    int               `json:"base_series"`
	Overlays int               `json:"outbreaks"`
	Methods  map[string]Result `json:"methods"`
}

// Score runs the methods over the set on all processors. Progress, which may
// be nil, is called as series are done, from one goroutine at a time.
func Score(set Set, methods []Method, progress func(done, total int)) Report {
	r := Report{Bases: len(set.Bases), Overlays: len(set.Overlays), Methods: map[string]Result{}}
	done, total := 0, len(methods)*(len(set.Bases)+len(set.Overlays))
	for _, m := range methods {
		step := func() {
			done++
			if progress != nil {
				progress(done, total)
			}
		}
		r.Methods[m.Name] = m.run(set, step).result()
	}
	return r
}

// outcome is the evidence and p values of all weeks of a method.
type outcome struct {
	quiet  [][]float64 // by base and judged week
	alarms [][]float64 // by overlay and week of the outbreak
	cases  [][]bool    // whether the week has cases of the outbreak
	p      [][]float64 // by base and judged week
}

func (m Method) run(set Set, step func()) outcome {
	o := outcome{quiet: make([][]float64, len(set.Bases)), p: make([][]float64, len(set.Bases)),
		alarms: make([][]float64, len(set.Overlays)), cases: make([][]bool, len(set.Overlays))}
	var mu sync.Mutex
	parallel(len(set.Bases)+len(set.Overlays), func(i int) {
		if i < len(set.Bases) {
			verdicts := m.Detector(set.Bases[i].series(), aberration.Range(firstJudged, lastJudged))
			for _, v := range verdicts {
				o.quiet[i] = append(o.quiet[i], m.evidence(v))
				o.p[i] = append(o.p[i], v.PValue)
			}
		} else {
			i -= len(set.Bases)
			over := set.Overlays[i]
			for _, v := range m.judge(set.series(over), over) {
				o.alarms[i] = append(o.alarms[i], m.evidence(v))
				o.cases[i] = append(o.cases[i], over.Cases[v.T] > 0)
			}
		}
		mu.Lock()
		defer mu.Unlock()
		step()
	})
	return o
}

// judge returns the verdicts on the weeks of an outbreak.
func (m Method) judge(s series.Series, o Overlay) []aberration.Verdict {
	if !m.Sequential {
		return m.Detector(s, aberration.Range(o.First, o.Last))
	}
	verdicts := m.Detector(s, aberration.Range(firstJudged, o.Last))
	return verdicts[o.First-firstJudged:]
}

// evidence is the method's evidence, the least there is for no judgement.
func (m Method) evidence(v aberration.Verdict) float64 {
	if e := m.Evidence(v); !math.IsNaN(e) {
		return e
	}
	return math.Inf(-1)
}

// parallel runs jobs on all processors.
func parallel(n int, job func(i int)) {
	var wait sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := range next {
				job(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}

// The shares of false alarms at which methods are compared, in percent.
var shares = map[string]float64{"1": 0.01, "2": 0.02, "5": 0.05}

func (o outcome) result() Result {
	quiet := slices.Concat(o.quiet...)
	slices.Sort(quiet)
	r := Result{POD: map[string]float64{}, Sens: map[string]float64{}, AUC: o.auc(quiet)}
	for name, share := range shares {
		threshold := matched(quiet, share)
		pod, sens, delay := o.found(threshold)
		r.POD[name], r.Sens[name] = round(pod), round(sens)
		if name == "1" {
			r.Delay = round(delay)
		}
	}
	for _, name := range []string{"1", "5"} {
		if realised := o.realised(shares[name]); !math.IsNaN(realised) {
			if r.Realised == nil {
				r.Realised = map[string]float64{}
			}
			r.Realised[name] = round(realised)
		}
	}
	return r
}

// round keeps four decimals: the sets are too small for more.
func round(v float64) float64 { return math.Round(v*1e4) / 1e4 }

// matched is the least evidence at or above which at most the share of quiet
// weeks lies. quiet is in rising order.
func matched(quiet []float64, share float64) float64 {
	allowed := int(share * float64(len(quiet)))
	i := len(quiet) - allowed
	if i >= len(quiet) {
		return math.Inf(1)
	}
	if i > 0 && quiet[i] == quiet[i-1] { // a tie belongs together
		i, _ = slices.BinarySearch(quiet, math.Nextafter(quiet[i], math.Inf(1)))
	}
	if i >= len(quiet) {
		return math.Nextafter(quiet[len(quiet)-1], math.Inf(1))
	}
	return quiet[i]
}

// found counts outbreaks and their weeks with evidence at or above a threshold.
func (o outcome) found(threshold float64) (pod, sens, delay float64) {
	var outbreaks, outbreakWeeks, alarmed float64
	for i, weeks := range o.alarms {
		first := -1
		for t, e := range weeks {
			if o.cases[i][t] {
				outbreakWeeks++
			}
			if e < threshold {
				continue
			}
			if o.cases[i][t] {
				alarmed++
			}
			if first < 0 {
				first = t
			}
		}
		if first >= 0 {
			outbreaks++
			delay += float64(first)
		}
	}
	return outbreaks / float64(len(o.alarms)), alarmed / outbreakWeeks, delay / math.Max(outbreaks, 1)
}

// realised is the share of quiet weeks with a p value below the nominal one,
// NaN for a method without p values.
func (o outcome) realised(nominal float64) float64 {
	var below, all float64
	known := false
	for _, weeks := range o.p {
		for _, p := range weeks {
			all++
			if p < nominal {
				below++
			}
			known = known || !math.IsNaN(p)
		}
	}
	if !known {
		return math.NaN()
	}
	return below / all
}

// auc compares every outbreak week with every quiet one; ties count a half.
func (o outcome) auc(quiet []float64) float64 {
	var sum, n float64
	for i, weeks := range o.alarms {
		for t, e := range weeks {
			if !o.cases[i][t] {
				continue
			}
			below, _ := slices.BinarySearch(quiet, e)
			upTo, _ := slices.BinarySearch(quiet, math.Nextafter(e, math.Inf(1)))
			sum += (float64(below) + float64(upTo)) / 2 / float64(len(quiet))
			n++
		}
	}
	return round(sum / n)
}
