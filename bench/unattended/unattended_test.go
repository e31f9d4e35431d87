package unattended

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/drill"
	"github.com/breakwater-eoc/breakwater/place"
)

var small = Size{Districts: 3, Streets: 2, Before: 28, Days: 30, Outbreaks: 4, Seed: 5}

func TestTheSameSeedMakesTheSameCity(t *testing.T) {
	a, b := small.Generate(time.UTC), small.Generate(time.UTC)
	if diff := cmp.Diff(a.Series.Facts, b.Series.Facts); diff != "" {
		t.Errorf("two makings differ:\n%s", diff)
	}
	other := small
	other.Seed++
	if cmp.Equal(a.Series.Facts, other.Generate(time.UTC).Series.Facts) {
		t.Error("another seed made the same city")
	}
}

func TestFactsAreToldInOrderAndNeverBeforeTheirDay(t *testing.T) {
	facts := small.Generate(time.UTC).Series.Facts
	for i, f := range facts {
		if f.Told.Before(f.Row.Day.At(0, 0, time.UTC)) {
			t.Fatalf("%+v was told before its day", f)
		}
		if i > 0 && f.Told.Before(facts[i-1].Told) {
			t.Fatalf("%+v came after %+v", f, facts[i-1])
		}
	}
}

func TestOutbreaksAddWhatTheySay(t *testing.T) {
	with := small.Generate(time.UTC)
	bare := small
	bare.Outbreaks = 0
	without := bare.Generate(time.UTC)
	// The draws do not depend on the outbreaks, so the difference is theirs; of
	// counts told twice the last one stands.
	got := total(with.Series.Facts, with.Watched) - total(without.Series.Facts, with.Watched)
	want := 0
	for _, o := range with.Outbreaks {
		for _, n := range o.Extra {
			want += n
		}
		if o.First < with.Watched.First || o.Last > with.Watched.Last {
			t.Errorf("%s lies outside the watch", o)
		}
	}
	if want == 0 || got > want || got < want*8/10 { // some reports are missing
		t.Errorf("the outbreaks added %d counts, want %d less what was never told", got, want)
	}
}

func total(facts []drill.Fact, w civil.Window) int {
	type cell struct {
		stream string
		area   place.Code
		day    civil.Day
	}
	last := map[cell]int{}
	for _, f := range facts {
		if w.Holds(f.Row.Day) {
			last[cell{string(f.Row.Stream), f.Row.Area, f.Row.Day}] = int(f.Row.Count)
		}
	}
	sum := 0
	for _, n := range last {
		sum += n
	}
	return sum
}

func TestTheSilentSourceIsSilent(t *testing.T) {
	c := small.Generate(time.UTC)
	for _, f := range c.Series.Facts {
		if f.Source == c.Silence.Source && f.Row.Day >= c.Silence.First && f.Row.Day <= c.Silence.Last {
			t.Fatalf("%+v was told", f)
		}
	}
}
