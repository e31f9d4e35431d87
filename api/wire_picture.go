package api

import (
	"math"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/picture"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/renewal"
)

// ClusterMap is where cases lie together, as it was known at a time.
type ClusterMap struct {
	Stream        string       `json:"stream"`
	Area          string       `json:"area"`
	AsOf          time.Time    `json:"as_of"`
	From          civil.Day    `json:"from" format:"date"`
	To            civil.Day    `json:"to" format:"date"`
	Rank          string       `json:"rank" enum:"district,street,community,grid"`
	Model         string       `json:"model" enum:"pb_poisson,eb_poisson,permutation"`
	Longest       int          `json:"longest" doc:"Days of the longest cluster; places are told over as many."`
	Places        []PlaceCount `json:"places"`
	Left          []string     `json:"left_out" doc:"Areas that could not be scanned, as their position or population is not known."`
	Clusters      []Cluster    `json:"clusters" doc:"They share no area; the least likely by chance comes first."`
	Zones         int          `json:"zones" doc:"Groups of areas that came into question."`
	Simulations   int          `json:"simulations"`
	Reconstructed bool         `json:"reconstructed"`
}

// PlaceCount is an area over the newest days.
type PlaceCount struct {
	Area       string  `json:"area"`
	Population int     `json:"population"`
	Observed   float64 `json:"observed"`
	Expected   float64 `json:"expected"`
}

// Cluster is a group of areas with more than was to be expected.
type Cluster struct {
	Areas    []string  `json:"areas"`
	From     civil.Day `json:"from" format:"date"`
	To       civil.Day `json:"to" format:"date"`
	Observed float64   `json:"observed"`
	Expected float64   `json:"expected"`
	Risk     *float64  `json:"relative_risk,omitempty" doc:"Absent where nothing was observed outside."`
	Score    float64   `json:"score" doc:"Logarithm of the likelihood ratio."`
	PValue   *float64  `json:"p_value,omitempty" doc:"By rank among simulated scans."`
	Gumbel   *float64  `json:"gumbel,omitempty" doc:"By the distribution fitted to them."`
}

func wireClusterMap(m picture.ClusterMap) ClusterMap {
	return ClusterMap{Stream: string(m.Query.Stream), Area: string(m.Query.Area), AsOf: m.Query.AsOf.UTC(), From: m.Window.First, To: m.Window.Last,
		Rank: string(m.Query.Rank), Model: string(m.Query.Model), Longest: m.Query.Longest,
		Places: convert(m.Places, func(p picture.PlaceCount) PlaceCount {
			return PlaceCount{Area: string(p.Area), Population: p.Population, Observed: p.Observed, Expected: p.Expected}
		}),
		Left: convert(m.Left, func(c place.Code) string { return string(c) }), Clusters: convert(m.Clusters, wireCluster),
		Zones: m.Zones, Simulations: m.Simulations, Reconstructed: m.Reconstructed}
}

func wireCluster(c picture.Cluster) Cluster {
	return Cluster{Areas: convert(c.Areas, func(a place.Code) string { return string(a) }), From: c.Window.First, To: c.Window.Last,
		Observed: c.Observed, Expected: c.Expected, Risk: finite(c.Risk), Score: c.Score, PValue: finite(c.PValue), Gumbel: finite(c.Gumbel)}
}

// finite is nil for what is no number.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// Course is how a stream in an area goes on, as it was known at a time.
type Course struct {
	Stream        string         `json:"stream"`
	Area          string         `json:"area"`
	Day           civil.Day      `json:"day" format:"date" doc:"The last day that had ended by the as-of time."`
	AsOf          time.Time      `json:"as_of"`
	IntervalMean  float64        `json:"interval_mean"`
	IntervalSD    float64        `json:"interval_sd"`
	Days          []CourseDay    `json:"days"`
	Triangle      []TriangleRow  `json:"triangle" doc:"The newest days by delay of the report."`
	Nowcast       []NowcastDay   `json:"nowcast" doc:"Empty where too few days were followed as their reports came in."`
	Earlier       []Vintage      `json:"earlier" doc:"What earlier days said, the newest first."`
	Kept          Kept           `json:"kept"`
	Reproduction  []Reproduction `json:"reproduction"`
	Ahead         []ComingDay    `json:"ahead" doc:"Empty where nobody infectious is known."`
	Reconstructed bool           `json:"reconstructed"`
}

// CourseDay is one day as it is known.
type CourseDay struct {
	Day   civil.Day `json:"day" format:"date"`
	Count *int64    `json:"count,omitempty" doc:"Absent when nobody reported."`
}

// TriangleRow is what was known of a day once it had ended, looked at once a day at the hour of the as-of time.
type TriangleRow struct {
	Day   civil.Day      `json:"day" format:"date"`
	Known []TriangleCell `json:"known" doc:"By delay in days, from 0; none for a delay that lies ahead."`
}

// TriangleCell is a count that may not have been known yet.
type TriangleCell struct {
	Count *int64 `json:"count,omitempty"`
}

// NowcastDay is what a day will have when its reports are in.
type NowcastDay struct {
	Day    civil.Day `json:"day" format:"date"`
	Seen   float64   `json:"seen"`
	Median float64   `json:"median"`
	Low    float64   `json:"low" doc:"Lower end of the 95 % interval."`
	High   float64   `json:"high"`
}

func wireNowcastDay(n renewal.Nowcast) NowcastDay {
	return NowcastDay{Day: n.Day, Seen: n.Seen, Median: n.Median, Low: n.Low, High: n.High}
}

// Vintage is what was said on an earlier day, by what was recorded by then.
type Vintage struct {
	AsOf    time.Time    `json:"as_of"`
	Nowcast []NowcastDay `json:"nowcast"`
}

// Kept says how earlier nowcasts did, by what is known now of days at least a week old.
type Kept struct {
	Days        int     `json:"days"`
	Inside      int     `json:"inside" doc:"Of these, how many lie in the interval."`
	Error       float64 `json:"error" doc:"Mean distance of the nowcast from what is known now."`
	Uncorrected float64 `json:"uncorrected" doc:"Mean distance of what had come in."`
}

// Reproduction is the reproduction number of a day; fields are absent where nobody infectious was about.
type Reproduction struct {
	Day      civil.Day `json:"day" format:"date"`
	Mean     *float64  `json:"mean,omitempty"`
	Low      *float64  `json:"low,omitempty"`
	High     *float64  `json:"high,omitempty"`
	WeekMean *float64  `json:"week_mean,omitempty" doc:"As a mean over the week that ends with the day."`
	WeekLow  *float64  `json:"week_low,omitempty"`
	WeekHigh *float64  `json:"week_high,omitempty"`
}

// ComingDay is the cases of a day to come.
type ComingDay struct {
	Day    civil.Day `json:"day" format:"date"`
	Median float64   `json:"median"`
	Low    float64   `json:"low" doc:"Lower end of the 95 % interval."`
	Lower  float64   `json:"lower" doc:"Lower quartile."`
	Upper  float64   `json:"upper" doc:"Upper quartile."`
	High   float64   `json:"high"`
}

func wireCourse(c picture.Course) Course {
	q := c.Query
	return Course{Stream: string(q.Stream), Area: string(q.Area), Day: q.Day, AsOf: q.AsOf.UTC(), IntervalMean: q.Mean, IntervalSD: q.SD,
		Days:     convert(c.Days, func(d picture.CourseDay) CourseDay { return CourseDay(d) }),
		Triangle: wireTriangle(c.Growth, c.Longest), Nowcast: convert(c.Nowcast, wireNowcastDay),
		Earlier: convert(c.Earlier, func(v picture.Vintage) Vintage {
			return Vintage{AsOf: v.AsOf.UTC(), Nowcast: convert(v.Nowcast, wireNowcastDay)}
		}),
		Kept: Kept(c.Kept), Reproduction: convert(c.Reproduction, wireReproduction),
		Ahead: convert(c.Ahead, func(a renewal.Coming) ComingDay {
			return ComingDay{Day: q.Day + civil.Day(a.Ahead), Median: a.Median, Low: a.Low, Lower: a.LowerQuartile, Upper: a.UpperQuartile, High: a.High}
		}),
		Reconstructed: c.Reconstructed}
}

// wireTriangle is the newest days, as many as there are delays.
func wireTriangle(g counts.Growth, longest int) []TriangleRow {
	rows := []TriangleRow{}
	for i := max(0, len(g.Known)-longest-1); i < len(g.Known); i++ {
		rows = append(rows, TriangleRow{Day: g.First + civil.Day(i), Known: convert(g.Known[i], func(n *int64) TriangleCell { return TriangleCell{n} })})
	}
	return rows
}

func wireReproduction(r picture.Reproduction) Reproduction {
	return Reproduction{Day: r.Day, Mean: finite(r.Mean), Low: finite(r.Low), High: finite(r.High),
		WeekMean: finite(r.WeekMean), WeekLow: finite(r.WeekLow), WeekHigh: finite(r.WeekHigh)}
}
