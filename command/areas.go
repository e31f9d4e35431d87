package command

import (
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
)

// Common returns the smallest area that holds both, by their lineages. The
// fault is Internal for areas of different cities.
func Common(lineage Lineage, a, b place.Code) (place.Code, error) {
	if a == "" || a == b {
		return b, nil
	}
	ours, err := lineage(a)
	if err != nil {
		return "", err
	}
	theirs, err := lineage(b)
	if err != nil {
		return "", err
	}
	held := map[place.Code]bool{}
	for _, c := range theirs {
		held[c] = true
	}
	for _, c := range ours {
		if held[c] {
			return c, nil
		}
	}
	return "", fault.New(fault.Internal, "areas %s and %s have nothing in common", a, b)
}
