// Package pathogen holds what the transmission engine knows about a disease
// agent: how long its stages last, how infectious and how severe it is by age,
// what immunity it leaves, when in the year it spreads, and how tests see it.
//
// In go parameters, each with its source in the catalogue (catalogue.go); out
// come validated values that the engine samples. All times are in days. The
// package is pure.
package pathogen

import (
	"fmt"
	"math"

	"github.com/breakwater-eoc/breakwater/fault"
)

// Pathogen is one agent, or one variant of an agent.
type Pathogen struct {
	Name string

	// Rate is the transmission hazard of a full contact: the number of
	// effective contacts a day that one infectious person of mean load makes
	// per contact a day of weight 1. With R0 above 0 it is set by calibration.
	Rate float64
	// R0 is the wanted mean number of people infected by a typical early case
	// in a wholly susceptible city; 0 keeps Rate as it is.
	R0 float64

	Latent         Dist // infection to start of infectiousness
	Presymptomatic Dist // start of infectiousness to symptoms
	Infectious     Dist // symptoms to end of infectiousness; without symptoms, from its start

	Symptomatic ByAge   // probability of symptoms
	Silent      float64 // relative infectiousness of a course without symptoms
	Load        Load
	// Dispersion is the shape k of the gamma number of mean 1 that multiplies
	// the infectiousness of a course; 0 means that all are equal. Small k
	// means that few people infect most.
	Dispersion     float64
	Susceptibility ByAge // relative, 1 for a full-grown adult

	// Admission, Critical and Death are probabilities per infection of a
	// person without immunity, each at most the one before.
	Admission, Critical, Death ByAge
	ToAdmission                Dist // symptoms to hospital
	ToCritical                 Dist // hospital to intensive care
	Stay                       Dist // days in hospital
	CriticalStay               Dist // days in hospital of those once critical
	// ShedsInHospital keeps the severe infectious until they leave hospital,
	// as Covasim has it; otherwise their infectious time is like that of others.
	ShedsInHospital bool

	Immunity Immunity
	Season   Season
	PCR      Curve // sensitivity by days since infection
	Rapid    Curve
}

// Load is a course of infectiousness in two levels, as in Covasim (Kerr et al.
// 2021): Ratio times as high in the first Share of the infectious time (at
// most Cap days) as after. The two levels are scaled so that the mean over a
// course that the cap does not cut is 1. The zero value is a constant load.
type Load struct {
	Share float64 // of the infectious time, in [0,1)
	Ratio float64 // at least 1
	Cap   float64 // days; 0 means no cap
}

// Levels returns the early and the late infectiousness.
func (l Load) Levels() (early, late float64) {
	if l.Ratio <= 1 || l.Share <= 0 {
		return 1, 1
	}
	late = 1 / (1 + l.Share*(l.Ratio-1))
	return l.Ratio * late, late
}

// Immunity is what an infection leaves. A person's relative susceptibility is
// 1 - p * 2^(-t/HalfLife), with p the entry of Protection for the number of
// infections so far (the last entry for more) and t the days since the last. For
// the first Full days it is 0: nobody has the same disease twice in a few weeks.
type Immunity struct {
	Protection []float64
	HalfLife   float64 // days; 0 means that immunity does not wane
	Full       float64 // days of complete immunity after an infection
	Severity   float64 // factor on admission after an earlier infection, in [0,1]
	Infecting  float64 // factor on infectiousness after an earlier infection, in [0,1]
}

// Lasting is lifelong, complete immunity.
func Lasting() Immunity {
	return Immunity{Protection: []float64{1}, Severity: 1, Infecting: 1}
}

// At returns the protection, in [0,1], days after the last of count infections.
func (m Immunity) At(count int, days float64) float64 {
	if count == 0 || len(m.Protection) == 0 {
		return 0
	}
	if days < m.Full {
		return 1
	}
	p := m.Protection[min(count, len(m.Protection))-1]
	if m.HalfLife > 0 {
		p *= math.Exp2(-max(days, 0) / m.HalfLife)
	}
	return p
}

// Season multiplies transmission by 1 + Amplitude*cos(2*pi*(day-Peak)/365.25).
type Season struct {
	Amplitude float64 // in [0,1)
	Peak      float64 // day of the year of the highest transmission
}

// At returns the factor on a day of the year.
func (s Season) At(day float64) float64 {
	if s.Amplitude == 0 {
		return 1
	}
	return 1 + s.Amplitude*math.Cos(2*math.Pi*(day-s.Peak)/365.25)
}

// ByAge is a step function of age: each value holds from its age until the
// next. Ages before the first have the first value; no steps mean 1.
type ByAge []Step

// Step is one step of a ByAge.
type Step struct {
	From  int // years
	Value float64
}

// Flat is the same value at every age.
func Flat(v float64) ByAge { return ByAge{{0, v}} }

// Decades makes steps of ten years from values that start at age 0.
func Decades(values ...float64) ByAge {
	steps := make(ByAge, len(values))
	for i, v := range values {
		steps[i] = Step{10 * i, v}
	}
	return steps
}

// At returns the value at an age.
func (b ByAge) At(age int) float64 {
	if len(b) == 0 {
		return 1
	}
	v := b[0].Value
	for _, s := range b[1:] {
		if age < s.From {
			break
		}
		v = s.Value
	}
	return v
}

// Curve is a piecewise linear function of days, 0 outside its points.
type Curve []Point

// Point is one corner of a Curve.
type Point struct{ Day, Value float64 }

// At returns the value on a day.
func (c Curve) At(day float64) float64 {
	for i := 1; i < len(c); i++ {
		a, b := c[i-1], c[i]
		if day >= a.Day && day < b.Day {
			return a.Value + (b.Value-a.Value)*(day-a.Day)/(b.Day-a.Day)
		}
	}
	return 0
}

// Shift moves the curve by days; a negative number makes it earlier.
func (c Curve) Shift(days float64) Curve {
	moved := make(Curve, len(c))
	for i, p := range c {
		moved[i] = Point{p.Day + days, p.Value}
	}
	return moved
}

// Validate refuses parameters that no disease can have, and names the field.
func (p *Pathogen) Validate() error {
	if p.Name == "" {
		return fault.New(fault.Invalid, "a pathogen needs a name")
	}
	for _, c := range p.checks() {
		if c.err != nil {
			return fmt.Errorf("pathogen %s, %s: %w", p.Name, c.field, c.err)
		}
	}
	return nil
}

type check struct {
	field string
	err   error
}

func (p *Pathogen) checks() []check {
	return []check{
		{"rate", within(p.Rate, 0, 100)},
		{"r0", within(p.R0, 0, 30)},
		{"latent", p.Latent.Validate()},
		{"presymptomatic", p.Presymptomatic.Validate()},
		{"infectious", p.Infectious.Validate()},
		{"to admission", p.ToAdmission.Validate()},
		{"to critical", p.ToCritical.Validate()},
		{"stay", p.Stay.Validate()},
		{"critical stay", p.CriticalStay.Validate()},
		{"symptomatic", p.Symptomatic.validate(0, 1)},
		{"silent", within(p.Silent, 0, 10)},
		{"dispersion", within(p.Dispersion, 0, 1000)},
		{"susceptibility", p.Susceptibility.validate(0, 1.5)},
		{"admission", p.Admission.validate(0, 1)},
		{"critical", p.nested(p.Critical, p.Admission)},
		{"death", p.nested(p.Death, p.Critical)},
		{"load", p.Load.validate()},
		{"immunity", p.Immunity.validate()},
		{"season amplitude", within(p.Season.Amplitude, 0, 0.99)},
		{"pcr", p.PCR.validate()},
		{"rapid", p.Rapid.validate()},
	}
}

// nested checks that the rarer outcome is never likelier than the commoner one.
func (p *Pathogen) nested(rare, common ByAge) error {
	if err := rare.validate(0, 1); err != nil {
		return err
	}
	for age := range 100 {
		if rare.At(age) > common.At(age) {
			return fault.New(fault.Invalid, "at age %d the outcome is likelier (%v) than the one that comes before it (%v)", age, rare.At(age), common.At(age))
		}
	}
	return nil
}

func (l Load) validate() error {
	if err := within(l.Share, 0, 0.99); err != nil {
		return err
	}
	return within(l.Ratio, 0, 100)
}

func (m Immunity) validate() error {
	for _, v := range append([]float64{m.Severity, m.Infecting}, m.Protection...) {
		if err := within(v, 0, 1); err != nil {
			return err
		}
	}
	if err := within(m.HalfLife, 0, 36500); err != nil {
		return err
	}
	return within(m.Full, 0, 36500)
}

func (b ByAge) validate(low, high float64) error {
	for i, s := range b {
		if err := within(s.Value, low, high); err != nil {
			return err
		}
		if i > 0 && s.From <= b[i-1].From {
			return fault.New(fault.Invalid, "ages must rise, but %d follows %d", s.From, b[i-1].From)
		}
	}
	return nil
}

func (c Curve) validate() error {
	for i, p := range c {
		if err := within(p.Value, 0, 1); err != nil {
			return err
		}
		if i > 0 && !(p.Day > c[i-1].Day) {
			return fault.New(fault.Invalid, "days must rise, but %v follows %v", p.Day, c[i-1].Day)
		}
	}
	return nil
}

func within(v, low, high float64) error {
	if !(v >= low && v <= high) {
		return fault.New(fault.Invalid, "%v is not from %v to %v", v, low, high)
	}
	return nil
}
