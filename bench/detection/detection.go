// Package detection scores detectors on series in which every outbreak is
// known.
//
// In: a [Set] of weekly base series without a current outbreak and overlays
// that add one, read from a folder or made by [Generate] in the style of
// Noufaily and others (2013) and Bedubourg and Le Strat (2017). Out: for each
// method the share of outbreaks that it finds at the same share of false
// alarms, where the threshold is chosen on weeks without outbreak only.
package detection

import "github.com/breakwater-eoc/breakwater/science/series"

// Set is a benchmark.
type Set struct {
	Bases    []Base
	Overlays []Overlay
}

// Base is one series without a current outbreak.
type Base struct {
	Scenario, Rep int
	Counts        []float64
}

// Overlay is an outbreak in the judged weeks of a base series.
type Overlay struct {
	// Base is the place of the base series in the set.
	Base int
	// First and Last week with cases, counted from 0.
	First, Last int
	// Cases to add, by week.
	Cases map[int]float64
}

// The weeks of a series, and those that are judged, counted from 0: the ones
// numbered 576 to 624.
const (
	weeks       = 624
	firstJudged = 575
	lastJudged  = weeks - 1
)

// series returns the base as a weekly series.
func (b Base) series() series.Series {
	return series.Series{Step: series.Weekly, Counts: b.Counts}
}

// series returns the base of an overlay with its outbreak added.
func (s Set) series(o Overlay) series.Series {
	out := s.Bases[o.Base].series()
	out.Counts = append([]float64(nil), out.Counts...)
	for t, n := range o.Cases {
		out.Counts[t] += n
	}
	return out
}
