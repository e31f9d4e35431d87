package aberration

import (
	"math"

	"github.com/breakwater-eoc/breakwater/science/series"
)

// OutbreakPParams are the parameters of OutbreakP.
type OutbreakPParams struct {
	// K is where the statistic alarms.
	K float64 `json:"k"`
	// From and To cut the series, counted from 1; 0 is its start and its end.
	// The method wants a series that starts at its quietest.
	From int `json:"from"`
	To   int `json:"to"`
	// Most is the largest count tried as a bound.
	Most float64 `json:"maxUpperboundCases"`
	// Range and Ret are accepted for the sake of stored parameters.
	Range string `json:"range"`
	Ret   string `json:"ret"`
}

// DefaultOutbreakP are the defaults of R surveillance.
func DefaultOutbreakP() OutbreakPParams { return OutbreakPParams{K: 100, Most: 1e5} }

// OutbreakP asks whether counts that were level have begun to rise: the
// statistic is the likelihood ratio of the best non-decreasing mean against a
// constant one, without any assumption on the shape of the rise (Frisén,
// Andersson and Schiöler 2009). Score is the statistic, Bound the least last
// count that would alarm.
func OutbreakP(p OutbreakPParams) Detector {
	return func(s series.Series, at []int) []Verdict {
		return each(s, at, func(v *Verdict) {
			from := max(p.From-1, 0)
			if v.T < from || p.To > 0 && v.T >= p.To {
				v.abstain(Short, "outside the part of the series that is judged")
				return
			}
			r := rising(s.Counts[from:v.T])
			v.Score = r.statistic(v.Observed)
			v.Alarm = v.Score > p.K
			v.Expected = series.Mean(s.Counts[from : v.T+1])
			if v.T == from {
				v.Expected = math.NaN()
				v.abstain(Short, "the first count has nothing to rise above")
				return
			}
			v.Bound = r.alarming(v.Observed, p.K, p.Most)
		})
	}
}

// blocks is the isotonic fit to counts: runs of equal mean, rising.
type blocks struct {
	sum, n []float64
	total  float64
	count  float64
	prefix []float64
}

// rising fits a non-decreasing mean to counts by pooling adjacent violators;
// missing counts are left out.
func rising(counts []float64) *blocks {
	b := new(blocks)
	for _, y := range counts {
		if math.IsNaN(y) {
			continue
		}
		sum, n := y, 1.0
		for k := len(b.sum) - 1; k >= 0 && sum/n <= b.sum[k]/b.n[k]; k-- {
			sum += b.sum[k]
			n += b.n[k]
			b.sum, b.n = b.sum[:k], b.n[:k]
		}
		b.sum, b.n = append(b.sum, sum), append(b.n, n)
		b.total += y
		b.count++
	}
	b.prefix = make([]float64, len(b.sum)+1)
	for k := range b.sum {
		b.prefix[k+1] = b.prefix[k] + entropy(b.sum[k], b.n[k])
	}
	return b
}

// entropy is sum*log(sum/n), 0 for a block without cases.
func entropy(sum, n float64) float64 {
	if sum == 0 {
		return 0
	}
	return sum * math.Log(sum/n)
}

// statistic is the likelihood ratio with one more count y at the end.
func (b *blocks) statistic(y float64) float64 {
	sum, n := y, 1.0
	k := len(b.sum)
	for ; k > 0 && sum/n <= b.sum[k-1]/b.n[k-1]; k-- {
		sum += b.sum[k-1]
		n += b.n[k-1]
	}
	total, count := b.total+y, b.count+1
	return math.Exp(b.prefix[k] + entropy(sum, n) - entropy(total, count))
}

// alarming is the least last count whose statistic is above k, NaN where no
// count up to most is, or even 0 is.
func (b *blocks) alarming(observed, k, most float64) float64 {
	low, high := -1.0, math.Min(math.Max(1, observed), 2*most)
	for b.statistic(high) <= k {
		if low, high = high, 2*high; low >= most {
			return math.NaN()
		}
	}
	for high-low > 1 {
		mid := math.Floor((low + high) / 2)
		if b.statistic(mid) > k {
			high = mid
		} else {
			low = mid
		}
	}
	if high == 0 || high > most {
		return math.NaN()
	}
	return high
}
