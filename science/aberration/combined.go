package aberration

import (
	"math"

	"github.com/breakwater-eoc/breakwater/science/series"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// CombinedParams are the parameters of the combined method.
type CombinedParams struct {
	// Alpha is the nominal share of alarms when nothing happens.
	Alpha float64 `json:"alpha"`
	// Years of history to learn from, at most.
	Years int `json:"years"`
	// Recent counts are left out of what is learnt, so that a beginning
	// outbreak does not hide itself.
	Recent int `json:"recent"`
	// Waves to the year.
	Waves int `json:"waves"`
	// WeightsThreshold is the residual above which a past count is taken for
	// part of an outbreak and loses weight.
	WeightsThreshold float64 `json:"weightsThreshold"`
}

// DefaultCombined are defaults that suit weekly and daily counts.
func DefaultCombined() CombinedParams {
	return CombinedParams{Alpha: 0.01, Years: 12, Recent: 8, Waves: 2, WeightsThreshold: 3}
}

// Combined weighs the newest three counts together. The past gives a mean for
// each (trend, waves of the year, weekdays of a daily series; past outbreaks
// lose weight as in Noufaily and others 2013) and a dispersion. The evidence is
// the likelihood ratio of "an outbreak began at this count, the one before or
// the one before that" against "nothing happened", averaged over beginnings and
// sizes that are likely in advance. Score is its decimal logarithm.
//
// PValue is the chance of as much evidence when nothing happens, worked out
// over all likely triples of counts, with half the chance of exactly as much
// (the mid p value), so that it also holds its level for low counts. Alarm is
// PValue below Alpha, and Bound the largest last count that would not alarm.
func Combined(p CombinedParams) Detector {
	return func(s series.Series, at []int) []Verdict {
		var rows [][]float64
		if s.Check() == nil {
			rows = p.design(s)
		}
		return each(s, at, func(v *Verdict) {
			m, why := p.learn(s, rows, v.T)
			if why != "" {
				v.fitless(why)
				return
			}
			e := m.evidence(s, rows, v.T)
			ratio := e.ratio(math.Floor(v.Observed / e.unit))
			v.Expected = e.weeks[0].mean * e.unit
			v.Score = math.Log10(ratio)
			v.PValue = e.pValue(ratio)
			v.Alarm = v.PValue < p.Alpha
			v.Bound = e.bound(p.Alpha)
		})
	}
}

// design is what each count's mean depends on: level, trend, waves of the year,
// and weekdays of a daily series with dates.
func (p CombinedParams) design(s series.Series) [][]float64 {
	year := float64(s.Step)
	rows := make([][]float64, len(s.Counts))
	for t := range rows {
		years := float64(t) / year
		if s.Days != nil {
			years = float64(s.Days[t]-s.Days[0]) / 365.25
		}
		row := []float64{1, years}
		for k := 1; k <= p.Waves; k++ {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) * years)
			row = append(row, cos, sin)
		}
		if s.Step == series.Daily && s.Days != nil {
			weekday := int(s.Days[t].Weekday())
			for d := 1; d < 7; d++ {
				row = append(row, indicator(d == weekday))
			}
		}
		rows[t] = row
	}
	return rows
}

func indicator(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// learnt is a fitted mean and dispersion.
type learnt struct {
	fit *stat.CountFit
	phi float64
	// phiVariance is the relative variance of phi.
	phiVariance float64
	// columns of the design that the past was long enough for.
	columns []int
}

// learn fits the past of place t.
func (p CombinedParams) learn(s series.Series, rows [][]float64, t int) (learnt, string) {
	last := t - p.Recent
	first := max(0, last-p.Years*int(s.Step))
	m := learnt{columns: p.columns(s, rows, last-first)}
	if len(rows) > 0 {
		m.columns = independent(rows[first:max(first, last)], s.Counts[first:max(first, last)], m.columns)
	}
	var model stat.CountModel
	for i := first; i < last; i++ {
		if !math.IsNaN(s.Counts[i]) {
			model.Y = append(model.Y, s.Counts[i])
			model.X = append(model.X, m.row(rows[i]))
		}
	}
	const leastPerColumn = 6
	if len(model.Y) < leastPerColumn*max(2, len(m.columns)) {
		return m, "the past does not reach far enough back"
	}
	if highest(model.Y) == 0 {
		// No case ever: half a case over all the past is as good a guess.
		model.Y[0] = 0.5
		m.columns = m.columns[:1]
		for i := range model.X {
			model.X[i] = model.X[i][:1]
		}
	}
	m.fit = model.Fit()
	m.phi = math.Max(1, dispersion(model, m.fit))
	const rounds = 3
	for range rounds {
		if !m.fit.Converged {
			return m, noFit
		}
		model.Weights = outbreakWeights(model, m.fit, m.phi, p.WeightsThreshold)
		m.fit = model.Fit()
		m.phi = math.Max(1, dispersion(model, m.fit))
	}
	if !m.fit.Converged {
		return m, noFit
	}
	m.phiVariance = spreadOfDispersion(m.fit.Mu, m.phi)
	return m, ""
}

// columns drops the trend from a past of less than two years, and the waves
// from one of less than a year and a half.
func (p CombinedParams) columns(s series.Series, rows [][]float64, n int) []int {
	if len(rows) == 0 {
		return []int{0}
	}
	years := float64(n) / float64(s.Step)
	var out []int
	for j := range rows[0] {
		wave := j >= 2 && j < 2+2*p.Waves
		if j == 1 && years < 2 || wave && years < 1.5 {
			continue
		}
		out = append(out, j)
	}
	return out
}

// independent drops columns that tell nothing new over the known counts, such
// as a weekday on which a school never reports: they would leave the regression
// without an answer (Gram-Schmidt).
func independent(rows [][]float64, known []float64, columns []int) []int {
	const least = 1e-6 // share of a column's length that must be its own
	var kept []int
	var basis [][]float64
	for _, j := range columns {
		var column []float64
		for i, row := range rows {
			if !math.IsNaN(known[i]) {
				column = append(column, row[j])
			}
		}
		whole := dot(column, column)
		for _, b := range basis {
			share := dot(column, b)
			for i := range column {
				column[i] -= share * b[i]
			}
		}
		own := dot(column, column)
		if len(kept) > 0 && own <= least*least*whole {
			continue
		}
		scale := 1 / math.Sqrt(math.Max(own, math.SmallestNonzeroFloat64))
		for i := range column {
			column[i] *= scale
		}
		kept, basis = append(kept, j), append(basis, column)
	}
	return kept
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

func (m learnt) row(full []float64) []float64 {
	if len(m.columns) == len(full) {
		return full
	}
	row := make([]float64, len(m.columns))
	for i, j := range m.columns {
		row[i] = full[j]
	}
	return row
}

// dispersion is Pearson's, with the weights of the model.
func dispersion(m stat.CountModel, f *stat.CountFit) float64 {
	var sum float64
	for i, y := range m.Y {
		w := 1.0
		if m.Weights != nil {
			w = m.Weights[i]
		}
		sum += w * (y - f.Mu[i]) * (y - f.Mu[i]) / f.Mu[i]
	}
	return sum / float64(len(m.Y)-len(f.Coef))
}

// outbreakWeights give a count less weight that is too high for its mean and
// dispersion: 1/z^2 where z, the normal quantile of its rank in the negative
// binomial distribution, is above the threshold. Ranks, unlike Anscombe
// residuals, are right for small and skewed counts too; the residual is only
// the cheap first look.
func outbreakWeights(m stat.CountModel, f *stat.CountFit, phi, threshold float64) []float64 {
	const suspicious = 2
	w := make([]float64, len(m.Y))
	for i, mu := range f.Mu {
		w[i] = 1
		if m.Y[i]-mu < suspicious*math.Sqrt(phi*mu) {
			continue
		}
		_, p := negBinBound(m.Y[i], mu, math.Max(phi, leastDispersion), 0.5)
		if z := -stat.NormalQuantile(p); z > threshold {
			w[i] = 1 / (z * z)
		}
	}
	return w
}

// sharedError is how often, on average over the beginnings, the error of the
// mean counts that all judged counts share: (sum of f)^2 over sum of f^2 of the
// shares f in outbreakShare.
const sharedError = 1.8

// predict is the mean at a row, and the dispersion of a new count there: the
// estimated one, with the error of the mean, and with what the error of the
// dispersion itself adds to the share of false alarms. That share falls by
// about three percent for each percent of dispersion and is convex, so that a
// relative variance r of the dispersion is made up for by a factor 1+1.4r.
func (m learnt) predict(full []float64) (mean, phi float64) {
	row := m.row(full)
	mean = math.Max(m.fit.Predict(row), 1e-6)
	return mean, m.phi * (1 + sharedError*mean*m.fit.Variance(row)) * (1 + 1.4*m.phiVariance)
}

// spreadOfDispersion is the relative variance of Pearson's dispersion over
// negative binomial counts, from their fourth moment.
func spreadOfDispersion(mu []float64, phi float64) float64 {
	var sum float64
	for _, m := range mu {
		m = math.Max(m, 1e-2)
		sum += 2 + 6*(phi-1)/m + 1/(phi*m)
	}
	n := float64(len(mu))
	const most = 0.25 // beyond, the expansion does not hold
	return math.Min(most, sum/(n*n))
}
