package renewal

// MixEstimates joins estimates of the same spans over equally likely pasts, such
// as draws of a nowcast, into their mixtures. All must have as many spans.
func MixEstimates(pasts [][]Estimate) []Estimate {
	var out []Estimate
	for i, past := range pasts {
		for j, e := range past {
			if i == 0 {
				out = append(out, Estimate{Span: e.Span})
			}
			out[j].parts = append(out[j].parts, e.parts...)
		}
	}
	return out
}

// MixTracked does so for the reproduction numbers of days. A day is without
// estimate where one of the pasts has none.
func MixTracked(pasts [][]Tracked) []Tracked {
	var out []Tracked
	for i, past := range pasts {
		for j, t := range past {
			switch {
			case i == 0:
				mixed := Tracked{Day: t.Day, values: t.values}
				if t.p != nil {
					mixed.p = make([]float64, len(t.p))
				}
				out = append(out, mixed)
			case t.p == nil:
				out[j].p = nil
			}
			for k := range out[j].p {
				out[j].p[k] += t.p[k] / float64(len(pasts))
			}
		}
	}
	return out
}
