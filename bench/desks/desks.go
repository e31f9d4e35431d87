// Package desks measures what officers do all day, on both databases: the acts
// that they carry out, and the lists that they open first.
//
// In: the desks to measure, a clock and a seed. Out: figures as they were
// measured, with what they ran at and the peers that ran beside them, on
// synthetic records of a synthetic city. Nothing here judges the figures.
package desks

import (
	"slices"
	"time"
)

// Report is what one benchmark prints.
type Report struct {
	Bench   string   `json:"bench"`
	Unit    string   `json:"unit"`
	Figures []Figure `json:"figures"`
	Machine Machine  `json:"machine"`
	Seed    uint64   `json:"seed"`
}

// Figure is one measured figure with the peers that ran beside it.
type Figure struct {
	Name string `json:"name"`
	// On is what it ran on, with its version: "SQLite 3.54.1".
	On    string  `json:"on"`
	Value float64 `json:"value"`
	// Size says how large the run was: "64 callers, 5 s".
	Size  string `json:"size"`
	Peers []Peer `json:"peers,omitempty"`
	// Parts are the figures of which Value is the worst or the sum.
	Parts []Part `json:"parts,omitempty"`
	// Absent says why there is no figure; Value then means nothing.
	Absent string `json:"absent,omitempty"`
}

// Part is one of several figures under one.
type Part struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

// Peer is what a figure is to be compared with.
type Peer struct {
	Name    string  `json:"name"`
	Version string  `json:"version"`
	Size    string  `json:"size"`
	Value   float64 `json:"value"`
}

// Machine is what the benchmark ran on.
type Machine struct {
	System string `json:"system"`
	CPUs   int    `json:"cpus"`
	Go     string `json:"go"`
}

// quantile returns the value below which a share of the values lies, by the
// nearest rank; 0 for none.
func quantile(values []time.Duration, share float64) time.Duration {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	rank := int(share*float64(len(sorted)) + 0.999999)
	return sorted[min(max(rank, 1), len(sorted))-1]
}
