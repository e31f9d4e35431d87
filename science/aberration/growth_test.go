package aberration_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// sewage draws a log-normal load around 100 that grows by a rate a day from a
// place on.
func sewage(seed uint64, days, from int, rate, noise float64) []float64 {
	rng := stat.NewStream(seed, "sewage")
	loads := make([]float64, days)
	for i := range loads {
		loads[i] = rng.LogNormal(math.Log(100)+rate*float64(max(i-from, 0)), noise)
	}
	return loads
}

// TestGrowthOfKnownValues works a small window through by hand: logarithms 0, 0,
// 1, 1, 2 a place apart have the ten slopes 0, 1/2, 1/3, 1/2, 1, 1/2, 2/3, 0,
// 1/2, 1, of which the median is 1/2; spread 10.
func TestGrowthOfKnownValues(t *testing.T) {
	var loads []float64
	for _, l := range []float64{0, 0.3, 0, 0.3, 0, 0.3, 0, 0, 1, 1, 2} {
		loads = append(loads, math.Exp(l))
	}
	d := method(t, "growth", `{"window":5,"least":5,"noise":7,"minSigma":0.1}`, aberration.Correct)
	at := len(loads) - 1
	v := d(weekly(loads...), []int{at})[0]
	// Of the seven values before, those with a neighbour on either side lie 0.3,
	// 0.3, 0.15, 0.5 and 0.5 off the line between these: the median is 0.3.
	sigma := 1.4826 * 0.3 / math.Sqrt(1.5)
	se := sigma * math.Sqrt(math.Pi/3) / math.Sqrt(10)
	if v.Abstained != "" || math.Abs(v.Score-0.5/se) > 1e-9 {
		t.Errorf("score %v, want %v (%s)", v.Score, 0.5/se, v.Abstained)
	}
	if want := math.Exp(0.5); math.Abs(v.Expected-want) > 1e-9 {
		t.Errorf("expected %v, want the median of the window before, %v", v.Expected, want)
	}
}

func TestGrowthIsFoundAndAnOutlierIsNot(t *testing.T) {
	d := method(t, "growth", `{"alpha":0.0001}`, aberration.Correct)
	growing := weekly(sewage(1, 90, 70, 0.12, 0.3)...)
	found := -1
	for _, v := range d(growing, aberration.Range(60, 89)) {
		if v.Alarm && found < 0 {
			found = v.T
		}
	}
	if found < 70 || found > 84 {
		t.Errorf("a load that doubles in six days from place 70 on was found at %d", found)
	}
	steady := sewage(2, 90, 90, 0, 0.3)
	steady[80] *= 50
	for _, v := range d(weekly(steady...), aberration.Range(75, 89)) {
		if v.Alarm {
			t.Errorf("one outlier of a steady load alarms: %+v", v)
		}
	}
}

func TestGrowthDoesNotDependOnTheUnit(t *testing.T) {
	d := method(t, "growth", `{"alpha":0.05}`, aberration.Correct)
	rapid.Check(t, func(t *rapid.T) {
		loads := sewage(rapid.Uint64().Draw(t, "seed"), 70, 50, 0.1, 0.5)
		unit := rapid.Float64Range(1e-6, 1e6).Draw(t, "unit")
		other := make([]float64, len(loads))
		for i, y := range loads {
			other[i] = y * unit
		}
		at := []int{69}
		a, b := d(weekly(loads...), at)[0], d(weekly(other...), at)[0]
		if math.Abs(a.Score-b.Score) > 1e-6*(1+math.Abs(a.Score)) || math.Abs(a.Expected*unit/b.Expected-1) > 1e-9 {
			t.Fatalf("in one unit %+v, in another %+v", a, b)
		}
	})
}

func TestGrowthSaysWhyItAbstains(t *testing.T) {
	nan := math.NaN()
	for _, tc := range []struct {
		name  string
		loads []float64
	}{
		{"nothing before", []float64{5}},
		{"nothing but zeros", repeat(70, 0)},
		{"too few to tell the noise", []float64{3, 4, nan, nan, nan, 5, 4, 6}},
		{"a window of gaps", append(sewage(3, 60, 60, 0, 0.3), nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, 7)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v := method(t, "growth", `{}`, aberration.Correct)(weekly(tc.loads...), []int{len(tc.loads) - 1})[0]
			if v.Abstained == "" || v.Cause == "" || v.Alarm {
				t.Errorf("got %+v, want an abstention with its reason", v)
			}
		})
	}
}

func TestTheBoundOfGrowthIsWhereItsAlarmsBegin(t *testing.T) {
	d := method(t, "growth", `{"alpha":0.02,"window":10}`, aberration.Correct)
	checked := 0
	for seed := range uint64(40) {
		loads := sewage(seed, 70, 62, 0.1, 0.3)
		v := d(weekly(loads...), []int{69})[0]
		if math.IsInf(v.Bound, 1) || v.Bound == 0 {
			continue
		}
		checked++
		for _, part := range []float64{0.999, 1.001} {
			loads[69] = v.Bound * part
			if got := d(weekly(loads...), []int{69})[0]; got.Alarm != (part > 1) {
				t.Errorf("seed %d: at %g of the bound %g the alarm is %t", seed, part, v.Bound, got.Alarm)
			}
		}
	}
	if checked < 10 {
		t.Errorf("only %d bounds were finite", checked)
	}
}
