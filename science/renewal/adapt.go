package renewal

import "github.com/breakwater-eoc/breakwater/science/series"

// Adapt PLACEHOLDER.
func Adapt(tr series.Triangle, alpha float64) ([]Nowcast, error) { return nil, nil }
