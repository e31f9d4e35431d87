package detect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/place"
)

// Stratification is what an indicator's stream is told apart by, beside areas.
type Stratification string

// The stratifications.
const (
	// Whole tells nothing apart.
	Whole Stratification = ""
	// BySourceKind judges what each kind of source reported, on its own.
	BySourceKind Stratification = "source-kind"
	// BySetting judges the urban areas within an area together, those of the urban
	// fringe, and the rural ones. What the city reported as a whole is in none.
	BySetting Stratification = "setting"
)

// Stratum is one part of a stratification, such as "setting:rural"; the empty
// one is the whole.
type Stratum string

// By returns the stratification that the stratum is a part of.
func (s Stratum) By() Stratification {
	by, _, _ := strings.Cut(string(s), ":")
	return Stratification(by)
}

// Part returns the setting or the kind of source that the stratum is.
func (s Stratum) Part() string {
	_, part, _ := strings.Cut(string(s), ":")
	return part
}

// parts lists what a stratification can tell apart; ok is false for one that
// there is not.
func (by Stratification) parts() (parts []string, ok bool) {
	switch by {
	case Whole:
		return nil, true
	case BySetting:
		return []string{string(place.Urban), string(place.Fringe), string(place.Rural)}, true
	case BySourceKind:
		for _, kind := range observe.SourceKinds() {
			parts = append(parts, string(kind))
		}
		return parts, true
	}
	return nil, false
}

// Strata returns the strata that the indicator judges, each on its own: the
// whole where it is not stratified.
func (ind Indicator) Strata() []Stratum {
	if ind.By == Whole {
		return []Stratum{""}
	}
	parts, _ := ind.By.parts()
	if len(ind.Only) > 0 {
		parts = ind.Only
	}
	strata := make([]Stratum, len(parts))
	for i, part := range parts {
		strata[i] = Stratum(string(ind.By) + ":" + part)
	}
	return strata
}

// wrongStrata says what is wrong with the stratification.
func (ind Indicator) wrongStrata() []fault.Place {
	parts, ok := ind.By.parts()
	if !ok {
		return []fault.Place{{Field: "by", Problem: fmt.Sprintf("%q is neither %s nor %s", ind.By, BySourceKind, BySetting)}}
	}
	var wrong []fault.Place
	for i, part := range ind.Only {
		if !slices.Contains(parts, part) || slices.Contains(ind.Only[:i], part) {
			wrong = append(wrong, fault.Place{Field: "only", Problem: fmt.Sprintf("%q stands twice or is none of %v", part, parts)})
		}
	}
	return wrong
}
