package spread

import (
	"math"
	"math/bits"
	"slices"
	"sync"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Activity makes people visit sites. Infection then passes at sites between
// people who are there at the same time, beside the layers; a Crowd layer
// should be left out, or stand only for chance meetings elsewhere.
type Activity struct {
	Weight float64 // relative hazard of a contact at a site
	Ill    float64 // share of visits that people with symptoms still make
	Keep   int     // days of stays that are kept for tracing, to 14
	Stay   int     // days that a visitor to the city stays, to 90; 0 is for ever
}

// DefaultActivity has the weight at which sites pass on about as much as the
// community layer that they replace, so that the catalogue's rates keep R0.
func DefaultActivity() Activity { return Activity{Weight: 0.4, Ill: 0.5} }

// Fate is what became of a wanted visit.
type Fate uint8

// The fates. Only Made and Redirected visits take place.
const (
	Made       Fate = iota
	Redirected      // to another site of the class, because the first was full
	Gone            // the person has died
	InWard          // in hospital
	KeptIn          // in isolation or quarantine
	Sick            // stayed at home with symptoms
	Afraid          // put off by news
	Shut            // the class or the area is closed
	Thinned         // no booking to be had
	Full            // turned away at the door
	fates
)

var fateNames = [fates]string{"made", "redirected", "gone", "in ward", "kept in", "sick", "afraid", "shut", "thinned", "full"}

// String returns the name of the fate.
func (f Fate) String() string {
	if f < fates {
		return fateNames[f]
	}
	return "unknown"
}

// Fates lists all fates in order.
func Fates() []Fate {
	list := make([]Fate, fates)
	for i := range list {
		list[i] = Fate(i)
	}
	return list
}

// VisitCounts is the day's ledger: the visits of each class by their fate. A
// class's wanted visits are the sum over fates, exactly; money follows visits,
// at the class's price.
type VisitCounts struct {
	ByClass [][]int // [class][Fate], by residents and visitors
	Guests  [][]int // of these, by visitors to the city
}

// Wanted is the number of visits that people of all classes wanted to make.
func (v VisitCounts) Wanted() int {
	n := 0
	for _, row := range v.ByClass {
		for _, k := range row {
			n += k
		}
	}
	return n
}

// Made is the number of visits that took place.
func (v VisitCounts) Made() int {
	n := 0
	for _, row := range v.ByClass {
		n += row[Made] + row[Redirected]
	}
	return n
}

// SiteRules is what measures say about sites. The zero value allows all.
type SiteRules struct {
	Classes []ClassRule // by site class; nil allows all
	Closed  []bool      // by area; nil closes none
}

// ClassRule is the rule of one class. The zero value shuts it.
type ClassRule struct {
	Admit    float64 // share of visits that get a booking, in [0,1]; 0 is shut
	Load     float64 // share of capacity that may be inside at once; 0 is no bound
	Redirect bool    // who is turned away looks for another site of the class
}

// Open is the rule that allows everything.
func Open() ClassRule { return ClassRule{Admit: 1} }

func (r *SiteRules) validate(w *World) error {
	if r.Classes != nil && len(r.Classes) != len(w.city.Classes) {
		return fault.New(fault.Invalid, "site rules: %d given for %d classes", len(r.Classes), len(w.city.Classes))
	}
	for i, c := range r.Classes {
		if !(c.Admit >= 0 && c.Admit <= 1) || !(c.Load >= 0 && c.Load <= 1) {
			return fault.New(fault.Invalid, "site rule of %q: admit and load are from 0 to 1", w.city.Classes[i].Name)
		}
	}
	if r.Closed != nil && len(r.Closed) != w.city.Areas() {
		return fault.New(fault.Invalid, "site rules: %d areas given of %d", len(r.Closed), w.city.Areas())
	}
	return nil
}

func (a *Activity) validate(c *people.City) error {
	if len(c.Classes) == 0 || c.Sites() == 0 {
		return fault.New(fault.Invalid, "activity: the city has no sites")
	}
	if !(a.Weight >= 0 && a.Weight <= 100) || !(a.Ill >= 0 && a.Ill <= 1) || a.Keep < 0 || a.Keep > 14 || a.Stay < 0 || a.Stay > 90 {
		return fault.New(fault.Invalid, "activity: weight is from 0 to 100, ill from 0 to 1, 0 to 14 days are kept, and visitors stay 0 to 90 days")
	}
	return nil
}

// Visit is one stay at a site, as wanted; Fate tells whether it took place.
type Visit struct {
	Person uint32
	Site   uint32
	Start  uint8 // in ticks of ten minutes since midnight
	Ticks  uint8 // length, at least 1
	Class  uint8
	Fate   Fate
}

// TicksPerDay is the number of ticks that Visit counts in.
const TicksPerDay = 144

func (v *Visit) took() bool { return v.Fate <= Redirected }

// at reports whether the visitor is inside at a tick.
func (v *Visit) at(tick float64) bool {
	return v.took() && tick >= float64(v.Start) && tick < float64(v.Start)+float64(v.Ticks)
}

// Visits lists the stays of the day that Step ran last, in the order of
// persons. A redirected stay stands under its new site. The slice is valid until
// the next Step; nil without Activity.
func (w *World) Visits() []Visit {
	if w.visits == nil {
		return nil
	}
	return w.visits.today.stays
}

// visits is the state of activity mode.
type visits struct {
	Activity
	key       stat.Stream
	keyToday  stat.Stream
	festive   int           // 1 in festivals
	meet      []stat.Stream // by pathogen
	meetToday []stat.Stream
	bands     [ageBands]band
	want      []uint8  // by person: visits wanted today
	area      []uint16 // by person
	today     roll
	past      []roll // earlier days, the latest last
	sick      []uint8
	sickIn    []uint32 // who is marked in sick
	load      [][TicksPerDay]uint16
}

// roll is the stays of a day, in two orders.
type roll struct {
	day    int
	stays  []Visit
	block  []uint32 // first stay of each block of blockSize persons
	order  []uint32 // stays by site
	bySite []uint32 // into order; one more than there are sites
}

const (
	ageBands   = 4 // children, adults, elders, visitors
	blockSize  = 4
	mostStays  = 15      // a day
	shareParts = 1 << 12 // parts into which visits are divided by class
)

// band is how often people of an age band visit what.
type band struct {
	count [2][mostStays]float64 // cumulative probability of so many visits, by kind of day
	class [2][shareParts]uint8  // class of each part of the visits
}

func newVisits(w *World) *visits {
	v := &visits{Activity: *w.cfg.Activity, key: stat.NewStream(w.cfg.Seed, "visits")}
	for i := range w.paths {
		v.meet = append(v.meet, stat.NewStream(w.cfg.Seed, "at sites, "+w.paths[i].Name))
	}
	for b := range v.bands {
		for festive := range 2 {
			v.bands[b].fill(w.city.Classes, b, festive)
		}
	}
	v.sick = make([]uint8, (w.city.People()+7)/8)
	v.want = make([]uint8, w.city.People())
	v.area = make([]uint16, w.city.People())
	for p := range v.area {
		v.area[p] = uint16(w.city.AreaOf(uint32(p)))
	}
	v.meetToday = make([]stat.Stream, len(w.paths))
	return v
}

func (b *band) fill(classes []people.SiteClass, age, festive int) {
	rates, sum := make([]float64, len(classes)), 0.0
	for i, c := range classes {
		rates[i] = [ageBands]float64{c.Child, c.Adult, c.Elder, c.Guest}[age] / 7
		if festive == 1 {
			rates[i] *= c.Holiday
		}
		sum += rates[i]
	}
	p, cum := math.Exp(-sum), 0.0
	for n := range mostStays {
		cum += p
		b.count[festive][n] = cum
		p *= sum / float64(n+1)
	}
	run, at := 0.0, 0
	for i, r := range rates {
		run += r
		for end := int(math.Round(run / max(sum, 1e-300) * shareParts)); at < end && at < shareParts; at++ {
			b.class[festive][at] = uint8(i)
		}
	}
}

func bandOf(age uint8) int {
	switch {
	case age < 18:
		return 0
	case age < 65:
		return 1
	}
	return 2
}

// draw makes the day's stays and settles their fates.
func (v *visits) draw(w *World) {
	v.turnOver(w)
	v.markSick(w)
	r := &v.today
	r.day = w.day
	v.keyToday, v.festive = v.key.With(uint64(w.day)), 0
	if w.cfg.Calendar.Festival(w.day) {
		v.festive = 1
	}
	for i := range v.meet {
		v.meetToday[i] = v.meet[i].With(uint64(w.day))
	}
	v.wish(w)
	v.sortBySite(w)
	if v.bounded(w) {
		v.turnAway(w)
		v.sortBySite(w)
	}
	v.count(w)
}

// turnOver keeps the last day's roll if asked, and reuses the oldest.
func (v *visits) turnOver(w *World) {
	if v.Keep == 0 || w.day == 0 {
		return
	}
	v.past = append(v.past, v.today)
	v.today = roll{}
	if len(v.past) > v.Keep {
		v.today = v.past[0]
		v.past = slices.Delete(v.past, 0, 1)
	}
}

// markSick notes who has symptoms this morning.
func (v *visits) markSick(w *World) {
	for _, p := range v.sickIn {
		v.sick[p/8] = 0
	}
	v.sickIn = v.sickIn[:0]
	for i := range w.active {
		inf := &w.active[i]
		if inf.onset <= float32(w.day) && inf.to > float32(w.day) {
			v.sick[inf.person/8] |= 1 << (inf.person % 8)
			v.sickIn = append(v.sickIn, inf.person)
		}
	}
}

// wish draws all visits wanted today: first how many each person wants, then
// what and where, so that stays go straight to their place.
func (v *visits) wish(w *World) {
	r := &v.today
	blocks := (w.city.People() + blockSize - 1) / blockSize
	r.block = slices.Grow(r.block[:0], blocks+1)[:blocks+1]
	r.block[0] = 0
	v.overBlocks(w, blocks, func(b int) {
		n := 0
		for p := b * blockSize; p < min((b+1)*blockSize, w.city.People()); p++ {
			v.want[p] = v.wishes(w, uint32(p))
			n += int(v.want[p])
		}
		r.block[b+1] = uint32(n)
	})
	for b := range blocks {
		r.block[b+1] += r.block[b]
	}
	total := int(r.block[blocks])
	r.stays = slices.Grow(r.stays[:0], total)[:total]
	v.overBlocks(w, blocks, func(b int) {
		next := r.block[b]
		for p := b * blockSize; p < min((b+1)*blockSize, w.city.People()); p++ {
			next = v.fill(w, uint32(p), next)
		}
	})
}

// overBlocks works through the blocks of persons on all threads.
func (v *visits) overBlocks(w *World, blocks int, work func(block int)) {
	var group sync.WaitGroup
	lanes := len(w.lanes)
	for k := range lanes {
		group.Go(func() {
			for b := k * blocks / lanes; b < (k+1)*blocks/lanes; b++ {
				work(b)
			}
		})
	}
	group.Wait()
}

// The draws of a person and day stand at numbered places: 0 for how many
// visits, then two for each.
const placesPerPerson = 32

func (v *visits) bandToday(w *World, person uint32) (b *band, festive int) {
	if int(person) >= w.city.Residents() {
		return &v.bands[ageBands-1], v.festive
	}
	return &v.bands[bandOf(w.city.Age[person])], v.festive
}

// wishes is the number of visits that a person wants to make today.
func (v *visits) wishes(w *World, person uint32) uint8 {
	b, festive := v.bandToday(w, person)
	count := &b.count[festive]
	u := stat.Unit(v.keyToday.At(uint64(person) * placesPerPerson))
	k := uint8(0)
	for k < mostStays-1 && u >= count[k] {
		k++
	}
	return k
}

// fill draws the visits of a person from a place in the list on, and returns
// the place after them.
func (v *visits) fill(w *World, person, next uint32) uint32 {
	b, festive := v.bandToday(w, person)
	area := int(v.area[person])
	for i := range uint64(v.want[person]) {
		at := uint64(person)*placesPerPerson + 1 + 2*i
		what, when := v.keyToday.At(at), v.keyToday.At(at+1)
		class := int(b.class[festive][what%shareParts])
		v.today.stays[next] = v.oneWish(w, class, person, area, what, when)
		next++
	}
	return next
}

// oneWish spends the bits of two draws: one says where, one when and whether.
func (v *visits) oneWish(w *World, class int, person uint32, area int, what, when uint64) Visit {
	c := &w.city.Classes[class]
	from, to := w.city.SitesOf(class)
	if float64(what>>16&0xffff) < c.Near*(1<<16) {
		if a, b := w.city.SitesIn(class, area); b > a {
			from, to = a, b
		}
	}
	visit := Visit{Person: person, Site: from + popular(uint32(what>>32), to-from), Class: uint8(class)}
	length := c.Hours * 6 * (0.4 + 1.2*float64(when&0xffff)/(1<<16))
	visit.Ticks = uint8(min(max(length, 1), TicksPerDay))
	open := TicksPerDay - int(visit.Ticks)
	first := min(48, open) // from eight in the morning where the stay allows
	visit.Start = uint8(first + int(when>>16&0xffff)*(open-first)>>16)
	visit.Fate = v.fate(w, &visit, uint32(when>>32))
	return visit
}

// popular picks one of n sites from 32 random bits; the chance of the k-th
// falls with the square root of k.
func popular(u, n uint32) uint32 {
	hi, _ := bits.Mul64(uint64(u)*uint64(u), uint64(n))
	return uint32(hi)
}

// fate decides what keeps a visit from being made, in a fixed order, so that
// each visit lost is lost once. The thresholds share one draw for what the
// visitor decides and one for what the rules do.
func (v *visits) fate(w *World, visit *Visit, u uint32) Fate {
	p := visit.Person
	own, rule := float64(u&0xffff)/(1<<16), float64(u>>16)/(1<<16)
	switch {
	case w.flags[p]&flagDead != 0:
		return Gone
	case w.flags[p]&flagWard != 0:
		return InWard
	case int(w.held[p]) > w.day:
		return KeptIn
	case v.sick[p/8]&(1<<(p%8)) != 0 && own >= v.Ill:
		return Sick
	case own >= w.calm:
		return Afraid
	}
	r := &w.measures.Sites
	if r.Closed != nil && r.Closed[w.city.AreaOfSite(visit.Site)] {
		return Shut
	}
	if r.Classes != nil {
		admit := r.Classes[visit.Class].Admit
		switch {
		case admit == 0:
			return Shut
		case rule >= admit:
			return Thinned
		}
	}
	return Made
}

// sortBySite lists the stays by site, by counting.
func (v *visits) sortBySite(w *World) {
	r := &v.today
	sites := w.city.Sites()
	r.bySite = slices.Grow(r.bySite[:0], sites+2)[:sites+2]
	clear(r.bySite)
	for i := range r.stays {
		r.bySite[r.stays[i].Site+2]++
	}
	for s := 2; s < len(r.bySite); s++ {
		r.bySite[s] += r.bySite[s-1]
	}
	r.order = slices.Grow(r.order[:0], len(r.stays))[:len(r.stays)]
	for i := range r.stays {
		at := &r.bySite[r.stays[i].Site+1]
		r.order[*at] = uint32(i)
		*at++
	}
	r.bySite = r.bySite[:sites+1]
}

func (v *visits) count(w *World) {
	ledger, guests := emptyLedger(w.city), emptyLedger(w.city)
	residents := uint32(w.city.Residents())
	for i := range v.today.stays {
		s := &v.today.stays[i]
		ledger[s.Class][s.Fate]++
		if s.Person >= residents {
			guests[s.Class][s.Fate]++
		}
	}
	w.today.Visits = VisitCounts{ByClass: ledger, Guests: guests}
}

func emptyLedger(c *people.City) [][]int {
	ledger := make([][]int, len(c.Classes))
	for class := range ledger {
		ledger[class] = make([]int, fates)
	}
	return ledger
}

// of lists the stays of a person on the day of a roll.
func (r *roll) of(person uint32) []Visit {
	b := person / blockSize
	stays := r.stays[r.block[b]:r.block[b+1]]
	from := 0
	for from < len(stays) && stays[from].Person < person {
		from++
	}
	to := from
	for to < len(stays) && stays[to].Person == person {
		to++
	}
	return stays[from:to]
}

// at lists the indices of the stays at a site.
func (r *roll) at(site uint32) []uint32 { return r.order[r.bySite[site]:r.bySite[site+1]] }

// spread draws the contact points at sites of an infectious person. load is
// the highest infectiousness; from and to bound the infectious part of today.
func (v *visits) spread(w *World, ln *lane, index uint32, from, to float32, load float64) {
	inf := &w.active[index]
	load *= v.Weight
	stays := v.today.of(inf.person)
	for k := range stays {
		if stays[k].took() {
			v.mingle(w, ln, index, &stays[k], k, from, to, load)
		}
	}
}

func (v *visits) mingle(w *World, ln *lane, index uint32, visit *Visit, k int, from, to float32, load float64) {
	inf := &w.active[index]
	p := &w.paths[inf.path]
	c := &w.city.Classes[visit.Class]
	crowd := v.today.at(visit.Site)
	begin := max(float64(from-float32(w.day))*TicksPerDay, float64(visit.Start))
	end := min(float64(to-float32(w.day))*TicksPerDay, float64(visit.Start)+float64(visit.Ticks))
	rate := load * c.Contact / 6 / float64(c.Capacity) * float64(len(crowd)-1)
	if end <= begin || rate <= 0 {
		return
	}
	key := uint64(inf.person)*placesPerPerson + uint64(k)
	u := 1 - stat.Unit(v.meetToday[inf.path].At(key))
	if 1-u > rate*(end-begin) {
		return
	}
	s := v.meetToday[inf.path].With(key)
	for tick := begin - math.Log(u)/rate; tick < end; tick -= math.Log(1-s.Float64()) / rate {
		chance, k := s.Float64()*p.bound, s.IntN(len(crowd))
		at := float64(w.day) + tick/TicksPerDay
		factor := p.loadAt(inf, at)
		if chance >= factor { // before the stay is looked up, which is the slow part
			continue
		}
		other := &v.today.stays[crowd[k]]
		if other.Person != inf.person && other.at(tick) {
			v.catch(w, ln, index, other, at, chance, factor)
		}
	}
}

// catch infects a person met at a site if the chance is below the factor that
// is left by masks, areas and immunity.
func (v *visits) catch(w *World, ln *lane, index uint32, other *Visit, at, chance, factor float64) {
	inf := &w.active[index]
	factor *= w.susceptibility(&w.paths[inf.path], other.Person, at)
	if chance >= factor {
		return
	}
	factor *= w.publicFactor(inf.person, w.measures.Masks.Source) * w.publicFactor(other.Person, w.measures.Masks.Wearer)
	if chance < factor {
		ln.points = append(ln.points, candidate{time: float32(at), source: index, by: inf.person, target: other.Person,
			site: other.Site, root: inf.root, path: inf.path, layer: AtSite})
	}
}

// contacts calls found for everybody whose stay overlapped one of a person's
// on the last days that are kept, today's not yet begun.
func (v *visits) contacts(w *World, person uint32, days int, found func(uint32)) {
	rolls := v.past
	if v.today.stays != nil {
		rolls = append(slices.Clip(rolls), v.today)
	}
	for i := range rolls {
		r := &rolls[i]
		if r.day < w.day-days {
			continue
		}
		for _, mine := range r.of(person) {
			if mine.took() {
				r.overlapping(&mine, found)
			}
		}
	}
}

func (r *roll) overlapping(mine *Visit, found func(uint32)) {
	for _, k := range r.at(mine.Site) {
		other := &r.stays[k]
		if other.took() && other.Person != mine.Person &&
			int(other.Start) < int(mine.Start)+int(mine.Ticks) && int(mine.Start) < int(other.Start)+int(other.Ticks) {
			found(other.Person)
		}
	}
}

// ActivityLayers are CityLayers for use with Activity: chance meetings mostly
// happen at sites, so that little of the community layer is left.
func ActivityLayers() []Layer {
	layers := CityLayers()
	for i := range layers {
		if layers[i].Kind == Crowd {
			layers[i].Contacts *= 0.3
			layers[i].Activity = pathogen.Flat(1)
		}
	}
	return layers
}
