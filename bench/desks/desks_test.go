package desks

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/place"
)

var until = time.Date(2020, 7, 22, 0, 0, 0, 0, time.UTC)

func TestTheSameSeedMakesTheSameRecords(t *testing.T) {
	make := func(seed uint64) ([]detect.Signal, []direct.Directive) {
		g := NewGenerator(seed, until)
		var signals []detect.Signal
		var directives []direct.Directive
		for n := range 50 {
			signals, directives = append(signals, g.Signal(n, 50)), append(directives, g.Directive(n, 50))
		}
		return signals, directives
	}
	s1, d1 := make(1)
	s2, d2 := make(1)
	if diff := cmp.Diff(s1, s2) + cmp.Diff(d1, d2); diff != "" {
		t.Errorf("two runs of one seed differ:\n%s", diff)
	}
	if s3, _ := make(2); cmp.Equal(s1, s3) {
		t.Error("another seed makes the same signals")
	}
	for _, s := range s1 {
		if s.Raised.After(until) || s.Raised.Before(until.AddDate(0, 0, -Days)) {
			t.Errorf("a signal of %s lies outside the days", s.Raised)
		}
	}
}

func TestTheSyntheticCityFitsTogether(t *testing.T) {
	tree, err := place.NewTree(Areas())
	if err != nil {
		t.Fatal(err)
	}
	if n := len(tree.Within(Root)); n != 1+districts*(1+streets*(1+communities)) {
		t.Errorf("the city has %d areas", n)
	}
}

// ticking gives a clock that moves by a step with every look.
func ticking(step time.Duration) func() time.Time {
	var looks atomic.Int64
	return func() time.Time { return until.Add(time.Duration(looks.Add(1)) * step) }
}

func TestRateCountsWhatWasDone(t *testing.T) {
	var done atomic.Int64
	rate, err := Rate(t.Context(), ticking(time.Millisecond), 4, time.Second, func(context.Context, int, int) error {
		done.Add(1)
		return nil
	})
	if err != nil || done.Load() == 0 {
		t.Fatalf("%d done, %v", done.Load(), err)
	}
	if most := float64(done.Load()); rate > most || rate < most/2 {
		t.Errorf("%v a second, with %v in about a second", rate, most)
	}
}

func TestRateEndsWithTheFirstError(t *testing.T) {
	wrong := errors.New("wrong")
	_, err := Rate(t.Context(), ticking(time.Microsecond), 4, time.Hour, func(_ context.Context, caller, n int) error {
		if caller == 2 && n == 3 {
			return wrong
		}
		return nil
	})
	if !errors.Is(err, wrong) {
		t.Errorf("got %v, want the error", err)
	}
}

func TestQuantileIsOfTheNearestRank(t *testing.T) {
	values := make([]time.Duration, 100)
	for i := range values {
		values[99-i] = time.Duration(i + 1)
	}
	for share, want := range map[float64]time.Duration{0.95: 95, 0: 1, 1: 100, 0.001: 1} {
		if got := quantile(values, share); got != want {
			t.Errorf("quantile %v is %d, want %d", share, got, want)
		}
	}
	if got := quantile(nil, 0.5); got != 0 {
		t.Errorf("quantile of nothing is %d", got)
	}
}
