package spread

import (
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

const maxLayers = 8

// Kind says who meets whom in a layer.
type Kind uint8

// The kinds of layer.
const (
	// Home is everybody in the household, each met Contacts times a day.
	Home Kind = iota
	// Class is the school class; Schoolmates is the rest of the school too.
	Class
	Schoolmates
	// Team is the work team; Colleagues is the whole company.
	Team
	Colleagues
	// Friends is a fixed random graph: the same people every day.
	Friends
	// Crowd is somebody else each time.
	Crowd
)

// Layer is one way to meet people.
type Layer struct {
	Name     string
	Kind     Kind
	Contacts float64 // a day; with each for Home; groups cap it at their size
	Weight   float64 // relative hazard of a contact
	Ill      float64 // share of contacts that people with symptoms keep
	Weekend  float64 // factor on Saturdays, Sundays and festivals, to 2
	Holiday  float64 // factor in school holidays, to 2
	// Often is the share of Friends met on a day; Contacts is how many there are.
	Often float64
	// Couple, for Home, is how many times as much the two grown-ups who head a
	// household meet each other as they meet anybody else there; 0 stands for 1.
	Couple float64
	// From and To bound the ages that take part, To excluded; 0, 0 is all ages.
	From, To int
	// Near is the share of Crowd contacts within one's own area.
	Near float64
	// Activity is the relative number of Crowd contacts by age. Partners are
	// met in proportion to theirs.
	Activity pathogen.ByAge
	// Mixing, for Crowd, replaces Contacts and Activity by a matrix.
	Mixing *Mixing
}

// Mixing is a contact matrix: Contacts[a][b] contacts a day that a person of
// band a has with people of band b. Bounds are the first ages of the bands,
// from 0. For a matrix that real people could have, band sizes times contacts
// must be symmetric; the engine does not insist.
type Mixing struct {
	Bounds   []int
	Contacts [][]float64
}

// Simple is a layer that nothing changes but measures.
func Simple(name string, kind Kind, contacts, weight float64) Layer {
	return Layer{Name: name, Kind: kind, Contacts: contacts, Weight: weight, Ill: 1, Weekend: 1, Holiday: 1, Often: 1}
}

// CityLayers are the contacts of a present-day city in East Asia. Numbers are
// set so that contacts a day by age come out as in Shanghai 2017/18 (Zhang et
// al. 2020); see docs/methods/contacts.md.
func CityLayers() []Layer {
	return []Layer{
		{Name: "home", Kind: Home, Contacts: 0.6, Couple: 2.2, Weight: 1, Ill: 1, Weekend: 1.15, Holiday: 1.15},
		{Name: "class", Kind: Class, Contacts: 16, Weight: 0.6, Ill: 0.25, Weekend: 0, Holiday: 0},
		{Name: "school", Kind: Schoolmates, Contacts: 5, Weight: 0.4, Ill: 0.25, Weekend: 0, Holiday: 0},
		{Name: "team", Kind: Team, Contacts: 7, Weight: 0.6, Ill: 0.5, Weekend: 0.25, Holiday: 1},
		{Name: "company", Kind: Colleagues, Contacts: 5, Weight: 0.4, Ill: 0.5, Weekend: 0.25, Holiday: 1},
		{Name: "friends", Kind: Friends, Contacts: 12, Often: 1.0 / 3, Weight: 0.8, Ill: 0.5, Weekend: 1.3, Holiday: 1.1, From: 7, To: 120},
		{Name: "community", Kind: Crowd, Contacts: 6, Weight: 0.4, Ill: 0.5, Weekend: 1.2, Holiday: 1.1, Near: 0.7,
			Activity: pathogen.ByAge{{From: 0, Value: 0.25}, {From: 7, Value: 0.9}, {From: 20, Value: 1.35}, {From: 40, Value: 1.1}, {From: 60, Value: 0.85}}},
	}
}

func (l *Layer) validate() error {
	for _, v := range []float64{l.Contacts, l.Weight} {
		if !(v >= 0 && v <= 1000) {
			return fault.New(fault.Invalid, "%s: contacts and weight are from 0 to 1000, not %v", l.Name, v)
		}
	}
	if !(l.Ill >= 0 && l.Ill <= 1) || !(l.Near >= 0 && l.Near <= 1) || !(l.Often >= 0 && l.Often <= 1) {
		return fault.New(fault.Invalid, "%s: ill, near and often are from 0 to 1", l.Name)
	}
	if !(l.Weekend >= 0 && l.Weekend <= 2) || !(l.Holiday >= 0 && l.Holiday <= 2) {
		return fault.New(fault.Invalid, "%s: weekend and holiday factors are from 0 to 2", l.Name)
	}
	if l.From < 0 || l.To < 0 || (l.To > 0 && l.From >= l.To) {
		return fault.New(fault.Invalid, "%s: ages from %d to %d are nobody's", l.Name, l.From, l.To)
	}
	if l.Kind == Friends && l.Contacts > 200 {
		return fault.New(fault.Invalid, "%s: more than 200 friends", l.Name)
	}
	for _, s := range l.Activity {
		if !(s.Value >= 0 && s.Value <= 100) {
			return fault.New(fault.Invalid, "%s: activity is from 0 to 100, not %v", l.Name, s.Value)
		}
	}
	if l.Kind > Crowd {
		return fault.New(fault.Invalid, "%s: unknown kind %d", l.Name, l.Kind)
	}
	return l.Mixing.validate(l)
}

func (m *Mixing) validate(l *Layer) error {
	if m == nil {
		return nil
	}
	if l.Kind != Crowd || len(m.Bounds) == 0 || m.Bounds[0] != 0 || len(m.Contacts) != len(m.Bounds) {
		return fault.New(fault.Invalid, "%s: mixing is for crowds and needs as many rows as age bounds, the first bound 0", l.Name)
	}
	for a, row := range m.Contacts {
		if len(row) != len(m.Bounds) || a > 0 && m.Bounds[a] <= m.Bounds[a-1] {
			return fault.New(fault.Invalid, "%s: mixing row %d has %d entries for %d bounds, or bounds that do not rise", l.Name, a, len(row), len(m.Bounds))
		}
		for _, v := range row {
			if !(v >= 0 && v <= 1000) {
				return fault.New(fault.Invalid, "%s: mixing has %v contacts", l.Name, v)
			}
		}
	}
	return nil
}

// layer is a Layer with what its use in a city adds.
type layer struct {
	Layer
	accepted float64 // share of Crowd points that find a partner
	headroom float64 // highest factor that measures may put on it
	active   [128]float32
	peak     float64    // highest activity
	graph    *graph     // Friends
	bands    *bandIndex // Crowd with Mixing
}

func (w *World) newLayer(i int) layer {
	l := layer{Layer: w.cfg.Layers[i]}
	if l.To == 0 {
		l.To = 128
	}
	l.headroom = 1
	if l.Kind == Home {
		l.headroom = maxHomeFactor
	}
	switch {
	case l.Kind == Friends:
		l.graph = newGraph(w.city, l.Layer, stat.NewStream(w.cfg.Seed, "friends "+l.Name))
	case l.Mixing != nil:
		l.bands = newBandIndex(w.city, l.Mixing)
	}
	l.measureActivity(w.city)
	return l
}

// measureActivity scales activity to a mean of 1 over the people who take part.
func (l *layer) measureActivity(city *people.City) {
	var ages [128]int
	for _, a := range city.Age {
		ages[a]++
	}
	total, sum := 0, 0.0
	for age, n := range ages {
		if l.includes(age) {
			total += n
			sum += float64(n) * l.Layer.Activity.At(age)
		}
	}
	if sum == 0 {
		return
	}
	// A partner is looked for in the whole city; the share outside the age
	// bounds is refused, so the rate is raised to make up for it.
	reach := float64(city.People()) / float64(total)
	for age := range ages {
		if l.includes(age) {
			l.active[age] = float32(l.Layer.Activity.At(age) * float64(total) / sum)
			l.peak = max(l.peak, float64(l.active[age]))
		}
	}
	if l.Kind == Crowd && l.Mixing == nil {
		l.accepted = 1 / (l.peak * reach)
		l.Contacts /= l.accepted
	}
}

func (l *layer) includes(age int) bool { return age >= l.From && age < l.To }

// rate is the highest possible number of contact points of a person on an
// ordinary day, before the pathogen's own factors.
func (l *layer) rate(city *people.City, person uint32) float64 {
	age := int(city.Age[person])
	if !l.includes(age) {
		return 0
	}
	return l.points(city, person, age) * l.Weight * l.headroom
}

func (l *layer) points(city *people.City, person uint32, age int) float64 {
	switch l.Kind {
	case Home:
		met := float64(city.HomeSize[person] - 1)
		if l.spouse(city, person) != Nobody {
			met += l.Couple - 1
		}
		return l.Contacts * met
	case Friends:
		if int(person) >= city.Residents() {
			return 0
		}
		return float64(l.graph.places(person)) * l.Often
	case Crowd:
		if l.bands != nil {
			return l.bands.total(age)
		}
		return l.Contacts * float64(l.active[age])
	}
	t := city.Team[person]
	if t == people.None || (city.KindOf(t) == people.School) != (l.Kind == Class || l.Kind == Schoolmates) {
		return 0
	}
	group := city.TeamOf(person)
	if l.Kind == Schoolmates || l.Kind == Colleagues {
		group = city.HouseOf(person)
	}
	return min(l.Contacts, float64(len(group)-1))
}

// MeanContacts is the number of contacts that a person has in each layer on an
// average day of the week outside holidays, without measures.
func (w *World) MeanContacts(person uint32) []float64 {
	out := make([]float64, len(w.layers))
	age := int(w.city.Age[person])
	for i := range w.layers {
		l := &w.layers[i]
		if !l.includes(age) {
			continue
		}
		out[i] = l.points(w.city, person, age) * (5 + 2*l.Weekend) / 7
		switch {
		case l.Kind == Friends && out[i] > 0:
			out[i] *= float64(len(l.graph.friends(person))) / float64(l.graph.places(person))
		case l.Kind == Crowd && l.bands == nil:
			out[i] *= l.accepted
		}
	}
	return out
}

// partner draws whom a contact point is with; Nobody when the point falls
// through.
func (l *layer) partner(city *people.City, person uint32, s *stat.Stream) uint32 {
	switch l.Kind {
	case Home:
		first, size := city.Home(person)
		if spouse := l.spouse(city, person); spouse != Nobody && s.Bool((l.Couple-1)/(float64(size-2)+l.Couple)) {
			return spouse
		}
		return other(person, first, size, s)
	case Class, Team:
		return otherOf(city.TeamOf(person), person, s)
	case Schoolmates, Colleagues:
		return otherOf(city.HouseOf(person), person, s)
	case Friends:
		return l.graph.friend(person, s)
	}
	return l.stranger(city, person, s)
}

// grown is the age from which the first two of a household are taken for a couple.
const grown = 20

// spouse is whom a head of a household meets more than others; Nobody for
// everybody else, and in layers that make no difference.
func (l *layer) spouse(city *people.City, person uint32) uint32 {
	if l.Couple <= 1 || city.HomePos[person] > 1 || city.HomeSize[person] < 2 || city.Age[person] < grown {
		return Nobody
	}
	spouse := person + 1
	if city.HomePos[person] == 1 {
		spouse = person - 1
	}
	if city.Age[spouse] < grown {
		return Nobody
	}
	return spouse
}

func (l *layer) stranger(city *people.City, person uint32, s *stat.Stream) uint32 {
	if l.bands != nil {
		return l.bands.pick(int(city.Age[person]), person, s)
	}
	from, to := uint32(0), uint32(city.People())
	if l.Near > 0 && s.Bool(l.Near) {
		a := city.AreaOf(person)
		from, to = city.AreaStart[a], city.AreaStart[a+1]
	}
	if to-from < 2 {
		return Nobody
	}
	var p uint32
	if person >= from && person < to {
		p = other(person, from, int(to-from), s)
	} else { // a visitor among an area's residents
		p = from + uint32(s.IntN(int(to-from)))
	}
	if s.Float64()*l.peak >= float64(l.active[city.Age[p]]) {
		return Nobody
	}
	return p
}

// other draws one of the size people from first on, but not the person, who
// must be among them.
func other(person, first uint32, size int, s *stat.Stream) uint32 {
	p := first + uint32(s.IntN(size-1))
	if p >= person {
		p++
	}
	return p
}

// otherOf draws a member other than the person; a draw of the person falls to
// the last member, whom no other draw reaches.
func otherOf(group []uint32, person uint32, s *stat.Stream) uint32 {
	p := group[s.IntN(len(group)-1)]
	if p == person {
		return group[len(group)-1]
	}
	return p
}

// bandIndex lists people by age band, for Mixing.
type bandIndex struct {
	band   [128]uint8
	people []uint32
	start  []uint32
	cum    [][]float64
}

func newBandIndex(city *people.City, m *Mixing) *bandIndex {
	b := &bandIndex{people: make([]uint32, city.People()), start: make([]uint32, len(m.Bounds)+1)}
	for age := range b.band {
		for k, from := range m.Bounds {
			if age >= from {
				b.band[age] = uint8(k)
			}
		}
	}
	for _, a := range city.Age {
		b.start[b.band[a]+1]++
	}
	for k := range m.Bounds {
		b.start[k+1] += b.start[k]
	}
	next := append([]uint32(nil), b.start...)
	for p, a := range city.Age {
		k := b.band[a]
		b.people[next[k]] = uint32(p)
		next[k]++
	}
	for _, row := range m.Contacts {
		cum, sum := make([]float64, len(row)), 0.0
		for k, v := range row {
			sum += v
			cum[k] = sum
		}
		b.cum = append(b.cum, cum)
	}
	return b
}

func (b *bandIndex) total(age int) float64 {
	row := b.cum[b.band[age]]
	return row[len(row)-1]
}

func (b *bandIndex) pick(age int, person uint32, s *stat.Stream) uint32 {
	row := b.cum[b.band[age]]
	u := s.Float64() * row[len(row)-1]
	k := 0
	for k < len(row)-1 && u >= row[k] {
		k++
	}
	n := int(b.start[k+1] - b.start[k])
	if n == 0 {
		return Nobody
	}
	p := b.people[int(b.start[k])+s.IntN(n)]
	if p == person {
		return Nobody
	}
	return p
}
