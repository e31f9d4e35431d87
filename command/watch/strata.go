package watch

import (
	"fmt"
	"maps"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// strata holds the series of every area, stratum by stratum.
type strata map[detect.Stratum]map[place.Code][]counts.Point

// evaluate puts an indicator to one stratum of an area's series for one day.
func (all strata) evaluate(ind detect.Indicator, s detect.Stratum, area place.Code, day civil.Day) (detect.Evidence, bool) {
	e, ok := ind.Evaluate(area, all[s][area], day)
	e.Stratum = s
	return e, ok
}

// ownSeries is one of the store's ways to read the areas' own days.
type ownSeries func(SeriesQuery) (map[place.Code][]counts.Point, error)

// stratify reads what a query asks for and makes the series of every area, for
// each stratum that one of the indicators judges. A kind of source that the city
// does not have has none.
func (d *Desk) stratify(indicators []detect.Indicator, q SeriesQuery, read ownSeries) (strata, error) {
	whole, err := read(q)
	if err != nil {
		return nil, fmt.Errorf("read the series of %s: %w", q.Stream, err)
	}
	all := strata{}
	for _, ind := range indicators {
		for _, s := range ind.Strata() {
			if _, known := all[s]; known {
				continue
			}
			own := whole
			switch s.By() {
			case detect.BySetting:
				own = d.ofSetting(whole, place.Setting(s.Part()))
			case detect.BySourceKind:
				if q.Sources = d.sourcesOf(observe.SourceKind(s.Part())); len(q.Sources) == 0 {
					continue
				}
				if own, err = read(q); err != nil {
					return nil, fmt.Errorf("read the series of %s by %s: %w", q.Stream, s, err)
				}
			}
			all[s] = counts.Rollup(d.Areas, own)
		}
	}
	return all, nil
}

// ofSetting keeps what the areas of a setting reported themselves.
func (d *Desk) ofSetting(own map[place.Code][]counts.Point, setting place.Setting) map[place.Code][]counts.Point {
	kept := map[place.Code][]counts.Point{}
	for _, a := range d.Areas {
		if points, ok := own[a.Code]; ok && inSetting(a, setting) {
			kept[a.Code] = points
		}
	}
	return kept
}

// inStratum reports whether an observation belongs to a stratum.
func (d *Desk) inStratum(s detect.Stratum, v counts.Version) bool {
	switch s.By() {
	case detect.BySourceKind:
		return d.Sources[v.Source].Kind == observe.SourceKind(s.Part())
	case detect.BySetting:
		i := slices.IndexFunc(d.Areas, func(a place.Area) bool { return a.Code == v.Area })
		return i >= 0 && inSetting(d.Areas[i], place.Setting(s.Part()))
	}
	return true
}

// inSetting reports whether an area counts for a setting. The setting of a city
// says nothing of its parts, so that its own figures are in none.
func inSetting(a place.Area, setting place.Setting) bool {
	return a.Kind != place.City && a.Setting == setting
}

// sourcesOf lists the sources of a kind, in order of their ids.
func (d *Desk) sourcesOf(kind observe.SourceKind) []observe.SourceID {
	var ids []observe.SourceID
	for _, id := range slices.Sorted(maps.Keys(d.Sources)) {
		if d.Sources[id].Kind == kind {
			ids = append(ids, id)
		}
	}
	return ids
}
