package theory

import (
	"math"
	"slices"

	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// reports: T17. Where the ill are tested with a probability and results take
// their time, reports of small outbreaks are onsets thinned by that probability
// and moved by the delay. For each outbreak the probability integral transform of
// the reports under that law, binomial given the onsets, is one number; over
// many outbreaks they must be uniform (Kolmogorov and Smirnov).
func reports(b *bench) error {
	const reported, sensitivity, day = 0.4, 0.9, 30
	p := plain(1.3, exponential(2), exponential(4))
	p.Symptomatic = pathogen.Flat(1)
	p.Presymptomatic = exponential(1)
	p.PCR = pathogen.Curve{{Day: 0, Value: sensitivity}, {Day: 300, Value: sensitivity}}
	cfg, err := mixed(3000, p, 1)
	if err != nil {
		return err
	}
	ranks, err := each(b, b.Chains/2, func(seed uint64) (float64, error) {
		c := cfg
		c.Seed = seed
		w, err := spread.New(c)
		if err != nil {
			return 0, err
		}
		m := w.Measures()
		m.Testing = spread.Testing{Specificity: 1, Delay: 1.5, Programmes: []spread.Programme{{Name: "ill", Attendance: reported}}}
		if err := w.SetMeasures(m); err != nil {
			return 0, err
		}
		w.Seed(12, 0)
		onsets, positive := 0, 0
		for k := range day {
			d := w.Step().Pathogens[0]
			// Swabbed the morning after onset, read a day and a half later, known
			// on the morning after that.
			if k <= day-1-3 {
				onsets += d.Onset
			}
			positive += d.Positive
		}
		s := stat.NewStream(seed, "rank within a value")
		below, at := binomialBelow(onsets, positive, reported*sensitivity)
		return below + s.Float64()*at, nil
	})
	if err != nil {
		return err
	}
	b.near("reports: distance of their ranks from uniform, in units of 1.95 root n (0.1 %)", 0, uniformDistance(ranks)*math.Sqrt(float64(len(ranks)))/1.95, 1)
	b.near("reports: mean rank", 0.5, mean(ranks), 4/math.Sqrt(12*float64(len(ranks))))
	return nil
}

// binomialBelow is the probability of fewer than k successes of n, and of k.
func binomialBelow(n, k int, p float64) (below, at float64) {
	at = math.Exp(float64(n) * math.Log1p(-p))
	for i := range k {
		below += at
		at *= float64(n-i) / float64(i+1) * p / (1 - p)
	}
	return below, at
}

// uniformDistance is the largest distance of the distribution of values from
// the uniform one on [0,1].
func uniformDistance(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	worst, n := 0.0, float64(len(sorted))
	for i, v := range sorted {
		worst = max(worst, float64(i+1)/n-v, v-float64(i)/n)
	}
	return worst
}
