package venuetest

import (
	"context"
	"encoding/binary"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// Subject is a log under test and what can be done to it besides.
type Subject interface {
	venue.Log
	// Restart closes the log and opens it again.
	Restart() error
	// Seal brings a day into its final form, where there is such a thing.
	Seal(day civil.Day) error
}

// First is the first of the days that workloads are about.
const First = civil.Day(18465) // 2020-07-22

// Workload runs one random workload against fresh logs and the model.
func Workload(t *rapid.T, subjects map[string]Subject) {
	w := &workload{t: t, model: NewModel(), subjects: subjects, forgotten: map[civil.Day]bool{}}
	t.Repeat(map[string]func(*rapid.T){
		"check in": func(t *rapid.T) { w.append(t, checkIns(t)) },
		"amend":    func(t *rapid.T) { w.append(t, w.amendments(t)) },
		"resend":   w.resend,
		"restart":  w.restart,
		"seal":     w.seal,
		"count":    w.count,
		"forget":   w.forget,
		"":         w.compare,
	})
}

type workload struct {
	t         *rapid.T
	model     *Model
	subjects  map[string]Subject
	sent      []venue.Observation
	forgotten map[civil.Day]bool
}

func pick(t *rapid.T, label string, n int) uint64 {
	return uint64(rapid.IntRange(1, n).Draw(t, label))
}

// Number makes a 16-byte id of a small number, the same each time.
func Number(n uint64) (id [16]byte) {
	binary.BigEndian.PutUint64(id[8:], n)
	binary.BigEndian.PutUint64(id[:8], n*0x9e3779b97f4a7c15)
	return id
}

// checkIns draws a batch over few sites, people and ids, so that they collide.
func checkIns(t *rapid.T) []venue.Observation {
	batch := make([]venue.Observation, rapid.IntRange(1, 12).Draw(t, "size"))
	for i := range batch {
		v := venue.Visit{Day: First + civil.Day(rapid.IntRange(0, 2).Draw(t, "day"))}
		v.ID = Number(pick(t, "id", 200))
		v.Site = Number(1000 + pick(t, "site", 4))
		v.Who = Number(2000 + pick(t, "who", 6))
		v.Party = uint8(pick(t, "party", 3))
		v.Entrance = uint16(pick(t, "entrance", 3))
		v.Open = rapid.Bool().Draw(t, "open")
		v.Enter, v.Leave = stay(t, v.Day)
		batch[i] = venue.Observation{Act: venue.CheckIn, Visit: v}
	}
	return batch
}

// stay draws the times of a visit: often short, sometimes across midnight, of
// no length, or as long as can be.
func stay(t *rapid.T, day civil.Day) (enter, leave trace.Instant) {
	start := trace.Instant(day) * 24 * trace.Hour
	enter = start + trace.Instant(rapid.IntRange(0, 47).Draw(t, "half hour"))*30*trace.Minute
	length := rapid.SampledFrom([]trace.Instant{0, 1, 20 * trace.Minute, 3 * trace.Hour, 3*trace.Hour + 1, 10 * trace.Hour, venue.LongestStay}).Draw(t, "length")
	return enter, enter + length
}

// amendments draws changes to visits, most of which exist.
func (w *workload) amendments(t *rapid.T) []venue.Observation {
	batch := make([]venue.Observation, rapid.IntRange(1, 6).Draw(t, "size"))
	for i := range batch {
		o := checkIns(t)[0]
		o.Of, o.ID = o.ID, Number(pick(t, "amendment", 400)+200)
		if len(w.sent) > 0 {
			of := rapid.SampledFrom(w.sent).Draw(t, "of")
			o.Of, o.Day = of.ID, of.Day
			o.Enter, o.Leave = stay(t, o.Day)
		}
		o.Act = rapid.SampledFrom([]venue.Act{venue.CheckOut, venue.Correct, venue.Withdraw}).Draw(t, "act")
		batch[i] = o
	}
	return batch
}

func (w *workload) append(t *rapid.T, batch []venue.Observation) {
	kept := batch[:0:0]
	for _, o := range batch {
		if !w.forgotten[o.Day] {
			kept = append(kept, o)
		}
	}
	want := w.model.Append(kept)
	for name, s := range w.subjects {
		got, err := s.Append(context.Background(), kept)
		if err != nil {
			t.Fatalf("%s: Append: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s: outcomes (-want +got):\n%s", name, diff)
		}
		for i, o := range kept {
			if settled, err := s.Settled(context.Background(), o.Day); got[i] == venue.Stored && (settled || err != nil) {
				t.Fatalf("%s: a day to which a visit came is settled %t, %v", name, settled, err)
			}
		}
	}
	w.sent = append(w.sent, kept...)
}

func (w *workload) resend(t *rapid.T) {
	if len(w.sent) == 0 {
		t.Skip("nothing sent yet")
	}
	w.append(t, rapid.SliceOfN(rapid.SampledFrom(w.sent), 1, 5).Draw(t, "again"))
}

func (w *workload) restart(t *rapid.T) {
	for name, s := range w.subjects {
		if err := s.Restart(); err != nil {
			t.Fatalf("%s: restart: %v", name, err)
		}
	}
}

func (w *workload) seal(t *rapid.T) {
	day := First + civil.Day(rapid.IntRange(0, 2).Draw(t, "day"))
	if w.forgotten[day] {
		t.Skip("forgotten")
	}
	for name, s := range w.subjects {
		if err := s.Seal(day); err != nil {
			t.Fatalf("%s: seal: %v", name, err)
		}
	}
}

// count takes stock of a day, which settles it.
func (w *workload) count(t *rapid.T) {
	day := First + civil.Day(rapid.IntRange(0, 2).Draw(t, "day"))
	want := len(w.model.Visits(day))
	if w.forgotten[day] || want == 0 {
		t.Skip("nothing to count")
	}
	for name, s := range w.subjects {
		first, err := s.Inventory(context.Background(), day)
		if err != nil || first.Visits != want {
			t.Fatalf("%s: Inventory = %d visits, %v, want %d", name, first.Visits, err, want)
		}
		if settled, err := s.Settled(context.Background(), day); err != nil || !settled {
			t.Fatalf("%s: a day that was counted is settled %t, %v", name, settled, err)
		}
		if again, err := s.Inventory(context.Background(), day); err != nil || again.Chain != first.Chain {
			t.Fatalf("%s: counted again, the chain is another: %v", name, err)
		}
	}
}

func (w *workload) forget(t *rapid.T) {
	if rapid.IntRange(0, 4).Draw(t, "rarely") != 0 {
		t.Skip("not now")
	}
	day := First + civil.Day(rapid.IntRange(0, 2).Draw(t, "day"))
	for name, s := range w.subjects {
		if !w.forgotten[day] {
			inv, err := s.Inventory(context.Background(), day)
			if want := len(w.model.Visits(day)); err != nil || inv.Visits != want {
				t.Fatalf("%s: Inventory = %d visits, %v, want %d", name, inv.Visits, err, want)
			}
		}
		if err := s.Forget(context.Background(), day); err != nil {
			t.Fatalf("%s: forget: %v", name, err)
		}
		batch := []venue.Observation{checkInOn(day)}
		if _, err := s.Append(context.Background(), batch); !fault.Is(err, fault.Conflict) {
			t.Fatalf("%s: a forgotten day takes a visit: %v", name, err)
		}
	}
	w.model.Forget(day)
	w.forgotten[day] = true
}

func checkInOn(day civil.Day) venue.Observation {
	enter := trace.Instant(day) * 24 * trace.Hour
	return venue.Observation{Act: venue.CheckIn, Visit: venue.Visit{
		ID: Number(1), Site: Number(1001), Day: day, Who: Number(2001), Enter: enter, Leave: enter, Party: 1}}
}

// compare asks every log everything.
func (w *workload) compare(t *rapid.T) {
	ctx := context.Background()
	from := trace.Instant(First)*24*trace.Hour + trace.Instant(rapid.IntRange(-2, 150).Draw(t, "from"))*30*trace.Minute
	window := trace.Window{From: from, Until: from + trace.Instant(rapid.IntRange(0, 3000).Draw(t, "minutes"))*trace.Minute}
	for name, s := range w.subjects {
		for day := First; day < First+3; day++ {
			if w.forgotten[day] {
				continue
			}
			var all []venue.Visit
			err := s.EachVisit(ctx, day, func(v venue.Visit) bool { all = append(all, v); return true })
			sortVisits(all)
			same(t, name+": EachVisit", w.model.Visits(day), all, err)
			for n := uint64(1); n <= 6; n++ {
				who := trust.Pseudonym(Number(2000 + n))
				got, err := s.ByPerson(ctx, day, who)
				same(t, name+": ByPerson", w.model.ByPerson(day, who), got, err)
			}
		}
		for n := uint64(1); n <= 4; n++ {
			var got []venue.Presence
			err := s.AtSite(ctx, Number(1000+n), window, func(p venue.Presence) bool { got = append(got, p); return true })
			sortPresences(got)
			same(t, name+": AtSite", w.model.AtSite(Number(1000+n), window), got, err)
		}
	}
}

func same[T any](t *rapid.T, what string, want, got []T, err error) {
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if len(want) == 0 && len(got) == 0 {
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// Run checks fresh logs of a realisation against the model.
func Run(t *testing.T, open func(t *rapid.T) Subject) {
	rapid.Check(t, func(t *rapid.T) { Workload(t, map[string]Subject{"log": open(t)}) })
}
