package history

import (
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/detect/trial"
	"github.com/breakwater-eoc/breakwater/fault"
)

// Matched replays every place with thresholds that were chosen at all the other
// places: of each indicator the one most ready to find something with which the
// false findings there, outside all waves, are at most so many a month; the
// strictest where none is. So streams and detectors are compared at the same
// price, and no place has a say in its own threshold. Indicators without a
// threshold are left out. The fault is Invalid for fewer than two places.
func Matched(places []Place, indicators []detect.Indicator, falseMonth float64, progress func(done, total int)) ([]Result, error) {
	if len(places) < 2 {
		return nil, fault.New(fault.Invalid, "thresholds are chosen at other places, and there is only one place")
	}
	chosen := make([][]Result, len(places))
	for i, ind := range indicators {
		tried, err := tryAll(ind, places)
		if err != nil {
			return nil, err
		}
		for p := range places {
			chosen[p] = append(chosen[p], tried.choose(p, falseMonth)...)
		}
		progress(i+1, len(indicators))
	}
	var all []Result
	for p, results := range chosen {
		overCases(results, places[p].reference().Stream)
		all = append(all, results...)
	}
	return all, nil
}

// trials are the results of an indicator by threshold, the strictest first, and
// by place.
type trials [][][]Result

func tryAll(ind detect.Indicator, places []Place) (trials, error) {
	threshold, err := ind.Threshold()
	if err != nil {
		return nil, nil // nothing to choose
	}
	var all trials
	for _, value := range threshold.Values {
		set, err := ind.At(value)
		if err != nil {
			return nil, err
		}
		byPlace := make([][]Result, len(places))
		for p, place := range places {
			byPlace[p] = Replay(place, []detect.Indicator{set})
			for i := range byPlace[p] {
				byPlace[p][i].Threshold = &value
			}
		}
		all = append(all, byPlace)
	}
	return all, nil
}

// choose returns the results of a place with the threshold that the others choose.
func (t trials) choose(place int, falseMonth float64) []Result {
	for i := len(t) - 1; i >= 0; i-- {
		var elsewhere trial.Mark
		for p, results := range t[i] {
			for _, r := range results {
				if p != place {
					elsewhere = elsewhere.Add(r.mark)
				}
			}
		}
		if i == 0 || elsewhere.FalseMonth() <= falseMonth {
			return t[i][place]
		}
	}
	return nil
}
