package spread

import (
	"math"
	"math/bits"
	"slices"
	"sort"
	"sync"

	"github.com/breakwater-eoc/breakwater/science/spread/people"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// visits is the state of activity mode.
type visits struct {
	Activity
	key       stat.Stream
	keyToday  stat.Stream
	festive   int           // 1 in festivals
	ruled     bool          // something other than a person's own state can keep a visit from being made today
	meet      []stat.Stream // by pathogen
	meetToday []stat.Stream
	bands     [ageBands]band
	plans     []plan   // by class
	want      []uint8  // by person: visits wanted today
	area      []uint16 // by person
	today     roll
	past      []roll // earlier days, the latest last
	sick      []uint8
	sickIn    []uint32 // who is marked in sick
	load      [][TicksPerDay]uint16
	rota      rota
}

const (
	ageBands   = 4  // children, adults, elders, visitors
	mostStays  = 15 // a day
	guideParts = 1 << 8
	shareParts = 1 << 12 // parts into which visits are divided by class
)

// band is how often people of an age band visit what: on ordinary days, and in
// festivals.
type band [2]habit

type habit struct {
	count [mostStays]uint64 // cumulative probability of so many visits, of 2^64
	guide [guideParts]uint8 // least number of visits for the first bits of a draw
	class [shareParts]uint8 // class of each part of the visits
}

// visits is the number of visits that a draw means, counted from a number that
// is not too high.
func (h *habit) visits(least uint8, u uint64) uint8 {
	for least < mostStays-1 && u >= h.count[least] {
		least++
	}
	return least
}

// plan is how people choose among the sites of a class and how long they stay,
// in whole numbers.
type plan struct {
	near       uint64      // share of visits that stay in the own area, of 2^16
	base, step uint64      // length of a stay: ticks of 2^-32, and for each of 2^16 parts of a draw
	longest    int         // ticks
	sites      []siteRange // by area, then of the whole city
}

// siteRange is some sites in a row.
type siteRange struct{ from, n uint32 }

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
	for class := range w.city.Classes {
		v.plans = append(v.plans, newPlan(w.city, class))
	}
	v.sick = make([]uint8, (w.city.People()+7)/8)
	v.want = make([]uint8, w.city.People())
	v.area = make([]uint16, w.city.People())
	for p := range v.area {
		v.area[p] = uint16(w.city.AreaOf(uint32(p)))
	}
	v.meetToday = make([]stat.Stream, len(w.paths))
	v.rota = newRota(w.city)
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
	day := &b[festive]
	p, cum := math.Exp(-sum), 0.0
	for n := range mostStays {
		cum += p
		day.count[n] = uint64(min(math.Ldexp(cum, 64), math.Ldexp(1, 64)-2048))
		p *= sum / float64(n+1)
	}
	for i := range day.guide {
		day.guide[i] = day.visits(0, uint64(i)<<56)
	}
	run, at := 0.0, 0
	for i, r := range rates {
		run += r
		for end := int(math.Round(run / max(sum, 1e-300) * shareParts)); at < end && at < shareParts; at++ {
			day.class[at] = uint8(i)
		}
	}
}

func newPlan(c *people.City, class int) plan {
	k := c.Classes[class]
	p := plan{
		near:    uint64(math.Round(k.Near * (1 << 16))),
		base:    uint64(math.Ldexp(k.Hours*6*0.4, 32)),
		step:    uint64(math.Ldexp(k.Hours*6*1.2, 16)),
		longest: min(max(int(k.Hours*6*1.6), 1), TicksPerDay),
	}
	from, to := c.SitesOf(class)
	city := siteRange{from, to - from}
	for a := range c.Areas() {
		from, to := c.SitesIn(class, a)
		if from == to {
			p.sites = append(p.sites, city)
			continue
		}
		p.sites = append(p.sites, siteRange{from, to - from})
	}
	p.sites = append(p.sites, city)
	return p
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
	v.ruled = w.calm < 1 || w.shut != nil
	for i := range v.meet {
		v.meetToday[i] = v.meet[i].With(uint64(w.day))
	}
	v.wish(w)
	r.sort(w.city)
	if v.bounded(w) {
		v.turnAway(w)
		r.sort(w.city)
	}
	v.count(w)
	v.work(w)
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
	for i := range uint32(w.active.n) {
		inf := w.active.at(i)
		if inf.onset <= float32(w.day) && inf.to > float32(w.day) {
			v.sick[inf.person/8] |= 1 << (inf.person % 8)
			v.sickIn = append(v.sickIn, inf.person)
		}
	}
}

func (v *visits) isSick(person uint32) bool { return v.sick[person/8]&(1<<(person%8)) != 0 }

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
			k := v.wishes(w, uint32(p))
			v.want[p] = k
			n += int(k)
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

func (v *visits) bandOf(w *World, person uint32) *band {
	if int(person) >= w.city.Residents() {
		return &v.bands[ageBands-1]
	}
	return &v.bands[bandOf(w.city.Age[person])]
}

// wishes is the number of visits that a person wants to make today.
func (v *visits) wishes(w *World, person uint32) uint8 {
	day := &v.bandOf(w, person)[v.festive]
	u := v.keyToday.At(uint64(person) * placesPerPerson)
	return day.visits(day.guide[u>>56], u)
}

// fill draws the visits of a person from a place in the list on, and returns
// the place after them.
func (v *visits) fill(w *World, person, next uint32) uint32 {
	wanted := uint64(v.want[person])
	if wanted == 0 {
		return next
	}
	habit := &v.bandOf(w, person)[v.festive]
	area := int(v.area[person])
	own, sick := w.kept(person), v.isSick(person)
	first := uint64(person)*placesPerPerson + 1
	for i := range wanted {
		what, when := v.keyToday.At(first+2*i), v.keyToday.At(first+2*i+1)
		stay := &v.today.stays[next]
		v.place(stay, habit.class[what%shareParts], area, what, when)
		stay.Person, stay.Fate = person, own
		if own == Made && (sick || v.ruled) {
			stay.Fate = v.fate(w, stay, sick, uint32(when>>32))
		}
		next++
	}
	return next
}

// place spends the bits of two draws on where a visit goes and when: one says
// near or far and which site, one the length, which is 0.4 to 1.6 times the
// mean, and the start, from eight in the morning where the stay allows.
func (v *visits) place(stay *Visit, class uint8, area int, what, when uint64) {
	plan := &v.plans[class]
	far := len(plan.sites) - 1
	near := int((what>>16&0xffff - plan.near) >> 63) // 1 below the threshold
	sites := plan.sites[far+near*(area-far)]
	stay.Class, stay.Site = class, sites.from+popular(uint32(what>>32), sites.n)
	ticks := min(max((plan.base+(when&0xffff)*plan.step)>>32, 1), TicksPerDay)
	open := TicksPerDay - ticks
	first := min(opening, open)
	stay.Ticks, stay.Start = uint8(ticks), uint8(first+(when>>16&0xffff)*(open-first)>>16)
}

// opening is the tick at which most visits may begin.
const opening = 48

// popular picks one of n sites from 32 random bits; the chance of the k-th
// falls with the square root of k.
func popular(u, n uint32) uint32 {
	hi, _ := bits.Mul64(uint64(u)*uint64(u), uint64(n))
	return uint32(hi)
}

// kept is what keeps a person from everything today: Gone, InWard or KeptIn;
// else Made.
func (w *World) kept(person uint32) Fate {
	switch {
	case w.flags[person]&flagDead != 0:
		return Gone
	case w.flags[person]&flagWard != 0:
		return InWard
	case int(w.held[person]) > w.day:
		return KeptIn
	}
	return Made
}

// fate decides what keeps a person who is free to go from a visit, in a fixed
// order, so that each visit lost is lost once. The thresholds share one draw
// for what the visitor decides and one for what the rules do.
func (v *visits) fate(w *World, stay *Visit, sick bool, u uint32) Fate {
	own, rule := float64(u&0xffff)/(1<<16), float64(u>>16)/(1<<16)
	switch {
	case sick && own >= v.Ill:
		return Sick
	case own >= w.calm:
		return Afraid
	case w.shut != nil && w.shut[stay.Site]:
		return Shut
	case w.measures.Sites.Classes != nil && rule >= w.measures.Sites.Classes[stay.Class].Admit:
		return Thinned
	}
	return Made
}

// count makes the day's ledger. Visitors to the city come after all residents.
func (v *visits) count(w *World) {
	stays := v.today.stays
	first := sort.Search(len(stays), func(i int) bool { return int(stays[i].Person) >= w.city.Residents() })
	ledger, guests := tallyStays(w.city, stays[:first]), tallyStays(w.city, stays[first:])
	for class, row := range guests {
		for fate, n := range row {
			ledger[class][fate] += n
		}
	}
	w.today.Visits = VisitCounts{ByClass: ledger, Guests: guests}
}

func tallyStays(c *people.City, stays []Visit) [][]int {
	var counts [1 << 8][fates]int
	for i := range stays {
		counts[stays[i].Class][stays[i].Fate]++
	}
	ledger := make([][]int, len(c.Classes))
	for class := range ledger {
		ledger[class] = slices.Clone(counts[class][:])
	}
	return ledger
}
