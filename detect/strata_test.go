package detect_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/observe"
)

func TestStrataOfAnIndicator(t *testing.T) {
	for _, tc := range []struct {
		name string
		ind  detect.Indicator
		want []detect.Stratum
	}{
		{"the whole", detect.Indicator{}, []detect.Stratum{""}},
		{"every setting", detect.Indicator{By: detect.BySetting}, []detect.Stratum{"setting:urban", "setting:fringe", "setting:rural"}},
		{"some kinds of source", detect.Indicator{By: detect.BySourceKind, Only: []string{"clinic", "school"}},
			[]detect.Stratum{"source-kind:clinic", "source-kind:school"}},
	} {
		if diff := cmp.Diff(tc.want, tc.ind.Strata()); diff != "" {
			t.Errorf("%s: -want +got\n%s", tc.name, diff)
		}
	}
	if got := len(detect.Indicator{By: detect.BySourceKind}.Strata()); got != len(observe.SourceKinds()) {
		t.Errorf("%d kinds of source, want all %d", got, len(observe.SourceKinds()))
	}
	s := detect.Stratum("source-kind:clinic")
	if s.By() != detect.BySourceKind || s.Part() != "clinic" || detect.Stratum("").By() != detect.Whole {
		t.Errorf("%s is part %s of %s", s, s.Part(), s.By())
	}
}

func TestFindingsOfTwoStrataAreTwo(t *testing.T) {
	clinic := detect.Evidence{Indicator: "i", Area: "a", Day: day0, Stratum: "source-kind:clinic", Observed: 3, Score: 2}
	school := clinic
	school.Stratum = "source-kind:school"
	s := detect.Signal{First: day0, Last: day0, Area: "a", Evidence: []detect.Evidence{clinic}}
	if !s.Extend([]detect.Evidence{school}, "a", detect.Stakes{Harm: 1}) || len(s.Evidence) != 2 {
		t.Errorf("the other stratum's finding is not beside the first: %+v", s.Evidence)
	}
}
