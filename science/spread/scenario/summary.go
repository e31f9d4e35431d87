package scenario

import (
	"slices"
)

// Metric is one outcome of one arm over its seeds, and its difference from the
// first arm with the same seeds.
type Metric struct {
	Name string `json:"name"`
	Unit string `json:"unit"`
	Band
	// Change is the paired difference from the first arm: seed by seed, then
	// its mean and band.
	Change Band `json:"change"`
}

// Band is a mean with the 5th and 95th percentile over seeds.
type Band struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// ArmSummary is the metrics of one arm.
type ArmSummary struct {
	Arm     string   `json:"arm"`
	Metrics []Metric `json:"metrics"`
}

// measure computes one outcome of a run.
type measure struct {
	name, unit string
	of         func(*Run) float64
}

// Summary compares the arms.
func (r *Result) Summary() []ArmSummary {
	var out []ArmSummary
	list := r.outcomes()
	for _, arm := range r.Arms {
		s := ArmSummary{Arm: arm.Name}
		for _, m := range list {
			values, changes := make([]float64, len(arm.Runs)), make([]float64, len(arm.Runs))
			for i := range arm.Runs {
				values[i] = m.of(&arm.Runs[i])
				changes[i] = values[i] - m.of(&r.Arms[0].Runs[i])
			}
			s.Metrics = append(s.Metrics, Metric{m.name, m.unit, band(values), band(changes)})
		}
		out = append(out, s)
	}
	return out
}

func (r *Result) outcomes() []measure {
	n := float64(r.Scenario.People)
	var list []measure
	for i, name := range r.Pathogens {
		list = append(list,
			measure{name + ": infections", "per 1,000", func(r *Run) float64 { return sum(r.Tracks[i].Infected) / n * 1000 }},
			measure{name + ": peak day", "day", func(r *Run) float64 { return float64(peak(r.Tracks[i].Infected)) }},
			measure{name + ": admissions", "per 100,000", func(r *Run) float64 { return sum(r.Tracks[i].Admitted) / n * 1e5 }},
			measure{name + ": most in hospital", "people", func(r *Run) float64 { return float64(slices.Max(r.Tracks[i].InHospital)) }},
			measure{name + ": deaths", "per 100,000", func(r *Run) float64 { return sum(r.Tracks[i].Died) / n * 1e5 }},
			measure{name + ": confirmed", "per 1,000", func(r *Run) float64 { return sum(r.Tracks[i].Positive) / n * 1000 }},
			measure{name + ": runs with 100 infections", "share", func(r *Run) float64 { return atLeast(sum(r.Tracks[i].Infected), 100) }},
		)
	}
	list = append(list,
		measure{"swabs", "per 1,000 and day", func(r *Run) float64 { return sum(r.Tests) / n * 1000 / float64(len(r.Tests)) }},
		measure{"person-days kept in", "per 1,000", func(r *Run) float64 { return sum(r.Held) / n * 1000 }},
	)
	if r.Classes == nil {
		return list
	}
	return append(list,
		measure{"visits kept", "% of wanted", func(r *Run) float64 { return 100 * sum(r.Made) / max(sum(r.Wanted), 1) }},
		measure{"spent at sites", "yuan per person", func(r *Run) float64 { s, _ := r.Spent(); return float64(s) / 100 / n }},
		measure{"not spent at sites", "yuan per person", func(r *Run) float64 { _, m := r.Spent(); return float64(m) / 100 / n }},
		measure{"value not added by work", "yuan per person", func(r *Run) float64 { return float64(r.NotEarned()) / 100 / n }},
	)
}

func atLeast(v, bound float64) float64 {
	if v >= bound {
		return 1
	}
	return 0
}

func sum(list []int32) float64 {
	total := 0.0
	for _, v := range list {
		total += float64(v)
	}
	return total
}

// peak is the first day with the most.
func peak(list []int32) int {
	at := 0
	for i, v := range list {
		if v > list[at] {
			at = i
		}
	}
	return at
}

func band(values []float64) Band {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	var b Band
	for _, v := range values {
		b.Mean += v / float64(len(values))
	}
	b.Low, b.High = quantile(sorted, 0.05), quantile(sorted, 0.95)
	return b
}

// quantile interpolates between order statistics (type 7 of Hyndman and Fan).
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// Daily is a band over seeds for every day of one series of an arm.
func Daily(arm ArmResult, series func(*Run) []int32) []Band {
	if len(arm.Runs) == 0 {
		return nil
	}
	out := make([]Band, len(series(&arm.Runs[0])))
	values := make([]float64, len(arm.Runs))
	for day := range out {
		for i := range arm.Runs {
			values[i] = float64(series(&arm.Runs[i])[day])
		}
		out[day] = band(values)
	}
	return out
}
