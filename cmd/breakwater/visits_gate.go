package main

import (
	"time"

	"github.com/breakwater-eoc/breakwater/observe/venue"
)

// The limits at the gate of visits. The busiest minute of a city of seven
// million is some 3,500 check-ins a second over all sites.
const (
	// siteRate and siteBurst bound what one site may send, by the second and at
	// once: a stadium's gates open for more than a burst of ten minutes.
	siteRate, siteBurst = 100, 60_000
	// gateQueue is how many batches may wait for the disk.
	gateQueue = 4096
	// keepVisits is how many days of visits are kept, today included.
	keepVisits = 21
)

// gate makes the gate at which visits come in. There is no register of sites
// yet: a declaration covers them when it covers the whole city. collects tells
// whether one does at an instant.
func (v *visits) gate(collects func(at time.Time) bool, keep int) *venue.Gate {
	return venue.NewGate(venue.Gate{Admission: v.admission(collects, keep), Log: v.log, Limits: venue.NewSiteLimits(siteRate, siteBurst)}, gateQueue)
}

// admission is the rule by which visits are collected, from wherever they come.
func (v *visits) admission(collects func(at time.Time) bool, keep int) venue.Admission {
	return venue.Admission{Desk: venue.Desk{Keys: v.keys, Zone: v.city.Location}, Keep: keep,
		Declared: func(_ venue.SiteID, at time.Time) bool { return collects(at) }}
}
