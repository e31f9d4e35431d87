package spread

import (
	"math"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/stat"
)

// Assay is a way to look for pathogens in a person.
type Assay uint8

// The assays.
const (
	PCR Assay = iota
	Rapid
)

// Testing is who gets tested, how, and what a positive result leads to.
type Testing struct {
	Programmes []Programme // at most 16
	// Capacity is the number of assays a day; what is over it is not done.
	// 0 means no bound. Earlier programmes come first.
	Capacity int
	// Specificity is the probability that a swab of somebody without the
	// pathogen is negative, for each pathogen looked for.
	Specificity float64
	Delay       float64 // days from swab to result
	Isolation   int     // days that a positive is told to isolate; 0 means not
	Compliance  float64 // share of people who do as told
}

// Programme is one group of people who are tested.
type Programme struct {
	Name       string
	Post       uint8   // 1 + index into City.Posts; 0 means everybody
	Every      int     // days between swabs, staggered over people; 0 means on symptoms
	Attendance float64 // share of swabs that are taken
	Wait       float64 // on symptoms: days from onset to swab
	Assay      Assay
	Pool       int      // swabs mixed into one assay; 0 and 1 mean one
	Finds      []string // names of pathogens looked for; nil means all
}

// dilution is the share of sensitivity that is lost at each doubling of a
// pool: about 3 % up to pools of ten in field trials; assumed.
const dilution = 0.03

func (t *Testing) validate(w *World) error {
	if len(t.Programmes) == 0 {
		return nil
	}
	if len(t.Programmes) > 16 || t.Capacity < 0 || t.Isolation < 0 || t.Isolation > 365 {
		return fault.New(fault.Invalid, "testing: at most 16 programmes, capacity not negative, isolation from 0 to 365 days")
	}
	if !(t.Specificity >= 0 && t.Specificity <= 1) || !(t.Compliance >= 0 && t.Compliance <= 1) || !(t.Delay >= 0 && t.Delay <= 60) {
		return fault.New(fault.Invalid, "testing: specificity and compliance are from 0 to 1, delay from 0 to 60 days")
	}
	for _, p := range t.Programmes {
		if int(p.Post) > len(w.city.Posts) {
			return fault.New(fault.Invalid, "testing %q: there is no post %d", p.Name, p.Post)
		}
		if p.Every < 0 || p.Every > 365 || !(p.Attendance >= 0 && p.Attendance <= 1) || !(p.Wait >= 0 && p.Wait <= 60) || p.Pool < 0 || p.Pool > 1000 || p.Assay > Rapid {
			return fault.New(fault.Invalid, "testing %q: every and wait are days, attendance from 0 to 1, a pool at most 1000", p.Name)
		}
		for _, name := range p.Finds {
			if w.pathNamed(name) < 0 {
				return fault.New(fault.Invalid, "testing %q: no pathogen is called %q", p.Name, name)
			}
		}
	}
	return nil
}

func (w *World) pathNamed(name string) int {
	for i := range w.paths {
		if w.paths[i].Name == name {
			return i
		}
	}
	return -1
}

// sensitivity of an assay for a pathogen in a person at an instant.
func (w *World) sensitivity(a Assay, path int, person uint32, at float64) float64 {
	p := &w.paths[path]
	who := p.who[person]
	if who.state == 0 {
		return 0
	}
	curve := p.PCR
	if a == Rapid {
		curve = p.Rapid
	}
	return curve.At(at - fromTick(who.since))
}

// Swab tests a person for one pathogen at an instant and says whether it comes
// back positive. The chance belongs to the person, the day and the serial
// number, so that a caller may swab somebody twice a day.
func (w *World) Swab(person uint32, path int, a Assay, at float64, pool, serial int, specificity float64) (positive bool) {
	s := stat.NewStream(w.cfg.Seed, "swab for "+w.paths[path].Name, uint64(math.Floor(at)), uint64(person), uint64(serial))
	sens := w.sensitivity(a, path, person, at)
	if pool > 1 {
		sens *= math.Max(0, 1-dilution*math.Log2(float64(pool)))
	}
	u := s.Float64()
	return u < sens || u >= 1-(1-specificity)*(1-sens)
}

// result is a positive on its way.
type result struct {
	person uint32
	root   uint32
	at     float32
	path   uint8
}

// clinic keeps what testing and tracing carry from day to day.
type clinic struct {
	results  []result // not yet known
	waiting  []waiting
	cases    []result // known, to be traced
	held     []uint32 // everybody who is kept in
	posts    [][]uint32
	byAge    []uint32 // people from the oldest on, for vaccination
	nextDose int
	spent    int // assays today
	news     []int
}

// waiting is a person with symptoms who will be swabbed.
type waiting struct {
	person uint32
	at     float32
	by     uint8 // programme
}

func newClinic() *clinic { return &clinic{news: make([]int, newsDays)} }

// morning does what is due at the start of the day: results, isolation,
// tracing, doses, swabs.
func (w *World) morning() {
	c := w.clinic
	c.held = compact(c.held, func(p uint32) bool { return int(w.held[p]) > w.day })
	c.spent = 0
	c.news[w.day%newsDays] = 0
	w.turnGuests()
	w.readResults()
	w.trace()
	w.vaccinate()
	w.runProgrammes()
	w.today.Held = len(c.held)
	w.today.Tests = c.spent
}

func compact[T any](list []T, keep func(T) bool) []T {
	kept := list[:0]
	for _, x := range list {
		if keep(x) {
			kept = append(kept, x)
		}
	}
	return kept
}

func (w *World) readResults() {
	c, t := w.clinic, &w.measures.Testing
	c.results = compact(c.results, func(r result) bool {
		if r.at >= float32(w.day) {
			return true
		}
		if w.flags[r.person]&flagDead != 0 {
			return false
		}
		w.today.Pathogens[r.path].Positive++
		c.news[w.day%newsDays]++
		w.publish(Event{What: Positive, Pathogen: r.path, Person: r.person, Root: r.root, Time: r.at})
		c.cases = append(c.cases, r)
		if t.Isolation > 0 && w.trait(r.person, "complies with isolation") < t.Compliance {
			w.Isolate(r.person, w.day+t.Isolation)
		}
		return false
	})
}

// publish adds an event of the morning.
func (w *World) publish(e Event) {
	if !w.cfg.Quiet {
		e.Layer, e.Other, e.Site = FromOutside, Nobody, Nobody
		w.today.Events = append(w.today.Events, e)
	}
}

func (w *World) runProgrammes() {
	t := &w.measures.Testing
	for i := range t.Programmes {
		pr := &t.Programmes[i]
		if pr.Every == 0 {
			continue
		}
		if pr.Post == 0 {
			for p := range uint32(w.city.People()) {
				w.routine(i, p)
			}
			continue
		}
		for _, p := range w.staff(pr.Post) {
			w.routine(i, p)
		}
	}
	w.clinic.waiting = compact(w.clinic.waiting, func(x waiting) bool {
		if x.at >= float32(w.day+1) {
			return true
		}
		if int(x.by) < len(t.Programmes) {
			w.swab(int(x.by), x.person, max(x.at, float32(w.day)))
		}
		return false
	})
}

// routine swabs a person on their day of the cadence, at nine in the morning.
func (w *World) routine(programme int, person uint32) {
	pr := &w.measures.Testing.Programmes[programme]
	if (w.day+int(person))%pr.Every == 0 {
		w.swab(programme, person, float32(w.day)+0.375)
	}
}

func (w *World) swab(programme int, person uint32, at float32) {
	t := &w.measures.Testing
	pr := &t.Programmes[programme]
	if w.flags[person]&flagDead != 0 || !w.take(t, pr) {
		return
	}
	s := stat.NewStream(w.cfg.Seed, "attends", uint64(w.day), uint64(person), uint64(programme))
	if !s.Bool(pr.Attendance) {
		return
	}
	for i := range w.paths {
		if !pr.finds(w.paths[i].Name) {
			continue
		}
		w.publish(Event{What: Tested, Pathogen: uint8(i), Person: person, Root: Nobody, Time: at})
		if w.Swab(person, i, pr.Assay, float64(at), pr.Pool, programme, t.Specificity) {
			w.clinic.results = append(w.clinic.results, result{person: person, root: Nobody, at: at + float32(t.Delay), path: uint8(i)})
		}
	}
}

// take counts one swab against capacity.
func (w *World) take(t *Testing, pr *Programme) bool {
	if t.Capacity > 0 && w.clinic.spent >= t.Capacity*max(pr.Pool, 1) {
		return false
	}
	w.clinic.spent++
	return true
}

func (p *Programme) finds(name string) bool {
	for _, n := range p.Finds {
		if n == name {
			return true
		}
	}
	return p.Finds == nil
}

// staff lists the people of a post.
func (w *World) staff(post uint8) []uint32 {
	c := w.clinic
	if c.posts == nil {
		c.posts = make([][]uint32, len(w.city.Posts)+1)
		for p, code := range w.city.Post {
			if code > 0 {
				c.posts[code] = append(c.posts[code], uint32(p))
			}
		}
	}
	return c.posts[post]
}

// fallIll lets programmes that test on symptoms know of an onset.
func (w *World) fallIll(person uint32, at float32) {
	for i := range w.measures.Testing.Programmes {
		pr := &w.measures.Testing.Programmes[i]
		if pr.Every == 0 && (pr.Post == 0 || w.city.Post[person] == pr.Post) {
			w.clinic.waiting = append(w.clinic.waiting, waiting{person, at + float32(pr.Wait), uint8(i)})
		}
	}
}
