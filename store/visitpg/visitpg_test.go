package visitpg_test

import (
	"crypto/rand"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"pgregory.net/rapid"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/observe/venue/venuetest"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
	"github.com/breakwater-eoc/breakwater/store/visitlog"
	"github.com/breakwater-eoc/breakwater/store/visitpg"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// database is the realisation in PostgreSQL, with day keys of its own.
type database struct {
	*visitpg.Log
	t    *rapid.T
	pool *pgxpool.Pool
	disk *disktest.Disk
}

func (d *database) Restart() (err error) {
	keys, err := trust.OpenDayKeys(d.disk, "keys", rand.Reader)
	if err != nil {
		return err
	}
	d.Log, err = visitpg.Open(d.t.Context(), d.pool, keys)
	return err
}

func (d *database) Seal(civil.Day) error { return nil }

// files is the visit log on a disk in memory.
type files struct {
	*visitlog.Log
	disk    *disktest.Disk
	options visitlog.Options
}

func (f *files) Restart() error {
	if f.Log != nil {
		if err := f.Close(); err != nil {
			return err
		}
	}
	keys, err := trust.OpenDayKeys(f.disk, "keys", rand.Reader)
	if err != nil {
		return err
	}
	f.Log, err = visitlog.Open(f.disk, "visits", keys, rand.Reader, f.options)
	return err
}

// TestSeveralNodesShareDays has one node forget a day that another knows.
func TestSeveralNodesShareDays(t *testing.T) {
	pool, err := pgxpool.New(t.Context(), pgtest.Start(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	shared := disktest.New(1)
	node := func() (*visitpg.Log, *trust.DayKeys) {
		t.Helper()
		keys, err := trust.OpenDayKeys(shared, "keys", rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		log, err := visitpg.Open(t.Context(), pool, keys)
		if err != nil {
			t.Fatal(err)
		}
		return log, keys
	}
	day := civil.MustDay("2020-07-22")
	a, keysA := node()
	b, keysB := node()
	person := trust.Person{7}
	checkIn := func(n uint64, keys *trust.DayKeys) []venue.Observation {
		t.Helper()
		key, err := keys.Ensure(day)
		if err != nil {
			t.Fatal(err)
		}
		enter := venue.DaySpan(day).From + 20*trace.Hour
		return []venue.Observation{{Act: venue.CheckIn, Visit: venue.Visit{ID: venuetest.Number(n), Site: venuetest.Number(1), Day: day,
			Who: key.Pseudonym(person), Enter: enter, Leave: enter, Party: 1}}}
	}
	late := checkIn(3, keysB)
	for n, node := range map[uint64]*visitpg.Log{1: a, 2: b} {
		keys := map[uint64]*trust.DayKeys{1: keysA, 2: keysB}[n]
		if _, err := node.Append(t.Context(), checkIn(n, keys)); err != nil {
			t.Fatal(err)
		}
	}
	key, err := keysA.Get(day)
	if err != nil {
		t.Fatal(err)
	}
	if visits, err := a.ByPerson(t.Context(), day, key.Pseudonym(person)); err != nil || len(visits) != 2 {
		t.Errorf("of a person who checked in at both nodes there are %d visits, %v; want two", len(visits), err)
	}
	amend := []venue.Observation{{Act: venue.Withdraw, Of: venuetest.Number(9), Visit: venue.Visit{ID: venuetest.Number(8), Day: day + 1}}}
	if out, err := b.Append(t.Context(), amend); err != nil || out[0] != venue.NoVisit {
		t.Errorf("an amendment of a day without visits gives %v, %v", out, err)
	}
	if days, err := b.Days(t.Context()); err != nil || len(days) != 1 {
		t.Errorf("the days are %v, %v; an amendment must not make one", days, err)
	}
	if err := a.Forget(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Append(t.Context(), late); !fault.Is(err, fault.Conflict) {
		t.Errorf("a day that the other node forgot gives %v, want conflict", err)
	}
	amend[0].Day = day
	if _, err := b.Append(t.Context(), amend); !fault.Is(err, fault.Conflict) {
		t.Errorf("an amendment of it gives %v, want conflict", err)
	}
}

// TestBothRealisationsAnswerAsTheModel runs each random workload on the visit
// log, on PostgreSQL and on the model side by side.
func TestBothRealisationsAnswerAsTheModel(t *testing.T) {
	pool, err := pgxpool.New(t.Context(), pgtest.Start(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	rapid.Check(t, func(t *rapid.T) {
		if _, err := pool.Exec(t.Context(), "DROP TABLE IF EXISTS visits, visit_marks, visit_days_forgotten"); err != nil {
			t.Fatal(err)
		}
		pg := &database{t: t, pool: pool, disk: disktest.New(1)}
		own := &files{disk: disktest.New(1), options: visitlog.Options{
			FlushAt: rapid.IntRange(1, 40).Draw(t, "flush at"),
			MergeAt: rapid.IntRange(2, 4).Draw(t, "merge at"),
			MergeTo: rapid.IntRange(10, 200).Draw(t, "merge to"),
		}}
		for _, s := range []venuetest.Subject{pg, own} {
			if err := s.Restart(); err != nil {
				t.Fatal(err)
			}
		}
		t.Cleanup(func() { own.Close() })
		venuetest.Workload(t, map[string]venuetest.Subject{"PostgreSQL": pg, "visit log": own})
	})
}
